"""The way in: a file's format, its lines or data, the resume they hold and how sure that is."""

import json
import re
import textwrap
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from pipeline.core import UnreadableDocument
from pipeline.postings import MAX_BYTES, decode, run_worker
from pipeline.resumes.model import Resume
from pipeline.resumes.reading.data_source import read_json_resume, read_rendercv
from pipeline.resumes.reading.docx_source import read_blocks
from pipeline.resumes.reading.latex_source import read_latex
from pipeline.resumes.reading.lines import Line, plain, without_bullet
from pipeline.resumes.reading.notes import FieldReading
from pipeline.resumes.reading.pdf_layout import read_layout
from pipeline.resumes.reading.reader import every_field, read_lines
from pipeline.resumes.reading.text_source import is_markdown, read_markdown, read_plain_text

RESUME_SUFFIXES = (".pdf", ".docx", ".md", ".txt", ".tex", ".json", ".yaml", ".yml")
MAX_CHARACTERS = 300_000
MAX_LINES = 6_000
MAX_LINE = 20_000  # characters; a longer line is read in pieces
_WORKER = "resume_worker.py"


class ResumeReading(BaseModel):
    """A resume as it was read: a confidence and a note for each field, the plain text, and what was left out of it."""

    model_config = ConfigDict(frozen=True)

    resume: Resume
    fields: dict[str, FieldReading] = {}
    text: str = ""
    notices: list[str] = []
    left_out: list[str] = []


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
    if suffix == ".pdf":
        return _read_pdf(data)
    if suffix == ".docx":
        return _read_docx(data)
    if suffix not in RESUME_SUFFIXES:
        raise UnreadableDocument(
            f"files ending in {suffix or 'nothing'} are not read; use {', '.join(RESUME_SUFFIXES)}"
        )
    return _read_text(decode(data), suffix)


def _read_pdf(data: bytes) -> ResumeReading:
    if b"%PDF" not in data[:1024]:
        raise UnreadableDocument("it is not a PDF, whatever its ending says")
    lines, left_out = read_layout(run_worker("pdf", data, _WORKER)["pages"])
    return _reading([without_bullet(line) for line in lines], left_out=left_out)


def _read_docx(data: bytes) -> ResumeReading:
    if data.startswith(b"\xd0\xcf\x11\xe0"):
        raise UnreadableDocument("it is encrypted, or an old .doc; save it as .docx without a password")
    if not data.startswith(b"PK"):
        raise UnreadableDocument("it is not a Word document, whatever its ending says")
    lines, left_out = read_blocks(run_worker("docx", data, _WORKER)["blocks"])
    return _reading(lines, left_out=left_out)


def _read_text(text: str, suffix: str) -> ResumeReading:
    if len(text) > MAX_CHARACTERS or text.count("\n") > 2 * MAX_LINES:
        raise UnreadableDocument("it is longer than a resume should be")
    if suffix == ".json":
        return _data_reading(read_json_resume(text), text)
    if suffix in (".yaml", ".yml"):
        return _data_reading(read_rendercv(text), text)
    if suffix == ".tex" or re.search(r"\\documentclass|\\begin\{document\}", text[:20_000]):
        lines, notices = read_latex(text)
        return _reading(lines, notices=notices)
    if suffix == ".md" or is_markdown(text):
        return _reading(read_markdown(text))
    if text.lstrip().startswith("{") and _is_json(text):
        return _data_reading(read_json_resume(text), text)
    return _reading(read_plain_text(text))


def _is_json(text: str) -> bool:
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return False
    return True


def _reading(lines: Sequence[Line], notices: Sequence[str] = (), left_out: Sequence[str] = ()) -> ResumeReading:
    lines = [piece for line in lines for piece in _in_pieces(line)]
    if len(lines) > MAX_LINES:
        raise UnreadableDocument("it is longer than a resume should be")
    text = "\n".join(line.text for line in lines).replace("\u00ad", "")
    if not any(character.isalpha() for character in text):
        raise UnreadableDocument("it holds no text")
    resume, fields = read_lines(lines)
    return ResumeReading(
        resume=resume, fields=every_field(resume, fields), text=text, notices=list(notices), left_out=list(left_out)
    )


def _in_pieces(line: Line) -> list[Line]:
    """Break a line that no resume has into pieces, so that looking for patterns in it stays quick."""
    if len(line.text) <= MAX_LINE:
        return [line]
    pieces = textwrap.wrap(line.text, MAX_LINE)
    return [replace(line, cells=plain(piece), is_whole=True) for piece in pieces]


def _data_reading(resume: Resume, text: str) -> ResumeReading:
    return ResumeReading(resume=resume, fields=every_field(resume, {}, usual=1.0), text=text)
