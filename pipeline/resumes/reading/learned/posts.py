"""Jobs, studies, projects and what is listed with a name, a giver and a date."""

import re
from collections.abc import Callable, Sequence
from typing import Any

from pipeline.resumes.model import Award, Certificate, Education, Project, Publication, Volunteer, Work
from pipeline.resumes.reading.dates import DateRange
from pipeline.resumes.reading.learned.entries import Entry, entries_of
from pipeline.resumes.reading.learned.tagging import Field, Tagged
from pipeline.resumes.reading.list_items import split_items
from pipeline.resumes.reading.notes import Noted

Fields = Sequence[Sequence[Field]]


def read_jobs(lines: Sequence[Tagged], numbers: Sequence[int], fields: Fields) -> list[Noted[Work]]:
    """Return the jobs of a section, one a position; positions under one employer's heading all have that employer."""
    return [_job(entry) for entry in _with_employers(entries_of(lines, numbers, fields, "position", "employer"))]


def _with_employers(entries: Sequence[Entry]) -> list[Entry]:
    found: list[Entry] = []
    group: Entry | None = None
    for index, entry in enumerate(entries):
        following = entries[index + 1] if index + 1 < len(entries) else None
        alone = "employer" in entry.fields and "position" not in entry.fields
        if (
            alone
            and not entry.items
            and following
            and "position" in following.fields
            and "employer" not in following.fields
        ):
            group = entry
            following.prose = entry.prose + following.prose
            continue
        if "employer" in entry.fields:
            group = entry
        elif group and "position" in entry.fields:
            for tag in ("employer", "place"):
                if tag in group.fields:
                    entry.fields.setdefault(tag, group.fields[tag])
        found.append(entry)
    return found


def _job(entry: Entry) -> Noted[Work]:
    date = entry.dates
    work = Work(
        name=entry.text("employer"),
        position=entry.text("position"),
        location=entry.text("place"),
        url=entry.url,
        start_date=date.start if date else None,
        end_date=date.last if date else None,
        summary=entry.summary,
        highlights=entry.highlights,
        notes=_notes(entry, "employer", "position", "place", "contact"),
    )
    noted = Noted(work)
    _rate(noted, entry, "name", "employer", "No employer was found.")
    _rate(noted, entry, "position", "position", "No position was found.")
    _rate_dates(noted, date, entry.sureness("dates"))
    return noted


def read_volunteer(lines: Sequence[Tagged], numbers: Sequence[int], fields: Fields) -> list[Noted[Volunteer]]:
    """Return the voluntary positions of a section."""
    found = []
    for noted in read_jobs(lines, numbers, fields):
        values = noted.part.model_dump(exclude_none=True)
        values["organization"] = values.pop("name", None)
        readings = {("organization" if name == "name" else name): one for name, one in noted.fields.items()}
        found.append(Noted(Volunteer.model_validate(values), readings))
    return found


def read_studies(lines: Sequence[Tagged], numbers: Sequence[int], fields: Fields) -> list[Noted[Education]]:
    """Return the courses of study of a section."""
    found = []
    for entry in entries_of(lines, numbers, fields, "institution", "degree"):
        date = entry.dates
        study = Education(
            institution=entry.text("institution"),
            study_type=entry.text("degree"),
            area=entry.text("area"),
            location=entry.text("place"),
            url=entry.url,
            score=_score(entry.text("score")),
            start_date=date.start if date and date.is_range else None,
            end_date=date.last if date else None,
            highlights=entry.highlights,
            notes=_notes(entry, "institution", "degree", "area", "place", "score", "contact")
            + ([entry.summary] if entry.summary else []),
        )
        noted = Noted(study)
        _rate(noted, entry, "institution", "institution", "No institution was found.")
        if study.study_type or not study.area:
            _rate(noted, entry, "studyType", "degree", "No degree was found.")
        if study.area:
            _rate(noted, entry, "area", "area", "")
        _rate_dates(noted, date, entry.sureness("dates"))
        found.append(noted)
    return found


def _score(text: str | None) -> str | None:
    """Return a grade without its label."""
    return re.sub(r"^[^\d:]{2,30}:\s*(?=\S)", "", text) if text else None


def read_projects(lines: Sequence[Tagged], numbers: Sequence[int], fields: Fields) -> list[Noted[Project]]:
    """Return the projects of a section."""
    found = []
    for entry in entries_of(lines, numbers, fields, "name", "name"):
        date = entry.dates
        about = [one.text for one in entry.fields.pop("text", [])]
        stack = [one.text for one in entry.fields.pop("stack", [])]
        project = Project(
            name=entry.text("name"),
            description="\n".join([*([" ".join(about)] if about else []), *([entry.summary] if entry.summary else [])])
            or None,
            highlights=entry.highlights,
            start_date=date.start if date else None,
            end_date=date.last if date else None,
            url=entry.url,
            keywords=[item for text in stack for item in split_items(text)[0]],
            notes=_notes(entry, "name", "contact"),
        )
        noted = Noted(project)
        _rate(noted, entry, "name", "name", "No name was found.")
        found.append(noted)
    return found


_LISTED: dict[str, tuple[Callable[..., Any], str, str, str]] = {
    "certificates": (Certificate, "name", "issuer", "date"),
    "awards": (Award, "title", "awarder", "date"),
    "publications": (Publication, "name", "publisher", "release_date"),
}


def read_listed(section: str) -> Callable[[Sequence[Tagged], Sequence[int], Fields], list[Noted[Any]]]:
    """Return the reader of a section whose entries have a name, a giver and a date."""
    kind, name_key, by_key, date_key = _LISTED[section]

    def read(lines: Sequence[Tagged], numbers: Sequence[int], fields: Fields) -> list[Noted[Any]]:
        found = []
        for entry in entries_of(lines, numbers, fields, "name", "name"):
            date = entry.dates
            values = {
                name_key: entry.text("name"),
                by_key: entry.text("issuer"),
                date_key: (date.end or date.start) if date else None,
            }
            under = [text for text in (*entry.highlights, entry.summary) if text]
            if "url" in kind.model_fields:  # type: ignore[attr-defined]
                values["url"] = entry.url
            notes = _notes(entry, "name", "issuer", *(("contact",) if "url" in values else ())) + under
            if section == "publications" and len(entry.fields.get("name", [])) > 1:  # a citation is kept as it stands
                values |= {"name": " ".join(entry.heading), "publisher": None}
                notes = under
            noted = Noted(kind(**values, notes=notes))
            _rate(noted, entry, name_key, "name", "No name was found.")
            found.append(noted)
        return found

    return read


def _notes(entry: Entry, *taken: str) -> list[str]:
    date = entry.dates
    lost = [date.text] if date and not date.is_exact else []
    return entry.rest(*taken) + [label.line.text for label in entry.labels] + lost


def _rate_dates(noted: Noted[Any], date: DateRange | None, sureness: float) -> None:
    """Say how sure the dates are."""
    if date is None:
        noted.lack("startDate", "No date was found.")
        return
    note = "" if date.is_exact else f"Printed as “{date.text}”; the schema has no room for all of it."
    noted.rate("startDate", sureness, note)
    if date.is_range:
        noted.rate("endDate", sureness, "It goes on." if date.is_open else "")


def _rate(noted: Noted[Any], entry: Entry, name: str, tag: str, note: str) -> None:
    if tag in entry.fields:
        noted.rate(name, entry.sureness(tag))
    else:
        noted.lack(name, note)
