"""What a workspace holds: the artifact in use, the analyst's overrides, the cache."""

from contextlib import closing
from pathlib import Path

from pipeline.cluster_artifacts import (
    ClusterArtifact,
    MapDensity,
    Overrides,
    artifact_files,
    group_names,
    load_artifact,
    map_density,
    read_artifact,
    read_overrides,
    save_overrides,
)
from pipeline.core import ContentCache, MissingArtifact, Settings, file_state, get_settings, open_workspace_cache
from pipeline.keyword_engine import default_artifact_path
from pipeline.llm import ModelNotConfigured, describe_destination
from pipeline.vacancy_clustering import history as artifact_history

MOST_SHOWN = 20_000  # postings that a browser draws and pages count without a wait
DENSITY_CELLS = 160  # along each axis of the map


def open_cache(settings: Settings | None = None) -> ContentCache:
    """Open the cache of the workspace in use."""
    return open_workspace_cache(settings or get_settings())


def shown_path(path: Path) -> str:
    """Return a path as people are shown it: relative to the workspace where it lies in it."""
    home = get_settings().home
    return path.relative_to(home).as_posix() if path.is_relative_to(home) else str(path)


def find_artifact(path: Path | None = None, *, most: int | None = None) -> ClusterArtifact | None:
    """Return the artifact in use, or None where there is none yet; of more than `most` postings so many stand for all.

    Raises BrokenArtifact.
    """
    try:
        return load_artifact(path or default_artifact_path(), most=most)
    except MissingArtifact:
        return None


def find_drawable_artifact() -> ClusterArtifact | None:
    """Return the artifact in use with no more postings than a browser can show; None where there is none yet.

    Raises BrokenArtifact.
    """
    return find_artifact(most=MOST_SHOWN)


def postings_density(artifact: ClusterArtifact) -> MapDensity | None:
    """Return where all postings of the artifact in use lie, if a sample stands for them; None where it has them all.

    Raises BrokenArtifact.
    """
    return map_density(artifact, default_artifact_path(), DENSITY_CELLS) if artifact.is_sample else None


def artifact_state() -> tuple[object, object]:
    """Return what changes when the artifact in use or the analyst's overrides do."""
    artifact, overrides = artifact_files(default_artifact_path())
    return (str(artifact), file_state(artifact)), file_state(overrides)


def model_destination() -> str | None:
    """Return where texts would go when a language model is asked for, or None where none is set up."""
    try:
        return str(describe_destination(get_settings()))
    except ModelNotConfigured:
        return None


def earlier_artifacts() -> list[Path]:
    """Return the kept versions of the artifact in use, the latest first."""
    return artifact_history.earlier_artifacts(default_artifact_path())


def read_version(version: Path) -> ClusterArtifact:
    """Read a kept version. Raises RolemapError."""
    return read_artifact(version)


def restore_artifact(version: Path) -> None:
    """Bring a kept version back; the one in use is kept in its place. Raises RolemapError."""
    artifact_history.restore_artifact(version, default_artifact_path())


def compare_artifacts(earlier: ClusterArtifact, later: ClusterArtifact) -> list[dict[str, str | int | None]]:
    """Return a row for each slug of either: its name and its number of postings then and now."""
    before = {cluster.slug: cluster for cluster in earlier.clusters}
    after = {cluster.slug: cluster for cluster in later.clusters}
    return [
        {
            "Cluster": (after.get(slug) or before[slug]).name,
            "Postings then": len(before[slug].vacancy_ids) if slug in before else None,
            "Postings now": len(after[slug].vacancy_ids) if slug in after else None,
        }
        for slug in dict.fromkeys([*after, *before])
    ]


def current_overrides() -> Overrides:
    """Return the analyst's overrides of the artifact in use. Raises RolemapError."""
    return read_overrides(default_artifact_path())


def change_overrides(overrides: Overrides) -> None:
    """Keep the analyst's overrides beside the artifact in use; every reader sees them at once. Raises RolemapError."""
    save_overrides(overrides, default_artifact_path())


def lost_overrides(artifact: ClusterArtifact, path: Path | None = None) -> list[str]:
    """Return the slugs that the overrides speak of and the artifact no longer has. Raises RolemapError."""
    overrides = read_overrides(path or default_artifact_path())
    return overrides.without_category(set(group_names(artifact)))


def cache_info() -> tuple[Path, dict[str, tuple[int, int]]]:
    """Return where the cache is, and for each kind how many entries and bytes it holds."""
    settings = get_settings()
    with closing(open_cache(settings)) as cache:
        return settings.cache_path, cache.sizes()


def clear_cache() -> Path:
    """Delete everything the cache holds; return where it is."""
    settings = get_settings()
    with closing(open_cache(settings)) as cache:
        cache.clear()
    return settings.cache_path
