"""Arbeitnow, its free job board API: postings of many companies, in parts."""

from typing import Any

from pipeline.postings.collect.board import Board, Pages
from pipeline.postings.collect.reading import pick, under


def _goes_on(answer: Any, number: int, count: int) -> bool:
    return count > 0 and bool(pick(answer, "links", "next"))


BOARD = Board(
    name="arbeitnow",
    title="Arbeitnow",
    source="Arbeitnow",
    address="https://www.arbeitnow.com",
    path="/api/job-board-api",
    listed=under("data"),
    key="slug",
    what="",
    pages=Pages(query=lambda number: f"page={number + 1}", goes_on=_goes_on),
)
