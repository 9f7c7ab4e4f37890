"""The commands over the stored postings."""

from itertools import islice
from pathlib import Path
from typing import Annotated, Any

import typer

from pipeline import services
from pipeline.cli.terminal import (
    ArtifactOption,
    ColumnsOption,
    EngineOption,
    JsonOption,
    SchedulerOption,
    VacanciesOption,
    print_json,
    print_table,
    show_progress,
)
from pipeline.cluster_artifacts import LAYERS, Cluster, ClusterArtifact, artifact_at, parents
from pipeline.keyword_engine import keyword_label
from pipeline.postings import FileReceipt, parse_columns, receipt_notes

MARKS_SHOWN = 5  # keywords of a cluster
SHOWN_REPEATS = 200  # on the terminal
_CHANGES = {"born": "is new", "died": "is gone", "split": "split off", "merged": "was taken in by another"}


def _count(value: str) -> str:
    if value != "auto" and (not value.isdecimal() or int(value) < 1):
        raise typer.BadParameter(f"{value!r} is no number of clusters; give a whole number from 1 up, or auto.")
    return value


def cluster_vacancies(
    vacancies: VacanciesOption = None,
    columns: ColumnsOption = None,
    clusters: Annotated[str, typer.Option("--clusters", callback=_count, help="How many clusters, or auto.")] = "auto",
    output: Annotated[
        Path | None,
        typer.Option("--output", help="Where the artifact goes.", show_default="output/vacancy_clusters.json"),
    ] = None,
    encoder: Annotated[services.EncoderChoice, typer.Option("--encoder", help="How texts become vectors.")] = "auto",
    use_llm: Annotated[
        bool | None,
        typer.Option(
            "--use-llm/--no-llm",
            help="Have a language model name the clusters.",
            show_default="ROLEMAP_USE_LLM, else no",
        ),
    ] = None,
    fresh: Annotated[bool, typer.Option("--fresh", help="Ignore the earlier artifact.")] = False,
    engine: EngineOption = "in-process",
    scheduler: SchedulerOption = None,
    layers: Annotated[bool, typer.Option("--layers", help="List families, roles and specialisms as one tree.")] = False,
    as_json: JsonOption = False,
) -> None:
    """Cluster the postings and write the cluster artifact."""
    count = None if clusters == "auto" else int(clusters)
    with show_progress() as on_progress:
        run = services.run_clustering(
            vacancies=vacancies,
            columns=parse_columns(columns or []),
            output=output,
            count=count,
            encoder=encoder,
            is_fresh=fresh,
            use_llm=use_llm,
            engine=engine,
            scheduler=scheduler,
            on_progress=on_progress,
        )
    if as_json:
        print_json(_as_json(run))
    else:
        _show(run, with_layers=layers)


def _as_json(run: services.ClusterRun) -> dict[str, Any]:
    artifact = run.artifact
    return {
        "output": str(run.path),
        "unchanged": run.is_unchanged,
        "clusters": [
            {"slug": c.slug, "name": c.name, "vacancies": len(c.vacancy_ids), "named_by": c.named_by}
            for c in artifact.clusters
        ],
        "families": [family.model_dump() for family in artifact.tree.families] if artifact.tree else [],
        "specialisms": [
            {"slug": each.slug, "name": each.name, "role": each.role, "vacancies": len(each.vacancy_ids)}
            for each in (artifact.tree.specialisms if artifact.tree else ())
        ],
        "naming_failures": run.naming_failures,
        "notes": list(run.notes),
        "duplicates": dict(artifact.duplicates),
        "skipped": [skip.model_dump() for skip in artifact.skipped],
        "quality": artifact.quality.model_dump(exclude={"curve"}),
    }


def _show(run: services.ClusterRun, *, with_layers: bool) -> None:
    artifact = run.artifact
    if run.is_unchanged:
        print("Nothing has changed since this artifact was made: it stays as it is.")
    print(f"{'Kept' if run.is_unchanged else 'Wrote'} {run.path}")
    if with_layers:
        _show_layers(artifact)
    else:
        rows = [(c.name, c.slug, str(len(c.vacancy_ids)), _marks(c, artifact)) for c in artifact.clusters]
        print_table(("Cluster", "Slug", "Postings", "What marks it out"), rows)
    for slug, reason in run.naming_failures.items():
        print(f"{slug} keeps the name made of titles: {reason}")
    for change in artifact.changes:
        if change.kind != "kept":
            related = f" ({', '.join(change.related)})" if change.related else ""
            print(f"since the earlier artifact: {change.slug} {_CHANGES[change.kind]}{related}")
    if artifact.quality.advice:
        print(artifact.quality.advice)
    for note in artifact.quality.notes:
        print(note)
    for duplicate, kept in islice(artifact.duplicates.items(), SHOWN_REPEATS):
        print(f"duplicate: {duplicate} is the same posting as {kept}")
    if (more := len(artifact.duplicates) - SHOWN_REPEATS) > 0:
        print(f"and {more:,} more repeats, all of them named by --json")
    for slug in services.lost_overrides(artifact, run.path):
        print(f"overrides.json speaks of {slug}, which is no cluster any more: that part has no effect")
    for note in run.notes:
        print(f"note: {note}")
    for skip in artifact.skipped:
        print(f"skipped: {skip.id}: {skip.reason}")


def _show_layers(artifact: ClusterArtifact) -> None:
    """Print the tree of groups, those below another indented."""
    above, seen = parents(artifact), [artifact_at(artifact, layer).clusters for layer in LAYERS]
    groups = {cluster.slug: cluster for clusters in seen for cluster in clusters}
    rows: list[tuple[str, ...]] = []

    def show(slug: str, depth: int) -> None:
        group = groups[slug]
        rows.append(("  " * depth + group.name, slug, str(len(group.vacancy_ids)), _marks(group, artifact)))
        for child in groups:
            if above.get(child) == slug:
                show(child, depth + 1)

    for slug in groups:
        if slug not in above:
            show(slug, 0)
    print_table(("Group", "Slug", "Postings", "What marks it out"), rows)


def _marks(cluster: Cluster, artifact: ClusterArtifact) -> str:
    return ", ".join(_label(keyword, cluster, artifact) for keyword in cluster.top_keywords[:MARKS_SHOWN])


def _label(keyword: str, cluster: Cluster, artifact: ClusterArtifact) -> str:
    """Return a keyword as it is written. An artifact just made knows its own, so that no lexicon has to be loaded."""
    if artifact.labels and keyword in cluster.evidence:
        return artifact.labels.get(keyword, keyword)
    return keyword_label(keyword, artifact.labels)


def analyze(
    vacancies: VacanciesOption = None,
    clusters_artifact: ArtifactOption = None,
    output: Annotated[
        Path | None, typer.Option("--output", help="Where the report goes.", show_default="output/keyword_report.json")
    ] = None,
    engine: EngineOption = "in-process",
    scheduler: SchedulerOption = None,
    as_json: JsonOption = False,
) -> None:
    """Count the keywords of the postings by category and write the keyword report."""
    with show_progress() as on_progress:
        report, written = services.run_analysis(
            vacancies=vacancies,
            artifact=clusters_artifact,
            output=output,
            engine=engine,
            scheduler=scheduler,
            on_progress=on_progress,
        )
    if as_json:
        print_json(report.model_dump(mode="json") | {"output": [str(path) for path in written]})
        return
    for path in written:
        print(f"Wrote {path}")
    rows = [
        (slug, str(len(counts)), ", ".join(f"{c.label} ({c.vacancy_count})" for c in counts[:6]))
        for slug, counts in report.categories.items()
    ]
    print_table(("Category", "Keywords", "Most asked for (postings)"), rows)


def read(
    path: Annotated[
        Path | None, typer.Argument(help="Folder or file of postings.", show_default="the stored ones")
    ] = None,
    columns: ColumnsOption = None,
    as_json: JsonOption = False,
) -> None:
    """Read postings and say what is taken for what, before anything is made of them; nothing is stored."""
    with show_progress() as on_progress:
        receipt = services.read_receipt(path, parse_columns(columns or []), on_progress)
    if as_json:
        print_json(receipt.model_dump(mode="json"))
        return
    for file in receipt.files:
        _print_file(file)
    for skip in receipt.skipped:
        print(f"left out: {skip.id}: {skip.reason}")
    left_out = sum(skip.count for skip in receipt.skipped)
    print(f"{receipt.postings:,} postings of {receipt.rows:,} rows; {left_out:,} left out")


def _print_file(file: FileReceipt) -> None:
    source = f", as {file.source} writes them" if file.source else ", columns as you said" if file.is_corrected else ""
    place = f", at {file.place}" if file.place not in ("", "[]") else ""
    form = f" ({file.format}{place}{source})" if file.format else ""
    print(f"{file.file}: {file.postings:,} postings of {file.rows:,} rows{form}")
    rows = [
        (taken.role.replace("_", " "), " + ".join(taken.columns) or "the text", f"{taken.filled:,}", taken.example)
        for taken in file.taken
    ]
    if rows:
        print_table(("Taken as", "From", "Rows", "Example"), rows)
    if file.unused:
        print(f"not used: {', '.join(file.unused)}")
    for note in receipt_notes(file):
        print(f"note: {note}")
    print()
