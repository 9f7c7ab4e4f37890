"""How many postings of a group state what: tallies that add up, of postings in memory or of columns of a file."""

from array import array
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Literal, get_args

from pipeline.market_trends.questions import NOT_SAID, PostingFacts, in_words
from pipeline.postings import typical_seniority

CountedFact = Literal["workplace", "seniority", "employment"]
COUNTED: tuple[CountedFact, ...] = get_args(CountedFact)
_PAY = ("currency", "yearly_low", "yearly_high")
Tallies = dict[tuple[str, str], "Tally"]  # by kind of role and month, which is empty where there is no date


@dataclass
class Pays:
    """The lower and the upper ends of yearly pays in one currency; where one end is named, it is both."""

    lows: "array[float]" = field(default_factory=lambda: array("d"))
    highs: "array[float]" = field(default_factory=lambda: array("d"))

    @property
    def middles(self) -> list[float]:
        """The middle of each range."""
        return [(low + high) / 2 for low, high in zip(self.lows, self.highs, strict=True)]


@dataclass
class Tally:
    """How many postings there are, how many state each value of each fact, and their yearly pays by currency."""

    count: int = 0
    values: Counter[tuple[CountedFact, str]] = field(default_factory=Counter)
    pays: dict[str, Pays] = field(default_factory=dict)

    def add(self, other: "Tally") -> None:
        """Count the postings of another tally in."""
        self.count += other.count
        self.values.update(other.values)
        for currency, pays in other.pays.items():
            own = self.pays.setdefault(currency, Pays())
            own.lows.extend(pays.lows)
            own.highs.extend(pays.highs)

    def add_pay(self, currency: str, low: float, high: float) -> None:
        """Count one posting's pay in."""
        pays = self.pays.get(currency) or self.pays.setdefault(currency, Pays())
        pays.lows.append(low)
        pays.highs.append(high)


def merged(tallies: Iterable[Tally]) -> Tally:
    """Return the tally of all postings of several."""
    whole = Tally()
    for tally in tallies:
        whole.add(tally)
    return whole


def tally_postings(postings: Iterable[PostingFacts], facts: Sequence[CountedFact] = COUNTED) -> Tally:
    """Return the tally of postings in memory; of pay in any case, of `facts` where these are asked for."""
    tally = Tally()
    for posting in postings:
        tally.count += 1
        tally.values.update((fact, value) for fact in facts for value in _values(posting, fact))
        if pay := posting.facts.pay:
            ends = [end for end in (pay.yearly_low, pay.yearly_high) if end is not None]
            tally.add_pay(pay.currency, ends[0], ends[-1])
    return tally


def tallies_of(postings: Iterable[PostingFacts], facts: Sequence[CountedFact] = COUNTED) -> Tallies:
    """Return the tallies of postings in memory."""
    groups: dict[tuple[str, str], list[PostingFacts]] = {}
    for posting in postings:
        month = f"{posting.posted_on:%Y-%m}" if posting.posted_on else ""
        groups.setdefault((posting.role, month), []).append(posting)
    return {key: tally_postings(group, facts) for key, group in groups.items()}


def _values(posting: PostingFacts, fact: CountedFact) -> Iterable[str]:
    if fact == "employment":
        return posting.employment
    return (posting.workplace if fact == "workplace" else posting.seniority,)


def tally_columns(batches: Iterable[Any]) -> Tallies:
    """Return the tallies of a file of postings, given as Arrow tables of `cluster`, `title`, `posted_on` and `facts`.

    No object is made of a posting, so that a million take seconds.
    """
    import pyarrow.compute as pc

    tallies: Tallies = {}
    for table in filter(len, batches):
        months = pc.strftime(table.column("posted_on"), format="%Y-%m").fill_null("").to_pylist()
        groups = list(zip(table.column("cluster").to_pylist(), months, strict=True))
        for group, count in Counter(groups).items():
            tallies.setdefault(group, Tally()).count += count
        stated = _stated(table.column("facts"))
        said = _said(stated, table.column("title").to_pylist())
        for fact in COUNTED:
            for (group, values), count in Counter(zip(groups, said[fact], strict=True)).items():
                tallies[group].values.update({(fact, value): count for value in values})
        for group, currency, low, high in zip(groups, *(stated[name] for name in _PAY), strict=True):
            if currency:
                tallies[group].add_pay(currency, low, high)
    return tallies


def _said(stated: Mapping[str, list[Any]], titles: Sequence[str | None]) -> dict[CountedFact, list[Collection[str]]]:
    """Return what each posting says of each fact, in words."""
    pairs = zip(stated["seniority"], titles, strict=True)
    return {
        "workplace": [(in_words(value or NOT_SAID),) for value in stated["workplace"]],
        "seniority": [(in_words(value) if value else _level(title or ""),) for value, title in pairs],
        "employment": [frozenset(map(in_words, kinds)) if kinds else (NOT_SAID,) for kinds in stated["employment"]],
    }


@lru_cache(maxsize=50_000)
def _level(title: str) -> str:
    return typical_seniority([title]) or NOT_SAID


def _stated(facts: Any) -> Mapping[str, list[Any]]:
    """Return what is counted of facts that are written as JSON, each as a list with None where it is not stated."""
    import pyarrow as pa
    import pyarrow.compute as pc
    from pyarrow import json

    value = pa.struct([("value", pa.string())])
    pay = pa.struct(dict(zip(_PAY, (pa.string(), pa.float64(), pa.float64()), strict=True)))
    schema = pa.schema({"workplace": value, "seniority": value, "employment": pa.list_(value), "pay": pay})
    written = facts.fill_null("{}").combine_chunks()
    lines = pc.binary_join(pa.ListArray.from_arrays([0, len(written)], written), "\n")[0].as_buffer()
    read = json.read_json(
        pa.BufferReader(lines),
        read_options=json.ReadOptions(use_threads=False, block_size=max(lines.size, 1)),
        parse_options=json.ParseOptions(explicit_schema=schema, unexpected_field_behavior="ignore"),
    )
    found = {name: pc.struct_field(read.column(name), "value").to_pylist() for name in ("workplace", "seniority")}
    currency, low, high = (pc.struct_field(read.column("pay"), part) for part in _PAY)
    ends = (pc.coalesce(low, high), pc.coalesce(high, low))
    found |= {name: column.to_pylist() for name, column in zip(_PAY, (currency, *ends), strict=True)}
    kinds = read.column("employment").to_pylist()
    return found | {"employment": [each and [kind["value"] for kind in each] for each in kinds]}
