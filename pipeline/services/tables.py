"""Tables that a spreadsheet can open without harm."""

import csv
import io
from collections.abc import Sequence

CELL_LIMIT = 32_767  # letters that a cell of a workbook can hold


def to_csv(header: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    """Return a CSV in which no cell runs as a formula when a spreadsheet opens it."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(header)
    writer.writerows([[harmless_cell(cell) for cell in row] for row in rows])
    return text.getvalue()


def harmless_cell(cell: object) -> object:
    """Return a cell with an apostrophe before text that a spreadsheet would take for a formula."""
    if isinstance(cell, str) and (cell.lstrip()[:1] in ("=", "+", "-", "@") or cell[:1] in ("\t", "\r")):
        return f"'{cell}"
    return cell


def workbook_cell(cell: object) -> object:
    """Return a cell that a workbook can hold: a text of at most so many letters, with no half of a surrogate pair."""
    return cell[:CELL_LIMIT].encode("utf-8", "replace").decode() if isinstance(cell, str) else cell
