"""Hacker News, a "who is hiring" thread by its number: one posting a top comment, "Company | Role | Place" above."""

import re
from typing import Any

from pipeline.postings.collect.board import NUMBER, Board, Item, Row
from pipeline.postings.collect.reading import day, pick, plain, under
from pipeline.postings.role_phrases import names_occupation


def _listed(answer: Any) -> list[Any]:
    return [item for item in under("children")(answer) if pick(item, "text")]


def _read(item: Item) -> Row:
    text = plain(item.get("text")) or ""
    parts = [part.strip() for part in re.split(r"\s*\|\s*", text.split("\n", 1)[0]) if part.strip()]
    is_head = len(parts) > 1
    return {
        "title": next((part for part in parts[1:] if any(map(names_occupation, part.split()))), None),
        "text": text,
        "company": parts[0] if is_head else None,
        "posted_on": day(item.get("created_at")),
    }


BOARD = Board(
    name="hn",
    title="Hacker News",
    address="https://hn.algolia.com",
    path="/api/v1/items/{company}",
    listed=_listed,
    read=_read,
    what="THREAD",
    names=NUMBER,
    posting_page="https://news.ycombinator.com/item?id={id}",
    links=(r"news\.ycombinator\.com/item\?id=(\d+)",),
    documentation="https://hn.algolia.com/api",
)
