"""Dated postings made on the spot: some that say what a test wants, and whole markets with drifts planted in them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit
from scipy.stats import norm

from pipeline.market_trends import DatedPosting, TrendCorpus
from pipeline.postings import Vacancy

FIRST_MONTH = 2024 * 12
EVEN = (40,) * 18
UNEVEN = (12, 70, 35, 0, 0, 90, 20, 8, 110, 60, 5, 0, 45, 130, 30, 75, 15, 100)


@dataclass(frozen=True)
class Market:
    """How postings come: how many each month, how alike those of a month and of an employer are (0 to 1)."""

    sizes: Sequence[int] = EVEN
    month_likeness: float = 0.0
    employer_likeness: float = 0.0
    employer_count: int | None = None


def day(month: int, of_month: int = 1) -> date:
    """Return a day of a month counted from January 2024."""
    return date((FIRST_MONTH + month) // 12, (FIRST_MONTH + month) % 12 + 1, of_month)


def posting(
    number: int,
    month: int,
    keywords: Sequence[str] = (),
    *,
    role: str = "",
    company: str | None = None,
    title: str = "",
) -> DatedPosting:
    """Return a posting that names keywords."""
    text = ", ".join(keywords) or "nothing"
    vacancy = Vacancy(id=f"{number:05}", text=text, title=title or None, company=company, posted_on=day(month))
    return DatedPosting(vacancy, day(month), role, dict.fromkeys(keywords, (0, len(text))))


def corpus(postings: Sequence[DatedPosting], roles: Mapping[str, str] | None = None) -> TrendCorpus:
    """Return the postings as a corpus in which every keyword is a general technology."""
    ordered = tuple(sorted(postings, key=lambda p: (p.posted_on, p.vacancy.id)))
    return TrendCorpus(ordered, kinds=_Anything("technology"), category_of={}, roles=roles or {})


class _Anything(dict):
    def __init__(self, value: str) -> None:
        super().__init__()
        self._value = value

    def __missing__(self, key: str) -> str:
        return self._value


def planted(market: Market, share: float, slope: float, *, count: int, seed: int) -> TrendCorpus:
    """Return a market in which `count` keywords drift by `slope` (log-odds a month) through `share` half-way.

    Likeness makes the postings of a month, or of an employer, agree more often than chance, and leaves every month's
    expected share as it is.
    """
    rng = np.random.default_rng(seed)
    month = np.repeat(np.arange(len(market.sizes)), market.sizes)
    employers = market.employer_count or len(month)
    employer = rng.integers(employers, size=len(month)) if market.employer_count else np.arange(len(month))
    wanted = expit(np.log(share / (1 - share)) + slope * (month - month.mean()))
    own = np.sqrt(1 - market.month_likeness - market.employer_likeness)
    leaning = (
        own * rng.normal(size=(count, len(month)))
        + np.sqrt(market.month_likeness) * rng.normal(size=(count, len(market.sizes)))[:, month]
        + np.sqrt(market.employer_likeness) * rng.normal(size=(count, employers))[:, employer]
    )
    return corpus_of(norm.cdf(leaning) < wanted, month, employer)


def corpus_of(names: NDArray[np.bool_], month: NDArray[np.intp], employer: NDArray[np.intp]) -> TrendCorpus:
    """Return a corpus from a table of (keyword, posting)."""
    keywords = [f"keyword {number}" for number in range(len(names))]
    return corpus(
        [
            posting(i, int(month[i]), [keywords[k] for k in np.flatnonzero(names[:, i])], company=f"firm {employer[i]}")
            for i in range(len(month))
        ]
    )


def shuffled(original: TrendCorpus, seed: int) -> TrendCorpus:
    """Return the corpus with its dates dealt out anew, so that nothing in it has a trend."""
    order = np.random.default_rng(seed).permutation(len(original.postings))
    dealt = [
        DatedPosting(p.vacancy, original.postings[i].posted_on, p.role, p.mentions)
        for p, i in zip(original.postings, order, strict=True)
    ]
    ordered = tuple(sorted(dealt, key=lambda p: (p.posted_on, p.vacancy.id)))
    return TrendCorpus(ordered, original.kinds, original.category_of, original.roles)
