import io
import json
from pathlib import Path

import pytest
from PIL import Image

from pipeline.cluster_artifacts import Cluster, ClusterArtifact, save_artifact
from pipeline.core import RolemapError, using_home
from pipeline.resumes import Look, read_look_file, theme_names
from pipeline.services import choose_look, theme_pictures, user_look
from tests.sample_resumes import plain_resume
from tests.sandbox import run_command

ARTIFACT = ClusterArtifact(clusters=[Cluster(slug="cloud", name="Cloud Engineer", top_keywords=["aws", "terraform"])])


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """Return a workspace with one cluster, a resume and a file that sets the look."""
    save_artifact(ARTIFACT, tmp_path / "output/vacancy_clusters.json")
    document = plain_resume().model_dump(mode="json", by_alias=True, exclude_none=True)
    (tmp_path / "jane.json").write_text(json.dumps(document))
    (tmp_path / "rolemap.toml").write_text('[look]\ntheme = "modern"\nsize = 11\n')
    return tmp_path


def test_the_workspace_sets_the_look_and_a_change_goes_before_it(home: Path) -> None:
    with using_home(home):
        assert user_look() == Look(theme="modern", size=11)
        assert choose_look(None, {"theme": "compact", "accent": None}, "a test") == Look(theme="compact", size=11)
    with using_home(home / "output"):
        assert user_look() == Look()


def test_a_file_that_is_named_stands_in_for_that_of_the_workspace(home: Path) -> None:
    (home / "other.toml").write_text('[look]\nface = "lato"\n')
    with using_home(home):
        assert choose_look(home / "other.toml", {"size": 9}, "a test") == Look(face="lato", size=9)
        with pytest.raises(RolemapError, match=r"a test: look\.size"):
            choose_look(None, {"size": 99}, "a test")


def test_every_theme_has_a_picture_of_its_own_and_a_small_one() -> None:
    pictures = theme_pictures(plain_resume(), Look())
    assert [each.name for each in pictures] == theme_names()
    assert len({each.picture for each in pictures}) == len(pictures)
    for each in pictures:
        assert len(each.picture) < 100_000
        assert Image.open(io.BytesIO(each.picture)).size[1] > 300


def test_generate_takes_the_look_from_the_workspace_and_options_and_packs_it(home: Path) -> None:
    arguments = (
        "generate",
        "--resume",
        str(home / "jane.json"),
        "--formats",
        "md,docx",
        "--dates",
        "2019-03",
        "--fit",
        "1",
    )
    done = run_command(*arguments, "--employer-first", home=home)
    assert done.status == 0, done.err
    look = read_look_file(home / "output/variants/rolemap.toml")
    assert look == Look(theme="modern", size=11, date_format="2019-03", employer_first=True, pages=1)
    assert json.loads((home / "output/variants/manifest.json").read_text())["look"]["theme"] == "modern"
    text = (home / "output/variants/Jane-Doe-Cloud-Engineer.md").read_text()
    assert "2021-03 – Present" in text
    assert "### [Acme GmbH]" in text


def test_a_bad_setting_of_the_workspace_is_told_in_one_line_before_any_work(home: Path) -> None:
    (home / "rolemap.toml").write_text("[look]\nthem = 1\n")
    done = run_command("generate", "--resume", str(home / "jane.json"), home=home)
    assert done.status == 1
    [line] = done.error_lines
    assert "rolemap.toml: look.them is no setting; did you mean theme?" in line
    assert not (home / "output/variants").exists()


def test_the_themes_are_listed_and_drawn(home: Path) -> None:
    done = run_command("themes", "--output", str(home / "pictures"), "--json", home=home)
    assert done.status == 0, done.err
    assert [theme["name"] for theme in json.loads(done.out)["themes"]] == theme_names()
    assert {path.stem for path in (home / "pictures").iterdir()} == set(theme_names())
