"""Whole people for written resumes: what they did, where and when, and what else they tell."""

import random
from dataclasses import replace

from pipeline.resumes.training.careers import DateStyle, date_posts, write_posts, write_study
from pipeline.resumes.training.content import Person, Writer
from pipeline.resumes.training.extras import phone, write_extras, write_skills
from pipeline.resumes.training.lists import languages, listed

BRIEF = 0.2  # of the resumes are half a page


def write_person(rng: random.Random) -> Person:
    """Compose one person in one language."""
    table = languages()
    language = rng.choices(list(table), [table[name]["weight"] for name in table])[0]
    writer = Writer(rng, language)
    dates = DateStyle(rng, writer)
    name = writer.name()
    user = rng.choice(["jane", "k.okoro", "info", "hello", "me", writer.faker.user_name(), writer.faker.user_name()])
    mail = f"{user}@{rng.choice(['example.com', 'example.org', 'gmail.com', 'mail.example', 'example.de'])}"
    year = rng.choice([2023, 2024, 2025, 2026])
    months = rng.random() < 0.75
    jobs = [write_posts(rng, writer)]
    for _ in range(rng.choice([0, 1, 1, 2, 2, 3, 4, 6])):
        jobs.append(write_posts(rng, writer))
    date_posts(rng, jobs, dates, year, months)
    studies = [write_study(rng, writer, dates, year) for _ in range(rng.choice([1, 1, 1, 2, 2, 3]))]
    person = Person(
        language=language,
        name=name,
        headline=writer.title() if rng.random() < 0.8 else _slogan(rng, writer),
        email=mail,
        phone=phone(rng),
        place=writer.place() if rng.random() < 0.7 else _address(rng, writer),
        links=_links(rng, writer),
        facts=[
            writer.fill(fact)
            for fact in rng.sample(
                listed(writer.words["facts"]),
                k=rng.choice([0, 0, 0, 1, 2, 3]) % 4 if len(listed(writer.words["facts"])) > 3 else 1,
            )
        ],
        summary=[writer.paragraph() for _ in range(rng.choice([1, 1, 1, 2, 3]))],
        jobs=jobs,
        studies=studies,
        skills=write_skills(rng, writer),
        extras=write_extras(rng, writer, dates, year),
    )
    return _in_brief(rng, person, writer) if rng.random() < BRIEF else person


def _in_brief(rng: random.Random, person: Person, writer: Writer) -> Person:
    """Return what a person tells on half a page: a post or three, few words on each, one list of skills."""
    jobs = person.jobs[: rng.choice([1, 2, 2, 3])]
    for job in (job for group in jobs for job in group):
        job.items, job.prose, job.about = job.items[: rng.choice([0, 1, 1, 2])], [writer.sentence()], ""
        if rng.random() < 0.6:
            job.items = [" ".join(item.split()[: rng.randint(2, 6)]).rstrip(".,;:&–(") for item in job.items]
    label, items = person.skills[0]
    extras = {name: found for name, found in person.extras.items() if rng.random() < 0.4}
    return replace(
        person, jobs=jobs, studies=person.studies[:1], skills=[(label, items[: rng.choice([2, 3, 4])])],
        summary=[writer.sentence()], extras=extras,
    )  # fmt: skip


def _address(rng: random.Random, writer: Writer) -> str:
    street = rng.choice(
        [
            f"{rng.randint(1, 240)} {writer.surname()} {rng.choice(['Street', 'Road', 'Ave', 'Lane', 'St.'])}",
            f"{writer.surname()}straße {rng.randint(1, 99)}",
            f"{rng.randint(1, 99)} rue {writer.surname()}",
            f"Calle {writer.surname()} {rng.randint(1, 99)}",
        ]
    )
    if rng.random() < 0.25:
        way = rng.choice("venelle du|allée des|avenue|Quarry Ridge|Larkspur|Bluenose|C/ del|Via|ul.|Am".split("|"))
        number = rng.randint(1, 4000)
        street = f"{number} {way} {writer.coined()}" if rng.random() < 0.7 else f"{way} {writer.coined()} {number}"
    code = rng.choice(
        [
            str(rng.randint(10000, 99999)),
            f"{rng.choice('ABEGLMNS')}{rng.randint(1, 20)} {rng.randint(1, 9)}AB",
        ]
    )
    city = writer.city()
    where = [
        f"{city} {code}",
        f"{code} {city}",
        f"{code} {city}",
        f"{code} {city}, {writer.country()}",
        city,
    ]
    return f"{street}{rng.choice([', ', ', ', ', ', ' '])}{rng.choice(where)}"


def _links(rng: random.Random, writer: Writer) -> list[str]:
    user = writer.faker.user_name()
    kinds = [
        f"linkedin.com/in/{user}",
        f"github.com/{user}",
        f"https://{user}.example",
        f"www.{user}.example.com",
        f"https://www.linkedin.com/in/{user}",
        f"@{user}",
        f"https://github.com/{user}",
        f"orcid.org/0000-0002-{rng.randint(1000, 9999)}-{rng.randint(1000, 9999)}",
    ]
    return rng.sample(kinds, k=rng.choice([0, 0, 1, 1, 2, 3]))


def _slogan(rng: random.Random, writer: Writer) -> str:
    if writer.language != "en":
        return writer.title()
    return writer.fill(
        rng.choice(
            [
                "{title} | {skill} | {tech}",
                "Keeping {things} alive",
                "{title} and {title}",
                "{skill} & {skill}",
                "{title} at {word}",
                "Helping {people} with {things}",
                "{title} · {area}",
                "{title}, {area}",
                "Aspiring {title}",
                "{title} with {n}+ years of experience",
            ]
        )
    )
