"""What postings state of pay, place of work and level, counted by kind of role and over time."""

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from statistics import quantiles
from typing import Literal, get_args

from pydantic import BaseModel, ConfigDict

from pipeline.cluster_artifacts import Cluster
from pipeline.core import EMPLOYMENTS, SENIORITIES, WORKPLACES, Pay
from pipeline.market_trends.questions import NOT_SAID, PostingFacts, in_words

FEWEST = 5  # postings that state their pay, below which nothing is said of it
MANY_MONTHS = 36  # from which a course goes by the year
CountedFact = Literal["workplace", "seniority", "employment"]
COUNTED: tuple[CountedFact, ...] = get_args(CountedFact)
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


def pay_by_role(
    clusters: Sequence[Cluster], facts: Mapping[str, PostingFacts], shown: Collection[str]
) -> list[PayRange]:
    """Return what each kind of role pays, by currency, where at least `FEWEST` of its postings shown state it."""
    ranges = []
    for cluster in clusters:
        ranges += pay_ranges(cluster.name, cluster.slug, [facts[i] for i in cluster.vacancy_ids if i in shown])
    return _by_currency(ranges)


def pay_over_time(postings: Iterable[PostingFacts]) -> list[PayRange]:
    """Return what is paid in each month, or year where there are many, as `pay_by_role` does; undated ones are out."""
    ranges = []
    for period, group in _by_period(postings).items():
        ranges += pay_ranges(period, period, group)
    return _by_currency(ranges)


def pay_ranges(name: str, slug: str, postings: Sequence[PostingFacts]) -> list[PayRange]:
    """Return the range of a group of postings in each currency that enough of them name."""
    by_currency: dict[str, list[Pay]] = {}
    for posting in postings:
        if posting.facts.pay:
            by_currency.setdefault(posting.facts.pay.currency, []).append(posting.facts.pay)
    ranges = []
    for currency, pays in sorted(by_currency.items()):
        if len(pays) < FEWEST:
            continue
        ends = [[end for end in (pay.yearly_low, pay.yearly_high) if end is not None] for pay in pays]
        lower, median, upper = quantiles([sum(pair) / len(pair) for pair in ends], n=4, method="inclusive")
        ranges.append(
            PayRange(
                name=name, slug=slug, currency=currency, count=len(pays), total=len(postings),
                lowest=min(map(min, ends)), lower_quarter=lower, median=median, upper_quarter=upper,
                highest=max(map(max, ends)),
            )
        )  # fmt: skip
    return ranges


def _by_currency(ranges: list[PayRange]) -> list[PayRange]:
    """Return the ranges with those of the currency that most postings name first."""
    counts: Counter[str] = Counter()
    for each in ranges:
        counts[each.currency] += each.count
    return sorted(ranges, key=lambda each: (-counts[each.currency], each.currency))


def shares_by_role(
    fact: CountedFact, clusters: Sequence[Cluster], facts: Mapping[str, PostingFacts], shown: Collection[str]
) -> FactShares:
    """Return how many postings of each kind of role state each value of a fact."""
    groups = [[facts[i] for i in cluster.vacancy_ids if i in shown] for cluster in clusters]
    return _shares(fact, [c.name for c in clusters], [c.slug for c in clusters], groups)


def shares_over_time(fact: CountedFact, postings: Iterable[PostingFacts]) -> FactShares:
    """Return how many postings of each month, or year where there are many, state each value of a fact."""
    periods = _by_period(postings)
    return _shares(fact, list(periods), list(periods), list(periods.values()))


def _shares(
    fact: CountedFact, names: Sequence[str], slugs: Sequence[str], groups: Sequence[Sequence[PostingFacts]]
) -> FactShares:
    read = _READERS[fact]
    counted = [Counter(value for posting in group for value in read(posting)) for group in groups]
    known = [*(in_words(value) for value in _ORDER[fact]), NOT_SAID]
    values = tuple(value for value in known if value == NOT_SAID or any(counts[value] for counts in counted))
    return FactShares(
        fact=fact,
        names=tuple(names),
        slugs=tuple(slugs),
        values=values,
        counts=tuple(tuple(counts[value] for value in values) for counts in counted),
        totals=tuple(map(len, groups)),
    )


_READERS: dict[CountedFact, Callable[[PostingFacts], Iterable[str]]] = {
    "workplace": lambda posting: (posting.workplace,),
    "seniority": lambda posting: (posting.seniority,),
    "employment": lambda posting: posting.employment,
}


def _by_period(postings: Iterable[PostingFacts]) -> dict[str, list[PostingFacts]]:
    """Return the dated postings of each month or year, in the order of time."""
    dated = sorted(
        ((posting.posted_on, posting) for posting in postings if posting.posted_on), key=lambda pair: pair[0]
    )
    is_long = len({(day.year, day.month) for day, _ in dated}) > MANY_MONTHS
    periods: dict[str, list[PostingFacts]] = {}
    for day, posting in dated:
        periods.setdefault(f"{day:%Y}" if is_long else f"{day:%Y-%m}", []).append(posting)
    return periods
