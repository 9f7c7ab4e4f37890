"""Rewriting on the command line: what is said before anything is sent, and what came of it for each cluster."""

import sys
from collections.abc import Sequence
from typing import Any

from pipeline import services
from pipeline.bullet_rewriter import ClusterRewrite
from pipeline.cli.terminal import print_table
from pipeline.core import ProgressCallback
from pipeline.llm import ModelNotConfigured
from pipeline.resume_generator import ResumeVariant, ThemeConfig
from pipeline.resumes import Resume


def reword(
    resume: Resume, themes: Sequence[ThemeConfig], *, rewrites: bool, read_cache: bool, on_progress: ProgressCallback
) -> dict[str, ClusterRewrite]:
    """Return what is reworded for each theme, by slug, where that is wanted; nothing without a model, which is said."""
    if not rewrites:
        return {}
    try:
        print(services.plan_rewrites(resume, themes, read_cache=read_cache), file=sys.stderr)
        run = services.rewrite_variants(resume, themes, read_cache=read_cache, on_progress=on_progress)
    except ModelNotConfigured as error:
        print(f"warning: nothing is reworded. {error}", file=sys.stderr)
        return {}
    print(f"Rewriting took {run.usage}", file=sys.stderr)
    return {variant.slug: variant.rewriting for variant in run.variants if variant.rewriting}


def print_rewriting(variants: Sequence[ResumeVariant]) -> None:
    """Print how many passages of each variant were rewritten, kept and reverted, and why those that were not."""
    found = [(variant, variant.rewriting) for variant in variants if variant.rewriting]
    if not found:
        return
    rows = [
        (variant.name, *(str(outcomes.count(outcome)) for outcome in ("rewritten", "kept", "reverted")))
        for variant, outcomes in found
    ]
    print_table(("Cluster", "Rewritten", "Kept", "Reverted"), rows)
    for variant, outcomes in found:
        for reason, count in outcomes.reasons.items():
            if reason not in services.ORDINARY:
                print(f"{variant.slug}: {count} not reworded: {reason}")


def rewriting_report(variant: ResumeVariant) -> dict[str, Any] | None:
    """Return what became of a variant's passages, for machines; None where no model was asked."""
    outcomes = variant.rewriting
    if outcomes is None:
        return None
    counts = {outcome: outcomes.count(outcome) for outcome in ("rewritten", "kept", "reverted")}
    return counts | {"reasons": outcomes.reasons}
