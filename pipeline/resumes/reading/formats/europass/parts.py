"""What both kinds of Europass document make of their entries: skills, languages, sections of other kinds."""

import re
from collections.abc import Iterable
from typing import Any

from pipeline.resumes.model import SectionName
from pipeline.resumes.reading.formats.rich_text import lines_of

_LIST = re.compile(r"\s*[,;|•]\s*")
MAX_WORDS = 6  # of one skill


class Sections:
    """A JSON Resume document in the making: sections in the order they are added, each with its title."""

    def __init__(self, basics: dict[str, Any]) -> None:
        self.document: dict[str, Any] = {"basics": basics, "section_order": [], "section_titles": {}, "other": []}
        self.before: SectionName | None = None

    def add(self, name: SectionName, parts: Iterable[dict[str, Any]], title: str | None = None) -> None:
        """Add entries to a section."""
        found = [part for part in parts if any(value not in (None, "", []) for value in part.values())]
        if not found:
            return
        if name == "other":
            self.document["other"].append({"title": title, "after": self.before, "items": found})
        else:
            self.document.setdefault(name, []).extend(found)
        self._place(name, title)

    def summarise(self, written: str, title: str | None = None) -> None:
        """Add a text to the summary."""
        texts = [line.text for line in lines_of(written) if line.text]
        if texts:
            basics = self.document["basics"]
            basics["summary"] = "\n".join([basics["summary"], *texts] if basics.get("summary") else texts)
            self._place("summary", title)

    def _place(self, name: SectionName, title: str | None) -> None:
        self.before = name
        if name not in self.document["section_order"]:
            self.document["section_order"].append(name)
        if title:
            self.document["section_titles"].setdefault(name, []).append(title)


def keywords(written: str) -> list[str]:
    """Return the skills of a description: its list items, or the pieces of an enumeration, else its sentences whole."""
    found: list[str] = []
    for line in lines_of(written):
        pieces = [piece.rstrip(".") for piece in _LIST.split(line.text) if piece]
        is_list = len(pieces) > 1 and all(len(piece.split()) <= MAX_WORDS for piece in pieces)
        found += pieces if is_list else [line.text] if line.text else []
    return found


def paragraphs(written: str) -> list[dict[str, Any]]:
    """Return a description as the items of a section that the schema lacks."""
    return [{"text": line.text, "is_bullet": line.is_bullet} for line in lines_of(written) if line.text]


def fluency(levels: Iterable[tuple[str, str | None]]) -> str | None:
    """Return how well a language is spoken: one level where all are the same, else each with what it is of."""
    given = [(what, level) for what, level in levels if level]
    if len({level for _, level in given}) == 1:
        return given[0][1]
    return ", ".join(f"{what} {level}" for what, level in given) or None
