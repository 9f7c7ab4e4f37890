"""The resume that variants are made from: which file it is, what was read of it, and the user's corrections."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from pipeline.core import DATA, RolemapError, UnreadableDocument, get_settings
from pipeline.resumes import FieldReading, Resume, ResumeReading, read_resume, read_resume_bytes

SAMPLE_RESUME = DATA / "sample_resume.md"
SAMPLE_NOTICE = "this is the sample resume of a person who does not exist."
_EXPECTED = ("basics.name", "basics.email", "basics.phone", "basics.label", "basics.summary")
_STEP = re.compile(r"([^.\[\]]+)|\[(\d+)\]")
_PLAIN_KEY = re.compile(r"[^.\[\]]+")  # what a path can be made of
_HIDDEN = ("section_order", "section_titles", "meta", "$schema")


@dataclass(frozen=True)
class BaseResume:
    """A resume as it was read, and where it comes from; `notice` is what to say where the user named none."""

    reading: ResumeReading
    origin: str
    notice: str = ""


@dataclass(frozen=True)
class ResumeField:
    """One text of a resume that a user may correct, a list with one item a line.

    `confidence` is None for what is not there.
    """

    path: str
    value: str
    is_list: bool = False
    confidence: float | None = None
    note: str = ""


def load_base_resume(path: Path | None = None) -> BaseResume:
    """Read the resume at a path, else that of ROLEMAP_RESUME, else the sample. Raises RolemapError."""
    if path is not None:
        return BaseResume(_read(path, "Choose another file."), str(path))
    chosen = get_settings().resume
    if chosen is not None:
        notice = f"No resume was named: this is {chosen}, which ROLEMAP_RESUME names."
        return BaseResume(_read(chosen, "ROLEMAP_RESUME names it; change that."), str(chosen), notice)
    return replace(load_sample_resume(), notice=f"No resume was named, and ROLEMAP_RESUME is not set: {SAMPLE_NOTICE}")


def load_sample_resume() -> BaseResume:
    """Read the sample resume that comes with Rolemap."""
    return BaseResume(_read(SAMPLE_RESUME, "Install Rolemap anew."), "the sample resume", SAMPLE_NOTICE.capitalize())


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
    """Return every text of a resume by its path, and those that a resume should have and this one lacks as empty."""
    document = reading.resume.model_dump(mode="json", by_alias=True, exclude_none=True)
    found = dict(_leaves(document, ""))
    lacking = {path: "" for path in _EXPECTED if path not in found}
    return [_field(path, value, reading) for path, value in (lacking | found).items()]


def _field(path: str, value: str | list[str], reading: ResumeReading) -> ResumeField:
    known = reading.fields.get(path)
    text = "\n".join(value) if isinstance(value, list) else value
    confidence = known.confidence if known and text else None
    return ResumeField(path, text, isinstance(value, list), confidence, known.note if known else "")


def _leaves(value: Any, path: str) -> Iterator[tuple[str, str | list[str]]]:
    """Yield every text, and every list of texts, with its path."""
    if isinstance(value, dict):
        for key, item in value.items():
            if (path or key not in _HIDDEN) and _PLAIN_KEY.fullmatch(key):
                yield from _leaves(item, f"{path}.{key}" if path else key)
    elif isinstance(value, list) and value and all(isinstance(item, str) for item in value):
        yield path, value
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from _leaves(item, f"{path}[{index}]")
    elif isinstance(value, str):
        yield path, value


def correct_reading(reading: ResumeReading, changes: Mapping[str, str]) -> ResumeReading:
    """Return the reading with texts changed by their paths, and sure of them; an empty text takes a field away.

    A list is given with one item a line.
    """
    document = reading.resume.model_dump(mode="json", by_alias=True, exclude_none=True)
    for path, text in changes.items():
        *steps, last = [int(index) if index else name for name, index in _STEP.findall(path)]
        place: Any = document
        for step in steps:
            place = place[step] if isinstance(place, list) else place.setdefault(step, {})
        is_item = isinstance(place, list)
        if isinstance(place[last] if is_item else place.get(last), list):
            place[last] = [line.strip() for line in text.splitlines() if line.strip()]
        elif is_item or text.strip():
            place[last] = text.strip()
        else:
            place.pop(last, None)
    mine = {path: FieldReading(confidence=1.0, note="Corrected by you.") for path in changes}
    resume = Resume.model_validate(document)
    return reading.model_copy(update={"resume": resume, "fields": reading.fields | mine})
