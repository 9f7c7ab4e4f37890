"""What a file turns out to hold, whatever its format."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from pydantic import BaseModel, ConfigDict

MAX_BYTES = 10_000_000  # of a document


class Document(BaseModel):
    """What one file says: its text and the fields its front matter or markup names."""

    model_config = ConfigDict(frozen=True)

    text: str
    fields: dict[str, str] = {}


@dataclass(frozen=True)
class Content:
    """A document with one posting, or a tree of mappings and lists in which postings stand as records.

    `day` is the day of the export where the file itself carries it.
    """

    document: Document | None = None
    tree: Any = None
    day: date | None = None
    what: str = ""  # in a few words for people: "CSV with semicolons"


@dataclass(frozen=True)
class Format:
    """How files of some endings are read. `read` raises UnreadableDocument with the reason."""

    suffixes: tuple[str, ...]
    read: Callable[[bytes], Content]
    holds_rows: bool = False  # one posting a row, as against one a file
    is_costly: bool = False  # read once, then kept in the cache
    max_bytes: int = MAX_BYTES
