"""A variant set: resume, look, and what each kind of role gets, as one JSON file that comes back whole."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from pipeline.bullet_rewriter import ClusterRewrite, apply_rewrites
from pipeline.cluster_artifacts import ClusterArtifact
from pipeline.core import RolemapError
from pipeline.resume_generator import (
    LINE,
    ResumeVariant,
    RoleFit,
    Selection,
    ThemeConfig,
    analyze_gaps,
    apply_selection,
    cluster_demand,
    doubtful_words,
    generate_variants,
    hidden_by,
    propose,
    role_fit,
)
from pipeline.resumes import DEFAULT_LOOK, Look, Resume, read_resume_bytes
from pipeline.services.base_resume import BaseResume

SET_NAME = "variant-set.json"


class RoleChoice(BaseModel):
    """One kind of role in a set: whether it gets a variant, and what goes into that."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    slug: str
    name: str
    is_ticked: bool
    selection: Selection = Selection()


class VariantSet(BaseModel):
    """Everything that variants are made of, but for the clusters."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    rolemap_variant_set: Literal[1] = 1
    resume: Resume
    look: Look = DEFAULT_LOOK
    reorders_bullets: bool = False
    roles: tuple[RoleChoice, ...] = ()


def role_fits(resume: Resume, artifact: ClusterArtifact, themes: Sequence[ThemeConfig]) -> list[RoleFit]:
    """Return how far a resume bears out each kind of role, in the order of the themes."""
    return [role_fit(analyze_gaps(resume, theme, cluster_demand(artifact, theme["slug"]))) for theme in themes]


def propose_set(
    resume: Resume,
    themes: Sequence[ThemeConfig],
    fits: Sequence[RoleFit],
    *,
    every: bool = False,
    named: Collection[str] = (),
    bullets: int | None = None,
) -> VariantSet:
    """Return a set with the fitting roles ticked, or every one, or those whose slugs are `named` and no other.

    Of each job it keeps up to `bullets` that tell most; all where `bullets` is None.
    """
    roles = [
        RoleChoice(
            slug=theme["slug"],
            name=theme["name"],
            is_ticked=theme["slug"] in named if named else every or fit.is_fitting,
            selection=Selection() if bullets is None else propose(resume, theme, bullets),
        )
        for theme, fit in zip(themes, fits, strict=True)
    ]
    return VariantSet(resume=resume, roles=tuple(roles))


def passed_over(chosen: VariantSet, fits: Sequence[RoleFit], advice: str) -> list[str]:
    """Return which kinds of role get no variant because the resume is below the line, the line, and the advice."""
    ticked = {role.slug for role in chosen.roles if role.is_ticked}
    told = [f"no variant for {fit.name}: {fit}" for fit in fits if not (fit.is_fitting or fit.slug in ticked)]
    return [*told, f"the line is {LINE}; {advice}"] if told else []


class NoFittingRole(RolemapError):
    """A resume that bears out no kind of role."""


def ticked_themes(chosen: VariantSet, themes: Sequence[ThemeConfig], advice: str) -> list[ThemeConfig]:
    """Return the themes that variants are wanted for. Raises NoFittingRole, which ends with the advice."""
    ticked = {role.slug for role in chosen.roles if role.is_ticked}
    found = [theme for theme in themes if theme["slug"] in ticked]
    if themes and not found:
        raise NoFittingRole(
            f"The resume shows too little of every kind of role to make a variant for one: {advice}".strip()
        )
    return found


def variants_of(
    chosen: VariantSet, themes: Sequence[ThemeConfig], rewritings: Mapping[str, ClusterRewrite] | None = None
) -> tuple[list[ResumeVariant], list[str]]:
    """Return the variants of the ticked roles, and what each hides or says beyond the resume. Raises RolemapError.

    `rewritings` has what was reworded of the set's resume, by slug. A role that is in the clusters no more is named.
    """
    by_slug = {theme["slug"]: theme for theme in themes}
    variants, notices = [], []
    for role in chosen.roles:
        if not role.is_ticked:
            continue
        if role.slug not in by_slug:
            notices.append(f"{role.name} ({role.slug}) is no kind of role in the clusters in use: no variant is made.")
            continue
        rewriting = (rewritings or {}).get(role.slug)
        reworded = apply_rewrites(chosen.resume, rewriting.rewrites) if rewriting else chosen.resume
        resume = apply_selection(reworded, role.selection)
        made = generate_variants(resume, [by_slug[role.slug]], reorders_bullets=chosen.reorders_bullets)
        variants += [replace(variant, rewriting=rewriting) for variant in made]
        told = (*hidden_by(chosen.resume, role.selection), *doubtful_words(chosen.resume, role.selection))
        notices += [f"{role.name}: {each}" for each in told]
    return variants, notices


def what_moved(resume: Resume, variant: ResumeVariant) -> list[str]:
    """Return, in words, how a variant differs from the resume that it is made of."""
    made = variant.resume
    told = [
        f"{move.label}: from place {move.before} to {move.after} among the skills"
        for move in variant.moves
        if move.before != move.after
    ]
    if made.basics.label != resume.basics.label:
        told.append("the headline is another")
    if made.basics.summary != resume.basics.summary:
        told.append("the summary is another" if made.basics.summary else "the summary is left out")
    kept = [(job.position, job.name, job.start_date) for job in made.work]
    for job in resume.work:
        what = " at ".join(filter(None, (job.position, job.name))) or "a job"
        key = (job.position, job.name, job.start_date)
        if key not in kept:
            told.append(f"{what} is left out")
            continue
        bullets = made.work[kept.index(key)].highlights
        if len(bullets) < len(job.highlights):
            told.append(f"{what}: {len(job.highlights) - len(bullets)} of {len(job.highlights)} bullets are left out")
        elif bullets != job.highlights:
            in_order = sorted(bullets) == sorted(job.highlights)
            told.append(f"{what}: its bullets are in another {'order' if in_order else 'wording'}")
    return told


def write_set(chosen: VariantSet) -> str:
    """Return the set as the text of its file."""
    return chosen.model_dump_json(indent=2, by_alias=True, exclude_none=True) + "\n"


def read_set(data: bytes, where: str) -> VariantSet:
    """Return the set of a file. Raises RolemapError, one line, where it is none."""
    try:
        return VariantSet.model_validate_json(data)
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(map(str, first["loc"])) or "the file"
        raise RolemapError(f"{where} is no variant set: {place}: {first['msg']}.") from error


def read_set_file(path: Path) -> VariantSet:
    """Return the set that a file holds. Raises RolemapError."""
    try:
        return read_set(path.read_bytes(), str(path))
    except OSError as error:
        raise RolemapError(f"Cannot read {path}: {error.strerror or error}.") from error


def resume_of_set(chosen: VariantSet, origin: str) -> BaseResume:
    """Return the resume that a set holds, as the one in use."""
    document = chosen.resume.model_dump_json(by_alias=True, exclude_none=True)
    return BaseResume(read_resume_bytes(document.encode(), ".json"), origin)
