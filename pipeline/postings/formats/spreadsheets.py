"""Spreadsheets: every sheet that holds rows, whatever stands above their header."""

from typing import Any

from pipeline.core import UnreadableDocument
from pipeline.postings.formats.content import Content, Format
from pipeline.postings.formats.header import rows_under_header
from pipeline.postings.formats.hostile import run_worker
from pipeline.postings.formats.pages import read_page


def _read(data: bytes) -> Content:
    if not data.startswith((b"PK", b"\xd0\xcf\x11\xe0")):
        return _disguised(data)
    sheets: dict[str, list[list[Any]]] = run_worker("sheets", data)["sheets"]
    tree, day = {}, None
    for name, rows in sheets.items():
        table, above = rows_under_header(rows)
        day = day or above
        if table:
            tree[name] = table
    if not tree:
        raise UnreadableDocument("no sheet of it holds rows under a header")
    return Content(tree=tree, day=day, what=f"a spreadsheet with {len(sheets)} sheet{'s' if len(sheets) > 1 else ''}")


def _disguised(data: bytes) -> Content:
    """Read what portals call a spreadsheet and is a page or text with tabs."""
    from pipeline.postings.encodings import decode
    from pipeline.postings.formats import delimited

    if b"<table" in data[:100_000].lower():
        return read_page(decode(data))
    return delimited.FORMATS[0].read(data)


FORMATS = (Format((".xlsx", ".xls", ".xlsm", ".xlsb", ".ods"), _read, holds_rows=True, max_bytes=50_000_000),)
