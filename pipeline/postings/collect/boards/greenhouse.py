"""Greenhouse, Job Board API: the whole board in one answer, pay in cents beside it where the company states it."""

from typing import Any

from pipeline.postings.collect.board import Board, Item
from pipeline.postings.collect.reading import pick, under


def _pay(item: Item) -> dict[str, str]:
    ranges = item.get("pay_input_ranges")
    paid = ranges[0] if isinstance(ranges, list) and ranges else None
    amounts = {role: _units(pick(paid, name)) for role, name in (("pay_low", "min_cents"), ("pay_high", "max_cents"))}
    words = {role: pick(paid, name) for role, name in (("pay_currency", "currency_type"), ("pay_period", "title"))}
    return {role: str(value) for role, value in (amounts | words).items() if value} if any(amounts.values()) else {}


def _units(cents: Any) -> str:
    return f"{cents / 100:.2f}".removesuffix(".00") if isinstance(cents, int | float) and cents > 0 else ""


BOARD = Board(
    name="greenhouse",
    title="Greenhouse",
    source="Greenhouse",
    address="https://boards-api.greenhouse.io",
    path="/v1/boards/{company}/jobs?content=true&pay_transparency=true",
    listed=under("jobs"),
    stated=_pay,
    links=(r"(?:job-)?boards\.greenhouse\.io/(?:embed/job_board\?for=)?([^/?#&]+)",),
)
