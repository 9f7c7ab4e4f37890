"""What every command shares: options, progress, tables, JSON."""

import json
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from pipeline.core import ProgressCallback, ProgressEvent
from pipeline.services import EngineName

EXIT_USER_ERROR = 1

VacanciesOption = Annotated[
    Path | None, typer.Option("--vacancies", help="Folder or file of postings.", show_default="vacancies")
]
ArtifactOption = Annotated[
    Path | None,
    typer.Option(
        "--clusters-artifact",
        help="The cluster artifact; with /families or /specialisms after it, that layer of its tree.",
        show_default="output/vacancy_clusters.json",
    ),
]
ColumnsOption = Annotated[
    list[str] | None,
    typer.Option(
        "--columns",
        help="Which column holds what: title=...,text=...; several columns of one text with + between.",
        show_default="a guess",
    ),
]
EngineOption = Annotated[
    EngineName, typer.Option("--engine", help="What does the work: this process, or a Dask cluster, by parts.")
]
SchedulerOption = Annotated[
    str | None,
    typer.Option("--scheduler", help="Address of a Dask scheduler.", show_default="a cluster of this machine"),
]
JsonOption = Annotated[
    bool, typer.Option("--json", help="Print machine-readable output, and nothing else, on standard output.")
]


class Interrupted(Exception):
    """The user stopped a command that had already stored a part; the message says what."""


@contextmanager
def show_progress() -> Iterator[ProgressCallback]:
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


def print_json(value: object) -> None:
    """Print machine-readable output."""
    knows_all_letters = (sys.stdout.encoding or "").lower().replace("-", "").startswith("utf")
    json.dump(value, sys.stdout, indent=1, ensure_ascii=not knows_all_letters)
    print()


def print_table(header: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> None:
    """Print a short table; what stands in it is text, never markup."""
    table = Table(*header, box=None, pad_edge=False)
    for row in rows:
        table.add_row(*(cell.replace("[", r"\[") for cell in row))
    Console(width=None if sys.stdout.isatty() else 160).print(table)
