"""Files: the project's own data, replacing one in one step, knowing one by its time and size."""

import os
import tempfile
from pathlib import Path

from pipeline.core.errors import RolemapError

DATA = Path(__file__).parent.parent / "data"  # what is not code: word lists, the lexicon, templates, samples


def read_words(path: Path) -> list[str]:
    """Return the words of a list, line by line; lines that start with # are comments."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return [word for line in lines if not line.startswith("#") for word in line.split()]


def read_sections(path: Path) -> dict[str, list[str]]:
    """Return the lines of a list by the heading in brackets above them; lines that start with # are comments."""
    sections: dict[str, list[str]] = {}
    heading = ""
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.startswith("[") and line.endswith("]"):
            heading = line.strip("[] ")
            sections.setdefault(heading, [])
        elif line and not line.startswith("#"):
            sections.setdefault(heading, []).append(line)
    return sections


def write_atomically(path: Path, data: bytes) -> None:
    """Replace a file in one step. Raises RolemapError, naming the place, where that is not possible."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            os.chmod(temporary, 0o644)
            os.replace(temporary, path)
        except BaseException:
            Path(temporary).unlink(missing_ok=True)
            raise
    except OSError as error:
        reason = error.strerror or str(error)
        raise RolemapError(f"Cannot write {path}: {reason}. Choose another place with --output.") from error


def file_state(path: Path) -> tuple[int, int] | None:
    """Return what changes when a file does: its time of change in nanoseconds and its size."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_size
