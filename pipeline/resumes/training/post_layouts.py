"""How posts are set: their headings, drawn from a grammar of fields and what parts them, and what stands below."""

from pipeline.resumes.training.content import Job
from pipeline.resumes.training.lists import listed, unusual
from pipeline.resumes.training.marked import Marked, Piece
from pipeline.resumes.training.page import Page
from pipeline.resumes.training.style import BETWEEN
from pipeline.resumes.training.tables import post_table

Row = list[list[Piece]]
DATES = {
    "right": 26, "own_below": 12, "own_above": 8, "first": 13, "end": 12, "second_right": 10, "first_cell": 9,
    "brackets": 6, "second_end": 4,
}  # fmt: skip
PLACES = {
    "no": 24,
    "comma": 26,
    "brackets": 14,
    "cell": 14,
    "own": 8,
    "separator": 10,
    "after_dates": 4,
}
TABLES = 0.03  # of resumes have their posts in one
LENGTHS = ["2 years 9 months", "7 months", "1 year", "3 yrs 2 mos", "11 mos", "4 years"]


def lay_out_posts(page: Page, groups: list[list[Job]], section: str) -> list[Marked]:
    """Return posts, employer by employer."""
    rng = page.rng
    if rng.random() < TABLES:
        return post_table(page, [job for group in groups for job in group], section)
    template = PostTemplate(page)
    grouped = rng.random() < 0.8
    body = PostBody(page, section, in_table=template.labelled and template.between == "cell")
    lines: list[Marked] = []
    parted = rng.randrange(1, len(groups)) if len(groups) > 1 and rng.random() < 0.04 else 0
    for index, group in enumerate(groups):
        gap = index > 0 and template.gaps
        if parted and index == parted:
            head = page.heading(rng.choice(unusual("subheads")), section)
            head.heading += bool(head.heading)
            lines.append(head)
        together = len(group) > 1 and grouped
        if together:
            lines += template.group(group[0], section, gap)
        for number, job in enumerate(group):
            if together:
                lines += template.position(job, section, first=not number)
            else:
                lines += template.entry(job, section, gap or (number > 0 and template.gaps))
            lines += body.of(job, template.as_item * (1 + together))
    return lines


class PostBody:
    """What stands under a post: list items, running text, tools."""

    def __init__(self, page: Page, section: str, in_table: bool) -> None:
        rng = page.rng
        self.page, self.section, self.rng = page, section, rng
        self.beside = in_table and rng.random() < 0.6
        self.form = rng.choices(["items", "prose", "both", "projects"], [66, 20, 10, 4])[0]
        self.announces = rng.choice(listed(page.words["label_tasks"])) if self.beside or rng.random() < 0.1 else ""
        self.stack = rng.choice(listed(page.words["label_stack"])) if rng.random() < 0.18 else ""
        self.report = rng.choice(listed(page.words["label_reports"])) if rng.random() < 0.04 else ""
        self.bold = rng.random() < 0.4
        self.hours = rng.random() < 0.03
        self.cells = self.beside or rng.random() < 0.2
        self.nested = rng.choices([0.06, 0.4], [88, 12])[0] if page.style.bullet not in ("none", "lost") else 0.0

    def of(self, job: Job, depth: int = 0) -> list[Marked]:
        """Return one post's body, so many lists deep."""
        rng = self.rng
        lines = [self._labelled(self.report, job.note or self.page.person.name)] if self.report else []
        if self.hours:
            lines.append(self._prose(self._hours()))
        if self.form in ("prose", "both"):
            texts = job.prose if self.form == "prose" else job.prose[:1]
            lines += [self._prose(text, gap=rng.random() < 0.15) for text in texts]
        if self.form == "projects":
            lines.append(self._prose(f"Project: {job.about or job.stack[0]}", bold=self.bold))
        if self.form != "prose":
            lines += self._items(job, depth)
        if self.stack:
            lines.append(self._labelled(self.stack, ", ".join(job.stack)))
        return lines

    def _prose(self, text: str, gap: bool = False, bold: bool = False) -> Marked:
        return Marked([[Piece(text, "text", bold=bold)]], f"{self.section}.prose", gap=gap)

    def _hours(self) -> str:
        rng, person = self.rng, self.page.person
        hours = rng.choice([20, 38, 40])
        paid = f"; Salary: ${rng.randint(30, 150)},000; Supervisor: {person.name}, {person.phone}"
        return f"{hours} hours per week{rng.choice(['', paid])}"

    def _items(self, job: Job, depth: int) -> list[Marked]:
        rng, page = self.rng, self.page
        lines = []
        if self.beside and job.items:
            first, *job.items = job.items
            lines.append(self._labelled(self.announces, first))
        elif self.announces and job.items:
            text = f"{self.announces}{rng.choice([':', ':', ''])}"
            lines.append(Marked([[Piece(text, "text", bold=self.bold)]], f"{self.section}.label"))
        deeper = 0
        for index, item in enumerate(job.items):
            deeper = min(deeper + 1, 2) if index and rng.random() < self.nested else 0
            lines += page.items([item], f"{self.section}.item", level=depth + deeper)
        return lines

    def _labelled(self, label: str, text: str) -> Marked:
        """Return a line of a label and what it says."""
        if self.cells:
            cells = [[Piece(label, "text", bold=self.bold)], [Piece(text, "text")]]
        else:
            cells = [[Piece(f"{label}:", "text", bold=self.bold), Piece(f" {text}", "text")]]
        return Marked(cells, f"{self.section}.prose")


class PostTemplate:
    """How each post of one resume is headed."""

    def __init__(self, page: Page) -> None:
        rng, style, words = page.rng, page.style, page.words
        self.rng, self.style, self.words = rng, style, words
        self.gaps = rng.random() < 0.75
        self.labelled = rng.random() < 0.08
        self.labels = {
            tag: rng.choice(listed(words[f"label_{tag}"])) for tag in ("employer", "position", "dates", "place")
        }
        self.employer_first = rng.random() < 0.5
        self.dates = rng.choices(list(DATES), list(DATES.values()))[0]
        self.between = rng.choices(["line", "separator", "at", "cell"], [42, 44, 6, 8])[0]
        self.separator = rng.choice(BETWEEN) if rng.random() < 0.6 else ", "
        if style.table:
            self.dates = "first_cell"
        if self.between == "separator" and self.separator == "  " and style.medium == "text":
            self.separator = " - "
        self.at = rng.choice(listed(words["at"]))
        self.place = rng.choices(list(PLACES), list(PLACES.values()))[0]
        self.note_form = rng.choice(["brackets", "comma", "own", "line"])
        self.bold = rng.choice(["first", "employer", "position", "none", "all", "line"])
        self.italic = rng.choice(["", "", "second", "position", "dates", "place"])
        self.caps = rng.choice(["", "", "", "", "employer", "position", "all"])
        self.as_item = rng.random() < (0.25 if style.medium == "markdown" else 0.03)
        below = style.level + rng.choice([1, 1, 1, 2]) if style.level else 0
        self.level = below if rng.random() < {"markdown": 0.7, "docx": 0.25, "latex": 0.1}.get(style.medium, 0.0) else 0
        self.head_row = int(self.dates == "own_above" and rng.random() < 0.6)  # a heading with its date above
        self.date_heads = rng.random() < (0.12 if self.level else 0.02)
        self.date_mark = rng.choice([": ", " ", "  ", ":  ", " – ", " | ", ", ", " - ", ". "])
        self.lead = rng.choice(["", "", "", "", "", "", "-- ", "@ ", "– ", "at "])
        self.number = rng.random() < 0.02
        self.told = rng.random() < 0.012
        self.lasted = rng.random() < 0.06
        self.names_second = rng.random() < 0.05
        self.address = rng.random() < 0.02
        self.about_below = rng.random() < 0.4
        self.count = 0

    def piece(self, text: str, tag: str, order: int) -> Piece:
        """Return a piece of a heading in the template's style."""
        bold = self.bold in (tag, "all") or (self.bold == "first" and not order)
        italic = self.italic == tag or (self.italic == "second" and order == 1)
        if self.caps in (tag, "all") and tag in ("employer", "position"):
            text = text.upper()
        return Piece(text, tag, bold=bold, italic=italic)

    def entry(self, job: Job, section: str, gap: bool) -> list[Marked]:
        """Return the heading of one post."""
        self.count += 1
        if self.told and section == "work" and job.employer:
            return [Marked([self._told(job)], f"{section}.entry", bullet=True)]
        if self.labelled and job.employer:
            return self._with_labels(job, section, gap)
        if not job.employer:
            return self._finished([[self._position(job)]], section, gap, job)
        employer, position = self._employer(job), self._position(job)
        first, second = (employer, position) if self.employer_first else (position, employer)
        return self._finished(self._rows(first, second, job), section, gap, job)

    def _told(self, job: Job) -> list[Piece]:
        """Return a post told as a sentence."""
        leads = ["Working as ", "Worked as ", "Presently working as "]
        lead = self.rng.choice(leads) if self.count == 1 else "Worked as "
        at = self.rng.choice([" in ", " at ", " with "])
        employer, place = Piece(job.employer, "employer"), Piece(job.place, "place")
        start = [
            Piece(lead),
            Piece(job.position, "position"),
            Piece(at),
            employer,
            Piece(", "),
            place,
        ]
        return [*start, Piece(" from "), Piece(job.dates, "dates"), Piece(".")]

    def _employer(self, job: Job) -> list[Piece]:
        rng, place = self.rng, self.piece(job.place, "place", 2)
        cell = [self.piece(job.employer, "employer", 0 if self.employer_first else 1)]
        if job.about and not self.about_below:
            cell += [Piece(rng.choice([" – ", ", ", " ("])), Piece(job.about, "note")]
        if self.place == "comma":
            cell += [Piece(rng.choice([", ", ", ", ",  ", " , "])), place]
        elif self.place == "brackets":
            cell += [Piece(" ("), place, Piece(")")]
        elif self.place == "separator":
            cell += [Piece(self.separator), place]
        if job.url:
            cell += [Piece(rng.choice([" ", " | ", ", "])), Piece(job.url, "contact")]
        return cell

    def _position(self, job: Job) -> list[Piece]:
        cell = [self.piece(job.position, "position", 1 if self.employer_first else 0)]
        if job.note and self.note_form == "brackets":
            cell += [Piece(" ("), Piece(job.note, "note"), Piece(")")]
        elif job.note and self.note_form == "comma":
            cell += [
                Piece(self.rng.choice([", ", " – ", " | "])),
                Piece(job.note, "note"),
            ]
        return cell

    def _rows(self, first: list[Piece], second: list[Piece], job: Job) -> list[Row]:
        """Return the heading's rows of cells, without the date."""
        if self.between == "separator":
            rows = [[[*first, Piece(self.separator), *second]]]
        elif self.between == "at":
            middle = f" {self.at} " if not self.employer_first else self.separator
            rows = [[[*first, Piece(middle), *second]]]
        elif self.between == "cell":
            rows = [[first, second]]
        else:
            rows = [[first], [[*self._lead(), *second]]]
            if job.about and self.about_below:
                rows.insert(1 if self.employer_first else 2, [[Piece(job.about, "note")]])
        place = self.piece(job.place, "place", 2)
        if self.place == "cell":
            rows[0 if self.employer_first or len(rows) == 1 else len(rows) - 1].append([place])
        elif self.place == "own":
            rows.append([[place]])
        if job.note and self.note_form == "line":
            rows.append([[Piece(job.note, "note", italic=True)]])
        return rows

    def _lead(self) -> list[Piece]:
        """Return what opens a heading's second row."""
        if self.names_second:
            key = "label_position" if self.employer_first else "label_employer"
            return [Piece(f"{listed(self.words[key])[0]}:", "label"), Piece(" ")]
        return [Piece(self.lead)] if self.lead else []

    def _finished(self, rows: list[Row], section: str, gap: bool, job: Job, only: str = "") -> list[Marked]:
        """Set the date and turn the rows into lines."""
        rng = self.rng
        dates = [self.piece(job.dates, "dates", 3)]
        form = only or self.dates
        lasted = [Piece(" ("), Piece(rng.choice(LENGTHS), "note"), Piece(")")] if self.lasted else []
        if self.address and not only:
            way = f"{rng.randint(1, 2000)} {job.place.split(',')[0]} {rng.choice(['Street', 'Road', 'Ave SW'])}"
            rows.append([[Piece(f"{way}, {job.place}", "place")]])
        above = []
        if self.date_heads and not only:
            above = [Marked([dates], f"{section}.entry", gap=True, heading=self.level)]
        else:
            rows = self._dated(rows, form, dates, lasted)
        if self.place == "after_dates":
            rows[-1][-1] += [
                Piece(rng.choice([", ", " | ", " – ", " · "])),
                self.piece(job.place, "place", 2),
            ]
        if self.number and not only:
            rows[0][0] = [Piece(f"{self.count}. "), *rows[0][0]]
        indent = 14 if form == "first_cell" and self.style.medium in ("pdf", "docx") else 0
        return above + self._lines(rows, section, gap, indent, opens=not above)

    def _dated(self, rows: list[Row], form: str, dates: list[Piece], lasted: list[Piece]) -> list[Row]:
        """Put the date where this resume has it."""
        row = rows[min(1, len(rows) - 1) if form.startswith("second") else 0]
        if form == "own_above":
            return [[[*dates, *lasted]], *rows]
        if form == "own_below":
            return [*rows, [[*dates, *lasted]]]
        if form in ("right", "second_right"):
            row.append([*dates, *lasted])
        elif form == "first":
            row[0] = [*dates, Piece(self.date_mark), *row[0]]
        elif form == "first_cell":
            row.insert(0, dates)
        elif form == "brackets":
            row[-1] += [Piece(" ("), *dates, Piece(")")]
        else:
            row[-1] += [
                Piece(self.separator if self.separator != " @ " else ", "),
                *dates,
            ]
        return rows

    def _lines(self, rows: list[Row], section: str, gap: bool, indent: int, opens: bool) -> list[Marked]:
        lines = []
        for index, cells in enumerate(rows):
            first = not index and opens
            line = Marked(cells, f"{section}.{'entry' if first else 'more'}", gap=first and gap)
            line.heading = (
                self.level if index == min(self.head_row, len(rows) - 1) and opens and not self.as_item else 0
            )
            line.bullet = self.as_item and not index
            line.indent = indent if index else 0
            line.size = 1.1 if self.bold == "line" and first else 1.0
            lines.append(line)
        return lines

    def _with_labels(self, job: Job, section: str, gap: bool) -> list[Marked]:
        """Return a heading each of whose lines has its label."""
        fields = [
            ("employer", job.employer),
            ("position", job.position),
            ("dates", job.dates),
            ("place", job.place),
        ]
        if not self.employer_first:
            fields[0], fields[1] = fields[1], fields[0]
        if self.dates in ("first", "own_above", "first_cell"):
            fields.insert(0, fields.pop(2))
        if self.place == "no":
            fields = [one for one in fields if one[0] != "place"]
        lines = []
        for index, (tag, text) in enumerate(fields):
            label = self.labels[tag]
            if self.between == "cell":
                cells = [
                    [Piece(f"{label}{':' if self.gaps else ''}", "label")],
                    [Piece(text, tag)],
                ]
            else:
                cells = [
                    [
                        Piece(f"{label}:", "label", bold=self.bold == "all"),
                        Piece(" "),
                        Piece(text, tag),
                    ]
                ]
            lines.append(
                Marked(
                    cells,
                    f"{section}.{'more' if index else 'entry'}",
                    gap=gap and not index,
                )
            )
        return lines

    def group(self, job: Job, section: str, gap: bool) -> list[Marked]:
        """Return the line of an employer with several positions."""
        cells = [self._employer(job)]
        if self.place == "cell":
            cells.append([self.piece(job.place, "place", 2)])
        if self.rng.random() < 0.1:
            cells.append(
                [
                    Piece(
                        self.rng.choice(["3 years 2 months", "2016 – Present", "5 yrs"]),
                        "note",
                    )
                ]
            )
        lines = [Marked(cells, f"{section}.entry", gap=gap, heading=self.level, bullet=self.as_item)]
        if self.lasted:
            lines.append(Marked([[Piece(self.rng.choice(LENGTHS), "note")]], f"{section}.more"))
        if job.about and self.about_below:
            lines.append(Marked([[Piece(job.about, "note")]], f"{section}.more"))
        return lines

    def position(self, job: Job, section: str, first: bool) -> list[Marked]:
        """Return the line of one position under its employer's."""
        as_here = {
            "second_right": "right",
            "own_above": "own_below",
            "second_end": "end",
        }
        form = as_here.get(self.dates, self.dates)
        kept, self.place = self.place, "no"
        lines = self._finished([[self._position(job)]], section, self.rng.random() < 0.2, job, only=form)
        self.place = kept
        for line in lines:
            line.heading = self.level + 1 if self.level and line is lines[0] else 0
            line.level = int(self.as_item)
        if first:
            lines[0].label = f"{section}.more"
        return lines
