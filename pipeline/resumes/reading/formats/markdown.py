"""Markdown as lines: headings, list items, tables, styles and links."""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from pipeline.core import UnreadableDocument
from pipeline.postings import MAX_MARKUP, split_front_matter
from pipeline.resumes.reading.formats.source import Format, Lines, Source
from pipeline.resumes.reading.formats.text import read_plain_text
from pipeline.resumes.reading.lines import TOO_LONG, Cell, Line, Span, split_cells, without_bullet

_HEADING = re.compile(r"^#{1,4} +\w", re.M)
_HTML_TAG = re.compile(
    r"</?(?:div|p|span|center|b|i|u|strong|em|sup|sub|small|font|h[1-6]|a|img|hr|table|tr|td)\b[^<>]{0,300}>", re.I
)


def _recognises(source: Source) -> bool:
    """Tell whether a text file is written in Markdown: it has two headings of its kind."""
    return source.suffix == ".txt" and len(_HEADING.findall(source.opening)) >= 2


def _read(source: Source) -> Lines:
    return Lines(read_markdown(source.text))


def read_markdown(text: str) -> list[Line]:
    """Return the blocks of a Markdown text as lines: headings with levels, list items, table rows."""
    if len(text) > MAX_MARKUP:
        raise UnreadableDocument(TOO_LONG)
    from markdown_it import MarkdownIt

    body, fields = split_front_matter(text)
    body = re.sub(r"<br\s*/?>", "  \n", body, flags=re.I)
    body = _HTML_TAG.sub(" ", re.sub(r"<!--.*?-->", "", body, flags=re.S))
    parser = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])
    front = [Line(((Span(value),),), has_gap=True, is_whole=True) for value in fields.values() if value]
    return front + list(_MarkdownWalker().lines(parser.parse(body)))


class _MarkdownWalker:
    """Turns the parser's tokens into lines, with the state that nesting asks for."""

    def __init__(self) -> None:
        self.heading = self.depth = 0
        self.row: list[Cell] | None = None
        self.starts_item = False
        self.has_gap = True

    def lines(self, tokens: list[Any]) -> Iterator[Line]:
        """Yield the lines of all tokens."""
        for token in tokens:
            if token.type == "tr_close":
                yield Line(tuple(cell for cell in self.row or [] if cell), has_gap=self.has_gap, is_whole=True)
                self.row, self.has_gap = None, False
            elif token.type in ("code_block", "fence"):
                yield from (replace(line, has_gap=True) for line in read_plain_text(token.content))
            elif token.type == "inline" and self.row is not None:
                self.row.append(tuple(span for spans, _ in _pieces(token.children or []) for span in spans))
            elif token.type == "inline":
                yield from self._inline(token)
            else:
                self._open_or_close(token)

    def _open_or_close(self, token: Any) -> None:
        if token.type == "heading_open":
            self.heading = int(token.tag[1])
        elif token.type in ("bullet_list_open", "ordered_list_open"):
            self.depth += 1
        elif token.type in ("bullet_list_close", "ordered_list_close"):
            self.depth -= 1
        elif token.type == "list_item_open":
            self.starts_item = True
        elif token.type == "tr_open":
            self.row = []
        opens = token.type == "paragraph_open" and not token.hidden
        self.has_gap = self.has_gap or opens or token.type in ("heading_open", "bullet_list_close", "hr")

    def _inline(self, token: Any) -> Iterator[Line]:
        for number, (spans, ends_hard) in enumerate(_pieces(token.children or [])):
            line = _markdown_line(spans, self.heading, self.has_gap and not number, ends_hard)
            if line is None:
                continue
            if self.starts_item and not number:
                line = replace(line, is_bullet=True, level=self.depth - 1)
            elif self.depth:
                line = replace(line, left=line.left + 2)
            yield replace(line, is_whole=True) if self.heading else line
        self.heading, self.starts_item, self.has_gap = 0, False, False


def _markdown_line(spans: list[Span], heading: int, has_gap: bool, ends_hard: bool) -> Line | None:
    cells = split_cells(spans, r"\t+ *| {3,}")
    if not cells:
        return None
    length = sum(len(span.text) for span in spans)
    line = Line(cells, heading=heading, has_gap=has_gap, right=length, end=length, is_whole=ends_hard)
    return line if heading else without_bullet(line)


def _pieces(children: list[Any]) -> Iterator[tuple[list[Span], bool]]:
    """Yield the spans of each line of a paragraph, and whether it ends there whatever follows."""
    spans: list[Span] = []
    bold = italic = 0
    link: str | None = None
    for child in children:
        if child.type == "code_inline" and spans and not spans[-1].text.strip():
            spans[-1] = replace(spans[-1], text="\t")  # one name a piece, as labels beside each other
        if child.type in ("strong_open", "strong_close"):
            bold += 1 if child.nesting == 1 else -1
        elif child.type in ("em_open", "em_close"):
            italic += 1 if child.nesting == 1 else -1
        elif child.type == "link_open":
            link = str(child.attrGet("href") or "") or None
        elif child.type == "link_close":
            link = None
        elif child.type in ("softbreak", "hardbreak"):
            yield spans, child.type == "hardbreak"
            spans = []
        elif child.content:
            spans.append(Span(child.content, bool(bold), bool(italic), link))
    yield spans, False


FORMAT = Format((".md", ".markdown"), _recognises, _read)
