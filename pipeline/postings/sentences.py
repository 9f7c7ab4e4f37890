"""Postings as sentences: the unit in which names are judged and evidence is shown."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from functools import lru_cache

# A sentence ends at a line break, a bullet, or a full stop that is followed by a new start. "e.g. Python", "Node.js"
# and "3.5" hold together.
_BREAK = re.compile(
    r"\n+|[•▪●·◦‣]\s*|[.!?](?:"
    r"(?<!\b[a-z]\.[a-z]\.)(?<!\betc\.)(?<!\b[A-Z]\.)\s+(?=[\"“(]?[A-Z0-9])|(?<=[a-z)][.!?])(?=[A-Z][a-z]))"
)
MAX_SHOWN = 280  # characters of a sentence shown as evidence


@lru_cache(maxsize=16)  # several ask the same of a posting, one after the other
def sentence_starts(text: str) -> tuple[int, ...]:
    """Return where each sentence starts, the first at 0."""
    return (0, *(match.end() for match in _BREAK.finditer(text) if 0 < match.end() < len(text)))


def sentence_at(text: str, starts: Sequence[int], position: int) -> str:
    """Return the sentence that holds a position."""
    start, end = sentence_span(text, starts, position)
    return text[start:end]


def sentence_span(text: str, starts: Sequence[int], position: int) -> tuple[int, int]:
    """Return where the sentence that holds a position starts and ends."""
    index = bisect_right(starts, position) - 1
    return starts[index], starts[index + 1] if index + 1 < len(starts) else len(text)


def shown_sentence(sentence: str, focus: str = "") -> str:
    """Return a sentence as evidence: on one line, without its bullet, cut around `focus` when it is long."""
    line = " ".join(sentence.split()).lstrip("-*•·– ").strip()
    if len(line) <= MAX_SHOWN:
        return line
    middle = max(line.lower().find(focus.lower()), 0)
    start = max(0, min(middle - MAX_SHOWN // 2, len(line) - MAX_SHOWN))
    if start:
        start = line.find(" ", start) + 1 or start
    end = min(len(line), start + MAX_SHOWN)
    if end < len(line):
        end = max(line.rfind(" ", start, end), start + MAX_SHOWN // 2)
    return ("… " if start else "") + line[start:end].strip() + (" …" if end < len(line) else "")
