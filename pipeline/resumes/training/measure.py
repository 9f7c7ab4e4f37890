"""Measure the reader on layouts and writers that no training saw, field by field, and how honest its confidence is.

Run it as `python -m pipeline.resumes.training.measure`.
"""

import argparse
import json
import random
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from pipeline.resumes.reading.formats import read_source
from pipeline.resumes.reading.formats.source import Lines, Source
from pipeline.resumes.reading.learned.confidence import Clearness
from pipeline.resumes.reading.learned.reader import Understood, understand
from pipeline.resumes.reading.lines import Line
from pipeline.resumes.training.content import Person
from pipeline.resumes.training.handwritten import plain_text, texts_of, written
from pipeline.resumes.training.labelling import marked
from pipeline.resumes.training.people import write_person
from pipeline.resumes.training.shapes import SHAPES, Shape
from pipeline.resumes.training.truths import Truths, degree_of, truths, truths_of_lines

FIRST = 900_000  # seeds that no training uses
ALIKE = 90.0


@dataclass(frozen=True)
class Judged:
    """One field that was read: its kind, the confidence, whether it is right, how clear its resume is."""

    kind: str
    confidence: float
    is_right: bool
    clearness: Clearness = (1.0, 1.0)


def people(count: int) -> Iterator[Person]:
    """Yield people whom no training saw."""
    for seed in range(FIRST, FIRST + count):
        person = write_person(random.Random(seed))
        if person.language not in ("zh", "ar"):
            yield person


def read(person: Person, shape: Shape) -> Understood:
    """Write a person down in a shape and read the result."""
    return understand(lines_of(shape.write(person).encode(), shape.suffix))


def lines_of(data: bytes, suffix: str) -> Sequence[Line]:
    """Return the lines of a file."""
    content = read_source(Source(data, suffix))
    assert isinstance(content, Lines)
    return content.lines


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
        degree = degree_of(study.study_type, study.area)
        if degree:
            result["degree"].append((degree, sure(f"{path}.{'studyType' if study.study_type else 'area'}")))
    for index, skill in enumerate(reading.resume.skills):
        result["skill"] += [(item, sure(f"skills[{index}].keywords")) for item in skill.keywords]
    return result


def judged(right: Truths, reading: Understood) -> tuple[list[Judged], dict[str, tuple[int, int, int]]]:
    """Return each field that was read with whether it is right, and hits, false alarms and misses by kind."""
    marks: list[Judged] = []
    counts: dict[str, tuple[int, int, int]] = {}
    read_fields = found(reading)
    for kind, texts in right.items():
        left = list(texts)
        for text, confidence in read_fields.get(kind, []):
            match = next((one for one in left if fuzz.ratio(one.casefold(), text.casefold()) >= ALIKE), None)
            if match is not None:
                left.remove(match)
            marks.append(Judged(kind, confidence, match is not None, reading.clearness))
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


def handwritten(part: str) -> Iterator[tuple[Truths, Understood]]:
    """Yield what is right and what is read of resumes written by hand, as plain texts."""
    for text in texts_of(part):
        reading = understand(lines_of(plain_text(text).encode(), ".txt"))
        named: set[str | None] = set()
        for job in reading.resume.work:  # an employer's name stands once, however many positions are under it
            job.name = None if job.name in named else job.name
            named.add(job.name)
        yield truths_of_lines(marked(written(text))), reading


def main() -> None:
    """Print F1 by shape and kind of field, and the calibration error."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=40)
    options = parser.parse_args()
    sets = {shape.name: [(truths(person), read(person, shape)) for person in people(options.count)] for shape in SHAPES}
    sets["written by hand"] = list(handwritten("test"))
    for name, readings in sets.items():
        print(json.dumps({"shape": name, **_figures([judged(right, reading) for right, reading in readings])}))


def _figures(results: Sequence[tuple[list[Judged], dict[str, tuple[int, int, int]]]]) -> dict[str, float]:
    """Return F1 by kind of field, and the calibration error."""
    totals: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    for _, counts in results:
        for kind, numbers in counts.items():
            totals[kind] = [a + b for a, b in zip(totals[kind], numbers, strict=True)]
    figures = {
        kind: round(2 * hits / max(2 * hits + alarms + misses, 1), 3) for kind, (hits, alarms, misses) in totals.items()
    }
    return figures | {"calibration_error": round(calibration_error([mark for own, _ in results for mark in own]), 3)}


if __name__ == "__main__":
    main()
