"""RTF as blocks: its control words are followed as far as text, styles, lists, tables and links go.

Written after the Rich Text Format Specification 1.9.1.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, ClassVar

from pipeline.core import UnreadableDocument
from pipeline.resumes.reading.formats.blocks import Block, paragraph
from pipeline.resumes.reading.formats.rtf.fonts import codec_of, fonts_in
from pipeline.resumes.reading.formats.source import MAX_CHARACTERS
from pipeline.resumes.reading.lines import TOO_LONG

MAX_DEPTH = 500
_TOKEN = re.compile(
    r"\\([a-zA-Z]{1,32})(-?\d{1,10})? ?|\\'([0-9a-fA-F]{2})|\\([^a-zA-Z])|([{}])|[\r\n]+|([^\\{}\r\n]+)", re.S
)
_TEXT_OF = {
    "tab": "\t", "line": "\n", "bullet": "•", "emdash": "—", "endash": "–", "lquote": "‘", "rquote": "’",
    "ldblquote": "“", "rdblquote": "”", "emspace": " ", "enspace": " ", "qmspace": " ",
}  # fmt: skip
_SYMBOL_OF = {"~": " ", "_": "-", "\t": "\t", "\\": "\\", "{": "{", "}": "}"}
_NO_TEXT = frozenset(
    "fonttbl colortbl stylesheet info pict object datafield template generator listtable listoverridetable rsidtbl "
    "revtbl xmlnstbl themedata colorschememapping latentstyles datastore footnote annotation atnid atnauthor comment "
    "nonshppict private fldtype bkmkstart bkmkend formfield".split()
)
_PARTS = {f"{part}{pages}": part for part in ("header", "footer") for pages in ("", "l", "r", "f")}
_STYLE = re.compile(r"\\s(\d{1,5})\b([^{};]*)(?:\{[^{}]*\})*([^{};\\]*);")
_OUTLINE = re.compile(r"\\outlinelevel(\d)")
_HEADING_NAME = re.compile(r"heading (\d)", re.I)
_LINK = re.compile(r"HYPERLINK\s+\"([^\"]{1,2000})\"")


@dataclass(frozen=True, slots=True)
class _State:
    """What holds until its group ends."""

    bold: bool = False
    italic: bool = False
    is_hidden: bool = False
    size: float = 12.0
    font: int = -1
    fallback: int = 1  # letters that stand for a Unicode one in older programs
    link: str | None = None
    goes_to: str = "body"  # "body", "nowhere", "mark" (of a list item), "link"
    part: str = ""


@dataclass(frozen=True, slots=True)
class _Paragraph:
    """What is said of the paragraph at hand."""

    heading: int = 0
    is_item: bool = False
    level: int = 0
    in_table: bool = False


def rtf_blocks(data: bytes) -> list[Block]:
    """Return the blocks of an RTF document. Raises UnreadableDocument where it is longer than a resume."""
    return _Scanner(data.decode("latin-1").replace("\0", "")).blocks()


class _Scanner:
    """Walks the document once, with a stack of states."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.fonts = fonts_in(text)
        self.codec = codec_of(text)
        self.headings = _headings_in(text)
        self.state = _State()
        self.stack: list[_State] = []
        self.paragraph = _Paragraph()
        self.found: list[Block] = []
        self.spans: list[list[Any]] = []
        self.cell: list[Block] = []
        self.row: list[list[Block]] = []
        self.raw = bytearray()  # bytes of the document's code page that wait to be read as letters
        self.link = ""
        self.skips = self.length = self.first_half = 0

    def blocks(self) -> list[Block]:
        """Scan the whole document."""
        index = 0
        while match := _TOKEN.search(self.text, index):
            index = match.end()
            word, number, code, symbol, brace, plain = match.groups()
            if code:
                self._code(code)
                continue
            self._flush_raw()
            if word:
                index += self._word(word, number)
            elif symbol:
                self._symbol(symbol)
            elif brace:
                self._brace(brace)
            elif plain:
                self._plain(plain)
        self._flush_raw()
        self._end_row()
        self._end_paragraph()
        return self.found

    def _brace(self, brace: str) -> None:
        if brace == "{":
            self.stack.append(self.state)
            if len(self.stack) > MAX_DEPTH:
                raise UnreadableDocument("its groups are nested deeper than those of a resume")
            return
        if self.state.part and self.stack and not self.stack[-1].part:
            self._end_paragraph()
        self.state = self.stack.pop() if self.stack else self.state
        self.skips = 0

    def _code(self, code: str) -> None:
        if self.skips:
            self.skips -= 1
        else:
            self.raw.append(int(code, 16))

    def _flush_raw(self) -> None:
        if self.raw:
            codec = self.fonts.get(self.state.font) or self.codec
            text = self.raw.decode(codec, errors="replace") if codec != "symbol" else "•" * len(self.raw)
            self.raw.clear()
            self._text(text)

    def _plain(self, text: str) -> None:
        dropped = min(self.skips, len(text))
        self.skips -= dropped
        self._text(text[dropped:])

    def _text(self, text: str) -> None:
        state = self.state
        if state.goes_to == "link":
            self.link += text
        if not text or state.goes_to != "body" or state.is_hidden:
            return
        self.length += len(text)
        if self.length > MAX_CHARACTERS:
            raise UnreadableDocument(TOO_LONG)
        style = [state.bold, state.italic, state.size, state.link]
        if self.spans and self.spans[-1][1:] == style:
            self.spans[-1][0] += text
        else:
            self.spans.append([text, *style])

    def _unicode(self, code: int) -> None:
        """Add a letter; those beyond the first 65,536 come in two halves."""
        if 0xD800 <= code < 0xDC00:
            self.first_half = code
        elif 0xDC00 <= code < 0xE000:
            self._text(chr(0x10000 + ((self.first_half - 0xD800) << 10) + code - 0xDC00) if self.first_half else "")
            self.first_half = 0
        else:
            self._text(chr(code))

    def _symbol(self, symbol: str) -> None:
        if symbol == "*":  # what follows may be passed over by programs that do not know it
            self.state = replace(self.state, goes_to="nowhere")
        elif symbol in "\r\n":
            self._end_paragraph()
        else:
            self._text(_SYMBOL_OF.get(symbol, ""))

    def _word(self, word: str, digits: str | None) -> int:
        """Follow a control word; return how many letters after it are data to pass over."""
        number = int(digits) if digits else None
        if word == "bin":
            return max(number or 0, 0)
        if word == "u" and number is not None:
            self._unicode(number % 0x10000)
            self.skips = self.state.fallback
        elif word in _TEXT_OF:
            self._text(_TEXT_OF[word])
        elif word in self._ACTIONS:
            self._ACTIONS[word](self)
        elif word in _NO_TEXT:
            self.state = replace(self.state, goes_to="nowhere")
        elif word in _PARTS:
            self._end_paragraph()
            self.state = replace(self.state, part=_PARTS[word], goes_to="body")
        else:
            self._property(word, number)
        return 0

    def _property(self, word: str, number: int | None) -> None:
        is_on, given = number != 0, number or 0
        of_letters: dict[str, dict[str, Any]] = {
            "b": {"bold": is_on},
            "i": {"italic": is_on},
            "v": {"is_hidden": is_on},
            "deleted": {"is_hidden": is_on},
            "fs": {"size": (given or 24) / 2},
            "f": {"font": given},
            "uc": {"fallback": given},
        }
        of_paragraph: dict[str, dict[str, Any]] = {
            "ls": {"is_item": is_on},
            "ilvl": {"level": given},
            "s": {"heading": self.headings.get(given, 0)},
            "outlinelevel": {"heading": given + 1 if given < 9 else 0},
        }
        self.state = replace(self.state, **of_letters.get(word, {}))
        self.paragraph = replace(self.paragraph, **of_paragraph.get(word, {}))

    def _plain_letters(self) -> None:
        kept = self.state
        self.state = _State(fallback=kept.fallback, link=kept.link, goes_to=kept.goes_to, part=kept.part)

    def _mark(self) -> None:
        self.paragraph = replace(self.paragraph, is_item=True)
        self.state = replace(self.state, goes_to="mark")

    def _instruction(self) -> None:
        self.link = ""
        self.state = replace(self.state, goes_to="link")

    def _result(self) -> None:
        link = _LINK.search(self.link)
        self.state = replace(self.state, goes_to="body", link=link[1] if link else None)

    def _reset(self) -> None:
        self.paragraph = _Paragraph()

    def _in_table(self) -> None:
        self.paragraph = replace(self.paragraph, in_table=True)

    def _end_paragraph(self) -> None:
        spans, here = self.spans, self.paragraph
        self.spans = []
        level = here.level if here.is_item else -1
        block = paragraph(spans, heading=here.heading, level=level)
        if self.state.part:
            block["part"] = self.state.part
            if block not in self.found:
                self.found.append(block)
        elif here.in_table:
            self.cell.append(block)
        else:
            self._end_row()
            self.found.append(block)

    def _end_cell(self) -> None:
        self._in_table()
        self._end_paragraph()
        filled = [block for block in self.cell if any(span[0].strip() for span in block["spans"])]
        self.row.append(filled)
        self.cell = []

    def _end_row(self) -> None:
        cells = [cell for cell in (*self.row, self.cell) if cell]
        self.row, self.cell = [], []
        if cells:
            self.found.append({"cells": cells})

    _ACTIONS: ClassVar[dict[str, Callable[["_Scanner"], None]]] = {
        "par": _end_paragraph,
        "sect": _end_paragraph,
        "page": _end_paragraph,
        "column": _end_paragraph,
        "cell": _end_cell,
        "nestcell": _end_cell,
        "row": _end_row,
        "intbl": _in_table,
        "pard": _reset,
        "plain": _plain_letters,
        "listtext": _mark,
        "pntext": _mark,
        "fldinst": _instruction,
        "fldrslt": _result,
    }


def _headings_in(text: str) -> dict[int, int]:
    """Return which of the document's styles are headings, and of which level."""
    start = text.find("{\\stylesheet")
    if start < 0:
        return {}
    found = {}
    for number, properties, name in _STYLE.findall(text[start : start + 200_000]):
        level = _OUTLINE.search(properties)
        named = _HEADING_NAME.search(name)
        if level or named:
            found[int(number)] = int(level[1]) + 1 if level else int(named[1]) if named else 1
    return found
