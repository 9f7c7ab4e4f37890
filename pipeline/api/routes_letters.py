"""The route that writes a cover letter."""

from functools import partial
from http import HTTPStatus
from pathlib import Path
from typing import Annotated

from fastapi import APIRouter, File, Form, Response, UploadFile

from pipeline.api.context import ServiceDependency
from pipeline.api.jobs import JobResult
from pipeline.api.look_form import LookDependency
from pipeline.api.models import WORDS, JobState, JobText
from pipeline.api.prefer import PreferHeader, answer_or_job
from pipeline.api.problems import ProblemError
from pipeline.api.routes_variants import RESUME, ZIP
from pipeline.cluster_matcher import clean_job_description
from pipeline.core import ProgressCallback, RolemapError
from pipeline.resumes import LETTER_SUFFIXES, LetterSuffix, Look
from pipeline.services import make_letter, pack_letter, read_uploaded_resume

router = APIRouter(prefix="/api", tags=["variants"])


@router.post(
    "/letter",
    response_class=Response,
    responses={
        HTTPStatus.OK: {"content": {ZIP: {"schema": {"type": "string", "format": "binary"}}}},
        HTTPStatus.ACCEPTED: {"model": JobState},
    },
)
async def write_letter(
    service: ServiceDependency,
    look: LookDependency,
    resume: Annotated[UploadFile, File(description=RESUME, json_schema_extra={"pattern": WORDS})],
    job_description: Annotated[JobText, Form(description="The text of the posting.")],
    formats: Annotated[list[LetterSuffix], Form(default_factory=lambda: list(LETTER_SUFFIXES))],
    prefer: PreferHeader = "",
) -> Response:
    """Write a letter for a job: the facts of the resume that it asks for, in a fixed frame; nothing of it is stored."""
    name = Path(resume.filename or "").name or "resume"
    work = partial(_letter, name, await resume.read(), job_description, tuple(dict.fromkeys(formats)), look)
    return await answer_or_job(service, "letter", work, prefer)


def _letter(
    name: str, data: bytes, job: str, formats: tuple[str, ...], look: Look, on_progress: ProgressCallback
) -> JobResult:
    base = read_uploaded_resume(name if Path(name).suffix else f"{name}.txt", data)
    try:
        finished = make_letter(base.reading.resume, clean_job_description(job), suffixes=formats, look=look)
    except RolemapError as error:
        action = "Check both texts, or add the terms of the trade to the lexicon (ROLEMAP_LEXICON)."
        raise ProblemError(HTTPStatus.CONFLICT, "no-letter", str(error), action) from error
    return JobResult(pack_letter(finished), ZIP, "letter.zip")
