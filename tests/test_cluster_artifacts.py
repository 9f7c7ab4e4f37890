import json
import os
import re
import subprocess
import sys
import threading
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.cluster_artifacts import (
    GENERAL,
    Cluster,
    ClusterArtifact,
    ClusterCategory,
    Family,
    KeywordEvidence,
    Overrides,
    Specialism,
    Tree,
    VacancyRecord,
    apply_overrides,
    artifact_at,
    at_layer,
    dump_artifact,
    get_cluster_categories,
    group_names,
    groups_of_postings,
    keyword_pool,
    load_artifact,
    parents,
    read_artifact,
    save_artifact,
    save_overrides,
    slugify,
)
from pipeline.core import BrokenArtifact, MissingArtifact, RolemapError, write_atomically
from tests.sandbox import ROOT

NURSE = Cluster(slug="nurse", name="Nurse", top_keywords=["triage", "acls"], defining_skills=["ACLS ", "patient care"])
ENGINEER = Cluster(
    slug="data-engineer", name="Data Engineer", top_keywords=["sql"], defining_technologies=["airflow", "sql"]
)
ARTIFACT = ClusterArtifact(clusters=[NURSE, ENGINEER])

# Schema 1, as the first release wrote it.
SCHEMA_1: dict[str, Any] = {
    "schema_version": 1,
    "clusters": [
        {
            "slug": "nurse",
            "name": "Nurse",
            "summary": "Wards.",
            "vacancy_ids": ["a.txt"],
            "top_keywords": ["triage"],
            "defining_technologies": [],
            "defining_skills": ["patient care"],
            "profile_text": "Nurse. triage",
        }
    ],
}


@given(st.lists(st.text(max_size=30), max_size=12))
def test_slugs_are_unique_and_safe_in_a_url(names: list[str]) -> None:
    slugs: list[str] = []
    for name in names:
        slugs.append(slugify(name, slugs))
    assert len(set(slugs)) == len(slugs)
    assert GENERAL not in slugs
    assert all(re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", slug) and len(slug) < 70 for slug in slugs)


@given(st.text(max_size=80), st.sets(st.text(max_size=5)))
def test_a_slug_is_the_same_every_time_and_a_slugs_slug_is_itself(name: str, taken: set[str]) -> None:
    slug = slugify(name, taken)
    assert slugify(name, sorted(taken)) == slug
    assert slugify(slug) == slug
    assert slug not in taken


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Data Engineer", "data-engineer"),
        ("C++ Developer", "c-plus-plus-developer"),
        ("Pflegefachkräfte für Größeres", "pflegefachkrafte-fur-grosseres"),
        ("看護師", "kanhushi"),
        ("…", "role"),
        ("General", "general-2"),
        ("../../etc/passwd", "etc-passwd"),
    ],
)
def test_a_slug_spells_the_name_in_plain_letters(name: str, slug: str) -> None:
    assert slugify(name) == slug


TEXT = st.text(max_size=12)
SHARE = st.floats(0, 1)
CLUSTERS = st.lists(
    st.builds(
        Cluster,
        slug=st.text(alphabet="abc-", min_size=1, max_size=6),
        name=TEXT,
        summary=TEXT,
        vacancy_ids=st.lists(TEXT, max_size=3),
        top_keywords=st.lists(TEXT, max_size=3),
        evidence=st.dictionaries(
            TEXT, st.fixed_dictionaries({"kind": st.sampled_from(["technology", "skill"]), "share": SHARE}), max_size=2
        ),
        cohesion=st.none() | SHARE,
    ),
    min_size=1,
    max_size=4,
    unique_by=lambda cluster: cluster.slug,
)
ARTIFACTS = st.builds(
    ClusterArtifact,
    clusters=CLUSTERS,
    duplicates=st.dictionaries(TEXT, TEXT, max_size=3),
    skipped=st.lists(st.fixed_dictionaries({"id": TEXT, "reason": TEXT}), max_size=2),
    map=st.dictionaries(TEXT, st.tuples(st.floats(-1, 1), st.floats(-1, 1)), max_size=3),
    vacancies=st.dictionaries(
        TEXT, st.fixed_dictionaries({"title": st.none() | TEXT, "posted_on": st.none() | st.dates()}), max_size=3
    ),
)


@given(ARTIFACTS)
def test_an_artifact_survives_its_file(artifact: ClusterArtifact) -> None:
    data = dump_artifact(artifact)
    again = ClusterArtifact.model_validate(json.loads(data))
    assert again == artifact
    assert dump_artifact(again) == data


def test_an_artifact_survives_saving_and_loading(tmp_path: Path) -> None:
    save_artifact(ARTIFACT, tmp_path / "deep" / "a.json")
    assert load_artifact(tmp_path / "deep" / "a.json") == ARTIFACT
    assert os.listdir(tmp_path / "deep") == ["a.json"]


def test_a_keyword_pool_holds_each_keyword_once_in_order() -> None:
    assert keyword_pool(NURSE) == ["triage", "acls", "patient care"]
    assert keyword_pool(ENGINEER) == ["sql", "airflow"]


def test_an_artifact_of_schema_1_loads_and_its_categories_are_derived(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text(json.dumps(SCHEMA_1))
    artifact = load_artifact(tmp_path / "a.json")
    assert get_cluster_categories(artifact) == [
        ClusterCategory(slug="nurse", name="Nurse", summary="Wards.", keywords=["triage", "patient care"])
    ]


def test_unknown_fields_of_a_file_do_not_hinder_its_loading(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text(json.dumps(SCHEMA_1 | {"made_by": "someone"}))
    assert load_artifact(tmp_path / "a.json").clusters[0].slug == "nurse"


def test_a_newer_schema_is_refused_by_name(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text(json.dumps(SCHEMA_1 | {"schema_version": 3}))
    with pytest.raises(BrokenArtifact, match=r"a\.json has schema 3"):
        load_artifact(tmp_path / "a.json")


BROKEN = {
    "empty": b"",
    "half": b'{"clusters": [',
    "binary": b"\xff\xfe\x00\x01",
    "a list": b"[]",
    "a version in words": b'{"schema_version": "two", "clusters": []}',
    "no clusters": b'{"schema_version": 2, "clusters": []}',
    "clusters are text": b'{"schema_version": 2, "clusters": "many"}',
    "a cluster without a slug": b'{"schema_version": 2, "clusters": [{"name": "Nurse"}]}',
    "a slug twice": json.dumps({"clusters": SCHEMA_1["clusters"] * 2}).encode(),
    "general as a slug": json.dumps({"clusters": [{"slug": "general", "name": "General"}]}).encode(),
    "a nest too deep": b"[" * 100_000,
}


@pytest.mark.parametrize("case", BROKEN)
def test_a_broken_artifact_is_refused_with_its_name_and_what_to_do(case: str, tmp_path: Path) -> None:
    (tmp_path / "a.json").write_bytes(BROKEN[case])
    with pytest.raises(BrokenArtifact) as caught:
        load_artifact(tmp_path / "a.json")
    message = str(caught.value)
    assert str(tmp_path / "a.json") in message
    assert "cluster-vacancies" in message
    assert "\n" not in message


def test_a_missing_artifact_is_another_thing_than_a_broken_one(tmp_path: Path) -> None:
    with pytest.raises(MissingArtifact, match="cluster-vacancies"):
        load_artifact(tmp_path / "a.json")
    (tmp_path / "a.json").mkdir()
    with pytest.raises(BrokenArtifact, match="cannot be opened"):
        load_artifact(tmp_path / "a.json")


def test_a_change_of_the_file_or_of_the_overrides_is_seen(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    save_artifact(ARTIFACT, path)
    assert load_artifact(path) is load_artifact(path)
    save_artifact(ClusterArtifact(clusters=[NURSE]), path)
    assert len(load_artifact(path).clusters) == 1
    save_overrides(Overrides(names={"nurse": "Ward Nurse"}), path)
    assert load_artifact(path).clusters[0].name == "Ward Nurse"
    assert read_artifact(path).clusters[0].name == "Nurse"


def test_a_reader_never_sees_half_a_file(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    sizes = [ARTIFACT, ClusterArtifact(clusters=[NURSE], duplicates={str(n): "x" * 50 for n in range(2000)})]
    save_artifact(sizes[0], path)
    stop = threading.Event()

    def write() -> None:
        for turn in range(40):
            save_artifact(sizes[turn % 2], path)
        stop.set()

    writer = threading.Thread(target=write)
    writer.start()
    while not stop.is_set():
        assert read_artifact(path) in sizes
    writer.join()


def test_a_save_that_fails_half_way_leaves_the_earlier_file_and_no_crumbs(tmp_path: Path) -> None:
    resource = pytest.importorskip("resource", reason="only POSIX limits the size of files")
    assert resource
    path = tmp_path / "a.json"
    path.write_text("earlier")
    code = (
        "import resource, sys; from pathlib import Path; from pipeline.core import write_atomically;"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (5000, 5000)); write_atomically(Path(sys.argv[1]), bytes(10**6))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(path)], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert "RolemapError: Cannot write" in done.stderr
    assert path.read_text() == "earlier"
    assert os.listdir(tmp_path) == ["a.json"]


def test_a_place_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file.txt").write_text("")
    with pytest.raises(RolemapError, match=r"Cannot write .*out\.json: .* --output"):
        write_atomically(tmp_path / "file.txt" / "out.json", b"")
    (tmp_path / "folder").mkdir()
    with pytest.raises(RolemapError, match="Cannot write"):
        write_atomically(tmp_path / "folder", b"")


def test_overrides_rename_hide_and_move() -> None:
    overrides = Overrides(
        names={"nurse": "Ward Nurse"}, hidden={"nurse": ["triage"]}, moved={"sql": "nurse", "airflow": GENERAL}
    )
    nurse, engineer = apply_overrides(ARTIFACT, overrides).categories
    assert (nurse.slug, nurse.name, nurse.keywords) == ("nurse", "Ward Nurse", ["acls", "patient care", "sql"])
    assert engineer.keywords == []


def test_overrides_of_clusters_that_are_gone_change_nothing() -> None:
    overrides = Overrides(names={"gone": "X"}, hidden={"gone": ["sql"]}, moved={"sql": "gone"})
    changed = apply_overrides(ARTIFACT, overrides)
    assert changed.clusters == ARTIFACT.clusters
    assert get_cluster_categories(changed) == get_cluster_categories(ARTIFACT)


@pytest.mark.parametrize("data", [b"{", b"[]", b'{"nams": {}}', b'{"names": 5}'])
def test_overrides_that_cannot_be_used_are_named(data: bytes, tmp_path: Path) -> None:
    save_artifact(ARTIFACT, tmp_path / "a.json")
    (tmp_path / "overrides.json").write_bytes(data)
    with pytest.raises(RolemapError, match=r"overrides\.json cannot be used"):
        load_artifact(tmp_path / "a.json")


@given(st.dates(), st.text())
def test_dates_and_any_text_are_written_readably(day: date, title: str) -> None:
    vacancies: Any = {"a": {"title": title, "posted_on": day}}
    data = json.loads(dump_artifact(ClusterArtifact(clusters=[NURSE], vacancies=vacancies)))
    assert data["vacancies"]["a"]["posted_on"] == day.isoformat()
    assert data["vacancies"]["a"]["title"] == title


def role(slug: str, ids: list[str], naming: list[str]) -> Cluster:
    evidence = {"welding": KeywordEvidence(vacancy_ids=naming, share=len(naming) / len(ids))} if naming else {}
    return Cluster(slug=slug, name=slug.title(), vacancy_ids=ids, top_keywords=["welding"], evidence=evidence)


TREE = ClusterArtifact(
    clusters=[role("smith", ["a", "b"], ["a"]), role("welder", ["c"], ["c"]), role("cook", ["d", "e"], ["d"])],
    tree=Tree(
        families=[
            Family(slug="metal", name="Metal Worker", roles=["smith", "welder"], keywords=["welding"]),
            Family(slug="cook", name="Cook", roles=["cook"]),
        ],
        specialisms=[
            Specialism(role="smith", **dict(role("coppersmith", ["a"], ["a"]))),
            Specialism(role="smith", **dict(role("farrier", ["b"], []))),
        ],
    ),
    vacancies={"a": VacancyRecord(second_best="welder"), "d": VacancyRecord(second_best="smith")},
    keyword_counts={"welding": 3},
)


def test_seen_by_families_an_artifact_has_the_same_shape_and_loses_no_posting() -> None:
    seen = artifact_at(TREE, "families")
    assert [(c.slug, c.vacancy_ids) for c in seen.clusters] == [("metal", ["a", "b", "c"]), ("cook", ["d", "e"])]
    found = seen.cluster("metal").evidence["welding"]
    assert (found.share, found.share_elsewhere, found.vacancy_ids) == (0.6667, 0.5, ["a", "c"])
    assert (seen.vacancies["a"].second_best, seen.vacancies["d"].second_best) == (None, "metal")
    assert [category.slug for category in seen.categories] == ["metal", "cook"]
    assert artifact_at(seen, "families") == seen


def test_seen_by_specialisms_a_role_that_holds_some_gives_way_to_them() -> None:
    seen = artifact_at(TREE, "specialisms")
    assert [cluster.slug for cluster in seen.clusters] == ["coppersmith", "farrier", "welder", "cook"]
    assert (seen.vacancies["a"].second_best, seen.vacancies["d"].second_best) == ("welder", None)
    assert artifact_at(ARTIFACT, "specialisms") == ARTIFACT


def test_an_address_is_that_of_a_layer_of_the_file_with_what_the_analyst_wants_of_it(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    with pytest.raises(MissingArtifact, match=r"a\.json\. Make one"):
        load_artifact(path / "families")
    save_artifact(TREE, path)
    assert at_layer(at_layer(path, "families"), "specialisms") == path / "specialisms"
    assert at_layer(path / "families", "roles") == path
    assert [c.name for c in load_artifact(path / "families").clusters] == ["Metal Worker", "Cook"]
    save_overrides(Overrides(names={"metal": "Smiths"}, hidden={"metal": ["welding"]}), path)
    metal = load_artifact(path / "families").categories[0]
    assert (metal.name, metal.keywords) == ("Smiths", [])
    assert group_names(load_artifact(path))["metal"] == "Smiths"


def test_a_posting_is_in_its_family_its_role_and_its_specialism() -> None:
    groups = groups_of_postings(TREE)
    assert groups["a"] == {"metal", "smith", "coppersmith"}
    assert groups["d"] == {"cook"}
    assert parents(TREE) == {"smith": "metal", "welder": "metal", "coppersmith": "smith", "farrier": "smith"}
    assert groups_of_postings(ARTIFACT) == {}
    assert parents(ARTIFACT) == {}
