"""Resume variants: one resume in the order that each kind of role asks for, every word of it kept."""

import json
import threading
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, cast

from pipeline.bullet_rewriter import BulletRewriter, ClusterRewrite, RoleBrief, apply_rewrites, rewrite_clusters
from pipeline.cluster_artifacts import ClusterArtifact, get_cluster_categories
from pipeline.core import ProgressCallback, content_key, ignore_progress
from pipeline.keyword_engine import TermMatcher, lexicon_matcher
from pipeline.llm import LanguageModel
from pipeline.resume_generator.skill_ordering import (
    Relevance,
    ThemeConfig,
    most_relevant_first,
    order_skills,
    skill_texts,
)
from pipeline.resumes import Resume, Skill, Work

UNLABELLED = "(no label)"
MAX_ORDERS = 256  # slugs whose order is remembered


@dataclass(frozen=True)
class Move:
    """A skill category's place in the base resume and in the variant, counted from 1."""

    label: str
    before: int
    after: int


@dataclass(frozen=True)
class ResumeVariant:
    """A resume ordered for one theme. `moves` has every skill category, in the variant's order.

    `rewriting` says what a language model has changed, where one was asked.
    """

    slug: str
    name: str
    resume: Resume
    moves: tuple[Move, ...]
    rewriting: ClusterRewrite | None = None


def cluster_themes(artifact: ClusterArtifact, aliases: Mapping[str, str] | None = None) -> list[ThemeConfig]:
    """Return what variants are made for: each category of the artifact with its keyword pool."""
    return [
        {
            "slug": category.slug,
            "name": category.name,
            "keywords": category.keywords,
            "aliases": aliases or {},
            "labels": artifact.labels,
        }
        for category in get_cluster_categories(artifact)
    ]


def generate_variants(
    resume: Resume, themes: Iterable[ThemeConfig], *, reorders_bullets: bool = False
) -> list[ResumeVariant]:
    """Return a variant of the resume for each theme; the resume itself stays as it is."""
    return [generate_variant(resume, theme, reorders_bullets=reorders_bullets) for theme in themes]


def generate_variant(resume: Resume, theme: ThemeConfig, *, reorders_bullets: bool = False) -> ResumeVariant:
    """Return the resume with what a theme asks for first.

    Skill categories are ordered, and the skills inside each; with `reorders_bullets` also the bullets of each job.
    Sections and jobs keep their order.
    """
    relevance = Relevance(theme)
    labels = category_labels(resume.skills)
    by_label = dict(zip(labels, resume.skills, strict=True))
    texts = {label: skill_texts(skill) for label, skill in by_label.items()}
    order = _get_category_order_for_theme(cast(dict[str, Any], theme), texts, labels)
    moves = tuple(Move(label, labels.index(label) + 1, place) for place, label in enumerate(order, start=1))
    changes: dict[str, Any] = {}
    if resume.skills:
        changes["skills"] = [_ordered_category(by_label[label], relevance) for label in order]
    if reorders_bullets and resume.work:
        changes["work"] = [_ordered_job(job, relevance) for job in resume.work]
    return ResumeVariant(theme["slug"], theme["name"], resume.model_copy(update=changes), moves)


async def _generate_variants_from_clusters_with_gpt_async(
    themes: Sequence[ThemeConfig],
    rewriter: BulletRewriter,
    *,
    llm: LanguageModel,
    reorders_bullets: bool = False,
    concurrency: int | None = None,
    on_progress: ProgressCallback = ignore_progress,
) -> list[ResumeVariant]:
    """Return a variant of the rewriter's resume for each theme, reworded for all of them at once.

    What cannot be reworded stays as it is, with the reason; see `rewrite_clusters`.
    """
    variants = generate_variants(rewriter.resume, themes, reorders_bullets=reorders_bullets)
    rewritings = await rewrite_clusters(
        [role_brief(theme) for theme in themes],
        rewriter,
        llm=llm,
        concurrency=concurrency,
        on_progress=on_progress,
    )
    return [reworded(variant, rewriting) for variant, rewriting in zip(variants, rewritings, strict=True)]


def role_brief(theme: ThemeConfig) -> RoleBrief:
    """Return what a theme is to a language model."""
    return RoleBrief(theme["slug"], theme["name"], tuple(theme["keywords"]))


def reworded(variant: ResumeVariant, rewriting: ClusterRewrite) -> ResumeVariant:
    """Return the variant with the texts of a rewriting."""
    return replace(variant, resume=apply_rewrites(variant.resume, rewriting.rewrites), rewriting=rewriting)


def category_labels(skills: Sequence[Skill]) -> list[str]:
    """Return a label for each skill category, numbered where the resume uses one twice or gives none."""
    labels: dict[str, None] = {}
    for skill in skills:
        name = skill.name or UNLABELLED
        label, number = name, 2
        while label in labels:
            label, number = f"{name} {number}", number + 1
        labels[label] = None
    return list(labels)


def _ordered_category(skill: Skill, relevance: Relevance) -> Skill:
    ordered = order_skills(skill.keywords, relevance)
    return skill if ordered == skill.keywords else skill.model_copy(update={"keywords": ordered})


def _ordered_job(job: Work, relevance: Relevance) -> Work:
    ordered = most_relevant_first(job.highlights, relevance.of_text)
    return job if ordered == job.highlights else job.model_copy(update={"highlights": ordered})


_orders: dict[str, tuple[TermMatcher, str, list[str]]] = {}
_ordering = threading.Lock()


def _get_category_order_for_theme(
    theme_config: dict[str, Any], category_skills: dict[str, list[str]], original_order: list[str]
) -> list[str]:
    """Return `original_order` with the categories that show most of what the theme asks for first.

    A category's skills are looked up in the theme's `skills_priority`, then in its `keywords`; of equal ones the
    order stays. The order is remembered by the theme's slug, and worked out anew when anything that it comes from has
    changed: the theme, the skills, or the lexicon, whose matcher is another object then.
    """
    slug, lexicon = str(theme_config["slug"]), lexicon_matcher()
    wanted = [[*theme_config.get("skills_priority", ())], [*theme_config["keywords"]]]
    basis = content_key(json.dumps([wanted, {**theme_config.get("aliases", {})}, category_skills, original_order]))
    with _ordering:
        known = _orders.get(slug)
        if known and known[0] is lexicon and known[1] == basis:
            return list(known[2])
    relevance = Relevance(cast(ThemeConfig, theme_config))
    order = most_relevant_first(original_order, lambda label: relevance.of_skills(category_skills.get(label, ())))
    with _ordering:
        _orders.pop(slug, None)
        if len(_orders) >= MAX_ORDERS:
            _orders.pop(next(iter(_orders)))
        _orders[slug] = (lexicon, basis, order)
    return list(order)
