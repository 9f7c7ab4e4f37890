"""Ashby, public job posting API: the whole board in one answer, with what is not listed for all to be left out."""

from typing import Any

from pipeline.postings.collect.board import Board
from pipeline.postings.collect.reading import pick, under


def _listed(answer: Any) -> list[Any]:
    return [item for item in under("jobs")(answer) if pick(item, "isListed") is not False]


BOARD = Board(
    name="ashby",
    title="Ashby",
    source="Ashby",
    address="https://api.ashbyhq.com",
    path="/posting-api/job-board/{company}?includeCompensation=true",
    listed=_listed,
    links=(r"jobs\.ashbyhq\.com/([^/?#]+)",),
)
