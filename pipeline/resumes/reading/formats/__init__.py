"""The formats that resumes are read from, one module or package each: whatever lies here and has a FORMAT is one.

A file is what its content says it is; where the content does not tell, its name's ending does.
"""

import pkgutil
from importlib import import_module

from pipeline.core import UnreadableDocument
from pipeline.resumes.reading.formats.source import Data, Format, Lines, Source

_MODULES = [import_module(f"{__name__}.{found.name}") for found in pkgutil.iter_modules(__path__)]
FORMATS: tuple[Format, ...] = tuple(module.FORMAT for module in _MODULES if hasattr(module, "FORMAT"))
RESUME_SUFFIXES = tuple(dict.fromkeys(suffix for kind in FORMATS for suffix in kind.suffixes))


def read_source(source: Source) -> Lines | Data:
    """Return what a file holds. Raises UnreadableDocument with the reason, and what to do, where it cannot be read."""
    named = [kind for kind in FORMATS if source.suffix in kind.suffixes + kind.refuses]
    recognised = [kind for kind in FORMATS if kind.recognises(source)]
    both = [kind for kind in recognised if kind in named]
    for kind in (*both, *recognised, *named):
        return kind.read(source)
    raise UnreadableDocument(
        f"files ending in {source.suffix or 'nothing'} are not read; use {', '.join(RESUME_SUFFIXES)}"
    )
