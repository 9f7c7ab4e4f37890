"""What a language model holds of the market, under the artifact's categories: an opinion, set beside the corpus."""

from pathlib import Path

from pipeline.cluster_artifacts import GENERAL, ClusterCategory, get_cluster_categories, load_artifact
from pipeline.core import RolemapError
from pipeline.keyword_engine import DEFAULT_TECH_TAXONOMY, default_artifact_path, taxonomy_notice
from pipeline.llm import DATA_RULE, LanguageModel, ModelNotConfigured, Prompt, fence
from pipeline.market_trends.corpus import TrendCorpus
from pipeline.market_trends.opinions import GeneratedTrends, compare_skills, stored_skills
from pipeline.market_trends.results import ModelOpinion, TrendingSkill, TrendReport

__all__ = ["MarketTrendsService", "TrendingSkill"]

STAGE = "market trends"
SHOWN_KEYWORDS = 12  # of each category
MAX_SUMMARY = 300  # characters
SKILLS_PER_CATEGORY = 4
_STATIC_NAMES = {
    "research_ml": ("Machine-learning research", "New models and methods, and the mathematics behind them."),
    "applied_production": ("Applied and production work", "Software, data and models that run day by day."),
    "genai_llm": ("Generative AI and language models", "Products built on large language models."),
}


class MarketTrendsService:
    """Asks a model which skills rise, fade or stay, under the categories of the artifact in use.

    `notice` says why the static categories are used where there is no usable artifact.
    """

    def __init__(self, llm: LanguageModel | None = None, *, artifact_path: str | Path | None = None) -> None:
        self._llm = llm
        self._path = Path(artifact_path) if artifact_path else default_artifact_path()

    @property
    def notice(self) -> str | None:
        """Why the static categories are in use; None where the artifact's are."""
        return taxonomy_notice(self._path)

    async def ask_trending_skills(self, period: str = "the last two years") -> list[TrendingSkill]:
        """Return the model's skills, their categories mapped to allowed ones. Raises LanguageModelError."""
        if self._llm is None:
            raise ModelNotConfigured("No language model was given to ask about the market.")
        categories = self._load_cluster_categories()
        answer = await self._llm.ask(self._prompt(categories, period), GeneratedTrends, stage=STAGE)
        return stored_skills(answer, categories)

    async def ask_opinion(self, report: TrendReport, corpus: TrendCorpus) -> ModelOpinion:
        """Return what the model holds of the report's months, beside what the report says. Raises LanguageModelError.

        The model is shown no figures of the corpus, so that its opinion is its own.
        """
        skills = await self.ask_trending_skills(f"{report.months[0]} to {report.months[-1]}")
        return ModelOpinion(
            model=self._llm.name if self._llm else "",
            categories=[category.slug for category in self._load_cluster_categories()],
            skills=compare_skills(skills, report, corpus),
        )

    def _load_cluster_categories(self) -> list[ClusterCategory]:
        """Return the artifact's categories; the static ones where it is missing or broken, as `notice` then says."""
        try:
            return get_cluster_categories(load_artifact(self._path))
        except RolemapError:
            return [
                ClusterCategory(slug=slug, name=_STATIC_NAMES[slug][0], summary=_STATIC_NAMES[slug][1], keywords=pool)
                for slug, pool in DEFAULT_TECH_TAXONOMY.items()
            ]

    def _build_category_prompt(self, categories: list[ClusterCategory]) -> str:
        """Return the categories with slug, name, summary and a few keywords, and the rule to use no other key."""
        listed = "\n".join(
            f"{category.slug} | {_line(category.name)} | {_line(category.summary)} | keywords: "
            + ", ".join(_line(keyword) for keyword in category.keywords[:SHOWN_KEYWORDS])
            for category in categories
        )
        is_static = {category.slug for category in categories} == set(DEFAULT_TECH_TAXONOMY)
        fallback = "Choose the closest one." if is_static else f'Where none fits, use "{GENERAL}".'
        return (
            f"The categories, one a line: key | name | summary | keywords.\n{fence(listed, 'categories')}\n"
            f"As category use only these keys, letter by letter; never make up another. {fallback}"
        )

    def _prompt(self, categories: list[ClusterCategory], period: str) -> Prompt:
        system = (
            "You know the job market. You name skills and technologies that postings asked for more (rising), less "
            f"(fading) or as much as before (steady) over a given time. {DATA_RULE}"
        )
        user = (
            f"{self._build_category_prompt(categories)}\n\nThe time: {period}. Name up to {SKILLS_PER_CATEGORY} skills "
            "for each category, most telling first. Give each a direction (rising, fading or steady), a reason in one "
            "sentence, and a confidence from 0 to 1. Leave out what you do not know."
        )
        return Prompt(system, user)


def _line(text: str) -> str:
    return " ".join(text.split())[:MAX_SUMMARY]
