"""What each posting of a corpus says of its role, read once for all that looks at it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pipeline.postings.boilerplate import find_boilerplate, own_text, part_text
from pipeline.postings.role_phrases import RolePhrase, best_phrases, find_role_phrases, phrase_spread
from pipeline.postings.vacancy import Vacancy


@dataclass(frozen=True)
class RoleText:
    """A posting's title, its text without what recurs over the corpus, and the jobs that this names, with scores."""

    title: str
    text: str
    phrases: Mapping[str, float]


@dataclass(frozen=True)
class RoleReading:
    """What a corpus teaches of how its postings are to be read: what recurs in them, and how rare a job's name is."""

    boilerplate: frozenset[str]
    spread: Mapping[str, int]
    count: int

    def read(self, vacancies: Sequence[Vacancy]) -> list[RoleText]:
        """Return what each posting, of that corpus or not, says of its role."""
        texts = [own_text(vacancy.text, self.boilerplate) for vacancy in vacancies]
        return self._told(vacancies, texts, [find_role_phrases(text) for text in texts])

    def _told(
        self, vacancies: Sequence[Vacancy], texts: Sequence[str], found: Sequence[Sequence[RolePhrase]]
    ) -> list[RoleText]:
        return [
            RoleText(vacancy.title or "", text, best_phrases(phrases, self.spread, self.count + 1))
            for vacancy, text, phrases in zip(vacancies, texts, found, strict=True)
        ]


def learn_role_texts(vacancies: Sequence[Vacancy]) -> tuple[RoleReading, list[RoleText]]:
    """Return how the postings of a corpus are to be read, and what each says of its role."""
    parted = [part_text(vacancy.text) for vacancy in vacancies]
    boilerplate = find_boilerplate(vacancies, parted)
    texts = [each.without(boilerplate) for each in parted]
    found = [find_role_phrases(text) for text in texts]
    reading = RoleReading(boilerplate, phrase_spread(found), len(vacancies))
    return reading, reading._told(vacancies, texts, found)


def role_texts(vacancies: Sequence[Vacancy]) -> list[RoleText]:
    """Return what each posting says of its role, in their order."""
    return learn_role_texts(vacancies)[1]
