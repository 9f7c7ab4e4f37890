"""The commands that look after an installation."""

import typer

from pipeline import services
from pipeline.cli.terminal import EXIT_USER_ERROR, JsonOption, print_json, print_table

cache = typer.Typer(help="What is kept on disk, and how to delete it.", no_args_is_help=True)


@cache.command("info")
def cache_info(as_json: JsonOption = False) -> None:
    """Say what the cache holds."""
    path, sizes = services.cache_info()
    if as_json:
        print_json({"path": str(path), "kinds": {k: {"entries": n, "bytes": b} for k, (n, b) in sizes.items()}})
        return
    print(f"Cache: {path}")
    print_table(("Kind", "Entries", "Bytes"), [(kind, f"{n:,}", f"{b:,}") for kind, (n, b) in sizes.items()])


@cache.command("clear")
def cache_clear() -> None:
    """Delete everything the cache holds; it is made anew as it is needed."""
    print(f"Emptied {services.clear_cache()}")


def doctor(as_json: JsonOption = False) -> None:
    """Say what is installed, which model and key are in use, and what is missing."""
    findings = services.diagnose()
    if as_json:
        print_json([{"what": what, "state": state, "ok": is_well} for what, state, is_well in findings])
    else:
        print_table(
            ("What", "State", ""), [(what, state, "ok" if is_well else "missing") for what, state, is_well in findings]
        )
    if not all(is_well for _, _, is_well in findings):
        raise typer.Exit(EXIT_USER_ERROR)
