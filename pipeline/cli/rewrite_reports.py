"""Rewriting on the command line: what is said before anything is sent, and what came of it for each cluster."""

import sys
from collections.abc import Sequence
from typing import Any

from pipeline import services
from pipeline.cli.terminal import print_table
from pipeline.core import ProgressCallback
from pipeline.llm import ModelNotConfigured
from pipeline.resume_generator import ResumeVariant, ThemeConfig, generate_variants
from pipeline.resumes import Resume


def make_variants(
    resume: Resume,
    themes: Sequence[ThemeConfig],
    *,
    reorders_bullets: bool,
    rewrites: bool,
    read_cache: bool,
    on_progress: ProgressCallback,
) -> list[ResumeVariant]:
    """Return the variants, reworded where that is wanted; without a model they stay as they are, which is said."""
    if rewrites:
        try:
            print(services.plan_rewrites(resume, themes, read_cache=read_cache), file=sys.stderr)
            run = services.rewrite_variants(
                resume, themes, reorders_bullets=reorders_bullets, read_cache=read_cache, on_progress=on_progress
            )
        except ModelNotConfigured as error:
            print(f"warning: nothing is reworded. {error}", file=sys.stderr)
        else:
            print(f"Rewriting took {run.usage}", file=sys.stderr)
            return run.variants
    return generate_variants(resume, themes, reorders_bullets=reorders_bullets)


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
