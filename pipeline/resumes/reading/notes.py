"""How sure the reader is of what it read: a confidence and a note for each field."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from pydantic import BaseModel, ConfigDict

from pipeline.resumes.model import Resume, ResumePart
from pipeline.resumes.reading.dates import DateRange

Part = TypeVar("Part", bound=ResumePart)
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

    def rate_dates(self, date: DateRange | None, start: str = "startDate", end: str = "endDate") -> None:
        """Say how sure the dates are."""
        if date is None:
            self.rate(start, 0.3, "No date was found.")
            return
        note = "" if date.is_exact else f"Printed as “{date.text}”; the schema has no room for all of it."
        self.rate(start, 0.95 if date.is_exact else 0.7, note)
        if date.is_range:
            self.rate(end, 0.95, "It goes on." if date.is_open else "")


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
        name: FieldReading(confidence=0.3, note=note) for name, note in expected.items() if not getattr(resume, name)
    }
