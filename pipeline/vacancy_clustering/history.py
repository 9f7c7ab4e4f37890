"""The earlier artifacts of a workspace: kept when one is replaced, so that they can be compared and brought back."""

import re
from pathlib import Path

from pipeline.cluster_artifacts import read_artifact
from pipeline.core import BrokenArtifact, RolemapError, write_atomically

KEPT = 10
NO_HASH = "0" * 8
_NAME = re.compile(r"(\d{4,})-[0-9a-f]{8}\.json")


def history_folder(artifact: Path) -> Path:
    """Return where an artifact's earlier versions are kept."""
    return artifact.parent / "history"


def earlier_artifacts(artifact: Path) -> list[Path]:
    """Return the earlier versions, the latest first."""
    folder = history_folder(artifact)
    return sorted((path for path in folder.glob("*.json") if _NAME.fullmatch(path.name)), reverse=True)


def keep_artifact(artifact: Path) -> None:
    """Keep a copy of the artifact that is about to be replaced; only the last ten stay. Raises RolemapError."""
    try:
        data = artifact.read_bytes()
    except OSError:
        return
    versions = earlier_artifacts(artifact)
    if versions and versions[0].read_bytes() == data:
        return
    match = _NAME.fullmatch(versions[0].name) if versions else None
    number = int(match[1]) + 1 if match else 1
    try:
        digest = read_artifact(artifact).provenance.input_hash[:8] or NO_HASH
    except BrokenArtifact:
        digest = NO_HASH
    write_atomically(history_folder(artifact) / f"{number:04d}-{digest}.json", data)
    for path in earlier_artifacts(artifact)[KEPT:]:
        path.unlink(missing_ok=True)


def restore_artifact(version: Path, artifact: Path) -> None:
    """Bring an earlier version back; the one in use is kept in its place. Raises RolemapError."""
    if version not in earlier_artifacts(artifact):
        raise RolemapError(f"{version.name} is no earlier version of {artifact.name}.")
    read_artifact(version)
    data = version.read_bytes()
    keep_artifact(artifact)
    write_atomically(artifact, data)
