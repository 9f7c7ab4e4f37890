"""Lever, Postings API: a list in parts."""

from pipeline.postings.collect.board import Board, Pages
from pipeline.postings.collect.reading import under

SIZE = 100

BOARD = Board(
    name="lever",
    title="Lever",
    source="Lever",
    address="https://api.lever.co",
    path="/v0/postings/{company}?mode=json",
    listed=under(),
    links=(r"jobs\.lever\.co/([^/?#]+)",),
    pages=Pages(
        query=lambda number: f"limit={SIZE}&skip={number * SIZE}", goes_on=lambda answer, number, count: count >= SIZE
    ),
)
