import hashlib
import shutil
from pathlib import Path

import pytest

from pipeline import services
from pipeline.cluster_artifacts import Cluster, ClusterArtifact, load_artifact, save_artifact
from pipeline.core import RolemapError, Settings, base_settings, choose_home_by, get_settings, using_home
from pipeline.postings import LEAVE_OUT, posting_files
from pipeline.services import workspaces
from tests.sample_files import NURSE, write_files
from tests.sandbox import ROOT


def names(home: Path) -> set[str]:
    return {file.relative_to(home / "vacancies").as_posix() for file in posting_files(home / "vacancies")}


def test_the_list_of_samples_is_that_of_the_samples_that_are_there() -> None:
    folder = ROOT / "vacancies"
    listed = (ROOT / "pipeline/data/sample_postings.sha256").read_text(encoding="utf-8").splitlines()
    files = [file for file in posting_files(folder) if "added" not in file.parts]
    digests = {
        file.relative_to(folder).as_posix(): hashlib.sha256(file.read_bytes().replace(b"\r\n", b"\n")).hexdigest()
        for file in files
    }
    assert {line[66:]: line[:64] for line in listed}.items() <= digests.items()
    assert len(listed) > 80


def test_samples_set_aside_take_their_clusters_along_and_leave_every_file_where_it_is(clustered_copy: Path) -> None:
    artifact = clustered_copy / "output/vacancy_clusters.json"
    before, files = artifact.read_bytes(), names(clustered_copy)
    assert workspaces.set_samples_aside(clustered_copy) == len(files)
    assert names(clustered_copy) == set()
    assert not artifact.exists()
    assert all((clustered_copy / "vacancies" / name).is_file() for name in files)
    samples = workspaces.sample_home(clustered_copy)
    assert (samples / "output/vacancy_clusters.json").read_bytes() == before
    assert files <= names(samples)
    (clustered_copy / "vacancies" / LEAVE_OUT).unlink()  # as its first line says
    assert names(clustered_copy) == files


def test_clusters_that_hold_a_posting_of_ones_own_stay_when_samples_go(clustered_copy: Path) -> None:
    artifact = clustered_copy / "output/vacancy_clusters.json"
    own = load_artifact(artifact).model_copy(deep=True)
    record = next(iter(own.vacancies.values()))
    save_artifact(own.model_copy(update={"vacancies": own.vacancies | {"mine.txt": record}}), artifact)
    before = artifact.read_bytes()
    write_files(clustered_copy / "vacancies", {"mine.txt": NURSE})
    workspaces.set_samples_aside(clustered_copy)
    assert artifact.read_bytes() == before
    assert names(clustered_copy) == {"mine.txt"}


def test_clusters_of_unknown_postings_are_nobodys_samples(clustered_copy: Path) -> None:
    artifact = clustered_copy / "output/vacancy_clusters.json"
    save_artifact(ClusterArtifact(clusters=[Cluster(slug="nurse", name="Nurse")]), artifact)
    workspaces.set_samples_aside(clustered_copy)
    assert artifact.exists()


def test_what_the_samples_had_before_is_kept_in_their_history(clustered_copy: Path) -> None:
    kept = clustered_copy.parent / "kept.json"
    shutil.copyfile(clustered_copy / "output/vacancy_clusters.json", kept)
    workspaces.set_samples_aside(clustered_copy)
    samples = workspaces.sample_home(clustered_copy)
    earlier = ClusterArtifact(clusters=[Cluster(slug="nurse", name="Nurse")])
    save_artifact(earlier, samples / "output/vacancy_clusters.json")
    (clustered_copy / "vacancies" / LEAVE_OUT).unlink()
    shutil.copyfile(kept, clustered_copy / "output/vacancy_clusters.json")
    workspaces.set_samples_aside(clustered_copy)
    assert (samples / "output/vacancy_clusters.json").read_bytes() == kept.read_bytes()
    assert len(list((samples / "output/history").glob("*.json"))) == 1


def test_a_changed_sample_is_ones_own(workspace: Path) -> None:
    name = "analytics/brackenholt-analytics-manager-claims.md"
    shutil.copytree(ROOT / "vacancies", workspace / "vacancies", dirs_exist_ok=True)
    with (workspace / "vacancies" / name).open("a") as file:
        file.write("\nMine.\n")
    assert name not in workspaces.samples_among(workspace)
    workspaces.set_samples_aside(workspace)
    assert name in names(workspace)


def test_what_a_folder_leaves_out_is_not_read_by_any_command(workspace: Path) -> None:
    write_files(workspace / "vacancies", {"a.txt": NURSE, "b/c.txt": NURSE, LEAVE_OUT: "# a note\nb/c.txt\n"})
    assert [vacancy.id for vacancy in services.read_corpus().vacancies] == ["a.txt"]


def test_the_workspace_of_a_person_depends_on_provider_and_account_and_names_neither(tmp_path: Path) -> None:
    ann = workspaces.user_home(tmp_path, "https://login.example.com", "ann")
    assert ann == workspaces.user_home(tmp_path, "https://login.example.com", "ann")
    assert ann != workspaces.user_home(tmp_path, "https://other.example.com", "ann")
    assert ann != workspaces.user_home(tmp_path, "https://login.example.com", "bob")
    assert "ann" not in ann.name
    assert ann.parent == tmp_path / "users"


def test_only_a_persons_own_workspace_can_be_deleted_whole(workspace: Path) -> None:
    own = workspaces.user_home(workspace, "x", "ann")
    write_files(own, {"vacancies/a.txt": NURSE})
    workspaces.delete_home(own, workspace)
    assert not own.exists()
    workspaces.delete_home(own, workspace)
    for other in (workspace, workspace / "vacancies", workspace / "users"):
        with pytest.raises(RolemapError, match="nothing was deleted"):
            workspaces.delete_home(other, workspace)


def test_a_home_in_use_counts_before_a_chosen_one_and_that_before_the_settings(workspace: Path, tmp_path: Path) -> None:
    def chooser(settings: Settings) -> Path | None:
        return settings.home / "chosen"

    from pages.ui.session import chosen_home

    choose_home_by(chooser)
    try:
        assert get_settings().home == workspace / "chosen"
        assert base_settings().home == workspace
        with using_home(tmp_path):
            assert get_settings().home == tmp_path
    finally:
        choose_home_by(chosen_home)
    assert get_settings().home == workspace
