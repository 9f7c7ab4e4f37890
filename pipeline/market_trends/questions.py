"""A question to the market: what postings can be asked by, and which of them answer it."""

import re
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from pydantic import BaseModel, ConfigDict

from pipeline.cluster_artifacts import VacancyRecord
from pipeline.core import Facts
from pipeline.postings import typical_seniority

NOT_SAID = "not said"
_PLACE_PARTS = re.compile(r"[,;/|()·]+| - ")
_SHOWN = {
    "intern": "intern or trainee",
    "lead": "lead or principal",
    "onsite": "on site",
    "full_time": "full time",
    "part_time": "part time",
}


@dataclass(frozen=True)
class PostingFacts:
    """What a posting can be asked by: its role is a slug or empty; what it does not state is "not said".

    `groups` are the keys of all groups of the tree that it is in: of its family, its role, its specialism.
    """

    title: str | None
    company: str | None
    place: str | None
    posted_on: date | None
    facts: Facts = field(default_factory=Facts)
    role: str = ""
    keywords: frozenset[str] = frozenset()
    groups: frozenset[str] = frozenset()

    @cached_property
    def seniority(self) -> str:
        """The level of the role, in words."""
        stated = self.facts.seniority
        return in_words(stated.value) if stated else typical_seniority([self.title or ""]) or NOT_SAID

    @cached_property
    def place_names(self) -> frozenset[str]:
        """The place as it is given, and each part of it: the town, the state."""
        parts = (part.strip() for part in _PLACE_PARTS.split(self.place or ""))
        return frozenset(part for part in (self.place, *parts) if part)

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

    @property
    def yearly_pay(self) -> float | None:
        """The upper end of the pay that is stated, by the year; the lower where there is no other."""
        pay = self.facts.pay
        return (pay.yearly_high or pay.yearly_low) if pay else None


def facts_of_record(
    record: VacancyRecord | None,
    role: str = "",
    keywords: frozenset[str] = frozenset(),
    groups: frozenset[str] = frozenset(),
) -> PostingFacts:
    """Return what the artifact's record of a posting says; earlier versions kept no facts."""
    record = record or VacancyRecord()
    stated = record.facts or Facts()
    return PostingFacts(record.title, record.company, record.location, record.posted_on, stated, role, keywords, groups)


def in_words(value: str) -> str:
    """Return a fact's value as people write it.

    >>> in_words("full_time"), in_words("senior")
    ('full time', 'senior')
    """
    return _SHOWN.get(value, value)


class MarketQuestion(BaseModel):
    """Which postings are looked at; an empty set, or None, admits all. Dates are inclusive.

    Of the values of one set a posting needs one, but of the keywords it must name each. `pay_from` is the least that
    the upper end of the stated yearly pay must come to, in whatever currency it is stated. `roles` may name families
    and specialisms too.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    roles: frozenset[str] = frozenset()
    seniorities: frozenset[str] = frozenset()
    places: frozenset[str] = frozenset()
    companies: frozenset[str] = frozenset()
    workplaces: frozenset[str] = frozenset()
    employments: frozenset[str] = frozenset()
    countries: frozenset[str] = frozenset()
    languages: frozenset[str] = frozenset()
    pays: frozenset[str] = frozenset()
    keywords: frozenset[str] = frozenset()
    pay_from: int | None = None
    since: date | None = None
    until: date | None = None

    def admit(self, posting: PostingFacts) -> bool:
        """Tell whether a posting passes; what it does not state passes only where nothing is asked of it."""
        chosen = (
            (self.companies, posting.company),
            (self.seniorities, posting.seniority),
            (self.workplaces, posting.workplace),
            (self.countries, posting.country),
            (self.languages, posting.language),
            (self.pays, posting.pay),
        )
        return (
            all(not wanted or value in wanted for wanted, value in chosen)
            and (not self.roles or posting.role in self.roles or bool(self.roles & posting.groups))
            and (not self.employments or bool(self.employments & posting.employment))
            and (not self.places or bool(self.places & posting.place_names))
            and self.keywords <= posting.keywords
            and self._admits_pay(posting.yearly_pay)
            and self._admits_day(posting.posted_on)
        )

    def _admits_pay(self, most: float | None) -> bool:
        return self.pay_from is None or (most is not None and most >= self.pay_from)

    def _admits_day(self, day: date | None) -> bool:
        if day is None:
            return self.since is None and self.until is None
        return (self.since is None or day >= self.since) and (self.until is None or day <= self.until)
