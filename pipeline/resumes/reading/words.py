"""The words in `words.toml`, which tell months, the present and networks."""

import tomllib
import unicodedata
from pathlib import Path
from typing import Any

_WORDS: dict[str, Any] = tomllib.loads(Path(__file__).with_name("words.toml").read_text(encoding="utf-8"))


def wordings(*path: str) -> list[str]:
    """Return the wordings listed under a table and a key.

    >>> wordings("dates", "seasons", "winter")[:2]
    ['winter', 'hiver']
    """
    table: Any = _WORDS
    for key in path:
        table = table[key]
    return [" ".join(unicodedata.normalize("NFC", wording).split()) for wording in table.split("|")]


def names(*path: str) -> dict[str, str]:
    """Return a table of plain names by their keys."""
    table: Any = _WORDS
    for key in path:
        table = table[key]
    return dict(table)


def keys(*path: str) -> list[str]:
    """Return the keys of a table."""
    table: Any = _WORDS
    for key in path:
        table = table[key]
    return list(table)
