"""The facts of the clustered postings, and what they come to by kind of role and over time."""

from collections.abc import Collection, Iterator
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from pipeline.cluster_artifacts import ClusterArtifact, VacancyRecord, load_artifact
from pipeline.core import Facts, Pay
from pipeline.keyword_engine import default_artifact_path
from pipeline.market_trends import (
    COUNTED,
    FactShares,
    PayRange,
    pay_by_role,
    pay_over_time,
    shares_by_role,
    shares_over_time,
)
from pipeline.report import posting_facts
from pipeline.services.tables import to_csv

COLUMNS = (
    *(
        "posting",
        "cluster",
        "unlike_the_rest",
        "title",
        "company",
        "place",
        "posted_on",
        "pay_low",
        "pay_high",
        "pay_currency",
    ),
    *("pay_period", "pay_yearly_low", "pay_yearly_high", "pay_words", "employment", "employment_words", "workplace"),
    *(
        "workplace_words",
        "seniority",
        "seniority_words",
        "years",
        "years_words",
        "country",
        "country_words",
        "language",
    ),
)
AGAIN = "These clusters keep no facts of the postings: they were made by an earlier version. Cluster again."


class MarketFacts(BaseModel):
    """Pay, place of work, level and contract by kind of role and over time, of the postings that were counted."""

    model_config = ConfigDict(frozen=True)

    pay: list[PayRange]
    pay_over_time: list[PayRange]
    by_role: list[FactShares]
    over_time: list[FactShares]
    notices: list[str] = []


def market_facts(artifact: Path | None = None) -> MarketFacts:
    """Return what the clustered postings state. Raises MissingArtifact or BrokenArtifact."""
    return facts_of_artifact(load_artifact(artifact or default_artifact_path()))


def facts_of_artifact(artifact: ClusterArtifact) -> MarketFacts:
    """Return what an artifact's postings state; with a notice where an earlier version made it."""
    facts = posting_facts(artifact)
    return MarketFacts(
        pay=pay_by_role(artifact.clusters, facts, facts),
        pay_over_time=pay_over_time(facts.values()),
        by_role=[shares_by_role(fact, artifact.clusters, facts, facts) for fact in COUNTED],
        over_time=[shares_over_time(fact, facts.values()) for fact in COUNTED],
        notices=[] if has_facts(artifact) else [AGAIN],
    )


def has_facts(artifact: ClusterArtifact) -> bool:
    """Tell whether the artifact keeps facts of its postings."""
    return any(record.facts for record in artifact.vacancies.values())


def postings_csv(artifact: ClusterArtifact, shown: Collection[str] | None = None) -> str:
    """Return the clustered postings with their facts and the words these rest on, one a row."""
    rows = [
        [vacancy_id, cluster.slug, *_cells(artifact.vacancies.get(vacancy_id, VacancyRecord()))]
        for cluster in artifact.clusters
        for vacancy_id in cluster.vacancy_ids
        if shown is None or vacancy_id in shown
    ]
    return to_csv(COLUMNS, rows)


def _cells(record: VacancyRecord) -> Iterator[object]:
    facts = record.facts or Facts()
    yield "yes" if record.is_unlike else None
    yield from (record.title, record.company, record.location, record.posted_on)
    yield from _pay_cells(facts.pay)
    yield "; ".join(fact.value for fact in facts.employment)
    yield "; ".join(dict.fromkeys(fact.quote for fact in facts.employment))
    for fact in (facts.workplace, facts.seniority, facts.years, facts.country):
        yield from (fact.value, fact.quote) if fact else (None, None)
    yield facts.language


def _pay_cells(pay: Pay | None) -> tuple[object, ...]:
    if pay is None:
        return (None,) * 7
    return pay.low, pay.high, pay.currency, pay.period, pay.yearly_low, pay.yearly_high, pay.quote
