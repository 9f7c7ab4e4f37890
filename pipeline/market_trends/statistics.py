"""The arithmetic of trends: how fast the log-odds of a share change a month, how sure that is, and what is chance.

For each keyword the share of postings that name it follows `logit(share) = a + b * month`, with an intercept `a` of its
own in every stratum (kind of role) where there are several. The interval of `b` holds every slope that a score test
does not reject; the test's variance is widened where months or employers scatter more than independent postings would.

Arrays are indexed by keyword (K), stratum (S), month (M) and employer (G).
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Indices = NDArray[np.intp]

CONFIDENCE = 0.95
NORMAL_QUANTILE = 1.96
MIN_MONTHS = 3
PRIOR_MENTIONS = 0.5  # mentions' worth of "no trend" that every keyword starts with, so that no slope is infinite
WIDEST_SWING = 40.0  # log-odds over the whole window; no interval reaches further
MAX_LEVERAGE = 0.9  # of one employer; keeps its correction finite
KEYWORDS_AT_ONCE = 64  # bounds the memory that employers take
_ROUNDS = 100
_CLOSE = 1e-9
_TINY = 1e-12


@dataclass(frozen=True)
class Mentions:
    """Which postings name which keywords.

    `months` (M) are calendar months counted from any origin, gaps and all. `postings` has a row of (employer, stratum,
    month) for each posting, as indices, and `pairs` a row of (keyword, posting) for each mention.
    """

    months: Array
    postings: Indices
    pairs: Indices
    keyword_count: int

    @property
    def pooled(self) -> "Mentions":
        """The same with all postings in one stratum."""
        return replace(self, postings=self.postings * (1, 0, 1))

    @cached_property
    def sizes(self) -> Array:
        """How many postings there are (S, M)."""
        _, stratum, month = self.postings.T
        return _tally((stratum, month), (int(stratum.max(initial=0)) + 1, len(self.months)))

    @cached_property
    def counts(self) -> Array:
        """How many of the postings name each keyword (K, S, M)."""
        keyword, posting = self.pairs.T
        _, stratum, month = self.postings[posting].T
        return _tally((keyword, stratum, month), (self.keyword_count, *self.sizes.shape))


@dataclass(frozen=True)
class Slopes:
    """One slope a keyword (each array K), in log-odds a month, with its 95% interval and two-sided p-value.

    `scatter` is the variance found as a multiple of what independent postings would have, never below 1.
    """

    slope: Array
    low: Array
    high: Array
    p_value: Array
    scatter: Array

    @property
    def error(self) -> Array:
        """Half a standard interval's width in normal errors: what the slopes' standard errors come to."""
        return (self.high - self.low) / (2 * NORMAL_QUANTILE)


def fit_slopes(mentions: Mentions) -> Slopes:
    """Return the slope of every keyword with its interval and p-value. Raises ValueError below three months."""
    from scipy.special import stdtr, stdtrit

    if len(mentions.months) < MIN_MONTHS:
        raise ValueError(f"a slope with an interval needs at least {MIN_MONTHS} months")
    curves = _Curves(mentions)
    reach = np.full(mentions.keyword_count, WIDEST_SWING / np.ptp(mentions.months))
    slope = falling_root(curves.score, -reach, reach)
    scatter, freedom = _scatter(mentions, curves, slope)

    def standardised(slope: Array) -> tuple[Array, Array]:
        lean, variance = curves.score(slope)
        return lean / np.sqrt(scatter * variance), np.sqrt(variance / scatter)

    fall = standardised(slope)[1]

    def bound(quantile: float, low: Array, high: Array) -> Array:
        def beyond(slope: Array) -> tuple[Array, Array]:
            lean, steepness = standardised(slope)
            return lean - quantile, steepness

        return falling_root(beyond, low, high, slope - quantile / np.maximum(fall, _TINY))

    quantile = float(stdtrit(freedom, (1 + CONFIDENCE) / 2))
    p_value = 2 * stdtr(freedom, -np.abs(standardised(np.zeros_like(slope))[0]))
    return Slopes(slope, bound(quantile, -reach, slope), bound(-quantile, slope, reach), p_value, scatter)


def fitted_shares(mentions: Mentions, slope: Array, at: Array) -> Array:
    """Return the shares (K, len(at)) in the months `at` on the curves of these slopes; all postings in one stratum."""
    curves = _Curves(mentions.pooled)
    return _expit(curves.intercepts(slope) + slope[:, None] * (at - curves.middle))


def with_prior(counts: Array, postings: Array) -> tuple[Array, Array]:
    """Return mentions and postings (K, S, M) with half a mention's worth of "no trend" added to each keyword."""
    total, size = counts.sum(axis=2), postings.sum(axis=1)
    share = (total + 0.5) / (size + 1)
    weight = PRIOR_MENTIONS * total / np.maximum(total.sum(axis=1, keepdims=True), 1)
    spread = postings / np.maximum(size, 1)[:, None]
    named = counts + (weight / (1 - share))[:, :, None] * spread
    return named, postings + (weight / (share * (1 - share)))[:, :, None] * spread


class _Curves:
    """The logistic curves of K keywords, with the intercepts that fit their counts at whatever slope is asked."""

    def __init__(self, mentions: Mentions) -> None:
        self.named, self.of = named, of = with_prior(mentions.counts, mentions.sizes)
        self.middle = np.average(mentions.months, weights=mentions.sizes.sum(axis=0))
        self.months = mentions.months - self.middle
        self._totals = named.sum(axis=2)
        from scipy.special import logit

        self._level = logit(np.clip(self._totals / np.maximum(of.sum(axis=2), _TINY), _TINY, 1 - _TINY))
        self._last = self._level  # the intercepts found last: the next ones are looked for from there

    def intercepts(self, slope: Array) -> Array:
        """Return the intercepts (K, S) at which each stratum's fitted mentions are as many as its real ones."""
        tilt = slope[:, None, None] * self.months
        reach = np.abs(tilt).max(axis=2) + _CLOSE
        of, totals = self.of.reshape(-1, len(self.months)), self._totals.ravel()
        tilts = np.broadcast_to(tilt, self.of.shape).reshape(of.shape)

        def excess(intercepts: Array, at: Indices) -> tuple[Array, Array]:
            share = _expit(intercepts[:, None] + tilts[at])
            named = of[at] * share
            return totals[at] - named.sum(axis=1), (named * (1 - share)).sum(axis=1)

        bounds = ((self._level - reach).ravel(), (self._level + reach).ravel())
        self._last = falling_roots(excess, *bounds, self._last.ravel()).reshape(self._level.shape)
        return self._last

    def shares(self, slope: Array) -> Array:
        """Return the fitted shares (K, S, M)."""
        return _expit(self.intercepts(slope)[:, :, None] + slope[:, None, None] * self.months)

    def score(self, slope: Array) -> tuple[Array, Array]:
        """Return how far the mentions lean to later months beyond the fit, and the variance of that lean (each K)."""
        share = self.shares(slope)
        weight = self.of * share * (1 - share)
        lean = ((self.named - self.of * share) * self.months).sum(axis=(1, 2))
        return lean, np.maximum((weight * centred(weight, self.months) ** 2).sum(axis=(1, 2)), _TINY)


def centred(weight: Array, months: Array) -> Array:
    """Return the months (K, S, M) as seen from the weighted middle of each stratum."""
    middle = (weight * months).sum(axis=2) / np.maximum(weight.sum(axis=2), _TINY)
    return months - middle[:, :, None]


def falling_root(
    evaluate: Callable[[Array], tuple[Array, Array]], low: Array, high: Array, start: Array | None = None
) -> Array:
    """Return where falling functions cross zero, each between its bounds; the nearer bound where none does.

    `evaluate` gives values and about how fast they fall; `start` is a guess, by default the middle. Newton's steps are
    taken while they stay inside and each halves the value, else the bounds are halved.
    """
    middle = (low + high) / 2 if start is None else np.clip(start, low, high)
    earlier = np.full_like(middle, np.inf)
    for _ in range(_ROUNDS):
        value, fall = evaluate(middle)
        low, high = np.where(value > 0, middle, low), np.where(value > 0, high, middle)
        step = middle + value / np.maximum(fall, _TINY)
        is_fast = (np.abs(value) < np.abs(earlier) / 2) | (np.abs(step - middle) < _CLOSE)
        is_good = (step >= low) & (step <= high) & is_fast
        following = np.where(is_good, step, (low + high) / 2)
        is_close = np.abs(following - middle).max(initial=0.0) < _CLOSE
        middle, earlier = following, value
        if is_close:
            break
    return middle


def falling_roots(
    evaluate: Callable[[Array, Indices], tuple[Array, Array]], low: Array, high: Array, start: Array
) -> Array:
    """Return the same as `falling_root` for functions that can be evaluated apart, from a `start` near the roots.

    `evaluate` is asked only for those, by their indices, whose root is not yet found.
    """
    roots = np.clip(start, low, high)
    at = np.arange(len(roots))
    earlier = np.full_like(roots, np.inf)
    for _ in range(_ROUNDS):
        middle = roots[at]
        value, fall = evaluate(middle, at)
        low, high = np.where(value > 0, middle, low), np.where(value > 0, high, middle)
        step = middle + value / np.maximum(fall, _TINY)
        is_fast = (np.abs(value) < np.abs(earlier) / 2) | (np.abs(step - middle) < _CLOSE)
        following = np.where((step >= low) & (step <= high) & is_fast, step, (low + high) / 2)
        roots[at] = following
        is_open = np.abs(following - middle) >= _CLOSE
        at, low, high, earlier = at[is_open], low[is_open], high[is_open], value[is_open]
        if not len(at):
            break
    return roots


def _scatter(mentions: Mentions, curves: _Curves, slope: Array) -> tuple[Array, float]:
    """Return each keyword's variance as a multiple of that of independent postings, and its degrees of freedom.

    What months and what employers show beyond 1 adds up. That of months is drawn half-way to what is usual among the
    keywords, as a few months alone say little about it.
    """
    share = curves.shares(slope)
    weight = mentions.sizes * share * (1 - share)
    residual = (mentions.counts - mentions.sizes * share).sum(axis=1)
    spare = len(mentions.months) - 2
    own = (residual**2).sum(axis=1) / np.maximum(weight.sum(axis=(1, 2)), _TINY) * (len(mentions.months) / spare)
    by_month = (own + np.median(own)) / 2
    by_employer = _employer_scatter(mentions, share, weight, centred(weight, curves.months))
    return np.maximum(by_month, 1.0) + np.maximum(by_employer, 1.0) - 1.0, 2.0 * spare


def _employer_scatter(mentions: Mentions, share: Array, weight: Array, offset: Array) -> Array:
    """Return the sum of the squares of each employer's pull on the slope over what independent postings would give.

    An employer's pull is enlarged by its own leverage, as it has drawn the fit towards itself.
    """
    from scipy.sparse import csr_array

    employer, stratum, month = mentions.postings.T
    cell = stratum * len(mentions.months) + month
    shape = (mentions.sizes.size, int(employer.max(initial=0)) + 1)
    posted = csr_array((np.ones(len(cell)), (cell, employer)), shape)
    variance = np.maximum((weight * offset**2).sum(axis=(1, 2)), _TINY)
    each = np.divide(weight, mentions.sizes, out=np.zeros_like(weight), where=mentions.sizes > 0) * offset**2
    scatter = np.ones(len(share))
    for first in range(0, len(share), KEYWORDS_AT_ONCE):
        some = slice(first, first + KEYWORDS_AT_ONCE)
        count = len(share[some])
        pull = -(offset * share)[some].reshape(count, -1) @ posted
        keyword, posting = mentions.pairs[(mentions.pairs[:, 0] // KEYWORDS_AT_ONCE) == first // KEYWORDS_AT_ONCE].T
        np.add.at(pull, (keyword - first, employer[posting]), offset[keyword, stratum[posting], month[posting]])
        leverage = each[some].reshape(count, -1) @ posted / variance[some, None]
        scatter[some] = ((pull / (1 - np.minimum(leverage, MAX_LEVERAGE))) ** 2).sum(axis=1) / variance[some]
    return scatter


def _tally(indices: tuple[Indices, ...], shape: tuple[int, ...]) -> Array:
    return np.bincount(np.ravel_multi_index(indices, shape), minlength=int(np.prod(shape))).reshape(shape).astype(float)


def adjusted(p_values: Array) -> Array:
    """Return q-values after Benjamini and Hochberg: the share of false trends among all at least this clear."""
    order = np.argsort(p_values)[::-1]
    ranked = p_values[order] * len(p_values) / np.arange(len(p_values), 0, -1)
    q_values = np.empty_like(p_values)
    q_values[order] = np.minimum.accumulate(np.minimum(ranked, 1.0))
    return q_values


def shrunk(slope: Array, error: Array) -> Array:
    """Return slopes drawn towards zero by as much as the others say that such slopes are chance.

    The true slopes are taken to follow a mixture of normal distributions around zero, whose weights are the likeliest
    ones: a clear slope among many that are chance is hardly moved, a rare keyword's steep one is moved far.
    """
    if not len(slope):
        return slope
    error = np.maximum(error, _TINY)[:, None]
    widths = np.concatenate([[0.0], np.geomspace(error.min() / 10, 2 * np.abs(slope).max() + error.min(), 12)])
    variance = widths**2 + error**2
    log_likelihood = -(slope[:, None] ** 2) / variance / 2 - np.log(variance) / 2
    likelihood = np.exp(log_likelihood - log_likelihood.max(axis=1, keepdims=True))
    weights = np.full(len(widths), 1 / len(widths))
    for _ in range(_ROUNDS):
        belonging = likelihood * weights
        belonging /= belonging.sum(axis=1, keepdims=True)
        weights = belonging.mean(axis=0)
    return slope * (belonging * widths**2 / variance).sum(axis=1)


def _expit(values: Array) -> Array:
    """Return the shares that log-odds stand for; SciPy is loaded with the first, not with the module."""
    from scipy.special import expit

    return np.asarray(expit(values))
