"""Lever, Postings API: a list in parts; `text` is the title, and the body is a description, lists and a closing."""

from pipeline.postings.collect.board import Board, Item, Pages, Row
from pipeline.postings.collect.reading import day, every, headed, listed_words, pay, pick, plain, under, words

SIZE = 100


def _read(item: Item) -> Row:
    lists = [headed(pick(part, "text"), pick(part, "content")) for part in every(item.get("lists"))]
    kind = words(item.get("workplaceType"))
    places = every(pick(item, "categories", "allLocations")) or [pick(item, "categories", "location")]
    return {
        "title": words(item.get("text")),
        "text": plain(item.get("description"), *lists, item.get("additional"), item.get("salaryDescription")),
        "location": listed_words(places),
        "url": words(item.get("hostedUrl")),
        "posted_on": day(item.get("createdAt")),
        "department": listed_words(pick(item, "categories", name) for name in ("department", "team")),
        "employment": words(pick(item, "categories", "commitment")),
        "workplace": None if kind == "unspecified" else kind,
        "country": words(item.get("country")),
        **pay(*(pick(item, "salaryRange", name) for name in ("min", "max", "currency", "interval"))),
    }


BOARD = Board(
    name="lever",
    title="Lever",
    address="https://api.lever.co",
    path="/v0/postings/{company}?mode=json",
    listed=under(),
    read=_read,
    links=(r"jobs\.lever\.co/([^/?#]+)",),
    pages=Pages(
        query=lambda number: f"limit={SIZE}&skip={number * SIZE}", goes_on=lambda answer, number, count: count >= SIZE
    ),
    documentation="https://github.com/lever/postings-api",
)
