"""What every test stands on: no network, no say for the developer's own settings, and one clustered workspace."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest
from filelock import FileLock
from hypothesis import settings

from pipeline.core import Settings
from tests import sandbox

SAMPLE_FOLDERS = (
    "analytics",
    "backend",
    "clinical-nursing",
    "data-engineering",
    "llm-applications",
    "ml-platform",
    "ml-research",
)
SAMPLES_PER_FOLDER = 4

sandbox.close_network()
settings.register_profile("rolemap", derandomize=True, deadline=None, max_examples=60)
settings.load_profile("rolemap")


@pytest.fixture(autouse=True)
def _nothing_leaves_the_machine() -> Iterator[None]:
    """Fail a test that tried to reach another machine, even where the code made the best of the refusal."""
    sandbox.refused.clear()
    yield
    assert not sandbox.refused, f"the test tried to leave the machine: {sandbox.refused}"


@pytest.fixture(autouse=True)
def _own_settings(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Give a developer's `.env`, environment and shared cache no say."""
    for name in os.environ:
        if name.startswith(sandbox.OWN_PREFIXES):
            monkeypatch.delenv(name)
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    monkeypatch.setenv("ROLEMAP_SHARED_CACHE", str(tmp_path_factory.getbasetemp() / "shared" / uuid4().hex))
    monkeypatch.setitem(Settings.model_config, "env_file", None)


@pytest.fixture
def workspace(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return an empty workspace, in use by everything that the test calls."""
    home = tmp_path / "home"
    (home / "vacancies").mkdir(parents=True)
    monkeypatch.setenv("ROLEMAP_HOME", str(home))
    return home


@pytest.fixture(scope="session")
def clustered(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Return a workspace of some thirty sample postings, clustered into four through the command line.

    It is shared by the whole run, workers included, and only read; tests that write take `clustered_copy`.
    """
    base = tmp_path_factory.getbasetemp()
    shared = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    home = shared / "clustered"
    with FileLock(shared / "clustered.lock"):
        if not (shared / "clustered.done").exists():
            copy_samples(home / "vacancies")
            done = sandbox.run_command("cluster-vacancies", "--clusters", "4", home=home)
            assert done.status == 0, done.err
            (shared / "clustered.done").touch()
    before = (home / "output/vacancy_clusters.json").read_bytes()
    yield home
    assert (home / "output/vacancy_clusters.json").read_bytes() == before, "a test wrote to the shared workspace"


@pytest.fixture
def clustered_copy(clustered: Path, workspace: Path) -> Path:
    """Return a copy of the clustered workspace with its cache of embeddings, in use and free to change."""
    shutil.copytree(clustered, workspace, dirs_exist_ok=True)
    return workspace


def copy_samples(folder: Path) -> None:
    """Copy the first few sample postings of some families, and the smallest file of rows, into a folder."""
    samples = sandbox.ROOT / "vacancies"
    files = [file for name in SAMPLE_FOLDERS for file in sorted((samples / name).iterdir())[:SAMPLES_PER_FOLDER]]
    for file in [*files, samples / "board-export.jsonl"]:
        target = folder / file.relative_to(samples)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(file, target)
