"""From what a board answers to rows: its list of postings, and one of them read as a file of that shape would be."""

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

from pipeline.core import UnreadableDocument
from pipeline.postings.collect.board import Board, Item, NotCollected, Row
from pipeline.postings.columns import ColumnChoice
from pipeline.postings.formats import read_content
from pipeline.postings.head_lines import read_head_line
from pipeline.postings.records import UnreadableRow
from pipeline.postings.sources import SOURCES, Source
from pipeline.postings.tables import Table, read_days, read_rows
from pipeline.postings.vacancy import FIELD_NAMES

_FLAGS = {"true": "remote", "false": ""}  # a board that says it is not remote may mean either of the others
_OWN = ("title", "company", "location", "url")


def parse_answer(body: bytes, board: Board, host: str) -> Any:
    """Return an answer as mappings and lists. Raises NotCollected for a page that is none."""
    try:
        tree = read_content(body, board.suffix).tree
    except UnreadableDocument:
        tree = None
    if tree is None:
        found = "a web page" if b"<html" in body[:2000].lower() else "something else"
        raise NotCollected(f"{host} answers with {found} instead of {board.suffix.strip('.').upper()}")
    return tree


def read_posting(item: Item, around: Any, board: Board) -> Row | None:
    """Return a published posting under the names that rows go by, or None where it says nothing.

    `around` is the answer that it stands in, which may name the company for all.
    """
    outer = (around,) if isinstance(around, Mapping) else ()
    source = _source(board.source)
    table = Table("", [item], [outer], ColumnChoice(source.roles()), [], source)
    row = next(read_rows(table))
    if isinstance(row, UnreadableRow) or not any(character.isalnum() for character in row.text):
        return None
    read_days(table, [row])
    head = read_head_line(row.text) if source.reads_head_line else {}
    values = head | row.values
    values["workplace"] = _FLAGS.get(values.get("workplace", ""), values.get("workplace", ""))
    values |= board.stated(item)
    return {
        **{name: values.get(name) for name in _OWN},
        "text": row.text,
        "posted_on": row.posted_on.isoformat() if row.posted_on else None,
        **{name: values.get(name) for name in FIELD_NAMES},
    }


@cache
def _source(name: str) -> Source:
    return next(source for source in SOURCES if source.name == name)


def under(*path: str) -> Callable[[Any], list[Any]]:
    """Return what finds the list of postings under a path of an answer, or the answer itself where there is none."""

    def find(answer: Any) -> list[Any]:
        found = pick(answer, *path)
        if not isinstance(found, list):
            place = f" under {'.'.join(path)}" if path else ""
            raise NotCollected(f"its answer holds no list of postings{place}; perhaps the board has changed")
        return found

    return find


def workplace_flag(item: Item, **flags: str) -> dict[str, str]:
    """Return the workplace where just one of the fields named as `workplace=field` is set."""
    said = [name.replace("_", "-") for name, field in flags.items() if item.get(field) is True]
    return {"workplace": said[0]} if len(said) == 1 else {}


def pick(item: Any, *path: str) -> Any:
    """Return what stands under a path of names, or None."""
    for name in path:
        item = item.get(name) if isinstance(item, Mapping) else None
    return item
