"""How sure the reader is of what it read: a confidence and a note for each field."""

from dataclasses import dataclass, field
from typing import Generic, TypeVar

from pydantic import BaseModel, ConfigDict

from pipeline.resumes.model import ResumePart
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
