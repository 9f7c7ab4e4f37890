"""The order that each kind of role asks for: what comes first, what stays, and that no word is touched."""

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.cluster_artifacts import Cluster, ClusterArtifact
from pipeline.resume_generator.skill_ordering import ThemeConfig
from pipeline.resume_generator.variants import (
    _get_category_order_for_theme,
    category_labels,
    cluster_themes,
    generate_variant,
    generate_variants,
)
from pipeline.resumes import Resume, Skill
from tests.sample_resumes import chinese_resume, full_resume

CATEGORIES = {
    "Languages": ["Python", "SQL", "Go"],
    "Cloud": ["AWS (S3, Lambda)", "Terraform"],
    "Design": ["Figma"],
    "Office": ["Excel"],
}


def theme(*keywords: str, slug: str = "role", **more: Any) -> ThemeConfig:
    return {"slug": slug, "name": "Role", "keywords": list(keywords), **more}  # type: ignore[typeddict-item]


def order_for(*keywords: str, **more: Any) -> list[str]:
    return _get_category_order_for_theme(dict(theme(*keywords, **more)), CATEGORIES, list(CATEGORIES))


def skills_of(resume: Resume, *keywords: str) -> list[list[str]]:
    return [skill.keywords for skill in generate_variant(resume, theme(*keywords)).resume.skills]


def with_skills(*categories: tuple[str | None, list[str]]) -> Resume:
    return full_resume(skills=[{"name": name, "keywords": keywords} for name, keywords in categories])


def test_categories_that_show_more_of_the_pool_come_first() -> None:
    assert order_for("terraform", "aws", "python") == ["Cloud", "Languages", "Design", "Office"]


def test_of_categories_that_show_as_much_the_more_telling_comes_first() -> None:
    assert order_for("figma", "excel") == ["Design", "Office", "Languages", "Cloud"]
    assert order_for("excel", "figma") == ["Office", "Design", "Languages", "Cloud"]


def test_two_keywords_outweigh_the_most_telling_one() -> None:
    assert order_for("figma", "docker", "kafka", "python", "sql")[0] == "Languages"


def test_categories_without_a_keyword_keep_their_order() -> None:
    assert order_for("patient assessment") == list(CATEGORIES)
    assert order_for() == list(CATEGORIES)


def test_the_priority_list_comes_before_the_pool() -> None:
    assert order_for("python", "sql", "go", skills_priority=["figma"])[:2] == ["Design", "Languages"]


@pytest.mark.parametrize(
    ("skill", "keyword"),
    [
        ("Amazon Web Services", "aws"),
        ("K8s", "kubernetes"),
        ("AWS (S3, Lambda)", "amazon s3"),
        ("Postgres 15", "postgresql"),
        ("R", "r"),
        ("Go", "go"),
        ("Patient triage", "patient triage"),
        ("REST APIs", "apis"),
        ("Zorblax", "zorblax"),
        ("Zorblax 3 administration", "zorblax"),
    ],
)
def test_a_skill_is_known_by_any_of_its_names(skill: str, keyword: str) -> None:
    resume = with_skills(("First", ["Juggling"]), ("Second", ["Knitting", skill]))
    assert skills_of(resume, keyword) == [[skill, "Knitting"], ["Juggling"]]


@pytest.mark.parametrize(
    ("skill", "keyword"),
    [("JavaScript", "java"), ("R&D", "r"), ("Objective-C", "c"), ("SQL Server", "sql"), ("Going concern", "go")],
)
def test_a_skill_is_not_taken_for_another_whose_name_it_holds(skill: str, keyword: str) -> None:
    resume = with_skills(("First", ["Juggling"]), ("Second", ["Knitting", skill]))
    assert skills_of(resume, keyword) == [["Juggling"], ["Knitting", skill]]


def test_inside_a_category_the_pool_gives_the_order_and_the_rest_stays() -> None:
    resume = with_skills(("All", ["Excel", "Python", "Figma", "SQL", "Terraform"]))
    assert skills_of(resume, "terraform", "kafka", "python") == [["Terraform", "Python", "Excel", "Figma", "SQL"]]


def test_an_alias_of_the_analysts_own_counts() -> None:
    resume = with_skills(("First", ["Juggling"]), ("Second", ["Big Yellow Bird"]))
    found = generate_variant(resume, theme("hadoop", aliases={"big yellow bird": "hadoop"}))
    assert [move.label for move in found.moves] == ["Second", "First"]


def test_skills_that_are_no_category_are_ordered_by_their_names() -> None:
    resume = full_resume(skills=["Python", "Excel", "SQL"])
    assert [skill.name for skill in generate_variant(resume, theme("sql")).resume.skills] == ["SQL", "Python", "Excel"]


def test_categories_of_one_label_or_none_are_kept_apart() -> None:
    resume = with_skills(("Tools", ["Excel"]), (None, ["Juggling"]), ("Tools", ["Docker"]), (None, ["Kafka"]))
    assert category_labels(resume.skills) == ["Tools", "(no label)", "Tools 2", "(no label) 2"]
    assert skills_of(resume, "kafka", "docker") == [["Kafka"], ["Docker"], ["Excel"], ["Juggling"]]


def test_moves_say_where_each_category_was_and_is() -> None:
    moves = generate_variant(full_resume(), theme("terraform")).moves
    assert [(move.label, move.before, move.after) for move in moves] == [("Cloud", 2, 1), ("Languages", 1, 2)]


def test_bullets_move_only_where_the_user_allows_it() -> None:
    resume = full_resume()
    resume.work[0].highlights = ["Ran the office", "Ran jobs on Apache Airflow", "Wrote Python for Apache Spark"]
    asked = theme("spark", "python", "airflow")
    assert generate_variant(resume, asked).resume.work == resume.work
    moved = generate_variant(resume, asked, reorders_bullets=True).resume
    assert moved.work[0].highlights == [resume.work[0].highlights[place] for place in (2, 1, 0)]
    assert moved.work[1] == resume.work[1]


def test_the_base_resume_stays_as_it_is() -> None:
    resume = full_resume()
    before = resume.model_dump_json()
    generate_variant(resume, theme("terraform", "scala"), reorders_bullets=True)
    assert resume.model_dump_json() == before


def test_sections_and_jobs_keep_their_order() -> None:
    resume = full_resume(section_order=["work", "skills", "education"])
    variant = generate_variant(resume, theme("terraform"), reorders_bullets=True).resume
    assert variant.section_order == resume.section_order
    assert [job.name for job in variant.work] == [job.name for job in resume.work]


def test_a_resume_without_skills_or_jobs_is_given_back_as_it_is() -> None:
    resume = Resume.model_validate({"basics": {"name": "Jane Doe"}})
    variant = generate_variant(resume, theme("python"), reorders_bullets=True)
    assert variant.resume.model_dump_json() == resume.model_dump_json()
    assert variant.moves == ()


def test_the_remembered_order_is_not_given_for_other_keywords_or_skills() -> None:
    config = dict(theme("figma"))
    assert _get_category_order_for_theme(config, CATEGORIES, list(CATEGORIES))[0] == "Design"
    assert _get_category_order_for_theme(config | {"keywords": ["excel"]}, CATEGORIES, list(CATEGORIES))[0] == "Office"
    other = CATEGORIES | {"Cloud": ["Excel"], "Office": ["Word"]}
    assert _get_category_order_for_theme(config | {"keywords": ["excel"]}, other, list(other))[0] == "Cloud"
    backwards = list(CATEGORIES)[::-1]
    assert _get_category_order_for_theme(config, CATEGORIES, backwards) == ["Design", "Office", "Cloud", "Languages"]
    priority = config | {"skills_priority": ["excel"]}
    assert _get_category_order_for_theme(priority, CATEGORIES, list(CATEGORIES))[:2] == ["Office", "Design"]


def test_what_a_caller_does_to_an_order_is_not_remembered() -> None:
    expected = list(order_for("kafka", "figma"))
    for _ in range(3):  # the first is worked out, the others are remembered
        found = order_for("kafka", "figma")
        assert found == expected
        found.clear()


def test_a_term_added_to_the_lexicon_changes_the_order(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    categories = {"First": ["Juggling"], "Second": ["QuuxDB"]}
    asked = dict(theme("quux database"))
    assert _get_category_order_for_theme(asked, categories, list(categories)) == ["First", "Second"]
    lexicon = tmp_path / "own.csv"
    lexicon.write_text("name,kind,aliases,near,not_near\nQuux Database,technology,QuuxDB,,\n")
    monkeypatch.setenv("ROLEMAP_LEXICON", str(lexicon))
    assert _get_category_order_for_theme(asked, categories, list(categories)) == ["Second", "First"]


def test_change_the_artifact_and_the_orders_change_with_it() -> None:
    resume = full_resume()
    cloud = ClusterArtifact(clusters=[Cluster(slug="role", name="Role", top_keywords=["terraform"])])
    language = ClusterArtifact(clusters=[Cluster(slug="role", name="Role", top_keywords=["scala"])])
    for artifact, first in ((cloud, "Cloud"), (language, "Languages"), (cloud, "Cloud")):
        [variant] = generate_variants(resume, cluster_themes(artifact))
        assert (variant.slug, variant.moves[0].label) == ("role", first)


def test_there_is_a_variant_for_every_cluster_under_its_slug() -> None:
    clusters = [Cluster(slug=slug, name=slug.title(), top_keywords=["python"]) for slug in ("nurse", "analyst")]
    variants = generate_variants(full_resume(), cluster_themes(ClusterArtifact(clusters=clusters)))
    assert [(variant.slug, variant.name) for variant in variants] == [("nurse", "Nurse"), ("analyst", "Analyst")]


WORDS = st.sampled_from(
    ["Python", "SQL", "Go", "R", "C++", "Excel", "K8s", "AWS (S3, EC2)", "REST APIs", "看護", "تمريض"]
)
TEXTS = st.one_of(WORDS, st.text(min_size=1, max_size=12).filter(str.strip), st.lists(WORDS, max_size=4).map(" ".join))
SKILLS = st.lists(
    st.fixed_dictionaries({"keywords": st.lists(TEXTS, max_size=6)}, optional={"name": TEXTS, "level": TEXTS}),
    max_size=6,
)
JOBS = st.lists(
    st.fixed_dictionaries({"highlights": st.lists(TEXTS, max_size=6)}, optional={"name": TEXTS}), max_size=3
)
POOLS = st.lists(st.one_of(TEXTS, TEXTS.map(str.lower)), max_size=8)


def texts_of(value: Any) -> Iterator[str]:
    if isinstance(value, dict | list):
        for item in value.values() if isinstance(value, dict) else value:
            yield from texts_of(item)
    else:
        yield str(value)


def parts_of(resume: Resume) -> tuple[Any, ...]:
    """Return a resume with the order of its skills and bullets taken out of it."""
    document = json.loads(resume.model_dump_json(by_alias=True))
    skills, work = document.pop("skills", None), document.pop("work", None)
    categories = Counter(json.dumps({**s, "keywords": sorted(s.get("keywords", []))}) for s in skills or [])
    jobs = [{**job, "highlights": sorted(job.get("highlights", []))} for job in work or []]
    return skills is None, work is None, categories, jobs, document


@given(SKILLS, JOBS, POOLS, POOLS, st.booleans())
def test_no_skill_bullet_or_character_is_ever_added_lost_or_changed(
    skills: list[dict[str, Any]], work: list[dict[str, Any]], pool: list[str], priority: list[str], bullets: bool
) -> None:
    resume = full_resume(skills=skills, work=work)
    before = resume.model_dump_json()
    variant = generate_variant(resume, theme(*pool, skills_priority=priority), reorders_bullets=bullets)
    assert resume.model_dump_json() == before
    assert parts_of(variant.resume) == parts_of(resume)
    said, kept = (Counter(texts_of(json.loads(r.model_dump_json(by_alias=True)))) for r in (resume, variant.resume))
    assert said == kept
    labels = category_labels(resume.skills)
    assert Counter(move.label for move in variant.moves) == Counter(labels)
    assert sorted(move.before for move in variant.moves) == [move.after for move in variant.moves]
    assert bullets or variant.resume.work == resume.work


@given(st.dictionaries(TEXTS, st.lists(TEXTS, max_size=4), max_size=5), st.lists(TEXTS, max_size=8), POOLS)
def test_the_category_order_is_a_permutation_whatever_it_is_asked(
    categories: dict[str, list[str]], order: list[str], pool: list[str]
) -> None:
    config = {"slug": "any", "name": "Any", "keywords": pool}
    found = _get_category_order_for_theme(config, categories, order)
    assert Counter(found) == Counter(order)
    assert _get_category_order_for_theme(config, categories, order) == found
    assert _get_category_order_for_theme(config, categories, found) == found


def test_a_resume_in_another_script_is_ordered_by_what_it_names() -> None:
    resume = chinese_resume()
    resume.skills.append(Skill(name="工具", keywords=["Figma"]))
    assert [move.label for move in generate_variant(resume, theme("figma")).moves] == ["工具", "数据库"]
