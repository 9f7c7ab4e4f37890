"""Lines that only the width of the page parted are put together again: paragraphs and list items."""

import re
from collections.abc import Sequence
from dataclasses import replace

from pipeline.resumes.model import PRESENT_WORDS
from pipeline.resumes.reading.dates import MONTH_OF, find_dates, is_date_text
from pipeline.resumes.reading.entry_lines import is_sentence
from pipeline.resumes.reading.headings import section_of
from pipeline.resumes.reading.lines import Cell, Line, Span, cell_text, without_bullet

SAME_LEFT = 2.5  # points or characters
DATE_LENGTH = 16  # characters
SHORT_LINE = 25  # characters; a shorter line is rarely the full width of a column
_COMPOUND = re.compile(
    r"\b(?:e|co|non|low|high|multi|cross|self|real|long|short|well|pre|post|end|open|full|data|cost|time|large|small|"
    r"user)-$",
    re.I,
)
_NUMBER = re.compile(r"\s*(?:\(?\d{1,2}[.)]|\[\d{1,2}\])(?:\s+|$)")
_ADDRESS = re.compile(r"\S+@\S+\.\w|https?://|www\.|\+?\(?\d{2,}[\d ()-]{6}")
_FIRST_MONTH = re.compile(
    rf"(?<=[-–—])\s*(?:{'|'.join(sorted(map(re.escape, MONTH_OF), key=len, reverse=True))})\.?$", re.I
)
_LABEL = re.compile(r"[^\s:][^:]{0,38}:(?=\s)")


class _Columns:
    """How far the lines of each column of each page reach."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self._ends: dict[tuple[int, int], float] = {}
        self._edges: dict[tuple[int, int], dict[int, float]] = {}
        for line in lines:
            place = (line.page, line.column)
            self._ends[place] = max(self._ends.get(place, 0.0), line.end)
            edges = self._edges.setdefault(place, {})
            edges[round(line.left)] = max(edges.get(round(line.left), 0.0), line.right)

    def end(self, line: Line) -> float:
        """Return where the widest line of a line's column ends."""
        return self._ends.get((line.page, line.column), 0.0)

    def edge(self, line: Line) -> float:
        """Return how far the first cells reach of the lines that start where a line does, or a little further in."""
        edges = self._edges.get((line.page, line.column), {})
        reach = max((right for left, right in edges.items() if -SAME_LEFT < left - line.left < 25), default=0.0)
        return max(reach, 0.7 * self.end(line))  # short lines alone do not show how wide the column is


def join_wrapped(lines: Sequence[Line]) -> list[Line]:
    """Return whole paragraphs and list items."""
    joined: list[Line] = []
    last: Line | None = None  # the line as printed that `joined[-1]` ends with
    lines = _with_whole_dates([_numbered(line, lines[index + 1 : index + 4]) for index, line in enumerate(lines)])
    columns = _Columns(lines)
    for line in lines:
        if last is not None and joined and _continues(line, last, joined[-1], columns):
            joined[-1] = _join(joined[-1], last, line)
        else:
            joined.append(line)
        last = line
    return [_without_soft_hyphens(line) for line in joined]


def _numbered(line: Line, following: Sequence[Line]) -> Line:
    """Take a number off the start of a line and mark the line as a list item, unless it heads an entry."""
    if line.is_bullet or line.heading or not line.cells:
        return line
    first = line.cells[0][0]
    match = _NUMBER.match(first.text)
    if not match:
        return line
    spans = (replace(first, text=first.text[match.end() :]), *line.cells[0][1:])
    if not re.match(r"[^\W\d_]|[“\"]", cell_text(spans)):
        return line
    heads_entry = len(line.text) < 80 and _is_dated_soon(following)
    return replace(line, cells=(spans, *line.cells[1:]), is_bullet=not heads_entry, has_gap=line.has_gap or heads_entry)


def _is_dated_soon(lines: Sequence[Line]) -> bool:
    """Tell whether a date stands alone among lines, before any list item or running text."""
    for line in lines:
        if line.is_bullet or line.heading or is_sentence(line) or _NUMBER.match(line.text):
            return False
        if any(is_date_text(cell_text(cell)) for cell in line.cells):
            return True
    return False


def _with_whole_dates(lines: Sequence[Line]) -> list[Line]:
    """Bring the end of a span of time up to its start, where a narrow column broke it: `Jan 2019 –` above `Present`."""
    result: list[Line] = []
    for line in lines:
        near = range(len(result) - 1, max(len(result) - 4, -1), -1)
        head = next((index for index in near if _dangles(result[index])), None)
        first = cell_text(line.cells[0]) if line.cells else ""
        if head is None or not _ends_range(first):
            result.append(line)
            continue
        result[head] = _with_end(result[head], first)
        if len(line.cells) > 1:
            left = line.lefts[1] if len(line.lefts) > 1 else line.left
            result.append(without_bullet(replace(line, cells=line.cells[1:], lefts=line.lefts[1:], left=left)))
    return result


def _ends_range(text: str) -> bool:
    found = find_dates(text)
    is_one = len(found) == 1 and not found[0].is_range
    return text.lower() in PRESENT_WORDS or (is_one and is_date_text(f"2000 – {text}"))


def _dangles(line: Line) -> bool:
    return any(map(_cell_dangles, line.cells))


def _cell_dangles(cell: Cell) -> bool:
    """Tell whether a cell ends where the end of a span of time, or its year, is still to come."""
    text = _FIRST_MONTH.sub("", cell_text(cell))
    found = find_dates(text)
    return bool(found) and found[-1].is_dangling


def _with_end(line: Line, end: str) -> Line:
    cells = list(line.cells)
    at = next(index for index, cell in enumerate(cells) if _cell_dangles(cell))
    cells[at] = (*cells[at], Span(f" {end}"))
    return replace(line, cells=tuple(cells))


def _continues(line: Line, last: Line, whole: Line, columns: _Columns) -> bool:
    if line.is_whole or last.is_whole or line.heading or whole.heading or line.is_bullet or line.column != last.column:
        return False
    if abs(line.size - last.size) > 0.08 or (section_of(line.text) and line.has_gap):
        return False
    text, before = cell_text(line.cells[0]), cell_text(last.cells[0])
    if before.endswith("\u00ad"):
        return True
    if line.has_gap and line.page == last.page:
        return False
    if whole.is_bullet:
        return _continues_item(line, last, whole, text, before, columns)
    if len(last.cells) > 1 or len(line.cells) > 1 or abs(line.left - last.left) > SAME_LEFT:
        return False
    if line.is_bold != last.is_bold or line.is_italic != last.is_italic or _LABEL.match(text):
        return False
    if _ADDRESS.match(text):
        return False
    is_full = last.right > 0.9 * columns.end(last)
    if is_full and text[:1].isdigit() and re.search(r"[\d(]\s?[–-]$|\d:$", before):
        return True  # parted inside a range of pages
    dated = any(found.is_range for found in find_dates(text)) and not is_full
    ends_dated = find_dates(before if not is_full else before[-DATE_LENGTH:])  # a full line may tell of a year
    if dated or (ends_dated and not text[:1].islower()) or (len(before) < SHORT_LINE and not text[:1].islower()):
        return False
    if before.endswith((".", "!", "?", ":")) and not text[:1].islower() and last.right < 0.92 * columns.end(last):
        return False
    if text[:1].islower() and len(before) > 40 and before[-1:].isalnum() and is_sentence(last):
        return True
    return not _would_fit(last, text, columns) and not (before.isupper() and len(before) < 50)


def _continues_item(line: Line, last: Line, item: Line, text: str, before: str, columns: _Columns) -> bool:
    """Tell whether a line goes on with a list item: it is set in further, or the item's last line is full."""
    is_set_in = line.left > item.left + 1.4
    starts_low = text[:1].islower()
    if is_set_in:
        ends = before.endswith((".", "!", "?", ";")) and text[:1].isupper()
        return starts_low or not (_would_fit(last, text, columns) or ends)
    if abs(line.left - item.left) > SAME_LEFT or line.starts_bold or len(line.cells) > 1 or len(before) < SHORT_LINE:
        return False
    return starts_low and not _would_fit(last, text, columns)


def _would_fit(last: Line, text: str, columns: _Columns) -> bool:
    """Tell whether the first word of a text would have found room at the end of the line before."""
    before = cell_text(last.cells[0])
    width = (last.right - last.left) / max(len(before), 1)
    word = text.split()[0] if text.split() else ""
    return last.right + width * (len(word) + 1) < columns.edge(last)


def _join(whole: Line, last: Line, line: Line) -> Line:
    first, rest = line.cells[0], line.cells[1:]
    before = cell_text(last.cells[0])
    glue = "" if before.endswith("\u00ad") or re.search(r"\w-$|(?:https?:|\b10\.\d{4}|www\.)\S*/$", before) else " "
    main = whole.cells[0]
    if before.endswith("\u00ad"):
        main = _without_last_hyphen(main, keep=bool(_COMPOUND.search(before[:-1] + "-")))
    cells: tuple[Cell, ...] = ((*main, Span(glue), *first), *whole.cells[1:], *rest)
    return replace(whole, cells=cells)


def _without_last_hyphen(cell: Cell, keep: bool) -> Cell:
    spans = list(cell)
    while spans and not spans[-1].text.strip():
        spans.pop()
    spans[-1] = replace(spans[-1], text=spans[-1].text.rstrip().removesuffix("\u00ad") + ("-" if keep else ""))
    return tuple(spans)


def _without_soft_hyphens(line: Line) -> Line:
    if "\u00ad" not in line.text:
        return line
    return replace(
        line, cells=tuple(tuple(replace(s, text=s.text.replace("\u00ad", "")) for s in cell) for cell in line.cells)
    )
