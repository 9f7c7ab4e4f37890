"""A stored posting, and all that were read together."""

from dataclasses import dataclass
from datetime import date

from pydantic import BaseModel, ConfigDict

from pipeline.core import content_key
from pipeline.postings.receipts import FileReceipt, Skip

# What an export states of a posting beside its title, text, company, place, address and day.
FIELD_NAMES = (
    *("pay", "pay_low", "pay_high", "pay_currency", "pay_period", "employment", "workplace", "seniority"),
    *("experience", "language", "country", "gone_on"),
)


class Vacancy(BaseModel):
    """One stored posting. `source` is the file it came from, relative to the folder read.

    `fields` is what the export itself states, as it stands there, under the names of `FIELD_NAMES`.
    """

    model_config = ConfigDict(frozen=True)

    id: str
    text: str
    title: str | None = None
    company: str | None = None
    location: str | None = None
    url: str | None = None
    posted_on: date | None = None
    source: str | None = None
    fields: dict[str, str] = {}


@dataclass(frozen=True)
class Corpus:
    """What was read: postings in the order of their ids, what could not be used, and what was made of each file."""

    vacancies: tuple[Vacancy, ...] = ()
    skipped: tuple[Skip, ...] = ()
    receipts: tuple[FileReceipt, ...] = ()

    @property
    def digest(self) -> str:
        """A hash of all that is read from the postings, whatever the order of files."""
        postings = (v.model_dump_json(exclude=None if v.fields else {"fields"}) for v in self.vacancies)
        return content_key(*postings, *(s.model_dump_json(exclude={"count"}) for s in self.skipped))
