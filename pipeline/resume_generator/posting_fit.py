"""How well a resume fits each stored posting: what it shows of what the posting names, and how alike the two read.

The two are made one figure by a scale that is fitted on the stored postings themselves: pairs of them stand in for a
resume and a posting, and how often a pair is of one kind of role says what a figure means.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

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
HELD_BACK = 3.0  # keywords' worth of the average that a posting of few keywords is held to
DECIMALS = 6
SUREST = 0.99  # of a resume, which is no posting like those that the scale is fitted on


class FitScale(BaseModel):
    """Weights of a logistic curve over the part of a posting's keywords that is shown, and the likeness in meaning."""

    model_config = ConfigDict(frozen=True)

    shown: float = 6.0
    alike: float = 0.0
    base: float = -4.0

    def chance(self, shown: Array, alike: Array) -> Array:
        """Return the chance that two texts that agree so much are of one kind of role, at most `SUREST`."""
        scores = self.base + self.shown * shown + self.alike * alike
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


def fit_scale(named: NamedKeywords, roles: Sequence[str], rows: Array | None) -> FitScale:
    """Fit the scale on pairs of postings, some of which stand in for resumes; `rows` are their unit vectors, if any.

    Where all are of one kind of role, or too few, the scale stays a plain one.
    """
    from sklearn.linear_model import LogisticRegression

    count = len(named.ids)
    step = -(-count // SAMPLED) or 1
    sample = np.arange(0, count, step)
    same = np.array([[roles[i] == role for role in roles] for i in sample.tolist()])
    other = np.ones_like(same)
    other[np.arange(len(sample)), sample] = False  # a posting is no stand-in for itself
    if count < 20 or same[other].all() or not same[other].any():
        return FitScale()
    shown = named.shown_part(named.names[sample].toarray())[other]
    alike = (rows[sample] @ rows.T)[other] if rows is not None else np.zeros_like(shown)
    stride = -(-len(shown) // PAIRS)
    features = np.stack([shown, alike], axis=1)[::stride]
    found = LogisticRegression(C=100.0).fit(features, same[other][::stride])
    weights = np.round([*found.coef_[0], float(found.intercept_[0])], DECIMALS)
    return FitScale(shown=max(float(weights[0]), 0.0), alike=float(weights[1]), base=float(weights[2]))


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
