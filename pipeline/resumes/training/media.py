"""What a file format makes of a layout: lines as its source gives them, wrapped and marked as it would."""

import random
from dataclasses import replace
from itertools import groupby
from typing import NamedTuple

from pipeline.resumes.reading.formats.text import plain_line
from pipeline.resumes.reading.lines import Line, Span, split_cells, without_bullet
from pipeline.resumes.training.marked import (
    Known,
    Marked,
    Piece,
    characters,
    known,
    tagged,
)
from pipeline.resumes.training.page import Marks
from pipeline.resumes.training.style import Style

POINT = 5.0  # points a character takes at body size
MARGIN = 56.0
CONTINUED = {
    "entry": "more",
    "item": "item+",
    "prose": "prose+",
    "line": "line+",
    "headed": "line+",
}
RIGHT = {
    "dates",
    "place",
    "contact",
    "note",
}  # what is set flush right where it ends a line


class Letter(NamedTuple):
    """One character with all that is known of it."""

    text: str
    piece: Piece
    tag: str


def set_in(style: Style, lines: list[Marked], marks: Marks) -> list[Known]:
    """Return the lines as the source of the style's medium gives them."""
    rng = style.rng
    setter = {"pdf": _pdf, "text": _text}.get(style.medium)
    if setter:
        return setter(rng, style, lines, marks)
    return _paragraphs(rng, style, lines, marks)


def continued(label: str) -> str:
    """Return the label of a line that goes on from one with this label."""
    section, role = label.split(".")
    if section == "summary" and role == "headed":
        return "summary.prose+"
    return f"{section}.{CONTINUED.get(role, role)}"


def _letters(cell: list[Piece]) -> list[Letter]:
    found = []
    for piece in cell:
        tags = iter(tagged(piece))
        found += [Letter(text, piece, "-" if text.isspace() else next(tags)[1]) for text in piece.text]
    return found


def _spans(letters: list[Letter]) -> tuple[Span, ...]:
    spans = []
    for _, group in groupby(letters, key=lambda letter: id(letter.piece)):
        run = list(group)
        piece = run[0].piece
        spans.append(
            Span(
                "".join(letter.text for letter in run),
                piece.bold,
                piece.italic,
                piece.link,
            )
        )
    return tuple(spans)


def _tags(letters: list[Letter]) -> list[tuple[str, str]]:
    return [(letter.text, letter.tag) for letter in letters if not letter.text.isspace()]


def wrapped(letters: list[Letter], width: int) -> list[list[Letter]]:
    """Break letters into rows of a width at blanks."""
    rows: list[list[Letter]] = []
    rest = letters
    while len(rest) > width:
        at = next((index for index in range(width, 0, -1) if rest[index].text == " "), None)
        if at is None:
            break
        rows.append(rest[:at])
        rest = rest[at + 1 :]
    return [row for row in [*rows, rest] if any(not letter.text.isspace() for letter in row)]


def _paragraphs(rng: random.Random, style: Style, lines: list[Marked], marks: Marks) -> list[Known]:
    """Set paragraphs as Word, LaTeX, Markdown and pages of the web have them: whole, with lists of their own."""
    keeps_gaps = rng.random() < 0.7 or style.medium in ("markdown", "latex")
    is_word = style.medium == "docx"
    between = "      " if is_word and rng.random() < 0.08 else "\t"
    hard = rng.choice([0, 0, 0, 0, 0, 75, 90]) if is_word else 0  # pasted, a paragraph a row
    result: list[Known] = []
    for line in lines:
        spans = [span for cell in line.cells for span in (Span(between), *_spans(_letters(cell)))][1:]
        mark = marks.following() if line.bullet else ""
        if mark:
            spans.insert(0, Span(f"{mark}{rng.choice([' ', '  '])}"))
        elif line.indent and is_word and rng.random() < 0.1:
            spans.insert(0, Span("   "))
        made = _paragraph(spans, line, style, keeps_gaps)
        if made is None:
            continue
        given = [(character, "-") for character in mark] + characters(line.cells)
        made = _as_item(made, line, has_mark=bool(mark) or style.bullet == "none")
        ends_list = bool(result) and result[-1].line.is_bullet and result[-1].line.level > made.level
        if style.apart or (style.medium == "markdown" and ends_list):
            made = replace(made, has_gap=True)
        if hard and len(line.cells) == 1 and len(line.text) > hard and not line.heading:
            result += _broken(made, given, hard, line.label)
        else:
            result.append(known(made, line.label, given))
    return result


def _as_item(made: Line, line: Marked, has_mark: bool) -> Line:
    """Mark a list item as such, where the program draws its mark; else what it starts with is looked at."""
    if line.heading:
        return made
    return replace(made, is_bullet=True, level=line.level) if line.bullet and not has_mark else without_bullet(made)


def _paragraph(spans: list[Span], line: Marked, style: Style, keeps_gaps: bool) -> Line | None:
    is_markdown = style.medium == "markdown"
    cells = split_cells(spans, r"\t+ *| {3,}" if is_markdown else r"\t+ *| {4,}")
    if not cells:
        return None
    length = float(len(line.text)) if is_markdown else 0.0
    return Line(
        cells,
        heading=line.heading,
        size=1.0 if is_markdown else line.size,
        is_whole=not is_markdown or bool(line.heading),
        has_gap=line.gap and keeps_gaps,
        right=length,
        end=length,
    )


def _broken(line: Line, given: list[tuple[str, str]], width: int, label: str) -> list[Known]:
    """Break a paragraph into rows that are paragraphs."""
    length = sum(not character.isspace() for character in line.text)
    tags = iter(given[len(given) - length :])
    letters = [Letter(text, Piece(text), "-" if text.isspace() else next(tags)[1]) for text in line.text]
    result = []
    for number, row in enumerate(wrapped(letters, width)):
        text = "".join(letter.text for letter in row)
        made = replace(
            line,
            cells=((Span(text),),),
            is_bullet=line.is_bullet and not number,
            has_gap=line.has_gap and not number,
        )
        result.append(known(made, label if not number else continued(label), _tags(row)))
    return result


def _text(rng: random.Random, style: Style, lines: list[Marked], marks: Marks) -> list[Known]:
    """Set rows of plain text, wrapped at a width or not."""
    sheet = _Typewriter(rng)
    return [one for line in lines for one in sheet.rows(line, marks.following() if line.bullet else "")]


class _Typewriter:
    """How one plain text is set: how wide, with what between cells, with its indents and blank lines or not."""

    def __init__(self, rng: random.Random) -> None:
        self.width = rng.choice([62, 72, 78, 90, 200, 400])
        self.gap = rng.choice(["\t", "     ", None, None])
        self.flat = rng.random() < 0.4  # pasted text has lost its indents
        self.no_gaps = rng.random() < 0.12

    def rows(self, line: Marked, mark: str) -> list[Known]:
        """Return a line's rows."""
        prefix = (" " * (0 if self.flat else line.indent)) + (f"{mark} " if mark else "")
        first, *others = (_letters(cell) for cell in line.cells)
        rows = [first] if others else wrapped(first, max(self.width - len(prefix), 20))
        result = []
        for number, row in enumerate(rows):
            start = (" " * (0 if self.flat else len(prefix))) if number else prefix
            body = start + "".join(letter.text for letter in row).rstrip()
            given = ([(c, "-") for c in mark] if not number else []) + _tags(row)
            for cell in others:
                text = "".join(letter.text for letter in cell)
                body += (self.gap or " " * max(70 - len(body) - len(text), 3)) + text
                given += _tags(cell)
            made = plain_line(body, line.gap and not number and not self.no_gaps)
            if line.underlined and not number:
                made = replace(made, heading=1, has_gap=True)
            result.append(known(made, continued(line.label) if number else line.label, given))
        return result


def _pdf(rng: random.Random, style: Style, lines: list[Marked], marks: Marks) -> list[Known]:
    """Set rows of a page, in points."""
    sheet = _Sheet(rng, lines)
    result: list[Known] = []
    for place, line in enumerate(lines):
        mark = marks.following() if line.bullet else ""
        if style.bullet in ("list", "none"):
            mark = "•" if style.bullet == "list" and line.bullet else ""
        result += sheet.rows(line, mark, place)
    return result


class _Sheet:
    """The measures of one document's pages: how wide its columns are, how far lines are set in."""

    def __init__(self, rng: random.Random, lines: list[Marked]) -> None:
        self.two = any(line.column for line in lines)
        self.side, self.full = (
            rng.choice([24, 30, 38, 45]),
            rng.choice([78, 88, 95, 105]),
        )
        self.main = self.full - self.side - 6
        self.side_first = rng.random() < 0.6
        self.no_gaps = rng.random() < 0.1
        self.styled = rng.random() < 0.85
        self.step = rng.choice([3, 4, 5, 6])
        self.total = len(lines) // rng.choice([1, 1, 2, 3]) + 1

    def rows(self, line: Marked, mark: str, place: int) -> list[Known]:
        """Return a line's rows."""
        width, column, margin = self._column(line)
        left = margin + line.indent * self.step
        hang = left + (2.2 * POINT if mark else 0.0)
        first, *others = (_letters(cell) for cell in line.cells)
        room = max(int(width - (hang - margin) / POINT), 12)
        later = sum(len(cell) + 3 for cell in others)
        result = []
        for number, row in enumerate(wrapped(first, max(int(room / line.size) - later, 14))):
            at = hang if number else left
            right = at + len(row) * POINT * line.size
            beside = [] if number else others
            lefts = [at, *self._places(beside, right, margin, width)]
            cells = [_spans(row), *(_spans(cell) for cell in beside)]
            given = [tag for cell in (row, *beside) for tag in _tags(cell)]
            if mark and not number:
                cells[0] = (Span(f"{mark} "), *cells[0])
                given = [(c, "-") for c in mark] + given
            made = Line(
                tuple(self._styled(cell) for cell in cells),
                size=line.size,
                left=at,
                right=right,
                end=lefts[-1] + len(beside[-1]) * POINT if beside else right,
                lefts=tuple(lefts),
                has_gap=line.gap and not number and not self.no_gaps,
                column=column,
                page=place // self.total,
            )
            result.append(known(without_bullet(made), continued(line.label) if number else line.label, given))
        return result

    def _column(self, line: Marked) -> tuple[int, int, float]:
        """Return how many letters wide a line's column is, its number, and where it starts."""
        if not self.two:
            return self.full, 0, MARGIN
        width = self.side if line.column else self.main
        if bool(line.column) == self.side_first:
            return width, 1, MARGIN
        return width, 2, MARGIN + ((self.side if self.side_first else self.main) + 6) * POINT

    def _places(self, others: list[list[Letter]], end: float, margin: float, width: int) -> list[float]:
        """Return where the cells after the first one start: the last one flush right where it is a date or a place."""
        places = []
        for index, cell in enumerate(others, 1):
            if index == len(others) and cell and cell[0].piece.tag in RIGHT:
                start = max(margin + width * POINT - len(cell) * POINT, end + 10)
            else:
                start = max(end + 12, margin + 20 * POINT * index)
            places.append(start)
            end = start + len(cell) * POINT
        return places

    def _styled(self, cell: tuple[Span, ...]) -> tuple[Span, ...]:
        return cell if self.styled else tuple(replace(span, bold=False, italic=False) for span in cell)
