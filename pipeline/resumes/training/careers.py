"""What people did: their posts and their studies, and how a resume spells dates."""

import random

from pipeline.resumes.training.content import Job, Study, Writer
from pipeline.resumes.training.lists import listed, skills


class DateStyle:
    """How one resume spells its dates."""

    def __init__(self, rng: random.Random, writer: Writer) -> None:
        self.rng, self.writer = rng, writer
        self.form = rng.choices(
            ["name", "number", "dots", "iso", "year", "slash_short"],
            [10, 4, 2, 2, 6, 1],
        )[0]
        self.dash = rng.choice(writer.words["to"].split("|")).strip() or "–"
        if (self.dash in "-–—~" and rng.random() < 0.8) or self.dash not in "-–—~":
            self.dash = f" {self.dash} "
        self.present = writer.pick("present")
        self.caps = rng.random() < 0.08
        self.names = [writer.month(number) for number in range(1, 13)]
        self.order = rng.random() < 0.05
        since = {
            "en": "since",
            "de": "seit",
            "fr": "depuis",
            "es": "desde",
            "it": "dal",
        }.get(writer.language, "")
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
                f"GS-{rng.randint(5, 15)}",
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


def write_posts(rng: random.Random, writer: Writer) -> list[Job]:
    """Return the posts at one employer, without their dates."""
    employer, place = writer.employer(), writer.place()
    if rng.random() < 0.02:
        return [_pause(rng, writer, place)]
    url = f"www.{writer.coined().lower()}.example" if rng.random() < 0.06 else ""
    about = (
        writer.fill(
            rng.choice(
                [
                    "{adjl} {thing} for {people}",
                    "maker of {things}",
                    "{things} for {n} {people}",
                    "a {adjl} provider of {things}",
                    "A {n}00-bed {adjl} group with {n},000 {people}.",
                    "{things} and {things} for {people} in {city}.",
                ]
            )
        )
        if rng.random() < 0.15 and writer.language == "en"
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


def _pause(rng: random.Random, writer: Writer, place: str) -> Job:
    """Return a time at no employer's."""
    pauses = listed(writer.words["pauses"]) if "pauses" in writer.words else ["Freelance"]
    items = [writer.sentence() for _ in range(rng.choice([0, 0, 1, 2]))]
    stack = rng.sample(skills()[0], k=3)
    return Job("", rng.choice(pauses), place, "", "", "", items, [writer.paragraph(2)], stack, "")


def date_posts(rng: random.Random, jobs: list[list[Job]], dates: DateStyle, year: int, months: bool) -> None:
    """Give posts their dates, the latest first."""
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


def write_study(rng: random.Random, writer: Writer, dates: DateStyle, year: int) -> Study:
    """Return one course of study."""
    end = year - rng.randint(0, 25)
    area = writer.pick("areas")
    degree = writer.fill(writer.pick("degrees"))
    if rng.random() < 0.12:
        degree, area = rng.choice([(degree, ""), (area, "")])
    link = _link(rng.choice(writer.words["degree_of"].split("|")).strip())
    if rng.random() < 0.06 and area:
        link = " ("
    if area and rng.random() < 0.05:
        more = rng.choice([", Minor in ", ", minor in ", " with a minor in ", " and ", ", specialisation "])
        area = f"{area}{more}{writer.pick('areas')}"
    kind = rng.random()
    month = rng.randint(1, 12) if rng.random() < 0.5 else None
    when = dates.span((end - rng.randint(1, 5), month), (end, month)) if kind < 0.55 else dates.point(end, month)
    if writer.language == "en" and rng.random() < 0.04:
        when = f"{rng.choice(['Expected', 'Graduated', 'Class of', 'graduated:'])} {when}"
    score = _score(rng, writer) if rng.random() < 0.25 else ""
    return Study(
        institution=writer.fill(writer.pick("schools")),
        degree=degree,
        link=link,
        area=area,
        place=writer.place(),
        dates=when if rng.random() < 0.93 else "",
        score=score,
        items=[
            writer.fill(
                rng.choice(
                    [
                        "Thesis: {thing} of {things} with {tech}",
                        "Courses: {skill}, {skill}, {skill}",
                        "Relevant coursework: {area}, {area}",
                        "Dean's list",
                        "Minor in {area}",
                        "{thing}: {skill}",
                        "Scholarship of the {adj} Society",
                        "{adj} Research Fellowship, {surname} Scholar (Class of 2019)",
                        "Advisor: Prof. {name}",
                        "{word} Scholarship recipient for Graduate Studies",
                        "Ranked 1st out of {n} students",
                        "Awards: Best Senior Project, {adj} Prize ({n}th)",
                        "GPA: 3.9/4.0, Valedictorian",
                        "Treasurer of the {skill} club, 2012 – 2014",
                    ]
                )
            )
            for _ in range(rng.choice([0, 0, 0, 1, 2]))
        ],
    )


def _link(mark: str) -> str:
    """Return what stands between a degree and its field, blanks and all."""
    if not mark:
        return " "
    return f"{mark} " if mark in (",", ":") else f" {mark} "


def _score(rng: random.Random, writer: Writer) -> str:
    """Return a grade."""
    number = f"{rng.uniform(2.8, 4):.2f}"
    return rng.choice(
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
