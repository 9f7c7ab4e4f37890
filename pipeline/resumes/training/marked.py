"""Lines that know what they say: each piece of text with its tag, each line with its label."""

from dataclasses import dataclass, field

from pipeline.resumes.reading.learned.tidy import closed_up
from pipeline.resumes.reading.lines import Line

STARTED = ("skill", "language")
UNKNOWN = "?"  # the tag of words that may be one thing or another; nothing is learned of them


@dataclass
class Piece:
    """A run of text in one style that says one thing; the tag `-` is for what parts two of them."""

    text: str
    tag: str = "-"
    bold: bool = False
    italic: bool = False
    link: str | None = None


@dataclass
class Marked:
    """One logical line: what is set apart in cells, its label, and how it should look."""

    cells: list[list[Piece]]
    label: str
    bullet: bool = False
    level: int = 0
    heading: int = 0
    gap: bool = False
    indent: int = 0
    size: float = 1.0
    underlined: bool = False
    column: int = 0

    @property
    def text(self) -> str:
        """The text of all cells."""
        return " ".join("".join(piece.text for piece in cell) for cell in self.cells)


@dataclass
class Known:
    """A line as the sources give it, with its label and the tag of each of its characters but blanks."""

    line: Line
    label: str
    tags: list[str] = field(default_factory=list)


def characters(cells: list[list[Piece]]) -> list[tuple[str, str]]:
    """Return each character but blanks with its tag."""
    return [pair for cell in cells for piece in cell for pair in tagged(piece)]


def tagged(piece: Piece) -> list[tuple[str, str]]:
    """Return a piece's characters with its tag; the first of a skill or a language says that one starts."""
    letters = [character for character in piece.text if not character.isspace()]
    tags = [piece.tag] * len(letters)
    if piece.tag in STARTED and letters:
        tags[0] = f"B-{piece.tag}"
    return list(zip(letters, tags, strict=True))


def known(line: Line, label: str, given: list[tuple[str, str]]) -> Known:
    """Tie a line that a source made to the tags of what was written; a mark taken off its start is left out."""
    line = closed_up(line)
    length = sum(not character.isspace() for character in line.text)
    return Known(
        line,
        label,
        [tag for _, tag in given[len(given) - length :]] if length <= len(given) else ["-"] * length,
    )
