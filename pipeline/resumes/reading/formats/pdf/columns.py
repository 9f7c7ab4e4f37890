"""The columns of a PDF page: two that run down it, or several beside each other in one part of it."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from math import inf

from pipeline.resumes.reading.formats.pdf.rows import BOLD, CELL_EM, Piece, Row, common_places, rows_of
from pipeline.resumes.reading.learned.headings import SHORT, heads_section, section_of

MIN_GUTTER = 9.0  # points
CENTRED = 6.0  # points that the margins of centred lines may differ
BAND_COLUMN = 11  # the number of the first column of a band


@dataclass(frozen=True, slots=True)
class Gutter:
    """The band between two columns: where its middle is, and where the columns start below the page's head."""

    middle: float
    top: float = inf


def gutter_of(pieces: list[Piece], width: float, earlier: Gutter | None) -> Gutter | None:
    """Return the empty band between two columns of text, or None for a page of one column.

    What stands above the first line of the right column is the page's head, and may be of any width. A band beside
    dates, places or hanging labels does not count: both sides must have headings of their own, or carry on the columns
    of the page before.
    """
    starts = common_places(piece.left for piece in pieces if 0.15 * width < piece.left < 0.8 * width)
    found = [one for start in sorted(starts) if (one := _gutter_before(start, pieces, earlier))]
    if found:
        return max(found, key=lambda one: one[:2])[2]
    if earlier is None or any(piece.left < earlier.middle < piece.right for piece in pieces):
        return None
    return Gutter(earlier.middle)  # a page that one of the columns runs on to


def _gutter_before(start: int, pieces: list[Piece], earlier: Gutter | None) -> tuple[int, float, Gutter] | None:
    """Return the band that ends where a column may start, after how few rows cross it and how wide it is."""
    top = max(piece.baseline for piece in pieces if abs(piece.left - start) <= 1.5) + 1
    below = [piece for piece in pieces if piece.baseline <= top]
    rows = rows_of(below)
    crossing = [row for row in rows if _crosses(row, [start], 2)]
    left_side = [piece.right for piece in below if piece.right <= start + 1 and not _shares_row(piece, crossing)]
    edge = max(left_side, default=0.0)
    middle = (edge + start) / 2
    is_clear = start - edge >= MIN_GUTTER and len(crossing) <= 0.25 * len(rows) + 2
    if is_clear and _are_columns(below, middle, crossing, earlier):
        return -len(crossing), start - edge, Gutter(middle, top)
    return None


def _shares_row(piece: Piece, rows: list[Row]) -> bool:
    return any(abs(row.baseline - piece.baseline) < 1 for row in rows)


def _are_columns(pieces: list[Piece], middle: float, crossing: list[Row], earlier: Gutter | None) -> bool:
    free = [piece for piece in pieces if not _shares_row(piece, crossing)]
    sides = [rows_of([p for p in free if p.right <= middle]), rows_of([p for p in free if p.left >= middle])]
    if min(map(len, sides)) < 3:
        return False
    heads = [sum(map(_is_heading, side)) for side in sides]
    if all(heads) or (any(heads) and _share_a_heading_look(sides)):
        fewer = min(sides, key=len)
        return not _hang(sides) or sum(map(_is_heading, fewer)) < 0.5 * len(fewer)
    return earlier is not None and abs(earlier.middle - middle) < 20 and not _hang(sides)


def _is_heading(row: Row) -> bool:
    return len(row.text) < SHORT and section_of(row.text) is not None


def _share_a_heading_look(sides: list[list[Row]]) -> bool:
    """Tell whether both sides have lines that look like a known heading of one of them, and like no running text."""
    looks = [Counter(_look(row) for row in side) for side in sides]
    known = {_look(row) for side in sides for row in side if _is_heading(row)}
    rare = {look for look in known if all(0 < count[look] <= 0.4 * count.total() for count in looks)}
    return any(size > 1.05 * _usual_size(sides) or is_bold or is_upper for size, is_bold, is_upper in rare)


def _look(row: Row) -> tuple[float, bool, bool]:
    text = "".join(piece.text for piece in row.pieces)
    return round(row.size, 1), bool(row.pieces[0].flags & BOLD), text.isupper()


def _usual_size(sides: list[list[Row]]) -> float:
    return Counter(row.size for side in sides for row in side).most_common(1)[0][0]


def _hang(sides: list[list[Row]]) -> bool:
    """Tell whether one side only labels the rows of the other: each of its rows stands on a row of the other side."""
    fewer, more = sorted(sides, key=len)
    heights = [row.baseline for row in more]
    aligned = sum(any(abs(row.baseline - height) < 1.5 for height in heights) for row in fewer)
    return aligned >= 0.9 * len(fewer) and len(fewer) < 0.7 * len(more)


def in_columns(pieces: list[Piece], gutter: Gutter | None) -> list[tuple[int, list[Row]]]:
    """Return the rows of each block of the page in reading order: 1 is the left column, 2 the right, 0 spans both."""
    if gutter is None:
        return [(0, rows_of(pieces))]
    blocks: list[tuple[int, list[Row]]] = []
    waiting: list[Row] = []
    head, rest = _head_apart(rows_of(pieces), gutter)

    def flush() -> None:
        parts = [piece for row in waiting for piece in row.pieces]
        blocks.append((1, rows_of([piece for piece in parts if piece.right <= gutter.middle + 2])))
        blocks.append((2, rows_of([piece for piece in parts if piece.right > gutter.middle + 2])))
        waiting.clear()

    for row in rest:
        if _spans(row, gutter):
            flush()
            blocks.append((0, [row]))
        else:
            waiting.append(row)
    flush()
    return [(column, rows) for column, rows in [(0, head), *blocks] if rows]


def _spans(row: Row, gutter: Gutter) -> bool:
    return any(piece.left < gutter.middle - 2 and piece.right > gutter.middle + 2 for piece in row.pieces)


def _head_apart(rows: list[Row], gutter: Gutter) -> tuple[list[Row], list[Row]]:
    """Part the page's head from the columns: the rows above them, down to the last that reaches beyond the left.

    What is centred below the last of them belongs to it too.
    """
    above = [index for index, row in enumerate(rows) if row.baseline > gutter.top]
    last = next((index for index in reversed(above) if rows[index].right > gutter.middle + 2), -1)
    last = max(last, next((index for index, row in enumerate(rows[:3]) if _spans(row, gutter)), -1))
    while 0 <= last < len(rows) - 1 and _is_centred_below(rows[last], rows[last + 1], gutter):
        last += 1
    return rows[: last + 1], rows[last + 1 :]


def _is_centred_below(above: Row, row: Row, gutter: Gutter) -> bool:
    stands_on_both_sides = row.left < gutter.middle < row.right and not _spans(row, gutter)
    return not stands_on_both_sides and abs(above.left + above.right - row.left - row.right) < CENTRED


def bands(pieces: list[Piece], fewest: int = 3) -> list[tuple[list[Piece], list[float]]]:
    """Part a page where at least so many headings stand on one row, each above a column of its own.

    Returns the parts from the top down, with where the columns of each start: none for a part that is set otherwise.
    """
    parts: list[tuple[list[Piece], list[float]]] = []
    rest: list[Piece] = []
    starts: list[float] = []
    for row in rows_of(pieces):
        heads = _headings_beside(row)
        if starts and not heads and _crosses(row, starts[1:], 3):
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
    are_headings = all(map(heads_section, texts))
    are_alike = len({(piece.size, piece.flags) for piece in row.pieces}) == 1
    return [group[0].left for group in groups] if are_headings and are_alike else []


def _crosses(row: Row, starts: Sequence[float], before: float) -> bool:
    """Tell whether a piece of a row begins so far before where a column starts, and reaches into it."""
    return any(piece.left < start - before and piece.right > start + 1 for piece in row.pieces for start in starts)
