"""What people tell besides posts and studies: skills, languages, projects, certificates and all else."""

import random
from collections.abc import Callable
from functools import partial
from typing import Any

from pipeline.resumes.training.careers import DateStyle, date_posts, write_posts
from pipeline.resumes.training.content import Writer
from pipeline.resumes.training.lists import listed, named, skills

PATENT = ((9, 12), (100, 999), (100, 999))
Point = Callable[[], str]  # writes a date


def write_skills(rng: random.Random, writer: Writer) -> list[tuple[str, list[str]]]:
    """Return labels with their skills."""
    tech, skill = skills()
    pool = tech if rng.random() < 0.5 else skill if rng.random() < 0.5 else tech + skill
    labels = listed(writer.words["skill_labels"])
    if writer.language == "en" or rng.random() < 0.2:
        for _ in range(6):
            a, b = (
                rng.choice(named("titles", "domains")),
                rng.choice(named("titles", "domains")),
            )
            labels.append(
                rng.choice(
                    [
                        a,
                        f"{a} & {b}",
                        f"{a} {rng.choice(['tools', 'Frameworks', 'Servers', 'skills', 'methods', 'systems'])}",
                        rng.choice(skill).capitalize(),
                        f"Over {rng.choice([1000, 5000])} lines",
                        "Familiar",
                        "Fluent",
                        f"{a} and {b}",
                        f"{a}/{b}",
                    ]
                )
            )
    rng.shuffle(labels)
    result = []
    for index in range(rng.choice([1, 2, 3, 3, 4, 5])):
        items = rng.sample(pool, k=rng.choice([1, 2, 3, 4, 5, 6, 8]))
        items = [f"{item} ({', '.join(rng.sample(tech, k=2))})" if rng.random() < 0.06 else item for item in items]
        items = [item if rng.random() < 0.6 else item[:1].upper() + item[1:] for item in items]
        result.append((labels[index % len(labels)], list(dict.fromkeys(items))))
    return result


def write_extras(rng: random.Random, writer: Writer, dates: DateStyle, year: int) -> dict[str, Any]:
    """Return some of the sections that not every resume has."""

    def point() -> str:
        return dates.point(year - rng.randint(0, 15), rng.randint(1, 12) if rng.random() < 0.5 else None)

    writers: dict[str, tuple[float, Callable[[], Any]]] = {
        "projects": (0.3, partial(_projects, rng, writer, dates, year, point)),
        "certificates": (0.3, partial(_certificates, rng, writer, point)),
        "awards": (0.2, partial(_awards, rng, writer, point)),
        "publications": (0.2, partial(_publications, rng, writer, year)),
        "languages": (0.5, partial(_languages, rng, writer)),
        "volunteer": (0.15, partial(_volunteer, rng, writer, dates, year)),
        "other": (0.5, partial(_other, rng, writer, point)),
    }
    return {name: write() for name, (share, write) in writers.items() if rng.random() < share}


def _projects(rng: random.Random, writer: Writer, dates: DateStyle, year: int, point: Point) -> list[dict[str, Any]]:
    tech = skills()[0]
    return [
        {
            "name": rng.choice(
                [
                    writer.coined(),
                    writer.fill("{adjl} {thing}").title(),
                    f"{rng.choice(tech)} {rng.choice(['bot', 'viewer', 'tool', 'app', 'library'])}",
                ]
            ),
            "about": writer.sentence(),
            "dates": dates.span((year - rng.randint(1, 6), None), (year, None))
            if rng.random() < 0.3
            else point()
            if rng.random() < 0.6
            else "",
            "role": writer.title() if rng.random() < 0.2 else "",
            "url": f"github.com/{writer.faker.user_name()}/{writer.coined().lower()}" if rng.random() < 0.3 else "",
            "stack": rng.sample(tech, k=3),
            "client": writer.employer(),
            "items": [writer.sentence() for _ in range(rng.choice([0, 1, 2, 3]))],
        }
        for _ in range(rng.choice([1, 2, 3]))
    ]


def _certificates(rng: random.Random, writer: Writer, point: Point) -> list[dict[str, Any]]:
    tech, skill = skills()
    names = [*rng.sample(tech, k=3), *rng.sample(skill, k=3)]
    return [
        {
            "name": rng.choice(
                [
                    f"{n} Certified {rng.choice(['Associate', 'Professional', 'Developer', 'Administrator'])}",
                    f"Certified {n} Specialist",
                    f"{n} Certification",
                    f"{n} (Level {rng.randint(1, 4)})",
                    n.upper() if len(n) < 6 else n,
                    f"First aid: {n}",
                    f"Certificate in {n}",
                ]
            ),
            "issuer": rng.choice(
                [
                    writer.employer(),
                    "Coursera",
                    "Udemy",
                    "Red Cross",
                    "Microsoft",
                    "AWS",
                    "Oracle",
                    "Linux Foundation",
                    "",
                ]
            ),
            "dates": point() if rng.random() < 0.75 else "",
        }
        for n in names[: rng.choice([1, 2, 3, 4])]
    ]


def _awards(rng: random.Random, writer: Writer, point: Point) -> list[dict[str, Any]]:
    return [
        {
            "name": writer.fill(
                rng.choice(
                    [
                        "Employee of the Month",
                        "{adj} Prize for {skill}",
                        "Best {thing} award",
                        "{surname} Scholarship",
                        "Winner, {city} Hackathon",
                        "Dean's List",
                        "{adj} Medal",
                        "Best Paper",
                        "{n} Under {n}, {area}",
                        "{adj} {n} Under {n}",
                        "{word} PhD Fellowship in {area}",
                        "{word} PhD Fellowship, {area}",
                        "Doctoral Dissertation Award Honorable Mention",
                        "{adj} Review {n} Innovators Under {n}",
                        "{area} Scholarship, {city}",
                        "{n}th place, {word} {skill} Olympiad",
                        "Nominated for the {adj} {thing} Prize",
                        "{adj} Teaching Award",
                        "Top {n}% in {area}",
                        "Merit list",
                    ]
                )
            ),
            "issuer": writer.employer() if rng.random() < 0.6 else "",
            "dates": point() if rng.random() < 0.8 else "",
        }
        for _ in range(rng.choice([1, 1, 2, 3]))
    ]


def _publications(rng: random.Random, writer: Writer, year: int) -> list[dict[str, Any]]:
    return [
        {
            "name": writer.fill(
                rng.choice(
                    [
                        "On the {skill} of {things}",
                        "{skill} with {tech}",
                        "{adjl} {things}: a study of {people}",
                        "Towards {adjl} {things}",
                    ]
                )
            ).capitalize(),
            "authors": _authors(rng, writer),
            "doi": f"10.{rng.randint(1000, 9999)}/{writer.coined().lower()}.{year - 3}.{rng.randint(100, 9999)}",
            "venue": rng.choice(
                [
                    f"Journal of {writer.pick('areas')}",
                    f"Proc. of {writer.coined()} {year - 2}",
                    "arXiv",
                    f"{writer.coined()} Press",
                ]
            ),
            "dates": str(year - rng.randint(0, 15)),
            "url": f"doi.org/10.1000/{rng.randint(100, 9999)}" if rng.random() < 0.3 else "",
        }
        for _ in range(rng.choice([1, 2, 3, 4]))
    ]


def _languages(rng: random.Random, writer: Writer) -> list[tuple[str, str]]:
    known = listed(writer.words["languages"])
    names = rng.sample(known, k=min(rng.choice([1, 2, 2, 3, 4]), len(known)))
    return [(name, writer.pick("levels")) for name in names]


def _volunteer(rng: random.Random, writer: Writer, dates: DateStyle, year: int) -> Any:
    posts = [write_posts(rng, writer)[:1] for _ in range(rng.choice([1, 1, 2]))]
    date_posts(rng, posts, dates, year - 1, True)
    return posts


def _other(rng: random.Random, writer: Writer, point: Point) -> tuple[str, list[list[str]]]:
    """Return a section that the schema lacks: its kind and its entries, each of a line or several."""
    kind = rng.choices(
        ["interests", "references", "talks", "patents", "details", "members", "letter"],
        [36, 10, 10, 8, 20, 12, 8],
    )[0]
    count = rng.choice([1, 2, 2, 3, 4])
    if kind == "references":
        return kind, [[writer.name(), f"{writer.title()}, {writer.employer()}", phone(rng)] for _ in range(count)]
    if kind == "talks":
        return kind, [
            [
                writer.fill(
                    rng.choice(
                        [
                            f"“{{adjl}} {{things}}”, {{word}}Conf {point()}",
                            f"{{skill}} in practice — {{word}} Summit ({point()})",
                            f"{rng.randint(1, 9)}. {{adjl}} {{things}}: {{skill}} — {{word}} Symposium ({point()})",
                            f"{{skill}} with {{tech}}, {{city}}, {point()}",
                        ]
                    )
                )
            ]
            for _ in range(count)
        ]
    if kind == "patents":
        return kind, [
            [
                writer.fill(
                    f"{{skill}} for {{things}} (US Patent {','.join(str(rng.randint(*part)) for part in PATENT)})"
                )
            ]
            for _ in range(count)
        ]
    if kind == "members":
        return kind, [
            [
                writer.fill(
                    rng.choice(
                        [
                            "Member, {adj} Guild of {people}",
                            "{tech} user group {city}",
                            "{skill}",
                            "github.com/{word}",
                            "{area}, {area}",
                            "Chair, {word} Society",
                        ]
                    )
                )
            ]
            for _ in range(count)
        ]
    if kind == "details":
        facts = [*listed(writer.words["facts"]), *DETAILS]
        return kind, [[writer.fill(fact)] for fact in rng.sample(facts, k=min(count + 1, len(facts)))]
    if kind == "letter":
        return kind, [[writer.paragraph()] for _ in range(count)]
    texts = listed(writer.words["interests"])
    return kind, [[writer.fill(text)] for text in rng.sample(texts, k=min(count, len(texts)))]


def _authors(rng: random.Random, writer: Writer) -> str:
    if rng.random() < 0.5:
        return ", ".join(f"{writer.faker.first_name()} {writer.surname()}" for _ in range(rng.choice([2, 3, 4])))
    return ", ".join(f"{writer.surname()}, {writer.faker.first_name()[:1]}." for _ in range(rng.choice([1, 2, 3])))


DETAILS = [
    "Father's Name: {name}",
    "Date of Birth: {dob}",
    "Languages Known: English, Hindi, Tamil",
    "Marital Status: Single",
    "Passport: yes",
    "Place: {city}",
    "Date: {dob}",
    "Hobbies: chess",
    "Last updated: {dob}",
    "Availability: immediately",
    "Salary: negotiable",
]


def phone(rng: random.Random) -> str:
    """Return a telephone number."""
    digits = lambda n: "".join(rng.choice("0123456789") for _ in range(n))  # noqa: E731
    return rng.choice(
        [
            f"+44 7700 {digits(6)}",
            f"({digits(3)}) 555-{digits(4)}",
            f"+1 {digits(3)} 555 {digits(4)}",
            f"{digits(3)}-555-{digits(4)}",
            f"+49 {digits(3)} {digits(7)}",
            f"06 {digits(2)} {digits(2)} {digits(2)} {digits(2)}",
            f"+91 {digits(5)} {digits(5)}",
            f"+33 6 {digits(2)} {digits(2)} {digits(2)} {digits(2)}",
            f"+7 ({digits(3)}) {digits(3)}-{digits(2)}-{digits(2)}",
            f"0{digits(4)}/{digits(6)}",
            f"(11) 9{digits(4)}-{digits(4)}",
            f"+{digits(2)}{digits(9)}",
            f"{digits(3)}.555.{digits(4)}",
        ]
    )
