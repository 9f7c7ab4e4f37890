from datetime import date

import pytest

from pipeline.cluster_artifacts import Cluster, ClusterArtifact, KeywordEvidence, VacancyRecord
from pipeline.keyword_engine import find_hits
from pipeline.market_trends import MarketQuestion
from pipeline.postings import Vacancy
from pipeline.report.market_view import (
    admitted,
    cluster_sizes,
    keyword_matrix,
    mentions_of,
    pool_counts,
    posting_facts,
)
from pipeline.report.shares import share_interval
from pipeline.resume_generator import (
    LISTED,
    MISSING,
    NOT_ASKED,
    SHOWN,
    Demand,
    GapAnalysis,
    KeywordGap,
    Showing,
    coverage_matrix,
)

RECORDS = {
    "a": VacancyRecord(title="Senior Nurse", company="Ada", location="Bonn", posted_on=date(2026, 1, 5)),
    "b": VacancyRecord(title="Junior Nurse", company="Bo", location="Bonn", posted_on=date(2026, 3, 5)),
    "c": VacancyRecord(title="Cook"),
}


@pytest.fixture
def artifact() -> ClusterArtifact:
    evidence = {"icu": KeywordEvidence(vacancy_ids=["a", "b"], share=1.0), "sql": KeywordEvidence(vacancy_ids=["b"])}
    nurses = Cluster(slug="nurse", name="Nurse", vacancy_ids=["a", "b"], top_keywords=["icu", "sql"], evidence=evidence)
    return ClusterArtifact(
        clusters=[nurses, Cluster(slug="cook", name="Cook", vacancy_ids=["c"], top_keywords=["baking"])],
        vacancies=RECORDS,
    )


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        (MarketQuestion(), "abc"),
        (MarketQuestion(seniorities=frozenset({"senior"})), "a"),
        (MarketQuestion(seniorities=frozenset({"not said"})), "c"),
        (MarketQuestion(places=frozenset({"Bonn"}), companies=frozenset({"Bo"})), "b"),
        (MarketQuestion(since=date(2026, 2, 1)), "b"),
        (MarketQuestion(until=date(2026, 2, 1)), "a"),
    ],
)
def test_postings_pass_by_level_place_company_and_date(
    artifact: ClusterArtifact, filters: MarketQuestion, expected: str
) -> None:
    assert admitted(posting_facts(artifact), filters) == set(expected)


def test_counts_follow_the_filters(artifact: ClusterArtifact) -> None:
    assert [(size.shown, size.total) for size in cluster_sizes(artifact, {"b"})] == [(1, 2), (0, 1)]
    counted = pool_counts(artifact.cluster("nurse"), {"a"}, artifact.labels)
    assert [(each.keyword, each.label, each.count) for each in counted] == [("icu", "ICU", 1), ("sql", "SQL", 0)]
    assert [each.share for each in counted] == [1.0, 0.0]


def test_a_matrix_counts_the_postings_that_name_a_keyword_and_has_no_share_of_nothing(
    artifact: ClusterArtifact,
) -> None:
    mentions = {"a": frozenset({"icu"}), "b": frozenset({"icu", "baking"}), "c": frozenset({"baking"})}
    matrix = keyword_matrix(artifact.clusters, mentions, {"a", "b"}, artifact.labels)
    assert matrix.keywords == ("icu", "sql", "baking")
    assert matrix.labels == ("ICU", "SQL", "baking")
    assert matrix.counts == ((2, 0), (0, 0), (1, 0))
    assert matrix.shares == [[1.0, None], [0.0, None], [0.5, None]]


def test_keywords_are_found_once_and_kept_by_posting(workspace: object) -> None:
    hits = find_hits([Vacancy(id="x", text="You write SQL and Python, and more SQL."), Vacancy(id="y", text="Hello.")])
    assert [hit.keyword for hit in hits["x"]] == ["sql", "python", "sql"]
    assert mentions_of(hits) == {"x": {"sql", "python"}, "y": frozenset()}


def test_coverage_says_of_each_keyword_whether_the_resume_lists_shows_or_lacks_it() -> None:
    def gap(keyword: str, count: int) -> KeywordGap:
        return KeywordGap(keyword=keyword, label=keyword.upper(), demand=Demand(vacancy_count=count))

    shown = KeywordGap(keyword="b", label="B", showings=[Showing(where="Work", text="b", is_listed=False)])
    gaps = [
        GapAnalysis(slug="x", name="X", listed=[gap("a", 9)], unlisted=[shown], missing=[gap("c", 4)]),
        GapAnalysis(slug="y", name="Y", listed=[], unlisted=[], missing=[gap("a", 9)]),
    ]
    matrix = coverage_matrix(gaps)
    assert matrix.keywords == ("a", "c", "b")
    assert matrix.states == ((LISTED, MISSING), (MISSING, NOT_ASKED), (SHOWN, NOT_ASKED))
    assert (matrix.shown_counts, matrix.asked_counts) == ((2, 0), (3, 1))
    assert coverage_matrix(gaps, limit=1).shown_counts == (2, 0)


@pytest.mark.parametrize(("count", "total"), [(0, 0), (0, 8), (8, 8), (3, 8)])
def test_an_interval_holds_its_share_and_stays_between_none_and_all(count: int, total: int) -> None:
    low, high = share_interval(count, total)
    assert 0 <= low < high <= 1
    if total:
        assert low <= count / total <= high
