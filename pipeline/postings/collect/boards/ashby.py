"""Ashby, public job posting API: the whole board in one answer, pay beside it where the company shows it."""

from typing import Any

from pipeline.postings.collect.board import Board, Item, Row
from pipeline.postings.collect.reading import day, every, listed_words, pay, pick, plain, under, words

_WORKPLACES = {"Remote": "remote", "Hybrid": "hybrid", "OnSite": "on-site"}


def _listed(answer: Any) -> list[Any]:
    return [item for item in under("jobs")(answer) if pick(item, "isListed") is not False]


def _pay(item: Item) -> Row:
    parts = every(pick(item, "compensation", "summaryComponents"))
    salary: Any = next((part for part in parts if pick(part, "compensationType") == "Salary"), {})
    return pay(*(pick(salary, name) for name in ("minValue", "maxValue", "currencyCode", "interval")))


def _read(item: Item) -> Row:
    others = [pick(place, "location") for place in every(item.get("secondaryLocations"))]
    return {
        "title": words(item.get("title")),
        "text": plain(item.get("descriptionHtml")) or item.get("descriptionPlain"),
        "location": listed_words([item.get("location"), *others]),
        "url": words(item.get("jobUrl")),
        "posted_on": day(item.get("publishedAt")),
        "department": listed_words([item.get("department"), item.get("team")]),
        "employment": words(item.get("employmentType")),
        "workplace": _WORKPLACES.get(
            str(item.get("workplaceType")), "remote" if item.get("isRemote") is True else None
        ),
        "country": words(pick(item, "address", "postalAddress", "addressCountry")),
        **_pay(item),
    }


BOARD = Board(
    name="ashby",
    title="Ashby",
    address="https://api.ashbyhq.com",
    path="/posting-api/job-board/{company}?includeCompensation=true",
    listed=_listed,
    read=_read,
    links=(r"jobs\.ashbyhq\.com/([^/?#]+)",),
    documentation="https://developers.ashbyhq.com/docs/public-job-posting-api",
)
