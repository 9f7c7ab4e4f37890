"""LaTeX as lines: sections, items, line breaks and styles are followed; nothing is run, no other file is read."""

import re
import unicodedata
from dataclasses import dataclass, replace

from pipeline.resumes.reading.formats.latex.commands import (
    BOLD,
    BREAKS,
    DROPPED,
    ENVIRONMENTS,
    HEADINGS,
    ITALIC,
    LINE_ENDS,
    LISTS,
    SIZES,
    SYMBOLS,
    spelled_out,
    with_known_commands,
)
from pipeline.resumes.reading.formats.latex.macros import arguments_at, expanded_body, group_end
from pipeline.resumes.reading.lines import Line, Span, plain, split_cells, without_bullet

_ACCENTS = {
    "`": "\u0300", "'": "\u0301", "^": "\u0302", '"': "\u0308", "~": "\u0303", "=": "\u0304", ".": "\u0307",
    "u": "\u0306", "v": "\u030c", "H": "\u030b", "c": "\u0327", "k": "\u0328", "r": "\u030a",
}  # fmt: skip
_SPACING = dict.fromkeys(",;: \n", " ") | dict.fromkeys("!/-@()", "")
_TOKEN = re.compile(r"\\([A-Za-z@]+)\*?|\\(.)|([{}&~$])|(\n[ \t]*\n\s*)|(\n)|(---?|``|'')", re.S)


@dataclass(frozen=True, slots=True)
class _Style:
    bold: bool = False
    italic: bool = False
    size: float = 1.0
    link: str | None = None
    closes: str = ""  # what the end of the group does: "heading" ends a heading


def read_latex(source: str) -> tuple[list[Line], list[str]]:
    """Return the lines of a LaTeX document, and what a reader should know: files that it would take in."""
    notes = []
    if re.search(r"\\(?:input|include|subfile|import)\s*\{(?!glyphtounicode)", source):
        notes.append("The file takes in other files; they are not read.")
    scanner = _Scanner(with_known_commands(expanded_body(source)))
    return scanner.lines(), notes


class _Scanner:
    """Walks the body once, from left to right, with a stack of styles."""

    def __init__(self, body: str) -> None:
        self.body = body
        self.found: list[Line] = []
        self.spans: list[Span] = []
        self.stack: list[_Style] = [_Style()]
        self.pending: _Style | None = None
        self.lists: list[bool] = []  # of each open list, whether its items have a mark
        self.is_item = self.has_gap = self.in_math = False
        self.heading = 0

    def lines(self) -> list[Line]:
        """Scan the whole body."""
        index = 0
        while match := _TOKEN.search(self.body, index):
            self._text(self.body[index : match.start()])
            index = self._token(match)
        self._text(self.body[index:])
        self._flush()
        return self.found

    @property
    def style(self) -> _Style:
        return self.stack[-1]

    def _text(self, text: str) -> None:
        if text:
            style = self.style
            self.spans.append(Span(text, style.bold, style.italic, style.link))

    def _token(self, match: re.Match[str]) -> int:
        if match[1]:
            return self._command(match[1], match.end())
        if match[2]:
            return self._character(match[2], match.end())
        if match[3] == "{":
            self.stack.append(self.pending or replace(self.style, closes=""))
            self.pending = None
        elif match[3] == "}":
            ended = self.stack.pop() if len(self.stack) > 1 else self.style
            if ended.closes == "heading":
                self._flush()
        elif match[3] == "&":
            self._text("\t")
        elif match[3] == "~" or match[5]:
            self._text(" ")
        elif match[4]:
            self._flush()
            self.has_gap = True
        elif match[6]:
            self._text({"--": "–", "---": "—", "``": "“", "''": "”"}[match[6]])
        return match.end()

    def _character(self, character: str, index: int) -> int:
        if character == "\\":
            self._flush()
            return self._past(r"\*?\s*\[[^\]]{0,300}\]", index)
        if character in _ACCENTS and character not in "uvHckr":
            return self._accent(character, index)
        self._text(_SPACING.get(character, character))
        return index

    def _accent(self, accent: str, index: int) -> int:
        letter = re.compile(r"\s*(?:\{\\?([A-Za-z])\}|\\([ij])(?![A-Za-z])|([A-Za-z]))").match(self.body, index)
        if letter:
            base = letter[1] or letter[2] or letter[3]
            self._text(unicodedata.normalize("NFC", base + _ACCENTS[accent]))
            return letter.end()
        return index

    def _command(self, name: str, index: int) -> int:
        if name in _ACCENTS and re.compile(r"\s*\{\\?[A-Za-z]\}|\s+[A-Za-z]\b").match(self.body, index):
            return self._accent(name, index)
        if name in ("begin", "end"):
            return self._environment(name, index)
        if name in SYMBOLS:
            self._text(SYMBOLS[name])
            return self._after_space(index)
        if name == "item":
            return self._item(index)
        if name in HEADINGS:
            self._flush()
            self.heading, self.has_gap = HEADINGS[name], True
            self.pending = replace(_Style(), closes="heading")
            return self._after_options(index)
        if name in ("href", "url", "nolinkurl", "hyperlink"):
            return self._link(name, index)
        if name in BREAKS:
            self._text("\t")
        elif name in LINE_ENDS:
            self._flush()
        if name in DROPPED:
            return arguments_at(self.body, self._after_options(self._past(r"\d*", index)), DROPPED[name])[1]
        self._set_style(name, index)
        return self._after_options(self._after_space(index))

    def _set_style(self, name: str, index: int) -> None:
        style = self.style
        changed = replace(
            style,
            bold=BOLD.get(name, style.bold),
            italic=ITALIC.get(name, style.italic),
            size=SIZES.get(name, style.size),
            closes="",
        )
        is_of_group = name.startswith(("text", "emph", "underline", "mbox")) or self.body[index : index + 1] == "{"
        if is_of_group:
            self.pending = changed
        if not is_of_group or name in SIZES:
            self.stack[-1] = replace(changed, closes=style.closes)

    def _after_space(self, index: int) -> int:
        return self._past(r"[ \t]*(?:\{\})?", index)

    def _after_options(self, index: int) -> int:
        return self._past(r"(?:\s*\[[^\[\]]{0,300}\])*", index)

    def _past(self, pattern: str, index: int) -> int:
        match = re.compile(pattern).match(self.body, index)
        return match.end() if match else index

    def _link(self, name: str, index: int) -> int:
        arguments, end = arguments_at(self.body, index, 1)
        target = arguments[0].replace("\\", "") if arguments else ""
        if name != "href":
            self.spans.append(Span(target, self.style.bold, self.style.italic, target or None))
            return end
        self.pending = replace(self.style, link=target or None, closes="")
        return end

    def _item(self, index: int) -> int:
        self._flush()
        self.is_item = not self.lists or self.lists[-1]
        self.has_gap = self.has_gap or not self.is_item
        start = self._past(r"\s*", index)
        if self.body[start : start + 1] == "[":
            end = group_end(self.body, start, "[", "]")
            label = self.body[start + 1 : end]
            if re.search(r"\w{2,}", re.sub(r"\\[A-Za-z]+", "", label)):
                self.spans.append(Span(re.sub(r"\\[A-Za-z]+|[{}]", "", label).strip() + " ", bold=True))
            return end + 1
        return index

    def _environment(self, which: str, index: int) -> int:
        arguments, end = arguments_at(self.body, index, 1)
        name = arguments[0].strip() if arguments else ""
        self._flush()
        is_list = name.rstrip("*") in LISTS
        if which == "begin" and is_list:
            options = re.compile(r"\s*\[((?:[^\[\]]|\[[^\]]{0,300}\]){0,300})\]").match(self.body, end)
            self.lists.append(not (options and re.search(r"label\s*=\s*(?:\{\s*\}|,|$)", options[1])))
            return options.end() if options else end
        self.has_gap = True
        if which == "begin":
            return self._after_options(self._begin(name, end))
        if is_list or name.lower() == "rsubsection":
            del self.lists[-1:]
        return end

    def _begin(self, name: str, end: int) -> int:
        """Begin an environment that is no list; return where its arguments end."""
        if name.lower() in ("rsection", "cvsection"):
            titles, end = arguments_at(self.body, end, 1)
            self.found.append(Line(plain("".join(titles)), heading=1, has_gap=True, is_whole=True))
        elif name.lower() == "rsubsection":
            parts, end = arguments_at(self.body, end, 4)
            self.body = self.body[:end] + spelled_out("0b|1p/2i|3p", parts) + self.body[end:]
            self.lists.append(True)
        else:
            for _ in range(ENVIRONMENTS.get(name, 0)):
                end = arguments_at(self.body, self._after_options(end), 1)[1]
        return end

    def _flush(self) -> None:
        """End the line: an item without words before its first line gives its bullet to that line."""
        spans = [replace(span, text=re.sub(r"[ \n]+", " ", span.text)) for span in self.spans]
        self.spans = []
        cells = split_cells(spans, r"\t+")
        if not cells:
            return
        line = Line(cells, heading=self.heading, size=self.style.size, has_gap=self.has_gap, is_whole=True)
        if self.is_item:
            line = replace(line, is_bullet=True, level=max(sum(self.lists) - 1, 0))
        self.found.append(line if self.heading else without_bullet(line))
        self.heading, self.is_item, self.has_gap = 0, False, False
