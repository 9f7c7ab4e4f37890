"""The way in: a file's format, its lines or data, the resume they hold and how sure that is."""

import textwrap
from dataclasses import replace
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, SkipValidation

from pipeline.core import UnreadableDocument
from pipeline.postings import MAX_BYTES
from pipeline.resumes.model import Resume
from pipeline.resumes.reading.characters import evened
from pipeline.resumes.reading.formats import read_source
from pipeline.resumes.reading.formats.source import MAX_LINES, Data, Lines, Source
from pipeline.resumes.reading.learned.reader import understand
from pipeline.resumes.reading.lines import TOO_LONG, Line, plain
from pipeline.resumes.reading.notes import FieldReading, every_field

MAX_LINE = 20_000  # characters; a longer line is read in pieces


class ResumeReading(BaseModel):
    """A resume as it was read: a confidence and a note for each field, the plain text, and what was left out of it.

    `is_data` says that the file tells what each text is, so that there was nothing to understand. `lines` are those
    of any other file, and `said` is what a person has said of them, by their numbers.
    """

    model_config = ConfigDict(frozen=True, arbitrary_types_allowed=True)

    resume: Resume
    fields: dict[str, FieldReading] = {}
    text: str = ""
    notices: list[str] = []
    left_out: list[str] = []
    is_data: bool = False
    lines: SkipValidation[tuple[Line, ...]] = Field(default=(), exclude=True, repr=False)
    said: dict[int, str] = {}


def parse_resume(path: str | Path) -> Resume:
    """Read a resume from a file; raises UnreadableDocument with the reason where it cannot be read."""
    return read_resume(path).resume


def read_resume(path: str | Path) -> ResumeReading:
    """Read a resume from a file, with how sure each field is."""
    path = Path(path)
    try:
        if path.stat().st_size > MAX_BYTES:
            raise UnreadableDocument(f"it is larger than {MAX_BYTES // 1_000_000} MB")
        data = path.read_bytes()
    except OSError as error:
        raise UnreadableDocument(f"it cannot be opened ({error.strerror or error})") from error
    return read_resume_bytes(data, path.suffix)


def read_resume_bytes(data: bytes, suffix: str) -> ResumeReading:
    """Read a resume from the content of a file and the ending of its name."""
    suffix = suffix.lower()
    if len(data) > MAX_BYTES:
        raise UnreadableDocument(f"it is larger than {MAX_BYTES // 1_000_000} MB")
    if not data.strip():
        raise UnreadableDocument("it is empty")
    content = read_source(Source(data, suffix))
    if isinstance(content, Data):
        return _data_reading(content)
    return _reading(content)


def _reading(content: Lines) -> ResumeReading:
    lines = [evened(piece, content.prints_soft_hyphens) for line in content.lines for piece in _in_pieces(line)]
    if len(lines) > MAX_LINES:
        raise UnreadableDocument(TOO_LONG)
    text = "\n".join(line.text for line in lines).replace("\u00ad", "")
    if not any(character.isalpha() for character in text):
        raise UnreadableDocument("it holds no text")
    understood = understand(lines)
    return ResumeReading(
        resume=understood.resume,
        lines=understood.lines,
        fields=every_field(understood.resume, understood.fields),
        text=text,
        notices=list(content.notices),
        left_out=[*content.left_out, *understood.left_out],
    )


def _in_pieces(line: Line) -> list[Line]:
    """Break a line that no resume has into pieces, so that looking for patterns in it stays quick."""
    if len(line.text) <= MAX_LINE:
        return [line]
    pieces = textwrap.wrap(line.text, MAX_LINE)
    return [replace(line, cells=plain(piece), is_whole=True) for piece in pieces]


def _data_reading(content: Data) -> ResumeReading:
    return ResumeReading(
        resume=content.resume,
        fields=every_field(content.resume, {}, usual=1.0),
        is_data=True,
        text=content.text,
        notices=list(content.notices),
        left_out=list(content.left_out),
    )
