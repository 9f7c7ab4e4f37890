"""What postings state of pay, place of work and level is counted, and never said of too few."""

from collections.abc import Sequence
from datetime import date

import pytest

from pipeline.cluster_artifacts import Cluster
from pipeline.core import EmploymentFact, Facts, Pay, WorkplaceFact
from pipeline.market_trends import (
    FEWEST,
    MarketQuestion,
    PostingFacts,
    pay_by_role,
    pay_over_time,
    shares_by_role,
    shares_over_time,
)

COOK = Cluster(slug="cook", name="Cook", vacancy_ids=[f"c{n}" for n in range(8)])


def posting(low: float | None = None, high: float | None = None, currency: str = "EUR", **more: object) -> PostingFacts:
    pay = None
    if low or high:
        ends = {"low": low, "high": high, "yearly_low": low, "yearly_high": high}
        pay = Pay(**ends, currency=currency, period="year", quote="q", where="text")
    day = more.pop("day", None)
    return PostingFacts("Cook", None, None, day, Facts(pay=pay, **more))  # type: ignore[arg-type]


def known(postings: Sequence[PostingFacts]) -> dict[str, PostingFacts]:
    return {f"c{number}": each for number, each in enumerate(postings)} | {
        f"c{number}": posting() for number in range(len(postings), 8)
    }


def test_pay_is_given_as_quarters_with_the_counts_it_rests_on() -> None:
    facts = known([posting(30, 50), posting(50, 50), posting(60, None), posting(None, 70), posting(80, 80)])
    (found,) = pay_by_role([COOK], facts, facts)
    assert (found.count, found.total, found.currency) == (5, 8, "EUR")
    assert (found.lower_quarter, found.median, found.upper_quarter) == (50, 60, 70)
    assert (found.lowest, found.highest) == (30, 80)


def test_nothing_is_said_of_fewer_than_five() -> None:
    facts = known([posting(40, 40)] * (FEWEST - 1))
    assert pay_by_role([COOK], facts, facts) == []


def test_currencies_are_never_mixed() -> None:
    facts = known([posting(40, 40)] * 4 + [posting(50, 50, "USD")] * 4)
    assert pay_by_role([COOK], facts, facts) == []


def test_only_what_the_filters_leave_counts() -> None:
    facts = known([posting(40, 40)] * 6)
    assert pay_by_role([COOK], facts, ["c0", "c1"]) == []


def test_pay_goes_by_month_and_leaves_the_thin_ones_out() -> None:
    january = [posting(40, 40, day=date(2026, 1, 5))] * 5
    february = [posting(90, 90, day=date(2026, 2, 5))] * 4
    assert [(p.name, p.median, p.count) for p in pay_over_time([*february, *january])] == [("2026-01", 40, 5)]


def test_shares_count_every_value_and_what_is_not_said() -> None:
    remote = WorkplaceFact(value="remote", quote="remote", where="text")
    facts = known([posting(workplace=remote), posting(workplace=remote)])
    shares = shares_by_role("workplace", [COOK], facts, facts)
    assert shares.values == ("remote", "not said")
    assert (shares.counts, shares.totals) == (((2, 6),), (8,))


def test_a_course_goes_by_the_year_where_months_are_many() -> None:
    days = [date(2020 + number // 12, 1 + number % 12, 1) for number in range(40)]
    shares = shares_over_time("employment", [posting(day=day) for day in days])
    assert shares.names == ("2020", "2021", "2022", "2023")
    assert shares.totals == (12, 12, 12, 4)


@pytest.mark.parametrize(
    ("filters", "passes"),
    [
        (MarketQuestion(employments=frozenset({"part time"})), True),
        (MarketQuestion(employments=frozenset({"contract"})), False),
        (MarketQuestion(pays=frozenset({"EUR"})), True),
        (MarketQuestion(pays=frozenset({"not said"})), False),
        (MarketQuestion(workplaces=frozenset({"not said"})), True),
        (MarketQuestion(languages=frozenset({"de"})), True),
        (MarketQuestion(countries=frozenset({"DE"})), False),
    ],
)
def test_postings_pass_by_what_they_state(filters: MarketQuestion, passes: bool) -> None:
    kinds = [EmploymentFact(value=kind, quote="q", where="text") for kind in ("full_time", "part_time")]
    assert filters.admit(posting(40, 40, employment=kinds, language="de")) is passes
