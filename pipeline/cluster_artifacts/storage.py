"""The artifact as a file: written in one step, read with the analyst's overrides, refused where it is broken."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from pipeline.cluster_artifacts import postings_file
from pipeline.cluster_artifacts.layers import ROLES, artifact_at, read_address
from pipeline.cluster_artifacts.model import (
    GENERAL,
    SCHEMA_VERSION,
    ClusterArtifact,
    ClusterCategory,
    Overrides,
    Tree,
    get_cluster_categories,
)
from pipeline.core import BrokenArtifact, MissingArtifact, RolemapError, WatchedFiles, write_atomically

OVERRIDES_NAME = "overrides.json"
_ONLY_LIGHT: Any = {"postings_file": True, "clusters": {"__all__": {"size": True, "evidence": {"__all__": {"count"}}}}}


def dump_artifact(artifact: ClusterArtifact) -> bytes:
    """Return the bytes of the file: the same artifact gives the same bytes."""
    content = artifact.model_dump(mode="json", exclude=None if artifact.postings_file else _ONLY_LIGHT)
    return (json.dumps(content, indent=1, ensure_ascii=False, sort_keys=True) + "\n").encode()


def save_artifact(artifact: ClusterArtifact, path: Path) -> None:
    """Write the artifact in one step: a reader sees the old file or the new one.

    Of many postings what is said of single ones goes into a Parquet file beside it, written first under a name of its
    own. Raises RolemapError where it cannot.
    """
    if artifact.postings_file or len(artifact.vacancies) > postings_file.LIGHT_FROM:
        artifact = postings_file.without_postings(artifact, path)
    write_atomically(path, dump_artifact(artifact))
    postings_file.drop_unnamed(path)


_loaded: WatchedFiles[ClusterArtifact] = WatchedFiles()
_layers: WatchedFiles[tuple[ClusterArtifact, ClusterArtifact]] = WatchedFiles()  # the roles, and a layer of them


def artifact_files(path: Path) -> tuple[Path, Path]:
    """Return the files that what is loaded from an address is made of: the artifact and the analyst's overrides."""
    file, _ = read_address(Path(path))
    return file, file.with_name(OVERRIDES_NAME)


def load_artifact(path: Path, *, refresh: bool = False, most: int | None = None) -> ClusterArtifact:
    """Load an artifact, or a layer of it, with the analyst's overrides applied; cached until either file changes.

    Of more than `most` postings so many stand for all. Raises MissingArtifact, or BrokenArtifact with the file and the
    reason.
    """
    file, layer = read_address(Path(path))
    watched = artifact_files(file)
    whole = _loaded.get(
        (file.resolve(), most),
        watched,
        lambda: apply_overrides(read_artifact(file, most), read_overrides(file)),
        refresh=refresh,
    )
    if layer == ROLES:
        return whole
    _, seen = _layers.get(
        (file.resolve(), layer, most),
        watched,
        lambda: (whole, apply_overrides(artifact_at(whole, layer), read_overrides(file))),
        beside=id(whole),  # kept with what was made of it, so that no other can have the same
    )
    return seen


def read_artifact(path: Path, most: int | None = None) -> ClusterArtifact:
    """Read an artifact as it was written, without overrides; `most` is that of `load_artifact`.

    Raises MissingArtifact or BrokenArtifact.
    """
    try:
        loaded = json.loads(path.read_bytes())
    except FileNotFoundError as error:
        raise MissingArtifact(
            f"There is no cluster artifact {path}. Make one with: python main.py cluster-vacancies"
        ) from error
    except OSError as error:
        raise BrokenArtifact(f"The cluster artifact {path} cannot be opened: {error.strerror or error}.") from error
    except (ValueError, RecursionError) as error:
        raise _broken(path, "it is not JSON") from error
    version = loaded.get("schema_version", 1) if isinstance(loaded, dict) else None
    if not isinstance(version, int):
        raise _broken(path, "it is not a cluster artifact")
    if version > SCHEMA_VERSION:
        raise BrokenArtifact(
            f"The cluster artifact {path} has schema {version}, made by a newer Rolemap; this one reads up to "
            f"{SCHEMA_VERSION}. Update Rolemap, or cluster again."
        )
    try:
        return postings_file.attach_postings(ClusterArtifact.model_validate(loaded), path, most)
    except ValidationError as error:
        raise _broken(path, _first_problem(error)) from error


def _broken(path: Path, reason: str) -> BrokenArtifact:
    return BrokenArtifact(
        f"The cluster artifact {path} is broken: {reason}. Make it anew with: python main.py cluster-vacancies --fresh"
    )


def _first_problem(error: ValidationError) -> str:
    first = error.errors()[0]
    place = ".".join(str(part) for part in first["loc"])
    message = first["msg"].removeprefix("Value error, ")
    return f"{place}: {message}" if place else message


def read_overrides(artifact_path: Path) -> Overrides:
    """Read the overrides beside an artifact; none where there is no file.

    Raises RolemapError where it cannot be used.
    """
    path = artifact_files(artifact_path)[1]
    try:
        return Overrides.model_validate_json(path.read_bytes())
    except FileNotFoundError:
        return Overrides()
    except OSError as error:
        raise RolemapError(f"The overrides {path} cannot be opened: {error.strerror or error}.") from error
    except ValidationError as error:
        raise RolemapError(
            f"The overrides {path} cannot be used: {_first_problem(error)}. Mend or remove the file."
        ) from error


def save_overrides(overrides: Overrides, artifact_path: Path) -> None:
    """Write the overrides beside an artifact, in one step."""
    text = json.dumps(overrides.model_dump(), indent=1, ensure_ascii=False, sort_keys=True)
    write_atomically(artifact_files(artifact_path)[1], (text + "\n").encode())


def apply_overrides(artifact: ClusterArtifact, overrides: Overrides) -> ClusterArtifact:
    """Return the artifact as the analyst wants it: categories renamed, keywords hidden or moved."""
    if overrides == Overrides():
        return artifact
    known, names = {cluster.slug for cluster in artifact.clusters}, overrides.names
    moved = {keyword: slug for keyword, slug in overrides.moved.items() if slug in known or slug == GENERAL}
    clusters = [
        cluster.model_copy(update={"name": names.get(cluster.slug, cluster.name)}) for cluster in artifact.clusters
    ]
    categories = [
        category.model_copy(
            update={
                "name": names.get(category.slug, category.name),
                "keywords": _edited_pool(category, overrides.hidden, moved),
            }
        )
        for category in get_cluster_categories(artifact)
    ]
    tree = artifact.tree and Tree(
        families=[each.model_copy(update={"name": names.get(each.slug, each.name)}) for each in artifact.tree.families],
        specialisms=[
            each.model_copy(update={"name": names.get(each.slug, each.name)}) for each in artifact.tree.specialisms
        ],
    )
    return artifact.model_copy(update={"clusters": clusters, "categories": categories, "tree": tree})


def _edited_pool(category: ClusterCategory, hidden: Mapping[str, list[str]], moved: Mapping[str, str]) -> list[str]:
    out = set(hidden.get(category.slug, ())) | {keyword for keyword, slug in moved.items() if slug != category.slug}
    pool = [keyword for keyword in category.keywords if keyword not in out]
    return pool + [keyword for keyword, slug in moved.items() if slug == category.slug and keyword not in pool]
