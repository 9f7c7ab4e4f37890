"""Workable, the public account that its widget shows: the company's own blurb above, its postings in `jobs`."""

from pipeline.postings.collect.board import Board
from pipeline.postings.collect.reading import under

BOARD = Board(
    name="workable",
    title="Workable",
    source="Workable",
    address="https://apply.workable.com",
    path="/api/v1/widget/accounts/{company}?details=true",
    listed=under("jobs"),
    key="shortcode",
    links=(r"apply\.workable\.com/([^/?#]+)", r"(?!apply\.|www\.|jobs\.)([^/.]+)\.workable\.com"),
)
