"""Projects and voluntary positions, which are written much as jobs are."""

import re
from collections.abc import Sequence

from pipeline.resumes.model import Project, Volunteer, Work
from pipeline.resumes.reading.dates import DateRange
from pipeline.resumes.reading.entries import Entry, split_entries
from pipeline.resumes.reading.header_parts import take_apart
from pipeline.resumes.reading.jobs import described, read_jobs
from pipeline.resumes.reading.lines import Line
from pipeline.resumes.reading.list_items import URL, date_out_of, url_in
from pipeline.resumes.reading.notes import Noted
from pipeline.resumes.reading.skills import split_items


def read_projects(lines: Sequence[Line]) -> list[Noted[Project]]:
    """Return the projects of a section."""
    entries = split_entries(lines)
    if entries and not any(entry.header for entry in entries):
        return [_listed_project(line) for entry in entries for line in entry.body]
    return [noted for entry in entries for noted in _project(entry)]


def _listed_project(line: Line) -> Noted[Project]:
    match = re.match(r"([^:]{2,60}):\s+(.+)", line.text, re.S) or re.match(
        r"(.{2,60}?)\s+[–—-]\s+(.+)", line.text, re.S
    )
    name, date = date_out_of(match[1] if match else line.text)
    project = Project(
        name=name,
        description=match[2] if match else None,
        start_date=date.start if date else None,
        end_date=date.last if date else None,
        notes=[] if date is None or date.is_exact else [date.text],
    )
    noted = Noted(project)
    noted.rate("name", 0.8 if match else 0.6, "" if match else "The whole line was taken for the name.")
    return noted


def _project(entry: Entry) -> list[Noted[Project]]:
    found = take_apart(entry.header)
    names: list[str] = []
    keywords: list[str] = []
    for part in found.parts:
        listed = split_items(part.text)[0]
        if names and ("," in part.text or part.italic) and not keywords and len(listed) > 1:
            keywords = listed
        elif not URL.fullmatch(part.text):
            names.append(part.text)
    if not names:
        return [_listed_project(line) for line in entry.body]
    body, labelled = _without_labels(entry.body)
    description, highlights = described(body)
    date = found.dates[0] if found.dates else None
    project = Project(
        name=names[0],
        description="\n".join(text for text in (" – ".join(names[1:]), description) if text) or None,
        highlights=highlights,
        keywords=keywords + labelled,
        start_date=date.start if date else None,
        end_date=date.last if date else None,
        url=url_in(entry, " ".join(line.text for line in entry.header)),
        notes=[*found.leftovers, *([found.place] if found.place else []), *_unsaid(found.dates)],
    )
    noted = Noted(project)
    noted.rate("name", 0.85)
    if date:
        noted.rate_dates(date)
    return [noted]


def _unsaid(dates: Sequence[DateRange]) -> list[str]:
    return [date.text for date in dates if date is not dates[0] or not date.is_exact]


def _without_labels(body: Sequence[Line]) -> tuple[list[Line], list[str]]:
    """Take keywords under their label out of a description, and addresses that stand alone."""
    kept: list[Line] = []
    keywords: list[str] = []
    for line in body:
        label = re.match(r"keywords\s*:\s*", line.text, re.I)
        if label:
            keywords += split_items(line.text[label.end() :])[0]
        elif not URL.fullmatch(line.text):
            kept.append(line)
    return kept, keywords


def read_volunteer(lines: Sequence[Line]) -> list[Noted[Volunteer]]:
    """Return the voluntary positions of a section, which are written as jobs are."""
    result = []
    for job in read_jobs(lines):
        work: Work = job.part
        values = work.model_dump(exclude={"name", "description"})
        result.append(
            Noted(
                Volunteer(organization=work.name, **values),
                {("organization" if k == "name" else k): v for k, v in job.fields.items()},
            )
        )
    return result
