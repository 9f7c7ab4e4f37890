"""Text fields of data formats: HTML or plain text with list items in it, and periods in words."""

import re
from collections.abc import Sequence
from typing import Any

from pipeline.resumes.reading.dates import find_dates
from pipeline.resumes.reading.formats.blocks import read_blocks
from pipeline.resumes.reading.formats.html.walker import page_blocks, parsed
from pipeline.resumes.reading.formats.text import read_plain_text
from pipeline.resumes.reading.lines import Line

_TAG = re.compile(r"</?(?:p|ul|ol|li|br|div|span|strong|em|b|i|u|a|h[1-6])\b[^<>]{0,2000}>", re.I)


def lines_of(text: Any) -> Sequence[Line]:
    """Return the lines of a text field, which may be HTML."""
    written = str(text or "")
    if not _TAG.search(written):
        return read_plain_text(written)
    blocks, frame = page_blocks(parsed(written))
    return read_blocks(blocks + frame).lines


def one_line(text: Any) -> str | None:
    """Return a text field as one line of plain text; None where it is empty."""
    return " ".join(line.text for line in lines_of(text) if line.text).strip() or None


def described(text: Any) -> dict[str, Any]:
    """Return a description's prose as `summary` and its list items as `highlights`."""
    lines = [line for line in lines_of(text) if line.text]
    prose = "\n".join(line.text for line in lines if not line.is_bullet)
    return {"summary": prose or None, "highlights": [line.text for line in lines if line.is_bullet]}


def period(text: Any) -> dict[str, Any]:
    """Return the start and the end of a period in words; one that cannot be told stays as it is written."""
    written = one_line(text)
    found = find_dates(written) if written else ()
    if not found:
        return {"startDate": written}
    dates = found[0] if len(found) == 1 or found[0].is_range else None
    start = found[0].start
    end = dates.last if dates else found[-1].last
    is_open = (dates or found[-1]).is_open
    return {"startDate": start, "endDate": None if is_open else end}
