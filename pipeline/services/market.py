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
from pipeline.services.market_workbook import market_workbook
from pipeline.services.questions import question_in_words
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
) -> bytes:
    """Return the report of the postings that answer a question, as a self-contained HTML file or an Excel workbook.

    `hits` are the keywords of every stored posting. Where the postings carry too few dates, the report says so in
    place of trends.
    """
    trends, notice = None, ""
    try:
        trends = market_trends(read_trend_corpus(vacancies, artifact_path, hits=hits), question)
    except RolemapError as error:
        notice = str(error)
    mentions = mentions_of(hits)
    roles = {cluster.slug: cluster.name for cluster in artifact.clusters}
    findings = MarketFindings(
        artifact=artifact,
        shown=admitted(posting_facts(artifact, mentions), question),
        mentions=mentions,
        trends=trends,
        trends_notice=notice,
        filters=question_in_words(question, roles),
    )
    return market_workbook(findings) if kind == "xlsx" else market_report(findings).encode()
