"""Greenhouse, Job Board API: the whole board in one answer, its HTML escaped once more."""

import html
from typing import Any

from pipeline.postings.collect.board import Board, Item, Row
from pipeline.postings.collect.reading import day, every, first, listed_words, pay, pick, plain, under, words


def _pay(item: Item) -> Row:
    paid = first(item.get("pay_input_ranges"))
    cents = [pick(paid, name) for name in ("min_cents", "max_cents")]
    low, high = (value / 100 if isinstance(value, int | float) else None for value in cents)
    return pay(low, high, pick(paid, "currency_type"), pick(paid, "title"))


def _names(things: Any) -> str | None:
    return listed_words(pick(thing, "name") for thing in every(things))


def _read(item: Item) -> Row:
    return {
        "title": words(item.get("title")),
        "text": plain(html.unescape(str(item.get("content") or ""))),
        "company": words(item.get("company_name")),
        "location": words(pick(item, "location", "name")),
        "url": words(item.get("absolute_url")),
        "posted_on": day(item.get("first_published")),
        "department": _names(item.get("departments")),
        "language": words(item.get("language")),
        **_pay(item),
    }


BOARD = Board(
    name="greenhouse",
    title="Greenhouse",
    address="https://boards-api.greenhouse.io",
    path="/v1/boards/{company}/jobs?content=true&pay_transparency=true",
    listed=under("jobs"),
    read=_read,
    links=(r"(?:job-)?boards(?:\.eu)?\.greenhouse\.io/(?:embed/job_board\?for=)?([^/?#&]+)",),
    documentation="https://developers.greenhouse.io/job-board.html",
)
