"""Resumes written and labelled by hand: their lines as the training has them. The people in them do not exist.

A file holds one line of the resume a line, empty ones too; cells are parted by tabs, what words say stands in tags
(`<employer>Blue Heron</employer>`), and lines of running text begin with a mark: `<b>` a list item, `<p>` a paragraph,
`<s>` the tools of a post, `<c>` what goes on from the line above. The first line is a comment: trade, country, language
and what its layout is like.
"""

import re
from dataclasses import dataclass, replace
from pathlib import Path

from pipeline.resumes.reading.lines import BULLET_GLYPHS

MARKS = ("b", "p", "s", "c")
FOLDER = Path(__file__).parent / "handwritten"  # `train`; `calibrate` and `test` by writers whom no training saw
_TAG = re.compile(r"<(/?)([a-z]+)(?::([a-z]+))?>")
_GLYPH = re.compile(rf"^\s*(?:[{BULLET_GLYPHS}\ue000-\uf8ff*–—-]|o(?=\s)|\(cid:\d+\))\s*")


@dataclass
class Written:
    """One line as its writer marked it: the tagged runs of each cell, the mark, whether space stands above."""

    cells: list[list[tuple[str, str]]]
    mark: str = ""
    heading: str = ""  # the section that it heads
    gap: bool = False
    tags: frozenset[str] = frozenset()

    @property
    def text(self) -> str:
        """The text of all cells."""
        return " ".join("".join(text for text, _ in cell) for cell in self.cells)

    @property
    def is_plain(self) -> bool:
        """Whether its writer said nothing of it."""
        return not (self.tags or self.mark or self.heading)


def texts_of(part: str) -> list[str]:
    """Return the resumes written by hand of `train` or `test`, in the order of their files."""
    return [path.read_text(encoding="utf-8") for path in sorted((FOLDER / part).glob("*.txt"))]


def plain_text(text: str) -> str:
    """Return a file's resume as its reader sees it, without tags and marks."""
    rows = [row for row in text.split("\n") if not row.startswith("<!--")]
    return _TAG.sub("", "\n".join(rows)).strip("\n") + "\n"


def written(text: str) -> list[Written]:
    """Return the lines of a file."""
    lines: list[Written] = []
    gap = True
    for row in text.split("\n"):
        if row.startswith("<!--"):
            continue
        if not _TAG.sub("", row).strip():
            gap = True
            continue
        lines.append(replace(_line(row), gap=gap))
        gap = False
    return lines


def _line(row: str) -> Written:
    line = Written([[]])
    tag, begin = "", 0
    for match in _TAG.finditer(row):
        _put(line, row[begin : match.start()], tag)
        begin = match.end()
        tag = _open(line, tag, closing=bool(match[1]), name=match[2], section=match[3] or "")
    _put(line, row[begin:], tag)
    line.cells = [cell for cell in line.cells if any(text.strip() for text, _ in cell)] or [[]]
    if line.mark == "b" and line.cells[0]:
        text, tag = line.cells[0][0]
        line.cells[0][0] = (_GLYPH.sub("", text, count=1), tag)
    return line


def _open(line: Written, before: str, closing: bool, name: str, section: str) -> str:
    """Take a tag or a mark in; return the tag of the words behind it."""
    if name in MARKS:
        line.mark = line.mark or name
        return before
    if name == "h":
        line.heading = line.heading or section
        return "" if closing else "heading"
    line.tags |= {name}
    return "" if closing else name


def _put(line: Written, text: str, tag: str) -> None:
    for number, piece in enumerate(text.split("\t")):
        if number:
            line.cells.append([])
        if piece:
            line.cells[-1].append((piece, tag))
