"""Lines put right before they are read: marks that stand alone, spans of time in pieces, paragraphs that run on."""

import re
from collections.abc import Sequence
from dataclasses import replace

from pipeline.resumes.reading.dates import find_dates, is_date_text, is_duration
from pipeline.resumes.reading.learned.breaks import broken_up
from pipeline.resumes.reading.lines import BULLET_GLYPHS, Line, Span, cell_text, close_letter_spacing

_LONE_MARK = re.compile(rf"[{BULLET_GLYPHS}*o-]|\(cid:\d+\)|[\ue000-\uf8ff]")
FEW = 4  # lines below a heading that may have its dates beside them
_LONE_DASH = re.compile(r"[-–—]|to|bis|à|a")


def tidy(lines: Sequence[Line]) -> list[Line]:
    """Return the lines with what was torn apart put together, and what ran together taken apart."""
    whole = _with_marks([closed_up(line) for line in lines if line.text])
    return [piece for line in _with_whole_dates(_dates_beside_items(whole)) for piece in broken_up(line)]


def closed_up(line: Line) -> Line:
    """Put words together whose letters are set apart for looks."""
    texts = ["".join(span.text for span in cell) for cell in line.cells]
    text = "   ".join(texts)
    closed = close_letter_spacing(text)
    if closed == text or not line.cells[0]:
        return line
    return replace(line, cells=((replace(line.cells[0][0], text=closed),),), lefts=line.lefts[:1])


def _dates_beside_items(lines: Sequence[Line]) -> list[Line]:
    """Bring dates that stand beside list items, in a column of their own, up to the heading of those items."""
    result: list[Line] = []
    head: int | None = None
    for line in lines:
        if not line.is_bullet and len(line.cells) > 1 and not is_date_text(cell_text(line.cells[-1])):
            head = len(result)
        elif head is not None and len(line.cells) > 1 and len(result) - head < FEW:
            last = cell_text(line.cells[-1])
            if (
                line.is_bullet
                and is_date_text(last)
                and not any(find_dates(cell_text(cell)) for cell in result[head].cells)
            ):
                result[head] = replace(result[head], cells=(*result[head].cells, line.cells[-1]), lefts=())
                line = replace(line, cells=line.cells[:-1], lefts=line.lefts[:-1], end=line.right)
            elif is_duration(last):
                line = replace(line, cells=line.cells[:-1], lefts=line.lefts[:-1], end=line.right)
        result.append(line)
    return result


def _with_marks(lines: Sequence[Line]) -> list[Line]:
    """Give a mark that stands alone, on its line or in a cell of its own, to the text behind it."""
    result: list[Line] = []
    waiting: Line | None = None
    for line in lines:
        first = cell_text(line.cells[0]) if line.cells else ""
        if _LONE_MARK.fullmatch(first) and len(line.cells) > 1 and not line.is_bullet:
            line = replace(line, cells=line.cells[1:], lefts=line.lefts[1:], is_bullet=True)
        elif _LONE_MARK.fullmatch(line.text) and line.text not in "-o" and not line.is_bullet:
            waiting = line
            continue
        if waiting is not None:
            line = replace(line, is_bullet=True, has_gap=line.has_gap or waiting.has_gap)
            waiting = None
        result.append(line)
    return result


def _with_whole_dates(lines: Sequence[Line]) -> list[Line]:
    """Put a span of time together whose start, dash and end stand on lines of their own."""
    result: list[Line] = []
    index = 0
    while index < len(lines):
        three = [line.text for line in lines[index : index + 3]]
        joined = " ".join(three)
        if len(three) == 3 and _LONE_DASH.fullmatch(three[1]) and is_date_text(three[0]) and _is_span(joined):
            result.append(replace(lines[index], cells=((Span(joined),),), end=lines[index].right))
            index += 3
        else:
            result.append(lines[index])
            index += 1
    return result


def _is_span(text: str) -> bool:
    found = find_dates(text)
    return len(found) == 1 and found[0].is_range and is_date_text(text)
