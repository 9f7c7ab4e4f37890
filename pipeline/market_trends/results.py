"""What is said of the market over time: each keyword's course with its counts, and a model's opinion beside it."""

from datetime import date
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from pipeline.cluster_artifacts import GENERAL, Evidence
from pipeline.keyword_engine import Kind

Direction = Literal["rising", "new", "fading", "steady", "too few to tell"]
Lean = Literal["up", "down"]
Verdict = Literal["agrees", "disagrees", "too few to tell", "not followed", "not in the corpus"]

RISING: frozenset[Direction] = frozenset({"rising", "new"})


class _Record(BaseModel):
    model_config = ConfigDict(frozen=True)


class Slope(_Record):
    """How the log-odds of a share change a month, with a 95% interval; `q_value` allows for all keywords compared."""

    per_month: float
    low: float
    high: float
    p_value: float
    q_value: float


class KeywordTrend(_Record):
    """The course of one keyword. Shares are parts of one; `monthly` counts postings in the months of the report.

    `slope` is taken over all postings, `within` with each kind of role compared only with itself, so that a keyword
    does not rise merely because the roles that ask for it grow: where that is so, `carried_by` is the role. `shrunk` is
    the slope drawn towards zero by how unsure it is. `lean` says where a keyword too rare to tell seems to go.
    """

    keyword: str
    label: str
    kind: Kind
    category: str
    direction: Direction
    lean: Lean | None = None
    vacancy_count: int
    employer_count: int
    share: float
    share_start: float | None = None
    share_end: float | None = None
    slope: Slope | None = None
    shrunk: float | None = None
    scatter: float | None = None
    within: Slope | None = None
    within_direction: Direction | None = None
    carried_by: str | None = None
    first_posted: date
    last_posted: date
    monthly: list[int]
    vacancy_ids: list[str]
    example: Evidence


class CategoryTrend(_Record):
    """How much of the market one kind of role is over time, by the postings that were clustered into it."""

    slug: str
    name: str
    direction: Direction
    vacancy_count: int
    share: float
    share_start: float | None = None
    share_end: float | None = None
    slope: Slope | None = None
    monthly: list[int]


class TrendingSkill(_Record):
    """A skill that a model says the market asks for more, less or as before. Confidence runs from 0 to 1."""

    name: str
    category: str
    direction: Literal["rising", "fading", "steady"]
    reason: str
    confidence: float = Field(ge=0, le=1)


class ComparedSkill(_Record):
    """A model's opinion beside what the postings say: `vacancy_count` of them name the skill."""

    skill: TrendingSkill
    verdict: Verdict
    keyword: str | None
    vacancy_count: int


class ModelOpinion(_Record):
    """What a model holds of the market; it cannot hold a skill outside `categories` and "general"."""

    model: str
    categories: list[str]
    skills: list[ComparedSkill]
    notice: str | None = None

    @model_validator(mode="after")
    def _categories_are_allowed(self) -> "ModelOpinion":
        strange = {each.skill.category for each in self.skills} - {*self.categories, GENERAL}
        if strange:
            raise ValueError(f"no category of the artifact in use: {', '.join(sorted(strange))}")
        return self


class TrendReport(_Record):
    """The courses of all keywords. `months` runs without gaps; `postings` counts what each month has."""

    months: list[str]
    postings: list[int]
    vacancy_count: int
    repeat_count: int
    undated_count: int
    compared_count: int
    categories: list[CategoryTrend]
    trends: list[KeywordTrend]
    notices: list[str] = []
    opinion: ModelOpinion | None = None

    def of(self, *directions: Direction) -> list[KeywordTrend]:
        """Return the keywords of these directions, in the order of the report."""
        return [trend for trend in self.trends if trend.direction in directions]
