"""The command line: each command reads its options, calls a service and shows what came of it."""

import gc
import logging
import sys
from typing import Annotated, Any

import typer

from pipeline import __version__
from pipeline.cli.registry import add_commands
from pipeline.cli.terminal import EXIT_USER_ERROR, Interrupted
from pipeline.core import RolemapError

__all__ = ["main", "run"]

EXIT_USAGE, EXIT_INTERRUPTED = 2, 130
# What a command makes mostly stays until it ends: looking for garbage as often as usual is a tenth of a clustering.
OBJECTS_BETWEEN_LOOKS = 100_000

# Typer carries a click of its own and does not export the base of its usage errors.
UsageError: Any = typer.BadParameter.__base__


def options(
    version: Annotated[bool, typer.Option("--version", help="Show the version and exit.")] = False,
) -> None:
    """Options that stand before a command."""
    if version:
        print(f"rolemap {__version__}")
        raise typer.Exit()


def _app(arguments: list[str]) -> typer.Typer:
    app = typer.Typer(
        help="Cluster job postings into kinds of role, and work with what comes of it.",
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
    )
    app.callback(invoke_without_command=True)(options)
    add_commands(app, next((argument for argument in arguments if not argument.startswith("-")), None))
    return app


def run(arguments: list[str] | None = None) -> int:
    """Run one command and return its exit status: 0 done, 1 an error to mend, 2 wrong usage, 130 interrupted."""
    logging.basicConfig(stream=sys.stderr, level=logging.INFO, format="%(message)s")
    for noisy in ("httpx", "httpx2", "openai", "sentence_transformers", "transformers"):
        logging.getLogger(noisy).setLevel(logging.WARNING)
    arguments = sys.argv[1:] if arguments is None else arguments
    try:
        status = _app(arguments)(args=arguments, standalone_mode=False) or 0
    except UsageError as error:
        if message := error.format_message():  # none where the help was shown instead
            print(f"error: {message} Try: python main.py --help", file=sys.stderr)
        return EXIT_USAGE
    except (KeyboardInterrupt, typer.Abort):
        status = EXIT_INTERRUPTED
    except Interrupted as error:
        print(f"interrupted: {error}", file=sys.stderr)
        return EXIT_INTERRUPTED
    except RolemapError as error:
        print(f"error: {error}", file=sys.stderr)
        return EXIT_USER_ERROR
    if status == EXIT_INTERRUPTED:
        print("interrupted: nothing was changed", file=sys.stderr)
    return int(status)


def main(arguments: list[str] | None = None) -> None:
    """Run one command and leave with its exit status."""
    gc.set_threshold(OBJECTS_BETWEEN_LOOKS, 20, 20)
    sys.exit(run(arguments))
