"""Whole people for written resumes: what they did, where and when, and what else they tell."""

import random
from collections.abc import Callable
from typing import Any

from pipeline.resumes.training.content import Job, Person, Study, Writer, languages, listed, named, skills


def write_person(rng: random.Random) -> Person:
    """Compose one person in one language."""
    table = languages()
    language = rng.choices(list(table), [table[name]["weight"] for name in table])[0]
    writer = Writer(rng, language)
    dates = DateStyle(rng, writer)
    name = writer.name()
    mail = f"{rng.choice(['jane', 'k.okoro', 'info', 'hello', 'me', writer.faker.user_name(), writer.faker.user_name()])}@{rng.choice(['example.com', 'example.org', 'gmail.com', 'mail.example', 'example.de'])}"
    year = rng.choice([2023, 2024, 2025, 2026])
    months = rng.random() < 0.75
    jobs = [_employer(rng, writer, dates)]
    for _ in range(rng.choice([0, 1, 1, 2, 2, 3, 4, 6])):
        jobs.append(_employer(rng, writer, dates))
    _date(rng, jobs, dates, year, months)
    studies = [_study(rng, writer, dates, year) for _ in range(rng.choice([1, 1, 1, 2, 2, 3]))]
    return Person(
        language=language,
        name=name,
        headline=writer.title() if rng.random() < 0.8 else _slogan(rng, writer),
        email=mail,
        phone=_phone(rng),
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
        skills=_skills(rng, writer),
        extras=_extras(rng, writer, dates, year),
    )


def _phone(rng: random.Random) -> str:
    digits = lambda n: "".join(rng.choice("0123456789") for _ in range(n))  # noqa: E731
    return rng.choice([
        f"+44 7700 {digits(6)}", f"({digits(3)}) 555-{digits(4)}", f"+1 {digits(3)} 555 {digits(4)}", f"{digits(3)}-555-{digits(4)}",
        f"+49 {digits(3)} {digits(7)}", f"06 {digits(2)} {digits(2)} {digits(2)} {digits(2)}", f"+91 {digits(5)} {digits(5)}", f"+33 6 {digits(2)} {digits(2)} {digits(2)} {digits(2)}",
        f"+7 ({digits(3)}) {digits(3)}-{digits(2)}-{digits(2)}", f"0{digits(4)}/{digits(6)}", f"(11) 9{digits(4)}-{digits(4)}", f"+{digits(2)}{digits(9)}", f"{digits(3)}.555.{digits(4)}",
    ])  # fmt: skip


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
        [str(rng.randint(10000, 99999)), f"{rng.choice('ABEGLMNS')}{rng.randint(1, 20)} {rng.randint(1, 9)}AB"]
    )
    city = writer.city()
    where = [f"{city} {code}", f"{code} {city}", f"{code} {city}", f"{code} {city}, {writer.country()}", city]
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


class DateStyle:
    """How one resume spells its dates."""

    def __init__(self, rng: random.Random, writer: Writer) -> None:
        self.rng, self.writer = rng, writer
        self.form = rng.choices(["name", "number", "dots", "iso", "year", "slash_short"], [10, 4, 2, 2, 6, 1])[0]
        self.dash = rng.choice(writer.words["to"].split("|")).strip() or "–"
        if (self.dash in "-–—~" and rng.random() < 0.8) or self.dash not in "-–—~":
            self.dash = f" {self.dash} "
        self.present = writer.pick("present")
        self.caps = rng.random() < 0.08
        self.names = [writer.month(number) for number in range(1, 13)]
        self.order = rng.random() < 0.05
        since = {"en": "since", "de": "seit", "fr": "depuis", "es": "desde", "it": "dal"}.get(writer.language, "")
        self.since = since.title() if rng.random() < 0.5 else since
        self.since = self.since if rng.random() < (0.1 if writer.language == "en" else 0.2) else ""
        self.once = rng.random() < 0.3
        self.full_days = rng.random() < 0.04

    def point(self, year: int, month: int | None) -> str:
        """Return one date."""
        if month is None or self.form == "year":
            return str(year)
        if self.writer.language == "zh" and self.form == "name":
            return f"{year}年{month}月"
        day = self.rng.randint(1, 28)
        text = {
            "name": f"{self.names[month - 1]} {year}" if not self.order else f"{year} {self.names[month - 1]}",
            "number": f"{month:02d}/{year}",
            "dots": f"{month:02d}.{year}" if not self.full_days else f"{day:02d}.{month:02d}.{year}",
            "iso": f"{year}-{month:02d}" if not self.full_days else f"{year}-{month:02d}-{day:02d}",
            "slash_short": f"{month}/{year}",
        }[self.form]
        if self.form == "name" and self.writer.language in ("es", "pt") and self.rng.random() < 0.5:
            text = f"{self.names[month - 1]} de {year}"
        return text.upper() if self.caps else text

    def span(self, start: tuple[int, int | None], end: tuple[int, int | None] | None) -> str:
        """Return a span of time."""
        if end is None and self.since:
            return f"{self.since} {self.point(*start)}"
        if end and self.once and self.form == "name" and start[0] == end[0] and start[1] and end[1]:
            return f"{self.names[start[1] - 1]}{self.dash}{self.point(*end)}"
        return f"{self.point(*start)}{self.dash}{self.point(*end) if end else self.present}"


def _note(rng: random.Random, writer: Writer) -> str:
    if writer.language == "en" and rng.random() < 0.3:
        return rng.choice(
            [
                "Band 6",
                f"GS-0{rng.randint(300, 399)}-{rng.randint(7, 14)}",
                "Grade 7",
                "E-5",
                "part time",
                "Level II",
                "acting",
                "maternity cover",
                f"{rng.randint(3, 40)} employees",
            ]
        )
    return writer.pick("remote")


def _employer(rng: random.Random, writer: Writer, dates: DateStyle) -> list[Job]:
    employer, place = writer.employer(), writer.place()
    url = f"www.{writer.coined().lower()}.example" if rng.random() < 0.06 else ""
    about = (
        writer.fill(
            rng.choice(
                [
                    "{adjl} {thing} for {people}",
                    "maker of {things}",
                    "{things} for {n} {people}",
                    "a {adjl} provider of {things}",
                ]
            )
        )
        if rng.random() < 0.1 and writer.language == "en"
        else ""
    )
    return [
        Job(
            employer=employer,
            position=writer.title(),
            place=place,
            dates="",
            note=_note(rng, writer) if rng.random() < 0.15 else "",
            about=about,
            items=[writer.sentence() for _ in range(rng.choice([0, 1, 2, 2, 3, 3, 4, 5, 7]))],
            prose=[writer.paragraph(4) for _ in range(rng.choice([1, 1, 1, 2, 3]))],
            stack=rng.sample(skills()[0], k=rng.randint(2, 7)),
            url=url,
        )
        for _ in range(rng.choice([1, 1, 1, 1, 1, 1, 2, 2, 3]))
    ]


def _date(rng: random.Random, jobs: list[list[Job]], dates: DateStyle, year: int, months: bool) -> None:
    end: tuple[int, int | None] | None = (
        None if rng.random() < 0.7 else (year - rng.randint(0, 2), rng.randint(1, 12) if months else None)
    )
    cursor = year
    for job in (job for group in jobs for job in group):
        length = rng.choice([0, 1, 1, 2, 2, 3, 4, 6])
        start = (cursor - length, rng.randint(1, 12) if months else None)
        job.dates = dates.span(start, end) if length or rng.random() < 0.8 else dates.point(*(end or start))
        cursor = start[0] - rng.choice([0, 0, 0, 1])
        end = (cursor, rng.randint(1, 12) if months else None)


def _study(rng: random.Random, writer: Writer, dates: DateStyle, year: int) -> Study:
    end = year - rng.randint(0, 25)
    area = writer.pick("areas")
    degree = writer.fill(writer.pick("degrees"))
    if rng.random() < 0.12:
        degree, area = rng.choice([(degree, ""), (area, "")])
    link = rng.choice(writer.words["degree_of"].split("|"))
    link = link if not link.strip() else (f" {link.strip()} " if link.strip() not in (",", ":") else f"{link.strip()} ")
    if rng.random() < 0.06 and area:
        link = " ("
    if area and rng.random() < 0.05:
        area = f"{area}{rng.choice([', Minor in ', ', minor in ', ' with a minor in ', ' and ', ', specialisation '])}{writer.pick('areas')}"
    kind = rng.random()
    month = rng.randint(1, 12) if rng.random() < 0.5 else None
    when = dates.span((end - rng.randint(1, 5), month), (end, month)) if kind < 0.55 else dates.point(end, month)
    if writer.language == "en" and rng.random() < 0.04:
        when = f"{rng.choice(['Expected', 'Graduated', 'Class of', 'graduated:'])} {when}"
    score = ""
    if rng.random() < 0.25:
        number = f"{rng.uniform(2.8, 4):.2f}"
        score = rng.choice(
            [
                f"GPA {number}",
                f"GPA: {number}/4.0",
                f"{writer.pick('label_score')}: {rng.choice(['1,7', '2.1', '85%', '110/110', '8.9', 'sehr gut'])}",
                "First Class Honours",
                "cum laude",
                "Distinction",
                f"{rng.randint(55, 95)}%",
                "2:1",
                f"CGPA {rng.uniform(6, 9.9):.1f}",
            ]
        )
    return Study(
        institution=writer.fill(writer.pick("schools")),
        degree=degree,
        link=link or " ",
        area=area,
        place=writer.place(),
        dates=when if rng.random() < 0.93 else "",
        score=score,
        items=[writer.fill(rng.choice(["Thesis: {thing} of {things} with {tech}", "Courses: {skill}, {skill}, {skill}", "Relevant coursework: {area}, {area}", "Dean's list", "Minor in {area}", "{thing}: {skill}", "Scholarship of the {adj} Society", "{adj} Research Fellowship, {surname} Scholar (Class of 2019)", "Advisor: Prof. {name}", "{word} Scholarship recipient for Graduate Studies", "Ranked 1st out of {n} students", "Awards: Best Senior Project, {adj} Prize ({n}th)", "GPA: 3.9/4.0, Valedictorian", "Treasurer of the {skill} club, 2012 – 2014"])) for _ in range(rng.choice([0, 0, 0, 1, 2]))],
    )  # fmt: skip


def _skills(rng: random.Random, writer: Writer) -> list[tuple[str, list[str]]]:
    tech, skill = skills()
    pool = tech if rng.random() < 0.5 else skill if rng.random() < 0.5 else tech + skill
    labels = listed(writer.words["skill_labels"])
    if writer.language == "en" or rng.random() < 0.2:
        for _ in range(6):
            a, b = rng.choice(named("titles", "domains")), rng.choice(named("titles", "domains"))
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


def _extras(rng: random.Random, writer: Writer, dates: DateStyle, year: int) -> dict[str, Any]:
    def point() -> str:
        return dates.point(year - rng.randint(0, 15), rng.randint(1, 12) if rng.random() < 0.5 else None)

    tech, skill = skills()
    extras: dict[str, Any] = {}
    if rng.random() < 0.3:
        extras["projects"] = [
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
    if rng.random() < 0.3:
        names = [*rng.sample(tech, k=3), *rng.sample(skill, k=3)]
        extras["certificates"] = [
            {"name": rng.choice([f"{n} Certified {rng.choice(['Associate', 'Professional', 'Developer', 'Administrator'])}", f"Certified {n} Specialist", f"{n} Certification", f"{n} (Level {rng.randint(1, 4)})", n.upper() if len(n) < 6 else n, f"First aid: {n}", f"Certificate in {n}"]),
             "issuer": rng.choice([writer.employer(), "Coursera", "Udemy", "Red Cross", "Microsoft", "AWS", "Oracle", "Linux Foundation", ""]), "dates": point() if rng.random() < 0.75 else ""}
            for n in names[: rng.choice([1, 2, 3, 4])]
        ]  # fmt: skip
    if rng.random() < 0.2:
        extras["awards"] = [
            {"name": writer.fill(rng.choice(["Employee of the Month", "{adj} Prize for {skill}", "Best {thing} award", "{surname} Scholarship", "Winner, {city} Hackathon", "Dean's List", "{adj} Medal", "Best Paper"])), "issuer": writer.employer() if rng.random() < 0.6 else "", "dates": point() if rng.random() < 0.8 else ""}
            for _ in range(rng.choice([1, 1, 2, 3]))
        ]  # fmt: skip
    if rng.random() < 0.2:
        extras["publications"] = [
            {"name": writer.fill(rng.choice(["On the {skill} of {things}", "{skill} with {tech}", "{adjl} {things}: a study of {people}", "Towards {adjl} {things}"])).capitalize(), "authors": _authors(rng, writer), "doi": f"10.{rng.randint(1000, 9999)}/{writer.coined().lower()}.{year - 3}.{rng.randint(100, 9999)}", "venue": rng.choice([f"Journal of {writer.pick('areas')}", f"Proc. of {writer.coined()} {year - 2}", "arXiv", f"{writer.coined()} Press"]), "dates": str(year - rng.randint(0, 15)), "url": f"doi.org/10.1000/{rng.randint(100, 9999)}" if rng.random() < 0.3 else ""}
            for _ in range(rng.choice([1, 2, 3, 4]))
        ]  # fmt: skip
    if rng.random() < 0.5:
        names = rng.sample(
            listed(writer.words["languages"]),
            k=min(rng.choice([1, 2, 2, 3, 4]), len(listed(writer.words["languages"]))),
        )
        extras["languages"] = [(name, writer.pick("levels")) for name in names]
    if rng.random() < 0.15:
        extras["volunteer"] = [_employer(rng, writer, dates)[:1] for _ in range(rng.choice([1, 1, 2]))]
        _date(rng, extras["volunteer"], dates, year - 1, True)
    if rng.random() < 0.5:
        extras["other"] = _other(rng, writer, point)
    return extras


def _other(rng: random.Random, writer: Writer, point: Callable[[], str]) -> tuple[str, list[list[str]]]:
    """Return a section that the schema lacks: its kind and its entries, each of a line or several."""
    kind = rng.choices(["interests", "references", "talks", "patents", "details", "members"], [36, 10, 10, 6, 20, 12])[
        0
    ]
    count = rng.choice([1, 2, 2, 3, 4])
    if kind == "references":
        return kind, [[writer.name(), f"{writer.title()}, {writer.employer()}", _phone(rng)] for _ in range(count)]
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
                    f"{{skill}} for {{things}} (US Patent {rng.randint(9, 12)},{rng.randint(100, 999)},{rng.randint(100, 999)})"
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
    texts = listed(writer.words["interests"])
    return kind, [[writer.fill(text)] for text in rng.sample(texts, k=min(count, len(texts)))]


def _authors(rng: random.Random, writer: Writer) -> str:
    if rng.random() < 0.5:
        return ", ".join(f"{writer.faker.first_name()} {writer.surname()}" for _ in range(rng.choice([2, 3, 4])))
    return ", ".join(f"{writer.surname()}, {writer.faker.first_name()[:1]}." for _ in range(rng.choice([1, 2, 3])))


DETAILS = ["Father's Name: {name}", "Date of Birth: {dob}", "Languages Known: English, Hindi, Tamil", "Marital Status: Single", "Passport: yes", "Place: {city}", "Date: {dob}", "Hobbies: chess", "Last updated: {dob}", "Availability: immediately", "Salary: negotiable"]  # fmt: skip
