"""The header of a table of cells: which row it is, and what stands above it."""

import re
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from pipeline.postings.column_names import known_heading
from pipeline.postings.dates import read_date

TOP_ROWS = 15  # among which the header is looked for
MAX_NAME = 60  # characters of a column's name
Cells = Sequence[Any]
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}|\d{1,2}\.\d{1,2}\.\d{4}|\d{1,2} \w+ \d{4}|\w+ \d{1,2}, \d{4}")


def rows_under_header(rows: Sequence[Cells]) -> tuple[list[dict[str, Any]], date | None]:
    """Return the rows under a table's header as mappings, and the day that the lines above it name, if any.

    A table without a header has columns 1, 2, 3 and so on. Cells beyond the header come as column "beyond 7".
    """
    top = _find_header(rows)
    names = (
        _unique(rows[top]) if top is not None else [f"column {i + 1}" for i in range(max(map(len, rows), default=0))]
    )
    above = rows[:top] if top else []
    records = [
        {names[i] if i < len(names) else f"beyond {len(names)}": cell for i, cell in enumerate(row)}
        for row in rows[0 if top is None else top + 1 :]
        if row != rows[top or 0] or top is None
    ]
    return records, _day_above(above)


def _find_header(rows: Sequence[Cells]) -> int | None:
    """Return which of the top rows is the header: that with most known names, else the first if it reads like names."""
    known = [_known_names(row) for row in rows[:TOP_ROWS]]
    best = max(range(len(known)), key=lambda i: (known[i], -i), default=None)
    if best is not None and known[best] >= 2:
        return best
    widest = max((_filled(row) for row in rows[:TOP_ROWS]), default=0)
    first = next((i for i, row in enumerate(rows[:TOP_ROWS]) if _filled(row) >= max(1, widest * 0.6)), None)
    return first if first is not None and _reads_like_names(rows[first]) else None


def _known_names(row: Cells) -> int:
    return sum(known_heading(cell) is not None for cell in row if _may_be_name(cell))


def _may_be_name(cell: Any) -> bool:
    return isinstance(cell, str) and 0 < len(cell.strip()) <= MAX_NAME


def _reads_like_names(row: Cells) -> bool:
    filled = [str(cell).strip() for cell in row if str(cell if cell is not None else "").strip()]
    return len(set(filled)) == len(filled) and all(
        len(cell) <= MAX_NAME and not re.fullmatch(r"[\d.,:/\s-]+", cell) and "://" not in cell for cell in filled
    )


def _filled(row: Cells) -> int:
    return sum(1 for cell in row if cell is not None and str(cell).strip())


def _unique(header: Cells) -> list[str]:
    """Return the names of a header, unnamed and repeated ones numbered."""
    names: list[str] = []
    for number, cell in enumerate(header, start=1):
        name = str(cell if cell is not None else "").strip() or f"column {number}"
        names.append(name if name not in names else f"{name} ({number})")
    return names


def _day_above(rows: Sequence[Cells]) -> date | None:
    for row in rows:
        for cell in row:
            if isinstance(cell, (date, datetime)):
                return cell.date() if isinstance(cell, datetime) else cell
            for found in _DAY.findall(str(cell or "")):
                if day := read_date(found):
                    return day
    return None
