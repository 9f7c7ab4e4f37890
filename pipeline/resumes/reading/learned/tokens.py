"""The words of a line, each with its place: dates, addresses and numbers are one word each."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.resumes.reading.addresses import EMAIL, PHONE, URL
from pipeline.resumes.reading.dates import find_dates
from pipeline.resumes.reading.lines import LETTER, UNSPACED, Cell, Line, cell_text

_TOKEN = re.compile(rf"[{UNSPACED}]|\.?{LETTER}+(?:['’.&+#/-]{LETTER}+)*(?:\+\+|#|\+)?|\.{{2,}}|-{{2,}}|[^\w\s]")


@dataclass(frozen=True, slots=True)
class Token:
    """One word: what it is, where it stands in its cell, and how it looks. Breaks are words without letters."""

    text: str
    kind: str  # word, mark, date, contact, or a break: cell, line, entry, body
    line: int
    cell: int
    begin: int
    finish: int
    bold: bool = False
    italic: bool = False


def tokens_of(line: Line, number: int) -> Iterator[Token]:
    """Yield the words of a line, with a break before each cell but the first."""
    for place, cell in enumerate(line.cells):
        if place:
            yield Token("", "cell", number, place, 0, 0)
        yield from _tokens_of_cell(cell, number, place)


def _tokens_of_cell(cell: Cell, number: int, place: int) -> Iterator[Token]:
    text = cell_text(cell)
    styles = _styles(cell)
    whole = _whole(text)
    index = 0
    while match := _TOKEN.search(text, index):
        span = next((found for found in whole if found[0] <= match.start() < found[1]), None)
        begin, finish, kind = span or (
            match.start(),
            match.end(),
            "word" if match[0][-1].isalnum() or match[0][0].isalnum() else "mark",
        )
        bold, italic = styles[min(begin, len(styles) - 1)] if styles else (False, False)
        yield Token(text[begin:finish], kind, number, place, begin, finish, bold, italic)
        index = max(finish, match.end() if span is None else finish)


def _styles(cell: Cell) -> list[tuple[bool, bool]]:
    """Return the style of each character of a cell's text."""
    return [(span.bold, span.italic) for span in cell for _ in re.sub(r"\s+", " ", span.text)]


def _whole(text: str) -> list[tuple[int, int, str]]:
    """Return the places of what is one word whatever it is made of."""
    found: list[tuple[int, int, str]] = []
    for pattern in (EMAIL, URL):
        found += [(match.start(), match.end(), "contact") for match in pattern.finditer(text)]
    for date in find_dates(text):
        begin, finish = date.begin, date.finish
        while begin < finish and text[begin] in " ([":
            begin += 1
        while finish > begin and text[finish - 1] in " )]":
            finish -= 1
        if not any(start < finish and begin < end for start, end, _ in found):
            found.append((begin, finish, "date"))
    for match in PHONE.finditer(text):
        if not any(start < match.end() and match.start() < end for start, end, _ in found):
            found.append((match.start(), match.end(), "contact"))
    return sorted(found)


def sequence(lines: Sequence[tuple[int, Line, str]]) -> list[Token]:
    """Return the words of a section's headings, line by line: (number, line, role), with what parts them.

    A role is `entry` for a line that starts one, `body` for lines whose words do not matter, and anything else for a
    line that goes on.
    """
    tokens: list[Token] = []
    for number, line, role in lines:
        if role == "body":
            if not tokens or tokens[-1].kind != "body":
                tokens.append(Token("", "body", number, 0, 0, 0))
            continue
        tokens.append(Token("", "entry" if role == "entry" else "line", number, 0, 0, 0))
        tokens += tokens_of(line, number)
    return tokens
