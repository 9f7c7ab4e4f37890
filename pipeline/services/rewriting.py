"""Rewriting by a language model, as commands and pages ask for it: what would be sent and where, then the variants."""

import asyncio
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass

from pipeline.bullet_rewriter import (
    KEPT_AS_IT_IS,
    LEFT_OUT,
    REWRITING_STAGE,
    BulletRewriter,
    RewriteEstimate,
    estimate_rewrites,
    resume_passages,
)
from pipeline.core import ProgressCallback, get_settings, ignore_progress, stoppable
from pipeline.llm import Destination, StageUsage, describe_destination, open_language_model, read_model_terms
from pipeline.resume_generator import (
    ResumeVariant,
    ThemeConfig,
    _generate_variants_from_clusters_with_gpt_async,
    role_brief,
)
from pipeline.resumes import Resume
from pipeline.services.workspace import open_cache

ORDINARY = (KEPT_AS_IT_IS, LEFT_OUT)  # reasons that nothing need be done about


@dataclass(frozen=True)
class RewritePlan:
    """What rewriting would send, to where, and what it may cost at the user's own prices."""

    destination: Destination
    passage_count: int
    role_count: int
    estimate: RewriteEstimate
    cost: float | None
    asks_twice: bool = False

    def __str__(self) -> str:
        """Return it in words, for the page or command that asks for consent."""
        if not self.estimate.requests:
            return "Every answer is in the cache: nothing is sent."
        tokens = f"about {self.estimate.input_tokens:,} tokens there and {self.estimate.output_tokens:,} back"
        cost = "" if self.cost is None else f", about {self.cost:.4f} at your prices"
        return (
            f"Your summary and the bullets of your jobs ({self.passage_count} passages) go to {self.destination}, with "
            f"the keywords of {self.role_count} kinds of role. Your name, email address, telephone number, address and "
            f"links are taken out before and put back after. Requests: {self.estimate.requests}, {tokens}{cost}."
            + (" What is reworded goes there once more for a second opinion." if self.asks_twice else "")
        )


@dataclass(frozen=True)
class RewriteRun:
    """The variants, and one line on what asking took."""

    variants: list[ResumeVariant]
    usage: str


def _describe_usage(usage: Mapping[str, StageUsage]) -> str:
    """Return what each stage took, in one line."""
    terms = read_model_terms()
    if REWRITING_STAGE not in usage:
        return "no request: every answer was in the cache"
    others = [f"{stage.lower()}: {used.describe(terms)}" for stage, used in usage.items() if stage != REWRITING_STAGE]
    return "; ".join([usage[REWRITING_STAGE].describe(terms), *others])


def plan_rewrites(resume: Resume, themes: Sequence[ThemeConfig], *, read_cache: bool = True) -> RewritePlan:
    """Return what rewriting would send and take; nothing is sent. Raises ModelNotConfigured."""
    settings = get_settings()
    destination = describe_destination(settings)
    terms = read_model_terms()
    with closing(open_cache()) as cache:
        rewriter = BulletRewriter(resume, model=destination.model, cache=cache, read_cache=read_cache)
        estimate = estimate_rewrites([role_brief(theme) for theme in themes], rewriter)
    cost = terms.cost(estimate.input_tokens, estimate.output_tokens)
    count, asks_twice = len(resume_passages(resume)), settings.gpt_second_opinion
    return RewritePlan(destination, count, len(themes), estimate, cost, asks_twice)


def rewrite_variants(
    resume: Resume,
    themes: Sequence[ThemeConfig],
    *,
    reorders_bullets: bool = False,
    read_cache: bool = True,
    on_progress: ProgressCallback = ignore_progress,
) -> RewriteRun:
    """Return a variant for each theme, ordered and reworded; what cannot be reworded stays, with the reason.

    Raises ModelNotConfigured, before anything is sent, where no model can be asked.
    """
    settings = get_settings()

    async def run(report: ProgressCallback) -> RewriteRun:
        with closing(open_cache()) as cache:
            async with open_language_model(settings) as llm:
                rewriter = BulletRewriter(
                    resume,
                    model=llm.name,
                    cache=cache,
                    read_cache=read_cache,
                    asks_twice=settings.gpt_second_opinion,
                )
                variants = await _generate_variants_from_clusters_with_gpt_async(
                    themes,
                    rewriter,
                    llm=llm,
                    reorders_bullets=reorders_bullets,
                    concurrency=settings.gpt_rewrite_concurrency,
                    on_progress=report,
                )
                usage = _describe_usage(llm.usage)
        return RewriteRun(variants, usage)

    return asyncio.run(stoppable(run, on_progress))
