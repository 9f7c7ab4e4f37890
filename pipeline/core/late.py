"""Faces of packages that load a module only when one of its names is asked for.

Such a face holds its imports under `if TYPE_CHECKING:`, where type checkers and the contract of imports read them.
"""

import ast
import sys
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any


def late_names(face: str, file: str) -> Callable[[str], Any]:
    """Return the `__getattr__` of a face: it finds names where the imports under its first `if` say they are."""
    tree = ast.parse(Path(file).read_text(encoding="utf-8"))
    imports = next(node for node in tree.body if isinstance(node, ast.If)).body
    module_of = {
        alias.name: node.module
        for node in imports
        if isinstance(node, ast.ImportFrom) and node.module
        for alias in node.names
    }

    def find(name: str) -> Any:
        if name not in module_of:
            raise AttributeError(f"module {face!r} has no attribute {name!r}")
        value = getattr(import_module(module_of[name]), name)
        setattr(sys.modules[face], name, value)
        return value

    return find
