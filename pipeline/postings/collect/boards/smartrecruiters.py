"""SmartRecruiters, Posting API: a list in parts without texts, and one more request for the text of each posting."""

from typing import Any

from pipeline.postings.collect.board import Board, Detail, Pages
from pipeline.postings.collect.reading import pick, under, workplace_flag

SIZE = 100


def _goes_on(answer: Any, number: int, count: int) -> bool:
    total = pick(answer, "totalFound")
    return count > 0 and isinstance(total, int) and number * SIZE + count < total


BOARD = Board(
    name="smartrecruiters",
    title="SmartRecruiters",
    source="SmartRecruiters",
    address="https://api.smartrecruiters.com",
    path="/v1/companies/{company}/postings",
    listed=under("content"),
    stated=lambda item: workplace_flag(item.get("location") or {}, remote="remote", hybrid="hybrid"),
    links=(r"(?:careers|jobs)\.smartrecruiters\.com/([^/?#]+)",),
    pages=Pages(query=lambda number: f"limit={SIZE}&offset={number * SIZE}", goes_on=_goes_on),
    detail=Detail(path="/v1/companies/{company}/postings/{id}", stamp="releasedDate"),
    posting_page="https://jobs.smartrecruiters.com/{company}/{id}",
)
