"""The trained models' files, each read once."""

from functools import cache
from pathlib import Path

import pycrfsuite

WEIGHTS = Path(__file__).parent.parent.parent / "data" / "resume_reader"


@cache
def tagger(name: str) -> pycrfsuite.Tagger:
    """Return a trained model."""
    model = pycrfsuite.Tagger()
    model.open(str(WEIGHTS / f"{name}.crfsuite"))
    return model
