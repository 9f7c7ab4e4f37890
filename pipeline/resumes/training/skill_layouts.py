"""The forms in which resumes list skills and languages."""

from pipeline.resumes.training.heads import parted_by
from pipeline.resumes.training.marked import Marked, Piece
from pipeline.resumes.training.page import Page
from pipeline.resumes.training.tables import skill_table

FORMS = {
    "labelled": 30, "labels_cells": 10, "one_list": 14, "bullets": 12, "label_lines": 8, "words": 5, "grid": 5,
    "columns": 3, "prose": 4, "labelled_bullets": 8, "one_a_line": 6, "nested": 3,
    "table": 3,
}  # fmt: skip
Group = tuple[str, list[str]]


class SkillForms:
    """The form of one resume's skills."""

    def __init__(self, page: Page) -> None:
        self.page, self.rng = page, page.rng
        self.separator = self.rng.choices([", ", "; ", " | ", " • ", " · ", " / ", " – "], [60, 6, 8, 8, 5, 6, 2])[0]
        self.bold = self.rng.random() < 0.5
        self.levels = self.rng.random() < 0.05

    def lines(self, groups: list[Group]) -> list[Marked]:
        """Return all skills in one form."""
        form = self.rng.choices(list(FORMS), list(FORMS.values()))[0]
        everything = [item for _, items in groups for item in items]
        if form in ("labelled", "labelled_bullets", "labels_cells"):
            return self._labelled(groups, form)
        if form in ("label_lines", "nested"):
            return self._announced(groups, form)
        if form in ("bullets", "one_a_line"):
            indent = self.page.style.indent
            return [
                Marked(
                    [[_skill(one)]],
                    "skills.line",
                    bullet=form == "bullets",
                    indent=indent,
                )
                for one in everything
            ]
        if form in ("grid", "columns"):
            width = self.rng.choice([2, 3, 4])
            rows = [everything[start : start + width] for start in range(0, len(everything), width)]
            return [
                Marked(
                    [[_skill(one)] for one in row],
                    "skills.line",
                    bullet=form == "columns",
                )
                for row in rows
            ]
        if form == "table":
            return skill_table(self.page, everything)
        if form == "prose":
            return [self._told(items) for _, items in groups]
        if form == "words":
            self.separator = " "
        return [Marked([self._listing(everything)], "skills.line")]

    def _listing(self, items: list[str]) -> list[Piece]:
        """Return skills side by side."""
        pieces: list[Piece] = []
        slash = self.separator == ", " and self.rng.random() < 0.08
        for index, item in enumerate(items):
            if index:
                pieces.append(Piece(" / " if slash and index == len(items) - 1 else self.separator))
            pieces.append(_skill(item))
            if self.levels:
                level = self.rng.choice(["5 years", "3", "advanced", "basic", "2 yrs", "expert"])
                pieces.append(Piece(f" ({level})", "+skill"))
        return pieces

    def _labelled(self, groups: list[Group], form: str) -> list[Marked]:
        """Return a line a group, its label first."""
        mark = self.rng.choice([": ", ": ", ": ", ":  ", " – ", " - ", " : ", ":\t"])
        bullet = form == "labelled_bullets"
        lines = []
        for label, items in groups:
            name = Piece(label, "label", bold=self.bold)
            listing = self._listing(items)
            if form == "labels_cells":
                cells = [[name, Piece(":" if mark == ": " else "")], listing]
            elif mark == ":\t":
                cells = [[name, Piece(":")], listing]
            else:
                cells = [[name, Piece(mark), *listing]]
            lines.append(
                Marked(
                    cells,
                    "skills.line",
                    bullet=bullet,
                    indent=self.page.style.indent if bullet else 0,
                )
            )
        return lines

    def _announced(self, groups: list[Group], form: str) -> list[Marked]:
        """Return labels on lines of their own, the skills below."""
        rng, style = self.rng, self.page.style
        nested = form == "nested"
        lines = []
        for label, items in groups:
            level = style.level + 1 if style.level and not nested and rng.random() < 0.6 else 0
            cells = [[Piece(label, "label", bold=self.bold), Piece(rng.choice(["", ":"]))]]
            lines.append(Marked(cells, "skills.label", heading=level, bullet=nested))
            if rng.random() < 0.5 and not nested:
                lines.append(Marked([self._listing(items)], "skills.line"))
            else:
                lines += [
                    Marked(
                        [[_skill(item)]],
                        "skills.line",
                        bullet=True,
                        level=int(nested),
                        indent=2,
                    )
                    for item in items
                ]
        return lines

    def _told(self, items: list[str]) -> Marked:
        """Return skills told as a sentence."""
        leads = [
            "Proficient in ",
            "Experience with ",
            "Good knowledge of ",
            "Familiar with ",
            "I work with ",
        ]
        pieces = [Piece(self.rng.choice(leads), "lead")]
        for index, item in enumerate(items):
            if index:
                pieces.append(Piece(" and " if index == len(items) - 1 else ", "))
            pieces.append(_skill(item))
        return Marked([[*pieces, Piece(".")]], "skills.line", bullet=self.rng.random() < 0.2)


def _skill(text: str) -> Piece:
    return Piece(text, "skill")


def lay_out_languages(page: Page) -> list[Marked]:
    """Return the languages spoken."""
    rng = page.rng
    given = page.person.extras["languages"]
    form = rng.choice(["brackets", "colon", "cells", "dash", "bare"])
    dash = rng.choice([" – ", " - ", ", ", " "])

    def pieces(name: str, level: str) -> list[Piece]:
        colon = rng.choice([": ", " : "])
        before, after = {
            "brackets": (" (", ")"),
            "colon": (colon, ""),
            "dash": (dash, ""),
        }.get(form, ("", ""))
        tail = [Piece(before), Piece(level, "level"), Piece(after)] if form != "bare" else []
        return [Piece(name, "language"), *tail]

    if form == "cells":
        return [Marked([[Piece(name, "language")], [Piece(level, "level")]], "languages.line") for name, level in given]
    if rng.random() < 0.5:
        bullet = rng.random() < 0.4
        indent = page.style.indent if bullet else 0
        return [Marked([pieces(*one)], "languages.line", bullet=bullet, indent=indent) for one in given]
    commas = [] if dash == ", " and form == "dash" else [", ", ", "]
    separator = rng.choice([*commas, "; ", " | ", " • ", " / "])
    if form == "bare" and rng.random() < 0.1:
        separator = " "
    return [Marked([parted_by(separator, [pieces(*one) for one in given])], "languages.line")]
