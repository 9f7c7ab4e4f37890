"""Lines put right before they are read: marks that stand alone, spans of time in pieces, paragraphs that run on."""

import re
from collections.abc import Sequence
from dataclasses import replace

from pipeline.resumes.reading.dates import DateRange, find_dates, is_date_text, is_duration
from pipeline.resumes.reading.learned.breaks import broken_up
from pipeline.resumes.reading.lines import BULLET_GLYPHS, Line, Span, cell_text, close_letter_spacing

_LONE_MARK = re.compile(rf"[{BULLET_GLYPHS}*o-]|\(cid:\d+\)|[\ue000-\uf8ff]")
FEW = 4  # lines below a heading that may have its dates beside them


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
    """Put a span of time together that goes on in the next line, alone or below its column."""
    result: list[Line] = []
    for line in lines:
        above = result[-1].cells if result else ()
        if above and line.cells and _goes_on(cell_text(above[0]), cell_text(line.cells[0])):
            whole = (Span(f"{cell_text(above[0])} {cell_text(line.cells[0])}"),)
            result[-1] = replace(result[-1], cells=(whole, *above[1:]))
            if not line.cells[1:]:
                continue
            line = replace(line, cells=line.cells[1:], lefts=line.lefts[1:])
        result.append(line)
    return result


def _goes_on(above: str, below: str) -> bool:
    """Tell whether a span of time that lacks its end has it in the text below."""
    own, whole = _date_of(above), _date_of(f"{above} {below}")
    if whole is None or not whole.is_range or (own is not None and own.is_range and not own.is_dangling):
        return False
    return not whole.end or not whole.start or whole.start <= whole.end


def _date_of(text: str) -> DateRange | None:
    """Return the date or span of time that a text is; None where it is anything else."""
    found = find_dates(text)
    return found[0] if len(found) == 1 and is_date_text(text) else None
