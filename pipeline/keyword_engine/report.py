"""The keyword report: how many postings ask for each keyword, by category."""

from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

from pydantic import BaseModel

from pipeline.cluster_artifacts import GENERAL, Evidence
from pipeline.keyword_engine.categories import categories_in_use, keyword_matches, specificity
from pipeline.keyword_engine.labels import keyword_label
from pipeline.keyword_engine.lexicon import Kind
from pipeline.postings import Vacancy, shown_sentence

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


def analyze_vacancies(vacancies: Sequence[Vacancy], artifact_path: str | Path | None = None) -> KeywordReport:
    """Count each keyword's vacancies by category, with up to three sentences as evidence."""
    categories = categories_in_use(artifact_path)
    members: dict[str, set[str]] = defaultdict(set)
    kinds: dict[str, Kind] = {}
    examples: dict[str, list[Evidence]] = defaultdict(list)
    for vacancy in sorted(vacancies, key=lambda v: v.id):
        for match, sentence in keyword_matches(vacancy.text, categories.extra):
            keyword = match.entry.keyword
            kinds[keyword] = match.entry.kind
            if vacancy.id in members[keyword]:
                continue
            members[keyword].add(vacancy.id)
            if len(examples[keyword]) < MAX_EXAMPLES:
                shown = shown_sentence(sentence, vacancy.text[match.start : match.end])
                examples[keyword].append(Evidence(vacancy_id=vacancy.id, sentence=shown))
    report: dict[str, list[KeywordCount]] = {slug: [] for slug in (*categories.taxonomy, GENERAL)}
    clusters = {c.slug: set(c.vacancy_ids) for c in categories.artifact.clusters} if categories.artifact else {}
    known = {vacancy.id for vacancy in vacancies}
    labels = categories.artifact.labels if categories.artifact else {}
    for keyword, ids in members.items():
        slug = categories.category_of.get(keyword, GENERAL)
        report[slug].append(
            KeywordCount(
                keyword=keyword,
                label=keyword_label(keyword, labels),
                kind=kinds[keyword],
                vacancy_count=len(ids),
                share=round(len(ids) / len(vacancies), 4),
                lift=_lift(ids, clusters.get(slug, set()) & known, known),
                evidence=examples[keyword],
            )
        )
    for counts in report.values():
        counts.sort(key=lambda count: (-count.vacancy_count, count.keyword))
    return KeywordReport(
        vacancy_count=len(vacancies),
        artifact=categories.artifact is not None,
        notice=categories.notice,
        categories=report,
    )


def _lift(ids: set[str], cluster: set[str], known: set[str]) -> float | None:
    rest = known - cluster
    if not cluster or not rest:
        return None
    return round(specificity(len(ids & cluster) / len(cluster), len(ids & rest) / len(rest)), 2)
