"""Hacker News, a "who is hiring" thread by its number: one posting a top comment; replies are none."""

from typing import Any

from pipeline.postings.collect.board import NUMBER, Board
from pipeline.postings.collect.reading import pick, under


def _listed(answer: Any) -> list[Any]:
    return [item for item in under("children")(answer) if pick(item, "text")]


BOARD = Board(
    name="hn",
    title="Hacker News",
    source="Hacker News: who is hiring",
    address="https://hn.algolia.com",
    path="/api/v1/items/{company}",
    listed=_listed,
    what="THREAD",
    names=NUMBER,
    posting_page="https://news.ycombinator.com/item?id={id}",
    links=(r"news\.ycombinator\.com/item\?id=(\d+)",),
)
