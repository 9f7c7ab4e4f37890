"""What commands, pages and the API all call: each job of the product as one function."""

import csv
import io
import json
import logging
import os
import tempfile
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pipeline.cache import ContentCache, content_key
from pipeline.cluster_artifacts import (
    OVERRIDES_NAME,
    ClusterArtifact,
    Overrides,
    Provenance,
    apply_overrides,
    build_artifact,
    file_state,
    load_artifact,
    read_artifact,
    read_overrides,
    save_artifact,
    slugify,
    write_atomically,
)
from pipeline.duplicates import find_duplicates
from pipeline.embeddings import model_name
from pipeline.errors import BrokenArtifact, MissingArtifact, RolemapError
from pipeline.keyword_engine import KeywordReport, analyze_vacancies, default_artifact_path, lexicon_files
from pipeline.lexicon import LEXICON_FOLDER
from pipeline.progress import ProgressCallback, ignore_progress
from pipeline.settings import Settings, get_settings
from pipeline.vacancies import Corpus, load_vacancies, posting_files, read_uploads

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class ClusterRun:
    """The artifact that a clustering left behind; `is_unchanged` where the earlier one already was the answer."""

    artifact: ClusterArtifact
    path: Path
    is_unchanged: bool


def open_cache(settings: Settings | None = None) -> ContentCache:
    """Open the cache of the workspace in use."""
    return ContentCache((settings or get_settings()).cache_path)


def read_corpus(path: Path | None = None, on_progress: ProgressCallback = ignore_progress) -> Corpus:
    """Read the stored postings, by default those of the workspace. Raises RolemapError."""
    with closing(open_cache()) as cache:
        return load_vacancies(path or get_settings().vacancies_path, cache=cache, on_progress=on_progress)


def read_skipped() -> Corpus:
    """Return what was skipped where none of the stored files holds a posting."""
    root = get_settings().vacancies_path
    names = [(file.relative_to(root).as_posix(), file.read_bytes()) for file in sorted(posting_files(root))]
    return read_uploads(names)


def read_uploaded(uploads: Sequence[tuple[str, bytes]]) -> Corpus:
    """Read a browser's uploads; they belong to its session until `add_to_corpus`."""
    with closing(open_cache()) as cache:
        return read_uploads(uploads, cache=cache)


def add_to_corpus(uploads: Sequence[tuple[str, bytes]], folder: Path | None = None) -> list[Path]:
    """Store uploads among the postings, under names that overwrite nothing. Returns where each lies."""
    target = (folder or get_settings().vacancies_path) / "added"
    stored = []
    for name, data in uploads:
        stored.append(_store_new(target, Path(name).name or "posting.txt", data))
    return stored


def corpus_state(path: Path | None = None) -> tuple[tuple[str, int, int], ...]:
    """Return name, time of change and size of every stored file: what changes when the postings do."""
    root = path or get_settings().vacancies_path
    files = sorted(posting_files(root)) if root.is_dir() else []
    return tuple((str(file), *state) for file in files if (state := file_state(file)))


def artifact_state() -> tuple[object, object]:
    """Return what changes when the artifact in use or the analyst's overrides do."""
    path = default_artifact_path()
    return file_state(path), file_state(path.with_name(OVERRIDES_NAME))


def vacancies_folder() -> Path:
    """Return where the stored postings are."""
    return get_settings().vacancies_path


def shown_path(path: Path) -> str:
    """Return a path as people are shown it: relative to the workspace where it lies in it."""
    home = get_settings().home
    return path.relative_to(home).as_posix() if path.is_relative_to(home) else str(path)


def pasted_posting(title: str, text: str) -> tuple[str, bytes]:
    """Return a pasted posting as a file of its own, named by its title."""
    name = slugify(title or text.strip().split("\n", 1)[0][:60])
    return f"{name}.txt", f"{title.strip()}\n\n{text.strip()}\n".lstrip().encode()


def find_repeats(uploaded: Corpus, stored: Corpus) -> dict[str, str]:
    """Return which uploads repeat a stored posting or another upload, and which one."""
    fresh = {vacancy.id: f"upload/{vacancy.id}" for vacancy in uploaded.vacancies}
    renamed = [vacancy.model_copy(update={"id": fresh[vacancy.id]}) for vacancy in uploaded.vacancies]
    # A stored posting without a date must still come before its copy.
    dated = [v if v.posted_on else v.model_copy(update={"posted_on": date.min}) for v in stored.vacancies]
    repeats = find_duplicates([*dated, *renamed])
    return {original: repeats[name].removeprefix("upload/") for original, name in fresh.items() if name in repeats}


def _store_new(folder: Path, name: str, data: bytes) -> Path:
    stem, suffix = Path(name).stem, Path(name).suffix
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for number in range(1, 10_000):
            path = folder / (name if number == 1 else f"{stem}-{number}{suffix}")
            try:
                with path.open("xb") as file:
                    file.write(data)
                return path
            except FileExistsError:
                if path.read_bytes() == data:
                    return path
    except OSError as error:
        raise RolemapError(f"Cannot store {name} in {folder}: {error.strerror or error}.") from error
    raise RolemapError(f"Cannot store {name} in {folder}: there are too many files of that name.")


def run_clustering(
    *,
    vacancies: Path | None = None,
    output: Path | None = None,
    count: int | None = None,
    is_fresh: bool = False,
    on_progress: ProgressCallback = ignore_progress,
) -> ClusterRun:
    """Cluster the stored postings and write the artifact, unless the earlier one was made from the very same input.

    Raises RolemapError, leaving any earlier artifact as it was.
    """
    settings = get_settings()
    path = output or default_artifact_path()
    _check_writable(path.parent)
    with closing(open_cache(settings)) as cache:
        corpus = load_vacancies(vacancies or settings.vacancies_path, cache=cache, on_progress=on_progress)
        provenance = _provenance(corpus, count, path, settings)
        earlier = None if is_fresh else _earlier_artifact(path)
        if earlier and earlier.provenance.input_hash == provenance.input_hash:
            return ClusterRun(load_artifact(path), path, is_unchanged=True)
        from pipeline.vacancy_clustering import cluster_vacancies

        result = cluster_vacancies(
            corpus,
            count=count,
            provenance=provenance,
            model=settings.embedding_model,
            cache=cache,
            on_progress=on_progress,
        )
    artifact = build_artifact(result)
    save_artifact(artifact, path)
    return ClusterRun(apply_overrides(artifact, read_overrides(path)), path, is_unchanged=False)


def _provenance(corpus: Corpus, count: int | None, path: Path, settings: Settings) -> Provenance:
    """Record every input of a clustering, so that the same input is known again by its hash."""
    parameters = {"clusters": count or "auto", "method": METHOD}
    overrides = read_overrides(path)
    parts = {
        "embedding_model": model_name(settings.embedding_model),
        "corpus_hash": corpus.digest,
        "lexicon_hash": _lexicon_hash(),
        "overrides_hash": "" if overrides == Overrides() else content_key(overrides.model_dump_json()),
    }
    input_hash = content_key(json.dumps(parameters, sort_keys=True), *(f"{k}={v}" for k, v in sorted(parts.items())))
    return Provenance(**parts, parameters=parameters, input_hash=input_hash)


METHOD = 1  # raise when clustering would give another artifact for the same input


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
        raise RolemapError(
            f"Cannot write to {folder}: {error.strerror or error}. Choose another place with --output."
        ) from error


def run_analysis(
    *,
    vacancies: Path | None = None,
    artifact: Path | None = None,
    output: Path | None = None,
    on_progress: ProgressCallback = ignore_progress,
) -> tuple[KeywordReport, list[Path]]:
    """Count the keywords of the stored postings by category; write the report as JSON, and as CSV beside it."""
    corpus = read_corpus(vacancies, on_progress)
    report = analyze_vacancies(corpus.vacancies, artifact)
    path = output or get_settings().output_path / "keyword_report.json"
    write_atomically(path, (json.dumps(report.model_dump(mode="json"), indent=1, ensure_ascii=False) + "\n").encode())
    table = path.with_suffix(".csv")
    write_atomically(table, report_csv(report).encode())
    return report, [path, table]


def keyword_report() -> KeywordReport:
    """Count the keywords of the workspace's postings, without writing anything. Raises RolemapError."""
    return analyze_vacancies(read_corpus().vacancies)


def report_csv(report: KeywordReport) -> str:
    """Return the report as a table, one keyword a row."""
    rows = [
        [
            slug,
            c.keyword,
            c.kind,
            c.vacancy_count,
            c.share,
            c.lift if c.lift is not None else "",
            *_first_evidence(c.evidence),
        ]
        for slug, counts in report.categories.items()
        for c in counts
    ]
    return to_csv(["category", "keyword", "kind", "vacancies", "share", "lift", "vacancy_id", "sentence"], rows)


def _first_evidence(evidence: Sequence[object]) -> tuple[str, str]:
    first = evidence[0] if evidence else None
    return (getattr(first, "vacancy_id", ""), getattr(first, "sentence", ""))


def to_csv(header: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    """Return a CSV in which no cell runs as a formula when a spreadsheet opens it."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(header)
    writer.writerows([[harmless_cell(cell) for cell in row] for row in rows])
    return text.getvalue()


def harmless_cell(cell: object) -> object:
    """Return a cell with an apostrophe before text that a spreadsheet would take for a formula."""
    if isinstance(cell, str) and cell.lstrip()[:1] in ("=", "+", "-", "@", "\t", "\r"):
        return f"'{cell}"
    return cell


def find_artifact(path: Path | None = None) -> ClusterArtifact | None:
    """Return the artifact in use, or None where there is none yet. Raises BrokenArtifact."""
    try:
        return load_artifact(path or default_artifact_path())
    except MissingArtifact:
        return None


def diagnose() -> list[tuple[str, str, bool]]:
    """Return what is installed, set and there: (what, how it stands, whether that is well)."""
    settings = get_settings()
    findings = [*_packages(), _embedding_model(settings), _lexicon()]
    findings.append(("vacancies", str(settings.vacancies_path), settings.vacancies_path.is_dir()))
    findings.append(
        (
            "output",
            str(settings.output_path),
            os.access(settings.output_path, os.W_OK) or not settings.output_path.exists(),
        )
    )
    try:
        artifact = find_artifact()
        state = f"{len(artifact.clusters)} clusters" if artifact else "none yet; run: python main.py cluster-vacancies"
        findings.append(("cluster artifact", state, True))
    except RolemapError as error:
        findings.append(("cluster artifact", str(error), False))
    overrides = default_artifact_path().with_name(OVERRIDES_NAME)
    if overrides.exists():
        findings.append(("overrides", str(overrides), True))
    with closing(open_cache(settings)) as cache:
        entries = sum(count for count, _ in cache.sizes().values())
    findings.append(("cache", f"{entries:,} entries in {settings.cache_path}", True))
    key = "set" if settings.openai_api_key else "not set; everything but naming and rewriting works without"
    findings.append(("language model key", key, True))
    findings.append(
        (
            "language model",
            f"{settings.openai_model or 'not set'} at {settings.openai_base_url or 'the OpenAI service'}",
            True,
        )
    )
    return findings


def _packages() -> list[tuple[str, str, bool]]:
    from importlib.metadata import PackageNotFoundError, version

    findings = []
    for name in (
        "streamlit",
        "pydantic",
        "scikit-learn",
        "sentence-transformers",
        "torch",
        "plotly",
        "pandas",
        "openai",
    ):
        try:
            findings.append((name, version(name), True))
        except PackageNotFoundError:
            findings.append((name, "missing; install with: pip install -r requirements.txt", False))
    return findings


def _embedding_model(settings: Settings) -> tuple[str, str, bool]:
    from pipeline.embeddings import check_packaged_model, packaged_model_folder

    if settings.embedding_model:
        return "embedding model", f"{settings.embedding_model} (EMBEDDING_MODEL)", True
    try:
        check_packaged_model(packaged_model_folder())
    except RolemapError as error:
        return "embedding model", str(error), False
    return "embedding model", f"{model_name(None)}, packaged, checked", True


def _lexicon() -> tuple[str, str, bool]:
    from pipeline.lexicon import load_lexicon

    try:
        entries = load_lexicon(lexicon_files())
    except RolemapError as error:
        return "lexicon", str(error), False
    technologies = sum(entry.kind == "technology" for entry in entries)
    return "lexicon", f"{technologies:,} technologies, {len(entries) - technologies:,} skills", True
