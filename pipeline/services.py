"""What commands, pages and the API all call: each job of the product as one function."""

import csv
import io
import json
import os
from collections.abc import Sequence
from contextlib import closing
from datetime import date
from pathlib import Path

from pipeline import vocabulary
from pipeline.cache import ContentCache
from pipeline.cluster_artifacts import (
    OVERRIDES_NAME,
    ClusterArtifact,
    Overrides,
    file_state,
    load_artifact,
    read_overrides,
    save_overrides,
    slugify,
    write_atomically,
)
from pipeline.cluster_run import ClusterRun as ClusterRun
from pipeline.cluster_run import EncoderChoice as EncoderChoice
from pipeline.cluster_run import run_clustering as run_clustering
from pipeline.duplicates import find_duplicates
from pipeline.embeddings import model_name
from pipeline.errors import MissingArtifact, RolemapError
from pipeline.keyword_engine import KeywordReport, analyze_vacancies, default_artifact_path, lexicon_files
from pipeline.lexicon import load_lexicon
from pipeline.progress import ProgressCallback, ignore_progress
from pipeline.settings import Settings, get_settings
from pipeline.vacancies import Corpus, load_vacancies, posting_files, read_uploads
from pipeline.vocabulary import ImportReport


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


def current_overrides() -> Overrides:
    """Return the analyst's overrides of the artifact in use. Raises RolemapError."""
    return read_overrides(default_artifact_path())


def change_overrides(overrides: Overrides) -> None:
    """Keep the analyst's overrides beside the artifact in use; every reader sees them at once. Raises RolemapError."""
    save_overrides(overrides, default_artifact_path())


def lost_overrides(artifact: ClusterArtifact, path: Path | None = None) -> list[str]:
    """Return the slugs that the overrides speak of and the artifact no longer has. Raises RolemapError."""
    overrides = read_overrides(path or default_artifact_path())
    return overrides.without_category({cluster.slug for cluster in artifact.clusters})


def import_vocabulary(source: Path) -> ImportReport:
    """Check a vocabulary of the user's and use it beside the lexicon from now on. Raises RolemapError."""
    folder = get_settings().vocabularies_path
    others = [path for path in lexicon_files() if path.stem != vocabulary.file_stem(source) or path.parent != folder]
    return vocabulary.import_vocabulary(source, folder, load_lexicon(others))


def list_vocabularies() -> dict[str, int]:
    """Return each imported vocabulary's name and how many terms it has."""
    return vocabulary.list_vocabularies(get_settings().vocabularies_path)


def remove_vocabulary(name: str) -> Path:
    """Remove an imported vocabulary by its name. Raises RolemapError."""
    return vocabulary.remove_vocabulary(name, get_settings().vocabularies_path)


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
    try:
        entries = load_lexicon(lexicon_files())
    except RolemapError as error:
        return "lexicon", str(error), False
    technologies = sum(entry.kind == "technology" for entry in entries)
    return "lexicon", f"{technologies:,} technologies, {len(entries) - technologies:,} skills", True
