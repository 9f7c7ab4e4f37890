"""Puts the glyphs of right-to-left lines into the order they are read in, by where they stand.

Part of the resume worker. A PDF may hold the letters of such a line in any order, and some readers turn only part of
them round.
"""

import unicodedata
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any

SPACE_HINT = "\u2009"  # where the library thinks a space is
RIGHT_TO_LEFT = {"R", "AL"}
_LEFT_TO_RIGHT = {"L", "EN", "AN"}
_INSIDE_NUMBERS = set("+-./:@_,%")


def is_right_to_left(character: str) -> bool:
    """Tell whether a character belongs to a script that is written from right to left."""
    return bool(character) and unicodedata.bidirectional(character[0]) in RIGHT_TO_LEFT


def reading_order(glyphs: Sequence[Any]) -> Iterator[Any]:
    """Yield glyphs line by line, a line end as None; lines with right-to-left letters in reading order."""
    line: list[Any] = []
    for glyph in [*glyphs, None]:
        if glyph is not None and (not line or abs(glyph.baseline - line[-1].baseline) < 0.1 * glyph.size):
            line.append(glyph)
            continue
        yield from _in_order(line)
        if glyph is None:
            yield None
            line = []
        else:
            line = [glyph]


def _in_order(line: list[Any]) -> list[Any]:
    if not any(is_right_to_left(glyph.character) for glyph in line):
        return line
    blank = [glyph for glyph in line if glyph.character == " " and glyph.right - glyph.left <= 0.05 * glyph.size]
    line = [glyph for glyph in line if glyph.character != SPACE_HINT and glyph not in blank]
    ordered: list[Any] = []
    run: list[Any] = []  # of letters or figures that read from left to right
    for glyph in sorted(line, key=lambda glyph: -(glyph.left + glyph.right)):
        text = glyph.character
        in_words = any(unicodedata.bidirectional(other.character[:1] or " ") == "L" for other in run)
        goes_on = bool(run) and (text in _INSIDE_NUMBERS or (in_words and not is_right_to_left(text)))
        if _reads_left_to_right(text) or goes_on:
            run.append(glyph)
        else:
            ordered += [*_turned(run), glyph]
            run = []
    return _spaced(ordered + _turned(run), len(blank))


def _spaced(line: list[Any], count: int) -> list[Any]:
    """Put spaces whose width is not told, and so neither their place, into the widest gaps of a line."""
    gaps = [
        (before.left - after.right, place)
        for place, (before, after) in enumerate(pairwise(line), start=1)
        if 0.08 < (before.left - after.right) / after.size < 0.9 and " " not in (before.character, after.character)
    ]
    widest = sorted(gaps, reverse=True)[:count]
    usual = widest[len(widest) // 2][0] if widest else 0.0
    chosen = {place for gap, place in widest if gap > 0.65 * usual}
    result = []
    for place, glyph in enumerate(line):
        if place in chosen:
            result.append(glyph._replace(character=" ", left=glyph.right, right=line[place - 1].left))
        result.append(glyph)
    return result


def _reads_left_to_right(character: str) -> bool:
    return bool(character) and unicodedata.bidirectional(character[0]) in _LEFT_TO_RIGHT


def _turned(run: list[Any]) -> list[Any]:
    """Turn a run round, but for the spaces and marks that end it, which belong to the line."""
    tail: list[Any] = []
    while run and not _reads_left_to_right(run[-1].character):
        tail.insert(0, run.pop())
    return run[::-1] + tail
