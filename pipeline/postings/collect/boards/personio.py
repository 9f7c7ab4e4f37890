"""Personio, the XML feed of a career page: one `position` a posting, its text in named blocks."""

from typing import Any

from pipeline.postings.collect.board import IN_HOST, Board, Item, Row
from pipeline.postings.collect.reading import day, every, headed, listed_words, pick, plain, words


def _listed(answer: Any) -> list[Any]:
    return every(pick(answer, "position"))


def _read(item: Item) -> Row:
    blocks = every(pick(item, "jobDescriptions", "jobDescription"))
    others = every(pick(item, "additionalOffices", "office"))
    return {
        "title": words(item.get("name")),
        "text": plain(*(headed(pick(block, "name"), pick(block, "value")) for block in blocks)),
        "company": words(item.get("subcompany")),
        "location": listed_words([item.get("office"), *others]),
        "posted_on": day(item.get("createdAt")),
        "department": words(item.get("department")),
        "employment": listed_words([item.get("employmentType"), item.get("schedule")]),
        "seniority": words(item.get("seniority")),
    }


BOARD = Board(
    name="personio",
    title="Personio",
    address="https://{company}.jobs.personio.de",
    path="/xml",
    listed=_listed,
    read=_read,
    names=IN_HOST,
    links=(r"([^/.]+)\.jobs\.personio\.(?:de|com)",),
    posting_page="https://{company}.jobs.personio.de/job/{id}",
    is_xml=True,
    documentation="https://developer.personio.de/docs/retrieving-open-job-positions",
)
