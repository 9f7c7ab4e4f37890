"""The pieces of a PDF page, and the rows they stand in."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace

from pipeline.resumes.reading.formats.sizes import usual_size
from pipeline.resumes.reading.lines import Span

BOLD, ITALIC = 1, 2
CELL_EM = 0.9  # a gap this wide parts two cells
ROW_EM = 0.35  # baselines this near are one row
RIGHT_TO_LEFT = re.compile(r"[\u0590-\u08ff]")


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
    is_mirrored: bool = False

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
        edge = first_right(self)
        return usual_size(((piece.size, piece.text.strip() * (piece.right <= edge)) for piece in self.pieces), 0.0)

    @property
    def text(self) -> str:
        """Its pieces, parted by blanks."""
        return " ".join(piece.text for piece in self.pieces)


def rows_of(pieces: list[Piece]) -> list[Row]:
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
    is_right_to_left = len(RIGHT_TO_LEFT.findall(text)) > len(text) / 4
    from_right = is_right_to_left != pieces[0].is_mirrored
    return sorted(pieces, key=lambda piece: -piece.right if from_right else piece.left)


def common_places(places: Iterable[float], fewest: int = 3) -> set[int]:
    """Return the places, to the point, at or right beside which so many of those given are."""
    count = Counter(map(round, places))
    return {place for place in count if sum(count[near] for near in (place - 1, place, place + 1)) >= fewest}


def mirrored(pieces: list[Piece], width: float) -> list[Piece]:
    """Turn a page that is written from right to left round, so that its lines start at the left as all others do."""
    letters = [letter for piece in pieces for letter in piece.text if letter.isalpha()]
    if 2 * sum(bool(RIGHT_TO_LEFT.match(letter)) for letter in letters) <= len(letters):
        return pieces
    return [replace(p, left=width - p.right, right=width - p.left, is_mirrored=True) for p in pieces]


def first_right(row: Row) -> float:
    """Return where the first cell of a row ends."""
    right = row.pieces[0].right
    for piece in row.pieces[1:]:
        if piece.left - right > CELL_EM * piece.size and right - row.left > 1.5 * piece.size:
            break
        right = max(right, piece.right)
    return right
