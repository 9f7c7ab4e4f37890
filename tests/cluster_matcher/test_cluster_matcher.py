"""Matching, on the clustered samples and on artifacts made by hand."""

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline import services
from pipeline.cluster_artifacts import Cluster, ClusterArtifact, KeywordEvidence, VacancyRecord, save_artifact
from pipeline.cluster_matcher.explanation import without
from pipeline.cluster_matcher.index import load_index
from pipeline.cluster_matcher.job_descriptions import JobDescription, clean_job_description
from pipeline.cluster_matcher.keywords import build_profiles, keyword_features
from pipeline.cluster_matcher.matcher import ClusterMatcher
from pipeline.cluster_matcher.results import Match
from pipeline.core import BrokenArtifact, MissingArtifact
from pipeline.resumes import Resume
from tests.sample_files import ANALYST, ENGINEER, NURSE, write_files

RECIPE = "Apple pie\n\nPeel six apples, rub butter into flour, add sugar and bake for 45 minutes. Serve with cream."
POEM = "The lamps come on at half past four,\nthe leaves lie flat along the lane,\nand nobody comes home again."


def evidence(share: float, elsewhere: float) -> KeywordEvidence:
    return KeywordEvidence(kind="technology", vacancy_ids=["x"], share=share, share_elsewhere=elsewhere)


def artifact_by_hand() -> ClusterArtifact:
    """Return an artifact of two clusters, of ten postings each, that share python."""
    pools = {"engineers": {"airflow": (0.9, 0.1), "python": (0.8, 0.5)}, "analysts": {"tableau": (0.8, 0.0)}}
    clusters = [
        Cluster(
            slug=slug,
            name=slug.capitalize(),
            vacancy_ids=[f"{slug}/{n}" for n in range(10)],
            top_keywords=list(pool),
            evidence={keyword: evidence(*shares) for keyword, shares in pool.items()},
        )
        for slug, pool in pools.items()
    ]
    titles = {"engineers": ("Data Engineer", "Platform Engineer"), "analysts": ("Data Analyst", "Data Analyst")}
    records = {i: VacancyRecord(title=titles[c.slug][int(i[-1]) % 2]) for c in clusters for i in c.vacancy_ids}
    return ClusterArtifact(clusters=clusters, vacancies=records)


@pytest.fixture
def by_hand(tmp_path: Path) -> Path:
    path = tmp_path / "clusters.json"
    save_artifact(artifact_by_hand(), path)
    return path


def match(text: str, path: Path, *, title: str | None = None) -> Match:
    artifact = artifact_by_hand()
    matcher = ClusterMatcher(build_profiles(artifact), artifact=artifact, artifact_path=path)
    return matcher.match([clean_job_description(text, title=title)], is_explained=True)[0]


def score(match: Match, slug: str | None) -> float:
    return next(cluster.score for cluster in match.clusters if cluster.slug == slug)


def test_keywords_decide_and_are_named_as_the_reason(by_hand: Path) -> None:
    found = match("We build with Airflow. Python helps.", by_hand)
    assert found.best_cluster == "engineers"
    assert [reason.text for reason in found.reasons if reason.kind == "keyword"] == ["airflow"]
    assert not found.is_semantic


def test_every_cluster_is_ranked_and_the_scores_add_up_to_one(by_hand: Path) -> None:
    found = match("Tableau and Python.", by_hand)
    assert {cluster.slug for cluster in found.clusters} == {"engineers", "analysts"}
    assert sum(cluster.score for cluster in found.clusters) == pytest.approx(1)
    assert found.margin == pytest.approx(found.clusters[0].score - found.clusters[1].score)


def test_the_words_of_a_title_count(by_hand: Path) -> None:
    assert match("Data Analyst\nYou work with us.", by_hand).best_cluster == "analysts"
    assert match("Data Engineer\nYou work with us.", by_hand).best_cluster == "engineers"


def test_what_is_missing_on_either_side_comes_with_its_share(by_hand: Path) -> None:
    found = match("We build with Airflow and Tableau, Airflow first, and COBOL.", by_hand)
    assert found.best_cluster is not None
    missing = {keyword.keyword: keyword.share for keyword in found.missing_keywords}
    extra = {keyword.keyword: keyword.market_share for keyword in found.extra_keywords}
    other = "tableau" if found.best_cluster == "engineers" else "airflow"
    assert set(missing) <= {"python", "airflow", "tableau"}
    assert extra[other] is not None
    assert extra["cobol"] is None


def test_a_keyword_that_a_longer_one_holds_is_not_missing(tmp_path: Path) -> None:
    pool = {"kafka": evidence(0.9, 0.1), "airflow": evidence(0.9, 0.1), "java": evidence(0.5, 0.1)}
    cluster = Cluster(slug="a", name="A", vacancy_ids=["x"], top_keywords=list(pool), evidence=pool)
    artifact = ClusterArtifact(clusters=[cluster], vacancies={"x": VacancyRecord(title="Data Engineer")})
    path = tmp_path / "clusters.json"
    save_artifact(artifact, path)
    job = clean_job_description("Data Engineer\nYou build with Kafka Streams, Airflow and JavaScript.")
    found = ClusterMatcher(build_profiles(artifact), artifact=artifact, artifact_path=path).match([job])[0]
    assert [keyword.keyword for keyword in found.missing_keywords] == ["java"]


@pytest.mark.parametrize("text", [RECIPE, POEM, "Dear Anna, thank you for the lovely weekend."])
def test_what_is_no_job_ad_has_no_good_match(text: str, by_hand: Path) -> None:
    found = match(text, by_hand)
    assert found.best_cluster is None
    assert found.verdict == "none"
    assert not found.missing_keywords
    assert "No good match" in services.verdict_sentence(found)


def test_a_posting_left_out_of_its_own_cluster_counts_for_less() -> None:
    profiles = build_profiles(artifact_by_hand())
    seen = keyword_features(profiles, {"airflow"}, "Platform Engineer")
    left = keyword_features(profiles, {"airflow"}, "Platform Engineer", left_out_of=0)
    assert left.keywords[0] < seen.keywords[0]
    assert left.title[0] < seen.title[0]


@given(st.sets(st.sampled_from(["airflow", "python", "tableau", "cobol"])))
def test_naming_a_clusters_most_telling_keyword_always_raises_its_score(named: set[str]) -> None:
    profiles = build_profiles(artifact_by_hand())
    before = keyword_features(profiles, named - {"airflow"}, None)
    after = keyword_features(profiles, named | {"airflow"}, None)
    assert after.keywords[0] > before.keywords[0]
    assert after.keywords[1] <= before.keywords[1]


def test_without_an_artifact_keywords_fall_back_to_the_built_in_categories(workspace: Path) -> None:
    found = services.match_job(ENGINEER, use_semantic=False)
    assert found.best_cluster == "applied_production"
    assert any("There is no cluster artifact" in notice for notice in found.notices)
    with pytest.raises(MissingArtifact):
        services.match_job(ENGINEER)


def test_a_broken_artifact_is_named_and_mending_it_is_seen(workspace: Path, by_hand: Path) -> None:
    good = by_hand.read_bytes()
    by_hand.write_text('{"clusters": [')
    found = services.match_job(ENGINEER, artifact=by_hand, use_semantic=False)
    assert any("is broken" in notice and str(by_hand) in notice for notice in found.notices)
    with pytest.raises(BrokenArtifact, match="is broken"):
        services.match_job(ENGINEER, artifact=by_hand)
    by_hand.write_bytes(good)
    assert services.match_job(ENGINEER, artifact=by_hand, use_semantic=False).best_cluster == "engineers"


@pytest.mark.parametrize("use_semantic", [True, False])
def test_postings_find_their_kind_and_other_texts_find_none(use_semantic: bool, clustered_copy: Path) -> None:
    nurse, engineer, recipe, poem = services.match_jobs(
        [clean_job_description(text) for text in (NURSE, ENGINEER, RECIPE, POEM)], use_semantic=use_semantic
    )
    assert nurse.best_cluster is not None
    assert engineer.best_cluster is not None
    assert nurse.best_cluster != engineer.best_cluster
    assert recipe.best_cluster is None
    assert poem.best_cluster is None
    assert min(nurse.fit, engineer.fit) > max(recipe.fit, poem.fit)


@pytest.mark.parametrize("use_semantic", [True, False])
def test_taking_a_reason_away_lowers_the_score(use_semantic: bool, clustered_copy: Path) -> None:
    found = services.match_job(ENGINEER, use_semantic=use_semantic)
    assert found.reasons
    job = clean_job_description(ENGINEER)
    for reason in [reason for reason in found.reasons if reason.kind == "sentence"]:
        start = ENGINEER.index(reason.text)
        shorter = without(job, [(start, start + len(reason.text))])
        assert shorter is not None
        left = services.match_jobs([shorter], use_semantic=use_semantic)[0]
        assert score(left, found.best_cluster) < score(found, found.best_cluster)


def test_the_most_similar_postings_are_stored_ones_and_a_copy_comes_first(clustered_copy: Path) -> None:
    stored = services.read_jobs(clustered_copy / "vacancies" / "clinical-nursing").jobs[0]
    found = services.match_jobs([stored])[0]
    assert len(found.similar) == 3
    assert found.similar[0].id == f"clinical-nursing/{stored.name}"
    similarities = [vacancy.similarity for vacancy in found.similar]
    assert similarities == sorted(similarities, reverse=True)


def test_many_at_once_give_what_each_gives_alone(clustered_copy: Path) -> None:
    jobs = [clean_job_description(text) for text in (NURSE, ENGINEER, ANALYST)]
    assert services.match_jobs(jobs) == [services.match_jobs([job])[0] for job in jobs]


def test_an_index_read_back_gives_the_same_answers(clustered_copy: Path) -> None:
    jobs = [clean_job_description(text) for text in (NURSE, ENGINEER, ANALYST)]
    built = services.match_jobs(jobs)
    os.utime(clustered_copy / "output/vacancy_clusters.json", ns=(0, 0))  # the matcher is loaded anew
    again = services.match_jobs(jobs)
    assert [match.best_cluster for match in again] == [match.best_cluster for match in built]
    scores = [cluster.score for match in built for cluster in match.clusters]
    assert [cluster.score for match in again for cluster in match.clusters] == pytest.approx(scores, abs=1e-5)
    assert [[v.id for v in match.similar] for match in again] == [[v.id for v in match.similar] for match in built]
    assert load_index(b"no index") is None


def test_clusters_without_their_postings_still_match_and_say_so(clustered_copy: Path) -> None:
    for file in (clustered_copy / "vacancies").rglob("*.*"):
        file.unlink()
    found = services.match_job(ENGINEER)
    assert found.best_cluster == services.match_job(ENGINEER, use_semantic=False).best_cluster
    assert services.NOT_STORED in found.notices
    assert found.similar == []


def test_a_resume_is_held_against_the_very_job(by_hand: Path, workspace: Path) -> None:
    document = {"skills": [{"name": "Code", "keywords": ["Python"]}, {"name": "Data", "keywords": ["Airflow", "SQL"]}]}
    resume = Resume.model_validate(document)
    found = match("We build with Airflow on AWS and need SQL.", by_hand)
    gaps = services.resume_gap(resume, found)
    assert gaps is not None
    assert {gap.keyword for gap in gaps.listed} == {"airflow", "sql"}
    assert [gap.keyword for gap in gaps.missing] == ["aws"]
    variants = services.variants_for(resume, found, by_hand)
    assert variants[0].slug == "engineers"
    assert all(variant.resume.skills[0].name == "Data" for variant in variants)


def test_a_folder_and_rows_become_one_table_and_nothing_is_lost(tmp_path: Path, by_hand: Path, workspace: Path) -> None:
    rows = b'{"title": "Nurse", "text": "Ward work with Tableau"}\n{"title": "Empty"}\nno json\n'
    write_files(tmp_path / "jobs", {"one.txt": ENGINEER, "rows.jsonl": rows, "none.txt": "12345"})
    inputs = services.read_jobs(tmp_path / "jobs")
    assert [job.name for job in inputs.jobs] == ["one.txt", "rows.jsonl#1"]
    assert {skip.id for skip in inputs.skipped} == {"none.txt", "rows.jsonl#2", "rows.jsonl#3"}
    matches = services.match_jobs(inputs.jobs, artifact=by_hand, use_semantic=False)
    lines = services.matches_csv(matches).splitlines()
    assert len(lines) == 3
    assert lines[0].startswith("job,title,verdict,best_cluster")


def test_a_cell_of_the_table_is_no_formula(by_hand: Path, workspace: Path) -> None:
    job = JobDescription(name="=1+1", text="Airflow")
    [found] = services.match_jobs([job], artifact=by_hand, use_semantic=False)
    assert "'=1+1" in services.matches_csv([found])
