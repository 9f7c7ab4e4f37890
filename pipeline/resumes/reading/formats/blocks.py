"""Blocks as lines: what documents of paragraphs and tables (Word, OpenDocument, RTF, HTML) have in common.

A paragraph is `{"spans": [[text, bold, italic, size, link], ...], "heading": 0 to 9, "level": -1 for no list item, else
its depth}`, a table row `{"cells": [[block, ...], ...]}`. Those of a text box have `"box": True`, those of page headers
and footers the name of their `"part"`.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import chain, zip_longest
from typing import Any

from pipeline.resumes.reading.formats.sizes import usual_size
from pipeline.resumes.reading.formats.source import Lines
from pipeline.resumes.reading.learned.headings import SHORT, heads_section, section_of
from pipeline.resumes.reading.lines import Cell, Line, Span, cell_text, plain, split_cells, without_bullet

Block = dict[str, Any]
_PAGE = re.compile(r"\b(?:page|seite|of|von|sur|p\.)\b", re.I)


def paragraph(spans: list[list[Any]], heading: int = 0, level: int = -1) -> Block:
    """Return a paragraph of spans."""
    return {"spans": spans, "heading": heading, "level": level}


def texts_of(blocks: list[Block]) -> list[str]:
    """Return the text of each paragraph."""
    texts = [" ".join("".join(span[0] for span in block["spans"]).split()) for block in _paragraphs(blocks)]
    return [text for text in texts if text]


def read_blocks(blocks: list[Block]) -> Lines:
    """Return a document's lines; page numbers are left out.

    Text boxes with sections of their own come after what they stand beside; what a footer says counts as contact data.
    """
    body = usual_size(((span[3], span[0]) for block in _paragraphs(blocks) for span in block["spans"]), 11.0)
    foot = [line for block in blocks if block.get("part") == "footer" for line in _lines(block, body) if line.cells]
    left_out = [line.text for line in foot if not re.search(r"[^\W\d_]{2}", _PAGE.sub("", line.text))]
    foot = [line for line in foot if line.text not in left_out]
    lines = _body_lines([block for block in blocks if block.get("part") != "footer"], body)
    contact = [Line(plain("Contact"), heading=1, is_whole=True, has_gap=True), *foot] if foot else []
    return Lines(lines + contact, left_out=left_out)


def _body_lines(blocks: list[Block], body: float) -> list[Line]:
    seen_heading = False
    lines: list[Line] = []
    later: list[Line] = []
    for group in _grouped(blocks):
        found = [line for block in group for line in _lines(block, body)]
        headed = any(_is_heading(line) for line in found)
        if group[0].get("box") and seen_heading and headed:
            later += [replace(line, heading=line.heading or int(_is_heading(line))) for line in found]
        else:
            lines += found
            seen_heading = seen_heading or headed
    return _with_gaps(lines + later)


def _grouped(blocks: list[Block]) -> Iterator[list[Block]]:
    """Yield the blocks one by one, those of neighbouring text boxes together."""
    group: list[Block] = []
    for block in blocks:
        if group and not block.get("box"):
            yield group
            group = []
        if block.get("box"):
            group.append(block)
        else:
            yield [block]
    if group:
        yield group


def _is_heading(line: Line) -> bool:
    return bool(line.heading) or (len(line.text) < SHORT and section_of(line.text) is not None)


def _paragraphs(blocks: list[Block]) -> Iterator[Block]:
    for block in blocks:
        if "cells" in block:
            for cell in block["cells"]:
                yield from _paragraphs(cell)
        else:
            yield block


def _with_gaps(lines: list[Line]) -> list[Line]:
    """Drop empty lines, and mark the line after one as standing apart."""
    result: list[Line] = []
    has_gap = True
    for line in lines:
        if line.cells:
            result.append(replace(line, has_gap=line.has_gap or has_gap))
            has_gap = False
        else:
            has_gap = True
    return result


def _lines(block: Block, body: float) -> list[Line]:
    if "cells" in block:
        return _row_lines([[line for inner in cell for line in _lines(inner, body)] for cell in block["cells"]])
    spans = [Span(text, bold, italic, link) for text, bold, italic, _, link in block["spans"]]
    size = usual_size(((span[3], span[0].strip()) for span in block["spans"]), body) / body
    pieces = _broken(spans)
    lines = []
    for number, piece in enumerate(pieces):
        cells = split_cells(piece, r"\t+ *| {4,}")
        heading = block["heading"] if len(pieces) == 1 else 0
        line = Line(cells, heading=heading, size=size, is_whole=True, left=max(block["level"], 0))
        if block["level"] >= 0 and not number and not heading:
            line = replace(line, is_bullet=True, level=block["level"])
        elif not heading:
            line = without_bullet(line)
        lines.append(line)
    return lines or [Line((), is_whole=True)]


def _broken(spans: list[Span]) -> list[list[Span]]:
    """Split the spans of a paragraph at its line breaks."""
    pieces: list[list[Span]] = [[]]
    for span in spans:
        for number, text in enumerate(span.text.split("\n")):
            if number:
                pieces.append([])
            if text:
                pieces[-1].append(replace(span, text=text))
    return pieces


def _row_lines(columns: list[list[Line]]) -> list[Line]:
    """Read a table row: across where its cells are short, cell by cell where they hold text of their own."""
    filled = [held for column in columns if (held := [line for line in column if line.cells])]
    lines = list(chain.from_iterable(filled))
    if len(filled) < 2 or _lays_out_sections(filled) or (len(filled[0]) == 1 and _hangs(filled[0][0])):
        return lines
    if any(line.is_bullet for line in lines) and _count_tall(filled):
        return _beside(filled)
    return [_joined([line for line in row if line]) for row in zip_longest(*filled)]


def _lays_out_sections(columns: list[list[Line]]) -> bool:
    """Tell whether sections stand beside each other, or one beside other text."""
    headed = sum(any(line.heading or heads_section(line.text) for line in column) for column in columns)
    return headed > 1 or (headed == 1 and _count_tall(columns) > 1)


def _count_tall(columns: list[list[Line]]) -> int:
    return sum(len(column) > 2 for column in columns)


def _hangs(line: Line) -> bool:
    """Tell whether the first cell of a row is the heading of what stands beside it, rather than a label in a list."""
    return bool(line.heading) or section_of(line.text) in ("summary", "work", "education", "projects", "publications")


def _beside(columns: list[list[Line]]) -> list[Line]:
    """Put what stands beside the widest cell on that cell's first lines."""
    main = max(columns, key=lambda column: sum(len(line.text) for line in column))
    aside = [line for column in columns if column is not main for line in column]
    head = next((index for index, line in enumerate(main) if line.is_bullet), len(main))
    if not head:
        return aside + main
    first = [_joined([line, beside]) for line, beside in zip(main[:head], aside, strict=False)]
    rest = aside[len(first) :]
    return first + main[len(first) : head] + rest + main[head:]


def _joined(lines: list[Line]) -> Line:
    cells: tuple[Cell, ...] = tuple(cell for line in lines for cell in line.cells if cell_text(cell))
    return replace(lines[0], cells=cells, has_gap=True, heading=lines[0].heading if len(lines) == 1 else 0)
