"""Which files of a folder may hold postings."""

from collections.abc import Iterator
from pathlib import Path

LEAVE_OUT = ".leave-out"  # in a folder of postings: names of files, one a line, that are not read
IGNORED_NAMES = {"readme.md", "readme.txt", "license", "license.txt"}


def posting_files(folder: Path) -> Iterator[Path]:
    """Yield the files of a folder and its sub-folders that may hold postings: not hidden, no README, not left out."""
    left_out = set(read_leave_out(folder))
    for file in folder.rglob("*"):
        is_file = file.is_file() or (
            file.is_symlink() and not file.exists()
        )  # a link that leads nowhere is named later
        name = file.relative_to(folder)
        if is_file and name.as_posix() not in left_out and not any(is_passed_over(part) for part in name.parts):
            yield file


def read_leave_out(folder: Path) -> list[str]:
    """Return the names of the files that a folder's `.leave-out` keeps from being read; lines with a # are notes."""
    try:
        lines = (folder / LEAVE_OUT).read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return []
    return [line.strip() for line in lines if line.strip() and not line.startswith("#")]


def is_passed_over(name: str) -> bool:
    """Tell whether a file of this name is no posting: it is hidden, or a README or licence."""
    return name.startswith(".") or name.lower() in IGNORED_NAMES
