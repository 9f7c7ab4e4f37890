"""JSON in one piece or a line each."""

import json
import re
from typing import Any

from pipeline.core import UnreadableDocument
from pipeline.postings.encodings import decode
from pipeline.postings.formats.content import Content, Format
from pipeline.postings.records import UnreadableRow

MAX_BYTES = 500_000_000
_ASSIGNMENT = re.compile(r"\A\s*(?:(?:var|let|const|window\.)?[\w.$]+\s*=|[\w.$]+\()\s*(?=[\[{])")


def _read_json(data: bytes) -> Content:
    text = decode(data)
    try:
        return Content(tree=json.loads(text, strict=False), what="JSON")
    except (ValueError, RecursionError):
        pass
    lines = _lines(text)
    if sum(isinstance(line, dict) for line in lines) > len(lines) / 2:  # a line each, whatever the ending says
        return Content(tree=lines, what="JSON, one object a line")
    bare = _ASSIGNMENT.sub("", text).rstrip().rstrip(");")
    try:
        return Content(tree=json.loads(bare, strict=False), what="JSON")
    except (ValueError, RecursionError) as error:
        raise UnreadableDocument("it is not JSON") from error


def _read_lines(data: bytes) -> Content:
    text = decode(data)
    lines = _lines(text)
    if not any(isinstance(line, dict) for line in lines):
        try:
            return Content(tree=json.loads(text, strict=False), what="JSON")
        except (ValueError, RecursionError):
            pass
    return Content(tree=lines, what="JSON, one object a line")


def _lines(text: str) -> list[Any]:
    # Only line feeds end a JSON line: a posting may hold other line separators.
    return [_line(line) for line in text.split("\n") if line.strip()]


def _line(line: str) -> Any:
    try:
        row = json.loads(line.strip().rstrip(","), strict=False)
    except (ValueError, RecursionError):
        return UnreadableRow("the line is not JSON")
    return row if isinstance(row, dict) else UnreadableRow("the line is not a JSON object")


FORMATS = (
    Format((".json",), _read_json, holds_rows=True, max_bytes=MAX_BYTES),
    Format((".jsonl", ".ndjson", ".jl"), _read_lines, holds_rows=True, max_bytes=MAX_BYTES),
)
