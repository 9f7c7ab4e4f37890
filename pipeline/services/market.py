"""The report of the market as one file."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from pipeline.cluster_artifacts import ClusterArtifact
from pipeline.core import RolemapError
from pipeline.keyword_engine import KeywordHit
from pipeline.market_trends import TrendFilters, read_trend_corpus
from pipeline.postings import Vacancy
from pipeline.report import MarketFindings, admitted, market_report, mentions_of, posting_facts
from pipeline.services.trends import market_trends

NO_FILTERS = TrendFilters()


def make_market_report(
    artifact: ClusterArtifact,
    artifact_path: Path,
    vacancies: Sequence[Vacancy],
    hits: Mapping[str, Sequence[KeywordHit]],
    filters: TrendFilters = NO_FILTERS,
) -> bytes:
    """Return the report of the postings that pass the filters, as a self-contained HTML file.

    `hits` are the keywords of every stored posting. Where the postings carry too few dates, the report says so in
    place of trends.
    """
    trends, notice = None, ""
    try:
        trends = market_trends(read_trend_corpus(vacancies, artifact_path, hits=hits), filters)
    except RolemapError as error:
        notice = str(error)
    findings = MarketFindings(
        artifact=artifact,
        shown=admitted(posting_facts(artifact), filters),
        mentions=mentions_of(hits),
        trends=trends,
        trends_notice=notice,
        filters=filters_in_words(filters),
    )
    return market_report(findings).encode()


def filters_in_words(filters: TrendFilters) -> str:
    """Say which postings pass; nothing where all do.

    >>> filters_in_words(TrendFilters(places=frozenset({"Bonn", "Aachen"})))
    'in Aachen or Bonn'
    """
    parts = []
    if filters.seniorities:
        parts.append(f"seniority {' or '.join(sorted(filters.seniorities))}")
    if filters.places:
        parts.append(f"in {' or '.join(sorted(filters.places))}")
    if filters.companies:
        parts.append(f"of {' or '.join(sorted(filters.companies))}")
    parts += [
        f"{what} {' or '.join(sorted(values))}"
        for what, values in (
            ("place of work", filters.workplaces),
            ("contract", filters.employments),
            ("country", filters.countries),
            ("language", filters.languages),
            ("pay stated in", filters.pays),
        )
        if values
    ]
    if filters.since:
        parts.append(f"posted from {filters.since}")
    if filters.until:
        parts.append(f"posted until {filters.until}")
    return "; ".join(parts)
