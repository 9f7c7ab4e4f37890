"""What every format is turned into: lines with hints of how they look, which the reader understands."""

import re
import unicodedata
from dataclasses import dataclass, replace
from functools import lru_cache

TOO_LONG = "it is longer than a resume should be"
BULLET_GLYPHS = "•◦▪▫●○■□◆◇►▸▹▶‣⁃∙·➢➤➔→✓✔✦★❖»"
UNSPACED = "\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"  # letters of scripts that put no blanks between words
_SIGNS = "".join(chr(code) for code in range(0x300, 0x10000) if unicodedata.category(chr(code)) in ("Mn", "Mc"))
LETTER = rf"(?:(?![{UNSPACED}])[\w{_SIGNS}])"  # signs such as the vowels of Devanagari are no letters to `re`
_BULLET = re.compile(
    rf"\s*(?:[{BULLET_GLYPHS}\ue000-\uf8ff](?=\S|\s|$)|\(cid:\d+\)|[-*+–—](?=\s|$)|o(?=\s{{1,4}}[A-Z]))\s*"
)
_WORDS_OF_LETTERS = re.compile(r"(?=.*(?:\S[ \u00a0]){2,}\S(?:\s{2,}|$))(?:(?:\S[ \u00a0])*\S(?:\s{2,}|$))+")
_LETTER_SPACED = re.compile(r"(?:\b\w[ \u00a0]){3,}\w\b")


@dataclass(frozen=True, slots=True)
class Span:
    """Text in one style."""

    text: str
    bold: bool = False
    italic: bool = False
    link: str | None = None


Cell = tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """One line or paragraph: the seam between the formats and the models, which know no format.

    Every source fills `cells`, the pieces set apart by a wide gap, a tab or a table's columns, in reading order; a
    table's row is one line, and the further lines of its cells follow. It sets `has_gap` where space or a blank line
    stands above, `is_bullet` where a list item starts, without its mark, and `level`, 0 for outer items. Of the rest it
    says what it knows: `heading`, the level of a heading that the markup names; `size`, relative to the body's letters;
    `left` and `right` of the first cell, `end` of the last and `lefts` of all, in points or characters; `column` and
    `page`, where columns of a page are read one after the other. `is_whole` lines are paragraphs; others may go on in
    the next one.
    """

    cells: tuple[Cell, ...]
    heading: int = 0
    is_bullet: bool = False
    level: int = 0
    size: float = 1.0
    left: float = 0.0
    right: float = 0.0
    end: float = 0.0
    lefts: tuple[float, ...] = ()
    has_gap: bool = False
    is_whole: bool = False
    column: int = 0
    page: int = 0

    @property
    def text(self) -> str:
        """The whole line, its cells parted by a space."""
        return " ".join(text for text in map(cell_text, self.cells) if text)

    @property
    def is_bold(self) -> bool:
        """Whether all letters of the first cell are bold."""
        spans = [span for span in self.cells[0] if span.text.strip()] if self.cells else []
        return bool(spans) and all(span.bold for span in spans)

    @property
    def is_italic(self) -> bool:
        """Whether all letters of the first cell are italic."""
        spans = [span for span in self.cells[0] if span.text.strip()] if self.cells else []
        return bool(spans) and all(span.italic for span in spans)

    @property
    def starts_bold(self) -> bool:
        """Whether the first letters are bold."""
        spans = [span for span in self.cells[0] if span.text.strip()] if self.cells else []
        return bool(spans) and spans[0].bold


@lru_cache(maxsize=2048)
def cell_text(cell: Cell) -> str:
    """Return the text of a cell, its spacing evened out."""
    return re.sub(r"\s+", " ", "".join(span.text for span in cell)).strip()


def plain(text: str) -> tuple[Cell, ...]:
    """Return the cells of a line without styles."""
    return ((Span(text),),)


def split_cells(spans: list[Span], separator: str) -> tuple[Cell, ...]:
    """Split a run of spans into cells wherever the pattern matches."""
    cells: list[list[Span]] = [[]]
    for span in spans:
        for number, piece in enumerate(re.split(separator, span.text)):
            if number:
                cells.append([])
            if piece:
                cells[-1].append(replace(span, text=piece))
    return tuple(tuple(cell) for cell in cells if cell_text(tuple(cell)))


def without_bullet(line: Line) -> Line:
    """Take a bullet glyph off the start of a line and mark the line as a list item."""
    if not line.cells or not line.cells[0]:
        return line
    first = line.cells[0][0]
    match = _BULLET.match(first.text)
    if not match or re.match(r"\s*[-+–—]\s?\d", first.text):
        return line
    rest = first.text[match.end() :]
    spans = ((replace(first, text=rest),) if rest.strip() else ()) + line.cells[0][1:]
    cells = ((spans,) if cell_text(spans) else ()) + line.cells[1:]
    if not cells:
        return line
    return replace(line, cells=cells, is_bullet=True)


def close_letter_spacing(text: str) -> str:
    """Join letters that are set apart for looks: `J A N E   D O E` is JANE DOE."""
    stripped = text.strip()
    if not _LETTER_SPACED.fullmatch(stripped) and not _WORDS_OF_LETTERS.fullmatch(stripped):
        return text
    return " ".join(word.replace(" ", "").replace("\u00a0", "") for word in re.split(r"\s{2,}", text.strip()))
