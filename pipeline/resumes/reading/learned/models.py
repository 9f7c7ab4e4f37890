"""The trained models' files, packed, each read once for a thread."""

import lzma
import threading
from functools import cache
from pathlib import Path

import pycrfsuite

WEIGHTS = Path(__file__).parent.parent.parent.parent / "data" / "resume_reader"
_OWN = threading.local()  # a tagger holds the sequence that it is asked about


@cache
def _weights(name: str) -> bytes:
    return lzma.decompress((WEIGHTS / f"{name}.crfsuite.xz").read_bytes())


def tagger(name: str) -> pycrfsuite.Tagger:
    """Return a trained model, one a thread."""
    if not hasattr(_OWN, name):
        model, weights = pycrfsuite.Tagger(), _weights(name)
        model.open_inmemory(weights)
        setattr(_OWN, name, (model, weights))  # the model only points at its weights
    model, _ = getattr(_OWN, name)
    return model
