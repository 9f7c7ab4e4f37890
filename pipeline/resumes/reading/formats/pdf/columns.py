"""The columns of a PDF page: two that run down it, or several beside each other in one part of it."""

from collections import Counter
from collections.abc import Sequence

from pipeline.resumes.reading.formats.pdf.rows import CELL_EM, Piece, Row, rows_of
from pipeline.resumes.reading.headings import is_contact_heading, section_of

MIN_GUTTER = 9.0  # points
BAND_COLUMN = 11  # the number of the first column of a band


def gutter_of(pieces: list[Piece], width: float, earlier: float | None) -> float | None:
    """Return the middle of the empty band between two columns of text, or None for a page of one column.

    A band beside dates, places or hanging labels does not count: both sides must have headings of their own, or
    carry on the columns of the page before.
    """
    rows = rows_of(pieces)
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
    sides = [rows_of([p for p in free if p.right <= middle]), rows_of([p for p in free if p.left >= middle])]
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


def in_columns(pieces: list[Piece], gutter: float | None) -> list[tuple[int, list[Row]]]:
    """Return the rows of each block of the page in reading order: 1 is the left column, 2 the right, 0 spans both."""
    if gutter is None:
        return [(0, rows_of(pieces))]
    blocks: list[tuple[int, list[Row]]] = []
    waiting: list[Row] = []

    def flush() -> None:
        parts = [piece for row in waiting for piece in row.pieces]
        blocks.append((1, rows_of([piece for piece in parts if piece.right <= gutter + 2])))
        blocks.append((2, rows_of([piece for piece in parts if piece.right > gutter + 2])))
        waiting.clear()

    for row in rows_of(pieces):
        if any(piece.left < gutter - 2 and piece.right > gutter + 2 for piece in row.pieces):
            flush()
            blocks.append((0, [row]))
        else:
            waiting.append(row)
    flush()
    return [(column, rows) for column, rows in blocks if rows]


def bands(pieces: list[Piece], fewest: int = 3) -> list[tuple[list[Piece], list[float]]]:
    """Part a page where at least so many headings stand on one row, each above a column of its own.

    Returns the parts from the top down, with where the columns of each start: none for a part that is set otherwise.
    """
    parts: list[tuple[list[Piece], list[float]]] = []
    rest: list[Piece] = []
    starts: list[float] = []
    for row in rows_of(pieces):
        heads = _headings_beside(row)
        if starts and not heads and _crosses(row, starts):
            parts.append((rest, starts))
            rest, starts = [], []
        if len(heads) >= fewest:
            parts.append((rest, starts))
            rest, starts = [], heads
        rest += row.pieces
    return [(held, columns) for held, columns in [*parts, (rest, starts)] if held]


def in_band(pieces: list[Piece], starts: Sequence[float]) -> list[tuple[int, list[Row]]]:
    """Return the rows of each column of a band."""
    columns: list[list[Piece]] = [[] for _ in starts]
    for piece in pieces:
        columns[max(sum(piece.left > start - 3 for start in starts) - 1, 0)].append(piece)
    return [(BAND_COLUMN + place, rows_of(column)) for place, column in enumerate(columns)]


def _headings_beside(row: Row) -> list[float]:
    """Return where the headings of a row start; none where it holds anything else."""
    groups: list[list[Piece]] = []
    for piece in row.pieces:
        if groups and piece.left - groups[-1][-1].right < CELL_EM * piece.size:
            groups[-1].append(piece)
        else:
            groups.append([piece])
    texts = [" ".join(piece.text for piece in group) for group in groups]
    are_headings = all(len(text) < 40 and (section_of(text) or is_contact_heading(text)) for text in texts)
    are_alike = len({(piece.size, piece.flags) for piece in row.pieces}) == 1
    return [group[0].left for group in groups] if are_headings and are_alike else []


def _crosses(row: Row, starts: Sequence[float]) -> bool:
    return any(piece.left < start - 3 and piece.right > start + 1 for piece in row.pieces for start in starts[1:])
