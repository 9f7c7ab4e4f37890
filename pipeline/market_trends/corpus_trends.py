"""Trends from the corpus: which keywords rise, fade, stay, are new, and which are too rare to tell."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from pipeline.cluster_artifacts import GENERAL
from pipeline.core import RolemapError
from pipeline.market_trends.corpus import DatedPosting, TrendCorpus
from pipeline.market_trends.results import RISING, CategoryTrend, Direction, KeywordTrend, Lean, Slope, TrendReport
from pipeline.market_trends.statistics import MIN_MONTHS, Array, Mentions, adjusted, fit_slopes, fitted_shares, shrunk

MIN_MENTIONS = 4  # postings that must name a keyword before anything is said of its course
MIN_EMPLOYERS = 2  # that must ask for it, where the corpus has that many
FALSE_FRACTION = 0.05  # of the trends named, at most this part is expected to be chance
STEADY_RATIO = 2.0  # a share that neither doubles nor halves at either end of its interval is steady
NEW_AFTER = 0.5  # of the postings have passed without the keyword before it is called new
CARRIED_FRACTION = 0.5  # a trend that keeps less than this within the kinds of role is carried by their growth
WORDINESS_RATIO = 1.15  # between early and late postings, from which it is worth a notice
FEWEST_TO_AVERAGE = 10  # postings, early and late
_ORDER: tuple[Direction, ...] = ("rising", "new", "fading", "steady", "too few to tell")


@dataclass(frozen=True)
class _Course:
    """A fitted slope with the shares it leads from and to, drawn towards zero, and what to call it."""

    slope: Slope
    share_start: float
    share_end: float
    shrunk: float
    scatter: float
    is_steady: bool

    @property
    def direction(self) -> Direction:
        """What the course is called, with false trends kept rare among all that were fitted together."""
        if self.slope.q_value <= FALSE_FRACTION:
            return "rising" if self.slope.per_month > 0 else "fading"
        return "steady" if self.is_steady else "too few to tell"


@dataclass(frozen=True)
class _Named:
    """The postings, by index, that name one thing, and its courses over all and within the kinds of role."""

    found: list[int]
    overall: _Course | None = None
    within: _Course | None = None


def find_trends(corpus: TrendCorpus) -> TrendReport:
    """Return the course of every keyword that the postings name, and of every kind of role.

    Raises RolemapError where the postings cover fewer than three months.
    """
    postings = corpus.postings
    _check_window(postings)
    categories = _category_trends(corpus)
    trends = [_keyword_trend(keyword, named, corpus, categories) for keyword, named in _fit_keywords(postings).items()]
    trends.sort(key=_rank)
    months = range(postings[0].month, postings[-1].month + 1)
    return TrendReport(
        months=[f"{month // 12:04}-{month % 12 + 1:02}" for month in months],
        postings=_monthly(postings, range(len(postings))),
        vacancy_count=len(postings),
        repeat_count=corpus.repeat_count,
        undated_count=corpus.undated_count,
        compared_count=sum(trend.slope is not None for trend in trends),
        categories=categories,
        trends=trends,
        notices=[*corpus.notices, *_wordiness(postings)],
    )


def _check_window(postings: Sequence[DatedPosting]) -> None:
    if not postings:
        raise RolemapError("No dated posting answers this question. Ask more widely.")
    months = sorted({posting.posted_on.isoformat()[:7] for posting in postings})
    if len(months) < MIN_MONTHS:
        raise RolemapError(
            f"The {len(postings):,} dated postings are all from {' and '.join(months)}: trends need postings of at "
            f"least {MIN_MONTHS} different months. Add earlier or later ones, or ask more widely."
        )


def _fit_keywords(postings: Sequence[DatedPosting]) -> dict[str, _Named]:
    """Return every keyword with the postings that name it, and its courses where these are enough."""
    found: dict[str, list[int]] = defaultdict(list)
    for index, posting in enumerate(postings):
        for keyword in posting.mentions:
            found[keyword].append(index)
    needed = min(MIN_EMPLOYERS, len({posting.employer for posting in postings}))
    frequent = [
        keyword
        for keyword, indices in sorted(found.items())
        if len(indices) >= MIN_MENTIONS and len({postings[i].employer for i in indices}) >= needed
    ]
    mentions = _mentions(postings, [found[keyword] for keyword in frequent])
    overall = dict(zip(frequent, _courses(mentions.pooled), strict=True))
    within = dict(zip(frequent, _courses(mentions), strict=True)) if len(mentions.sizes) > 1 else {}
    return {keyword: _Named(found[keyword], overall.get(keyword), within.get(keyword)) for keyword in found}


def _mentions(postings: Sequence[DatedPosting], found: Sequence[Sequence[int]]) -> Mentions:
    """Return the postings by employer, kind of role and month, with the indices of those that name each thing."""

    def numbered(values: Sequence[object]) -> list[int]:
        numbers = {value: number for number, value in enumerate(dict.fromkeys(values))}
        return [numbers[value] for value in values]

    months = sorted({posting.month for posting in postings})
    rows = zip(
        numbered([posting.employer for posting in postings]),
        numbered([posting.role for posting in postings]),
        np.searchsorted(months, [posting.month for posting in postings]),
        strict=True,
    )
    pairs = [(number, index) for number, indices in enumerate(found) for index in indices]
    return Mentions(
        months=np.array(months, dtype=float),
        postings=np.array(list(rows), dtype=np.intp),
        pairs=np.array(pairs, dtype=np.intp).reshape(-1, 2),
        keyword_count=len(found),
    )


def _courses(mentions: Mentions) -> list[_Course]:
    """Fit all of them together: the correction for many comparisons and the shrinkage need them all."""
    if not mentions.keyword_count:
        return []
    fitted = fit_slopes(mentions)
    q_values = adjusted(fitted.p_value)
    toward_zero = shrunk(fitted.slope, fitted.error)
    ends = mentions.months[[0, -1]]
    shares = fitted_shares(mentions, fitted.slope, ends)
    bounds = [fitted_shares(mentions, bound, ends) for bound in (fitted.low, fitted.high)]
    is_steady = np.all([_keeps_level(bound) for bound in bounds], axis=0)
    return [
        _Course(
            slope=Slope(
                per_month=_rounded(fitted.slope[i]),
                low=_rounded(fitted.low[i]),
                high=_rounded(fitted.high[i]),
                p_value=_rounded(fitted.p_value[i]),
                q_value=_rounded(q_values[i]),
            ),
            share_start=_rounded(shares[i, 0]),
            share_end=_rounded(shares[i, 1]),
            shrunk=_rounded(toward_zero[i]),
            scatter=_rounded(fitted.scatter[i]),
            is_steady=bool(is_steady[i]),
        )
        for i in range(mentions.keyword_count)
    ]


def _keeps_level(shares: Array) -> Array:
    """Tell for which rows of (first share, last share) the one is neither twice nor half the other."""
    return np.abs(np.log(shares[:, 1] / shares[:, 0])) < np.log(STEADY_RATIO)


def _rounded(value: float) -> float:
    """Return four significant digits: the last ones differ between machines."""
    return float(f"{value:.4g}")


def _category_trends(corpus: TrendCorpus) -> list[CategoryTrend]:
    """Return how the market's kinds of role grow and shrink, in the artifact's order; none without an artifact."""
    members: dict[str, list[int]] = {slug: [] for slug in corpus.roles}
    for index, posting in enumerate(corpus.postings):
        if posting.role in members:
            members[posting.role].append(index)
    told = [slug for slug, indices in members.items() if len(indices) >= MIN_MENTIONS]
    mentions = _mentions(corpus.postings, [members[slug] for slug in told]).pooled
    courses = dict(zip(told, _courses(mentions), strict=True))
    return [
        CategoryTrend(
            slug=slug,
            name=corpus.roles[slug],
            direction=course.direction if (course := courses.get(slug)) else "too few to tell",
            vacancy_count=len(indices),
            share=_rounded(len(indices) / len(corpus.postings)),
            share_start=course.share_start if course else None,
            share_end=course.share_end if course else None,
            slope=course.slope if course else None,
            monthly=_monthly(corpus.postings, indices),
        )
        for slug, indices in members.items()
    ]


def _keyword_trend(
    keyword: str, named: _Named, corpus: TrendCorpus, categories: Sequence[CategoryTrend]
) -> KeywordTrend:
    found, overall, within = named.found, named.overall, named.within
    members = [corpus.postings[index] for index in found]
    direction = _direction(overall, first=found[0] / len(corpus.postings))
    return KeywordTrend(
        keyword=keyword,
        label=corpus.labels.get(keyword, keyword),
        kind=corpus.kinds[keyword],
        category=corpus.category_of.get(keyword, GENERAL),
        direction=direction,
        lean=_lean(overall, within) if direction == "too few to tell" else None,
        vacancy_count=len(found),
        employer_count=len({posting.employer for posting in members}),
        share=_rounded(len(found) / len(corpus.postings)),
        share_start=overall.share_start if overall else None,
        share_end=overall.share_end if overall else None,
        slope=overall.slope if overall else None,
        shrunk=overall.shrunk if overall else None,
        scatter=overall.scatter if overall else None,
        within=within.slope if within else None,
        within_direction=within.direction if within else None,
        carried_by=_carrier(members, categories, overall, within) if direction in (*RISING, "fading") else None,
        first_posted=members[0].posted_on,
        last_posted=members[-1].posted_on,
        monthly=_monthly(corpus.postings, found),
        vacancy_ids=[posting.vacancy.id for posting in members],
        example=members[-1].evidence(keyword),
    )


def _direction(course: _Course | None, *, first: float) -> Direction:
    """Return where a keyword goes that is first named after the `first` part of the postings."""
    if course is None:
        return "too few to tell"
    return "new" if course.direction == "rising" and first >= NEW_AFTER else course.direction


def _lean(*courses: _Course | None) -> Lean | None:
    """Return where a keyword seems to go whose interval leaves "no change" out, yet not clearly enough among many."""
    for course in courses:
        if course and (course.slope.low > 0 or course.slope.high < 0):
            return "up" if course.slope.low > 0 else "down"
    return None


def _carrier(
    members: Sequence[DatedPosting],
    categories: Sequence[CategoryTrend],
    overall: _Course | None,
    within: _Course | None,
) -> str | None:
    """Return the kind of role whose growth or decline makes most of a keyword's trend; None where it is its own."""
    if overall is None or within is None:
        return None
    sign = 1 if overall.slope.per_month > 0 else -1
    if sign * within.slope.per_month >= CARRIED_FRACTION * sign * overall.slope.per_month:
        return None
    pushes = {
        category.slug: sign
        * (category.share_end - category.share_start)
        * (sum(member.role == category.slug for member in members) / category.vacancy_count)
        for category in categories
        if category.share_start is not None and category.share_end is not None
    }
    return max(pushes, key=lambda slug: (pushes[slug], slug), default=None)


def _monthly(postings: Sequence[DatedPosting], indices: Sequence[int]) -> list[int]:
    """Count postings by month, over the whole window and its gaps."""
    first, last = postings[0].month, postings[-1].month
    return [int(n) for n in np.bincount([postings[i].month - first for i in indices], minlength=last - first + 1)]


def _wordiness(postings: Sequence[DatedPosting]) -> list[str]:
    """Say so where postings come to name more or fewer keywords altogether: each then seems to rise or fade with it."""
    third = len(postings) // 3
    if third < FEWEST_TO_AVERAGE:
        return []
    early, late = (np.mean([len(p.mentions) for p in part]) for part in (postings[:third], postings[-third:]))
    if not min(early, late) or abs(np.log(late / early)) < np.log(WORDINESS_RATIO):
        return []
    change, course = ("more", "rise") if late > early else ("fewer", "fade")
    return [
        f"Late postings name {change} keywords than early ones ({late:.1f} against {early:.1f} each), which by itself "
        f"makes keywords seem to {course}."
    ]


def _rank(trend: KeywordTrend) -> tuple[int, float, int, str]:
    """Order by direction, then the strongest first; the rare by their lean, then the most named."""
    strength = abs(trend.shrunk or 0.0) if trend.direction != "steady" else trend.share
    is_told = trend.direction != "too few to tell" or trend.lean is not None
    return _ORDER.index(trend.direction), -strength if is_told else 0.0, -trend.vacancy_count, trend.keyword
