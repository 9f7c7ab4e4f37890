"""One clustering from files to artifact: known input is recognised, earlier keys survive, the old file is kept."""

import json
import logging
import tempfile
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from pipeline.artifact_history import keep_artifact
from pipeline.cache import ContentCache, content_key
from pipeline.cluster_artifacts import (
    ClusterArtifact,
    Overrides,
    Provenance,
    apply_overrides,
    build_artifact,
    load_artifact,
    read_artifact,
    read_overrides,
    save_artifact,
)
from pipeline.embeddings import TextEmbedder, model_name
from pipeline.errors import BrokenArtifact, MissingArtifact, RolemapError
from pipeline.keyword_engine import default_artifact_path, lexicon_files
from pipeline.lexicon import LEXICON_FOLDER
from pipeline.progress import ProgressCallback, ignore_progress
from pipeline.settings import Settings, get_settings
from pipeline.vacancies import Corpus, load_vacancies

logger = logging.getLogger(__name__)

METHOD = 2  # raise when clustering would give another artifact for the same input
FAST_FROM = 3000  # vacancies from which the fast encoder reads the bodies unless told otherwise

EncoderChoice = Literal["auto", "precise", "fast"]


@dataclass(frozen=True)
class ClusterRun:
    """The artifact that a clustering left behind; `is_unchanged` where the earlier one already was the answer."""

    artifact: ClusterArtifact
    path: Path
    is_unchanged: bool


def run_clustering(
    *,
    vacancies: Path | None = None,
    output: Path | None = None,
    count: int | None = None,
    encoder: EncoderChoice = "auto",
    is_fresh: bool = False,
    on_progress: ProgressCallback = ignore_progress,
) -> ClusterRun:
    """Cluster the stored postings and write the artifact, unless the earlier one was made from the very same input.

    Raises RolemapError, leaving any earlier artifact as it was.
    """
    settings = get_settings()
    path = output or default_artifact_path()
    _check_writable(path.parent)
    with closing(ContentCache(settings.cache_path)) as cache:
        corpus = load_vacancies(vacancies or settings.vacancies_path, cache=cache, on_progress=on_progress)
        is_fast = encoder == "fast" or (encoder == "auto" and len(corpus.vacancies) > FAST_FROM)
        provenance = _provenance(corpus, count, path, settings, is_fast=is_fast)
        earlier = None if is_fresh else _earlier_artifact(path)
        if earlier and earlier.provenance.input_hash == provenance.input_hash:
            return ClusterRun(load_artifact(path), path, is_unchanged=True)
        from pipeline.vacancy_clustering import cluster_vacancies

        embedder = TextEmbedder(settings.embedding_model, cache=cache, on_progress=on_progress)
        result = cluster_vacancies(
            corpus,
            count=count,
            provenance=provenance,
            embed=embedder.precise,
            embed_bodies=embedder.fast if is_fast else None,
            earlier=earlier,
            on_progress=on_progress,
        )
    artifact = build_artifact(result)
    keep_artifact(path)
    save_artifact(artifact, path)
    return ClusterRun(apply_overrides(artifact, read_overrides(path)), path, is_unchanged=False)


def _provenance(corpus: Corpus, count: int | None, path: Path, settings: Settings, *, is_fast: bool) -> Provenance:
    """Record every input of a clustering, so that the same input is known again by its hash."""
    parameters = {"clusters": count or "auto", "encoder": "fast" if is_fast else "precise", "method": METHOD}
    overrides = read_overrides(path)
    parts = {
        "embedding_model": model_name(settings.embedding_model),
        "corpus_hash": corpus.digest,
        "lexicon_hash": _lexicon_hash(),
        "overrides_hash": "" if overrides == Overrides() else content_key(overrides.model_dump_json()),
    }
    input_hash = content_key(json.dumps(parameters, sort_keys=True), *(f"{k}={v}" for k, v in sorted(parts.items())))
    return Provenance(**parts, parameters=parameters, input_hash=input_hash)


def _lexicon_hash() -> str:
    files = [*sorted(LEXICON_FOLDER.glob("*.csv")), *lexicon_files()]
    try:
        return content_key(*(file.read_bytes() for file in files))
    except OSError as error:
        raise RolemapError(f"The lexicon {error.filename} cannot be read: {error.strerror}.") from error


def _earlier_artifact(path: Path) -> ClusterArtifact | None:
    """Return the artifact that is there; a broken one counts as none, and is said."""
    try:
        return read_artifact(path)
    except MissingArtifact:
        return None
    except BrokenArtifact as error:
        logger.warning("%s It is replaced.", error)
        return None


def _check_writable(folder: Path) -> None:
    """Find out before the costly part whether its result can be stored. Raises RolemapError."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        reason = error.strerror or error
        raise RolemapError(f"Cannot write to {folder}: {reason}. Choose another place with --output.") from error
