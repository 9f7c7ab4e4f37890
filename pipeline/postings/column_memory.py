"""The user's word on what columns hold, kept beside the postings for every file of the same shape."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from pipeline.core import RolemapError, write_atomically
from pipeline.postings.columns import ROLES

MEMORY_NAME = ".columns.json"  # in a folder of postings; hidden, so that it is taken for none
SAME_SHAPE = 0.8  # share of columns in common, from which two files have one shape
KEPT = 200


class RememberedColumns(BaseModel):
    """Which columns hold what, in files that have these columns or nearly."""

    model_config = ConfigDict(frozen=True)

    columns: list[str]
    roles: dict[str, list[str]]


def read_remembered(folder: Path) -> list[RememberedColumns]:
    """Return what is kept beside the postings of a folder; a file that cannot be read is none."""
    try:
        loaded = json.loads((folder / MEMORY_NAME).read_text(encoding="utf-8"))
        return [RememberedColumns.model_validate(entry) for entry in loaded]
    except (OSError, ValueError, TypeError, ValidationError):
        return []


def recall(remembered: Sequence[RememberedColumns], columns: Sequence[str]) -> Mapping[str, Sequence[str]] | None:
    """Return the choice that is kept for the shape of some columns, the nearest first, or None."""
    own = set(columns)
    best, found = SAME_SHAPE, None
    for entry in remembered:
        named = {path for paths in entry.roles.values() for path in paths}
        likeness = len(own & set(entry.columns)) / max(len(own | set(entry.columns)), 1)
        if named <= own and likeness >= best:
            best, found = likeness, entry.roles
    return found


def remember_columns(folder: Path, columns: Sequence[str], roles: Mapping[str, Sequence[str]]) -> None:
    """Keep a choice for files of this shape; it takes the place of an earlier one. Raises RolemapError."""
    others = [entry for entry in read_remembered(folder) if set(entry.columns) != set(columns)]
    entry = RememberedColumns(columns=list(columns), roles={role: list(paths) for role, paths in roles.items()})
    _write(folder, [*others, entry][-KEPT:])


def forget_columns(folder: Path, columns: Sequence[str]) -> None:
    """Drop what is kept for files of this shape. Raises RolemapError."""
    _write(folder, [entry for entry in read_remembered(folder) if set(entry.columns) != set(columns)])


def _write(folder: Path, entries: Sequence[RememberedColumns]) -> None:
    text = json.dumps([entry.model_dump() for entry in entries], ensure_ascii=False, indent=1)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        write_atomically(folder / MEMORY_NAME, text.encode())
    except (OSError, RolemapError) as error:
        raise RolemapError(f"The choice of columns cannot be kept in {folder}: the folder is not writable.") from error


def parse_columns(texts: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """Return what `title=Job Title,text=Tasks+Profile` says, by role. Raises RolemapError.

    A role with nothing after the sign is taken from nowhere.

    >>> parse_columns(["title=Stelle,text=Aufgaben+Profil"])
    {'title': ('Stelle',), 'text': ('Aufgaben', 'Profil')}
    """
    named: dict[str, tuple[str, ...]] = {}
    for text in texts:
        role = ""
        for part in text.split(","):
            before, sign, after = part.partition("=")
            if sign and before.strip() in ROLES:
                role = before.strip()
                named[role] = tuple(name.strip() for name in after.split("+") if name.strip())
            elif role and named[role]:  # a comma within a column's name
                named[role] = (*named[role][:-1], f"{named[role][-1]},{part}")
            else:
                raise RolemapError(
                    f"--columns cannot read {part.strip()!r}; write ROLE=COLUMN, the role one of {', '.join(ROLES)}."
                )
    return named
