"""What was made of each file that was read: what was taken for what, what was not used, what was left out and why."""

from pydantic import BaseModel, ConfigDict

EXAMPLES = 3
EXAMPLE_LENGTH = 90  # characters


class Skip(BaseModel):
    """An input that is in no cluster, and why; `count` rows of one file that share a reason stand together."""

    model_config = ConfigDict(frozen=True)

    id: str
    reason: str
    count: int = 1


class TakenColumn(BaseModel):
    """What was taken for one thing that a posting has, with an example and in how many rows it was found."""

    model_config = ConfigDict(frozen=True)

    role: str
    columns: list[str]
    example: str
    filled: int


class FileReceipt(BaseModel):
    """What one file gave. Counts are of rows; a document counts as one row."""

    model_config = ConfigDict(frozen=True)

    file: str
    format: str = ""
    source: str | None = None  # the known shape that it has, if any
    place: str = ""  # where in the file the rows stand, such as `results[]`
    rows: int = 0
    postings: int = 0
    taken: list[TakenColumn] = []
    columns: list[str] = []
    unused: list[str] = []
    without_text: int = 0
    repeats: int = 0
    repeat_examples: list[str] = []
    renamed: int = 0
    renamed_examples: list[str] = []
    dates_unread: int = 0
    date_example: str | None = None
    date_hint: str | None = None
    languages: dict[str, int] | None = None
    skipped: list[Skip] = []
    is_corrected: bool = False  # the columns were named by the user


def shown_example(value: str) -> str:
    """Return a value short enough to stand in a line."""
    line = " ".join(value.split())
    return line if len(line) <= EXAMPLE_LENGTH else line[: EXAMPLE_LENGTH - 1] + "…"


def receipt_notes(receipt: FileReceipt) -> list[str]:
    """Return what a reader of a file's receipt should know beyond what was taken, a sentence each."""
    notes = []
    if receipt.dates_unread:
        hint = receipt.date_hint or "it names no day by itself"
        notes.append(
            f"{receipt.dates_unread:,} of {receipt.rows:,} dates could not be read, such as {receipt.date_example!r}: {hint}"
        )
    if receipt.renamed:
        shown = ", ".join(receipt.renamed_examples)
        notes.append(
            f"{receipt.renamed:,} postings bear an id that an earlier one has with another text ({shown}); "
            "they are kept under ids of their own"
        )
    if receipt.unused:
        notes.append(f"columns not used: {', '.join(receipt.unused)}")
    return notes
