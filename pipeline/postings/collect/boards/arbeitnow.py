"""Arbeitnow, its free job board API: postings of many companies, in parts."""

from typing import Any

from pipeline.postings.collect.board import Board, Item, Pages, Row
from pipeline.postings.collect.reading import day, every, listed_words, pick, plain, under, words, workplace


def _goes_on(answer: Any, number: int, count: int) -> bool:
    return count > 0 and bool(pick(answer, "links", "next"))


def _read(item: Item) -> Row:
    return {
        "title": words(item.get("title")),
        "text": plain(item.get("description")),
        "company": words(item.get("company_name")),
        "location": words(item.get("location")),
        "url": words(item.get("url")),
        "posted_on": day(item.get("created_at")),
        "employment": listed_words(every(item.get("job_types"))),
        "workplace": workplace(item, remote="remote"),
    }


BOARD = Board(
    name="arbeitnow",
    title="Arbeitnow",
    address="https://www.arbeitnow.com",
    path="/api/job-board-api",
    listed=under("data"),
    read=_read,
    key="slug",
    what="",
    pages=Pages(query=lambda number: f"page={number + 1}", goes_on=_goes_on),
    documentation="https://www.arbeitnow.com/blog/job-board-api",
)
