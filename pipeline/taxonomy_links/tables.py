"""The tables of a downloaded taxonomy: text with tabs or commas, or workbooks."""

import csv
import io
from collections.abc import Mapping, Sequence
from pathlib import Path

from pipeline.core import RolemapError
from pipeline.postings import decode, run_worker

MAX_TABLE = 200_000_000  # bytes; the largest table of either taxonomy has some 70 MB
MAX_CELL = 1_000_000  # characters
SUFFIXES = (".csv", ".txt", ".tsv", ".xlsx")

Rows = list[dict[str, str]]


def table_files(folder: Path) -> dict[str, Path]:
    """Return the tables of a folder by their names in lower case, without the suffix; "_" counts as a blank."""
    files = sorted(path for path in folder.iterdir() if path.suffix.lower() in SUFFIXES and path.is_file())
    return {path.stem.lower().replace("_", " ").strip(): path for path in files}


def read_table(path: Path, needed: Sequence[str], renamed: Mapping[str, str] | None = None) -> Rows:
    """Read a table as rows by column. `renamed` gives other names of columns that other releases use.

    Raises RolemapError where it cannot be read or a column is missing.
    """
    header, *rows = _cells(path) or [[]]
    columns = [(renamed or {}).get(name, name) for name in (cell.strip().lstrip("\ufeff") for cell in header)]
    if missing := [column for column in needed if column not in columns]:
        has = ", ".join(columns[:8]) or "nothing"
        raise RolemapError(
            f"{path} has no column {' and no column '.join(missing)} (it has {has}). "
            "Give the files as they were downloaded."
        )
    return [dict(zip(columns, row, strict=False)) for row in rows if any(row)]


def _cells(path: Path) -> list[list[str]]:
    try:
        if path.stat().st_size > MAX_TABLE:
            raise RolemapError(f"{path} is larger than {MAX_TABLE // 1_000_000} MB.")
        data = path.read_bytes()
        if path.suffix.lower() == ".xlsx":
            sheets = run_worker("sheets", data)["sheets"]
            return [["" if cell is None else str(cell) for cell in row] for row in next(iter(sheets.values()), [])]
        text = decode(data)
        first = text.partition("\n")[0]
        csv.field_size_limit(MAX_CELL)
        # O*NET's texts quote nothing, and a label may begin with a quotation mark.
        if "\t" in first:
            return [line.split("\t") for line in text.splitlines()]
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=max(",;", key=first.count)))
    except OSError as error:
        raise RolemapError(f"{path} cannot be opened: {error.strerror or error}.") from error
    except (RolemapError, csv.Error) as error:
        raise RolemapError(f"{path} cannot be read: {error}") from error
