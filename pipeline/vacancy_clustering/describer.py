"""Describes groups of postings, of whatever layer: their keywords, their names, and all that is said of a cluster."""

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from pipeline.cluster_artifacts import Cluster
from pipeline.embedding import unit_rows
from pipeline.postings import RoleText, Vacancy
from pipeline.vacancy_clustering.description import describe_cluster
from pipeline.vacancy_clustering.mentions import Mention, written_labels
from pipeline.vacancy_clustering.naming import name_clusters
from pipeline.vacancy_clustering.pools import Pool, build_pools, distinctive
from pipeline.vacancy_clustering.words import body_jobs, places_named, telling_words

Matrix = NDArray[np.float64]
Groups = Sequence[Sequence[int]]  # the numbers of the postings in each group; together, all postings


@dataclass
class Describer:
    """What describing takes: the postings, as they are and as they are read, their rows and the keywords they name.

    `labels` gathers how the keywords of every pool made here are written, where otherwise than their keys.
    """

    vacancies: Sequence[Vacancy]
    postings: Sequence[RoleText]
    rows: Matrix
    mentions: Mapping[str, Sequence[Mention]]
    labels: dict[str, str] = field(default_factory=dict)

    def ids(self, groups: Groups) -> list[list[str]]:
        """Return the ids of each group's postings."""
        return [[self.vacancies[i].id for i in group] for group in groups]

    def pools(self, groups: Groups, also: Sequence[Set[str]] = ()) -> list[Pool]:
        """Return the keywords of each group; `also` names those that it needs evidence for besides."""
        pools = build_pools(self.mentions, self.ids(groups), also)
        self.labels |= written_labels(self.mentions, {keyword for pool in pools for keyword in pool.evidence})
        return pools

    def names(self, groups: Groups, pools: Sequence[Pool]) -> list[str]:
        """Return a name for each group, no two alike."""
        texts = [posting.text for posting in self.postings]
        return name_clusters(
            [[self.postings[i].title for i in group] for group in groups],
            [[self.labels.get(keyword, keyword) for keyword in distinctive(pool)] for pool in pools],
            bodies=[[self._jobs[i] for i in group] for group in groups],
            words=lambda index: telling_words(texts, groups)[index],
            places=places_named(self.vacancies),
        )

    @cached_property
    def _jobs(self) -> list[list[str]]:
        return body_jobs(self.postings)

    def clusters(
        self, groups: Groups, slugs: Sequence[str], names: Sequence[str], pools: Sequence[Pool]
    ) -> list[Cluster]:
        """Return each group as the artifact describes it."""
        similarity = self.similarity(groups)
        return [
            describe_cluster(
                *(slug, name, pool, [self.vacancies[i] for i in group], similarity[group], number),
                *(len(self.vacancies), self.labels),
            )
            for number, (slug, name, pool, group) in enumerate(zip(slugs, names, pools, groups, strict=True))
        ]

    def centres(self, groups: Groups) -> Matrix:
        """Return the direction of each group's middle; shape (groups, dimensions)."""
        return unit_rows(np.stack([self.rows[group].mean(axis=0) for group in groups]))

    def similarity(self, groups: Groups) -> Matrix:
        """Return the cosines of all rows to the centre of each group; shape (rows, groups)."""
        return np.asarray(self.rows @ self.centres(groups).T)

    @property
    def row_of(self) -> dict[str, Matrix]:
        """The row of each posting by its id."""
        return {vacancy.id: row for vacancy, row in zip(self.vacancies, self.rows, strict=True)}
