"""The keyword report: how many postings ask for each keyword, by category."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from pydantic import BaseModel

from pipeline.cluster_artifacts import GENERAL, Evidence
from pipeline.keyword_engine.categories import Categories, KeywordHit, categories_in_use, keyword_matches, specificity
from pipeline.keyword_engine.labels import keyword_label
from pipeline.keyword_engine.lexicon import Kind
from pipeline.postings import Vacancy, sentence_at, sentence_starts, shown_sentence

MAX_EXAMPLES = 3


class KeywordCount(BaseModel):
    """How much of a corpus asks for one keyword. Share is a part of one; lift compares its cluster with the rest."""

    keyword: str
    label: str
    kind: Kind
    vacancy_count: int
    share: float
    lift: float | None = None
    evidence: list[Evidence] = []


class KeywordReport(BaseModel):
    """The keywords of a corpus by category, most frequent first."""

    vacancy_count: int
    artifact: bool
    notice: str | None = None
    categories: dict[str, list[KeywordCount]]


@dataclass
class _Counted:
    """One keyword in some postings: how many name it, how many of these are of its own cluster, the first that do."""

    kind: Kind
    count: int = 0
    inside: int = 0
    examples: list[Evidence] = field(default_factory=list)

    def add(self, other: "_Counted") -> None:
        self.count, self.inside = self.count + other.count, self.inside + other.inside
        self.examples = sorted([*self.examples, *other.examples], key=lambda e: e.vacancy_id)[:MAX_EXAMPLES]


@dataclass
class KeywordCounts:
    """The keywords of some postings, by keyword, and the postings by cluster; counts of parts add up."""

    total: int = 0
    sizes: Counter[str] = field(default_factory=Counter)
    keywords: dict[str, _Counted] = field(default_factory=dict)

    def add(self, other: "KeywordCounts") -> None:
        """Count what another has counted too."""
        self.total += other.total
        self.sizes.update(other.sizes)
        for keyword, counted in other.keywords.items():
            self.keywords.setdefault(keyword, _Counted(counted.kind)).add(counted)


Hits = Mapping[str, Sequence[KeywordHit]]


def analyze_vacancies(
    vacancies: Sequence[Vacancy], artifact_path: str | Path | None = None, hits: Hits | None = None
) -> KeywordReport:
    """Count each keyword's vacancies by category, with up to three sentences as evidence.

    `hits` are the keywords of each posting by its id, where the caller has found them already.
    """
    categories = categories_in_use(artifact_path)
    clusters = categories.artifact.clusters if categories.artifact else []
    cluster_of = {vacancy_id: cluster.slug for cluster in clusters for vacancy_id in cluster.vacancy_ids}
    return report_of(count_keywords_of(vacancies, categories, cluster_of, hits), categories)


def count_keywords_of(
    vacancies: Sequence[Vacancy], categories: Categories, cluster_of: Mapping[str, str], hits: Hits | None = None
) -> KeywordCounts:
    """Count the keywords of some postings; `cluster_of` gives the cluster of those that are in one."""
    counts = KeywordCounts(len(vacancies), Counter(cluster_of[v.id] for v in vacancies if v.id in cluster_of))
    for vacancy in sorted(vacancies, key=lambda v: v.id):
        named: set[str] = set()
        for keyword, kind, start, end in _named(vacancy, categories, hits):
            counted = counts.keywords.setdefault(keyword, _Counted(kind))
            if keyword in named:
                continue
            named.add(keyword)
            counted.count += 1
            counted.inside += cluster_of.get(vacancy.id, "") == categories.category_of.get(keyword, GENERAL)
            if len(counted.examples) < MAX_EXAMPLES:
                sentence = sentence_at(vacancy.text, sentence_starts(vacancy.text), start)
                shown = shown_sentence(sentence, vacancy.text[start:end])
                counted.examples.append(Evidence(vacancy_id=vacancy.id, sentence=shown))
    return counts


def _named(vacancy: Vacancy, categories: Categories, hits: Hits | None) -> list[tuple[str, Kind, int, int]]:
    if hits is not None:
        return [(hit.keyword, hit.kind, hit.start, hit.end) for hit in hits[vacancy.id]]
    found = keyword_matches(vacancy.text, categories.extra, vacancy.company)
    return [(match.entry.keyword, match.entry.kind, match.start, match.end) for match, _ in found]


def report_of(counts: KeywordCounts, categories: Categories) -> KeywordReport:
    """Return the report that counts come to."""
    labels = categories.artifact.labels if categories.artifact else {}
    report: dict[str, list[KeywordCount]] = {slug: [] for slug in (*categories.taxonomy, GENERAL)}
    for keyword, counted in counts.keywords.items():
        slug = categories.category_of.get(keyword, GENERAL)
        report[slug].append(
            KeywordCount(
                keyword=keyword,
                label=keyword_label(keyword, labels),
                kind=counted.kind,
                vacancy_count=counted.count,
                share=round(counted.count / counts.total, 4),
                lift=_lift(counted, counts.sizes[slug], counts.total),
                evidence=counted.examples,
            )
        )
    for found in report.values():
        found.sort(key=lambda count: (-count.vacancy_count, count.keyword))
    return KeywordReport(
        vacancy_count=counts.total,
        artifact=categories.artifact is not None,
        notice=categories.notice,
        categories=report,
    )


def _lift(counted: _Counted, inside: int, total: int) -> float | None:
    if not inside or inside == total:
        return None
    elsewhere = (counted.count - counted.inside) / (total - inside)
    return round(specificity(counted.inside / inside, elsewhere), 2)
