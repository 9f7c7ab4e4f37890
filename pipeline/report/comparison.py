"""What one set of postings has more of than another: shares, their difference with its interval, and what is sure."""

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

import numpy as np
from pydantic import BaseModel, ConfigDict

from pipeline.market_trends import adjusted
from pipeline.report.shares import share_interval

FEWEST_NAMING = 5  # postings of both sets together, below which nothing is compared
FALSE_FRACTION = 0.05  # of the differences called sure, at most this part is expected to be chance


class Difference(BaseModel):
    """How many postings of each set have something; how far the shares differ, first less second, with 95% ends."""

    model_config = ConfigDict(frozen=True)

    name: str
    first: int
    first_total: int
    second: int
    second_total: int
    difference: float
    low: float
    high: float
    is_sure: bool

    @property
    def first_share(self) -> float:
        """The part of the first set."""
        return self.first / self.first_total if self.first_total else 0.0

    @property
    def second_share(self) -> float:
        """The part of the second set."""
        return self.second / self.second_total if self.second_total else 0.0


def find_differences(first: Sequence[Iterable[str]], second: Sequence[Iterable[str]]) -> list[Difference]:
    """Compare how many postings of two sets have each of the things that they name; what is sure comes first.

    Each item is what one posting has. The interval is Newcombe's of two Wilson scores; a difference is sure where the
    pooled score test says so, with at most one in twenty of those called sure left to chance (Benjamini-Hochberg).
    """
    counts = [Counter(name for has in side for name in set(has)) for side in (first, second)]
    totals = (len(first), len(second))
    names = sorted(name for name in counts[0] | counts[1] if counts[0][name] + counts[1][name] >= FEWEST_NAMING)
    if not names or not all(totals):
        return []
    chances = np.array([_chance(counts[0][n], totals[0], counts[1][n], totals[1]) for n in names])
    sure = adjusted(chances) <= FALSE_FRACTION
    found = [_difference(n, counts, totals, is_sure=bool(s)) for n, s in zip(names, sure, strict=True)]
    return sorted(found, key=lambda each: (not each.is_sure, -abs(each.difference), each.name))


def _chance(first: int, first_total: int, second: int, second_total: int) -> float:
    """Return the p-value of the pooled score test of two shares."""
    pooled = (first + second) / (first_total + second_total)
    spread = math.sqrt(pooled * (1 - pooled) * (1 / first_total + 1 / second_total))
    return math.erfc(abs(first / first_total - second / second_total) / spread / math.sqrt(2)) if spread else 1.0


def _difference(
    name: str, counts: Sequence[Mapping[str, int]], totals: tuple[int, int], *, is_sure: bool
) -> Difference:
    (first, second), (first_total, second_total) = (each.get(name, 0) for each in counts), totals
    shares = first / first_total, second / second_total
    ends = share_interval(first, first_total), share_interval(second, second_total)
    difference = shares[0] - shares[1]
    low = difference - math.hypot(shares[0] - ends[0][0], ends[1][1] - shares[1])
    high = difference + math.hypot(ends[0][1] - shares[0], shares[1] - ends[1][0])
    return Difference(
        name=name,
        first=first,
        first_total=first_total,
        second=second,
        second_total=second_total,
        difference=round(difference, 6),
        low=round(low, 6),
        high=round(high, 6),
        is_sure=is_sure,
    )
