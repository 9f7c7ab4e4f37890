"""Whether an exported resume still says everything: the file is read back and compared field by field."""

import json
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import zip_longest
from typing import Any

from pipeline.core import UnreadableDocument
from pipeline.resumes.model import Resume, SectionName
from pipeline.resumes.reading import ResumeReading, read_resume_bytes
from pipeline.resumes.writing.ats_checks import Finding, check_ats
from pipeline.resumes.writing.look import DEFAULT_LOOK, Look
from pipeline.resumes.writing.outline import Entry, Outline, show_address
from pipeline.resumes.writing.sections import build_outline

BETWEEN = " · "
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")
_LIGATURES = {code: unicodedata.normalize("NFKC", chr(code)) for code in range(0xFB00, 0xFB07)}


@dataclass(frozen=True)
class Difference:
    """One field that a file does not give back: what was written, what was read; an empty text for nothing."""

    field: str
    written: str
    read: str

    def __str__(self) -> str:
        if not self.read:
            return f"{self.field}: “{self.written}” is lost."
        if not self.written:
            return f"{self.field}: “{self.read}” is read though nobody wrote it."
        return f"{self.field}: “{self.written}” is read as “{self.read}”."


@dataclass(frozen=True)
class FileCheck:
    """What reading an exported file back has shown; one that loses something is not ready to be sent."""

    differences: tuple[Difference, ...]
    findings: tuple[Finding, ...] = ()


def check_file(resume: Resume, data: bytes, suffix: str, look: Look = DEFAULT_LOOK) -> FileCheck:
    """Read an exported file back, and return what it loses and what applicant tracking systems would stumble over.

    A JSON Resume is compared as a document. The other formats are compared as what they print, since a page has no room
    for a person's picture, for fields that the schema does not know, or for the day of a month. Words that stand in the
    file and were put there are no difference, whatever the reader takes them for.
    """
    try:
        reading = read_back(data, suffix)
    except UnreadableDocument as error:
        return FileCheck((Difference("file", "a readable resume", str(error)),))
    findings = check_ats(resume, data, suffix, reading.resume, look)
    return FileCheck(tuple(_compare(resume, reading, suffix, look)), tuple(findings))


def _compare(resume: Resume, reading: ResumeReading, suffix: str, look: Look) -> Iterator[Difference]:
    if suffix == "json":
        yield from _differences("", _document(resume), _document(reading.resume))
        return
    wording = build_outline(resume, look=look).wording  # a look that prints years alone gives no months back
    written, read = (_printed(build_outline(one, wording)) for one in (resume, reading.resume))
    read["section order"] = _in_order_of_lines(written["section order"], reading.text)
    text, own = _squeezed(reading.text), _squeezed(_shown(written))
    for difference in _differences("", written, read):
        is_there = all(_squeezed(piece) in text for piece in difference.written.split(BETWEEN))
        found = [word for word in re.findall(r"\w+", _comparable(difference.read)) if word in text]
        is_ours = all(word in own for word in found)
        if not (is_there and is_ours) or difference.field.startswith("section order"):
            yield difference


def read_back(data: bytes, suffix: str) -> ResumeReading:
    """Return what the product's own reader finds in an exported file. Raises UnreadableDocument."""
    return read_resume_bytes(data, f".{suffix}")


def _in_order_of_lines(titles: Sequence[str], text: str) -> list[str]:
    """Return the titles that are lines of a text, in the order of those lines."""
    by_line = {_squeezed(title).casefold(): title for title in titles}
    lines = [_squeezed(line).casefold().rstrip(":") for line in text.splitlines()]
    return list(dict.fromkeys(by_line[line] for line in lines if line in by_line))


def _squeezed(text: str) -> str:
    return _comparable(text).replace(" ", "")


def _document(resume: Resume) -> dict[str, Any]:
    document: dict[str, Any] = resume.model_dump(mode="json", by_alias=True, exclude_none=True)
    return document


def _printed(outline: Outline) -> dict[str, Any]:
    """Return an outline as nested names and values; sections go by their titles, contact details have no order."""
    sections = {
        section.title or section.name: [_entry(entry, section.name) for entry in section.entries]
        for section in outline.sections
    }
    document = {
        "name": outline.name,
        "headline": outline.headline,
        "contact": sorted(link.text for link in outline.contact),
        "section order": [section.title for section in outline.sections if section.title],
    }
    return document | sections


def _entry(entry: Entry, section: SectionName) -> dict[str, Any]:
    if section == "other":  # read back as lines, whatever they were
        texts = (f"{line.label}: {line.text}" if line.label else line.text for line in entry.lines)
        return {"lines": [text for text in (entry.title, *texts) if text]}
    url = entry.subtitle.target or entry.address.target or entry.address.text
    return {
        "title": entry.title,
        "subtitle": entry.subtitle.text,
        "place": entry.place,
        "url": show_address(url).text if url else "",
        "dates": entry.dates,
        "lines": [{"label": line.label, "text": line.text} for line in entry.lines],
    }


def _differences(path: str, written: Any, read: Any) -> Iterator[Difference]:
    if isinstance(written, dict) and isinstance(read, dict):
        for key in dict.fromkeys((*written, *read)):
            yield from _differences(f"{path}.{key}".lstrip("."), written.get(key, ""), read.get(key, ""))
    elif isinstance(written, list) and isinstance(read, list):
        yield from _list_differences(path, written, read)
    elif _comparable(written) != _comparable(read):
        yield Difference(path, _shown(written), _shown(read))


def _list_differences(path: str, written: list[Any], read: list[Any]) -> Iterator[Difference]:
    """Compare lists after matching their equal items, so that one lost item is one difference."""
    matcher = SequenceMatcher(None, [*map(_comparable, written)], [*map(_comparable, read)], autojunk=False)
    for operation, start, end, read_start, read_end in matcher.get_opcodes():
        if operation == "equal":
            continue
        pairs = zip_longest(written[start:end], read[read_start:read_end], fillvalue="")
        for number, (one, other) in enumerate(pairs, start=start + 1):
            yield from _differences(f"{path}[{number}]", one, other)


def _comparable(value: Any) -> str:
    """Return a value as text in which only what a reader sees counts."""
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, sort_keys=True)
    return " ".join(_INVISIBLE.sub("", unicodedata.normalize("NFC", text).translate(_LIGATURES)).split())


def _shown(value: Any) -> str:
    if isinstance(value, dict):
        return BETWEEN.join(filter(None, map(_shown, value.values())))
    return BETWEEN.join(map(_shown, value)) if isinstance(value, list) else str(value)
