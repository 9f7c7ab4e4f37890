"""The facts of the clustered postings, and what they come to by kind of role and over time."""

from collections.abc import Collection, Iterator
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from pipeline.cluster_artifacts import (
    LAYERS,
    ClusterArtifact,
    PostingRecords,
    VacancyRecord,
    artifact_files,
    load_artifact,
)
from pipeline.core import Facts, Pay, WatchedFiles
from pipeline.keyword_engine import default_artifact_path
from pipeline.market_trends import (
    COUNTED,
    FactShares,
    PayRange,
    groups_by_role,
    groups_over_time,
    pay_of,
    shares_of,
    tallies_of,
    tally_columns,
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


_found: WatchedFiles[MarketFacts] = WatchedFiles(most=len(LAYERS))


def market_facts(artifact: Path | None = None) -> MarketFacts:
    """Return what the clustered postings state, counted once. Raises MissingArtifact or BrokenArtifact."""
    address = artifact or default_artifact_path()
    return _found.get(address, artifact_files(address), lambda: facts_of_artifact(load_artifact(address)))


def facts_of_artifact(artifact: ClusterArtifact) -> MarketFacts:
    """Return what an artifact's postings state; with a notice where an earlier version made it."""
    records = artifact.vacancies
    tallies = (
        tally_columns(records.batches(("title", "posted_on", "facts")))
        if isinstance(records, PostingRecords)
        else tallies_of(posting_facts(artifact).values())
    )
    by_role, over_time = groups_by_role(artifact.clusters, tallies), groups_over_time(tallies)
    return MarketFacts(
        pay=pay_of(by_role),
        pay_over_time=pay_of(over_time),
        by_role=[shares_of(fact, by_role) for fact in COUNTED],
        over_time=[shares_of(fact, over_time) for fact in COUNTED],
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
