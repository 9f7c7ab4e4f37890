"""The keyword report, and vocabularies of the user's own."""

import json
from collections.abc import Mapping, Sequence
from contextlib import closing
from pathlib import Path

from pipeline.cluster_artifacts import load_artifact
from pipeline.core import ProgressCallback, RolemapError, Settings, get_settings, ignore_progress, write_atomically
from pipeline.engine import EngineName, analyze_by_parts, open_runner
from pipeline.keyword_engine import (
    ImportReport,
    KeywordHit,
    KeywordReport,
    analyze_vacancies,
    default_artifact_path,
    find_hits,
    lexicon_files,
    load_lexicon,
)
from pipeline.keyword_engine import imported_vocabulary as vocabulary
from pipeline.market_trends import repeats_among
from pipeline.postings import Vacancy
from pipeline.services.corpus import named_parts, read_corpus
from pipeline.services.tables import to_csv
from pipeline.services.taxonomies import KEYWORD_COLUMNS, concept_cells, links_in_use
from pipeline.services.workspace import open_cache


def run_analysis(
    *,
    vacancies: Path | None = None,
    artifact: Path | None = None,
    output: Path | None = None,
    engine: EngineName = "in-process",
    scheduler: str | None = None,
    on_progress: ProgressCallback = ignore_progress,
) -> tuple[KeywordReport, list[Path]]:
    """Count the keywords of the stored postings by category; write the report as JSON, and as CSV beside it.

    With the engine "dask" the postings are files of rows, worked on by the cluster at `scheduler`. Raises RolemapError.
    """
    if engine == "dask":
        parts = named_parts(vacancies)
        with open_runner(engine, scheduler, on_progress) as runner:
            report = analyze_by_parts(parts, runner, artifact)
    else:
        once = _each_once(read_corpus(vacancies, on_progress).vacancies, artifact)
        report = analyze_vacancies(once, artifact, posting_keywords(once, artifact, on_progress=on_progress))
    path = output or get_settings().output_path / "keyword_report.json"
    write_atomically(path, (json.dumps(report.model_dump(mode="json"), indent=1, ensure_ascii=False) + "\n").encode())
    table = path.with_suffix(".csv")
    write_atomically(table, report_csv(report, artifact).encode())
    return report, [path, table]


def posting_keywords(
    vacancies: Sequence[Vacancy],
    artifact: Path | None = None,
    settings: Settings | None = None,
    on_progress: ProgressCallback = ignore_progress,
) -> dict[str, tuple[KeywordHit, ...]]:
    """Return every keyword that each posting names; what was found once is kept in the workspace's cache."""
    with closing(open_cache(settings)) as cache:
        return find_hits(vacancies, artifact, cache, on_progress)


def keyword_report(
    vacancies: Sequence[Vacancy], hits: Mapping[str, Sequence[KeywordHit]], artifact: Path | None = None
) -> KeywordReport:
    """Count the keywords of stored postings, each ad once, without writing anything."""
    return analyze_vacancies(_each_once(vacancies, artifact), artifact, hits)


def _each_once(vacancies: Sequence[Vacancy], artifact: Path | None) -> list[Vacancy]:
    """Return the postings without repeats, so that a keyword counts here as it does in clusters and trends."""
    try:
        known = load_artifact(artifact or default_artifact_path())
    except RolemapError:
        known = None
    repeats = repeats_among(vacancies, known)
    return [vacancy for vacancy in vacancies if vacancy.id not in repeats]


def report_csv(report: KeywordReport, artifact: Path | None = None) -> str:
    """Return the report as a table, one keyword a row, with its concept in each taxonomy that it is linked to."""
    links = links_in_use(artifact)
    rows = [
        [
            slug,
            c.keyword,
            c.label,
            c.kind,
            c.vacancy_count,
            c.share,
            c.lift if c.lift is not None else "",
            *_first_evidence(c.evidence),
            *(cell for linked in links.values() for cell in concept_cells(linked.keywords.get(c.keyword))),
        ]
        for slug, counts in report.categories.items()
        for c in counts
    ]
    header = ["category", "keyword", "label", "kind", "vacancies", "share", "lift", "vacancy_id", "sentence"]
    return to_csv([*header, *(column for name in links for column in KEYWORD_COLUMNS[name])], rows)


def _first_evidence(evidence: Sequence[object]) -> tuple[str, str]:
    first = evidence[0] if evidence else None
    return (getattr(first, "vacancy_id", ""), getattr(first, "sentence", ""))


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
