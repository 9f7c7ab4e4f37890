"""What is kept on disk, and how to delete it."""

import typer

from pipeline import services
from pipeline.cli.terminal import JsonOption, print_json, print_table

cache = typer.Typer(help=__doc__, no_args_is_help=True)


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
