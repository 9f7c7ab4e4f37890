"""What postings state of pay, place of work and level, counted by kind of role and over time."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from statistics import quantiles
from typing import NamedTuple

from pydantic import BaseModel, ConfigDict

from pipeline.cluster_artifacts import Cluster
from pipeline.core import EMPLOYMENTS, SENIORITIES, WORKPLACES
from pipeline.market_trends.fact_tallies import CountedFact, Tallies, Tally, merged, tallies_of, tally_postings
from pipeline.market_trends.questions import NOT_SAID, PostingFacts, in_words

FEWEST = 5  # postings that state their pay, below which nothing is said of it
MANY_MONTHS = 36  # from which a course goes by the year
_ORDER = {"workplace": WORKPLACES, "seniority": SENIORITIES, "employment": EMPLOYMENTS}


class _Counted(BaseModel):
    model_config = ConfigDict(frozen=True)


class PayRange(_Counted):
    """What is paid a year in one currency: the quarters of what `count` of `total` postings state, never converted.

    A range counts with its middle. `lowest` and `highest` are the ends of all ranges.
    """

    name: str
    slug: str
    currency: str
    count: int
    total: int
    lowest: float
    lower_quarter: float
    median: float
    upper_quarter: float
    highest: float

    @property
    def quarters(self) -> tuple[float, float, float]:
        """Where the first, the second and the third quarter of the postings end."""
        return self.lower_quarter, self.median, self.upper_quarter


class FactShares(_Counted):
    """`counts[row][column]` postings of a row state a value; `totals` are the rows' postings.

    The last value is "not said". A posting may offer several kinds of contract.
    """

    fact: CountedFact
    names: tuple[str, ...]
    slugs: tuple[str, ...]
    values: tuple[str, ...]
    counts: tuple[tuple[int, ...], ...]
    totals: tuple[int, ...]


class Group(NamedTuple):
    """A kind of role, or a month or year, with the tally of its postings."""

    name: str
    slug: str
    tally: Tally


def pay_by_role(
    clusters: Sequence[Cluster], facts: Mapping[str, PostingFacts], shown: Collection[str]
) -> list[PayRange]:
    """Return what each kind of role pays, by currency, where at least `FEWEST` of its postings shown state it."""
    return pay_of(_by_role((), clusters, facts, shown))


def pay_over_time(postings: Iterable[PostingFacts]) -> list[PayRange]:
    """Return what is paid in each month, or year where there are many, as `pay_by_role` does; undated ones are out."""
    return pay_of(groups_over_time(tallies_of(postings, ())))


def shares_by_role(
    fact: CountedFact, clusters: Sequence[Cluster], facts: Mapping[str, PostingFacts], shown: Collection[str]
) -> FactShares:
    """Return how many postings of each kind of role state each value of a fact."""
    return shares_of(fact, _by_role((fact,), clusters, facts, shown))


def shares_over_time(fact: CountedFact, postings: Iterable[PostingFacts]) -> FactShares:
    """Return how many postings of each month, or year where there are many, state each value of a fact."""
    return shares_of(fact, groups_over_time(tallies_of(postings, (fact,))))


def _by_role(
    counted: Sequence[CountedFact],
    clusters: Sequence[Cluster],
    facts: Mapping[str, PostingFacts],
    shown: Collection[str],
) -> list[Group]:
    members = {c.slug: (facts[i] for i in c.vacancy_ids if i in shown) for c in clusters}
    return [Group(c.name, c.slug, tally_postings(members[c.slug], counted)) for c in clusters]


def groups_by_role(clusters: Sequence[Cluster], tallies: Tallies) -> list[Group]:
    """Return the kinds of role with the tallies of all their months."""
    return [Group(c.name, c.slug, merged(t for (slug, _), t in tallies.items() if slug == c.slug)) for c in clusters]


def groups_over_time(tallies: Tallies) -> list[Group]:
    """Return the months, or years where there are many, in the order of time with the tallies of all roles."""
    months = sorted({month for _, month in tallies if month})
    period_of = {month: month[:4] if len(months) > MANY_MONTHS else month for month in months}
    return [
        Group(period, period, merged(tally for (_, month), tally in tallies.items() if period_of.get(month) == period))
        for period in dict.fromkeys(period_of.values())
    ]


def pay_of(groups: Iterable[Group]) -> list[PayRange]:
    """Return the range of each group in each currency that enough of its postings name.

    Those of the currency that most postings name come first.
    """
    ranges = [each for group in groups for each in _ranges(group)]
    counts: Counter[str] = Counter()
    for each in ranges:
        counts[each.currency] += each.count
    return sorted(ranges, key=lambda each: (-counts[each.currency], each.currency))


def _ranges(group: Group) -> Iterable[PayRange]:
    for currency, pays in sorted(group.tally.pays.items()):
        if len(pays.lows) < FEWEST:
            continue
        lower, median, upper = quantiles(pays.middles, n=4, method="inclusive")
        yield PayRange(
            name=group.name, slug=group.slug, currency=currency, count=len(pays.lows), total=group.tally.count,
            lowest=min(pays.lows), lower_quarter=lower, median=median, upper_quarter=upper, highest=max(pays.highs),
        )  # fmt: skip


def shares_of(fact: CountedFact, groups: Sequence[Group]) -> FactShares:
    """Return how many postings of each group state each value of a fact."""
    counted = [group.tally.values for group in groups]
    known = [*(in_words(value) for value in _ORDER[fact]), NOT_SAID]
    values = tuple(value for value in known if value == NOT_SAID or any(counts[fact, value] for counts in counted))
    return FactShares(
        fact=fact,
        names=tuple(group.name for group in groups),
        slugs=tuple(group.slug for group in groups),
        values=values,
        counts=tuple(tuple(counts[fact, value] for value in values) for counts in counted),
        totals=tuple(group.tally.count for group in groups),
    )
