"""From tagged lines to a resume, whatever format they come from."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any, cast

from pipeline.resumes.model import OtherItem, OtherSection, Resume, SectionName
from pipeline.resumes.reading.learned.confidence import Clearness, clearness_of, with_honest
from pipeline.resumes.reading.learned.entries import blocks, joined
from pipeline.resumes.reading.learned.head import read_head
from pipeline.resumes.reading.learned.listings import read_languages, read_skills
from pipeline.resumes.reading.learned.posts import read_jobs, read_listed, read_projects, read_studies, read_volunteer
from pipeline.resumes.reading.learned.tagging import Field, Tagged, tag_lines, tag_words
from pipeline.resumes.reading.learned.tidy import tidy
from pipeline.resumes.reading.lines import BULLET_GLYPHS, Line, Span, cell_text, close_letter_spacing
from pipeline.resumes.reading.notes import FieldReading, Noted, settled

SET_ASIDE = ("page", "columns")  # page numbers, running heads, and the names of a table's columns
Reader = Callable[[Sequence[Tagged], Sequence[int], Sequence[Sequence[Field]]], list[Noted[Any]]]
_READERS: dict[str, Reader] = {
    "work": read_jobs,
    "volunteer": read_volunteer,
    "education": read_studies,
    "projects": read_projects,
    "certificates": read_listed("certificates"),
    "awards": read_listed("awards"),
    "publications": read_listed("publications"),
    "skills": read_skills,
    "languages": read_languages,
}


@dataclass(frozen=True)
class Understood:
    """A resume, how sure its fields are, its lines as they were read, those left out, and how clear all of it is."""

    resume: Resume
    fields: dict[str, FieldReading]
    lines: tuple[Line, ...] = ()
    left_out: tuple[str, ...] = ()
    clearness: Clearness = (1.0, 1.0)


def understand(lines: Sequence[Line]) -> Understood:
    """Return what lines of a resume say."""
    lines = tidy(lines)
    tagged = tag_lines(lines)
    kept = [line for line in tagged if line.role not in SET_ASIDE]
    words = tag_words(kept)
    left_out = tuple(line.line.text for line in tagged if line.role in SET_ASIDE)
    return Understood(*assemble(kept, words), tuple(lines), left_out, clearness_of(kept, words))


def assemble(tagged: Sequence[Tagged], fields: Sequence[Sequence[Field]]) -> tuple[Resume, dict[str, FieldReading]]:
    """Return the resume that tagged lines and their fields make, and how sure each of its fields is."""
    head = read_head(tagged, [n for n, line in enumerate(tagged) if line.section in ("head", "contact")], fields)
    document: dict[str, Any] = {"basics": head.part, "section_order": [], "section_titles": {}, "other": []}
    notes = {f"basics.{name}": reading for name, reading in head.fields.items()}
    for name, numbers in blocks(tagged, fields):
        if name not in ("head", "contact"):
            section = _section(cast(SectionName, name), tagged, numbers, fields)
            if section.lines or section.name == "other":
                _put(section, document, notes, fields)
    resume, notes = settled(Resume.model_validate(document), notes)
    return resume, with_honest(notes, clearness_of(tagged, fields))


@dataclass(frozen=True)
class Section:
    """A stretch of lines under one heading, which may stand on the first of them."""

    name: SectionName
    title: str
    tagged: Sequence[Tagged]
    lines: list[int]


def _section(
    name: SectionName, tagged: Sequence[Tagged], numbers: Sequence[int], fields: Sequence[Sequence[Field]]
) -> Section:
    """Part a section's heading from its lines."""
    heads = [_title(tagged[number].line.text) for number in numbers if tagged[number].role == "heading"]
    beside = next((one.text for one in fields[numbers[0]] if one.tag == "heading"), "")
    rest = [number for number in numbers if tagged[number].role != "heading"]
    return Section(name, " ".join(heads) or beside.strip(" :："), tagged, rest)


def _put(
    section: Section, document: dict[str, Any], notes: dict[str, FieldReading], fields: Sequence[Sequence[Field]]
) -> None:
    """Read one section into the document."""
    name = section.name
    if name == "other":
        before = document["section_order"][-1] if document["section_order"] else None
        items = [
            OtherItem(text=one.line.text.strip(BULLET_GLYPHS + " "), is_bullet=one.line.is_bullet)
            for one in _whole(section, fields)
        ]
        document["other"].append(OtherSection(title=section.title or None, items=items, after=before))
    elif name == "summary":
        basics = document["basics"]
        text = "\n".join(line.line.text for line in _whole(section, fields))
        basics.summary = f"{basics.summary}\n{text}" if basics.summary else text
        sureness = min(section.tagged[number].probability for number in section.lines)
        notes["basics.summary"] = FieldReading(confidence=sureness)
    else:
        for noted in _READERS[name](section.tagged, section.lines, fields):
            items = document.setdefault(name, [])
            notes.update({f"{name}[{len(items)}].{key}": reading for key, reading in noted.fields.items()})
            items.append(noted.part)
    if section.title:
        document["section_titles"].setdefault(name, []).append(section.title)
    is_section = section.title or name != "summary"  # a profile without a heading is part of the head
    if is_section and name not in document["section_order"]:
        document["section_order"].append(name)


def _title(text: str) -> str:
    return close_letter_spacing(text.strip(BULLET_GLYPHS + " :：=*~#_-<>[]|"))


def _whole(section: Section, fields: Sequence[Sequence[Field]]) -> list[Tagged]:
    """Return the lines of running text, those put together that the page's width parted."""
    found: list[Tagged] = []
    for number in section.lines:
        line = section.tagged[number]
        if line.role == "headed":
            line = without_heading(line, fields[number])
        if line.role.endswith("+") and found:
            found[-1] = joined(found[-1], line)
        elif line.line.text:
            found.append(line)
    return found


def without_heading(line: Tagged, fields: Sequence[Field]) -> Tagged:
    """Take the heading off the start of a line that holds both it and what it heads."""
    heads = [one for one in fields if one.tag == "heading" and not one.cell]
    if not heads or not line.line.cells:
        return line
    rest = cell_text(line.line.cells[0])[heads[-1].begin + len(heads[-1].text) :].lstrip(" :：|–-")
    cells = ((Span(rest),), *line.line.cells[1:]) if rest else line.line.cells[1:]
    return replace(line, line=replace(line.line, cells=cells))
