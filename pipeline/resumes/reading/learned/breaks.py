"""Paragraphs whose lines ran together, as where a PDF was pasted: a model says where each of the lines began."""

import itertools
import re
from collections.abc import Sequence
from dataclasses import replace

from pipeline.resumes.reading.dates import find_dates
from pipeline.resumes.reading.learned.headings import heading_of
from pipeline.resumes.reading.learned.models import tagger
from pipeline.resumes.reading.lines import Line, plain

FEWEST = 5  # words; a shorter line does not run on
LONG = 16  # words of a line that may run on whatever it opens with
SURE = 0.5


def words_of(text: str) -> list[str]:
    """Return the words of a line, with their marks."""
    return text.split()


def break_features(words: Sequence[str]) -> list[list[str]]:
    """Return what tells of each word whether a line began with it."""
    text = " ".join(words)
    dated = _dated(text)
    places = [0, *itertools.accumulate(len(word) + 1 for word in words)]
    starts = ["b" in dated[places[index] : places[index + 1]] for index in range(len(words))]
    heads = [_heads(words, index) for index in range(len(words))]
    result = []
    for index, word in enumerate(words):
        at = places[index]
        after = dated[min(places[index + 1], len(text) - 1)]
        ended = any(index >= size and heads[index - size].startswith(str(size)) for size in (1, 2, 3))
        found = [
            f"w={_bare(word)}",
            f"shape={_shape(word)}",
            f"date={dated[at]}",
            f"p={_bare(word)[:5]}",
            f"s={_bare(word)[-4:]}",
            f"long={min(len(words) // 20, 5)}",
            f"dates={dated[max(at - 2, 0)]}|{dated[at]}|{after}",
            f"head={heads[index]}",
            f"headend={ended}",
        ]
        result.append(found + _beside(words, index, starts))
    return result


def _beside(words: Sequence[str], index: int, starts: Sequence[bool]) -> list[str]:
    """Return what the words before and after one are like, and how far ahead a date starts."""
    word = words[index]
    above = words[index - 1] if index else ""
    ahead = next((step for step in range(1, 7) if index + step < len(words) and starts[index + step]), 9)
    found = [
        f"end={above[-1:] if above[-1:] in '.:,;)' else ''}|{_shape(word)}",
        f"above={_bare(above)}",
        f"e={_bare(above)[-4:]}",
        f"ahead={ahead}|{_shape(word)}|{above[-1:] in '.:;'}",
    ]
    for offset in (-2, -1, 1, 2):
        if 0 <= index + offset < len(words):
            other = words[index + offset]
            found.append(f"{offset}shape={_shape(other)}")
            if offset > 0:
                found += [f"{offset}={_bare(other)}|{_shape(other)}", f"{offset}s={_bare(other)[-4:]}"]
    return found


def _bare(word: str) -> str:
    return re.sub(r"\W", "", word).lower()


def _shape(word: str) -> str:
    bare = re.sub(r"\W", "", word)
    return (
        "d"
        if bare.isdigit()
        else "X"
        if bare.isupper() and len(bare) > 1
        else "Xx"
        if bare[:1].isupper()
        else "x"
        if bare
        else "-"
    )


def _dated(text: str) -> list[str]:
    """Say of each character whether a date begins there, goes on, or is elsewhere."""
    result = ["n"] * (len(text) + 1)
    for date in find_dates(text):
        for index in range(date.begin, date.finish):
            result[index] = "i" if index > date.begin else "b"
    return result


def _heads(words: Sequence[str], index: int) -> str:
    """Say which section the next words would head, and how many of them."""
    best = ("", 0.6)
    for size in (1, 2, 3):
        section, probability = (
            heading_of(" ".join(words[index : index + size])) if words[index][:1].isupper() else ("-", 1.0)
        )
        if section != "-" and probability > best[1]:
            best = (f"{size}{section}", probability)
    return best[0]


def broken_up(line: Line) -> list[Line]:
    """Return the lines that a paragraph is made of; most are one."""
    words = words_of(line.text)
    if len(line.cells) > 1 or line.is_bullet or line.heading or not _may_run_on(words, line.text):
        return [line]
    model = tagger("breaks")
    model.set(break_features(words))
    labels = model.tag()
    breaks = [index for index, label in enumerate(labels) if label == "B" and model.marginal("B", index) > SURE]
    starts = sorted({0, *breaks})
    texts = [" ".join(words[start:end]) for start, end in zip(starts, [*starts[1:], len(words)], strict=True)]
    first, *rest = texts
    if not rest:
        return [line]
    return [replace(line, cells=plain(first)), *(replace(line, cells=plain(text), has_gap=False) for text in rest)]


def _may_run_on(words: Sequence[str], text: str) -> bool:
    """Tell whether a line is long and holds spans of time or headings amid other words, or opens with a heading."""
    if len(words) < FEWEST:
        return False
    if _heads(words, 0) and not text[: len(words[0]) + len(words[1]) + 2].count(":"):
        return True
    if len(words) < LONG:
        return False
    dates = [date for date in find_dates(text) if date.is_range]
    inside = [date for date in dates if date.begin > 8 and len(text) - date.finish > 40]
    return bool(inside) or sum(bool(_heads(words, index)) for index in range(1, len(words))) > 1
