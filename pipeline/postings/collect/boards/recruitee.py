"""Recruitee, Careers Site API: the whole board in one answer under the company's own host."""

from pipeline.postings.collect.board import IN_HOST, Board
from pipeline.postings.collect.reading import under, workplace_flag

BOARD = Board(
    name="recruitee",
    title="Recruitee",
    source="Recruitee",
    address="https://{company}.recruitee.com",
    path="/api/offers/",
    listed=under("offers"),
    stated=lambda item: workplace_flag(item, remote="remote", hybrid="hybrid", on_site="on_site"),
    names=IN_HOST,
    links=(r"([^/.]+)\.recruitee\.com",),
)
