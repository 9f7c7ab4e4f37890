"""The pages of a PDF as lines in reading order: columns apart, page furniture set aside."""

import re
from collections import Counter
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median
from typing import Any

from pipeline.resume_parser.dates import is_date_text
from pipeline.resume_parser.headings import section_of
from pipeline.resume_parser.lines import BULLET_GLYPHS, Cell, Line, Span, cell_text

BOLD, ITALIC = 1, 2
CELL_EM = 0.9  # a gap this wide parts two cells
STOP_EM = 0.45  # a gap this wide does where several rows go on at the same place
ROW_EM = 0.35  # baselines this near are one row
MARGIN_FRACTION = 0.09  # of the page's height: where headers and footers stand
MIN_GUTTER = 9.0  # points

_PAGE_NUMBER = re.compile(r"(?:.{0,50}?\W)?(?:page|seite|p\.)?\s*\d{1,2}\s*(?:(?:of|/|von|sur|de)\s*\d{1,2})?", re.I)
_ITEM_MARK = re.compile(r"\S|\(?\d{1,2}[.)]|\[\d{1,2}\]")
_LAST_UPDATED = re.compile(r"last (?:updated|modified)|stand:|mis à jour", re.I)


@dataclass(frozen=True, slots=True)
class Piece:
    """One segment of the worker: text on a baseline, in one style."""

    text: str
    left: float
    right: float
    baseline: float
    size: float
    flags: int
    link: str | None

    @property
    def span(self) -> Span:
        """The piece as a span."""
        return Span(self.text, bool(self.flags & BOLD), bool(self.flags & ITALIC), self.link)


@dataclass(frozen=True, slots=True)
class Row:
    """Pieces on one baseline, from left to right."""

    pieces: tuple[Piece, ...]

    @property
    def left(self) -> float:
        """Where the first piece starts."""
        return min(piece.left for piece in self.pieces)

    @property
    def right(self) -> float:
        """Where the last piece ends."""
        return max(piece.right for piece in self.pieces)

    @property
    def baseline(self) -> float:
        """The baseline of the largest piece."""
        return max(self.pieces, key=lambda piece: piece.size).baseline

    @property
    def size(self) -> float:
        """The size of most letters of its first cell."""
        sizes = Counter[float]()
        edge = _first_right(self)
        for piece in self.pieces:
            sizes[piece.size] += len(piece.text.strip()) if piece.right <= edge else 0
        return sizes.most_common(1)[0][0]


def read_layout(pages: list[dict[str, Any]]) -> tuple[list[Line], list[str]]:
    """Return the lines of all pages in reading order, and the page furniture that was left out."""
    all_pieces = [[Piece(*segment) for segment in page["segments"]] for page in pages]
    body = _body_size([piece for pieces in all_pieces for piece in pieces])
    furniture = _furniture(all_pieces, pages)
    lines: list[Line] = []
    left_out: list[str] = []
    gutter: float | None = None
    for number, (pieces, page) in enumerate(zip(all_pieces, pages, strict=True)):
        kept = []
        for row in _rows(pieces):
            text = " ".join(piece.text.strip() for piece in row.pieces).strip()
            if (number, round(row.baseline)) in furniture:
                left_out.append(text)
            else:
                kept.append(row)
        pieces = [piece for row in kept for piece in row.pieces]
        gutter = _gutter(pieces, page["width"], gutter)
        stops = _tab_stops(_rows(pieces))
        for column, rows in _in_columns(pieces, gutter):
            lines += _lines(rows, body, stops, number, column)
    return lines, left_out


def _body_size(pieces: list[Piece]) -> float:
    sizes = Counter[float]()
    for piece in pieces:
        sizes[piece.size] += len(piece.text)
    return sizes.most_common(1)[0][0] if sizes else 10.0


def _rows(pieces: list[Piece]) -> list[Row]:
    """Gather pieces by baseline, from the top of the page to its foot."""
    rows: list[list[Piece]] = []
    for piece in sorted(pieces, key=lambda piece: -piece.baseline):
        row = rows[-1] if rows else None
        if row and row[0].baseline - piece.baseline <= _row_tolerance(row[0], piece):
            row.append(piece)
        else:
            rows.append([piece])
    return [Row(tuple(_in_line_order(row))) for row in rows if any(piece.text.strip() for piece in row)]


def _row_tolerance(above: Piece, below: Piece) -> float:
    if above.size < 0.8 * below.size:  # a superscript
        return 0.5 * min(below.size, 2 * above.size)
    return ROW_EM * min(above.size, below.size)


def _in_line_order(pieces: list[Piece]) -> list[Piece]:
    text = "".join(piece.text for piece in pieces)
    is_right_to_left = len(re.findall(r"[\u0590-\u08ff]", text)) > len(text) / 4
    return sorted(pieces, key=lambda piece: -piece.right if is_right_to_left else piece.left)


def _furniture(pages: list[list[Piece]], sizes: list[dict[str, Any]]) -> set[tuple[int, int]]:
    """Find page numbers, repeated headers and footers: (page, baseline) of each."""
    found: set[tuple[int, int]] = set()
    seen: dict[tuple[str, int], list[tuple[int, int]]] = {}
    for number, (pieces, page) in enumerate(zip(pages, sizes, strict=True)):
        rows = _rows(pieces)
        for index, row in enumerate(rows):
            key = (number, round(row.baseline))
            text = re.sub(r"\s+", " ", " ".join(piece.text for piece in row.pieces)).strip()
            at_foot = row.baseline < MARGIN_FRACTION * page["height"]
            if not at_foot and row.baseline < (1 - MARGIN_FRACTION) * page["height"]:
                continue
            if len(text) < 80 and min(index, len(rows) - 1 - index) < 2 and text[:1] not in BULLET_GLYPHS:
                seen.setdefault((re.sub(r"\d+", "#", text), key[1]), []).append(key)
            is_number = bool(_PAGE_NUMBER.fullmatch(text)) and (
                text.isdigit() or "/" in text or " of " in text or at_foot
            )
            is_apart = (
                at_foot
                and index == len(rows) - 1
                and index > 3
                and rows[index - 1].baseline - row.baseline > 4 * row.size
            )
            if (is_number and not is_date_text(text)) or _LAST_UPDATED.search(text) or is_apart:
                found.add(key)
    for places in seen.values():
        if len({page for page, _ in places}) > 1:
            found.update(place for place in places if place[0] or place[1] < sizes[0]["height"] / 2)
    return found


def _gutter(pieces: list[Piece], width: float, earlier: float | None) -> float | None:
    """Return the middle of the empty band between two columns of text, or None for a page of one column.

    A band beside dates, places or hanging labels does not count: both sides must have headings of their own, or
    carry on the columns of the page before.
    """
    rows = _rows(pieces)
    best: tuple[int, float, float] | None = None
    lefts = Counter(round(piece.left) for piece in pieces if 0.15 * width < piece.left < 0.8 * width)
    for start in sorted(left for left in lefts if sum(lefts[near] for near in (left - 1, left, left + 1)) >= 3):
        left_side = [piece for piece in pieces if piece.right <= start + 1]
        crossing = [row for row in rows if any(p.left < start - 2 and p.right > start + 1 for p in row.pieces)]
        edge = max((p.right for p in left_side if not _shares_row(p, crossing)), default=0.0)
        if start - edge < MIN_GUTTER or len(crossing) > 0.25 * len(rows) + 2:
            continue
        middle = (edge + start) / 2
        if _are_columns(pieces, middle, crossing, earlier):
            candidate = (-len(crossing), start - edge, middle)
            best = max(best, candidate) if best else candidate
    if best is None and earlier is not None and not any(p.left < earlier < p.right for p in pieces):
        return earlier  # a page that one of the columns runs on to
    return best[2] if best else None


def _shares_row(piece: Piece, rows: list[Row]) -> bool:
    return any(abs(row.baseline - piece.baseline) < 1 for row in rows)


def _are_columns(pieces: list[Piece], middle: float, crossing: list[Row], earlier: float | None) -> bool:
    free = [piece for piece in pieces if not _shares_row(piece, crossing)]
    sides = [_rows([p for p in free if p.right <= middle]), _rows([p for p in free if p.left >= middle])]
    if min(map(len, sides)) < 3:
        return False
    if all(any(map(_is_heading, side)) for side in sides):
        fewer = min(sides, key=len)
        return not _hang(sides) or sum(map(_is_heading, fewer)) < 0.5 * len(fewer)
    return earlier is not None and abs(earlier - middle) < 20 and not _hang(sides)


def _is_heading(row: Row) -> bool:
    text = " ".join(piece.text for piece in row.pieces)
    return len(text) < 40 and section_of(text) is not None


def _hang(sides: list[list[Row]]) -> bool:
    """Tell whether one side only labels the rows of the other: each of its rows stands on a row of the other side."""
    fewer, more = sorted(sides, key=len)
    heights = [row.baseline for row in more]
    aligned = sum(any(abs(row.baseline - height) < 1.5 for height in heights) for row in fewer)
    return aligned >= 0.9 * len(fewer) and len(fewer) < 0.7 * len(more)


def _in_columns(pieces: list[Piece], gutter: float | None) -> list[tuple[int, list[Row]]]:
    """Return the rows of each block of the page in reading order: 1 is the left column, 2 the right, 0 spans both."""
    if gutter is None:
        return [(0, _rows(pieces))]
    blocks: list[tuple[int, list[Row]]] = []
    waiting: list[Row] = []

    def flush() -> None:
        parts = [piece for row in waiting for piece in row.pieces]
        blocks.append((1, _rows([piece for piece in parts if piece.right <= gutter + 2])))
        blocks.append((2, _rows([piece for piece in parts if piece.right > gutter + 2])))
        waiting.clear()

    for row in _rows(pieces):
        if any(piece.left < gutter - 2 and piece.right > gutter + 2 for piece in row.pieces):
            flush()
            blocks.append((0, [row]))
        else:
            waiting.append(row)
    flush()
    return [(column, rows) for column, rows in blocks if rows]


def _tab_stops(rows: list[Row]) -> set[int]:
    """Return the places at which several rows go on after a gap, as the second column of a list of labels does."""
    starts = Counter[int]()
    for row in rows:
        for before, piece in pairwise(row.pieces):
            if piece.left - before.right > STOP_EM * piece.size and before.text.strip(BULLET_GLYPHS + " "):
                starts[round(piece.left)] += 1
    return {place for place in starts if sum(starts[near] for near in (place - 1, place, place + 1)) >= 3}


def _lines(rows: list[Row], body: float, stops: set[int], page: int, column: int) -> list[Line]:
    lines: list[Line] = []
    steps = [above.baseline - below.baseline for above, below in pairwise(rows)]
    usual = median([step for step in steps if step < 2.2 * body] or [1.2 * body])
    for index, row in enumerate(rows):
        step = steps[index - 1] if index else None
        has_gap = step is None or step > 1.25 * max(usual, 0.8 * (row.size + rows[index - 1].size) / 2)
        cells, lefts = _cells(row, stops)
        if not cells:
            continue
        line = Line(
            cells,
            lefts=lefts,
            size=row.size / body,
            left=row.left,
            right=_first_right(row),
            end=row.right,
            has_gap=has_gap,
        )
        lines.append(replace(line, page=page, column=column))
    return lines


def _first_right(row: Row) -> float:
    """Return where the first cell of a row ends."""
    right = row.pieces[0].right
    for piece in row.pieces[1:]:
        if piece.left - right > CELL_EM * piece.size and right - row.left > 1.5 * piece.size:
            break
        right = max(right, piece.right)
    return right


def _cells(row: Row, stops: set[int]) -> tuple[tuple[Cell, ...], tuple[float, ...]]:
    """Return the cells of a row and where each starts."""
    cells: list[list[Span]] = [[]]
    lefts = [row.pieces[0].left]
    previous: Piece | None = None
    for piece in row.pieces:
        if previous is not None:
            gap = max(piece.left - previous.right, previous.left - piece.right)
            is_glyph = len(cells) == 1 and bool(_ITEM_MARK.fullmatch(cell_text(tuple(cells[0]))))
            wide = STOP_EM if round(piece.left) in stops else CELL_EM
            if gap > wide * piece.size and not is_glyph:
                cells.append([])
                lefts.append(piece.left)
            elif gap > 0.13 * piece.size and cells[-1]:
                cells[-1].append(Span(" "))
        if piece.text:
            cells[-1].append(piece.span)
        previous = piece
    kept = [(tuple(cell), left) for cell, left in zip(cells, lefts, strict=True) if cell_text(tuple(cell))]
    return tuple(cell for cell, _ in kept), tuple(left for _, left in kept)
