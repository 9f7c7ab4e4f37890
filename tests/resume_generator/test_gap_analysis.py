"""What a resume shows of a role's keywords, where, what it lacks, and what the market says of each."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.cluster_artifacts import (
    Cluster,
    ClusterArtifact,
    Evidence,
    KeywordEvidence,
    Overrides,
    apply_overrides,
    asked_for,
    load_artifact,
)
from pipeline.resume_generator.gaps import Demand, GapAnalysis, KeywordGap, analyze_gaps, cluster_demand
from pipeline.resume_generator.skill_ordering import ThemeConfig
from pipeline.resume_generator.variants import cluster_themes
from pipeline.resumes import Resume
from tests.sample_resumes import arabic_resume, chinese_resume, full_resume


def theme(*keywords: str) -> ThemeConfig:
    return {"slug": "role", "name": "Role", "keywords": keywords}


def gaps_of(resume: Resume, *keywords: str, **demand: float) -> GapAnalysis:
    return analyze_gaps(resume, theme(*keywords), {name: Demand(role_share=share) for name, share in demand.items()})


def keywords_of(gaps: list[KeywordGap]) -> list[str]:
    return [gap.keyword for gap in gaps]


def resume_with(**sections: Any) -> Resume:
    return Resume.model_validate({"basics": {"name": "Jane Doe"}} | sections)


def test_keywords_are_sorted_into_listed_shown_and_missing() -> None:
    resume = resume_with(
        skills=[{"name": "Cloud", "keywords": ["Amazon Web Services"]}],
        work=[{"name": "Acme", "position": "Engineer", "highlights": ["Ran Kubernetes on AWS", "Sang"]}],
    )
    found = gaps_of(resume, "aws", "kubernetes", "kafka")
    assert keywords_of(found.listed) == ["aws"]
    assert keywords_of(found.unlisted) == ["kubernetes"]
    assert keywords_of(found.missing) == ["kafka"]
    assert found.keyword_count == 3
    assert found.shown_fraction == pytest.approx(2 / 3)


def test_every_passage_that_shows_a_keyword_is_named_with_its_place() -> None:
    resume = resume_with(
        skills=[{"name": "Cloud", "keywords": ["AWS (S3)"]}],
        work=[{"name": "Acme", "position": "Engineer", "highlights": ["Ran Kubernetes on AWS"]}],
        projects=[{"name": "Tide", "description": "Written for AWS."}],
    )
    [gap] = gaps_of(resume, "aws").listed
    assert [(showing.where, showing.text, showing.is_listed) for showing in gap.showings] == [
        ("Skills, Cloud", "AWS (S3)", True),
        ("Engineer at Acme", "Ran Kubernetes on AWS", False),
        ("Project Tide", "Written for AWS.", False),
    ]


SECTIONS = {
    "a headline": {"basics": {"label": "Kubernetes Engineer"}},
    "a summary": {"basics": {"summary": "Ten years of Kubernetes."}},
    "a job's text": {"work": [{"name": "Acme", "summary": "Kubernetes team of five."}]},
    "a project's keywords": {"projects": [{"name": "Tide", "keywords": ["k8s"]}]},
    "a course": {"education": [{"institution": "Oslo", "courses": ["Kubernetes"]}]},
    "a certificate": {"certificates": [{"name": "Kubernetes in Production"}]},
    "a publication": {"publications": [{"name": "Kubernetes at sea"}]},
    "an award": {"awards": [{"title": "Best Kubernetes Operator"}]},
    "voluntary work": {"volunteer": [{"organization": "Club", "highlights": ["Taught Kubernetes"]}]},
    "a section of its own kind": {"other": [{"title": "Talks", "items": [{"text": "Kubernetes in a week"}]}]},
}


@pytest.mark.parametrize("section", SECTIONS)
def test_a_keyword_is_found_wherever_it_stands(section: str) -> None:
    found = gaps_of(Resume.model_validate(SECTIONS[section]), "kubernetes")
    assert keywords_of(found.unlisted) == ["kubernetes"]


def test_a_language_spoken_shows_a_language_asked_for() -> None:
    resume = resume_with(languages=[{"language": "Dutch", "fluency": "Native"}])
    assert keywords_of(gaps_of(resume, "dutch").unlisted) == ["dutch"]


def test_the_missing_come_by_how_much_of_the_market_asks_for_them() -> None:
    found = gaps_of(resume_with(), "kafka", "spark", "airflow", kafka=0.1, spark=0.6, airflow=0.4)
    assert keywords_of(found.missing) == ["spark", "airflow", "kafka"]


def test_without_figures_the_order_of_the_pool_stays() -> None:
    assert keywords_of(gaps_of(resume_with(), "kafka", "airflow", "spark").missing) == ["kafka", "airflow", "spark"]


def test_two_names_of_one_keyword_count_once() -> None:
    found = gaps_of(resume_with(skills=[{"name": "k8s"}]), "kubernetes", "k8s")
    assert found.keyword_count == 1
    assert keywords_of(found.listed) == ["kubernetes"]


def test_demand_is_counted_over_the_role_and_the_whole_market() -> None:
    example = Evidence(vacancy_id="a", sentence="You know Spark.")
    evidence = {"spark": KeywordEvidence(vacancy_ids=["a", "b"], share=0.5, share_elsewhere=0.1, example=example)}
    artifact = ClusterArtifact(
        clusters=[
            Cluster(slug="data", name="Data", vacancy_ids=list("abcd"), top_keywords=["spark"], evidence=evidence),
            Cluster(slug="rest", name="Rest", vacancy_ids=[f"r{n}" for n in range(10)]),
        ]
    )
    demand = cluster_demand(artifact, "data")["spark"]
    assert demand == Demand(role_share=0.5, market_share=round(3 / 14, 4), vacancy_count=2, example=example)


def test_what_every_role_asks_for_is_asked_for_though_it_sets_none_apart() -> None:
    everywhere = {"sql": KeywordEvidence(vacancy_ids=["a", "b", "c"], share=0.75, share_elsewhere=0.8)}
    clusters = [
        Cluster(slug="data", name="Data", vacancy_ids=list("abcd"), top_keywords=["spark"], evidence=everywhere),
        Cluster(slug="rest", name="Rest", vacancy_ids=[f"r{n}" for n in range(10)], top_keywords=["bls"]),
    ]
    artifact = ClusterArtifact(clusters=clusters)
    data, rest = cluster_themes(artifact)
    assert asked_for(clusters[0]) == ["sql"]
    found = analyze_gaps(resume_with(skills=[{"name": "SQL"}]), data, cluster_demand(artifact, "data"))
    assert keywords_of(found.listed) == ["sql"]
    assert keywords_of(found.missing) == ["spark"]
    assert keywords_of(analyze_gaps(full_resume(), rest, cluster_demand(artifact, "rest")).missing) == ["bls"]


def test_a_keyword_that_the_analyst_has_hidden_is_not_asked_for() -> None:
    evidence = {"spark": KeywordEvidence(vacancy_ids=["a"], share=0.5)}
    cluster = Cluster(slug="data", name="Data", vacancy_ids=["a", "b"], top_keywords=["spark"], evidence=evidence)
    hidden = apply_overrides(ClusterArtifact(clusters=[cluster]), Overrides().hiding("data", ["spark"]))
    assert cluster_demand(hidden, "data") == {}


def test_an_artifact_without_evidence_still_says_what_is_missing() -> None:
    artifact = ClusterArtifact(schema_version=1, clusters=[Cluster(slug="nurse", name="Nurse", top_keywords=["bls"])])
    [asked] = cluster_themes(artifact)
    found = analyze_gaps(full_resume(), asked, cluster_demand(artifact, "nurse"))
    assert [(gap.keyword, gap.demand.role_share) for gap in found.missing] == [("bls", None)]
    assert cluster_demand(artifact, "no such cluster") == {}


def test_every_missing_keyword_of_a_real_clustering_has_a_share_and_a_sentence(clustered: Path) -> None:
    artifact = load_artifact(clustered / "output/vacancy_clusters.json")
    for asked in cluster_themes(artifact):
        demand = cluster_demand(artifact, asked["slug"])
        found = analyze_gaps(full_resume(), asked, demand)
        gaps = [*found.missing, *found.unlisted, *found.listed]
        assert set(keywords_of(gaps)) >= set(asked["keywords"])
        assert all(0 < (gap.demand.market_share or 0) <= 1 for gap in gaps)
        assert all(gap.demand.example and gap.demand.example.sentence for gap in gaps)


@pytest.mark.parametrize("resume", [full_resume(), chinese_resume(), arabic_resume(), Resume()])
def test_advice_changes_nothing_in_the_resume(resume: Resume) -> None:
    before = resume.model_dump_json()
    found = gaps_of(resume, "python", "kafka", "postgresql", "redis")
    assert resume.model_dump_json() == before
    assert found.keyword_count == 4


@given(st.lists(st.sampled_from(["Python", "k8s", "kubernetes", "Zorblax", "R", "看護", "", " "]), max_size=6))
def test_every_keyword_is_in_one_list_and_what_shows_it_is_in_the_resume(pool: list[str]) -> None:
    resume = full_resume(skills=[{"name": "Zorblax", "keywords": ["Python", "R", "看護"]}])
    found = gaps_of(resume, *pool)
    gaps = [*found.listed, *found.unlisted, *found.missing]
    assert len({gap.keyword for gap in gaps}) == len(gaps)
    assert {gap.keyword for gap in gaps} <= set(pool)
    text = resume.model_dump_json()
    assert all(showing.text in text for gap in gaps for showing in gap.showings)
