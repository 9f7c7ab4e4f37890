"""What matching answers: plain records that the command line, the API and the pages show."""

from typing import Literal

from pydantic import BaseModel, ConfigDict

from pipeline.cluster_matcher.explanation import Reason
from pipeline.keyword_engine import Kind

Verdict = Literal["clear", "close", "none"]


class _Record(BaseModel):
    model_config = ConfigDict(frozen=True)


class RankedCluster(_Record):
    """One cluster for one text: its probability among the clusters, and the scores behind it."""

    slug: str
    name: str
    score: float
    keyword_score: float
    centre_similarity: float | None = None
    profile_similarity: float | None = None


class MarketKeyword(_Record):
    """A keyword with the part of the cluster's postings, and of all postings, that name it; null where not known."""

    keyword: str
    label: str = ""
    kind: Kind
    share: float | None = None
    market_share: float | None = None


class SimilarVacancy(_Record):
    """A stored posting like the text; similarity is a cosine."""

    id: str
    title: str | None = None
    company: str | None = None
    similarity: float


class Match(_Record):
    """The answer for one job description.

    `best_cluster` is null where the text is no job ad or belongs to no cluster; the ranking then says only which is
    nearest. `fit` is the part of the corpus's own postings that are no more typical of it than the text.
    `labels` say how a keyword that the text names is written, where otherwise than its key.
    """

    name: str = ""
    title: str | None = None
    text: str
    verdict: Verdict
    best_cluster: str | None
    clusters: list[RankedCluster]
    margin: float
    fit: float
    is_semantic: bool
    keywords: dict[str, list[str]]
    labels: dict[str, str] = {}
    reasons: list[Reason] = []
    missing_keywords: list[MarketKeyword] = []
    extra_keywords: list[MarketKeyword] = []
    similar: list[SimilarVacancy] = []
    notices: list[str] = []

    @property
    def best_name(self) -> str | None:
        """The name of the best cluster, or None where there is no good match."""
        return self.clusters[0].name if self.best_cluster else None
