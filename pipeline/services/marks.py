"""What a person has marked among the stored postings: those that are wanted, and those that were seen before."""

import json
from collections.abc import Collection
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from pipeline.core import RolemapError, get_settings, write_atomically

MARKS_NAME = "marks.json"


class Marks(BaseModel):
    """Ids of postings; `seen` is None before the first visit."""

    model_config = ConfigDict(frozen=True)

    wanted: frozenset[str] = frozenset()
    seen: frozenset[str] | None = None


def _path() -> Path:
    return get_settings().output_path / MARKS_NAME


def read_marks() -> Marks:
    """Return the marks of the workspace. Raises RolemapError where their file cannot be used."""
    path = _path()
    try:
        return Marks.model_validate_json(path.read_bytes())
    except FileNotFoundError:
        return Marks()
    except OSError as error:
        raise RolemapError(f"The marks {path} cannot be opened: {error.strerror or error}.") from error
    except ValidationError as error:
        raise RolemapError(f"The marks {path} cannot be used. Mend or remove the file.") from error


def mark_wanted(vacancy_id: str, *, is_wanted: bool) -> None:
    """Mark a posting as wanted, or take the mark away. Raises RolemapError."""
    marks = read_marks()
    wanted = marks.wanted | {vacancy_id} if is_wanted else marks.wanted - {vacancy_id}
    _write(marks.model_copy(update={"wanted": wanted}))


def visit(ids: Collection[str]) -> frozenset[str]:
    """Return which of the postings at hand are new since the visit before, and remember them all as seen.

    At the first visit nothing is new. Raises RolemapError.
    """
    marks = read_marks()
    new = frozenset(ids) - marks.seen if marks.seen is not None else frozenset()
    if marks.seen != frozenset(ids):
        _write(marks.model_copy(update={"seen": frozenset(ids)}))
    return new


def _write(marks: Marks) -> None:
    document = {"wanted": sorted(marks.wanted), "seen": None if marks.seen is None else sorted(marks.seen)}
    write_atomically(_path(), (json.dumps(document, indent=1, ensure_ascii=False) + "\n").encode())
