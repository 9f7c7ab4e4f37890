import logging
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pipeline.cluster_artifacts import (
    GENERAL,
    Cluster,
    ClusterArtifact,
    KeywordEvidence,
    Overrides,
    get_cluster_categories,
    load_artifact,
    save_artifact,
    save_overrides,
)
from pipeline.core import RolemapError
from pipeline.keyword_engine import (
    DEFAULT_TECH_TAXONOMY,
    analyze_vacancies,
    canonical_keyword,
    cluster_keywords,
    extract_keywords_from_text,
    get_all_tech_keywords,
    get_tech_taxonomy,
    taxonomy_notice,
)
from pipeline.postings import Vacancy
from tests.sample_files import ANALYST, ENGINEER, NURSE


def found(share: float, elsewhere: float, kind: str = "technology") -> KeywordEvidence:
    return KeywordEvidence.model_validate({"kind": kind, "share": share, "share_elsewhere": elsewhere})


ARTIFACT = ClusterArtifact(
    clusters=[
        Cluster(
            slug="data-engineer",
            name="Data Engineer",
            vacancy_ids=["e1", "e2"],
            top_keywords=["sql", "airflow", "python"],
            evidence={
                "sql": found(0.9, 0.5),
                "airflow": found(0.8, 0.0),
                "python": found(0.5, 0.5),
            },
        ),
        Cluster(
            slug="analyst",
            name="Analyst",
            vacancy_ids=["a1"],
            top_keywords=["sql", "tableau", "gut feeling charts"],
            evidence={
                "sql": found(0.9, 0.4),
                "tableau": found(0.7, 0.1),
                "gut feeling charts": found(0.2, 0.0, "skill"),
            },
        ),
    ]
)


@pytest.fixture
def artifact_path(workspace: Path) -> Path:
    path = workspace / "output/vacancy_clusters.json"
    save_artifact(ARTIFACT, path)
    return path


def test_the_taxonomy_is_the_artifacts_pools_and_they_may_overlap(artifact_path: Path) -> None:
    assert get_tech_taxonomy() == {c.slug: c.keywords for c in get_cluster_categories(ARTIFACT)}
    assert all("sql" in pool for pool in get_tech_taxonomy(artifact_path).values())
    assert get_all_tech_keywords() == {"sql", "airflow", "python", "tableau", "gut feeling charts"}
    assert taxonomy_notice() is None


def test_a_changed_artifact_changes_every_category_at_once(artifact_path: Path) -> None:
    assert "analyst" in get_tech_taxonomy()
    renamed = ARTIFACT.clusters[1].model_copy(update={"slug": "bi-analyst"})
    save_artifact(ClusterArtifact(clusters=[ARTIFACT.clusters[0], renamed]), artifact_path)
    assert set(get_tech_taxonomy()) == {"data-engineer", "bi-analyst"}
    assert {hit.category for hit in extract_keywords_from_text("We use Tableau.")} == {"bi-analyst"}
    assert set(cluster_keywords(["tableau"])) == {"bi-analyst"}


def test_callers_cannot_spoil_the_taxonomy(artifact_path: Path) -> None:
    get_tech_taxonomy()["analyst"].append("spoiled")
    assert "spoiled" not in get_tech_taxonomy()["analyst"]


def test_keywords_come_under_the_cluster_they_mark_out_or_under_general(artifact_path: Path) -> None:
    sorted_keywords = cluster_keywords(["Apache Airflow", "tableau", "python", "no such thing"])
    assert sorted_keywords == {
        "data-engineer": ["Apache Airflow"],
        "analyst": ["tableau"],
        GENERAL: ["python", "no such thing"],
    }


def test_hits_have_the_words_as_written_and_the_canonical_keyword(artifact_path: Path) -> None:
    text = "You know Airflow, and Tableau too; gut feeling charts are out."
    hits = extract_keywords_from_text(text)
    assert [(hit.keyword, hit.surface, hit.category) for hit in hits] == [
        ("airflow", "Airflow", "data-engineer"),
        ("tableau", "Tableau", "analyst"),
        ("gut feeling charts", "gut feeling charts", "analyst"),
    ]
    assert [hit.kind for hit in hits] == ["technology", "technology", "skill"]


WORDS = st.sampled_from(
    ["Python", "C++", "C#", "Go", "R", "SQL", "airflow", "İstanbul", "ß", "node.js", "\n", " ", ", ", "/", "-", "x"]
)


@given(st.lists(st.one_of(WORDS, st.text(max_size=4)), max_size=15).map("".join))
@example("İİİ Python İ SQL")
@example("skills: Python\u00a0\u00a0/ C++ , Apache   Airflow")
def test_every_hit_is_a_piece_of_the_text_in_order_and_none_overlap(text: str) -> None:
    hits = extract_keywords_from_text(text, "no such artifact.json")
    end = 0
    for hit in hits:
        assert end <= hit.start < hit.end <= len(text)
        assert hit.surface == text[hit.start : hit.end]
        assert hit.keyword == hit.keyword.lower()
        assert hit.category in {*DEFAULT_TECH_TAXONOMY, GENERAL}
        end = hit.end


def test_names_with_signs_are_told_apart() -> None:
    text = "Required: C++, C# and .NET, Node.js, JavaScript."
    keywords = [hit.keyword for hit in extract_keywords_from_text(text, "none.json")]
    assert {"c++", "c#", "node.js", "javascript"} <= set(keywords)
    assert "java" not in keywords


def test_spellings_of_one_technology_are_one_keyword() -> None:
    assert canonical_keyword("Apache Kafka") == canonical_keyword("kafka")
    assert canonical_keyword("No  Such Thing") == "no such thing"


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Requirements\n- Gathering is fun", []),  # a name may break over a line, not over two items
        ("We use machine\nlearning daily", ["machine learning"]),
        ("Experience with POS (Lightspeed) needed", ["pos systems", "lightspeed"]),
        ("NetSuite and solid Excel", ["netsuite", "excel"]),
        ("Building controls", ["building automation systems"]),  # as spelled out, not as the plural of another name
    ],
)
def test_line_breaks_brackets_and_lists_bear_names_out_or_part_them(text: str, wanted: list[str]) -> None:
    assert [hit.keyword for hit in extract_keywords_from_text(text)] == wanted


def test_without_an_artifact_the_static_taxonomy_is_used_with_a_notice(workspace: Path) -> None:
    assert get_tech_taxonomy() == DEFAULT_TECH_TAXONOMY
    assert set(DEFAULT_TECH_TAXONOMY) == {"research_ml", "applied_production", "genai_llm"}
    notice = taxonomy_notice() or ""
    assert "There is no cluster artifact" in notice
    assert "cluster-vacancies" in notice


def test_a_broken_artifact_is_said_loudly_and_not_taken_for_a_missing_one(
    artifact_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    artifact_path.write_text("{")
    with caplog.at_level(logging.ERROR):
        assert get_tech_taxonomy() == DEFAULT_TECH_TAXONOMY
    assert f"{artifact_path} is broken: it is not JSON" in caplog.text
    assert "is broken" in (taxonomy_notice() or "")
    assert analyze_vacancies([Vacancy(id="a", text=ANALYST)]).notice == taxonomy_notice()


def test_the_artifact_is_back_in_use_once_it_is_mended(artifact_path: Path) -> None:
    artifact_path.write_text("{")
    assert taxonomy_notice()
    save_artifact(ARTIFACT, artifact_path)
    assert taxonomy_notice() is None
    assert "analyst" in get_tech_taxonomy()


def test_overrides_move_hide_and_alias_keywords(artifact_path: Path) -> None:
    overrides = Overrides(
        moved={"tableau": "data-engineer"}, hidden={"analyst": ["sql"]}, aliases={"pretty pictures": "tableau"}
    )
    save_overrides(overrides, artifact_path)
    assert "tableau" in get_tech_taxonomy()["data-engineer"]
    assert "sql" not in get_tech_taxonomy()["analyst"]
    [hit] = extract_keywords_from_text("We make pretty pictures.")
    assert (hit.keyword, hit.surface, hit.category) == ("tableau", "pretty pictures", "data-engineer")


def test_the_users_own_terms_are_found(workspace: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    terms = workspace / "terms.csv"
    terms.write_text("name,kind,aliases,near,not_near\nFrobnicator,technology,frob tool,,\n")
    assert not extract_keywords_from_text("We use the frob tool.")
    monkeypatch.setenv("ROLEMAP_LEXICON", str(terms))
    [hit] = extract_keywords_from_text("We use the frob tool.")
    assert (hit.keyword, hit.kind) == ("frobnicator", "technology")


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (None, "cannot be read"),
        ("a,b\n1,2\n", "columns"),
        ("name,kind\nX,gadget\n", "line 2"),
        ("name,kind\n,skill\n", "line 2"),
    ],
)
def test_terms_that_cannot_be_used_are_named(
    content: str | None, problem: str, workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    terms = workspace / "terms.csv"
    if content is not None:
        terms.write_text(content)
    monkeypatch.setenv("ROLEMAP_LEXICON", str(terms))
    with pytest.raises(RolemapError, match=problem) as caught:
        extract_keywords_from_text("Any text.")
    assert "terms.csv" in str(caught.value)


def test_the_report_counts_each_posting_once_and_shows_where(artifact_path: Path) -> None:
    vacancies = [
        Vacancy(id="e1", text=ENGINEER + " Airflow, again Airflow."),
        Vacancy(id="e2", text=ENGINEER),
        Vacancy(id="a1", text=ANALYST),
    ]
    report = analyze_vacancies(vacancies)
    assert set(report.categories) == {"data-engineer", "analyst", GENERAL}
    airflow = next(c for c in report.categories["data-engineer"] if c.keyword == "airflow")
    assert (airflow.vacancy_count, airflow.share) == (2, 0.6667)
    assert {evidence.vacancy_id for evidence in airflow.evidence} == {"e1", "e2"}
    assert all("Airflow" in evidence.sentence for evidence in airflow.evidence)
    for counts in report.categories.values():
        assert counts == sorted(counts, key=lambda c: (-c.vacancy_count, c.keyword))


def test_no_postings_give_an_empty_report(artifact_path: Path) -> None:
    assert all(not counts for counts in analyze_vacancies([]).categories.values())


def test_the_sample_clusters_say_what_their_roles_ask_for(clustered: Path) -> None:
    path = clustered / "output/vacancy_clusters.json"
    artifact = load_artifact(path)
    nurse = next(c for c in artifact.clusters if any("nurs" in i for i in c.vacancy_ids) and "urse" in c.name)
    hits = extract_keywords_from_text(NURSE, path)
    assert any(hit.category == nurse.slug for hit in hits)
    assert not any(hit.category == nurse.slug for hit in extract_keywords_from_text("Airflow, SQL, Kubernetes.", path))


@pytest.mark.parametrize(
    ("text", "named", "unnamed"),
    [
        (
            "Administer FMLA, payroll, onboarding, tuition aid and I-9 with E-Verify. We offer dental insurance.",
            {"payroll", "employee onboarding"},
            {"dental insurance"},
        ),
        ("Very proficient in statistics, with the ability to apply it.", {"statistics"}, set()),
        ("To apply, tell us of your welding.", set(), {"welding"}),
        ("Medical, dental, vision and life insurance, childcare vouchers", set(), {"life insurance", "childcare"}),
        ("See https://example.com/jobs/sales-development?team=python for Kotlin.", {"kotlin"}, {"sales", "python"}),
    ],
)
def test_small_print_and_addresses_name_no_skills_but_a_paragraph_of_duties_does(
    text: str, named: set[str], unnamed: set[str]
) -> None:
    keywords = {hit.keyword for hit in extract_keywords_from_text(text)}
    assert named <= keywords
    assert not unnamed & keywords
