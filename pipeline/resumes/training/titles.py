"""What people are called at work, in many languages and with many ranks."""

import random
from functools import cache
from pathlib import Path
from typing import Any, Protocol

from pipeline.resumes.training.lists import DATA, common, listed, named, script_of, skills


class Writer(Protocol):
    """Who asks for a title: a language, a country and a source of chance."""

    rng: random.Random
    language: str
    locale: str
    faker: Any

    def pick(self, key: str) -> str:
        """Return one wording of a list of the language."""
        ...


def title_of(writer: Writer) -> str:
    """Return what somebody is called at work."""
    rng = writer.rng
    if writer.language in ("en", "nl", "sv", "de") and rng.random() < (0.75 if writer.language == "en" else 0.25):
        return _english_title(writer)
    text = None
    if rng.random() < 0.55:
        try:
            text = str(writer.faker.job()).split(" (")[0].split("/")[0]
        except (AttributeError, ValueError):
            text = None
    if text is None or (writer.language != "en" and not _has_jobs(writer.locale)):
        text = rng.choice(_titles(writer.language) or _titles("en"))
        text = text[:1].upper() + text[1:]
        if rng.random() < 0.3 and writer.language not in ("zh", "ar", "ru"):
            ends = [writer.pick("thing"), "Senior", "Junior", "Marketing", "IT", "SAP", "SAP FI", writer.pick("areas")]
            text = f"{text} {rng.choice(ends)}"
    if writer.language == "en" and ", " in text:
        head, tail = text.split(", ", 1)
        text = f"{tail[:1].upper()}{tail[1:]} {head}" if rng.random() < 0.7 else head
    return text


def _english_title(writer: Writer) -> str:
    rng = writer.rng
    noun = rng.choice(_titles("en"))
    noun = noun.upper() if len(noun) < 4 else noun.title()
    tech = rng.choice(skills()[0])
    domain = rng.choice([*named("titles", "domains"), *named("titles", "domains"), tech])
    rank = rng.choice(named("titles", "ranks"))
    form = rng.random()
    if form < 0.07:
        return noun
    if form < 0.09:
        return rng.choice(named("titles", "bare"))
    if form < 0.12:
        return rng.choice(
            [
                "Research Intern",
                "Research Assistant",
                "Teaching Assistant",
                "Co-Founder & CTO",
                "Founder & CEO",
                "Team Lead",
                "Summer Intern",
                "Software Engineering Intern",
                "Undergraduate Researcher",
                "Head Chef",
                "Tech Lead",
                "Product Owner",
                "Scrum Master",
                "Managing Director",
                "Senior Staff Nurse",
                "General Manager",
                "Vice President",
                "Postdoctoral Fellow",
                "Shift Lead",
                "Web Master",
                "PhD Student",
            ]
        )
    if form < 0.45:
        return f"{domain} {noun}"
    if form < 0.72:
        return f"{rank} {domain} {noun}"
    if form < 0.8:
        return f"{rank} {noun}"
    if form < 0.85:
        return rng.choice(
            [
                f"{noun}, {domain}",
                f"{domain} {noun}, {rng.choice(['Intern', 'Contract', 'GS-12', 'Level 2', rank])}",
            ]
        )
    if form < 0.89:
        return f"{rng.choice(['Head', 'Director', 'VP', 'Vice President', 'Manager', 'Chief'])} of {domain}"
    if form < 0.92:
        return f"{domain} {noun} / {rng.choice(named('titles', 'domains'))} {rng.choice(_titles('en')).title()}"
    if form < 0.95:
        ends = ["II", "III", "I", "Intern", "Trainee", "(Co-op)", "(Contract)", "(Intern)", "2"]
        return f"{domain} {noun} {rng.choice(ends)}"
    if form < 0.975:
        return f"{rank} {domain} {noun} - {rng.choice(named('titles', 'domains'))}"
    more = f"and {rng.choice(named('titles', 'domains'))} Lead"
    return f"{noun} {rng.choice(['to the CEO', 'for new products', more, 'in Training'])}"


@cache
def _titles(language: str) -> list[str]:
    tables = {
        "en": [(DATA / "occupations.txt").read_text(encoding="utf-8")],
        "all": [(DATA / "occupations_elsewhere.txt").read_text(encoding="utf-8")],
    }
    if language == "en":
        words = " ".join(line for line in tables["en"][0].splitlines() if not line.startswith("#")).split()
        return sorted({*words, *named("titles", "more")})
    titles = [title for title in listed(common()["jobs"]["titles"]) if title]
    english = set(_titles("en"))
    script = {"ru": "ru", "zh": "zh", "ar": "ar"}.get(language, "latin")
    return [title for title in titles if script_of(title) == script and title not in english] or [
        "工程师",
        "经理",
        "エンジニア",
        "后端工程师",
        "会计",
    ]


@cache
def _has_jobs(locale: str) -> bool:
    from faker.providers import job

    return (Path(job.__file__).parent / locale).is_dir() or locale[:2] in ("es",)
