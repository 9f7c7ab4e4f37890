"""Honest confidence: how often fields of a kind are right that the models think as probable, in resumes as clear.

The models are too sure where a person writes as nobody had foreseen, and such a resume shows it: of its other lines and
fields they are less sure too. A logistic regression for each kind of field (Platt, 1999) weighs both;
`pipeline/resumes/training/calibrate.py` fits it on layouts and writers that no model was trained on.
"""

import json
import re
from collections.abc import Mapping, Sequence
from functools import cache
from statistics import fmean

import numpy as np

from pipeline.resumes.reading.learned.models import WEIGHTS
from pipeline.resumes.reading.learned.tagging import Field, Tagged
from pipeline.resumes.reading.notes import LACKING, FieldReading

FITTED = WEIGHTS / "confidence.json"
DOUBTED = 0.6
KINDS = {
    "work": {"name": "employer", "position": "position", "startDate": "start", "endDate": "end"},
    "education": {"institution": "institution", "studyType": "degree", "area": "degree"},
    "skills": {"keywords": "skill"},
}
NAMING = ("employer", "position", "institution", "degree")  # which may be taken for one another
_PATH = re.compile(r"(\w+)\[\d+\]\.(\w+)")
Clearness = tuple[float, float]


def clearness_of(lines: Sequence[Tagged], fields: Sequence[Sequence[Field]]) -> Clearness:
    """Return how sure the models are of a resume's lines and of their words, each as a mean probability."""
    words = [one.probability for line in fields for one in line if one.tag != "-"]
    return fmean([line.probability for line in lines] or [1.0]), fmean(words or [1.0])


def with_honest(readings: Mapping[str, FieldReading], clearness: Clearness) -> dict[str, FieldReading]:
    """Return the readings of fields with the confidence that they deserve; those that lack a field stay."""
    return {path: _honest(path, reading, clearness) for path, reading in readings.items()}


def _honest(path: str, reading: FieldReading, clearness: Clearness) -> FieldReading:
    match = _PATH.fullmatch(path)
    kind = KINDS.get(match[1], {}).get(match[2]) if match else None
    weights = _fitted().get(kind or "")
    if weights is None or reading.confidence <= LACKING:
        return reading
    confidence = calibrated(weights, features(reading.confidence, clearness))
    doubt = "It may be something else." if confidence < DOUBTED and kind in NAMING else ""
    return FieldReading(confidence=confidence, note=reading.note or doubt)


def features(probability: float, clearness: Clearness) -> list[float]:
    """Return what a regression weighs: the log-odds of a field, of all lines and of all words."""
    return [float(np.log(p / (1 - p))) for p in np.clip([probability, *clearness], 0.001, 0.999)]


def calibrated(weights: Sequence[float], known: Sequence[float]) -> float:
    """Return the probability that a regression gives, its first weight standing for itself."""
    odds = weights[0] + float(np.dot(weights[1:], known))
    return round(float(np.clip(1 / (1 + np.exp(-odds)), 0.02, 0.99)), 4)


@cache
def _fitted() -> dict[str, list[float]]:
    return json.loads(FITTED.read_text(encoding="utf-8")) if FITTED.is_file() else {}


def forget() -> None:
    """Read the weights anew, as after fitting them."""
    _fitted.cache_clear()
