"""CSV and its kin: any delimiter, any encoding, with or without lines above the header."""

import csv
import io
import re
from collections.abc import Iterator

from pipeline.core import UnreadableDocument
from pipeline.postings.encodings import decode
from pipeline.postings.formats.content import Content, Format
from pipeline.postings.formats.header import rows_under_header

DELIMITERS = {
    ",": "commas",
    ";": "semicolons",
    "\t": "tabs",
    "|": "bars",
    "^": "carets",
    "~": "tildes",
    "\x1f": "separators",
}
MAX_CELL = 10_000_000  # characters
SNIFFED = 200_000  # characters
_SEP = re.compile(r"\Asep=(.)\r?\n", re.I)


def _read(data: bytes) -> Content:
    text = decode(data)
    sep = _SEP.match(text)
    delimiter = sep[1] if sep else find_delimiter(text)
    if sep:
        text = text[sep.end() :]
    csv.field_size_limit(MAX_CELL)
    try:
        rows = list(_cells(text, delimiter))
    except csv.Error as error:
        raise UnreadableDocument(f"it is not a readable CSV file ({error})") from error
    table, day = rows_under_header(rows)
    return Content(tree=table, day=day, what=f"rows parted by {DELIMITERS.get(delimiter, repr(delimiter))}")


def _cells(text: str, delimiter: str) -> Iterator[list[str]]:
    return (row for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter) if any(map(str.strip, row)))


def find_delimiter(text: str) -> str:
    """Return the delimiter that gives the rows of a text most often one number of cells, and more than one."""
    head = text[:SNIFFED]
    if len(text) > SNIFFED:
        head = head[: head.rfind("\n") + 1] or head
    return max(DELIMITERS, key=lambda delimiter: _regularity(head, delimiter))


def _regularity(head: str, delimiter: str) -> float:
    if delimiter not in head:
        return 0.0
    try:
        widths = [len(row) for row in _cells(head, delimiter)][:500]
    except csv.Error:
        return 0.0
    if not widths:
        return 0.0
    usual = max(set(widths), key=lambda width: (widths.count(width), width))
    # A wide table counts for more: commas within prose also part it into two or three now and then.
    return (widths.count(usual) / len(widths)) * min(usual - 1, 6) ** 0.5 if usual > 1 else 0.01


FORMATS = (Format((".csv", ".tsv", ".tab", ".psv"), _read, holds_rows=True, max_bytes=500_000_000),)
