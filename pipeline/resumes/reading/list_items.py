"""The items of a list that stands in one text: `Python, SQL (PostgreSQL, MySQL) and Go`."""

import re
from collections.abc import Iterable

from pipeline.resumes.reading.lines import BULLET_GLYPHS

_LIST_MARKS = rf"[;|{BULLET_GLYPHS}、،]|\s{{3,}}|\t|\n"
_COMMA = r",(?!\d{3}\b)|，"
_RATING = re.compile(r"\s*(?:[★☆●○◐■□▪▫]{2,}|\b\d{1,2}\s*/\s*(?:5|10)\b|\b\d{1,3}\s?%)\s*$")
_LEAD_IN = re.compile(
    r"^(?:(?:highly |very )?(?:proficient|experienced|skilled|fluent|competent|expert|familiar|"
    r"comfortable)\s+(?:with|in|at)|"
    r"(?:good|solid|strong|deep|basic|working|excellent)?\s*(?:understanding|knowledge|command|experience|background|"
    r"skills)\s+(?:of|in|with)|"
    r"(?:hands-on )?experience (?:with|in)|familiarity with|proficiency in|including|such as|e\.g\.)\s+",
    re.I,
)


def split_items(text: str) -> tuple[list[str], bool]:
    """Split a list at its separators outside brackets; say whether it was running text."""
    strong = list(_split_outside_brackets(text, _LIST_MARKS))
    pieces = [piece for part in strong for piece in _split_outside_brackets(part, _COMMA)]
    items: list[str] = []
    is_spoken = False
    for piece in pieces:
        item = _RATING.sub("", re.sub(r"\s+", " ", piece)).strip(" \t" + BULLET_GLYPHS)
        if len(pieces) > 1:
            item = re.sub(r"^(?:and|und|et|y)\s+(?=\S)", "", item)
        bare = _LEAD_IN.sub("", item)
        is_spoken = is_spoken or bare != item
        items += _split_last_and(
            bare.rstrip(".") if not re.search(r"\.\w+$", bare) and len(bare) > 4 else bare, is_spoken
        )
    return [item for item in items if re.search(r"\w", item)], is_spoken


def _split_last_and(item: str, is_spoken: bool) -> Iterable[str]:
    """Part `calculus and linear algebra`, the end of a sentence, in two."""
    return re.split(r"\s+and\s+", item) if is_spoken and len(item.split()) <= 6 else [item]


def _split_outside_brackets(text: str, pattern: str) -> Iterable[str]:
    depth, start = 0, 0
    separator = re.compile(pattern)
    index = 0
    while index < len(text):
        depth += (text[index] in "([{（") - (text[index] in ")]}）")
        match = separator.match(text, index) if depth <= 0 else None
        if match and match.end() > index:
            yield text[start:index]
            start = index = match.end()
            depth = 0
        else:
            index += 1
    if depth > 0 and start < len(text):  # a bracket that never closes holds nothing together
        yield from re.split(pattern, text[start:])
    else:
        yield text[start:]
