"""The report of the market as one file."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Literal

from pipeline.cluster_artifacts import ClusterArtifact
from pipeline.core import RolemapError
from pipeline.keyword_engine import KeywordHit
from pipeline.market_trends import MarketQuestion, read_trend_corpus
from pipeline.postings import Vacancy
from pipeline.report import MarketFindings, admitted, market_report, mentions_of, posting_facts
from pipeline.services.comparing import Comparison
from pipeline.services.fitting import ResumeFit
from pipeline.services.market_workbook import market_workbook
from pipeline.services.questions import question_in_words
from pipeline.services.report_tables import comparison_table, fit_tables, part_and_rest, together_table
from pipeline.services.trends import market_trends

ReportKind = Literal["html", "xlsx"]
ALL = MarketQuestion()


def make_market_report(
    artifact: ClusterArtifact,
    artifact_path: Path,
    vacancies: Sequence[Vacancy],
    hits: Mapping[str, Sequence[KeywordHit]],
    question: MarketQuestion = ALL,
    kind: ReportKind = "html",
    fit: ResumeFit | None = None,
    comparison: Comparison | None = None,
) -> bytes:
    """Return the report of the postings that answer a question, as a self-contained HTML file or an Excel workbook.

    `hits` are the keywords of every stored posting. Where the postings carry too few dates, the report says so in
    place of trends. It carries a comparison, where none is given of the postings that answer with the rest, which
    skills go together, and how a resume fits, where that is known.
    """
    trends, notice = None, ""
    try:
        trends = market_trends(read_trend_corpus(vacancies, artifact_path, hits=hits), question)
    except RolemapError as error:
        notice = str(error)
    mentions = mentions_of(hits)
    facts = posting_facts(artifact, mentions)
    shown = admitted(facts, question)
    compared = comparison or part_and_rest(artifact, facts, shown)
    tables = [comparison_table(compared)] if compared else []
    tables += [together_table(artifact, facts, shown), *(fit_tables(fit, shown, artifact.labels) if fit else [])]
    roles = {cluster.slug: cluster.name for cluster in artifact.clusters}
    findings = MarketFindings(
        artifact=artifact,
        shown=shown,
        mentions=mentions,
        trends=trends,
        trends_notice=notice,
        filters=question_in_words(question, roles),
        tables=[table for table in tables if table.rows],
    )
    return market_workbook(findings) if kind == "xlsx" else market_report(findings).encode()
