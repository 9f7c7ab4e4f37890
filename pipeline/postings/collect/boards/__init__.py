"""Public job boards, each registered by the file of its name in this folder: a module with a `BOARD`."""

from functools import lru_cache
from importlib import import_module
from pkgutil import iter_modules

from pipeline.postings.collect.board import Board

__all__ = ["boards"]


@lru_cache(maxsize=1)
def boards() -> dict[str, Board]:
    """Return every board by its name, in the order of names."""
    modules = [import_module(f"{__name__}.{found.name}") for found in iter_modules(__path__)]
    return {board.name: board for board in sorted((module.BOARD for module in modules), key=lambda board: board.name)}
