"""Measure the reader on layouts that no training saw, field by field, and how honest its confidence is.

Run it as `python -m pipeline.resumes.training.measure`.
"""

import argparse
import json
import random
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from pipeline.resumes.reading.dates import find_dates
from pipeline.resumes.reading.formats import read_source
from pipeline.resumes.reading.formats.source import Lines, Source
from pipeline.resumes.reading.lines import Line
from pipeline.resumes.reading.understanding import Understood, understand, understand_layout
from pipeline.resumes.training.content import Person
from pipeline.resumes.training.people import write_person
from pipeline.resumes.training.shapes import SHAPES, Shape

FIRST = 900_000  # seeds that no training uses
ALIKE = 90.0


@dataclass(frozen=True)
class Judged:
    """One field that was read: its kind, the confidence, whether it is right."""

    kind: str
    confidence: float
    is_right: bool


def people(count: int) -> Iterator[Person]:
    """Yield people whom no training saw."""
    for seed in range(FIRST, FIRST + count):
        person = write_person(random.Random(seed))
        if person.language not in ("zh", "ar"):
            yield person


def read(person: Person, shape: Shape, understand: Callable[[Sequence[Line]], Understood] = understand) -> Understood:
    """Write a person down in a shape and read the result."""
    content = read_source(Source(shape.write(person).encode(), shape.suffix))
    assert isinstance(content, Lines)
    return understand(content.lines)


def _degree(degree: str | None, area: str | None) -> str:
    return ", ".join(part for part in (degree, area) if part)


def truths(person: Person) -> dict[str, list[str]]:
    """Return what is right, field by field."""
    jobs = [job for group in person.jobs for job in group]
    dates = [find_dates(job.dates) for job in jobs]
    return {
        "employer": [job.employer for job in jobs],
        "position": [job.position for job in jobs],
        "start": [date[0].start or "" for date in dates if date],
        "end": [date[0].last or "present" for date in dates if date],
        "institution": [study.institution for study in person.studies],
        "degree": [_degree(study.degree, study.area) for study in person.studies],
        "skill": [item for _, items in person.skills for item in items],
    }


def found(reading: Understood) -> dict[str, list[tuple[str, float]]]:
    """Return what was read, field by field, with its confidence."""
    result: dict[str, list[tuple[str, float]]] = defaultdict(list)

    def sure(path: str) -> float:
        field = reading.fields.get(path)
        return field.confidence if field else 0.5

    for index, job in enumerate(reading.resume.work):
        path = f"work[{index}]"
        for kind, text, key in (
            ("employer", job.name, "name"),
            ("position", job.position, "position"),
            ("start", job.start_date, "startDate"),
        ):
            if text:
                result[kind].append((text, sure(f"{path}.{key}")))
        if job.start_date:
            result["end"].append((job.end_date or "present", sure(f"{path}.endDate")))
    for index, study in enumerate(reading.resume.education):
        path = f"education[{index}]"
        if study.institution:
            result["institution"].append((study.institution, sure(f"{path}.institution")))
        degree = _degree(study.study_type, study.area)
        if degree:
            result["degree"].append((degree, sure(f"{path}.{'studyType' if study.study_type else 'area'}")))
    for index, skill in enumerate(reading.resume.skills):
        result["skill"] += [(item, sure(f"skills[{index}].keywords")) for item in skill.keywords]
    return result


def judged(person: Person, reading: Understood) -> tuple[list[Judged], dict[str, tuple[int, int, int]]]:
    """Return each field that was read with whether it is right, and hits, false alarms and misses by kind."""
    marks: list[Judged] = []
    counts: dict[str, tuple[int, int, int]] = {}
    read_fields = found(reading)
    for kind, texts in truths(person).items():
        left = list(texts)
        for text, confidence in read_fields.get(kind, []):
            match = next(
                (one for one in left if fuzz.ratio(one.casefold(), text.casefold()) >= ALIKE),
                None,
            )
            if match is not None:
                left.remove(match)
            marks.append(Judged(kind, confidence, match is not None))
        hits = len(texts) - len(left)
        counts[kind] = (hits, len(read_fields.get(kind, [])) - hits, len(left))
    return marks, counts


def calibration_error(marks: list[Judged], bins: int = 10) -> float:
    """Return the expected calibration error (Naeini, Cooper and Hauskrecht, 2015) over bins of equal width."""
    groups: dict[int, list[Judged]] = defaultdict(list)
    for mark in marks:
        groups[min(int(mark.confidence * bins), bins - 1)].append(mark)
    off = 0.0
    for group in groups.values():
        sure = sum(mark.confidence for mark in group) / len(group)
        right = sum(mark.is_right for mark in group) / len(group)
        off += len(group) * abs(sure - right)
    return off / max(len(marks), 1)


def main() -> None:
    """Print F1 by shape and kind of field, and the calibration error."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=40)
    parser.add_argument("--learned", action="store_true", help="measure the learned reader by itself")
    options = parser.parse_args()
    reader = understand_layout if options.learned else understand
    everything: list[Judged] = []
    for shape in SHAPES:
        totals: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
        marks: list[Judged] = []
        for person in people(options.count):
            own, counts = judged(person, read(person, shape, reader))
            marks += own
            for kind, numbers in counts.items():
                totals[kind] = [a + b for a, b in zip(totals[kind], numbers, strict=True)]
        figures = {
            kind: round(2 * hits / max(2 * hits + alarms + misses, 1), 3)
            for kind, (hits, alarms, misses) in totals.items()
        }
        print(
            json.dumps(
                {
                    "shape": shape.name,
                    **figures,
                    "calibration_error": round(calibration_error(marks), 3),
                }
            )
        )
        everything += marks
    print(
        json.dumps(
            {
                "shape": "all",
                "fields": len(everything),
                "calibration_error": round(calibration_error(everything), 3),
            }
        )
    )


if __name__ == "__main__":
    main()
