"""What changes when the reading of postings does, so that what was read by other code is not taken for read."""

from pathlib import Path

from pipeline.core import DATA, content_key, file_state


def reader_key() -> str:
    """Return a hash of the times and sizes of the code that reads postings, and of its word lists."""
    code = sorted(Path(__file__).parent.rglob("*.py"))
    return content_key(*(f"{file.name}{file_state(file)}" for file in (*code, *sorted(DATA.glob("*.txt")))))
