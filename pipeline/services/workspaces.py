"""Whose postings are worked on: a person's own, the samples that come with Rolemap, and one workspace for each person.

The samples have a workspace inside the workspace, so that nothing of theirs ever mixes with a person's own. Where they
lie among the own postings, as in a fresh copy of Rolemap, they can be set aside; nothing is deleted for it.
"""

import hashlib
import shutil
from functools import cache
from pathlib import Path

from pipeline.cluster_artifacts import DEFAULT_CLUSTER_ARTIFACT, OVERRIDES_NAME, read_artifact
from pipeline.core import (
    DATA,
    PROJECT_ROOT,
    BrokenArtifact,
    MissingArtifact,
    RolemapError,
    content_key,
    write_atomically,
)
from pipeline.postings import LEAVE_OUT, load_vacancies, posting_files, read_leave_out
from pipeline.vacancy_clustering import history_folder, keep_artifact

SAMPLES = PROJECT_ROOT / "vacancies"
ROW_FILES = (".csv", ".jsonl", ".xlsx")  # of the samples, each with many postings
_LIST = DATA / "sample_postings.sha256"
_NOTE = "# The samples that came with Rolemap were set aside. Delete this file to have them back among your postings.\n"


@cache
def _sample_digests() -> dict[str, str]:
    """Return the SHA-256 of every sample by its path; line ends count as one character."""
    lines = (line.split("  ", 1) for line in _LIST.read_text(encoding="utf-8").splitlines())
    return {name: digest for digest, name in lines}


def _is_sample(name: str, file: Path) -> bool:
    digest = _sample_digests().get(name)
    if digest is None:
        return False
    try:
        return hashlib.sha256(file.read_bytes().replace(b"\r\n", b"\n")).hexdigest() == digest
    except OSError:
        return False


def user_home(home: Path, issuer: str, subject: str) -> Path:
    """Return the workspace of one signed-in person; its name gives away nothing of who it is."""
    return home / "users" / content_key(issuer, subject)[:32]


def sample_home(home: Path) -> Path:
    """Return where a workspace keeps its copy of the samples and what is made of them."""
    return home / "output" / "samples"


def delete_home(home: Path, root: Path) -> None:
    """Delete the whole workspace of one signed-in person. Raises RolemapError, also for any other place."""
    if home.parent != root / "users":
        raise RolemapError(f"{home} is not the workspace of one person, so nothing was deleted.")
    try:
        if home.exists():
            shutil.rmtree(home)
    except OSError as error:
        raise RolemapError(f"Not all of {home} could be deleted: {error.strerror or error}. Try again.") from error


def can_open_samples() -> bool:
    """Tell whether the samples have come with this installation."""
    return SAMPLES.is_dir()


def open_samples(home: Path) -> Path:
    """Return the samples' own workspace within a workspace, made where there is none yet. Raises RolemapError."""
    target = sample_home(home)
    try:
        for name in _sample_digests():
            copy = target / "vacancies" / name
            if not copy.exists() and (SAMPLES / name).is_file():
                copy.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(SAMPLES / name, copy)
    except OSError as error:
        raise RolemapError(f"Cannot copy the samples to {target}: {error.strerror or error}.") from error
    return target


def samples_among(home: Path) -> list[str]:
    """Return the names of the samples that count among a workspace's own postings."""
    folder = home / "vacancies"
    files = posting_files(folder) if folder.is_dir() else []
    names = ((file.relative_to(folder).as_posix(), file) for file in files)
    return sorted(name for name, file in names if _is_sample(name, file))


def set_samples_aside(home: Path) -> int:
    """Leave the samples out of a workspace's own postings from now on; return how many there were.

    The files stay where they are. Clusters made of nothing but samples go along with them, with their history and
    overrides; clusters that hold a posting of the user's own stay. Raises RolemapError.
    """
    names = samples_among(home)
    if not names:
        return 0
    if _is_made_of(home / DEFAULT_CLUSTER_ARTIFACT, set(names)):
        _move_clusters(home, open_samples(home))
    listed = [*read_leave_out(home / "vacancies"), *names]
    write_atomically(home / "vacancies" / LEAVE_OUT, (_NOTE + "".join(f"{name}\n" for name in listed)).encode())
    return len(names)


def _is_made_of(artifact: Path, names: set[str]) -> bool:
    """Tell whether every posting of an artifact is a sample: a file of those named, or a row of the samples' export."""
    try:
        found = read_artifact(artifact)
    except (MissingArtifact, BrokenArtifact):
        return False
    return bool(found.vacancies) and set(found.vacancies) <= names | _sample_rows()


@cache
def _sample_rows() -> frozenset[str]:
    """Return the ids that the postings of the samples' files of rows are known by."""
    files = [SAMPLES / name for name in _sample_digests() if name.endswith(ROW_FILES)]
    return frozenset(vacancy.id for file in files if file.is_file() for vacancy in load_vacancies(file).vacancies)


def _move_clusters(home: Path, samples: Path) -> None:
    """Give the samples' workspace the clusters of another; what it had before stays in its history."""
    source, target = home / DEFAULT_CLUSTER_ARTIFACT, samples / DEFAULT_CLUSTER_ARTIFACT
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        keep_artifact(target)
        source.replace(target)
        for file in (source.with_name(OVERRIDES_NAME), history_folder(source)):
            if file.exists() and not (target.parent / file.name).is_dir():
                file.replace(target.parent / file.name)
    except OSError as error:
        raise RolemapError(f"Cannot move {source} to {target}: {error.strerror or error}.") from error
