"""Layouts that no training sees: written by hand, not drawn from the grammar, to measure at first sight."""

from collections.abc import Callable
from dataclasses import dataclass

from pipeline.resumes.training.content import Job, Person, Study


@dataclass(frozen=True)
class Shape:
    """A left-out layout: its name, the ending of its file, and how it writes a person down."""

    name: str
    suffix: str
    write: Callable[[Person], str]


def _jobs(person: Person) -> list[Job]:
    return [job for group in person.jobs for job in group]


def _bullets(texts: list[str], mark: str) -> str:
    return "".join(f"{mark}{text}\n" for text in texts)


def _skills(person: Person, between: str = ": ", separator: str = ", ") -> str:
    return "".join(f"{label}{between}{separator.join(items)}\n" for label, items in person.skills)


def _page(*blocks: str) -> str:
    return "\n".join(block if block.endswith("\n") else f"{block}\n" for block in blocks)


def _study(study: Study) -> str:
    closing = ")" if study.link == " (" and study.area else ""
    return f"{study.degree}{study.link if study.area else ''}{study.area}{closing}"


def range_colon(person: Person) -> str:
    """`2019 – 2021: Position, Employer (Place)`, running text below."""
    jobs = "".join(
        f"{job.dates}: {job.position}, {job.employer} ({job.place})\n{job.prose[0]}\n" for job in _jobs(person)
    )
    schools = "".join(f"{study.dates}: {study.institution}, {_study(study)}\n" for study in person.studies)
    return f"{person.name}\n{person.email}\n\nEXPERIENCE\n{jobs}\nEDUCATION\n{schools}\nSKILLS\n{_skills(person)}"


def dashes_below(person: Person) -> str:
    """The dates and the position, the employer after dashes on the next line."""
    jobs = "".join(
        f"{job.dates}   {job.position}\n      -- {job.employer}, {job.place}\n{_bullets(job.items, '      * ')}"
        for job in _jobs(person)
    )
    schools = "".join(f"{study.dates}   {_study(study)}\n      -- {study.institution}\n" for study in person.studies)
    head = f"{person.name.upper()}\n{person.email} | {person.phone}\n"
    return _page(head, f"Work history\n\n{jobs}", f"Schools\n\n{schools}", f"Abilities\n\n{_skills(person, ' - ')}")


def dates_head(person: Person) -> str:
    """Markdown whose headings are the dates."""
    jobs = "".join(
        f"### {job.dates}\n\n**{job.position}**, {job.employer}, *{job.place}*\n\n{_bullets(job.items, '- ')}\n"
        for job in _jobs(person)
    )
    schools = "".join(
        f"### {study.dates or 'no date'}\n\n{_study(study)}, {study.institution}\n\n" for study in person.studies
    )
    skills = _bullets([f"{label}: {', '.join(items)}" for label, items in person.skills], "- ")
    head = f"# {person.name}\n\n{person.email}\n"
    return _page(head, f"## Career\n\n{jobs}", f"## Studies\n\n{schools}", f"## Skills\n\n{skills}")


def nested(person: Person) -> str:
    """Markdown lists in lists: employer, positions, deeds."""
    jobs = ""
    for group in person.jobs:
        jobs += f"* **{group[0].employer}** ({group[0].place})\n"
        for job in group:
            jobs += f"    * _{job.position}_, {job.dates}\n" + _bullets(job.items, "        * ")
    schools = "".join(f"* **{study.institution}**\n    * {_study(study)}, {study.dates}\n" for study in person.studies)
    skills = "".join(f"* {label}\n" + _bullets(items, "    * ") for label, items in person.skills)
    head = f"{person.name}\n======\n\n> {person.headline}\n\n* Mail: <{person.email}>\n"
    studied = f"Studied\n-------\n\n{schools}"
    return _page(head, f"Positions\n---------\n\n{jobs}", studied, f"Works with\n----------\n\n{skills}")


def no_headings(person: Person) -> str:
    """No heading at all, the dates far right."""
    jobs = "".join(
        f"{f'{job.position}, {job.employer}':60}    {job.dates}\n{_bullets(job.items, '- ')}" for job in _jobs(person)
    )
    schools = "".join(f"{_study(study)}, {study.institution}, {study.dates}\n" for study in person.studies)
    skills = ", ".join(item for _, items in person.skills for item in items)
    head = f"{person.name.upper()}\n{person.headline}\n\n{person.email}   {person.phone}   {person.place}\n"
    return _page(head, jobs, schools, skills)


def spaced_pipes(person: Person) -> str:
    """Letter-spaced headings, pipes, and marks that were lost."""

    def spaced(text: str) -> str:
        return "   ".join(" ".join(word) for word in text.split())

    jobs = "".join(
        f"{job.employer} | {job.position} | {job.dates}\n{_bullets(job.items, '(cid:123) ')}" for job in _jobs(person)
    )
    schools = "".join(f"{study.institution} | {_study(study)} | {study.dates}\n" for study in person.studies)
    head = f"{spaced(person.name.upper())}\n{person.email}\n"
    studied = f"{spaced('EDUCATION')}\n{schools}"
    return _page(head, f"{spaced('WORK EXPERIENCE')}\n{jobs}", studied, f"{spaced('SKILLS')}\n{_skills(person)}")


def employer_at(person: Person) -> str:
    """`Position @ Employer`, the dates and the place together below."""
    jobs = "".join(
        f"### {job.position} @ {job.employer}\n{job.dates} · {job.place}\n\n{_bullets(job.items, '* ')}\n"
        for job in _jobs(person)
    )
    schools = "".join(f"### {_study(study)} @ {study.institution}\n{study.dates}\n\n" for study in person.studies)
    head = f"# {person.name}\n*{person.headline}*\n\n{person.email} • {person.phone}\n"
    skills = _skills(person).replace("\n", "\n\n")
    return _page(head, f"## 💼 Experience\n\n{jobs}", f"## 🎓 Education\n\n{schools}", f"## 🛠 Skills\n\n{skills}")


def one_field_a_line(person: Person) -> str:
    """Each field on a line of its own, as PDFs are pasted: date, employer, position, place."""
    jobs = "".join(
        f"{job.dates}\n{job.employer}\n{job.position}\n{job.place}\n{_bullets(job.items, '• ')}\n"
        for job in _jobs(person)
    )
    schools = "".join(f"{study.dates}\n{study.institution}\n{_study(study)}\n" for study in person.studies)
    skills = _bullets([item for _, items in person.skills for item in items], "• ")
    head = f"{person.name}\n{person.headline}\n{person.email}\n{person.phone}\n"
    return _page(head, f"Professional experience\n\n{jobs}", f"Education\n\n{schools}", f"Skills\n\n{skills}")


SHAPES = tuple(
    Shape(write.__name__, suffix, write)
    for write, suffix in (
        (range_colon, ".txt"),
        (dashes_below, ".txt"),
        (dates_head, ".md"),
        (nested, ".md"),
        (no_headings, ".txt"),
        (spaced_pipes, ".txt"),
        (employer_at, ".md"),
        (one_field_a_line, ".txt"),
    )
)
