"""What postings can be filtered by, and which of them pass."""

from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from pipeline.cluster_artifacts import VacancyRecord
from pipeline.core import Facts
from pipeline.postings import typical_seniority

NOT_SAID = "not said"
_SHOWN = {
    "intern": "intern or trainee",
    "lead": "lead or principal",
    "onsite": "on site",
    "full_time": "full time",
    "part_time": "part time",
}


@dataclass(frozen=True)
class PostingFacts:
    """What a posting can be filtered by; what it does not state is "not said"."""

    title: str | None
    company: str | None
    place: str | None
    posted_on: date | None
    facts: Facts = field(default_factory=Facts)

    @cached_property
    def seniority(self) -> str:
        """The level of the role, in words."""
        stated = self.facts.seniority
        return in_words(stated.value) if stated else typical_seniority([self.title or ""]) or NOT_SAID

    @property
    def workplace(self) -> str:
        """On site, hybrid or remote."""
        return in_words(self.facts.workplace.value) if self.facts.workplace else NOT_SAID

    @property
    def employment(self) -> frozenset[str]:
        """The kinds of contract, in words."""
        return frozenset(in_words(fact.value) for fact in self.facts.employment) or frozenset({NOT_SAID})

    @property
    def country(self) -> str:
        """The country's two letters."""
        return self.facts.country.value if self.facts.country else NOT_SAID

    @property
    def language(self) -> str:
        """The language's two letters."""
        return self.facts.language or NOT_SAID

    @property
    def pay(self) -> str:
        """The currency of the pay that is stated."""
        return self.facts.pay.currency if self.facts.pay else NOT_SAID


def facts_of_record(record: VacancyRecord | None) -> PostingFacts:
    """Return what the artifact's record of a posting says; earlier versions kept no facts."""
    record = record or VacancyRecord()
    return PostingFacts(record.title, record.company, record.location, record.posted_on, record.facts or Facts())


def in_words(value: str) -> str:
    """Return a fact's value as people write it.

    >>> in_words("full_time"), in_words("senior")
    ('full time', 'senior')
    """
    return _SHOWN.get(value, value)


@dataclass(frozen=True)
class TrendFilters:
    """Which postings to look at; an empty set, or None, admits all. Dates are inclusive."""

    companies: frozenset[str] = frozenset()
    places: frozenset[str] = frozenset()
    seniorities: frozenset[str] = frozenset()
    workplaces: frozenset[str] = frozenset()
    employments: frozenset[str] = frozenset()
    countries: frozenset[str] = frozenset()
    languages: frozenset[str] = frozenset()
    pays: frozenset[str] = frozenset()
    since: date | None = None
    until: date | None = None

    def admit(self, posting: PostingFacts) -> bool:
        """Tell whether a posting passes; without a date it does only where none is asked for."""
        chosen = (
            (self.companies, posting.company),
            (self.places, posting.place),
            (self.seniorities, posting.seniority),
            (self.workplaces, posting.workplace),
            (self.countries, posting.country),
            (self.languages, posting.language),
            (self.pays, posting.pay),
        )
        return (
            all(not wanted or value in wanted for wanted, value in chosen)
            and (not self.employments or bool(self.employments & posting.employment))
            and self._admits_day(posting.posted_on)
        )

    def _admits_day(self, day: date | None) -> bool:
        if day is None:
            return self.since is None and self.until is None
        return (self.since is None or day >= self.since) and (self.until is None or day <= self.until)
