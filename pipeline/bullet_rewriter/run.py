"""Rewriting for all kinds of role at once: one task a cluster, as many at a time as the user allows."""

import asyncio
import logging
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pipeline.bullet_rewriter.passages import (
    REWRITING_STAGE,
    BulletRewriter,
    Outcome,
    Rewrite,
    RoleBrief,
    resume_passages,
)
from pipeline.core import ProgressCallback, ProgressEvent, ignore_progress
from pipeline.llm import LanguageModel, estimate_tokens

logger = logging.getLogger(__name__)

TOKENS_AROUND = 12  # of an answer, around each passage


@dataclass(frozen=True)
class ClusterRewrite:
    """What became of every passage for one kind of role."""

    slug: str
    rewrites: tuple[Rewrite, ...]

    def count(self, outcome: Outcome) -> int:
        """Return how many passages had this outcome."""
        return sum(rewrite.outcome == outcome for rewrite in self.rewrites)

    @property
    def reasons(self) -> dict[str, int]:
        """Why passages are not reworded, with how many each holds for, the most frequent first."""
        counts = Counter(reason for rewrite in self.rewrites for reason in rewrite.reasons)
        return dict(counts.most_common())

    def record(self) -> dict[str, Any]:
        """Return it as the manifest keeps it."""
        return {"cluster_slug": self.slug, "passages": [rewrite.record() for rewrite in self.rewrites]}


@dataclass(frozen=True)
class RewriteEstimate:
    """What a run would send and get, roughly: requests, and tokens in and out."""

    requests: int
    input_tokens: int
    output_tokens: int


def estimate_rewrites(roles: Sequence[RoleBrief], rewriter: BulletRewriter) -> RewriteEstimate:
    """Return what rewriting would take, without what is cached; an answer is about as long as its passages."""
    pending = [found for role in roles if (found := rewriter.pending(role))]
    return RewriteEstimate(
        len(pending),
        sum(estimate_tokens(prompt.system, prompt.user) for prompt, _ in pending),
        sum(estimate_tokens(*texts) + TOKENS_AROUND * len(texts) for _, texts in pending),
    )


async def rewrite_clusters(
    roles: Sequence[RoleBrief],
    rewriter: BulletRewriter,
    *,
    llm: LanguageModel,
    concurrency: int | None = None,
    on_progress: ProgressCallback = ignore_progress,
) -> list[ClusterRewrite]:
    """Rewrite for every role at once, `concurrency` at a time; by default none waits for another.

    What fails costs its own role only: its passages stay as they are, with the reason.
    """
    limit = concurrency or max(len(roles), 1)
    gate = asyncio.Semaphore(limit)
    done = 0

    async def rewrite_one(role: RoleBrief) -> ClusterRewrite:
        nonlocal done
        async with gate:
            rewrites = await _rewrite_or_keep(role, rewriter, llm)
        done += 1
        on_progress(ProgressEvent(REWRITING_STAGE, done, len(roles)))
        return ClusterRewrite(role.slug, tuple(rewrites))

    tasks = [asyncio.create_task(rewrite_one(role)) for role in roles]
    logger.info("Queued GPT rewrite tasks for %d clusters (concurrency=%d)", len(tasks), limit)
    return await asyncio.gather(*tasks)


async def _rewrite_or_keep(role: RoleBrief, rewriter: BulletRewriter, llm: LanguageModel) -> list[Rewrite]:
    try:
        return await rewriter.rewrite(role, llm=llm)
    except Exception as error:  # a bug in one cluster's rewriting must not cost the variants of the rest
        logger.exception("Rewriting for %s failed", role.slug)
        reason = f"rewriting stopped at an error of Rolemap's own ({type(error).__name__}), which is in the log"
        return [
            Rewrite(passage, "kept", passage.text, reasons=(reason,)) for passage in resume_passages(rewriter.resume)
        ]
