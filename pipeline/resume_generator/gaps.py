"""What of a kind of role's keywords a resume shows, where, and what it lacks. Advice only: no resume is changed."""

from collections.abc import Mapping

from pydantic import BaseModel, ConfigDict

from pipeline.cluster_artifacts import ClusterArtifact, Evidence, get_cluster_categories, keyword_pool
from pipeline.keyword_engine import keyword_label
from pipeline.resume_generator.passages import organisations, passages
from pipeline.resume_generator.skill_ordering import PoolMatcher, ThemeConfig
from pipeline.resumes import Resume


class _Record(BaseModel):
    model_config = ConfigDict(frozen=True)


class Demand(_Record):
    """How much of the market asks for a keyword; shares are parts of one, None where the artifact does not say."""

    role_share: float | None = None
    market_share: float | None = None
    vacancy_count: int = 0
    example: Evidence | None = None


class Showing(_Record):
    """A passage of the resume that shows a keyword, and where it stands."""

    where: str
    text: str
    is_listed: bool


class KeywordGap(_Record):
    """One keyword of a role: what the market says of it, and every passage of the resume that shows it."""

    keyword: str
    label: str
    demand: Demand = Demand()
    showings: list[Showing] = []

    @property
    def is_listed(self) -> bool:
        """Whether the skills section lists it."""
        return any(showing.is_listed for showing in self.showings)


class GapAnalysis(_Record):
    """A role's keywords, sorted by what the resume says of them; in each list the most asked for come first."""

    slug: str
    name: str
    listed: list[KeywordGap]
    unlisted: list[KeywordGap]
    missing: list[KeywordGap]

    @property
    def keyword_count(self) -> int:
        """How many keywords the role has."""
        return len(self.listed) + len(self.unlisted) + len(self.missing)

    @property
    def shown_fraction(self) -> float:
        """The part of the role's keywords that the resume shows anywhere."""
        return (len(self.listed) + len(self.unlisted)) / self.keyword_count if self.keyword_count else 0.0


def analyze_gaps(resume: Resume, theme: ThemeConfig, demand: Mapping[str, Demand]) -> GapAnalysis:
    """Sort a role's keywords into those that the skills section lists, that only other passages show, and the rest.

    They are what sets the role apart and whatever else it asks for: a role's most usual keyword marks out no role.
    """
    matcher = PoolMatcher([*dict.fromkeys((*theme["keywords"], *demand))], theme.get("aliases"), organisations(resume))
    showings: dict[str, list[Showing]] = {keyword: [] for keyword in matcher.keywords}
    for passage in passages(resume):
        find = matcher.in_skill if passage.is_list else matcher.in_text
        for keyword in find(passage.text):
            showings[keyword].append(Showing(where=passage.where, text=passage.text, is_listed=passage.is_skill))
    gaps = [
        KeywordGap(
            keyword=keyword,
            label=keyword_label(keyword, theme.get("labels")),
            demand=demand.get(keyword, Demand()),
            showings=found,
        )
        for keyword, found in showings.items()
    ]
    gaps.sort(key=lambda gap: (-(gap.demand.role_share or 0), -(gap.demand.market_share or 0)))
    return GapAnalysis(
        slug=theme["slug"],
        name=theme["name"],
        listed=[gap for gap in gaps if gap.is_listed],
        unlisted=[gap for gap in gaps if gap.showings and not gap.is_listed],
        missing=[gap for gap in gaps if not gap.showings],
    )


def cluster_demand(artifact: ClusterArtifact, slug: str) -> dict[str, Demand]:
    """Return how much of the market asks for each keyword that a cluster asks for or is marked out by.

    What the analyst has hidden is left out. Empty for an artifact without evidence.
    """
    cluster = next((cluster for cluster in artifact.clusters if cluster.slug == slug), None)
    if cluster is None:  # a category that somebody added by hand
        return {}
    inside = len(cluster.vacancy_ids)
    total = sum(len(other.vacancy_ids) for other in artifact.clusters)
    shown = {keyword for category in get_cluster_categories(artifact) for keyword in category.keywords}
    hidden = set(keyword_pool(cluster)) - shown
    found = {}
    for keyword, evidence in cluster.evidence.items():
        if keyword in hidden:
            continue
        naming = len(evidence.vacancy_ids) + evidence.share_elsewhere * (total - inside)
        found[keyword] = Demand(
            role_share=evidence.share,
            market_share=round(naming / total, 4) if total else None,
            vacancy_count=len(evidence.vacancy_ids),
            example=evidence.example,
        )
    return found
