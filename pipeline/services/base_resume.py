"""The resume that variants are made from: which file it is, what was read of it, and the user's corrections."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.errors import RolemapError, UnreadableDocument
from pipeline.resume_model import Resume
from pipeline.resume_parser import ResumeReading, read_resume, read_resume_bytes
from pipeline.settings import get_settings

SAMPLE_RESUME = Path(__file__).parent.parent / "data" / "sample_resume.md"
_EXPECTED = ("basics.name", "basics.email", "basics.phone", "basics.label", "basics.summary")
_STEP = re.compile(r"([^.\[\]]+)|\[(\d+)\]")
_HIDDEN = ("section_order", "section_titles", "meta", "$schema")


@dataclass(frozen=True)
class BaseResume:
    """A resume as it was read, and where it comes from; `notice` is what to say where the user named none."""

    reading: ResumeReading
    origin: str
    notice: str = ""


@dataclass(frozen=True)
class ResumeField:
    """One text of a resume that a user may correct; `confidence` is None for one that is not there yet."""

    path: str
    value: str
    confidence: float | None = None
    note: str = ""


def load_base_resume(path: Path | None = None) -> BaseResume:
    """Read the resume at a path, else that of ROLEMAP_RESUME, else the sample. Raises RolemapError."""
    if path is not None:
        return BaseResume(_read(path, "Choose another file with --resume."), str(path))
    chosen = get_settings().resume
    if chosen is not None:
        notice = f"No resume was named: this is {chosen}, which ROLEMAP_RESUME names."
        return BaseResume(_read(chosen, "ROLEMAP_RESUME names it; change that."), str(chosen), notice)
    notice = (
        "No resume was named, and ROLEMAP_RESUME is not set: this is the sample resume of a person who does not exist."
    )
    return BaseResume(_read(SAMPLE_RESUME, "Install Rolemap anew."), "the sample resume", notice)


def _read(path: Path, advice: str) -> ResumeReading:
    try:
        return read_resume(path)
    except UnreadableDocument as error:
        raise RolemapError(f"The resume {path} cannot be read: {error}. {advice}") from error


def read_uploaded_resume(name: str, data: bytes) -> BaseResume:
    """Read a resume that a browser brings; nothing of it is stored. Raises RolemapError."""
    try:
        return BaseResume(read_resume_bytes(data, Path(name).suffix), name)
    except UnreadableDocument as error:
        raise RolemapError(f"{name} cannot be read: {error}. Choose another file.") from error


def editable_fields(reading: ResumeReading) -> list[ResumeField]:
    """Return every text of a resume by its path, and an empty one wherever another could be added."""
    document = reading.resume.model_dump(mode="json", by_alias=True, exclude_none=True)
    fields = [_field(path, value, reading) for path, value in _leaves(document, "")]
    known = {field.path for field in fields}
    return [_field(path, "", reading) for path in _EXPECTED if path not in known] + fields


def _field(path: str, value: str, reading: ResumeReading) -> ResumeField:
    found = reading.fields.get(path) or reading.fields.get(re.sub(r"\[\d+\]$", "", path))
    if not value:
        return ResumeField(path, value, None, found.note if found else "")
    return ResumeField(path, value, found.confidence if found else None, found.note if found else "")


def _leaves(value: Any, path: str) -> Iterator[tuple[str, str]]:
    """Yield every text with its path, and after each list of texts the path of the next one."""
    if isinstance(value, dict):
        for key, item in value.items():
            if path or key not in _HIDDEN:
                yield from _leaves(item, f"{path}.{key}" if path else key)
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _leaves(item, f"{path}[{index}]")
        if value and all(isinstance(item, str) for item in value):
            yield f"{path}[{len(value)}]", ""
    elif isinstance(value, str):
        yield path, value


def corrected_resume(resume: Resume, changes: Mapping[str, str]) -> Resume:
    """Return the resume with texts changed by their paths; an empty text takes a field or an item of a list away."""
    document = resume.model_dump(mode="json", by_alias=True, exclude_none=True)
    emptied: list[list[Any]] = []
    for path, text in changes.items():
        *steps, last = [int(index) if index else name for name, index in _STEP.findall(path)]
        place = document
        for step in steps:
            place = place[step]
        if isinstance(place, list):
            if last == len(place):
                place.append(text)
            place[last] = text
            emptied.append(place)
        elif text.strip():
            place[last] = text
        else:
            place.pop(last, None)
    for items in emptied:
        items[:] = [item for item in items if not isinstance(item, str) or item.strip()]
    return Resume.model_validate(document)
