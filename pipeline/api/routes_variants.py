"""Routes that make resume variants, and say before that how far a resume bears out each kind of role."""

import json
from collections.abc import Sequence
from functools import partial
from http import HTTPStatus
from pathlib import Path
from typing import Annotated

from fastapi import APIRouter, Form, Response

from pipeline.api.context import LayeredService
from pipeline.api.jobs import JobResult
from pipeline.api.models import JobState, RoleFitAnswer, VariantFit
from pipeline.api.prefer import PreferHeader, answer_or_job
from pipeline.api.variant_orders import Switch, VariantOrder, VariantOrderDependency, VariantPlan, plan_variants
from pipeline.bullet_rewriter import ClusterRewrite
from pipeline.core import ProgressCallback
from pipeline.resume_generator import LINE, ThemeConfig
from pipeline.resumes import EXPORT_SUFFIXES, Suffix
from pipeline.services import (
    finish_variants,
    pack_variants,
    passed_over,
    rewrite_variants,
    variant_notices,
    variants_of,
    write_set,
)

ZIP = "application/zip"
REWRITE = "Have a language model reword the summary and the bullets, which are sent to it."

router = APIRouter(prefix="/api", tags=["variants"])


@router.post("/variants/fit")
async def fit_of_roles(service: LayeredService, order: VariantOrderDependency) -> VariantFit:
    """Say how far a resume bears out each kind of role, which get a variant, and what that would be; nothing is made.

    `set` of the answer, changed as is wanted and sent as the file `set`, makes the variants.
    """
    return await service.answer(partial(_fit, order, service.artifact))


def _fit(order: VariantOrder, artifact: Path | None) -> VariantFit:
    plan = plan_variants(order, artifact)
    ticked = {role.slug for role in plan.chosen.roles if role.is_ticked}
    return VariantFit(
        line=LINE,
        roles=[
            RoleFitAnswer(
                slug=fit.slug,
                name=fit.name,
                share=fit.share,
                shown_count=fit.shown_count,
                keyword_count=fit.keyword_count,
                is_fitting=fit.is_fitting,
                is_ticked=fit.slug in ticked,
                reason=str(fit),
            )
            for fit in plan.fits
        ],
        set=json.loads(write_set(plan.chosen)),
        notices=variants_of(plan.chosen, plan.themes)[1],
    )


@router.post(
    "/variants",
    response_class=Response,
    responses={
        HTTPStatus.OK: {"content": {ZIP: {"schema": {"type": "string", "format": "binary"}}}},
        HTTPStatus.ACCEPTED: {"model": JobState},
    },
)
async def make_variants(
    service: LayeredService,
    order: VariantOrderDependency,
    formats: Annotated[list[Suffix], Form(default_factory=lambda: list(EXPORT_SUFFIXES))],
    use_gpt_rewrite: Annotated[Switch, Form(description=REWRITE)] = "false",
    prefer: PreferHeader = "",
) -> Response:
    """Make a variant of a resume for each kind of role that it bears out, and return them in a ZIP archive.

    The archive holds a manifest, which says what was left out and why, and the set that makes the same files again;
    nothing of it is stored. What takes long becomes a job.
    """
    work = partial(_variants, order, list(dict.fromkeys(formats)), use_gpt_rewrite == "true", service.artifact)
    return await answer_or_job(service, "variants", work, prefer)


def _variants(
    order: VariantOrder,
    formats: Sequence[Suffix],
    rewrites: bool,
    artifact: Path | None,
    on_progress: ProgressCallback,
) -> JobResult:
    plan = plan_variants(order, artifact)
    ticked = plan.ticked
    rewritings = _reworded(plan, ticked, on_progress) if rewrites else {}
    variants, told = variants_of(plan.chosen, plan.themes, rewritings)
    passed = [] if plan.is_saved else passed_over(plan.chosen, plan.fits, "all=true makes all.")
    notices = [*passed, *told, *variant_notices(plan.base.reading.resume, variants)]
    finished = finish_variants(variants, formats, look=plan.chosen.look, on_progress=on_progress)
    return JobResult(pack_variants(finished, chosen=plan.chosen, notices=notices), ZIP, "variants.zip")


def _reworded(
    plan: VariantPlan, themes: Sequence[ThemeConfig], on_progress: ProgressCallback
) -> dict[str, ClusterRewrite]:
    run = rewrite_variants(plan.base.reading.resume, themes, on_progress=on_progress)
    return {variant.slug: variant.rewriting for variant in run.variants if variant.rewriting}
