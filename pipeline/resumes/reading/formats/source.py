"""What a format is: how a file of its kind is recognised, and how it becomes lines or a resume."""

import io
import json
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from pipeline.core import UnreadableDocument
from pipeline.postings import decode
from pipeline.resumes.model import Resume
from pipeline.resumes.reading.lines import TOO_LONG, Line

MAX_CHARACTERS = 300_000
MAX_LINES = 6_000
OPENING = 20_000  # bytes that tell the kind of a text


@dataclass(frozen=True)
class Source:
    """A file: its bytes and the ending of its name, in lower case; what else is known of it is found out once."""

    data: bytes
    suffix: str

    @cached_property
    def text(self) -> str:
        """The file as text. Raises UnreadableDocument where it is none, or more than a resume has."""
        text = decode(self.data)
        if len(text) > MAX_CHARACTERS or text.count("\n") > 2 * MAX_LINES:
            raise UnreadableDocument(TOO_LONG)
        return text

    @cached_property
    def opening(self) -> str:
        """The first letters of a text in lower case, for telling its kind."""
        head = self.data[:OPENING]
        encoding = "utf-16" if head.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig"
        return head.decode(encoding, errors="replace").lstrip().lower()

    @cached_property
    def parts(self) -> frozenset[str]:
        """The names of what an archive holds; none for any other file."""
        if not self.data.startswith(b"PK"):
            return frozenset()
        try:
            with zipfile.ZipFile(io.BytesIO(self.data)) as archive:
                return frozenset(archive.namelist())
        except (zipfile.BadZipFile, NotImplementedError, OSError, EOFError, ValueError):
            return frozenset()

    @cached_property
    def json(self) -> Any:
        """What the file holds as JSON; None where it holds none."""
        if self.opening[:1] != "{":
            return None
        try:
            return json.loads(self.text)
        except (ValueError, RecursionError):
            return None


@dataclass(frozen=True)
class Lines:
    """What a document holds: lines to be understood, what a reader should know, and what was set aside.

    `prints_soft_hyphens` is for text taken from a page, where each stands for a hyphen that is seen.
    """

    lines: Sequence[Line]
    notices: Sequence[str] = ()
    left_out: Sequence[str] = ()
    prints_soft_hyphens: bool = False


@dataclass(frozen=True)
class Data:
    """What a file of data holds: the resume itself, and what of it was left out, such as hidden entries."""

    resume: Resume
    text: str
    notices: Sequence[str] = ()
    left_out: Sequence[str] = ()


@dataclass(frozen=True)
class Format:
    """A kind of file. `recognises` goes by the content alone and must be sure; `read` raises UnreadableDocument.

    A kind that is never read has no `suffixes`, but says in `refuses` which endings it is for.
    """

    suffixes: tuple[str, ...]
    recognises: Callable[[Source], bool]
    read: Callable[[Source], Lines | Data]
    refuses: tuple[str, ...] = ()
