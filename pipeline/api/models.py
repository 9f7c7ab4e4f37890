"""What the API is asked and what it answers, as OpenAPI shows it."""

from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from pipeline.api.jobs import Job, JobKind, JobStatus
from pipeline.api.problems import Problem
from pipeline.cluster_artifacts import Family, Quality
from pipeline.cluster_matcher import MarketKeyword, RankedCluster, Reason, SimilarVacancy, Verdict
from pipeline.core import Facts
from pipeline.resume_generator import GapAnalysis
from pipeline.taxonomy_links import Link, TaxonomyName

MAX_CHARACTERS = 2_000_000  # of a pasted page with its markup; a description's own text is cut far earlier, and said
MAX_TITLE = 300
MAX_JOBS = 500
WORDS = r"[^\W\d_](?:[\W\d_]*[^\W\d_]){2}"  # at least three letters
LABELS = "How each keyword is written for people, where otherwise than its key."
Links = dict[TaxonomyName, dict[str, Link]]
EXAMPLE = (
    "Senior Data Engineer\n\nYou build data pipelines with Python, SQL and Apache Airflow on AWS, and keep our "
    "warehouse in Snowflake tidy. Docker and Terraform are part of every day."
)


def _whole_characters(value: Any) -> Any:
    """Return text in which half of a surrogate pair (half an emoji) is marked as unreadable, not refused."""
    if isinstance(value, str):
        return value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return value


JobText = Annotated[
    str,
    Field(
        max_length=MAX_CHARACTERS,
        pattern=WORDS,
        description="The posting as plain text, an HTML page or an email.",
        examples=[EXAMPLE],
    ),
    BeforeValidator(_whole_characters),
]
OptionalJobText = Annotated[
    str,
    # A field of a form that is left empty counts as not sent.
    Field(max_length=MAX_CHARACTERS, pattern=f"^$|{WORDS}", examples=[EXAMPLE]),
    BeforeValidator(_whole_characters),
]
Title = Annotated[
    str,
    Field(max_length=MAX_TITLE, description="The job's title, where it is known apart from the text."),
    BeforeValidator(_whole_characters),
]
OptionalTitle = Annotated[str, Field(max_length=MAX_TITLE), BeforeValidator(_whole_characters)]
UseSemantic = Annotated[
    bool, Field(strict=True, description="Match by meaning too; false works by keywords alone and is far quicker.")
]


class _Request(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, regex_engine="python-re")


class AnalyzeRequest(_Request):
    """A job description to place among the clusters."""

    job_description: JobText
    use_semantic: UseSemantic = True
    include_market_trends: bool = Field(default=False, strict=True, description="Add what the market asks for more.")


class MatchRequest(_Request):
    """A job description to match and explain, and a resume to compare with it."""

    job_description: JobText
    title: Title | None = None
    use_semantic: UseSemantic = True
    resume: dict[str, Any] | None = Field(default=None, description="A resume in the JSON Resume schema.")


class FitRequest(_Request):
    """A resume to rank the stored postings for."""

    resume: dict[str, Any] = Field(description="A resume in the JSON Resume schema.")
    known: list[str] = Field(default=[], max_length=200, description="Keywords that its owner has besides.")
    top: int = Field(default=50, ge=1, le=10_000, description="How many postings to return, the best first.")
    use_semantic: UseSemantic = True


class BulkJob(_Request):
    """One of many job descriptions; its name comes back with the answer."""

    name: Title = ""
    title: Title | None = None
    job_description: JobText


class BulkRequest(_Request):
    """Many job descriptions, embedded in batches."""

    jobs: Annotated[list[BulkJob], Field(min_length=1, max_length=MAX_JOBS)]
    use_semantic: UseSemantic = True
    table: Literal["json", "csv"] = Field(default="json", description="The form of the result.")


class _Answer(BaseModel):
    model_config = ConfigDict(frozen=True, from_attributes=True)


class ClusterScore(_Answer):
    """One cluster and its probability; those of all clusters sum to one."""

    slug: str
    name: str
    score: float


class MarketSkill(_Answer):
    """A skill that moves on the market. `source` says whether the stored postings show it or a model holds it."""

    name: str
    label: str = Field(description="The name as it is written for people.")
    category: str
    direction: Literal["rising", "new", "fading", "steady"]
    reason: str
    confidence: float
    source: Literal["postings", "model"]


class Analysis(_Answer):
    """Where a job description belongs and what it asks for. `best_cluster` is null where there is no good match."""

    best_cluster: str | None
    clusters: list[ClusterScore]
    keywords: dict[str, list[str]] = Field(description="What the text names, by category slug.")
    labels: dict[str, str] = Field(description=LABELS)
    missing_keywords: list[str] = Field(description="What the cluster often asks for and the text does not.")
    trending_skills: dict[str, list[MarketSkill]] = Field(description="Skills that move on the market, by slug.")
    notices: list[str]


class MatchAnswer(_Answer):
    """How a job description matches. `fit` is the part of the corpus's postings no more typical of it than the text."""

    name: str
    title: str | None
    verdict: Verdict
    best_cluster: str | None
    best_name: str | None
    clusters: list[RankedCluster]
    margin: float
    fit: float
    is_semantic: bool
    keywords: dict[str, list[str]]
    labels: dict[str, str] = Field(description=LABELS)
    reasons: list[Reason]
    missing_keywords: list[MarketKeyword]
    extra_keywords: list[MarketKeyword]
    similar: list[SimilarVacancy]
    notices: list[str]
    gap: GapAnalysis | None = Field(default=None, description="What the resume shows and lacks of this very job.")


class BulkAnswer(_Answer):
    """The matches of many job descriptions, in the order in which they were sent."""

    matches: list[MatchAnswer]
    skipped: dict[str, str] = Field(description="The names of those that could not be read, and why.")


class ClusterSummary(_Answer):
    """One kind of role."""

    slug: str
    name: str
    summary: str
    vacancy_count: int
    keywords: list[str]
    parent: str | None = Field(default=None, description="The group above it: a role's family, a specialism's role.")


class Clusters(_Answer):
    """The kinds of role that were found, and how far they can be trusted."""

    clusters: list[ClusterSummary]
    families: list[Family] = Field(description="The clusters gathered; none where there are but a few.")
    labels: dict[str, str] = Field(description=LABELS)
    links: Links = Field(description="By taxonomy and slug, the occupation that a kind of role is linked to.")
    quality: Quality


class Category(_Answer):
    """A category key with its name and its keywords, most telling first."""

    slug: str
    name: str
    summary: str
    keywords: list[str]


class Categories(_Answer):
    """Every category key in use besides "general"."""

    categories: list[Category]
    labels: dict[str, str] = Field(description=LABELS)
    notices: list[str]


class Taxonomy(_Answer):
    """Each category's whole keyword pool by slug."""

    taxonomy: dict[str, list[str]]
    labels: dict[str, str] = Field(description=LABELS)
    links: Links = Field(description="By taxonomy and keyword, the concept that a keyword is linked to.")
    notices: list[str]


class RoleFitAnswer(_Answer):
    """How far a resume bears out one kind of role, and whether it gets a variant."""

    slug: str
    name: str
    share: float = Field(description="Of what marks the role out, the part that the resume shows.")
    shown_count: int
    keyword_count: int
    is_fitting: bool
    is_ticked: bool
    reason: str


class VariantFit(_Answer):
    """Which kinds of role a resume is fit for, by a line, and the variant set that comes of it."""

    line: str
    roles: list[RoleFitAnswer]
    set: dict[str, Any] = Field(description="Send it back as the file `set` to /api/variants, as it is or changed.")
    notices: list[str] = Field(description="What the variants would hide from a reader.")


class Health(_Answer):
    """The server answers."""

    status: Literal["ok"] = "ok"


class Readiness(_Answer):
    """The server has clusters to answer with."""

    status: Literal["ready"] = "ready"


class Posting(_Answer):
    """A clustered posting. `facts` is null where the clusters were made by an earlier version."""

    id: str
    cluster: str
    title: str | None
    company: str | None
    location: str | None
    posted_on: date | None
    is_unlike: bool | None = Field(description="Far from every cluster; null where an earlier version made them.")
    facts: Facts | None


class Postings(_Answer):
    """Some of the clustered postings; `total` says how many there are."""

    total: int
    postings: list[Posting]


class JobProgress(_Answer):
    """How far the present stage of a job has come."""

    stage: str
    done: int
    total: int
    fraction: float


class JobState(_Answer):
    """A long piece of work. Fetch `result` when the status is done; `problem` says why it failed."""

    id: str
    kind: JobKind
    status: JobStatus
    progress: JobProgress | None
    result: str | None = Field(description="Where the result is, once it is done.")
    problem: Problem | None


def job_state(job: Job) -> JobState:
    """Return a job as its owner sees it."""
    return JobState(
        id=job.id,
        kind=job.kind,
        status=job.status,
        progress=JobProgress.model_validate(job.progress) if job.progress else None,
        result=f"/api/jobs/{job.id}/result" if job.status is JobStatus.done else None,
        problem=job.error.problem if job.error else None,
    )
