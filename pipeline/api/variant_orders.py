"""What variants a request asks for: a resume or a saved set, and the kinds of role; with how far it bears out each."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path
from typing import Annotated, Any, Literal

from fastapi import Depends, File, Form, UploadFile
from pydantic import WithJsonSchema

from pipeline.api.look_form import LookDependency
from pipeline.api.models import WORDS, OptionalJobText
from pipeline.api.problems import ProblemError
from pipeline.core import RolemapError
from pipeline.llm import LanguageModelError
from pipeline.resume_generator import Demand, RoleFit, ThemeConfig, analyze_gaps, role_fit
from pipeline.resumes import RESUME_SUFFIXES
from pipeline.services import (
    BadlyRead,
    BaseResume,
    ModelReading,
    NoFittingRole,
    VariantSet,
    choose_look,
    job_theme,
    propose_set,
    read_set,
    read_uploaded_resume,
    read_with_model,
    require_good_reading,
    resume_of_set,
    role_fits,
    ticked_themes,
    variant_themes,
)

Switch = Literal["true", "false"]
RESUME = (
    f"A file of any of these kinds: {', '.join(RESUME_SUFFIXES)}. Its content tells the kind, and where that does not, "
    "the ending of its name; a file without one is taken for plain text."
)
SET_FILE = "the set"
# Otherwise the schema offers null, which a form can only send as text.
OptionalFile = Annotated[
    UploadFile | None, WithJsonSchema({"type": "string", "contentMediaType": "application/octet-stream"})
]
MANY_BULLETS = r"^([1-9][0-9]?)?$"  # a field that is left empty counts as not sent


@dataclass(frozen=True)
class VariantOrder:
    """A request as it was sent. `look` has what it says of the look, None for what it leaves open."""

    name: str
    data: bytes
    saved: bytes
    look: Mapping[str, Any]
    reorders_bullets: bool
    accepts_reading: bool
    asks_model: bool
    every: bool
    max_bullets: int | None
    clusters: Sequence[str]
    job_description: str


@dataclass(frozen=True)
class VariantPlan:
    """What comes of an order: the resume, the set that says what is made of it, and the fit of each kind of role."""

    base: BaseResume
    chosen: VariantSet
    themes: Sequence[ThemeConfig]
    fits: Sequence[RoleFit]
    is_saved: bool
    read_otherwise: Sequence[str] = ()  # what a language model read otherwise than the reader

    @property
    def ticked(self) -> list[ThemeConfig]:
        """What variants are made for. Raises ProblemError where there is nothing."""
        try:
            return ticked_themes(self.chosen, self.themes, "")
        except NoFittingRole as error:
            action = "Send all=true, or name clusters, to have variants all the same."
            raise ProblemError(HTTPStatus.CONFLICT, "no-fitting-role", str(error).rstrip(": "), action) from error


async def _order(
    look: LookDependency,
    resume: Annotated[OptionalFile, File(description=RESUME, json_schema_extra={"pattern": WORDS})] = None,
    saved: Annotated[
        OptionalFile,
        File(alias="set", description="A variant set that was saved, in place of the resume and of what to make."),
    ] = None,
    clusters: Annotated[list[str] | None, Form(description="Slugs, in place of the kinds of role that fit.")] = None,
    every: Annotated[
        Switch, Form(alias="all", description="Also for kinds of role that the resume hardly bears out.")
    ] = "false",
    max_bullets: Annotated[
        str, Form(pattern=MANY_BULLETS, description="Keep so many bullets a job, those that tell most.")
    ] = "",
    bullets: Annotated[Switch, Form(description="Also put the most relevant bullets of each job first.")] = "false",
    accept_reading: Annotated[
        Switch, Form(description="Go on with a resume of which much was not understood.")
    ] = "false",
    reading_model: Annotated[
        Switch,
        Form(description="Have a language model say what the lines of the resume are; notices say what it changes."),
    ] = "false",
    job_description: Annotated[OptionalJobText, Form(description="Order one variant for this very job instead.")] = "",
) -> VariantOrder:
    return VariantOrder(
        name=Path((resume.filename if resume else "") or "").name or "resume",
        data=await resume.read() if resume else b"",
        saved=await saved.read() if saved else b"",
        look=look,
        reorders_bullets=bullets == "true",
        accepts_reading=accept_reading == "true",
        asks_model=reading_model == "true",
        every=every == "true",
        max_bullets=int(max_bullets) if max_bullets else None,
        clusters=[slug for slug in clusters or () if slug],
        job_description=job_description,
    )


VariantOrderDependency = Annotated[VariantOrder, Depends(_order)]


def plan_variants(order: VariantOrder, artifact: Path | None) -> VariantPlan:
    """Read what was sent and return what is made of it. Raises ProblemError and RolemapError."""
    _require_one_source(order)
    saved = _saved_set(order.saved) if order.saved else None
    read = ModelReading(resume_of_set(saved, SET_FILE), ()) if saved else _uploaded(order)
    base = read.base
    themes, fits = _roles(order, base, artifact)
    chosen = saved or propose_set(
        base.reading.resume,
        themes,
        fits,
        every=order.every or bool(order.job_description),
        named=order.clusters,
        bullets=order.max_bullets,
    )
    look = choose_look(None, order.look, "the request", saved.look if saved else None)
    changes = {"look": look, "reorders_bullets": order.reorders_bullets or chosen.reorders_bullets}
    told = [f"Read otherwise: {difference}" for difference in read.differences]
    return VariantPlan(base, chosen.model_copy(update=changes), themes, fits, saved is not None, told)


def _require_one_source(order: VariantOrder) -> None:
    if not (order.data or order.saved):
        detail, action = "Neither a resume nor a set was sent.", "Send one of the two as a file."
        raise ProblemError(HTTPStatus.CONFLICT, "no-resume", detail, action)
    said = {"resume": order.data, "clusters": order.clusters, "all": order.every, "max_bullets": order.max_bullets}
    said |= {"job_description": order.job_description, "reading_model": order.asks_model}
    besides = [name for name, value in said.items() if value]
    if order.saved and besides:
        detail = f"A set says what is made of which resume, and {' and '.join(besides)} was sent beside it."
        raise ProblemError(HTTPStatus.CONFLICT, "set-and-more", detail, "Send the set without that, or no set.")


def _saved_set(data: bytes) -> VariantSet:
    try:
        return read_set(data, SET_FILE)
    except RolemapError as error:
        action = "Send a set as /api/variants/fit or an archive of variants holds it."
        raise ProblemError(HTTPStatus.CONFLICT, "no-variant-set", str(error), action) from error


def _uploaded(order: VariantOrder) -> ModelReading:
    base = read_uploaded_resume(order.name if Path(order.name).suffix else f"{order.name}.txt", order.data)
    read = _read_with_model(base) if order.asks_model else ModelReading(base, ())
    if order.accepts_reading:
        return read
    try:
        require_good_reading(read.base, "")
    except BadlyRead as error:
        action = "Look at the resume, send one that is read better, or send accept_reading=true to go on."
        raise ProblemError(HTTPStatus.CONFLICT, "badly-read-resume", str(error).strip(), action) from error
    return read


def _read_with_model(base: BaseResume) -> ModelReading:
    try:
        return read_with_model(base)
    except LanguageModelError as error:
        action = "Set up a model that can be asked (see README), or send the resume without reading_model."
        raise ProblemError(HTTPStatus.CONFLICT, "no-model-reading", str(error), action) from error


def _roles(
    order: VariantOrder, base: BaseResume, artifact_path: Path | None
) -> tuple[list[ThemeConfig], list[RoleFit]]:
    """Return what variants can be made for, and how far the resume bears out each."""
    resume = base.reading.resume
    if order.job_description:
        theme, demand = _job_theme(order.job_description)
        return [theme], [role_fit(analyze_gaps(resume, theme, demand))]
    artifact, themes = variant_themes(artifact_path)
    unknown = set(order.clusters) - {theme["slug"] for theme in themes}
    if unknown:
        detail = f"There is no cluster {min(unknown)!r}."
        known = ", ".join(theme["slug"] for theme in themes)
        raise ProblemError(HTTPStatus.NOT_FOUND, "cluster-not-found", detail, f"Choose among: {known}.")
    return themes, role_fits(resume, artifact, themes)


def _job_theme(text: str) -> tuple[ThemeConfig, dict[str, Demand]]:
    try:
        return job_theme(text)
    except RolemapError as error:
        action = "Check the text, or add the terms of its trade to the lexicon (ROLEMAP_LEXICON)."
        raise ProblemError(HTTPStatus.CONFLICT, "no-known-keyword", str(error), action) from error
