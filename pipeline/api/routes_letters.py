"""The route that writes a cover letter."""

from dataclasses import dataclass
from functools import partial
from http import HTTPStatus
from pathlib import Path
from typing import Annotated

from fastapi import APIRouter, File, Form, Response, UploadFile

from pipeline.api.context import ServiceDependency
from pipeline.api.jobs import JobResult
from pipeline.api.look_form import LookDependency
from pipeline.api.models import WORDS, JobState, JobText, OptionalTitle
from pipeline.api.prefer import PreferHeader, answer_or_job
from pipeline.api.problems import ProblemError
from pipeline.api.routes_variants import REWRITE, ZIP
from pipeline.api.variant_orders import RESUME, Switch
from pipeline.cluster_matcher import clean_job_description
from pipeline.core import ProgressCallback, RolemapError
from pipeline.llm import ModelNotConfigured
from pipeline.resumes import LETTER_SUFFIXES, LetterSuffix, Look
from pipeline.services import choose_look, make_letter, pack_letter, read_uploaded_resume

router = APIRouter(prefix="/api", tags=["variants"])


@dataclass(frozen=True)
class LetterOrder:
    """A request as it was sent."""

    name: str
    data: bytes
    job: str
    title: str
    formats: tuple[str, ...]
    look: Look
    rewrites: bool


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
    title: Annotated[OptionalTitle, Form(description="The job's title; without it, the posting's own.")] = "",
    use_gpt_rewrite: Annotated[Switch, Form(description=REWRITE)] = "false",
    prefer: PreferHeader = "",
) -> Response:
    """Write a letter for a job: the facts of the resume that it asks for, in a fixed frame; nothing of it is stored.

    The ZIP archive holds a report, which says what each sentence rests on and what the fact guard held back.
    """
    order = LetterOrder(
        name=Path(resume.filename or "").name or "resume",
        data=await resume.read(),
        job=job_description,
        title=title,
        formats=tuple(dict.fromkeys(formats)),
        look=choose_look(None, look, "the request"),
        rewrites=use_gpt_rewrite == "true",
    )
    return await answer_or_job(service, "letter", partial(_letter, order), prefer)


def _letter(order: LetterOrder, on_progress: ProgressCallback) -> JobResult:
    base = read_uploaded_resume(order.name if Path(order.name).suffix else f"{order.name}.txt", order.data)
    try:
        finished = make_letter(
            base.reading.resume,
            clean_job_description(order.job, title=order.title or None),
            suffixes=order.formats,
            look=order.look,
            rewrites=order.rewrites,
            on_progress=on_progress,
        )
    except ModelNotConfigured:
        raise
    except RolemapError as error:
        action = "Check both texts, or add the terms of the trade to the lexicon (ROLEMAP_LEXICON)."
        raise ProblemError(HTTPStatus.CONFLICT, "no-letter", str(error), action) from error
    return JobResult(pack_letter(finished), ZIP, "letter.zip")
