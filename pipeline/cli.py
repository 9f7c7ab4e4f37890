"""The command line: each command reads its options, calls a service and shows what came of it."""

import json
import logging
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any

import click
import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from pipeline import __version__, services
from pipeline.errors import RolemapError
from pipeline.progress import ProgressCallback, ProgressEvent

EXIT_USER_ERROR, EXIT_USAGE, EXIT_INTERRUPTED = 1, 2, 130

app = typer.Typer(
    help="Cluster job postings into kinds of role, and work with what comes of it.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)

VacanciesOption = Annotated[
    Path | None, typer.Option("--vacancies", help="Folder or file of postings.", show_default="vacancies")
]
ArtifactOption = Annotated[
    Path | None,
    typer.Option("--clusters-artifact", help="The cluster artifact.", show_default="output/vacancy_clusters.json"),
]
JsonOption = Annotated[
    bool, typer.Option("--json", help="Print machine-readable output, and nothing else, on standard output.")
]


_CHANGES = {"born": "is new", "died": "is gone", "split": "split off", "merged": "was taken in by another"}


def _count(value: str) -> str:
    if value != "auto" and (not value.isdecimal() or int(value) < 1):
        raise typer.BadParameter(f"{value!r} is no number of clusters; give a whole number from 1 up, or auto.")
    return value


@app.callback(invoke_without_command=True)
def options(
    version: Annotated[bool, typer.Option("--version", help="Show the version and exit.")] = False,
) -> None:
    """Options that stand before a command."""
    if version:
        print(f"rolemap {__version__}")
        raise typer.Exit()


@app.command("cluster-vacancies")
def cluster_vacancies(
    vacancies: VacanciesOption = None,
    clusters: Annotated[str, typer.Option("--clusters", callback=_count, help="How many clusters, or auto.")] = "auto",
    output: Annotated[
        Path | None,
        typer.Option("--output", help="Where the artifact goes.", show_default="output/vacancy_clusters.json"),
    ] = None,
    encoder: Annotated[services.EncoderChoice, typer.Option("--encoder", help="How texts become vectors.")] = "auto",
    fresh: Annotated[bool, typer.Option("--fresh", help="Ignore the earlier artifact.")] = False,
    as_json: JsonOption = False,
) -> None:
    """Cluster the postings and write the cluster artifact."""
    count = None if clusters == "auto" else int(clusters)
    with _progress() as on_progress:
        run = services.run_clustering(
            vacancies=vacancies, output=output, count=count, encoder=encoder, is_fresh=fresh, on_progress=on_progress
        )
    artifact = run.artifact
    if as_json:
        _print_json(
            {
                "output": str(run.path),
                "unchanged": run.is_unchanged,
                "clusters": [
                    {"slug": c.slug, "name": c.name, "vacancies": len(c.vacancy_ids)} for c in artifact.clusters
                ],
                "duplicates": artifact.duplicates,
                "skipped": [skip.model_dump() for skip in artifact.skipped],
                "quality": artifact.quality.model_dump(exclude={"curve"}),
            }
        )
        return
    if run.is_unchanged:
        print("Nothing has changed since this artifact was made: it stays as it is.")
    print(f"{'Kept' if run.is_unchanged else 'Wrote'} {run.path}")
    rows = [(c.name, c.slug, str(len(c.vacancy_ids)), ", ".join(c.top_keywords[:5])) for c in artifact.clusters]
    _print_table(("Cluster", "Slug", "Postings", "What marks it out"), rows)
    for change in artifact.changes:
        if change.kind != "kept":
            related = f" ({', '.join(change.related)})" if change.related else ""
            print(f"since the earlier artifact: {change.slug} {_CHANGES[change.kind]}{related}")
    if artifact.quality.advice:
        print(artifact.quality.advice)
    for duplicate, kept in artifact.duplicates.items():
        print(f"duplicate: {duplicate} is the same posting as {kept}")
    for slug in services.lost_overrides(artifact, run.path):
        print(f"overrides.json speaks of {slug}, which is no cluster any more: that part has no effect")
    for skip in artifact.skipped:
        print(f"skipped: {skip.id}: {skip.reason}")


@app.command()
def analyze(
    vacancies: VacanciesOption = None,
    clusters_artifact: ArtifactOption = None,
    output: Annotated[
        Path | None, typer.Option("--output", help="Where the report goes.", show_default="output/keyword_report.json")
    ] = None,
    as_json: JsonOption = False,
) -> None:
    """Count the keywords of the postings by category and write the keyword report."""
    with _progress() as on_progress:
        report, written = services.run_analysis(
            vacancies=vacancies, artifact=clusters_artifact, output=output, on_progress=on_progress
        )
    if as_json:
        _print_json(report.model_dump(mode="json") | {"output": [str(path) for path in written]})
        return
    for path in written:
        print(f"Wrote {path}")
    rows = [
        (slug, str(len(counts)), ", ".join(f"{c.keyword} ({c.vacancy_count})" for c in counts[:6]))
        for slug, counts in report.categories.items()
    ]
    _print_table(("Category", "Keywords", "Most asked for (postings)"), rows)


vocabulary = typer.Typer(help="Bring your own vocabulary: ESCO skills or O*NET technologies.", no_args_is_help=True)
app.add_typer(vocabulary, name="vocabulary")


@vocabulary.command("import")
def vocabulary_import(
    file: Annotated[
        Path, typer.Argument(help="An ESCO skills file (CSV or plain labels) or an O*NET technology file.")
    ],
    as_json: JsonOption = False,
) -> None:
    """Check a vocabulary and use it beside the lexicon."""
    report = services.import_vocabulary(file)
    if as_json:
        left_out = [{"term": term, "reason": reason} for term, reason in report.left_out]
        _print_json({"output": str(report.path), "added": report.added, "left_out": left_out})
        return
    print(f"Wrote {report.path}: {len(report.added):,} terms added, {len(report.left_out):,} left out")
    examples = {reason: [t for t, r in report.left_out if r == reason][:5] for reason in report.reasons()}
    rows = [(reason, f"{count:,}", ", ".join(examples[reason])) for reason, count in sorted(report.reasons().items())]
    _print_table(("Left out because", "Terms", "For example"), rows)


@vocabulary.command("list")
def vocabulary_list(as_json: JsonOption = False) -> None:
    """List the imported vocabularies."""
    found = services.list_vocabularies()
    if as_json:
        _print_json(found)
    else:
        _print_table(("Vocabulary", "Terms"), [(name, f"{count:,}") for name, count in found.items()])


@vocabulary.command("remove")
def vocabulary_remove(name: Annotated[str, typer.Argument(help="Its name, as the list shows it.")]) -> None:
    """Remove an imported vocabulary."""
    print(f"Removed {services.remove_vocabulary(name)}")


cache = typer.Typer(help="What is kept on disk, and how to delete it.", no_args_is_help=True)
app.add_typer(cache, name="cache")


@cache.command("info")
def cache_info(as_json: JsonOption = False) -> None:
    """Say what the cache holds."""
    path, sizes = services.cache_info()
    if as_json:
        _print_json({"path": str(path), "kinds": {k: {"entries": n, "bytes": b} for k, (n, b) in sizes.items()}})
        return
    print(f"Cache: {path}")
    _print_table(("Kind", "Entries", "Bytes"), [(kind, f"{n:,}", f"{b:,}") for kind, (n, b) in sizes.items()])


@cache.command("clear")
def cache_clear() -> None:
    """Delete everything the cache holds; it is made anew as it is needed."""
    print(f"Emptied {services.clear_cache()}")


@app.command()
def doctor(as_json: JsonOption = False) -> None:
    """Say what is installed, which model and key are in use, and what is missing."""
    findings = services.diagnose()
    if as_json:
        _print_json([{"what": what, "state": state, "ok": is_well} for what, state, is_well in findings])
    else:
        _print_table(
            ("What", "State", ""), [(what, state, "ok" if is_well else "missing") for what, state, is_well in findings]
        )
    if not all(is_well for _, _, is_well in findings):
        raise typer.Exit(EXIT_USER_ERROR)


def run(arguments: list[str] | None = None) -> int:
    """Run one command and return its exit status: 0 done, 1 an error to mend, 2 wrong usage, 130 interrupted."""
    logging.basicConfig(stream=sys.stderr, level=logging.INFO, format="%(message)s")
    for noisy in ("httpx", "httpx2", "openai", "sentence_transformers", "transformers"):
        logging.getLogger(noisy).setLevel(logging.WARNING)
    try:
        return app(args=arguments, standalone_mode=False) or 0
    except click.exceptions.NoArgsIsHelpError as error:
        print(error.format_message(), file=sys.stderr)
        return EXIT_USAGE
    except click.UsageError as error:
        print(f"error: {error.format_message()} Try: python main.py --help", file=sys.stderr)
        return EXIT_USAGE
    except (KeyboardInterrupt, click.Abort):
        print("interrupted: nothing was changed", file=sys.stderr)
        return EXIT_INTERRUPTED
    except RolemapError as error:
        print(f"error: {error}", file=sys.stderr)
        return EXIT_USER_ERROR


def main(arguments: list[str] | None = None) -> None:
    """Run one command and leave with its exit status."""
    sys.exit(run(arguments))


@contextmanager
def _progress() -> Iterator[ProgressCallback]:
    """Show progress on standard error: a bar on a terminal, plain lines elsewhere."""
    if not sys.stderr.isatty():
        yield _plain_lines()
        return
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bars:
        tasks: dict[str, Any] = {}

        def show(event: ProgressEvent) -> None:
            if event.stage not in tasks:
                tasks[event.stage] = bars.add_task(event.stage, total=event.total)
            bars.update(tasks[event.stage], completed=event.done, total=event.total)

        yield show


def _plain_lines() -> Callable[[ProgressEvent], None]:
    """Print a line when a stage starts and whenever another quarter of it is done."""
    shown: dict[str, int] = {}

    def show(event: ProgressEvent) -> None:
        quarter = int(event.fraction * 4)
        if shown.get(event.stage) != quarter:
            shown[event.stage] = quarter
            print(f"{event.stage}: {event.done}/{event.total}", file=sys.stderr)

    return show


def _print_json(value: object) -> None:
    json.dump(value, sys.stdout, indent=1, ensure_ascii=False)
    print()


def _print_table(header: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> None:
    table = Table(*header, box=None, pad_edge=False)
    for row in rows:
        table.add_row(*(cell.replace("[", r"\[") for cell in row))
    Console(width=None if sys.stdout.isatty() else 160).print(table)
