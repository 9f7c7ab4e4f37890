"""A text letter by letter, with parts of it on coloured ground."""

import re
from collections.abc import Collection, Iterable, Sequence

from pages.ui.display import plain
from pipeline.keyword_engine import KeywordHit

OWN, OTHER, WORD = "green", "gray", "orange"  # a keyword of the kind of role, another, and what was searched for
Mark = tuple[int, int, str]


def keyword_marks(hits: Iterable[KeywordHit], pool: Collection[str]) -> list[Mark]:
    """Return the marks of keywords: green for those of a pool."""
    return [(hit.start, hit.end, OWN if hit.keyword in pool else OTHER) for hit in hits]


def word_marks(text: str, terms: Sequence[str]) -> list[Mark]:
    """Return the marks of the words and phrases that were searched for.

    >>> word_marks("Kafka, and kafka-connect", ["kafka"])
    [(0, 5, 'orange'), (11, 16, 'orange')]
    """
    if not terms:
        return []
    wanted = "|".join(r"\W+".join(map(re.escape, term.split())) for term in terms)
    return [(found.start(), found.end(), WORD) for found in re.finditer(wanted, text, re.I)]


def marked_text(text: str, marks: Iterable[Mark]) -> str:
    """Return Markdown that shows a text as it stands, with its marks; of two that overlap, the first given stays.

    >>> marked_text("Use *SQL*!", [(5, 8, "green")])
    'Use \\\\*:green-background[SQL]\\\\*\\\\!'
    """
    kept: list[Mark] = []
    for start, end, colour in marks:
        if end <= len(text) and all(end <= other[0] or start >= other[1] for other in kept):
            kept.append((start, end, colour))
    pieces, last = [], 0
    for start, end, colour in sorted(kept):
        pieces += [_escaped(text[last:start]), f":{colour}-background[{plain(text[start:end])}]"]
        last = end
    return "".join([*pieces, _escaped(text[last:])])


def _escaped(text: str) -> str:
    """Return text that Markdown shows letter by letter, its line breaks and the blanks around it kept."""
    lines = []
    for line in text.split("\n"):
        shown = plain(line)
        before = " " if shown and line[0].isspace() else ""
        after = " " if line[-1:].isspace() else ""
        lines.append(f"{before}{shown}{after}")
    return "  \n".join(lines)
