"""The pages of a PDF as lines in reading order: columns apart, page furniture set aside."""

import re
from collections import defaultdict
from dataclasses import replace
from itertools import chain, pairwise
from statistics import median
from typing import Any

from pipeline.resumes.reading.dates import is_date_text
from pipeline.resumes.reading.formats.pdf.columns import Gutter, bands, gutter_of, in_band, in_columns
from pipeline.resumes.reading.formats.pdf.rows import (
    CELL_EM,
    RIGHT_TO_LEFT,
    Piece,
    Row,
    common_places,
    first_right,
    mirrored,
    rows_of,
)
from pipeline.resumes.reading.formats.sizes import usual_size
from pipeline.resumes.reading.lines import BULLET_GLYPHS, Cell, Line, Span, cell_text

STOP_EM = 0.45  # a gap this wide does where several rows go on at the same place
MARGIN_FRACTION = 0.09  # of the page's height: where headers and footers stand

_PAGE_NUMBER = re.compile(r"(?:.{0,50}?\W)?(?:page|seite|p\.)?\s*\d{1,2}\s*(?:(?:of|/|von|sur|de)\s*\d{1,2})?", re.I)
_ITEM_MARK = re.compile(r"\S|\(?\d{1,2}[.)]|\[\d{1,2}\]")
_ITEM_START = re.compile(rf"(?:[{BULLET_GLYPHS}]\s*|[–—-]\s+)(?=[\w(“\"]|$)")
_LAST_UPDATED = re.compile(r"last (?:updated|modified)|stand:|mis à jour", re.I)


def read_layout(pages: list[dict[str, Any]]) -> tuple[list[Line], list[str]]:
    """Return the lines of all pages in reading order, and the page furniture that was left out."""
    all_pieces = [mirrored([Piece(*segment) for segment in page["segments"]], page["width"]) for page in pages]
    body = usual_size(((piece.size, piece.text) for piece in chain.from_iterable(all_pieces)), 10.0)
    furniture = _furniture(all_pieces, pages)
    lines: list[Line] = []
    left_out: list[str] = []
    gutter: Gutter | None = None
    for number, (pieces, page) in enumerate(zip(all_pieces, pages, strict=True)):
        rows = rows_of(pieces)
        apart = [row for row in rows if (number, round(row.baseline)) in furniture]
        left_out += [" ".join(piece.text.strip() for piece in row.pieces).strip() for row in apart]
        pieces = [piece for row in rows if row not in apart for piece in row.pieces]
        stops = _tab_stops(rows_of(pieces))
        for part, starts in _bands(pieces, page["width"], gutter):
            if starts:
                columns = in_band(part, starts)
            else:
                gutter = gutter_of(part, page["width"], gutter)
                columns = in_columns(part, gutter)
            for column, held in columns:
                lines += _lines(held, body, stops, number, column)
    return lines, left_out


def _bands(pieces: list[Piece], width: float, gutter: Gutter | None) -> list[tuple[list[Piece], list[float]]]:
    """Part a page into bands; two headings beside each other make one only where no columns run down the page."""
    parts = bands(pieces)
    is_plain = len(parts) == 1 and gutter_of(pieces, width, gutter) is None
    return bands(pieces, fewest=2) if is_plain else parts


def _furniture(pages: list[list[Piece]], sizes: list[dict[str, Any]]) -> set[tuple[int, int]]:
    """Find page numbers, repeated headers and footers: (page, baseline) of each."""
    found: set[tuple[int, int]] = set()
    seen: dict[tuple[str, int], set[tuple[int, int]]] = defaultdict(set)
    for number, (pieces, page) in enumerate(zip(pages, sizes, strict=True)):
        rows = rows_of(pieces)
        foot, head = MARGIN_FRACTION * page["height"], (1 - MARGIN_FRACTION) * page["height"]
        for index, row in enumerate(rows):
            if foot <= row.baseline < head:
                continue
            key = (number, round(row.baseline))
            text = re.sub(r"\s+", " ", row.text).strip()
            if len(text) < 80 and not 2 <= index < len(rows) - 2 and text[:1] not in BULLET_GLYPHS:
                seen[re.sub(r"\d+", "#", text), key[1]].add(key)
            at_foot = row.baseline < foot
            is_apart = at_foot and index == len(rows) - 1 and _is_last_apart(rows)
            if is_apart or _is_page_number(text, at_foot) or _LAST_UPDATED.search(text):
                found.add(key)
    return found | {place for places in seen.values() for place in _repeated(places, sizes[0]["height"] / 2)}


def _repeated(places: set[tuple[int, int]], middle: float) -> set[tuple[int, int]]:
    """Return the places of what stands on several pages, except at the top of the first, where it is no repetition."""
    return {place for place in places if len(places) > 1 and (place[0] or place[1] < middle)}


def _is_page_number(text: str, at_foot: bool) -> bool:
    is_plain = at_foot or text.isdigit() or "/" in text or " of " in text
    return is_plain and bool(_PAGE_NUMBER.fullmatch(text)) and not is_date_text(text)


def _is_last_apart(rows: list[Row]) -> bool:
    return len(rows) > 4 and rows[-2].baseline - rows[-1].baseline > 4 * rows[-1].size


def _tab_stops(rows: list[Row]) -> set[int]:
    """Return the places at which several rows go on after a gap, as the second column of a list of labels does."""
    return common_places(
        piece.left
        for row in rows
        for before, piece in pairwise(row.pieces)
        if piece.left - before.right > STOP_EM * piece.size and before.text.strip(BULLET_GLYPHS + " ")
    )


def _lines(rows: list[Row], body: float, stops: set[int], page: int, column: int) -> list[Line]:
    lines: list[Line] = []
    steps = [above.baseline - below.baseline for above, below in pairwise(rows)]
    marks = _marked_places(rows)
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
            right=first_right(row),
            end=row.right,
            has_gap=has_gap,
        )
        lines += [replace(part, page=page, column=column) for part in _items_apart(line, marks)]
    return lines


def _marked_places(rows: list[Row]) -> set[int]:
    """Return the places at which several rows have a list item's mark."""
    return common_places((piece.left for row in rows for piece in row.pieces if _ITEM_START.match(piece.text)), 2)


def _items_apart(line: Line, marks: set[int]) -> list[Line]:
    """Part a list item from what stands beside it: a place or a date in a column of its own."""
    if len(line.cells) != 2 or len(line.lefts) != 2 or _ITEM_START.match(cell_text(line.cells[0])):
        return [line]
    if round(line.lefts[1]) not in marks or not _ITEM_START.match(cell_text(line.cells[1])):
        return [line]
    label = replace(line, cells=line.cells[:1], lefts=line.lefts[:1], end=line.right)
    item = replace(line, cells=line.cells[1:], lefts=line.lefts[1:], left=line.lefts[1], right=line.end, has_gap=False)
    return [label, item]


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
            elif gap > (0.3 if RIGHT_TO_LEFT.search(piece.text) else 0.13) * piece.size and cells[-1]:
                cells[-1].append(Span(" "))
        if piece.text:
            cells[-1].append(piece.span)
        previous = piece
    kept = [(tuple(cell), left) for cell, left in zip(cells, lefts, strict=True) if cell_text(tuple(cell))]
    return tuple(cell for cell, _ in kept), tuple(left for _, left in kept)
