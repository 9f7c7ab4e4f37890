"""A clustered market seen through a question: which postings answer it, and what is counted of them."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from pipeline.cluster_artifacts import Cluster, ClusterArtifact, Evidence, VacancyRecord, groups_of_postings
from pipeline.keyword_engine import KeywordHit, Kind, keyword_label
from pipeline.market_trends import MarketQuestion, PostingFacts, facts_of_record

Mentions = Mapping[str, frozenset[str]]


@dataclass(frozen=True)
class ClusterSize:
    """How many postings of a cluster pass the filters, of how many."""

    slug: str
    name: str
    shown: int
    total: int


@dataclass(frozen=True)
class PoolCount:
    """How many of a cluster's postings that pass the filters name one of its keywords; `share` is a part of one."""

    keyword: str
    label: str
    kind: Kind
    count: int
    share: float
    share_elsewhere: float
    example: Evidence | None


@dataclass(frozen=True)
class KeywordMatrix:
    """`counts[row][column]` postings of a cluster (column) name a keyword (row); `sizes` are the clusters' postings."""

    keywords: tuple[str, ...]
    labels: tuple[str, ...]
    clusters: tuple[Cluster, ...]
    sizes: tuple[int, ...]
    counts: tuple[tuple[int, ...], ...]

    @property
    def shares(self) -> list[list[float | None]]:
        """Return the counts as parts of one; None where no posting of a cluster passes the filters."""
        return [
            [count / size if size else None for count, size in zip(row, self.sizes, strict=True)] for row in self.counts
        ]


def posting_facts(artifact: ClusterArtifact, mentions: Mentions | None = None) -> dict[str, PostingFacts]:
    """Return what each clustered posting can be asked by; its keywords where `mentions` has them."""
    named, groups = mentions or {}, groups_of_postings(artifact)
    role_of = {i: cluster.slug for cluster in artifact.clusters for i in cluster.vacancy_ids}

    def facts_of(i: str, record: VacancyRecord | None) -> PostingFacts:
        return facts_of_record(record, role_of[i], named.get(i, frozenset()), groups[i])

    known = {i: facts_of(i, record) for i, record in artifact.vacancies.items() if i in role_of}
    return {i: known.get(i) or facts_of(i, None) for i in role_of}


def admitted(facts: Mapping[str, PostingFacts], question: MarketQuestion) -> frozenset[str]:
    """Return the ids of the postings that answer a question."""
    return frozenset(vacancy_id for vacancy_id, fact in facts.items() if question.admit(fact))


def cluster_sizes(artifact: ClusterArtifact, shown: Collection[str]) -> list[ClusterSize]:
    """Return how many postings of each cluster pass, in the order of the artifact."""
    return [
        ClusterSize(c.slug, c.name, sum(i in shown for i in c.vacancy_ids), len(c.vacancy_ids))
        for c in artifact.clusters
    ]


def pool_counts(
    cluster: Cluster, shown: Collection[str], labels: Mapping[str, str], limit: int | None = None
) -> list[PoolCount]:
    """Return a cluster's keywords that carry evidence, most telling first, counted over what passes the filters.

    `labels` are the artifact's.
    """
    size = sum(i in shown for i in cluster.vacancy_ids)
    counted = []
    for keyword in cluster.top_keywords:
        evidence = cluster.evidence.get(keyword)
        if evidence is None:
            continue
        count = sum(i in shown for i in evidence.vacancy_ids)
        share = count / size if size else 0.0
        label, elsewhere = keyword_label(keyword, labels), evidence.share_elsewhere
        counted.append(PoolCount(keyword, label, evidence.kind, count, share, elsewhere, evidence.example))
    return counted[:limit]


def mentions_of(hits: Mapping[str, Iterable[KeywordHit]]) -> dict[str, frozenset[str]]:
    """Return which keywords each posting names, however often."""
    return {vacancy_id: frozenset(hit.keyword for hit in found) for vacancy_id, found in hits.items()}


def keyword_matrix(
    clusters: Sequence[Cluster], mentions: Mentions, shown: Collection[str], labels: Mapping[str, str], limit: int = 30
) -> KeywordMatrix:
    """Return how many postings of each cluster name the keywords that mark the clusters out, up to `limit` keywords.

    Every cluster has its turn: first the most telling keyword of each, then the second of each.
    """
    members = [[i for i in cluster.vacancy_ids if i in shown] for cluster in clusters]
    counted = [Counter(keyword for i in ids for keyword in mentions.get(i, ())) for ids in members]
    keywords = _in_turn([cluster.top_keywords for cluster in clusters], limit)
    return KeywordMatrix(
        keywords=tuple(keywords),
        labels=tuple(keyword_label(keyword, labels) for keyword in keywords),
        clusters=tuple(clusters),
        sizes=tuple(len(ids) for ids in members),
        counts=tuple(tuple(counts[keyword] for counts in counted) for keyword in keywords),
    )


def _in_turn(pools: Sequence[Sequence[str]], limit: int) -> list[str]:
    """Return keywords of each pool, as many of each as there is room for, those of one pool together.

    >>> _in_turn([["sql", "dbt"], ["icu", "sql"]], 3)
    ['sql', 'dbt', 'icu']
    """
    owner: dict[str, int] = {}
    for rank in range(max(map(len, pools), default=0)):
        for number, pool in enumerate(pools):
            if rank < len(pool) and len(owner) < limit:
                owner.setdefault(pool[rank], number)
    return [keyword for number in range(len(pools)) for keyword, own in owner.items() if own == number]
