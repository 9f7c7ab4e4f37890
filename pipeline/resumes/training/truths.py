"""What is right of a resume, field by field: of a composed person, and of one written and labelled by hand."""

from collections.abc import Sequence

from pipeline.resumes.reading.dates import find_dates
from pipeline.resumes.training.content import Person
from pipeline.resumes.training.marked import Marked

Truths = dict[str, list[str]]


def degree_of(degree: str | None, area: str | None) -> str:
    """Return a degree with its field of study, as they are judged together."""
    return ", ".join(part for part in (degree, area) if part)


def truths(person: Person) -> Truths:
    """Return what is right of a composed person."""
    jobs = [job for group in person.jobs for job in group]
    dates = [find_dates(job.dates) for job in jobs]
    return {
        "employer": [job.employer for job in jobs],
        "position": [job.position for job in jobs],
        "start": [date[0].start or "" for date in dates if date],
        "end": [date[0].last or "present" for date in dates if date],
        "institution": [study.institution for study in person.studies],
        "degree": [degree_of(study.degree, study.area) for study in person.studies],
        "skill": [item for _, items in person.skills for item in items],
    }


def truths_of_lines(lines: Sequence[Marked]) -> Truths:
    """Return what is right of labelled lines; an employer whose name stands once has it once."""
    work = [line for line in lines if line.label.startswith("work.")]
    spans = [(find_dates(text), text) for text in _texts(work, "dates")]
    return {
        "employer": list(dict.fromkeys(_texts(work, "employer"))),
        "position": _texts(work, "position"),
        "start": [found[0].start or "" if found else text for found, text in spans],
        "institution": _texts([line for line in lines if line.label.startswith("education.")], "institution"),
        "degree": [
            degree_of(*(next(iter(_texts(entry, tag)), None) for tag in ("degree", "area")))
            for entry in _studies(lines)
        ],
        "skill": _texts([line for line in lines if line.label.startswith("skills.")], "skill"),
    }


def _texts(lines: Sequence[Marked], tag: str) -> list[str]:
    return [piece.text.strip() for line in lines for cell in line.cells for piece in cell if piece.tag == tag]


def _studies(lines: Sequence[Marked]) -> list[list[Marked]]:
    """Return the lines of each course of study that names a degree or a field."""
    found: list[list[Marked]] = []
    for line in lines:
        if line.label in ("education.entry", "education.headed"):
            found.append([])
        if found and line.label.startswith("education."):
            found[-1].append(line)
    return [entry for entry in found if _texts(entry, "degree") or _texts(entry, "area")]
