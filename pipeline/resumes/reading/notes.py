"""How sure the reader is of what it read: a confidence and a note for each field."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from pydantic import BaseModel, ConfigDict

from pipeline.resumes.model import Resume, ResumePart

Part = TypeVar("Part", bound=ResumePart)
LACKING = 0.2  # of a field that was not found
USUAL = 0.85  # where nothing speaks for or against a reading


class FieldReading(BaseModel):
    """How sure the reader is of one field, from 0 to 1, and why where it is not."""

    model_config = ConfigDict(frozen=True)

    confidence: float
    note: str = ""


@dataclass
class Noted(Generic[Part]):
    """A part of a resume with what is to be said of its fields, by their names in the document."""

    part: Part
    fields: dict[str, FieldReading] = field(default_factory=dict)

    def rate(self, name: str, confidence: float, note: str = "") -> None:
        """Say how sure a field is."""
        self.fields[name] = FieldReading(confidence=confidence, note=note)

    def lack(self, name: str, note: str) -> None:
        """Say that a field was not found."""
        self.rate(name, LACKING, note)


def settled(resume: Resume, notes: Mapping[str, FieldReading]) -> tuple[Resume, dict[str, FieldReading]]:
    """Return a resume without the lists that hold nothing, and its notes with those of what it lacks."""
    resume = Resume.model_validate(_without_empty(resume.model_dump(by_alias=True, exclude_none=True)))
    return resume, {**notes, **_missing(resume)}


def _without_empty(value: Any) -> Any:
    """Leave out the lists that hold nothing, which the models would else take for said."""
    if isinstance(value, dict):
        return {key: _without_empty(item) for key, item in value.items() if item not in ([], {})}
    return [_without_empty(item) for item in value] if isinstance(value, list) else value


def _missing(resume: Resume) -> dict[str, FieldReading]:
    """Say what a resume is expected to have and this one was not seen to have."""
    expected = {
        "work": "No jobs were found.",
        "skills": "No skills section was found.",
        "education": "No education was found.",
    }
    return {
        name: FieldReading(confidence=LACKING, note=note)
        for name, note in expected.items()
        if not getattr(resume, name)
    }


def every_field(resume: Resume, notes: dict[str, FieldReading], usual: float = USUAL) -> dict[str, FieldReading]:
    """Return a reading for every field that the resume holds, and for those that were looked for and not found."""
    readings = dict(notes)
    for path in _paths(resume.model_dump(mode="json", by_alias=True, exclude_none=True), ""):
        readings.setdefault(path, FieldReading(confidence=usual))
    return readings


def _paths(value: Any, path: str) -> list[str]:
    if isinstance(value, dict):
        kept = {
            key: item
            for key, item in value.items()
            if path or key not in ("section_order", "section_titles", "meta", "$schema")
        }
        return [found for key, item in kept.items() for found in _paths(item, f"{path}.{key}" if path else key)]
    if isinstance(value, list) and any(isinstance(item, dict) for item in value):
        return [found for index, item in enumerate(value) for found in _paths(item, f"{path}[{index}]")]
    return [path] if value not in (None, "", [], {}) else []
