"""Remote OK: its newest postings in one answer, after an entry with its terms, which ask for a link to each posting."""

from typing import Any

from pipeline.postings.collect.board import Board
from pipeline.postings.collect.reading import under


def _listed(answer: Any) -> list[Any]:
    return [item for item in under()(answer) if not (isinstance(item, dict) and "legal" in item and "id" not in item)]


BOARD = Board(
    name="remoteok",
    title="Remote OK",
    source="RemoteOK",
    address="https://remoteok.com",
    path="/api",
    listed=_listed,
    stated=lambda item: {"workplace": "remote"},
    what="",
    lists_all=False,
)
