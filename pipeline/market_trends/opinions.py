"""From what a model answers of the market to what is stored: allowed categories only, each set beside the corpus."""

import re
from collections.abc import Sequence
from typing import Literal

from pydantic import BaseModel, Field
from rapidfuzz import fuzz

from pipeline.cluster_artifacts import GENERAL, ClusterCategory
from pipeline.keyword_engine import DEFAULT_TECH_TAXONOMY, canonical_keyword, extract_keywords_from_text
from pipeline.llm import clean_text, one_line
from pipeline.market_trends.corpus import TrendCorpus
from pipeline.market_trends.results import RISING, ComparedSkill, KeywordTrend, TrendingSkill, TrendReport, Verdict

MAX_SKILLS = 40
MAX_NAME, MAX_REASON = 80, 300  # characters
NEAR_NAME = 80.0  # likeness, of 100, from which two names mean the same category
NAMED_FRACTION = 0.5  # of a skill's name that a keyword makes up, at least, to be that skill
UNSAID_CONFIDENCE = 0.5

_DIRECTIONS: dict[Literal["rising", "fading", "steady"], re.Pattern[str]] = {
    "fading": re.compile(r"\b(?:fad|declin|down|decreas|fall|shrink|los|wan|obsolet)", re.I),
    "rising": re.compile(r"\b(?:ris|grow|up\b|increas|emerg|hot|new|gain|trending|surg)", re.I),
    "steady": re.compile(r"\b(?:stead|stabl|flat|matur|constant|unchang|same)", re.I),
}
_BRACKETS = re.compile(r"\s*\([^()]*\)")
_CONFIDENCES = {"low": 0.3, "medium": 0.6, "moderate": 0.6, "high": 0.9}


class GeneratedSkill(BaseModel):
    """One skill as a model words it: any category, direction and confidence may stand here."""

    name: str
    category: str | None = Field(description="one of the category keys")
    direction: str | None = Field(description="rising, fading or steady")
    reason: str | None = Field(description="one sentence")
    confidence: float | str | None = Field(description="from 0 to 1")


class GeneratedTrends(BaseModel):
    """A model's whole answer."""

    skills: list[GeneratedSkill]


def stored_skills(answer: GeneratedTrends, categories: Sequence[ClusterCategory]) -> list[TrendingSkill]:
    """Return the answer's skills under allowed categories, each once; what has no name or no direction is left out."""
    kept: dict[str, TrendingSkill] = {}
    for each in answer.skills:
        name = one_line(clean_text(each.name), MAX_NAME).strip()
        direction = next((d for d, words in _DIRECTIONS.items() if words.search(each.direction or "")), None)
        key = canonical_keyword(name)
        if not any(character.isalnum() for character in name) or direction is None or key in kept:
            continue
        kept[key] = TrendingSkill(
            name=name,
            category=nearest_category(each.category or "", name, categories),
            direction=direction,
            reason=one_line(clean_text(each.reason or ""), MAX_REASON),
            confidence=_confidence(each.confidence),
        )
    return list(kept.values())[:MAX_SKILLS]


def nearest_category(wanted: str, skill: str, categories: Sequence[ClusterCategory]) -> str:
    """Return the category that a model means: by its key or name, else by keywords, else "general".

    The static categories have no "general": there the most alike name decides. Ties go to the earlier category.
    """
    if wanted in {category.slug for category in categories} or (wanted == GENERAL and not _is_static(categories)):
        return wanted
    alike = [_likeness(wanted, category) for category in categories]
    if max(alike) >= NEAR_NAME:
        return categories[alike.index(max(alike))].slug
    shared = [_shared_keywords(f"{wanted} {skill}", category) for category in categories]
    if max(shared) > (0, 0):
        return categories[shared.index(max(shared))].slug
    return categories[alike.index(max(alike))].slug if _is_static(categories) else GENERAL


def compare_skills(skills: Sequence[TrendingSkill], report: TrendReport, corpus: TrendCorpus) -> list[ComparedSkill]:
    """Set each of a model's skills beside what the postings say of it."""
    trends = {trend.keyword: trend for trend in report.trends}
    compared = []
    for skill in skills:
        trend = next((trends[keyword] for keyword in _keywords_meant(skill.name) if keyword in trends), None)
        count = trend.vacancy_count if trend else _naming_postings(skill.name, corpus)
        compared.append(
            ComparedSkill(
                skill=skill,
                verdict=_verdict(skill, trend, count),
                keyword=trend.keyword if trend else None,
                vacancy_count=count,
            )
        )
    return compared


def _is_static(categories: Sequence[ClusterCategory]) -> bool:
    return {category.slug for category in categories} == set(DEFAULT_TECH_TAXONOMY)


def _likeness(wanted: str, category: ClusterCategory) -> float:
    """Return how alike a name is to a category's key or name, from 0 to 100; signs such as + and # count."""
    return max(fuzz.token_sort_ratio(_spaced(wanted), _spaced(name)) for name in (category.slug, category.name))


def _spaced(name: str) -> str:
    return re.sub(r"[\s_\-/&,]+", " ", name).strip().casefold()


def _shared_keywords(text: str, category: ClusterCategory) -> tuple[int, int]:
    """Return how many of a category's keywords a text names, and how telling the first of them is."""
    named = {hit.keyword for hit in extract_keywords_from_text(text)}
    words = set(_spaced(text).split())
    ranks = [
        rank
        for rank, keyword in enumerate(category.keywords)
        if keyword in named or set(_spaced(keyword).split()) <= words
    ]
    return len(ranks), len(category.keywords) - ranks[0] if ranks else 0


def _confidence(said: float | str | None) -> float:
    """Return a confidence from 0 to 1, whether it was given as a part, in percent or in words."""
    if isinstance(said, str):
        figure = re.search(r"-?\d+(?:\.\d+)?", said)
        word = next((value for name, value in _CONFIDENCES.items() if name in said.lower()), UNSAID_CONFIDENCE)
        said = float(figure[0]) if figure else word
    value = UNSAID_CONFIDENCE if said is None or said != said else said
    return min(max(value / 100 if value > 1 else value, 0.0), 1.0)


def _keywords_meant(name: str) -> list[str]:
    """Return the keyword that a name is, with or without its brackets, or the only one that makes up most of it."""
    hits = extract_keywords_from_text(name)
    is_one = len({hit.keyword for hit in hits}) == 1
    covered = sum(hit.end - hit.start for hit in hits)
    meant = [hits[0].keyword] if is_one and covered >= NAMED_FRACTION * len(name) else []
    return [canonical_keyword(name), canonical_keyword(_BRACKETS.sub("", name)), *meant]


def _naming_postings(name: str, corpus: TrendCorpus) -> int:
    pattern = re.compile(rf"(?<!\w){re.escape(name)}(?!\w)", re.I)
    return sum(bool(pattern.search(posting.vacancy.text)) for posting in corpus.postings)


def _verdict(skill: TrendingSkill, trend: KeywordTrend | None, count: int) -> Verdict:
    if trend is None:
        return "not followed" if count else "not in the corpus"
    if trend.direction == "too few to tell":
        return "too few to tell"
    said = "rising" if trend.direction in RISING else trend.direction
    return "agrees" if said == skill.direction else "disagrees"
