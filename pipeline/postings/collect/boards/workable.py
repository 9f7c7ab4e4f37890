"""Workable, the public account that its widget shows: the company's own blurb above, its postings in `jobs`."""

from typing import Any

from pipeline.postings.collect.board import Board, Item, Row
from pipeline.postings.collect.reading import day, listed_words, pick, plain, under, words, workplace


def _listed(answer: Any) -> list[Any]:
    company = pick(answer, "name")
    return [{"company": company} | item if isinstance(item, dict) else item for item in under("jobs")(answer)]


def _read(item: Item) -> Row:
    return {
        "title": words(item.get("title")),
        "text": plain(item.get("full_description") or item.get("description")),
        "company": words(item.get("company")),
        "location": listed_words(item.get(name) for name in ("city", "state", "country")),
        "url": words(item.get("url") or item.get("shortlink")),
        "posted_on": day(item.get("published_on") or item.get("created_at")),
        "department": words(item.get("department")),
        "employment": words(item.get("employment_type")),
        "workplace": workplace(item, remote="telecommuting"),
        "seniority": words(item.get("experience")),
    }


BOARD = Board(
    name="workable",
    title="Workable",
    address="https://apply.workable.com",
    path="/api/v1/widget/accounts/{company}?details=true",
    listed=_listed,
    read=_read,
    key="shortcode",
    links=(r"apply\.workable\.com/([^/?#]+)", r"(?!apply\.|www\.|jobs\.)([^/.]+)\.workable\.com"),
    documentation="https://workable.readme.io/reference/jobs-1",
)
