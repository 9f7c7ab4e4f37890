"""The trained models' files, packed, each read once."""

import lzma
from functools import cache
from pathlib import Path

import pycrfsuite

WEIGHTS = Path(__file__).parent.parent.parent.parent / "data" / "resume_reader"


@cache
def _weights(name: str) -> bytes:
    return lzma.decompress((WEIGHTS / f"{name}.crfsuite.xz").read_bytes())


@cache
def tagger(name: str) -> pycrfsuite.Tagger:
    """Return a trained model."""
    model = pycrfsuite.Tagger()
    model.open_inmemory(_weights(name))  # the cache holds the bytes, which the model only points at
    return model


def pack(name: str, weights: bytes) -> int:
    """Write a trained model's file; return its size in bytes."""
    WEIGHTS.mkdir(parents=True, exist_ok=True)
    return (WEIGHTS / f"{name}.crfsuite.xz").write_bytes(lzma.compress(weights, preset=9))
