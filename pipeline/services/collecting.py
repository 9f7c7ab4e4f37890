"""Public job boards: what would be asked of which host, asking, and what was collected so far."""

from collections.abc import Sequence
from pathlib import Path

from pipeline.core import ProgressCallback, file_state, get_settings, ignore_progress
from pipeline.postings import (
    COLLECTED,
    Board,
    Collected,
    Limits,
    Shelf,
    Target,
    boards,
    collect_boards,
    open_shelves,
    read_targets,
)

FileStates = tuple[tuple[str, int, int], ...]

WHAT_IS_SENT = (
    "One request at a time, a second apart. Each carries the name and version of Rolemap and, where a board has "
    "answered before, the mark of its last answer; no posting, resume or cookie."
)


def known_boards() -> list[Board]:
    """Return the boards that can be collected."""
    return list(boards().values())


def plan_collection(written: Sequence[str]) -> list[Target]:
    """Return which boards are meant; each says its host and what would be sent. Nothing is. Raises RolemapError."""
    return read_targets(written, get_settings())


def run_collection(
    targets: Sequence[Target],
    vacancies: Path | None = None,
    *,
    limits: Limits | None = None,
    on_progress: ProgressCallback = ignore_progress,
) -> list[Collected]:
    """Ask the boards and store what they list among the postings. Raises RolemapError where none can be stored."""
    folder = vacancies or get_settings().vacancies_path
    return collect_boards(targets, folder, limits=limits, on_progress=on_progress)


def collected_so_far(vacancies: Path | None = None) -> list[Shelf]:
    """Return what was collected of each board so far."""
    return open_shelves(_folder(vacancies))


def collected_state(vacancies: Path | None = None) -> FileStates:
    """Return name, time of change and size of every file of what was collected, those of the collector's own too."""
    files = sorted([*_folder(vacancies).glob("*.jsonl"), *_folder(vacancies).glob(".*.json")])
    return tuple((str(file), *state) for file in files if (state := file_state(file)))


def _folder(vacancies: Path | None) -> Path:
    return (vacancies or get_settings().vacancies_path) / COLLECTED


def changes_in_words(result: Collected) -> str:
    """Say in one line what a run found at one board."""
    counted = [
        (result.changes.new, "new"),
        (result.changes.changed, "changed"),
        (result.changes.gone, "gone"),
        (result.changes.back, "back again"),
    ]
    found = ", ".join(f"{count:,} {what}" for count, what in counted if count) or "nothing new"
    left_out = f"; {result.left_out:,} without a text that could be read, left out" if result.left_out else ""
    return f"{result.name}: {found}{left_out}, {result.open:,} open"
