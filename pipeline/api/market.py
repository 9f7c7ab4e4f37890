"""What the market asks for over time, worked out once for the postings and the artifact in use."""

from collections import defaultdict
from collections.abc import Iterator
from http import HTTPStatus
from pathlib import Path

from pipeline.api.models import MarketSkill
from pipeline.api.problems import ProblemError
from pipeline.cluster_artifacts import LAYERS, artifact_files
from pipeline.core import RolemapError, WatchedFiles, get_settings
from pipeline.keyword_engine import default_artifact_path, lexicon_files
from pipeline.market_trends import KeywordTrend, TrendReport
from pipeline.services import corpus_state, market_trends, trend_corpus, with_opinion


class Market:
    """The trends of the stored postings, worked out again when these or the artifact change."""

    def __init__(self) -> None:
        self._found: WatchedFiles[TrendReport | RolemapError] = WatchedFiles(most=len(LAYERS))

    def report(self, artifact: Path | None) -> TrendReport:
        """Return the trends by an artifact or a layer of it. Raises ProblemError where the postings allow none."""
        files = (*artifact_files(artifact or default_artifact_path()), *lexicon_files())
        beside = (corpus_state(), get_settings())
        found = self._found.get(artifact, files, lambda: self._find(artifact), beside=beside)
        if isinstance(found, RolemapError):
            action = "Add dates to the stored postings, as the detail says."
            raise ProblemError(HTTPStatus.CONFLICT, "no-trends", str(found), action)
        return found

    def _find(self, artifact: Path | None) -> TrendReport | RolemapError:
        try:
            corpus = trend_corpus(artifact=artifact)
            report = market_trends(corpus)
            return with_opinion(report, corpus, artifact) if get_settings().use_llm else report
        except RolemapError as error:
            return error

    def skills(self, artifact: Path | None) -> tuple[dict[str, list[MarketSkill]], list[str]]:
        """Return what moves on the market by category slug, and what must be said of it; never fails."""
        try:
            report = self.report(artifact)
        except ProblemError as error:
            return {}, [error.problem.detail]
        by_slug: dict[str, list[MarketSkill]] = defaultdict(list)
        for skill in (*_from_postings(report), *_from_model(report)):
            by_slug[skill.category].append(skill)
        notices = [*report.notices, *([report.opinion.notice] if report.opinion and report.opinion.notice else [])]
        return dict(by_slug), notices


def _from_postings(report: TrendReport) -> Iterator[MarketSkill]:
    for trend in report.of("rising", "new", "fading"):
        yield MarketSkill(
            name=trend.keyword,
            label=trend.label,
            category=trend.category,
            direction=trend.direction,
            reason=_reason(trend),
            confidence=round(1 - trend.slope.q_value, 6) if trend.slope else 0.0,
            source="postings",
        )


def _reason(trend: KeywordTrend) -> str:
    course = f"{trend.vacancy_count} of the stored postings name it"
    if trend.share_start is None or trend.share_end is None:
        return f"{course}."
    return f"{course}; its fitted share goes from {trend.share_start:.1%} to {trend.share_end:.1%}."


def _from_model(report: TrendReport) -> Iterator[MarketSkill]:
    for compared in report.opinion.skills if report.opinion else []:
        yield MarketSkill.model_validate(
            {**compared.skill.model_dump(), "label": compared.skill.name, "source": "model"}
        )
