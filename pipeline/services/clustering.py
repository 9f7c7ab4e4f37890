"""One clustering from files to artifact: known input is recognised, earlier keys survive, the old file is kept."""

import asyncio
import json
import logging
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from filelock import FileLock, Timeout

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
from pipeline.core import (
    BrokenArtifact,
    ContentCache,
    MissingArtifact,
    ProgressCallback,
    ProgressEvent,
    RolemapError,
    Settings,
    content_key,
    get_settings,
    ignore_progress,
    open_workspace_cache,
)
from pipeline.embedding import TextEmbedder, model_name
from pipeline.engine import (
    PILOT,
    EncodeWith,
    EngineName,
    LocalRunner,
    cluster_by_parts,
    find_parts,
    open_runner,
    parts_of,
)
from pipeline.keyword_engine import default_artifact_path, lexicon_hash
from pipeline.llm import ModelNotConfigured, describe_destination, open_language_model, read_model_terms
from pipeline.postings import Corpus
from pipeline.services.known_corpus import StoredCorpus
from pipeline.vacancy_clustering import NAMED_OFFLINE, NAMING_STAGE, Naming, keep_artifact, name_clusters_with_model

logger = logging.getLogger(__name__)

METHOD = 16  # raise when clustering would give another artifact for the same input
FAST_FROM = 3000  # vacancies from which the fast encoder reads the bodies unless told otherwise

EncoderChoice = Literal["auto", "precise", "fast"]


@dataclass(frozen=True)
class ClusterRun:
    """The artifact that a clustering left behind; `is_unchanged` where the earlier one already was the answer.

    `naming_failures` says, by slug, why a language model that was asked has not named a cluster; `notes` what else is
    to be known of how files were read.
    """

    artifact: ClusterArtifact
    path: Path
    is_unchanged: bool
    naming_failures: dict[str, str] = field(default_factory=dict)
    notes: tuple[str, ...] = ()


def run_clustering(
    *,
    vacancies: Path | None = None,
    columns: Mapping[str, Sequence[str]] | None = None,
    output: Path | None = None,
    count: int | None = None,
    encoder: EncoderChoice = "auto",
    is_fresh: bool = False,
    use_llm: bool | None = None,
    engine: EngineName = "in-process",
    scheduler: str | None = None,
    on_progress: ProgressCallback = ignore_progress,
) -> ClusterRun:
    """Cluster the stored postings and write the artifact, unless the earlier one was made from the very same input.

    `columns` says, by role, which columns of tables hold what; it is remembered beside the postings. With the engine
    "dask" the postings are files of rows, worked on by the cluster at `scheduler`, or by one of this machine.

    With `use_llm`, by default that of the settings, a language model names the clusters; one it fails for keeps the
    name made of titles. Raises RolemapError, leaving any earlier artifact as it was.
    """
    settings = get_settings()
    path = output or default_artifact_path()
    _check_writable(path)
    asks_model = settings.use_llm if use_llm is None else use_llm
    model = _model_to_ask(settings) if asks_model else None
    with _alone(path, settings.cache_path.parent), closing(open_workspace_cache(settings)) as cache:
        job = _Job(
            vacancies or settings.vacancies_path,
            path,
            count,
            encoder,
            settings,
            earlier=None if is_fresh else _earlier_artifact(path),
            names_wanted=_ANY if asks_model and not model else model,
        )
        earlier = job.earlier
        if engine == "dask":
            artifact, corpus, notes = _made_by_parts(job, columns, scheduler, on_progress)
        else:
            stored = StoredCorpus(job.place, columns, cache, on_progress)
            artifact, corpus, notes = _made_here(job, stored, cache, on_progress), stored, stored.summary.notes
        naming = _named(artifact, corpus, settings, cache, on_progress) if model else Naming(artifact)
        if naming.artifact == earlier:
            return ClusterRun(
                load_artifact(path), path, is_unchanged=True, naming_failures=naming.failures, notes=notes
            )
        on_progress(ProgressEvent("Writing the clusters", 0, 1))  # the last moment to stop
        keep_artifact(path)
        save_artifact(naming.artifact, path)
    shown = apply_overrides(naming.artifact, read_overrides(path))
    return ClusterRun(shown, path, is_unchanged=False, naming_failures=naming.failures, notes=notes)


@dataclass(frozen=True)
class _Job:
    """What is to be clustered, and what there is already; `names_wanted` is the model that is to name the clusters."""

    place: Path
    output: Path
    count: int | None
    encoder: EncoderChoice
    settings: Settings
    earlier: ClusterArtifact | None
    names_wanted: str | None

    def provenance(self, corpus_hash: str, size: int) -> tuple[Provenance, EncodeWith]:
        """Return what the artifact is made from, and how texts of so many postings become vectors."""
        is_fast = self.encoder == "fast" or (self.encoder == "auto" and size > FAST_FROM)
        made_from = _provenance(corpus_hash, self.count, self.output, self.settings, is_fast=is_fast)
        return made_from, EncodeWith(self.settings.embedding_model, is_fast)

    def known(self, provenance: Provenance) -> ClusterArtifact | None:
        """Return the earlier artifact where it was made of the same input, whoever named its clusters."""
        same = self.earlier is not None and self.earlier.provenance.input_hash == provenance.input_hash
        return self.earlier if same else None

    def is_answered_by(self, known: ClusterArtifact) -> bool:
        """Tell whether the clusters of an artifact have the names that are wanted, or can have no other."""
        return self.names_wanted == _ANY or known.provenance.language_model in (None, self.names_wanted)

    def is_done(self, provenance: Provenance) -> bool:
        """Tell whether the earlier artifact is the answer already."""
        known = self.known(provenance)
        return known is not None and self.is_answered_by(known)


_ANY = "\0any"  # no model can be asked, so names stay whose they are


def _made_here(job: _Job, stored: StoredCorpus, cache: ContentCache, on_progress: ProgressCallback) -> ClusterArtifact:
    """Return the artifact of the stored postings, worked on in this process."""
    provenance, encode = job.provenance(stored.summary.digest, stored.summary.size)
    known = job.known(provenance)
    if known and job.is_answered_by(known):
        return known
    corpus = stored.corpus
    if len(corpus.vacancies) > PILOT:
        run = cluster_by_parts(
            parts_of(corpus.vacancies),
            LocalRunner(on_progress),
            output=job.output,
            count=job.count,
            provenance_of=lambda digest, size: (provenance, encode),
            earlier=job.earlier,
            skipped=corpus.skipped,
            pilot=PILOT,
            on_progress=on_progress,
        )
        artifact = run.artifact
    else:
        artifact = _clustered(corpus, job, provenance, encode, cache, on_progress)
    # Where only who named the clusters is another, nothing else has changed.
    return artifact.model_copy(update={"changes": known.changes}) if known else artifact


def _made_by_parts(
    job: _Job, columns: Mapping[str, Sequence[str]] | None, scheduler: str | None, on_progress: ProgressCallback
) -> tuple[ClusterArtifact, "StoredCorpus | _Sample", tuple[str, ...]]:
    """Return the artifact of files of rows, worked on by a Dask cluster; the names come from the sample."""
    if columns:
        raise RolemapError("--columns is not known to the engine dask: name the columns as Rolemap knows them.")
    parts, others = find_parts(str(job.place))
    with open_runner("dask", scheduler, on_progress) as runner:
        run = cluster_by_parts(
            parts,
            runner,
            output=job.output,
            count=job.count,
            provenance_of=job.provenance,
            is_done=job.is_done,
            earlier=job.earlier,
            skipped=others,
            on_progress=on_progress,
        )
    return run.artifact, _Sample(run.sample), ()


@dataclass(frozen=True)
class _Sample:
    """The postings that a large corpus was clustered by."""

    corpus: Corpus


def _clustered(
    corpus: Corpus,
    job: _Job,
    provenance: Provenance,
    encode: EncodeWith,
    cache: ContentCache,
    on_progress: ProgressCallback,
) -> ClusterArtifact:
    from pipeline.vacancy_clustering import cluster_vacancies

    embedder = TextEmbedder(encode.model, cache=cache, on_progress=on_progress)
    result = cluster_vacancies(
        corpus,
        count=job.count,
        provenance=provenance,
        embed=embedder.precise,
        embed_bodies=embedder.fast if encode.is_fast else None,
        earlier=job.earlier,
        kept=cache,
        on_progress=on_progress,
    )
    return build_artifact(result)


def _model_to_ask(settings: Settings) -> str | None:
    """Return the name of the language model that is set up; that there is none is said, and costs only its names."""
    try:
        read_model_terms()
        return describe_destination(settings).model
    except ModelNotConfigured as error:
        logger.warning("The clusters get their names from titles. %s", error)
        return None


def _named(
    artifact: ClusterArtifact,
    stored: StoredCorpus | _Sample,
    settings: Settings,
    cache: ContentCache,
    on_progress: ProgressCallback,
) -> Naming:
    """Have a language model name the clusters that have none of its names yet, after saying what goes where."""
    waiting = [cluster for cluster in artifact.clusters if cluster.named_by == NAMED_OFFLINE]
    if not waiting:
        return Naming(artifact)

    async def run() -> Naming:
        async with open_language_model(settings, cache=cache) as llm:
            logger.info(
                "Naming %d clusters: keywords and excerpts of three postings each go to %s",
                len(waiting),
                llm.destination,
            )
            naming = await name_clusters_with_model(
                artifact, stored.corpus, llm=llm, concurrency=settings.gpt_rewrite_concurrency, on_progress=on_progress
            )
            logger.info("Naming took %s", llm.usage[NAMING_STAGE].describe(read_model_terms()))
            return naming

    return asyncio.run(run())


def _provenance(corpus_hash: str, count: int | None, path: Path, settings: Settings, *, is_fast: bool) -> Provenance:
    """Record every input of a clustering, so that the same input is known again by its hash."""
    parameters = {"clusters": count or "auto", "encoder": "fast" if is_fast else "precise", "method": METHOD}
    overrides = read_overrides(path)
    parts = {
        "embedding_model": model_name(settings.embedding_model),
        "corpus_hash": corpus_hash,
        "lexicon_hash": lexicon_hash(),
        "overrides_hash": "" if overrides == Overrides() else content_key(overrides.model_dump_json()),
    }
    input_hash = content_key(json.dumps(parameters, sort_keys=True), *(f"{k}={v}" for k, v in sorted(parts.items())))
    return Provenance(**parts, parameters=parameters, input_hash=input_hash)


def _earlier_artifact(path: Path) -> ClusterArtifact | None:
    """Return the artifact that is there; a broken one counts as none, and is said."""
    try:
        return read_artifact(path)
    except MissingArtifact:
        return None
    except BrokenArtifact as error:
        logger.warning("%s It is replaced.", error)
        return None


@contextmanager
def _alone(path: Path, folder: Path) -> Iterator[None]:
    """Let no other clustering, of this process or another, work on the same artifact. Raises RolemapError."""
    lock = FileLock(folder / f"clustering-{content_key(str(path.resolve()))[:12]}.lock")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock.acquire(timeout=0)
    except Timeout as error:
        raise RolemapError(
            f"Another clustering is writing {path} just now. Wait until it has ended, then try again."
        ) from error
    except OSError as error:
        logger.warning("Clustering without a lock in %s: %s", folder, error)
    try:
        yield
    finally:
        lock.release()


def _check_writable(path: Path) -> None:
    """Find out before the costly part whether its result can be stored. Raises RolemapError."""
    folder = path.parent
    if path.is_dir():
        raise RolemapError(f"Cannot write {path}: it is a folder. Name a file with --output.")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError as error:
        reason = error.strerror or error
        raise RolemapError(f"Cannot write to {folder}: {reason}. Choose another place with --output.") from error
