"""What is said of each cluster and of each vacancy in it: name, summary, the typical, the borderline, the margins."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pipeline.cluster_artifacts import Cluster, VacancyRecord
from pipeline.core import ContentCache
from pipeline.postings import Vacancy, kept_facts
from pipeline.vacancy_clustering.naming import summarise
from pipeline.vacancy_clustering.outliers import fence, is_beyond
from pipeline.vacancy_clustering.pools import Pool

Matrix = NDArray[np.float64]

TYPICAL = 3
BORDERLINE = 3
PROFILE_KEYWORDS = 20


def describe_cluster(
    slug: str,
    name: str,
    pool: Pool,
    members: Sequence[Vacancy],
    similarity: Matrix,
    own: int,
    total: int,
    labels: Mapping[str, str],
) -> Cluster:
    """Describe one cluster.

    `similarity` holds its members' cosines to every cluster's centre, `labels` how keywords are written.
    """
    closeness = similarity[:, own]
    ids = [vacancy.id for vacancy in members]
    typical = sorted(range(len(ids)), key=lambda i: (-round(float(closeness[i]), 6), i))
    margins = _margins(similarity, own)
    borderline = sorted(range(len(ids)), key=lambda i: (round(float(margins[i]), 6), i))
    titles = [vacancy.title or "" for vacancy in members]
    keywords = list(dict.fromkeys((*pool.technologies, *pool.skills, *pool.top)))[:PROFILE_KEYWORDS]
    return Cluster(
        slug=slug,
        name=name,
        summary=summarise(
            name, titles, len(ids) / total, _written(pool.technologies, labels), _written(pool.skills, labels)
        ),
        vacancy_ids=ids,
        top_keywords=pool.top,
        defining_technologies=pool.technologies,
        defining_skills=pool.skills,
        profile_text=f"{name}. " + ", ".join(keywords),
        evidence=pool.evidence,
        typical=[ids[i] for i in typical[:TYPICAL]],
        borderline=[ids[i] for i in borderline[:BORDERLINE]] if similarity.shape[1] > 1 else [],
        cohesion=round(float(closeness.mean()), 4),
    )


def _written(keywords: Sequence[str], labels: Mapping[str, str]) -> list[str]:
    return [labels.get(keyword, keyword) for keyword in keywords]


def vacancy_records(
    vacancies: Sequence[Vacancy],
    groups: Sequence[Sequence[int]],
    similarity: Matrix,
    slugs: Sequence[str],
    *,
    with_facts: bool,
    kept: ContentCache | None = None,
) -> dict[str, VacancyRecord]:
    """Return what the artifact keeps of each vacancy; `similarity` holds the cosines of all rows to the centres."""
    records = {}
    facts = kept_facts(vacancies, kept) if with_facts else [None] * len(vacancies)
    unlike = is_beyond(similarity, fence(similarity))
    for own, group in enumerate(groups):
        for i, margin in zip(group, _margins(similarity[group], own), strict=True):
            others = [k for k in range(len(slugs)) if k != own]
            vacancy = vacancies[i]
            records[vacancy.id] = VacancyRecord(
                title=vacancy.title,
                company=vacancy.company,
                location=vacancy.location,
                posted_on=vacancy.posted_on,
                second_best=slugs[max(others, key=lambda k: (round(float(similarity[i, k]), 6), slugs[k]))]
                if others
                else None,
                margin=round(float(margin), 4) if others else None,
                is_unlike=unlike[i],
                facts=facts[i],
            )
    return records


def _margins(similarity: Matrix, own: int) -> NDArray[Any]:
    """Return how much nearer each row is to its own centre than to the nearest other one."""
    if similarity.shape[1] == 1:
        return similarity[:, own]
    return similarity[:, own] - np.delete(similarity, own, axis=1).max(axis=1)
