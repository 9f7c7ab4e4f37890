"""From lines to a resume, whatever format they come from: sections first, then what each of them holds."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from pipeline.resumes.model import Resume, SectionName
from pipeline.resumes.reading.addresses import EMAIL
from pipeline.resumes.reading.contact import read_head
from pipeline.resumes.reading.headings import is_contact_heading, likely_section, mark_headings, section_of
from pipeline.resumes.reading.job_words import title_score
from pipeline.resumes.reading.jobs import read_jobs
from pipeline.resumes.reading.lines import BULLET_GLYPHS, Line, close_letter_spacing
from pipeline.resumes.reading.listings import (
    looks_like_code,
    read_awards,
    read_certificates,
    read_languages,
    read_other,
)
from pipeline.resumes.reading.names import looks_like_name
from pipeline.resumes.reading.notes import USUAL, FieldReading, Noted, settled
from pipeline.resumes.reading.paragraphs import join_wrapped
from pipeline.resumes.reading.places import is_place
from pipeline.resumes.reading.projects import read_projects, read_volunteer
from pipeline.resumes.reading.publications import read_publications
from pipeline.resumes.reading.skills import read_skills
from pipeline.resumes.reading.studies import read_studies

_READERS: dict[SectionName, Callable[[Sequence[Line]], list[Any]]] = {
    "work": read_jobs,
    "education": read_studies,
    "skills": read_skills,
    "projects": read_projects,
    "publications": read_publications,
    "certificates": read_certificates,
    "awards": read_awards,
    "languages": read_languages,
    "volunteer": read_volunteer,
}


@dataclass
class Section:
    """A heading and the lines under it."""

    name: SectionName
    title: str
    lines: list[Line] = field(default_factory=list)


@dataclass
class Parts:
    """A resume's lines, sorted: those above the first heading, those of contact, the sections."""

    head: list[Line] = field(default_factory=list)
    contact: list[Line] = field(default_factory=list)
    sections: list[Section] = field(default_factory=list)


def read_lines(lines: Sequence[Line]) -> tuple[Resume, dict[str, FieldReading]]:
    """Return the resume that the lines hold, and how sure each of its fields is."""
    parts = sort_lines(join_wrapped(mark_headings(lines)))
    _take_personal_data(parts)
    head = read_head(parts.head, parts.contact)
    if not head.part.name and _take_person(parts):
        head = read_head(parts.head, parts.contact)
    document: dict[str, Any] = {"basics": head.part, "section_order": [], "section_titles": {}, "other": []}
    notes = {f"basics.{name}": reading for name, reading in head.fields.items()}
    before: SectionName | None = None
    for section in parts.sections:
        name = _read_section(section, document, notes, before)
        if name:
            document["section_titles"].setdefault(name, []).append(section.title)
            before = name
            if name not in document["section_order"]:
                document["section_order"].append(name)
    resume = Resume.model_validate(document)
    return settled(resume, notes)


def _take_personal_data(parts: Parts) -> None:
    """Count a section of personal data as the head, where it is the one that has the e-mail address."""
    if any(EMAIL.search(line.text) for line in [*parts.head, *parts.contact]):
        return
    for section in parts.sections[:2]:
        if section.name == "other" and any(EMAIL.search(line.text) for line in section.lines):
            parts.head += section.lines
            parts.sections.remove(section)
            return


def _take_person(parts: Parts) -> bool:
    """Move a name with a headline or a place below it from the end of another section to the head."""
    for section in parts.sections[:4]:
        for index, (line, below) in enumerate(zip(section.lines, section.lines[1:], strict=False)):
            named = line.has_gap and not line.is_bullet and " " in line.text and looks_like_name(line.text)
            if (
                named
                and not below.has_gap
                and title_score(line.text) <= 0
                and (title_score(below.text) >= 1 or is_place(below.text))
            ):
                parts.head[:0] = section.lines[index:]
                del section.lines[index:]
                return True
    return False


def sort_lines(lines: Sequence[Line]) -> Parts:
    """Put every line under its heading; a column without one is the head, or goes on from the page before."""
    parts = Parts()
    target: list[Line] = parts.head
    open_in: dict[int, list[Line]] = {}
    name_at = _name_apart(lines)
    place = (0, 0)
    for index, line in enumerate(lines):
        here = (line.page, line.column)
        if here != place:
            target = _column_target(here, open_in, target, parts)
            place = here
        if index == name_at:
            parts.head.insert(0, replace(line, heading=0))
            target = parts.head
            continue
        if line.heading == 1:
            target = _open(line, parts)
            open_in = {} if not line.column else open_in
        elif line.text:
            target.append(line)
        open_in[line.column] = target
    return parts


def _column_target(
    here: tuple[int, int], open_in: dict[int, list[Line]], target: list[Line], parts: Parts
) -> list[Line]:
    page, column = here
    if not column:
        return target
    return open_in.get(column, parts.head if not page else target)


def _name_apart(lines: Sequence[Line]) -> int | None:
    """Find a name printed large beside or below other sections, as where a sidebar is read first."""
    first = next((index for index, line in enumerate(lines) if line.heading == 1), len(lines))
    largest = max((line.size for line in lines), default=1.0)
    for index, line in enumerate(lines):
        if line.size >= 0.98 * largest and line.size > 1.4 and looks_like_name(close_letter_spacing(line.text)):
            return index if index > first and line.page == 0 else None
    return None


def _open(line: Line, parts: Parts) -> list[Line]:
    title = line.text.strip(BULLET_GLYPHS + " :：")
    title = close_letter_spacing(title)
    if is_contact_heading(title):
        return parts.contact
    if _is_headline(title, parts):
        parts.head.append(replace(line, heading=0))
        return parts.head
    section = Section(likely_section(title) or "other", title)
    parts.sections.append(section)
    return section.lines


def _is_headline(title: str, parts: Parts) -> bool:
    """Tell whether a large line is the person's occupation, above a summary, and not the heading of a section."""
    return title_score(title) >= 1 and not section_of(title) and all(part.name != "work" for part in parts.sections)


def _read_section(
    section: Section, document: dict[str, Any], notes: dict[str, FieldReading], before: SectionName | None
) -> SectionName | None:
    """Read one section into the document; return the name it goes by."""
    name = section.name
    if name == "languages" and looks_like_code(section.lines):
        name = "skills"
    if name == "summary":
        return _read_summary(section, document, notes)
    if name == "other":
        if not section.lines and not section.title:
            return None
        document["other"].append(read_other(section.title, section.lines).model_copy(update={"after": before}))
        return "other"
    if not section.lines:
        return None
    found = _READERS[name](section.lines)
    for noted in found:
        _keep(name, noted, document, notes)
    return name


def _read_summary(section: Section, document: dict[str, Any], notes: dict[str, FieldReading]) -> SectionName | None:
    if not section.lines:
        return None
    text = "\n".join(line.text for line in section.lines)
    earlier = document["basics"].summary
    document["basics"].summary = f"{earlier}\n{text}" if earlier else text
    notes["basics.summary"] = FieldReading(confidence=0.95)
    return "summary"


def _keep(name: SectionName, noted: Noted[Any], document: dict[str, Any], notes: dict[str, FieldReading]) -> None:
    items = document.setdefault(name, [])
    for key, reading in noted.fields.items():
        notes[f"{name}[{len(items)}].{key}"] = reading
    items.append(noted.part)


def every_field(resume: Resume, notes: dict[str, FieldReading], usual: float = USUAL) -> dict[str, FieldReading]:
    """Return a reading for every field that the resume holds, and for those that were looked for and not found."""
    readings = dict(notes)
    for path in _paths(resume.model_dump(mode="json", by_alias=True, exclude_none=True), ""):
        readings.setdefault(path, FieldReading(confidence=usual))
    return readings


def _paths(value: Any, path: str) -> list[str]:
    if isinstance(value, dict):
        kept = {
            key: item
            for key, item in value.items()
            if path or key not in ("section_order", "section_titles", "meta", "$schema")
        }
        return [found for key, item in kept.items() for found in _paths(item, f"{path}.{key}" if path else key)]
    if isinstance(value, list) and any(isinstance(item, dict) for item in value):
        return [found for index, item in enumerate(value) for found in _paths(item, f"{path}[{index}]")]
    return [path] if value not in (None, "", [], {}) else []
