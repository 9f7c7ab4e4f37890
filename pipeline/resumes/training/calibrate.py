"""Fit how honest the reader's confidence is, on the layouts left out of training.

Run it as `python -m pipeline.resumes.training.calibrate`. The error that it prints for a shape is that of curves fitted
on all the other shapes.
"""

import argparse
import json

from sklearn.isotonic import IsotonicRegression

from pipeline.resumes.reading.learned import confidence
from pipeline.resumes.reading.understanding import understand_layout
from pipeline.resumes.training.measure import (
    Judged,
    calibration_error,
    judged,
    people,
    read,
)
from pipeline.resumes.training.shapes import SHAPES
from pipeline.resumes.training.truths import truths

KINDS = ("employer", "position", "start", "end", "institution", "degree", "skill")


def fitted(marks: list[Judged]) -> dict[str, confidence.Curve]:
    """Return the curve of each kind of field."""
    curves = {}
    for kind in KINDS:
        own = [mark for mark in marks if mark.kind == kind]
        model = IsotonicRegression(y_min=0.02, y_max=0.99, out_of_bounds="clip")
        model.fit([mark.confidence for mark in own], [float(mark.is_right) for mark in own])
        knots = zip(model.X_thresholds_.tolist(), model.y_thresholds_.tolist(), strict=True)
        places, values = zip(*((round(place, 4), round(value, 4)) for place, value in knots), strict=True)
        curves[kind] = (list(places), list(values))
    return curves


def remarked(marks: list[Judged], curves: dict[str, confidence.Curve]) -> list[Judged]:
    """Return the marks with the confidence that the curves give them."""
    return [
        Judged(
            mark.kind,
            confidence.interpolated(curves[mark.kind], mark.confidence),
            mark.is_right,
        )
        for mark in marks
    ]


def main() -> None:
    """Fit the curves and write them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=40)
    options = parser.parse_args()
    confidence.CURVES.unlink(missing_ok=True)
    confidence.forget()
    marks = {
        shape.name: [
            mark
            for person in people(options.count)
            for mark in judged(truths(person), read(person, shape, understand_layout))[0]
        ]
        for shape in SHAPES
    }
    for name, own in marks.items():
        others = [mark for other, found in marks.items() if other != name for mark in found]
        error = calibration_error(remarked(own, fitted(others)))
        print(
            json.dumps(
                {
                    "left out": name,
                    "before": round(calibration_error(own), 3),
                    "after": round(error, 3),
                }
            )
        )
    everything = [mark for found in marks.values() for mark in found]
    confidence.CURVES.write_text(json.dumps(fitted(everything), indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
