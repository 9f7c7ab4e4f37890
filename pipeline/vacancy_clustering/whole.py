"""The clusters of a sample made those of the whole: what was counted of all postings takes the sample's place."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from pipeline.cluster_artifacts import Cluster, ClusterResult, Evidence, KeywordEvidence, VacancyRecord, posting_row
from pipeline.core import ContentCache
from pipeline.postings import Vacancy, kept_facts
from pipeline.vacancy_clustering.naming import summarise
from pipeline.vacancy_clustering.placing import Named, Placed, Tally


@dataclass(frozen=True)
class KnownClusters:
    """What has to be known of the clusters to write a posting's row: their keys, and the keywords that each shows."""

    slugs: tuple[str, ...]
    keywords: tuple[frozenset[str], ...]


def known_clusters(result: ClusterResult) -> KnownClusters:
    """Return what rows of postings are written by."""
    clusters = result.clusters
    return KnownClusters(tuple(c.slug for c in clusters), tuple(frozenset(c.evidence) for c in clusters))


def posting_rows(
    vacancies: Sequence[Vacancy], placed: Placed, clusters: KnownClusters, kept: ContentCache | None = None
) -> list[dict[str, Any]]:
    """Return the row of each posting in the file beside the artifact; facts come from the cache where they are kept."""
    slugs = clusters.slugs
    facts = kept_facts(vacancies, kept)
    rows = []
    for i, vacancy in enumerate(vacancies):
        own, likeness = placed.labels[i], np.round(placed.similarity[i], 6)
        others = [k for k in range(len(slugs)) if k != own]
        second = max(others, key=lambda k: (likeness[k], slugs[k])) if others else None
        record = VacancyRecord(
            title=vacancy.title,
            company=vacancy.company,
            location=vacancy.location,
            posted_on=vacancy.posted_on,
            second_best=None if second is None else slugs[second],
            margin=None if second is None else round(float(likeness[own] - likeness[second]), 4),
            is_unlike=placed.unlike[i],
            facts=facts[i],
        )
        x, y = placed.positions[i]
        shown = [keyword for keyword in placed.keywords[i] if keyword in clusters.keywords[own]]
        place = {"id": vacancy.id, "cluster": slugs[own], "x": float(x), "y": float(y), "keywords": shown}
        rows.append(posting_row(record) | place)
    return rows


def widened(result: ClusterResult, tally: Tally) -> ClusterResult:
    """Return the clusters of a sample with the counts of all postings; which posting is where lies in their rows.

    Names and pools are the sample's; sizes, shares and examples are those of the whole.
    """
    total, named = sum(tally.sizes.values()), tally.totals()
    clusters = []
    for number, cluster in enumerate(result.clusters):
        wide = _widened(cluster, number, tally, named, total)
        titles = [result.vacancies[vacancy_id].title or "" for vacancy_id in cluster.vacancy_ids]
        technologies, skills = (
            [result.labels.get(keyword, keyword) for keyword in pool]
            for pool in (wide.defining_technologies, wide.defining_skills)
        )
        size = tally.sizes[number]
        summary = summarise(wide.name, titles, size / total, technologies, skills, count=size)
        clusters.append(wide.model_copy(update={"summary": summary}))
    notes = list(result.quality.notes)
    if len(result.vacancies) < total:
        notes.append(
            f"The kinds of role were found on a sample of {len(result.vacancies):,} postings; all {total:,} were "
            "placed among them."
        )
    return ClusterResult(
        clusters=clusters,
        duplicates={},
        skipped=result.skipped,
        map={},
        vacancies={},
        quality=result.quality.model_copy(update={"notes": notes}),
        provenance=result.provenance,
        changes=[change.model_copy(update={"note": ""}) for change in result.changes],
        keyword_counts=dict(sorted(named.items())),
        labels=result.labels,
        tree=result.tree and result.tree.model_copy(update={"specialisms": []}),  # those are the sample's only
    )


def _widened(cluster: Cluster, number: int, tally: Tally, named: Counter[str], total: int) -> Cluster:
    size = tally.sizes[number]
    evidence = {
        keyword: _evidence(found, size, (named[keyword] - found.count) / max(total - size, 1))
        for keyword in cluster.evidence
        if (found := tally.named.get((number, keyword)))
    }
    pools = {
        pool: [keyword for keyword in getattr(cluster, pool) if keyword in evidence]
        for pool in ("top_keywords", "defining_technologies", "defining_skills")
    }
    return cluster.model_copy(update={"size": size, "vacancy_ids": [], "evidence": evidence, **pools})


def _evidence(found: Named, size: int, share_elsewhere: float) -> KeywordEvidence:
    _, vacancy_id, sentence = found.first
    return KeywordEvidence(
        kind=found.kind,
        vacancy_ids=[vacancy_id],
        count=found.count,
        share=round(found.count / size, 4),
        share_elsewhere=round(share_elsewhere, 4),
        example=Evidence(vacancy_id=vacancy_id, sentence=sentence),
    )
