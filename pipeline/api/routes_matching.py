"""Routes that place job descriptions among the clusters."""

from collections.abc import Sequence
from functools import partial
from http import HTTPStatus
from pathlib import Path
from typing import Any

from fastapi import APIRouter, Response
from pydantic import ValidationError

from pipeline.api.context import LayeredService, Service
from pipeline.api.jobs import JobResult
from pipeline.api.models import (
    Analysis,
    AnalyzeRequest,
    BulkAnswer,
    BulkJob,
    BulkRequest,
    ClusterScore,
    FitRequest,
    JobState,
    MatchAnswer,
    MatchRequest,
)
from pipeline.api.prefer import PreferHeader, answer_or_job
from pipeline.cluster_matcher import JobDescription, Match, clean_job_description
from pipeline.core import ProgressCallback, ProgressEvent, RolemapError
from pipeline.resumes import Resume
from pipeline.services import ResumeFit, fit_postings, match_job, match_jobs, matches_csv, resume_gap

AT_ONCE = 32  # job descriptions embedded in one batch; between batches a job reports and can be cancelled
NO_GOOD_MATCH = "No good match: the text is no job ad, or like none of the clusters; the scores say which is nearest."

router = APIRouter(prefix="/api", tags=["matching"])


@router.post("/analyze")
async def analyze(request: AnalyzeRequest, service: LayeredService) -> Analysis:
    """Rank the clusters for a job description, with its keywords, what it leaves out, and what the market asks for."""
    return await service.answer(partial(_analysis, request, service))


def _analysis(request: AnalyzeRequest, service: Service) -> Analysis:
    job = clean_job_description(request.job_description)
    match = match_jobs([job], artifact=service.artifact, use_semantic=request.use_semantic)[0]
    skills, notices = service.market.skills(service.artifact) if request.include_market_trends else ({}, [])
    return Analysis(
        best_cluster=match.best_cluster,
        clusters=[ClusterScore.model_validate(cluster) for cluster in match.clusters],
        keywords=match.keywords,
        labels=match.labels | {missing.keyword: missing.label for missing in match.missing_keywords},
        missing_keywords=[missing.keyword for missing in match.missing_keywords],
        trending_skills=skills,
        notices=[*match.notices, *([] if match.best_cluster else [NO_GOOD_MATCH]), *notices],
    )


@router.post("/match")
async def match_one(request: MatchRequest, service: LayeredService) -> MatchAnswer:
    """Match a job description, with the reasons; with a resume, also what it shows and lacks of the job."""
    return await service.answer(partial(_match, request, service.artifact))


def _match(request: MatchRequest, artifact: Path | None) -> MatchAnswer:
    resume = _resume(request.resume) if request.resume is not None else None
    match = match_job(
        request.job_description, title=request.title, artifact=artifact, use_semantic=request.use_semantic
    )
    answer = MatchAnswer.model_validate(match)
    return answer if resume is None else answer.model_copy(update={"gap": resume_gap(resume, match)})


def _resume(document: dict[str, Any]) -> Resume:
    try:
        return Resume.model_validate(document)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise RolemapError(f"The resume is no JSON Resume: {where}: {first['msg']}.") from error


@router.post("/fit")
async def fit(request: FitRequest, service: LayeredService) -> ResumeFit:
    """Rank the stored postings for a resume, with what each asks for that is missing, and what to learn next."""
    return await service.answer(partial(_fit, request, service.artifact))


def _fit(request: FitRequest, artifact: Path | None) -> ResumeFit:
    found = fit_postings(
        _resume(request.resume), artifact=artifact, known=request.known, use_semantic=request.use_semantic
    )
    return found.model_copy(update={"postings": found.postings[: request.top]})


@router.post(
    "/match/bulk",
    responses={
        HTTPStatus.OK: {"model": BulkAnswer, "content": {"text/csv": {"schema": {"type": "string"}}}},
        HTTPStatus.ACCEPTED: {"model": JobState},
    },
)
async def match_many(request: BulkRequest, service: LayeredService, prefer: PreferHeader = "") -> Response:
    """Match many job descriptions; what takes long becomes a job."""
    work = partial(_matches, request, service.artifact)
    return await answer_or_job(service, "match", work, prefer)


def _matches(request: BulkRequest, artifact: Path | None, on_progress: ProgressCallback) -> JobResult:
    jobs, skipped = _readable(request.jobs)
    matches: list[Match] = []
    for start in range(0, len(jobs), AT_ONCE):
        on_progress(ProgressEvent("Matching", start, len(jobs)))
        part = jobs[start : start + AT_ONCE]
        matches += match_jobs(part, artifact=artifact, use_semantic=request.use_semantic, on_progress=on_progress)
    on_progress(ProgressEvent("Matching", len(jobs), len(jobs)))
    if request.table == "csv":
        return JobResult(matches_csv(matches).encode(), "text/csv; charset=utf-8", "matches.csv")
    answer = BulkAnswer(matches=[MatchAnswer.model_validate(match) for match in matches], skipped=skipped)
    return JobResult(answer.model_dump_json().encode(), "application/json", "matches.json")


def _readable(jobs: Sequence[BulkJob]) -> tuple[list[JobDescription], dict[str, str]]:
    readable, skipped = [], {}
    for number, job in enumerate(jobs, start=1):
        name = job.name or f"job {number}"
        try:
            readable.append(clean_job_description(job.job_description, title=job.title, name=name))
        except RolemapError as error:
            skipped[name] = str(error)
    return readable, skipped
