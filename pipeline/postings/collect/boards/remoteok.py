"""Remote OK: its newest postings in one answer, after an entry with its terms, which ask for a link to each posting."""

from typing import Any

from pipeline.postings.collect.board import Board, Item, Row
from pipeline.postings.collect.reading import day, pay, plain, under, words


def _listed(answer: Any) -> list[Any]:
    return [item for item in under()(answer) if not (isinstance(item, dict) and "legal" in item and "id" not in item)]


def _read(item: Item) -> Row:
    return {
        "title": words(item.get("position")),
        "text": plain(item.get("description")),
        "company": words(item.get("company")),
        "location": words(item.get("location")),
        "url": words(item.get("url")),
        "posted_on": day(item.get("date") or item.get("epoch")),
        "workplace": "remote",
        **pay(item.get("salary_min"), item.get("salary_max")),
    }


BOARD = Board(
    name="remoteok",
    title="Remote OK",
    address="https://remoteok.com",
    path="/api",
    listed=_listed,
    read=_read,
    what="",
    lists_all=False,
    documentation="https://remoteok.com/api",
)
