"""The command that asks public job boards: what would be sent is said first, and nothing is without a yes."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from pipeline import services
from pipeline.cli.terminal import EXIT_USER_ERROR, Interrupted, JsonOption, print_json, print_table, show_progress
from pipeline.core import RolemapError
from pipeline.postings import Collected

_FORMS = ", ".join(board.form for board in services.known_boards())


def collect(
    boards: Annotated[
        list[str],
        typer.Argument(metavar="BOARD", help=f"Which: {_FORMS}; or the address of a company's page on one."),
    ],
    vacancies: Annotated[
        Path | None,
        typer.Option("--vacancies", help="Folder of postings; they go to collected/ in it.", show_default="vacancies"),
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", help="Send the requests without asking back.")] = False,
    as_json: JsonOption = False,
) -> None:
    """Fetch a company's public job board into the postings; run again, it adds what is new and marks what is gone."""
    try:
        targets = services.plan_collection(boards)
    except RolemapError as error:
        raise typer.BadParameter(str(error)) from error
    for target in targets:
        print(f"{target.name} asks {target.host}: {target.plan}", file=sys.stderr)
    print(services.WHAT_IS_SENT, file=sys.stderr)
    if not yes:
        if not sys.stdin.isatty():
            raise typer.BadParameter("nothing was sent: add --yes to send these requests without being asked back.")
        typer.confirm("Send these requests?", abort=True, err=True)
    try:
        with show_progress() as on_progress:
            results = services.run_collection(targets, vacancies, on_progress=on_progress)
    except KeyboardInterrupt as error:
        raise Interrupted("boards that had answered are stored, the others are as they were") from error
    if as_json:
        print_json([_report(result) for result in results])
    else:
        _show(results)
    for result in results:
        if result.problem:
            print(f"{'warning' if result.worked else 'error'}: {result.name}: {result.problem}.", file=sys.stderr)
    if not any(result.worked for result in results):
        raise typer.Exit(EXIT_USER_ERROR)


def _show(results: list[Collected]) -> None:
    worked = [result for result in results if result.worked]
    if not worked:
        return
    rows = [(result, result.changes) for result in worked]
    print_table(
        ("Board", "New", "Changed", "Gone", "Back", "Open", "File"),
        [(r.name, *map(str, (c.new, c.changed, c.gone, c.back, r.open)), str(r.path)) for r, c in rows],
    )
    for result in worked:
        if result.left_out:
            print(services.changes_in_words(result))
    print("Cluster again to take them in: python main.py cluster-vacancies")


def _report(result: Collected) -> dict[str, object]:
    counts = {name: getattr(result.changes, name) for name in ("new", "changed", "gone", "back")}
    return {
        "board": result.name,
        "output": str(result.path) if result.worked else None,
        **counts,
        "open": result.open,
        "left_out": result.left_out,
        "problem": result.problem or None,
    }
