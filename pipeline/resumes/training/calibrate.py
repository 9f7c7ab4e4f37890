"""Fit how honest the reader's confidence is, on layouts and writers left out of training.

Run it as `python -m pipeline.resumes.training.calibrate`. The error that it prints for a layout, or for a half of the
writers' resumes, is that of weights fitted on all the others.
"""

import argparse
import json
from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
from sklearn.linear_model import LogisticRegression

from pipeline.resumes.reading.learned import confidence
from pipeline.resumes.training.measure import Judged, calibration_error, handwritten, judged, people, read
from pipeline.resumes.training.shapes import SHAPES
from pipeline.resumes.training.truths import truths

KINDS = ("employer", "position", "start", "end", "institution", "degree", "skill")
HALVES = ("written by hand, odd", "written by hand, even")
Marks = Mapping[str, list[Judged]]


def fitted(marks: Marks) -> dict[str, list[float]]:
    """Return the weights of each kind of field; layouts together weigh as much as writers do."""
    found = {}
    for kind in KINDS:
        own = {name: [mark for mark in group if mark.kind == kind] for name, group in marks.items()}
        by_hand = sum(len(group) for name, group in own.items() if name in HALVES)
        composed = sum(map(len, own.values())) - by_hand
        weight = {name: 1 / max(by_hand if name in HALVES else composed, 1) for name in own}
        rows = [(mark, weight[name]) for name, group in own.items() for mark in group]
        if len({mark.is_right for mark, _ in rows}) < 2:
            continue
        known = np.array([confidence.features(mark.confidence, mark.clearness) for mark, _ in rows])
        model = LogisticRegression(C=1e3).fit(
            known, [mark.is_right for mark, _ in rows], sample_weight=np.array([share for _, share in rows]) * len(rows)
        )
        found[kind] = [round(float(value), 4) for value in (*model.intercept_, *model.coef_[0])]
    return found


def remarked(marks: list[Judged], weights: Mapping[str, list[float]]) -> list[Judged]:
    """Return the marks with the confidence that the weights give them."""
    return [replace(mark, confidence=_weighed(mark, weights.get(mark.kind))) for mark in marks]


def _weighed(mark: Judged, weights: Sequence[float] | None) -> float:
    known = confidence.features(mark.confidence, mark.clearness)
    return confidence.calibrated(weights, known) if weights else mark.confidence


def gathered(count: int) -> Marks:
    """Return what was read of each layout left out, and of each half of the resumes written by hand."""
    marks = {
        shape.name: [mark for person in people(count) for mark in judged(truths(person), read(person, shape))[0]]
        for shape in SHAPES
    }
    by_hand = [judged(right, reading)[0] for right, reading in handwritten("calibrate")]
    for start, name in enumerate(HALVES):
        marks[name] = [mark for own in by_hand[start::2] for mark in own]
    return marks


def main() -> None:
    """Fit the weights and write them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=40)
    options = parser.parse_args()
    confidence.FITTED.unlink(missing_ok=True)
    confidence.forget()
    marks = gathered(options.count)
    for name, own in marks.items():
        weights = fitted({other: found for other, found in marks.items() if other != name})
        error = calibration_error(remarked(own, weights))
        print(json.dumps({"left out": name, "before": round(calibration_error(own), 3), "after": round(error, 3)}))
    confidence.FITTED.write_text(json.dumps(fitted(marks), indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
