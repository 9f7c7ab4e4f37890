"""What the formats that are data already share: bounds, dates in the schema's spelling, the check by the model."""

import json
import re
from collections.abc import Iterable
from typing import Any

from pydantic import ValidationError

from pipeline.core import UnreadableDocument
from pipeline.resumes.model import Resume, SectionName
from pipeline.resumes.reading.dates import to_iso
from pipeline.resumes.reading.formats.rich_text import lines_of

MAX_DEPTH = 40
MAX_NODES = 50_000
MAX_LETTERS = 1_000_000  # repeated ones counted
_HALF_CHARACTER = re.compile("[\ud800-\udfff]")
_DATE_KEYS = {"startDate", "endDate", "date", "releaseDate"}


class Sections:
    """A JSON Resume document in the making: sections in the order they are added, each with its title."""

    def __init__(self, basics: dict[str, Any]) -> None:
        self.basics = basics
        self.document: dict[str, Any] = {"basics": basics, "section_order": [], "section_titles": {}, "other": []}
        self.before: SectionName | None = None

    def add(self, name: SectionName, parts: Iterable[Any], title: str | None = None, key: str | None = None) -> None:
        """Add entries to a section, or to what the schema holds under another key and prints in that section."""
        key, parts = key or name, list(parts)
        own = [{"title": title, "after": self.before, "items": parts}]
        self.document.setdefault(key, []).extend(own if key == "other" else parts)
        self.place(name, title)

    def summarise(self, written: Iterable[Any], title: str | None = None) -> None:
        """Add texts, which may be HTML, to the summary."""
        texts = [line.text for text in written for line in lines_of(text) if line.text]
        if texts:
            self.basics["summary"] = "\n".join(filter(None, [self.basics.get("summary"), *texts]))
            self.place("summary", title)

    def place(self, name: SectionName, title: str | None) -> None:
        """Note that a section comes next, and its title."""
        self.before = name
        if name not in self.document["section_order"]:
            self.document["section_order"].append(name)
        if title is not None:
            self.document["section_titles"].setdefault(name, []).append(title)


def bounded(document: Any) -> None:
    """Refuse data that is nested or repeated beyond what a resume needs."""
    waiting, count, letters = [(document, 0)], 0, 0
    while waiting:
        value, depth = waiting.pop()
        count += 1
        letters += len(value) if isinstance(value, str) else 0
        if depth > MAX_DEPTH or count > MAX_NODES or letters > MAX_LETTERS:
            raise UnreadableDocument("it holds more than a resume should")
        children = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
        waiting += [(child, depth + 1) for child in children]


def without_empty(value: Any) -> Any:
    """Leave out what holds nothing, which the models would else take for said."""
    if isinstance(value, dict):
        kept = {key: without_empty(item) for key, item in value.items()}
        return {key: item for key, item in kept.items() if item not in (None, "", [], {})}
    return [without_empty(item) for item in value] if isinstance(value, list) else value


def validated(document: dict[str, Any]) -> Resume:
    """Return the document as a resume. Raises UnreadableDocument with the place where it is not one."""
    try:
        return _printable(Resume.model_validate(document))
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(map(str, first["loc"]))
        raise UnreadableDocument(f"{place or 'it'} is not as the schema has it: {first['msg'].lower()}") from error


def iso_date(text: str) -> str:
    """Return a date in the schema's spelling where nothing of it is lost, else as it stands."""
    if re.fullmatch(r"\d{4}(-\d\d){0,2}", text.split("T")[0]):
        return text
    found, is_exact = to_iso(text)
    return found if found and is_exact else text


def with_iso_dates(value: Any) -> Any:
    """Return data with every date of the schema in its spelling."""
    if isinstance(value, list):
        return [with_iso_dates(item) for item in value]
    if not isinstance(value, dict):
        return value
    return {
        key: iso_date(item) if key in _DATE_KEYS and isinstance(item, str) else with_iso_dates(item)
        for key, item in value.items()
    }


def _printable(resume: Resume) -> Resume:
    """Replace halves of characters, which escapes such as `\\ud800` stand for: no file can be written with them."""
    text = json.dumps(resume.model_dump(by_alias=True, exclude_none=True), ensure_ascii=False, default=str)
    return Resume.model_validate_json(_HALF_CHARACTER.sub("\ufffd", text)) if _HALF_CHARACTER.search(text) else resume
