"""How courses of study are set."""

from pipeline.resumes.training.content import Study
from pipeline.resumes.training.lists import listed
from pipeline.resumes.training.marked import Marked, Piece
from pipeline.resumes.training.page import Page
from pipeline.resumes.training.post_layouts import Row
from pipeline.resumes.training.style import BETWEEN
from pipeline.resumes.training.tables import column_names

DATES = {
    "right": 28, "own_below": 10, "first": 14, "end": 18, "first_cell": 10, "brackets": 8, "second_right": 8,
    "own_above": 4,
}  # fmt: skip
PLACES = {"no": 50, "comma": 24, "brackets": 8, "cell": 10, "separator": 8, "own": 4}


def lay_out_studies(page: Page) -> list[Marked]:
    """Return the courses of study."""
    template = StudyTemplate(page)
    lines = template.columns()
    for index, study in enumerate(page.person.studies):
        lines += template.entry(study, index > 0)
        if study.items and template.has_items:
            as_items = page.rng.random() < 0.7
            plain = [Marked([[Piece(text, "text")]], "education.prose") for text in study.items]
            lines += page.items(study.items, "education.item") if as_items else plain
    return lines


class StudyTemplate:
    """How each course of study of one resume is set."""

    def __init__(self, page: Page) -> None:
        rng, style = page.rng, page.style
        self.rng, self.style, self.words = rng, style, page.words
        self.table = rng.random() < 0.05 and style.medium in ("docx", "pdf", "latex")
        self.school_first = rng.random() < 0.5
        self.between = rng.choices(["line", "separator", "cell"], [46, 46, 8])[0]
        self.separator = rng.choice(BETWEEN) if rng.random() < 0.92 else " "
        self.dates = rng.choices(list(DATES), list(DATES.values()))[0]
        self.place = rng.choices(list(PLACES), list(PLACES.values()))[0]
        if style.table:
            self.dates = "first_cell"
        self.degree_cell = rng.random() < 0.06
        self.score = rng.choice(["comma", "own", "cell", "brackets"])
        self.bold = rng.choice(["first", "institution", "degree", "none", "none"])
        self.italic = rng.choice(["", "", "second"])
        self.bullet = rng.random() < 0.12
        self.gaps = rng.random() < 0.6
        self.has_items = rng.random() < 0.6
        levelled = style.medium in ("markdown", "docx") and bool(style.level) and rng.random() < 0.4
        self.level = style.level + 1 if levelled else 0
        self.date_mark = rng.choice([": ", " ", "  ", " – ", " | ", ", ", "\t"])
        self.labelled = rng.random() < 0.03
        self.faculty = rng.random() < 0.03
        self.told = rng.random() < 0.015
        self.caps = rng.random() < 0.07

    def columns(self) -> list[Marked]:
        """Return the row of a table's column names."""
        if not self.table:
            return []
        names = [listed(self.words[f"label_{name}"])[0] for name in ("degree", "institution", "dates")]
        return [column_names(names, "education")]

    def entry(self, study: Study, gap: bool) -> list[Marked]:
        """Return one course of study."""
        degree, school = self._degree(study), self._school(study)
        if self.table:
            score = [[Piece(study.score, "score")]] if study.score else []
            cells = [degree, school, [Piece(study.dates or "2001", "dates")], *score]
            return [Marked(cells, "education.entry", gap=True)]
        if self.told and study.area:
            return [Marked([self._told(study, degree, school)], "education.entry", bullet=True)]
        if self.labelled:
            return self._with_labels(study, degree, school, gap)
        rows = self._rows(study, degree, school)
        self._date(rows, study)
        if study.score:
            self._score(rows, study)
        return self._lines(rows, gap)

    def _degree(self, study: Study) -> list[Piece]:
        bold = self.bold == "degree" or (self.bold == "first" and not self.school_first)
        found = [Piece(study.degree, "degree", bold=bold)]
        if study.area:
            found += [Piece(study.link), Piece(study.area, "area", bold=bold)]
            found += [Piece(")")] if study.link == " (" else []
        return found

    def _school(self, study: Study) -> list[Piece]:
        name = study.institution.upper() if self.caps else study.institution
        bold = self.bold == "institution" or (self.bold == "first" and self.school_first)
        return [
            Piece(
                name,
                "institution",
                bold=bold,
                italic=self.italic == "second" and not self.school_first,
            )
        ]

    def _told(self, study: Study, degree: list[Piece], school: list[Piece]) -> list[Piece]:
        """Return a course of study told as a sentence."""
        year = Piece(study.dates.split()[-1] if study.dates else "2009", "dates")
        tail = [Piece(" with "), Piece(f"{self.rng.randint(50, 98)}%", "score")] if self.rng.random() < 0.5 else []
        return [
            *degree,
            Piece(" from "),
            *school,
            Piece(" in "),
            year,
            *tail,
            Piece("."),
        ]

    def _with_labels(self, study: Study, degree: list[Piece], school: list[Piece], gap: bool) -> list[Marked]:
        fields = {
            "degree": degree,
            "institution": school,
            "dates": [Piece(study.dates or "2001", "dates")],
        }
        lines = []
        for index, (tag, cell) in enumerate(fields.items()):
            label = Piece(f"{listed(self.words[f'label_{tag}'])[0]}:", "label")
            role = "more" if index else "entry"
            lines.append(
                Marked(
                    [[label, Piece(" "), *cell]],
                    f"education.{role}",
                    gap=gap and not index,
                )
            )
        return lines

    def _rows(self, study: Study, degree: list[Piece], school: list[Piece]) -> list[Row]:
        """Return the rows of cells, without date and score."""
        if self.degree_cell and study.area and not self.school_first:
            school += [Piece(", "), Piece(study.area, "area")]
            degree = degree[:1]
        place = Piece(study.place, "place")
        school += {
            "comma": [Piece(", "), place],
            "brackets": [Piece(" ("), place, Piece(")")],
            "separator": [Piece(self.separator), place],
        }.get(self.place, [])
        first, second = (school, degree) if self.school_first else (degree, school)
        if self.between == "separator" and not self.degree_cell:
            rows = [[[*first, Piece(self.separator), *second]]]
        else:
            rows = [[first, second]] if self.between == "cell" or self.degree_cell else [[first], [second]]
        if self.place == "cell":
            rows[0].append([place])
        elif self.place == "own":
            rows.append([[place]])
        if self.faculty:
            unit = self.rng.choice(["College", "School", "Faculty", "Department"])
            rows.append([[Piece(f"{unit} of {study.area or 'Arts'}", "note")]])
        return rows

    def _date(self, rows: list[Row], study: Study) -> None:
        """Put the date where this resume has it."""
        if not study.dates:
            return
        dates = Piece(study.dates, "dates")
        if self.dates in ("right", "second_right"):
            rows[-1 if self.dates == "second_right" else 0].append([dates])
        elif self.dates == "own_below":
            rows.append([[dates]])
        elif self.dates == "own_above":
            rows.insert(0, [[dates]])
        elif self.dates == "first":
            rows[0][0] = [dates, Piece(self.date_mark), *rows[0][0]]
        elif self.dates == "first_cell":
            rows[0].insert(0, [dates])
        elif self.dates == "brackets":
            rows[-1][-1] += [Piece(" ("), dates, Piece(")")]
        else:
            rows[-1][-1] += [
                Piece(self.separator if self.separator.strip() != "@" else ", "),
                dates,
            ]

    def _score(self, rows: list[Row], study: Study) -> None:
        score = Piece(study.score, "score")
        if self.score == "own":
            rows.append([[score]])
        elif self.score == "cell":
            rows[-1].append([score])
        elif self.score == "brackets":
            rows[-1][-1] += [Piece(" ("), score, Piece(")")]
        else:
            rows[-1][-1] += [Piece(self.rng.choice([", ", " | ", "; ", " – "])), score]

    def _lines(self, rows: list[Row], gap: bool) -> list[Marked]:
        below = 14 if self.dates == "first_cell" and self.style.medium in ("pdf", "docx") else 0
        lines = []
        for index, cells in enumerate(rows):
            line = Marked(
                cells,
                f"education.{'more' if index else 'entry'}",
                indent=below if index else 0,
            )
            if not index:
                line.gap, line.bullet = gap and self.gaps, self.bullet
                line.heading = 0 if self.bullet else self.level
                line.indent = self.style.indent if self.bullet else 0
            lines.append(line)
        return lines
