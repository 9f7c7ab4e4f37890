"""What a written resume says: people, employers, schools, skills and sentences of many trades and languages."""

import random
import re
from dataclasses import dataclass, field
from typing import Any

from pipeline.resumes.reading.words import wordings
from pipeline.resumes.training.lists import common, faker_of, firms, languages, listed, named, skills
from pipeline.resumes.training.titles import title_of

DATED = 0.06  # of the sentences tell when
_BLANK = re.compile(r"\{(\w+)\}")


@dataclass
class Job:
    """One position; `employer` may be that of the job before."""

    employer: str
    position: str
    place: str
    dates: str
    note: str
    about: str
    items: list[str]
    prose: list[str]
    stack: list[str]
    url: str


@dataclass
class Study:
    """One course of study."""

    institution: str
    degree: str
    link: str
    area: str
    place: str
    dates: str
    score: str
    items: list[str]


@dataclass
class Person:
    """All that a resume says, before it has a layout."""

    language: str
    name: str
    headline: str
    email: str
    phone: str
    place: str
    links: list[str]
    facts: list[str]
    summary: list[str]
    jobs: list[list[Job]]
    studies: list[Study]
    skills: list[tuple[str, list[str]]]
    extras: dict[str, Any] = field(default_factory=dict)


class Writer:
    """Composes texts in one language, from a source of chance of its own."""

    def __init__(self, rng: random.Random, language: str) -> None:
        self.rng = rng
        self.language = language
        self.words = languages()[language]
        self.locale = rng.choice(listed(self.words["locales"]))
        self.faker = faker_of(self.locale)
        self.faker.seed_instance(rng.randrange(2**32))

    def pick(self, key: str) -> str:
        """Return one wording of a list of the language."""
        return self.rng.choice(listed(self.words[key]))

    def fill(self, pattern: str) -> str:
        """Return a pattern with its blanks filled."""
        text = _BLANK.sub(lambda match: self._blank(match[1]), pattern)
        return " ".join(text.split())

    def _blank(self, name: str) -> str:
        rng = self.rng
        tech, skill = skills()
        simple = {
            "n": lambda: str(rng.choice([2, 3, 4, 5, 6, 8, 9, 10, 12, 15, 20, 24, 30, 40, 60, 120, 300])),
            "city": self.city,
            "surname": self.surname,
            "given": lambda: str(self.faker.first_name()),
            "name": self.name,
            "email": lambda: f"{self.faker.user_name()}@example.com",
            "region": lambda: rng.choice(listed(common()["places"]["states"])).title(),
            "country": self.country,
            "word": self.coined,
            "tech": lambda: rng.choice(tech),
            "skill": lambda: rng.choice(skill if self.language == "en" else tech),
            "title": self.title,
            "area": lambda: self.pick("areas"),
            "dob": self.day,
            "period": lambda: rng.choice(["day", "week", "month", "year", "shift"]),
        }
        return simple[name]() if name in simple else self.pick(name)

    def day(self) -> str:
        """Return a day as a passport has it."""
        rng = self.rng
        day, month, year = (
            rng.randint(1, 28),
            rng.randint(1, 12),
            rng.randint(1960, 2004),
        )
        return rng.choice(
            [
                f"{day:02d}.{month:02d}.{year}",
                f"{day} {self.month(month)} {year}",
                f"{year}-{month:02d}-{day:02d}",
            ]
        )

    def month(self, number: int) -> str:
        """Return a month's name in the language, long or short."""
        if self.language == "en":
            short = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()[number - 1]
            long = "January February March April May June July August September October November December".split()[
                number - 1
            ]
            return self.rng.choice([short, short, long, f"{short}."])
        names = [name for name in wordings("dates", "months", str(number)) if name]
        shift = {"de": 2, "fr": 3, "es": 5, "it": 6}.get(self.language, 0)
        name = names[shift % len(names)] if self.rng.random() < 0.7 else self.rng.choice(names)
        return name.title() if self.rng.random() < 0.5 else name

    def city(self) -> str:
        """Return a town of the language's countries, or of anywhere."""
        # The library keeps Italy's towns in a set, whose order is another one at each start.
        known = {"en": 0.6, "fr": 0.6, "es": 0.6, "de": 0.6, "it": 1.0, "pt": 0.6}
        if self.rng.random() < known.get(self.language, 0.1):
            return self.rng.choice(listed(common()["places"]["cities"])).title()
        try:
            return str(self.faker.city())
        except (AttributeError, ValueError):
            return self.rng.choice(listed(common()["places"]["cities"])).title()

    def country(self) -> str:
        """Return a country."""
        name = self.rng.choice(listed(common()["places"]["countries"]))
        return name.upper() if len(name) < 5 else name.title()

    def place(self) -> str:
        """Return a place as it stands beside an employer."""
        rng, city = self.rng, self.city()
        code = rng.choice(listed(common()["places"]["state_codes"])).upper()
        kinds = [city, f"{city}, {self.country()}", f"{city}, {code}"]
        if rng.random() < 0.06:
            return rng.choice(
                [
                    "Remote",
                    "remote",
                    f"{city} / Remote",
                    f"{city} (Remote)",
                    self.country(),
                ]
            )
        return rng.choices(kinds, [4, 4, 3 if self.language == "en" else 0.3])[0]

    def surname(self) -> str:
        """Return a family name."""
        return str(self.faker.last_name())

    def name(self) -> str:
        """Return a person's name."""
        rng = self.rng
        try:
            given, family = str(self.faker.first_name()), str(self.faker.last_name())
        except (AttributeError, ValueError):
            return str(self.faker.name())
        if self.language == "zh":
            return family + given
        kind = rng.random()
        if kind < 0.12:
            return f"{given} {rng.choice('ABCDEJKLMRST')}. {family}"
        if kind < 0.2:
            return f"{given} {self.faker.first_name()} {family}"
        if kind < 0.26 and self.language != "ar":
            return f"{given} {family}-{self.surname()}"
        if kind < 0.29:
            return f"{rng.choice(['Dr.', 'Prof.', 'Mr.', 'Ms.', 'Dipl.-Ing.'])} {given} {family}"
        if kind < 0.33:
            return f"{given} {family}, {rng.choice(['RN', 'PhD', 'CPA', 'MBA', 'PMP', 'MD'])}"
        if kind < 0.37:
            return f"{given} {rng.choice(['van', 'de', 'von', 'da', 'El', 'O’', 'del', 'bin'])} {family}"
        return f"{given} {family}"

    def coined(self) -> str:
        """Return a made-up word, as firms bear."""
        rng = self.rng
        word = rng.choice(named("coined", "heads")) + rng.choice(named("coined", "tails"))
        return word if rng.random() < 0.9 else word[:-2] + rng.choice(["AI", "io", "X", "Tech", "Soft"])

    def employer(self) -> str:
        """Return an organisation that employs people."""
        rng = self.rng
        kind = rng.random()
        if kind < 0.2:
            try:
                name = str(self.faker.company())
            except (AttributeError, ValueError):
                name = self.coined()
        elif kind < 0.62 or self.language in ("zh", "ar", "ru"):
            name = self._trading_name()
        elif kind < 0.8:
            name = self._public_body()
        elif kind < 0.85:
            name = rng.choice(named("known", "firms"))
        elif kind < 0.93:
            name = self.fill(rng.choice(listed(self.words["schools"])))
        else:
            first, link = self.surname(), rng.choice(["&", "and", "+"])
            name = f"{first} {link} {rng.choice([self.surname(), 'Sons', 'Co.', 'Partners', 'Daughters', 'Company'])}"
            if rng.random() < 0.3:
                name = f"{self.surname()}, {name}{rng.choice(['', ' LLP', ' LLC', ', Inc.', ' Ltd'])}"
        if rng.random() < 0.05 and self.language in ("en", "es", "fr"):
            unit = rng.choice(
                [
                    "Department of {area}",
                    "Department of {things} and {things}",
                    "{adj} Office",
                    "Dept. of {area}",
                    "{area} Division",
                    "Office of {area}",
                ]
            )
            name = f"{name}, {self.fill(unit)}"
        return name.upper() if rng.random() < 0.03 else name

    def _trading_name(self) -> str:
        rng = self.rng
        first = rng.choice(
            [
                self.coined,
                self.coined,
                self.surname,
                self.city,
                lambda: f"{self.pick('adj')} {self.coined()}",
                lambda: self.pick("adj"),
            ]
        )()
        trade = rng.choice(self._of("trades"))
        suffix = rng.choice(self._of("suffixes"))
        if self.language in ("zh",):
            return f"{self.city()}{trade}{suffix}"
        if self.language == "ar":
            return f"شركة {self.surname()} {trade}"
        form = rng.random()
        if form < 0.22:
            return first
        if form < 0.6:
            return f"{first} {trade}"
        if form < 0.8:
            return f"{first} {trade} {suffix}"
        if form < 0.88:
            return f"{trade} {first}"
        if form < 0.92:
            return f"{first}, {suffix}"
        return f"{first} {suffix}"

    def _of(self, table: str) -> list[str]:
        return named(table, self.language if self.language in firms()[table] else "en")

    def _public_body(self) -> str:
        pattern = self.rng.choice(self._of("public"))
        return self.fill(pattern)

    def title(self) -> str:
        """Return what somebody is called at work."""
        return title_of(self)

    def sentence(self) -> str:
        """Return one task or deed."""
        rng = self.rng
        if self.language == "en" and rng.random() < 0.15:
            return self.fill(rng.choice(listed(self.words["prose"])))
        text = f"{self.pick('verbs')} {self.pick('objects')}{self.rng.choice(self.words['tails'].split('|')).rstrip()}"
        while rng.random() < 0.35 and len(text) < 220:
            joint = rng.choice(
                [", and ", "; ", ", ", " & ", " – ", ". "] if self.language == "en" else [", ", "; ", ". "]
            )
            text += f"{joint}{self.pick('verbs').lower()} {self.pick('objects')}"
        text = self.fill(text).replace(" ,", ",").replace(" ;", ";")
        text = text[:1].upper() + text[1:] if rng.random() < 0.95 else text
        text += self._when() if rng.random() < DATED else ""
        return text + ("." if rng.random() < 0.4 else "")

    def _when(self) -> str:
        """Return a date as running text tells it, which heads nothing."""
        rng = self.rng
        year = rng.randint(1998, 2025)
        forms = [f" ({year})", f" {year}", f", {year}", f" ({year} – {year + 1})", f" {year}–{year + 2}"]
        since = {"en": "since", "de": "seit", "fr": "depuis", "es": "desde", "pt": "desde", "it": "dal"}
        forms.append(f" {since.get(self.language, '')} {year}")
        if self.language == "en":
            forms += [f" in {year}", f" in {self.month(rng.randint(1, 12))} {year}", f" from {year} to {year + 1}"]
        return rng.choice(forms)

    def paragraph(self, most: int = 3) -> str:
        """Return running text of a few sentences."""
        texts = []
        for _ in range(self.rng.randint(1, most)):
            text = self.fill(self.pick("prose")) if self.rng.random() < 0.5 else self.sentence()
            texts.append(text if text.endswith((".", "。")) else f"{text}.")
        return " ".join(texts)
