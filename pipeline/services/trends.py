"""Market trends: from the dated postings, with a model's opinion beside them where it is asked for."""

import asyncio
import json
import logging
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from pipeline.core import ProgressCallback, ProgressEvent, get_settings, ignore_progress, write_atomically
from pipeline.engine import EngineName, open_runner, trends_by_parts
from pipeline.llm import LanguageModelError, describe_destination, open_language_model
from pipeline.market_trends import (
    MarketQuestion,
    MarketTrendsService,
    ModelOpinion,
    TrendCorpus,
    TrendReport,
    find_trends,
    read_trend_corpus,
)
from pipeline.services.corpus import named_parts, read_corpus
from pipeline.services.keywords import posting_keywords
from pipeline.services.tables import to_csv
from pipeline.services.workspace import open_cache

logger = logging.getLogger(__name__)

COLUMNS = (
    *(
        "keyword",
        "label",
        "kind",
        "category",
        "direction",
        "lean",
        "vacancies",
        "employers",
        "share",
        "share_first_month",
    ),
    *("share_last_month", "slope", "slope_low", "slope_high", "p_value", "q_value", "slope_shrunk", "scatter"),
    *("within_slope", "within_low", "within_high", "within_direction", "carried_by", "first_posted", "last_posted"),
    *("vacancy_ids", "example"),
)


def run_trends(
    *,
    vacancies: Path | None = None,
    artifact: Path | None = None,
    output: Path | None = None,
    use_llm: bool | None = None,
    engine: EngineName = "in-process",
    scheduler: str | None = None,
    on_progress: ProgressCallback = ignore_progress,
) -> tuple[TrendReport, list[Path]]:
    """Find the trends of the stored postings; write the report as JSON, and as CSV beside it.

    With the engine "dask" the postings are files of rows, worked on by the cluster at `scheduler`.
    A model is asked where `use_llm` says so, or the settings do; what fails there costs only its opinion. Raises
    RolemapError where the postings carry too few dates.
    """
    settings = get_settings()
    if engine == "dask":
        parts = named_parts(vacancies)
        with open_runner(engine, scheduler, on_progress) as runner:
            report, corpus = trends_by_parts(parts, runner, artifact)
    else:
        corpus = trend_corpus(vacancies, artifact, on_progress)
        report = find_trends(corpus)
    if settings.use_llm if use_llm is None else use_llm:
        on_progress(ProgressEvent("Asking the model", 0, 1))
        report = with_opinion(report, corpus, artifact)
        on_progress(ProgressEvent("Asking the model", 1, 1))
    path = output or settings.output_path / "market_trends.json"
    write_atomically(path, (json.dumps(report.model_dump(mode="json"), indent=1, ensure_ascii=False) + "\n").encode())
    table = path.with_suffix(".csv")
    write_atomically(table, trends_csv(report).encode())
    return report, [path, table]


def trend_corpus(
    vacancies: Path | None = None, artifact: Path | None = None, on_progress: ProgressCallback = ignore_progress
) -> TrendCorpus:
    """Return the stored postings as trends see them: the slow part. Raises RolemapError where none has a date."""
    stored = read_corpus(vacancies, on_progress).vacancies
    return read_trend_corpus(stored, artifact, on_progress, posting_keywords(stored, artifact, on_progress=on_progress))


def market_trends(corpus: TrendCorpus, question: MarketQuestion | None = None) -> TrendReport:
    """Return the trends of the postings that answer a question. Raises RolemapError where these are too few."""
    return find_trends(corpus.where(question) if question else corpus)


def with_opinion(report: TrendReport, corpus: TrendCorpus, artifact: Path | None = None) -> TrendReport:
    """Return the report with a model's opinion, or with the reason why there is none."""
    try:
        logger.info(trends_consent())
        opinion = asyncio.run(_ask_opinion(report, corpus, artifact))
    except LanguageModelError as error:
        opinion = ModelOpinion(model="", categories=[], skills=[], notice=f"There is no opinion of a model: {error}")
    return report.model_copy(update={"opinion": opinion})


async def _ask_opinion(report: TrendReport, corpus: TrendCorpus, artifact: Path | None) -> ModelOpinion:
    settings = get_settings()
    with closing(open_cache(settings)) as cache:
        async with open_language_model(settings, cache=cache) as llm:
            return await MarketTrendsService(llm, artifact_path=artifact).ask_opinion(report, corpus)


def trends_consent() -> str:
    """Return what would be sent to a model, and to where. Raises ModelNotConfigured."""
    return (
        "The names, summaries and keywords of the categories, with the first and last month of the postings, go to "
        f"{describe_destination(get_settings())}. No posting and nothing of a resume does."
    )


def trends_csv(report: TrendReport) -> str:
    """Return the report as a table, one keyword a row. Slopes are log-odds a month."""
    rows: list[Sequence[object]] = []
    for trend in report.trends:
        slope, within = trend.slope, trend.within
        cells = [
            *(trend.keyword, trend.label, trend.kind, trend.category, trend.direction, trend.lean),
            *(trend.vacancy_count, trend.employer_count, trend.share, trend.share_start, trend.share_end),
            *((slope.per_month, slope.low, slope.high, slope.p_value, slope.q_value) if slope else (None,) * 5),
            *(trend.shrunk, trend.scatter),
            *((within.per_month, within.low, within.high) if within else (None,) * 3),
            *(trend.within_direction, trend.carried_by, trend.first_posted, trend.last_posted),
            *("; ".join(trend.vacancy_ids), trend.example.sentence),
        ]
        rows.append(["" if cell is None else cell for cell in cells])
    return to_csv(COLUMNS, rows)
