"""What was made of each file that was read: what was taken for what, what was not used, what was left out and why."""

from collections.abc import Sequence

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
    languages: dict[str, int] | None = None  # postings by the code of their language, the most common first
    skipped: list[Skip] = []
    is_corrected: bool = False  # the columns were named by the user


def shown_example(value: str) -> str:
    """Return a value short enough to stand in a line."""
    line = " ".join(value.split())
    return line if len(line) <= EXAMPLE_LENGTH else line[: EXAMPLE_LENGTH - 1] + "…"


def sum_documents(receipts: Sequence[FileReceipt]) -> FileReceipt:
    """Return one receipt for files that hold one posting each."""
    taken: dict[str, list[TakenColumn]] = {}
    for receipt in receipts:
        for column in receipt.taken:
            taken.setdefault(column.role, []).append(column)
    unread = [receipt for receipt in receipts if receipt.dates_unread]
    return FileReceipt(
        file=f"{len(receipts):,} documents",
        format="one posting each",
        rows=len(receipts),
        postings=sum(receipt.postings for receipt in receipts),
        taken=[
            columns[0].model_copy(update={"filled": sum(column.filled for column in columns)})
            for columns in taken.values()
        ],
        repeats=sum(receipt.repeats for receipt in receipts),
        dates_unread=len(unread),
        date_example=unread[0].date_example if unread else None,
        skipped=[skip for receipt in receipts for skip in receipt.skipped],
    )
