"""How well a resume fits each stored posting: what it shows of what the posting names, and how alike the two read.

The two are made one figure by a scale that is fitted on the stored postings themselves: pairs of them stand in for a
resume and a posting, and how often a pair is of one kind of role says what a figure means.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict

from pipeline.resume_generator.gaps import Showing
from pipeline.resume_generator.passages import organisations, passages
from pipeline.resume_generator.skill_ordering import PoolMatcher
from pipeline.resumes import Resume

if TYPE_CHECKING:
    from scipy.sparse import csr_array

Array = NDArray[np.float64]

SAMPLED = 200  # postings that stand in for a resume when the scale is fitted
PAIRS = 60_000
FEWEST_POSTINGS = 20  # to fit a scale on
MOST_PIECES = 4  # postings taken together as one stand-in
GROUPS, GROUP = 24, 40  # groups of like scores, and the pairs in the last of them
HELD_BACK = 3.0  # keywords' worth of the average that a posting of few keywords is held to
DECIMALS = 6
SUREST = 0.99  # of a resume, which is no posting like those that the scale is fitted on


class FitScale(BaseModel):
    """From the part of a posting's keywords that is shown, and the likeness in meaning, to a chance.

    The weights make one score of the two; `curve` has scores with the chance that each stands for, both rising. What
    lies between is interpolated; without a curve the chance is the logistic one.
    """

    model_config = ConfigDict(frozen=True)

    shown: float = 6.0
    alike: float = 0.0
    base: float = -4.0
    curve: list[tuple[float, float]] = []

    def score(self, shown: Array, alike: Array) -> Array:
        """Return how far two texts agree; it may be any number."""
        return self.base + self.shown * shown + self.alike * alike

    def chance(self, shown: Array, alike: Array) -> Array:
        """Return the chance that two texts that agree so much are of one kind of role, at most `SUREST`."""
        scores = self.score(shown, alike)
        if self.curve:
            places, chances = zip(*self.curve, strict=True)
            return np.minimum(np.interp(scores, places, chances), SUREST)
        return np.minimum(1 / (1 + np.exp(-scores)), SUREST)


@dataclass(frozen=True)
class NamedKeywords:
    """Which keywords the postings name, as a matrix (postings, keywords) of zeros and ones; rare ones weigh more."""

    ids: tuple[str, ...]
    keywords: tuple[str, ...]
    names: "csr_array"
    weights: Array

    def shown_part(self, shown: Array) -> Array:
        """Return the weighted part of each posting's keywords that texts show.

        Shapes: (texts, keywords) to (texts, postings). A posting of few keywords is held to the text's average: one
        keyword of one is no proof.
        """
        weighed = self.names.multiply(self.weights).tocsr()
        totals = np.asarray(weighed.sum(axis=1)).ravel()
        found = np.asarray(weighed @ shown.T).T
        average = found.sum(axis=1, keepdims=True) / max(totals.sum(), 1e-9)
        held = HELD_BACK * float(self.weights.mean()) if len(self.weights) else 1.0
        return np.asarray((found + held * average) / (totals + held), dtype=np.float64)


def named_keywords(named: Mapping[str, frozenset[str]]) -> NamedKeywords:
    """Return the postings' keywords as a matrix, in orders of their own."""
    from scipy.sparse import csr_array

    ids = tuple(sorted(named))
    keywords = tuple(sorted({keyword for found in named.values() for keyword in found}))
    place = {keyword: number for number, keyword in enumerate(keywords)}
    columns = [sorted(place[keyword] for keyword in named[vacancy_id]) for vacancy_id in ids]
    ends = np.cumsum([0, *map(len, columns)])
    flat = np.array([column for found in columns for column in found], dtype=np.int64)
    names = csr_array((np.ones(len(flat)), flat, ends), shape=(len(ids), len(keywords)))
    counts = np.bincount(flat, minlength=len(keywords))
    weights = np.log((len(ids) + 1) / (counts + 1)) + 1
    return NamedKeywords(ids, keywords, names, weights)


def pieces_of(named: NamedKeywords, shown_count: int) -> int:
    """Return how many postings together name as many keywords as a resume shows, from one to `MOST_PIECES`."""
    usual = float(np.median(np.diff(named.names.indptr))) if len(named.ids) else 0.0
    return int(np.clip(round(shown_count / usual), 1, MOST_PIECES)) if usual else 1


def fit_scale(named: NamedKeywords, roles: Sequence[str], rows: Array | None, pieces: int = 1) -> FitScale:
    """Fit the scale on stand-ins for resumes, each a few postings of one kind of role, as one has had several jobs.

    `rows` are the postings' unit vectors, if any. Where all postings are of one kind of role, or too few, the scale
    stays a plain one.
    """
    from sklearn.linear_model import LogisticRegression

    if len(named.ids) < FEWEST_POSTINGS or len(set(roles)) < 2:
        return FitScale()
    agreement = stand_ins(named, roles, rows, pieces)
    stride = -(-len(agreement.same) // PAIRS)
    features, same = agreement.features[::stride], agreement.same[::stride]
    if same.all() or not same.any():
        return FitScale()
    found = LogisticRegression(C=100.0).fit(features, same)
    weights = np.round([*found.coef_[0], float(found.intercept_[0])], DECIMALS)
    scale = FitScale(shown=max(float(weights[0]), 0.0), alike=float(weights[1]), base=float(weights[2]))
    return scale.model_copy(update={"curve": _curve(scale.score(features[:, 0], features[:, 1]), same)})


class Agreement(NamedTuple):
    """How far stand-ins and postings agree: two features a pair, and whether both are of one kind of role."""

    features: Array
    same: NDArray[np.bool_]


def stand_ins(named: NamedKeywords, roles: Sequence[str], rows: Array | None, pieces: int) -> Agreement:
    """Return the agreement of stand-ins for resumes, spread over the postings, with all postings but their own."""
    count = len(named.ids)
    first = np.arange(0, count, -(-count // SAMPLED))
    kinds = np.unique(np.array(roles), return_inverse=True)[1]
    members = [np.flatnonzero(kinds == kind) for kind in kinds[first]]
    apart = [max(1, len(own) // pieces) for own in members]  # spread over the role
    starts = [int(np.searchsorted(own, place)) for own, place in zip(members, first, strict=True)]
    parts = np.array(
        [
            [own[(start + number * step) % len(own)] for number in range(pieces)]
            for own, start, step in zip(members, starts, apart, strict=True)
        ]
    )
    same = kinds[first][:, None] == kinds[None, :]
    others = np.ones_like(same)
    np.put_along_axis(others, parts, values=False, axis=1)  # a posting is no stand-in for itself
    dense = named.names[parts.ravel()].toarray().reshape(*parts.shape, -1).max(axis=1)
    shown = named.shown_part(dense)
    alike = np.zeros_like(shown)
    if rows is not None:
        middles = rows[parts].mean(axis=1)
        alike = middles / np.linalg.norm(middles, axis=1, keepdims=True) @ rows.T
    return Agreement(np.stack([shown[others], alike[others]], axis=1), same[others])


def _curve(scores: Array, same: NDArray[np.bool_]) -> list[tuple[float, float]]:
    """Return what scores come to: the part of the same kind in groups of like scores, made rising (isotonic)."""
    from sklearn.isotonic import isotonic_regression

    order = np.argsort(scores, kind="stable")
    # Groups grow smaller towards the top, where the postings stand that a resume's owner looks at.
    ends = np.unique(np.round(len(order) * (1 - np.geomspace(1, GROUP / max(len(order), GROUP), GROUPS))).astype(int))
    parts = [part for part in np.split(order, ends[1:]) if len(part)]
    places = np.array([scores[part].mean() for part in parts])
    shares = np.array([(same[part].sum() + same.mean()) / (len(part) + 1) for part in parts])
    rising = isotonic_regression(shares, sample_weight=[len(part) for part in parts])
    kept = np.unique(np.round(places, DECIMALS), return_index=True)[1]
    return [(round(float(places[i]), DECIMALS), round(float(rising[i]), DECIMALS)) for i in kept]


def shown_keywords(resume: Resume, keywords: Sequence[str]) -> dict[str, list[Showing]]:
    """Return which of the keywords a resume shows, and every passage that does."""
    matcher = PoolMatcher(list(keywords), employers=organisations(resume))
    showings: dict[str, list[Showing]] = {}
    for passage in passages(resume):
        find = matcher.in_skill if passage.is_list else matcher.in_text
        for keyword in find(passage.text):
            showing = Showing(where=passage.where, text=passage.text, is_listed=passage.is_skill)
            showings.setdefault(keyword, []).append(showing)
    return showings
