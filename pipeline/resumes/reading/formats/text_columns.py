"""Columns side by side in the lines of a plain text, as tools that keep a page's layout write it, put in order."""

import re

from pipeline.resumes.reading.formats.pdf.columns import Gutter, gutter_of, in_columns
from pipeline.resumes.reading.formats.pdf.rows import Piece, Row

MAX_LINES_OF_PAGE = 400
WIDTH, HEIGHT, SIZE = 6.0, 12.0, 10.0  # of a letter, in points, as a typewriter's
_PIECE = re.compile(r"\S+(?: \S+)*")
_WIDE_GAP = re.compile(r"\S {3,}\S")


def columns_of(text: str) -> list[tuple[int, str]]:
    """Return the text by column: 0 is what spans the page, 1 and 2 are the left and the right column."""
    found: list[tuple[int, str]] = []
    gutter: Gutter | None = None
    for page in text.expandtabs(8).split("\f"):
        lines = page.split("\n")
        is_wide = len(lines) <= MAX_LINES_OF_PAGE and sum(bool(_WIDE_GAP.search(line)) for line in lines) > 5
        pieces = [piece for number, line in enumerate(lines) for piece in _pieces(line, number)] if is_wide else []
        gutter = gutter_of(pieces, WIDTH * max(map(len, lines), default=0), gutter) if pieces else None
        if gutter is None:
            found.append((0, page))
        else:
            found += [(column, _written(rows)) for column, rows in in_columns(pieces, gutter)]
    return found


def _pieces(line: str, number: int) -> list[Piece]:
    return [
        Piece(match[0], WIDTH * match.start(), WIDTH * match.end(), -HEIGHT * number, SIZE, 0, None)
        for match in _PIECE.finditer(line)
    ]


def _written(rows: list[Row]) -> str:
    """Write rows out as lines of text again, with their indents and empty lines."""
    left = min(row.left for row in rows)
    lines: list[str] = []
    above: float | None = None
    for row in rows:
        if above is not None and above - row.baseline > 1.5 * HEIGHT:
            lines.append("")
        line = ""
        for piece in row.pieces:
            line = line.ljust(round((piece.left - left) / WIDTH)) + piece.text
        lines.append(line)
        above = row.baseline
    return "\n".join(lines)
