"""What both kinds of Europass document make of their entries: skills, languages, sections of other kinds."""

import re
from collections.abc import Iterable
from typing import Any

from pipeline.resumes.model import SectionName
from pipeline.resumes.reading.formats.data import Sections
from pipeline.resumes.reading.formats.rich_text import lines_of

_LIST = re.compile(r"\s*[,;|•]\s*")
MAX_WORDS = 6  # of one skill


class FilledSections(Sections):
    """Sections that take no entry without anything in it."""

    def add(self, name: SectionName, parts: Iterable[Any], title: str | None = None, key: str | None = None) -> None:
        """Add the entries that hold anything."""
        found = [part for part in parts if any(value not in (None, "", []) for value in part.values())]
        if found:
            super().add(name, found, title, key)


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
