"""What was collected of one board, as a file of rows: new postings added, those gone marked, none ever dropped.

Beside it lies a hidden file with what tells the board's last answers from its next: marks of its pages, and stamps of
texts. Losing that costs a few requests and nothing else.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError

from pipeline.core import write_atomically
from pipeline.postings.collect.board import NotCollected, Row

READING = 1  # raise when rows would be made in another way of the same answer, so that boards are asked anew
OWN = ("collected_from", "collected_on", "changed_on", "gone_on")  # what the collector says of a posting itself


class Page(BaseModel):
    """What is known of one part of a list: its marks and which postings it held."""

    marks: dict[str, str]
    ids: list[str]
    goes_on: bool = False


class Memory(BaseModel):
    """What is known of a board's last answers."""

    name: str = ""
    reading: int = READING
    asked_on: date | None = None
    pages: dict[str, Page] = {}
    stamps: dict[str, str] = {}


@dataclass(frozen=True)
class Changes:
    """How many postings a run found new, changed, gone and back again."""

    new: int = 0
    changed: int = 0
    gone: int = 0
    back: int = 0

    def __add__(self, other: "Changes") -> "Changes":
        """Count both together."""
        return Changes(
            self.new + other.new, self.changed + other.changed, self.gone + other.gone, self.back + other.back
        )


@dataclass
class Shelf:
    """The rows of one board by their ids, in the order in which they were found."""

    path: Path
    rows: dict[str, Row] = field(default_factory=dict)
    memory: Memory = field(default_factory=Memory)

    @property
    def open(self) -> int:
        """How many postings are not gone."""
        return sum(not row.get("gone_on") for row in self.rows.values())

    def page(self, url: str) -> Page | None:
        """Return what is known of a part of the list, where all that it held is still here."""
        page = self.memory.pages.get(url)
        return page if page and page.marks and all(identifier in self.rows for identifier in page.ids) else None

    def take(self, row: Row, *, source: str, today: date) -> Changes:
        """Add a posting that is new or has changed; one that was gone and is listed again is back."""
        old = self.rows.get(row["id"])
        if old is None:
            self.rows[row["id"]] = row | {"collected_from": source, "collected_on": today.isoformat()}
            return Changes(new=1)
        was_gone = bool(old.pop("gone_on", None))
        if {name: value for name, value in old.items() if name not in OWN} == row:
            return Changes(back=was_gone)
        kept = {name: old[name] for name in OWN if name in old}
        self.rows[row["id"]] = row | kept | {"changed_on": today.isoformat()}
        return Changes(changed=1, back=was_gone)

    def mark_listed(self, identifiers: Iterable[str]) -> int:
        """Take the mark of being gone from what is listed again, and return from how many."""
        return sum(self.rows[known].pop("gone_on", None) is not None for known in identifiers if known in self.rows)

    def mark_gone(self, listed: set[str], today: date) -> int:
        """Mark what is no longer listed, and return how many are so marked for the first time."""
        gone = [row for known, row in self.rows.items() if known not in listed and not row.get("gone_on")]
        for row in gone:
            row["gone_on"] = today.isoformat()
        return len(gone)

    def save(self) -> None:
        """Write the rows, then what is known of the answers they came with; each in one step."""
        data = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in self.rows.values()).encode()
        if self.rows and (not self.path.exists() or self.path.read_bytes() != data):
            write_atomically(self.path, data)
        write_atomically(_memory_path(self.path), self.memory.model_dump_json().encode())


def open_shelf(path: Path) -> Shelf:
    """Return what was collected before. Raises NotCollected where the file no longer holds rows: it is left alone."""
    return Shelf(path, _read_rows(path), _read_memory(path))


def open_shelves(folder: Path) -> list[Shelf]:
    """Return all that was collected into a folder before, in the order of the files' names; what is no such file is
    passed over."""
    shelves = []
    for path in sorted(folder.glob("*.jsonl")):
        try:
            shelf = open_shelf(path)
        except NotCollected:
            continue
        if shelf.memory.name:
            shelves.append(shelf)
    return shelves


def _read_rows(path: Path) -> dict[str, Row]:
    try:
        lines = path.read_text(encoding="utf-8").split("\n")
        rows: list[Any] = [json.loads(line) for line in lines if line.strip()]
        return {row["id"]: row for row in rows}
    except FileNotFoundError:
        return {}
    except OSError as error:
        raise NotCollected(f"{path} cannot be opened ({error.strerror or error})") from error
    except (ValueError, TypeError, KeyError) as error:
        raise NotCollected(
            f"{path.name} no longer holds what was collected: mend it, or move it away to collect anew"
        ) from error


def _read_memory(path: Path) -> Memory:
    try:
        memory = Memory.model_validate_json(_memory_path(path).read_bytes())
    except (OSError, ValidationError):
        return Memory()
    return memory if memory.reading == READING else Memory(name=memory.name, asked_on=memory.asked_on)


def _memory_path(path: Path) -> Path:
    return path.with_name(f".{path.stem}.json")
