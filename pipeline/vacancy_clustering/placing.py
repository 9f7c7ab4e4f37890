"""Placing postings by a clustering that has not seen them: how a corpus of any size is clustered.

A sample is clustered as a whole; what it learned places every posting, each by itself. So neither the order of postings
nor how they are cut into parts, nor who works on them, changes what is said of one, and what is counted adds up.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from pipeline.core import ContentCache
from pipeline.embedding import Embed, FeatureSpace, unit_rows
from pipeline.keyword_engine import Case, Entry, KeywordFinder, Kind, Place, Spelling, TermMatcher
from pipeline.postings import RoleReading, Vacancy, shown_sentence
from pipeline.vacancy_clustering.mentions import lexicon_terms
from pipeline.vacancy_clustering.neighbours import drawn_rows, nearest, smoothed
from pipeline.vacancy_clustering.one_thread import one_thread
from pipeline.vacancy_clustering.outliers import fence, is_beyond
from pipeline.vacancy_clustering.partition import DRAWN, ROUNDS
from pipeline.vacancy_clustering.positions import place_beside

Matrix = NDArray[np.float64]
Labels = NDArray[np.int64]

DECIMALS = 6  # by which centres are compared, so that the size of a block decides nothing


@dataclass
class Named:
    """How many postings of one cluster name a keyword, and the first that does, by what it says."""

    kind: Kind
    count: int = 0
    first: tuple[str, str, str] = ("", "", "")  # what it is ordered by, its id, the sentence

    def add(self, count: int, first: tuple[str, str, str]) -> None:
        """Count more postings."""
        self.first = min(self.first, first) if self.count else first
        self.count += count


@dataclass
class Tally:
    """What is counted of placed postings, by cluster; tallies of parts add up to that of the whole, in any order."""

    sizes: Counter[int] = field(default_factory=Counter)
    named: dict[tuple[int, str], Named] = field(default_factory=dict)

    def add(self, other: "Tally") -> None:
        """Count what another has counted too."""
        self.sizes.update(other.sizes)
        for key, found in other.named.items():
            self.named.setdefault(key, Named(found.kind)).add(found.count, found.first)

    def totals(self) -> Counter[str]:
        """Return how many postings name each keyword."""
        counts = Counter[str]()
        for (_, keyword), found in self.named.items():
            counts[keyword] += found.count
        return counts


@dataclass(frozen=True)
class Placed:
    """Where postings belong, in their order: cluster, cosines to the centres of all, place on the map, keywords.

    `unlike` tells which are far from the centres of all.
    """

    labels: list[int]
    similarity: Matrix
    unlike: list[bool]
    positions: Matrix
    keywords: list[list[str]]
    tally: Tally


@dataclass(frozen=True)
class Pilot:
    """What the clustering of a sample learned, enough to place any other posting.

    `rows`, `numbers` and `positions` are the sample's vectors, clusters and places on the map, `labels` its clusters by
    id, `terms` the keywords that no lexicon knows.
    """

    reading: RoleReading
    space: FeatureSpace
    rows: Matrix
    labels: Mapping[str, int]
    numbers: Labels
    positions: Matrix
    terms: tuple[str, ...]

    def place(
        self,
        vacancies: Sequence[Vacancy],
        *,
        embed: Embed,
        embed_bodies: Embed | None = None,
        kept: ContentCache | None = None,
    ) -> Placed:
        """Return where postings belong; those of the sample stay where they were.

        What names texts hold comes from the cache where it was `kept`, and is kept there.
        """
        postings = self.reading.read(vacancies)
        with one_thread():
            terms = lexicon_terms(vacancies, postings, kept) if self.space.skills else ()
            rows = self.space.rows(postings, terms, embed=embed, embed_bodies=embed_bodies)
            found = self._nearest_clusters(rows).tolist()
            positions = place_beside(rows, self.rows, self.positions)
            similarity = rows @ self._centres.T
        labels = [self.labels.get(vacancy.id, label) for vacancy, label in zip(vacancies, found, strict=True)]
        texts = [(posting.text, vacancy.company) for vacancy, posting in zip(vacancies, postings, strict=True)]
        named = KeywordFinder(self._own_matcher(), kept).find(texts)
        tally, keywords = Tally(Counter(labels)), []
        for vacancy, posting, label, places in zip(vacancies, postings, labels, named, strict=True):
            keywords.append(_count(vacancy, posting.text, label, places, tally))
        return Placed(labels, similarity, is_beyond(similarity, self._fence), positions, keywords, tally)

    @cached_property
    def _drawn(self) -> Matrix:
        return smoothed(self.rows, DRAWN, ROUNDS)

    @cached_property
    def _inner(self) -> Matrix:
        """The middle of each cluster, of rows that are drawn to their neighbours."""
        return _means(self._drawn, self.numbers)

    @cached_property
    def _centres(self) -> Matrix:
        """The direction of each cluster's middle."""
        return unit_rows(_means(self.rows, self.numbers))

    @cached_property
    def _fence(self) -> float:
        return fence(self.rows @ self._centres.T)

    def _nearest_clusters(self, rows: Matrix) -> Labels:
        """Return the cluster whose middle is nearest once a row is drawn to its neighbours in the sample."""
        count = min(DRAWN, len(self.rows) // 10)
        if count:
            near = nearest(rows.astype(np.float32), self.rows.astype(np.float32), count)
            rows = drawn_rows(rows, self._drawn, near)
        likeness = rows @ self._inner.T - (self._inner**2).sum(axis=1) / 2
        return np.asarray(np.round(likeness, DECIMALS).argmax(axis=1), dtype=np.int64)

    def _own_matcher(self) -> TermMatcher | None:
        entries = [Entry(term, "skill", (Spelling(term, Case.ANY),)) for term in self.terms]
        return TermMatcher(entries) if entries else None


def _count(vacancy: Vacancy, text: str, label: int, places: Sequence[Place], tally: Tally) -> list[str]:
    """Count the keywords that one posting names, and return them."""
    sentences: dict[str, str] = {}
    for place in places:
        keyword = place.keyword
        if keyword not in sentences:
            sentences[keyword] = shown_sentence(place.sentence(text), text[place.start : place.end])
            first = (f"{vacancy.title or ''}\n{vacancy.text[:200]}", vacancy.id, sentences[keyword])
            tally.named.setdefault((label, keyword), Named(place.kind)).add(1, first)
    return sorted(sentences)


def _means(rows: Matrix, labels: Labels) -> Matrix:
    return np.stack([rows[labels == label].mean(axis=0) for label in range(int(labels.max()) + 1)])
