"""Bring your own vocabulary: ESCO skills or O*NET technologies."""

from pathlib import Path
from typing import Annotated

import typer

from pipeline import services
from pipeline.cli.terminal import JsonOption, print_json, print_table

vocabulary = typer.Typer(help=__doc__, no_args_is_help=True)


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
        print_json({"output": str(report.path), "added": report.added, "left_out": left_out})
        return
    print(f"Wrote {report.path}: {len(report.added):,} terms added, {len(report.left_out):,} left out")
    examples = {reason: [t for t, r in report.left_out if r == reason][:5] for reason in report.reasons()}
    rows = [(reason, f"{count:,}", ", ".join(examples[reason])) for reason, count in sorted(report.reasons().items())]
    print_table(("Left out because", "Terms", "For example"), rows)


@vocabulary.command("list")
def vocabulary_list(as_json: JsonOption = False) -> None:
    """List the imported vocabularies."""
    found = services.list_vocabularies()
    if as_json:
        print_json(found)
    else:
        print_table(("Vocabulary", "Terms"), [(name, f"{count:,}") for name, count in found.items()])


@vocabulary.command("remove")
def vocabulary_remove(name: Annotated[str, typer.Argument(help="Its name, as the list shows it.")]) -> None:
    """Remove an imported vocabulary."""
    print(f"Removed {services.remove_vocabulary(name)}")
