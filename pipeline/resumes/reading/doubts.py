"""Where a resume was probably not read as it is meant: what a person should look at before anything is made of it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from statistics import fmean

from pipeline.resumes.model import Education, Project, Resume, Volunteer, Work
from pipeline.resumes.reading.dates import find_dates
from pipeline.resumes.reading.reading import ResumeReading

UNSURE = 0.5  # a field below that is a guess
FEW, MAX_SPANS = 3, 3  # spans of time in the text, and how many of them for each that was understood
MAX_LACKING = 0.2  # of employers, positions and dates; a reading that lacks more is a bad one
_MAIN = {"name": "employer", "position": "position", "start_date": "dates"}
_KEYS = {"name": "name", "position": "position", "start_date": "startDate"}


@dataclass(frozen=True)
class Doubt:
    """One thing to look at: the part of the resume, and what is odd about it; `is_grave` ones are lies if they stay."""

    path: str
    reason: str
    is_grave: bool = False


def doubts_of(reading: ResumeReading) -> list[Doubt]:
    """Return what should be looked at, grave things first; data needs no reading, so nothing there is in doubt."""
    if reading.is_data:
        return []
    found = [*_of_jobs(reading), *_of_all(reading)]
    return sorted(found, key=lambda doubt: not doubt.is_grave)


def is_badly_read(reading: ResumeReading) -> bool:
    """Tell whether so much is lacking or unsure that nothing should be made of the reading unseen."""
    if reading.is_data:
        return False
    jobs = reading.resume.work
    lacking = sum(getattr(job, name) is None for job in jobs for name in _MAIN)
    is_unsure = any(doubt.path == "work" for doubt in _of_all(reading))
    return is_unsure or lacking > MAX_LACKING * len(_MAIN) * len(jobs)


def _of_jobs(reading: ResumeReading) -> Iterator[Doubt]:
    for index, job in enumerate(reading.resume.work):
        path, called = f"work[{index}]", _called(index, job)
        lacking = [what for name, what in _MAIN.items() if not getattr(job, name)]
        if lacking:
            yield Doubt(path, f"{called} has no {' and no '.join(lacking)}", is_grave=True)
        if job.start_date and job.start_date == job.end_date and _dates_left_over(job):
            yield Doubt(
                path, f"{called} ends when it starts, and “{_dates_left_over(job)[0]}” is left over", is_grave=True
            )
        for note in job.notes:
            if re.fullmatch(r"\W*\w+\W*", note):
                yield Doubt(path, f"{called}: “{note}” was put nowhere")
        for name, key in _KEYS.items():
            known = reading.fields.get(f"{path}.{key}")
            if getattr(job, name) and known and known.confidence < UNSURE:
                yield Doubt(f"{path}.{key}", f"{called}: its {_MAIN[name]} “{getattr(job, name)}” is a guess")


def _of_all(reading: ResumeReading) -> Iterator[Doubt]:
    yield from _of_times(reading)
    jobs = range(len(reading.resume.work))
    known = [reading.fields.get(f"work[{index}].{key}") for index in jobs for key in _KEYS.values()]
    sureness = [field.confidence for field in known if field]
    if sureness and fmean(sureness) < UNSURE:
        yield Doubt("work", "The jobs were read, but most of what was read of them is a guess", is_grave=True)
    if not reading.resume.basics.name:
        yield Doubt("basics.name", "No name was found")


def _of_times(reading: ResumeReading) -> Iterator[Doubt]:
    spans = [date for line in reading.text.splitlines()[:2_000] for date in find_dates(line) if date.is_range]
    dated = [part for part in _dated_parts(reading.resume) if part.start_date or part.end_date]
    if not reading.resume.work and len(spans) > 1 + len(dated):
        yield Doubt("work", f"No jobs were found, though the text has {len(spans)} spans of time", is_grave=True)
    elif len(spans) >= FEW and len(spans) >= MAX_SPANS * len(dated):
        yield Doubt("work", f"Of {len(spans)} spans of time in the text, {len(dated)} were understood", is_grave=True)


def _dated_parts(resume: Resume) -> list[Work | Volunteer | Education | Project]:
    return [*resume.work, *resume.volunteer, *resume.education, *resume.projects]


def _called(index: int, job: Work) -> str:
    known = job.position or job.name or next(iter(job.highlights), None) or job.summary
    shown = f" ({known if len(known) <= 40 else known[:39] + '…'})" if known else ""
    return f"Job {index + 1}{shown}"


def _dates_left_over(job: Work) -> list[str]:
    return [date.text for note in job.notes for date in find_dates(note)]
