"""The items of a list section: their first lines, what stands below them, their dates and links."""

import re
from collections.abc import Sequence

from pipeline.resumes.reading.dates import DateRange, find_dates
from pipeline.resumes.reading.entries import Entry
from pipeline.resumes.reading.lines import Line, cell_text

URL = re.compile(
    r"(?:https?://|www\.)[^\s<>()]+|(?:github|gitlab|doi|bitbucket|linkedin)\.(?:com|org)(?:/[^\s<>()]*)?", re.I
)


def url_in(entry: Entry, text: str) -> str | None:
    """Return where an entry's links lead, or the address that its text holds."""
    links = [span.link for line in (*entry.header, *entry.body) for cell in line.cells for span in cell if span.link]
    found = URL.search(text)
    return next((link for link in links if link.startswith("http")), None) or (found[0].rstrip(".,") if found else None)


def date_out_of(text: str) -> tuple[str, DateRange | None]:
    """Part the last date of a line, where it stands at an edge or in brackets, from the rest."""
    for date in reversed(find_dates(text)):
        before, after = text[: date.begin].rstrip(" ,(|–—-·:"), text[date.finish :].lstrip(" ,)|–—-·")
        if not after or not before or text[date.begin : date.finish].strip().startswith("("):
            return text if before and after else before or after, date
    return text, None


def list_items(lines: Sequence[Line]) -> list[tuple[str, list[str], Entry]]:
    """Return a list section's items: the first line of each, the lines below it, and where they come from."""
    found: list[tuple[str, list[str], Entry]] = []
    flat = not any(not line.is_bullet and line.starts_bold for line in lines) or all(line.is_bullet for line in lines)
    has_items = any(line.is_bullet and not line.level for line in lines)
    for line in lines:
        text = " ".join(map(cell_text, line.cells))
        opens = (
            (line.is_bullet and not line.level) if has_items and flat else (line.starts_bold or line.has_gap or flat)
        )
        if found and not opens and not (has_items and flat and line.has_gap and not line.is_bullet):
            found[-1][1].append(text)
            found[-1][2].body.append(line)
        else:
            found.append((text, [], Entry(header=[line])))
    return found
