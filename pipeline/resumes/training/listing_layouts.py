"""How projects, certificates, awards, publications and all else are listed."""

from typing import Any

from pipeline.resumes.training.marked import Marked, Piece
from pipeline.resumes.training.page import Page


def lay_out_projects(page: Page) -> list[Marked]:
    """Return the projects."""
    template = ProjectTemplate(page)
    return [line for index, given in enumerate(page.person.extras["projects"]) for line in template.entry(given, index)]


class ProjectTemplate:
    """How each project of one resume is set."""

    def __init__(self, page: Page) -> None:
        rng = page.rng
        self.page, self.rng = page, rng
        self.form = rng.choice(["line", "line", "colon", "item", "heading", "labels"])
        self.dates = rng.choice(["cell", "brackets", "separator", "own"])
        self.bold = rng.random() < 0.6
        self.stacked = rng.random() < 0.15 and self.form in ("line", "heading")

    def entry(self, given: dict[str, Any], index: int) -> list[Marked]:
        """Return one project."""
        rng, style = self.rng, self.page.style
        if self.form == "labels":
            return self._labelled(given, index)
        cells, more = self._dated(self._name(given), given)
        about = Piece(given["about"], "text")
        if self.form in ("colon", "item"):
            cells[0] += [Piece(rng.choice([": ", " – ", " - "])), about]
            bullet = self.form == "item" and style.bullet != "none"
            return [Marked(cells, "projects.entry", bullet=bullet, gap=rng.random() < 0.2)]
        level = style.level + 1 if self.form == "heading" and style.level else 0
        lines = [
            Marked(
                cells,
                "projects.entry",
                gap=index > 0 and rng.random() < 0.7,
                heading=level,
            ),
            *more,
        ]
        if rng.random() < 0.4:
            lines.append(Marked([[about]], "projects.prose"))
        return lines + self.page.items(given["items"], "projects.item")

    def _name(self, given: dict[str, Any]) -> list[Piece]:
        rng = self.rng
        name = [Piece(given["name"], "name", bold=self.bold)]
        if given["url"] and rng.random() < 0.5:
            name += [
                Piece(rng.choice([" (", " | ", " – ", " "])),
                Piece(given["url"], "contact"),
            ]
        if given["role"]:
            name.append(Piece(rng.choice([", ", " – ", " | "])))
            name.append(Piece(given["role"], "note", italic=rng.random() < 0.5))
        if self.stacked:
            name.append(Piece(rng.choice([" | ", " – ", ": "])))
            name.append(Piece(", ".join(given["stack"]), "stack", italic=True))
        return name

    def _dated(self, name: list[Piece], given: dict[str, Any]) -> tuple[list[list[Piece]], list[Marked]]:
        dates = Piece(given["dates"], "dates")
        if not given["dates"]:
            return [name], []
        if self.dates == "cell":
            return [name, [dates]], []
        if self.dates == "own":
            return [name], [Marked([[dates]], "projects.more")]
        marks = (" (", ")") if self.dates == "brackets" else (self.rng.choice([" | ", ", ", " – "]), "")
        return [[*name, Piece(marks[0]), dates, Piece(marks[1])]], []

    def _labelled(self, given: dict[str, Any], index: int) -> list[Marked]:
        """Return a project told line by line, each with its label."""
        rng, style = self.rng, self.page.style
        in_cells = style.case in ("upper", "spaced")
        number = f" #{index + 1}" if style.bold_heads else ""

        def line(label: str, text: str, tag: str, role: str = "more") -> Marked:
            if in_cells:
                cells = [
                    [Piece(label, "label")],
                    [Piece(": " if number else ""), Piece(text, tag)],
                ]
            else:
                cells = [[Piece(f"{label}:", "label"), Piece(f" {text}", tag)]]
            return Marked(cells, f"projects.{role}", gap=role == "entry")

        lines = [
            line(f"Project{number}", given["name"], "name", "entry"),
            line("Client", given["client"], "note"),
        ]
        if given["role"]:
            lines.append(line("Role", given["role"], "note"))
        if given["dates"]:
            lines.append(line(rng.choice(["Duration", "Period"]), given["dates"], "dates"))
        stack = rng.choice(["Environment", "Technologies", "Tools"])
        lines.append(line(stack, ", ".join(given["stack"]), "note"))
        lines.append(Marked([[Piece("Description: " + given["about"], "text")]], "projects.prose"))
        if given["items"]:
            lines.append(Marked([[Piece("Responsibilities:", "text")]], "projects.label"))
        return lines + self.page.items(given["items"], "projects.item")


def lay_out_listing(page: Page, section: str) -> list[Marked]:
    """Return a list of names with who gave them and when."""
    rng = page.rng
    form = rng.choice(["plain", "cell", "first", "first_cell", "brackets"])
    bullet = rng.random() < 0.5 and form not in ("cell", "first_cell")
    separator = rng.choice([", ", " – ", " - ", " | ", " — "])
    two_lines = rng.random() < 0.15 and form == "cell"
    lines = []
    for given in page.person.extras[section]:
        cell, more = [Piece(given["name"], "name")], []
        if given["issuer"] and two_lines:
            more = [Marked([[Piece(given["issuer"], "issuer")]], f"{section}.more")]
        elif given["issuer"]:
            cell += [Piece(separator), Piece(given["issuer"], "issuer")]
        cells = [cell]
        if given["dates"]:
            mark = rng.choice([": ", " – ", " ", "  "]) if form == "first" else separator
            cells = _with_date(cell, Piece(given["dates"], "dates"), form, mark)
        lines += [
            Marked(cells, f"{section}.entry", bullet=bullet, gap=rng.random() < 0.1),
            *more,
        ]
    return lines


def _with_date(cell: list[Piece], date: Piece, form: str, mark: str) -> list[list[Piece]]:
    return {
        "plain": [[*cell, Piece(mark), date]],
        "brackets": [[*cell, Piece(" ("), date, Piece(")")]],
        "first": [[date, Piece(mark), *cell]],
        "cell": [cell, [date]],
        "first_cell": [[date], cell],
    }[form]


def lay_out_publications(page: Page) -> list[Marked]:
    """Return the publications."""
    form = page.rng.choice(["authors", "title", "lines", "dated"])
    return [line for given in page.person.extras["publications"] for line in _publication(page, form, given)]


def _publication(page: Page, form: str, given: dict[str, str]) -> list[Marked]:
    rng = page.rng
    name, authors = Piece(given["name"], "name"), Piece(given["authors"], "note")
    venue, date = (
        Piece(given["venue"], "issuer", italic=rng.random() < 0.5),
        Piece(given["dates"], "dates"),
    )
    link = [Piece(" "), Piece(given["url"], "contact")] if given["url"] else []
    if form == "lines":
        below = [authors, Piece(", "), venue, Piece(", "), date, *link]
        return [
            Marked([[name]], "publications.entry", gap=True),
            Marked([below], "publications.more"),
        ]
    if form == "dated":
        cells = [[name], [date]] if rng.random() < 0.7 else [[name, Piece(", "), date]]
        where = [Piece(" ("), venue, Piece(")")] if rng.random() < 0.7 else []
        below = [Piece(given["doi"], "contact"), *where]
        rows = [[[authors]], [below]]
        return [
            Marked(cells, "publications.entry", gap=True),
            *(Marked(row, "publications.more") for row in rows),
        ]
    if form == "authors":
        start = [authors, Piece(rng.choice([" (", " "])), date, Piece("). ")]
        cell = [*start, name, Piece(". "), venue, Piece("."), *link]
    else:
        cell = [
            name,
            Piece(rng.choice([", ", ". ", " – "])),
            venue,
            Piece(", "),
            date,
            *link,
        ]
    return [
        Marked(
            [cell],
            "publications.entry",
            bullet=rng.random() < 0.4,
            gap=rng.random() < 0.4,
        )
    ]


def lay_out_other(page: Page) -> list[Marked]:
    """Return what the schema lacks."""
    rng = page.rng
    kind, entries = page.person.extras["other"]
    bullet = rng.random() < 0.4
    gaps = kind == "references"
    in_cells = rng.choice(["colon", "cells"]) == "cells" and kind == "details"
    lines = []
    for entry in entries:
        for index, text in enumerate(entry):
            label, found, value = text.partition(": ")
            parted = [[Piece(label, "text")], [Piece(value, "text")]]
            cells = parted if found and in_cells else [[Piece(text, "text")]]
            lines.append(
                Marked(
                    cells,
                    "other.line",
                    bullet=bullet and not index and not gaps,
                    gap=gaps and not index,
                )
            )
    return lines
