"""Routes that make resume variants."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from http import HTTPStatus
from pathlib import Path
from typing import Annotated, Literal

from fastapi import APIRouter, File, Form, Response, UploadFile

from pipeline.api.context import ServiceDependency
from pipeline.api.jobs import JobResult
from pipeline.api.look_form import LookDependency
from pipeline.api.models import WORDS, JobState, OptionalJobText
from pipeline.api.prefer import PreferHeader, answer_or_job
from pipeline.api.problems import ProblemError
from pipeline.core import ProgressCallback, RolemapError
from pipeline.llm import LanguageModelError
from pipeline.resume_generator import ThemeConfig, generate_variants
from pipeline.resumes import EXPORT_SUFFIXES, RESUME_SUFFIXES, Look, Suffix
from pipeline.services import (
    BadlyRead,
    BaseResume,
    ModelReading,
    finish_variants,
    job_theme,
    pack_variants,
    read_uploaded_resume,
    read_with_model,
    require_good_reading,
    variant_themes,
)

ZIP = "application/zip"
RESUME = (
    f"A file of any of these kinds: {', '.join(RESUME_SUFFIXES)}. Its content tells the kind, and where that does not, "
    "the ending of its name; a file without one is taken for plain text."
)

router = APIRouter(prefix="/api", tags=["variants"])


@dataclass(frozen=True)
class VariantOrder:
    """Which variants of which resume are wanted; without `clusters`, one for each of them."""

    name: str
    data: bytes
    formats: Sequence[Suffix]
    look: Look
    reorders_bullets: bool
    accepts_reading: bool
    asks_model: bool
    clusters: Sequence[str]
    job_description: str


@router.post(
    "/variants",
    response_class=Response,
    responses={
        HTTPStatus.OK: {"content": {ZIP: {"schema": {"type": "string", "format": "binary"}}}},
        HTTPStatus.ACCEPTED: {"model": JobState},
    },
)
async def make_variants(
    service: ServiceDependency,
    look: LookDependency,
    resume: Annotated[UploadFile, File(description=RESUME, json_schema_extra={"pattern": WORDS})],
    formats: Annotated[list[Suffix], Form(default_factory=lambda: list(EXPORT_SUFFIXES))],
    clusters: Annotated[list[str], Form(default_factory=list, description="Slugs; all where none is named.")],
    bullets: Annotated[
        Literal["true", "false"], Form(description="Also put the most relevant bullets of each job first.")
    ] = "false",
    accept_reading: Annotated[
        Literal["true", "false"], Form(description="Go on with a resume of which much was not understood.")
    ] = "false",
    reading_model: Annotated[
        Literal["true", "false"],
        Form(
            description="Have a language model say what the lines of the resume are; the manifest says what it read "
            "otherwise, and no word is its own."
        ),
    ] = "false",
    job_description: Annotated[OptionalJobText, Form(description="Order one variant for this very job instead.")] = "",
    prefer: PreferHeader = "",
) -> Response:
    """Make a variant of a resume for each cluster, and return them in a ZIP archive; nothing of it is stored.

    What takes long becomes a job.
    """
    order = VariantOrder(
        name=Path(resume.filename or "").name or "resume",
        data=await resume.read(),
        formats=list(dict.fromkeys(formats)),
        look=look,
        reorders_bullets=bullets == "true",
        accepts_reading=accept_reading == "true",
        asks_model=reading_model == "true",
        clusters=clusters,
        job_description=job_description,
    )
    return await answer_or_job(service, "variants", partial(_variants, order, service.artifact), prefer)


def _variants(order: VariantOrder, artifact: Path | None, on_progress: ProgressCallback) -> JobResult:
    themes = _themes(order, artifact)
    base = read_uploaded_resume(order.name if Path(order.name).suffix else f"{order.name}.txt", order.data)
    read = _read_with_model(base, on_progress) if order.asks_model else ModelReading(base, ())
    base = read.base
    if not order.accepts_reading:
        _require_good_reading(base)
    variants = generate_variants(base.reading.resume, themes, reorders_bullets=order.reorders_bullets)
    finished = finish_variants(variants, order.formats, look=order.look, on_progress=on_progress)
    return JobResult(pack_variants(finished, read_otherwise=read.differences), ZIP, "variants.zip")


def _read_with_model(base: BaseResume, on_progress: ProgressCallback) -> ModelReading:
    try:
        return read_with_model(base, on_progress)
    except LanguageModelError as error:
        action = "Set up a model that can be asked (see README), or send the resume without reading_model."
        raise ProblemError(HTTPStatus.CONFLICT, "no-model-reading", str(error), action) from error


def _require_good_reading(base: BaseResume) -> None:
    try:
        require_good_reading(base, "")
    except BadlyRead as error:
        action = "Look at the resume, send one that is read better, or send accept_reading=true to go on."
        raise ProblemError(HTTPStatus.CONFLICT, "badly-read-resume", str(error).strip(), action) from error


def _themes(order: VariantOrder, artifact: Path | None) -> list[ThemeConfig]:
    if order.job_description:
        return [_job_theme(order.job_description)]
    _, themes = variant_themes(artifact)
    unknown = set(order.clusters) - {theme["slug"] for theme in themes}
    if unknown:
        detail = f"There is no cluster {min(unknown)!r}."
        known = ", ".join(theme["slug"] for theme in themes)
        raise ProblemError(HTTPStatus.NOT_FOUND, "cluster-not-found", detail, f"Choose among: {known}.")
    return [theme for theme in themes if not order.clusters or theme["slug"] in order.clusters]


def _job_theme(text: str) -> ThemeConfig:
    try:
        return job_theme(text)[0]
    except RolemapError as error:
        action = "Check the text, or add the terms of its trade to the lexicon (ROLEMAP_LEXICON)."
        raise ProblemError(HTTPStatus.CONFLICT, "no-known-keyword", str(error), action) from error
