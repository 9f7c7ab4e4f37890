"""Honest confidence: how often fields of a kind are right that the models think as probable as this one.

The curves are isotonic regressions on layouts that no model was trained on; `pipeline/resumes/training/calibrate.py`
fits them.
"""

import json
from bisect import bisect_right
from functools import cache

from pipeline.resumes.reading.learned.models import WEIGHTS

CURVES = WEIGHTS / "confidence.json"
Curve = tuple[list[float], list[float]]


@cache
def _curves() -> dict[str, Curve]:
    return json.loads(CURVES.read_text(encoding="utf-8")) if CURVES.is_file() else {}


def calibrated(kind: str, probability: float) -> float:
    """Return how probable it is that a field of a kind is right, between the knots of the kind's curve."""
    curve = _curves().get(kind)
    return min(max(interpolated(curve, probability), 0.0), 1.0) if curve else probability


def interpolated(curve: Curve, at: float) -> float:
    """Return the value of a curve of straight lines."""
    places, values = curve
    index = bisect_right(places, at)
    if index == 0:
        return values[0]
    if index == len(places):
        return values[-1]
    left, right = places[index - 1], places[index]
    share = (at - left) / (right - left) if right > left else 0.0
    return values[index - 1] + share * (values[index] - values[index - 1])


def forget() -> None:
    """Read the curves anew, as after fitting them."""
    _curves.cache_clear()
