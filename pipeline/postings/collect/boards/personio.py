"""Personio, the XML feed of a career page: one `position` a posting."""

from typing import Any

from pipeline.postings.collect.board import IN_HOST, Board
from pipeline.postings.collect.reading import pick, under


def _listed(answer: Any) -> list[Any]:
    found = pick(answer, "workzag-jobs")
    one = pick(found, "position")
    if found == "" or isinstance(one, dict):  # a feed of no positions, or of one
        return [one] if one else []
    return under("position")(found)


BOARD = Board(
    name="personio",
    title="Personio",
    source="Personio",
    address="https://{company}.jobs.personio.de",
    path="/xml",
    listed=_listed,
    suffix=".xml",
    names=IN_HOST,
    links=(r"([^/.]+)\.jobs\.personio\.(?:de|com)",),
    posting_page="https://{company}.jobs.personio.de/job/{id}",
)
