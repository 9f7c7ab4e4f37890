import json
from pathlib import Path

import pytest

from pipeline.cluster_artifacts import Cluster, ClusterArtifact, save_artifact
from pipeline.core import RolemapError
from pipeline.resume_generator import Selection, ThemeConfig
from pipeline.resumes import Look
from pipeline.services import RoleChoice, VariantSet, read_set, read_set_file, variants_of, write_set
from tests.sample_resumes import full_resume, plain_resume
from tests.sandbox import run_command

ARTIFACT = ClusterArtifact(
    clusters=[
        Cluster(slug="cloud", name="Cloud Engineer", top_keywords=["terraform", "aws"]),
        Cluster(slug="nurse", name="Nurse", top_keywords=["triage", "phlebotomy"]),
    ]
)
THEMES: list[ThemeConfig] = [
    {"slug": "cloud", "name": "Cloud Engineer", "keywords": ["terraform", "aws"]},
    {"slug": "nurse", "name": "Nurse", "keywords": ["triage"]},
]


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Return a workspace with two clusters and a resume that bears out one of them."""
    save_artifact(ARTIFACT, tmp_path / "output/vacancy_clusters.json")
    (tmp_path / "jane.json").write_text(plain_resume().model_dump_json(by_alias=True, exclude_none=True))
    return tmp_path


def a_set(**changes: object) -> VariantSet:
    selection = Selection(left_out=("work[1]", "work[0].highlights[0]"), headline="Cloud Engineer", summary="Clouds.")
    roles = (
        RoleChoice(slug="cloud", name="Cloud Engineer", is_ticked=True, selection=selection),
        RoleChoice(slug="nurse", name="Nurse", is_ticked=False),
    )
    values = {"resume": full_resume(), "look": Look(theme="modern", pages=1), "roles": roles} | changes
    return VariantSet.model_validate(values)


def test_a_set_comes_back_whole() -> None:
    assert read_set(write_set(a_set()).encode(), "a file") == a_set()


def test_the_ticked_roles_get_what_is_ticked_and_what_that_hides_is_said() -> None:
    variants, notices = variants_of(a_set(), THEMES)
    [variant] = variants
    assert variant.slug == "cloud"
    assert (variant.resume.basics.label, variant.resume.basics.summary) == ("Cloud Engineer", "Clouds.")
    assert [job.name for job in variant.resume.work] == ["Acme GmbH"]
    assert variant.resume.work[0].highlights == ["Moved 40 jobs to an event stream"]
    assert variant.resume.skills[0].name == "Cloud"
    assert any("Beta Systems is not named any more" in notice for notice in notices)


def test_a_headline_that_the_resume_does_not_bear_out_is_named() -> None:
    role = RoleChoice(slug="cloud", name="Cloud Engineer", is_ticked=True, selection=Selection(headline="CTO of Zeta"))
    _, notices = variants_of(a_set(roles=(role,)), THEMES)
    assert any("does not bear this out" in notice for notice in notices)


def test_a_role_that_is_gone_from_the_clusters_is_named() -> None:
    variants, notices = variants_of(a_set(), THEMES[1:])
    assert variants == []
    assert "Cloud Engineer (cloud) is no kind of role" in notices[0]


@pytest.mark.parametrize("data", [b"", b"[]", b'{"resume": {}, "roles": 3}', b'{"resume": {}, "look": {"theme": "x"}}'])
def test_what_is_no_set_is_refused_in_one_line(data: bytes) -> None:
    with pytest.raises(RolemapError, match=r"my\.json is no variant set") as told:
        read_set(data, "my.json")
    assert "\n" not in str(told.value)


def test_generate_writes_what_fits_and_says_which_it_left(home: Path) -> None:
    done = run_command(
        "generate", "--resume", str(home / "jane.json"), "--formats", "md", "--max-bullets", "1", home=home
    )
    assert done.status == 0, done.err
    folder = home / "output/variants"
    assert {path.name for path in folder.glob("*.md")} == {"Jane-Doe-Cloud-Engineer.md"}
    assert "no variant for Nurse: Nothing of yours is asked for here." in done.out
    assert "--all writes all" in done.out
    saved = read_set_file(folder / "variant-set.json")
    assert [(role.slug, role.is_ticked) for role in saved.roles] == [("cloud", True), ("nurse", False)]
    assert saved.roles[0].selection.left_out == ("work[0].highlights[1]",)


def test_a_saved_set_makes_the_same_files_again(home: Path) -> None:
    (home / "my.json").write_text(write_set(a_set()))
    done = run_command("generate", "--set", str(home / "my.json"), "--formats", "md", "--json", home=home)
    assert done.status == 0, done.err
    text = (home / "output/variants/Jane-Doe-Cloud-Engineer.md").read_text()
    assert "Clouds." in text
    assert "Beta Systems" not in text
    assert json.loads((home / "output/variants/manifest.json").read_text())["look"]["theme"] == "modern"
    assert read_set_file(home / "output/variants/variant-set.json") == a_set()


def test_a_resume_that_bears_out_no_role_is_told_so_before_anything_is_written(home: Path) -> None:
    (home / "chef.md").write_text("# Ann Chef\n\nann@example.com\n\n## Skills\n\n- Kitchen: Sauces, Pastry\n")
    done = run_command("generate", "--resume", str(home / "chef.md"), "--accept-reading", home=home)
    assert done.status == 1
    assert "--all writes all the same" in done.err
    assert not (home / "output/variants").exists()
