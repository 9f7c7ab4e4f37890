"""What a file format makes of a layout: lines as its source gives them, wrapped and marked as it would."""

import random
from dataclasses import replace
from itertools import groupby
from typing import NamedTuple

from pipeline.resumes.reading.formats.text import plain_line
from pipeline.resumes.reading.lines import Line, Span, split_cells, without_bullet
from pipeline.resumes.training.layouts import Page, Style
from pipeline.resumes.training.marked import Known, Marked, Piece, characters, known, tagged

POINT = 5.0  # points a character takes at body size
MARGIN = 56.0
CONTINUED = {"entry": "more", "item": "item+", "prose": "prose+", "line": "line+", "headed": "line+"}
RIGHT = {"dates", "place", "contact", "note"}  # what is set flush right where it ends a line


class Letter(NamedTuple):
    """One character with all that is known of it."""

    text: str
    piece: Piece
    tag: str


def set_in(style: Style, lines: list[Marked], page: Page) -> list[Known]:
    """Return the lines as the source of the style's medium gives them."""
    rng = style.rng
    setter = {"pdf": _pdf, "text": _text}.get(style.medium)
    if setter:
        return setter(rng, style, lines, page)
    return _paragraphs(rng, style, lines, page)


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
        spans.append(Span("".join(letter.text for letter in run), piece.bold, piece.italic, piece.link))
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


def _paragraphs(rng: random.Random, style: Style, lines: list[Marked], page: Page) -> list[Known]:
    """Set paragraphs as Word, LaTeX, Markdown and pages of the web have them: whole, with lists of their own."""
    is_markdown = style.medium == "markdown"
    keeps_gaps = rng.random() < 0.7
    aligned_by_blanks = style.medium == "docx" and rng.random() < 0.08
    hard = rng.choice([0, 0, 0, 0, 0, 75, 90]) if style.medium == "docx" else 0  # pasted, a paragraph a row
    result = []
    for line in lines:
        spans: list[Span] = []
        given = characters(line.cells)
        for number, cell in enumerate(line.cells):
            if number:
                spans.append(Span("      " if aligned_by_blanks else "\t"))
            spans += _spans(_letters(cell))
        mark = page.mark() if line.bullet else ""
        if mark:
            spans.insert(0, Span(f"{mark}{rng.choice([' ', '  '])}"))
            given = [(character, "-") for character in mark] + given
        elif line.indent and style.medium == "docx" and rng.random() < 0.1:
            spans.insert(0, Span("   "))
        cells = split_cells(spans, r"\t+ *| {4,}" if not is_markdown else r"\t+ *| {3,}")
        if not cells:
            continue
        length = float(len(line.text))
        made = Line(
            cells,
            heading=line.heading,
            size=line.size if not is_markdown else 1.0,
            is_whole=not is_markdown or bool(line.heading),
            has_gap=line.gap and (keeps_gaps or is_markdown or style.medium == "latex"),
            right=length if is_markdown else 0.0,
            end=length if is_markdown else 0.0,
        )
        if line.bullet and not mark and not line.heading and not (style.bullet == "none"):
            made = replace(made, is_bullet=True, level=line.level)
        elif not line.heading:
            made = without_bullet(made)
        if hard and len(line.cells) == 1 and len(line.text) > hard and not line.heading:
            result += _broken(made, given, hard, line.label)
        else:
            result.append(known(made, line.label, given))
    return result


def _broken(line: Line, given: list[tuple[str, str]], width: int, label: str) -> list[Known]:
    """Break a paragraph into rows that are paragraphs."""
    length = sum(not character.isspace() for character in line.text)
    tags = iter(given[len(given) - length :])
    letters = [Letter(text, Piece(text), "-" if text.isspace() else next(tags)[1]) for text in line.text]
    result = []
    for number, row in enumerate(wrapped(letters, width)):
        text = "".join(letter.text for letter in row)
        made = replace(
            line, cells=((Span(text),),), is_bullet=line.is_bullet and not number, has_gap=line.has_gap and not number
        )
        result.append(known(made, label if not number else continued(label), _tags(row)))
    return result


def _text(rng: random.Random, style: Style, lines: list[Marked], page: Page) -> list[Known]:
    """Set rows of plain text, wrapped at a width or not."""
    width = rng.choice([62, 72, 78, 90, 200, 400])
    gap_mark = rng.choice(["\t", "     ", None, None])
    flat = rng.random() < 0.4  # pasted text has lost its indents
    no_gaps = rng.random() < 0.12
    result = []
    for line in lines:
        mark = page.mark() if line.bullet else ""
        prefix = (" " * (0 if flat else line.indent)) + (f"{mark} " if mark else "")
        cells = [_letters(cell) for cell in line.cells]
        rows = wrapped(cells[0], max(width - len(prefix), 20)) if len(cells) == 1 else [cells[0]]
        for number, row in enumerate(rows):
            body = "".join(letter.text for letter in row).rstrip()
            given = _tags(row)
            start = prefix if not number else " " * (0 if flat else len(prefix))
            if not number:
                given = [(c, "-") for c in mark] + given
                for cell in cells[1:]:
                    text = "".join(letter.text for letter in cell)
                    body += (gap_mark or " " * max(70 - len(start) - len(body) - len(text), 3)) + text
                    given += _tags(cell)
            has_gap = line.gap and not number and not no_gaps
            made = plain_line(start + body, has_gap)
            if line.underlined and not number:
                made = replace(made, heading=1, has_gap=True)
            result.append(known(made, line.label if not number else continued(line.label), given))
    return result


def _pdf(rng: random.Random, style: Style, lines: list[Marked], page: Page) -> list[Known]:
    """Set rows of a page, in points."""
    two = any(line.column for line in lines)
    side = rng.choice([24, 30, 38, 45])
    full = rng.choice([78, 88, 95, 105])
    main = full - side - 6
    side_first = rng.random() < 0.6
    no_gaps = rng.random() < 0.1
    styled = rng.random() < 0.85
    body = rng.choice([3, 4, 5, 6])
    result: list[Known] = []
    total = len(lines) // rng.choice([1, 1, 2, 3]) + 1
    for place, line in enumerate(lines):
        width = full if not two else side if line.column else main
        column = 0 if not two else (1 if bool(line.column) == side_first else 2)
        margin = MARGIN + (0.0 if column < 2 else ((side if side_first else main) + 6) * POINT)
        mark = page.mark() if line.bullet else ""
        if style.bullet in ("list", "none"):
            mark = "" if style.bullet == "none" or not line.bullet else "•"
        left = margin + line.indent * body
        hang = left + (2.2 * POINT if mark else 0.0)
        room = max(int(width - (hang - margin) / POINT), 12)
        cells = [_letters(cell) for cell in line.cells]
        later = sum(len(cell) + 3 for cell in cells[1:])
        room_first = max(int(room / line.size) - later, 14)
        rows = wrapped(cells[0], room_first)
        for number, row in enumerate(rows):
            at = left if not number else hang
            spans = _spans(row)
            given = _tags(row)
            right = at + len(row) * POINT * line.size
            all_cells, lefts, end = [spans], [at], right
            if not number:
                for index, cell in enumerate(cells[1:], 1):
                    flush = index == len(cells) - 1 and cell and cell[0].piece.tag in RIGHT
                    start = (
                        max(margin + width * POINT - len(cell) * POINT, end + 10)
                        if flush
                        else max(end + 12, margin + 20 * POINT * index)
                    )
                    all_cells.append(_spans(cell))
                    lefts.append(start)
                    end = start + len(cell) * POINT
                    given += _tags(cell)
                if mark:
                    all_cells[0] = (Span(f"{mark} "), *all_cells[0])
                    given = [(c, "-") for c in mark] + given
            if not styled:
                all_cells = [tuple(replace(span, bold=False, italic=False) for span in cell) for cell in all_cells]
            made = Line(
                tuple(all_cells),
                size=line.size,
                left=at,
                right=right,
                end=end,
                lefts=tuple(lefts),
                has_gap=line.gap and not number and not no_gaps,
                column=column,
                page=place // total,
            )
            result.append(known(without_bullet(made), line.label if not number else continued(line.label), given))
    return result
