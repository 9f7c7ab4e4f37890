"""Layouts by the hundred: how a person's data are set on the page, drawn by chance from a grammar."""

from collections.abc import Callable
from functools import partial

from pipeline.resumes.training.heads import Head
from pipeline.resumes.training.listing_layouts import (
    lay_out_listing,
    lay_out_other,
    lay_out_projects,
    lay_out_publications,
)
from pipeline.resumes.training.marked import Marked, Piece
from pipeline.resumes.training.page import Page
from pipeline.resumes.training.post_layouts import lay_out_posts
from pipeline.resumes.training.skill_layouts import SkillForms, lay_out_languages
from pipeline.resumes.training.study_layouts import lay_out_studies

ASIDE = ("skills", "languages", "certificates", "education", "other", "awards")
DROPPED = {"summary": 0.35, "skills": 0.12, "education": 0.05, "work": 0.02}


class Layout:
    """The order of a page's sections, in one column or two."""

    def __init__(self, page: Page) -> None:
        self.page, self.style, self.rng = page, page.style, page.rng

    def lines(self) -> list[Marked]:
        """Return the whole page."""
        rng = self.rng
        sections = self._sections()
        order = self._order(list(sections))
        share = {"pdf": 0.25, "docx": 0.2, "latex": 0.2, "text": 0.22}.get(self.style.medium, 0.0)
        two_columns = rng.random() < share
        side = [name for name in order if name in ASIDE and rng.random() < 0.6]
        blocks = {name: self.section(name, sections[name]) for name in order}
        head = Head(self.page)
        above = head.lines()
        if two_columns and side:
            return self._in_columns(head, above, blocks, side)
        body = [line for name in order for line in blocks[name]]
        return above + body + (head.contact_section() if rng.random() < 0.06 else [])

    def _sections(self) -> dict[str, Callable[[], list[Marked]]]:
        person = self.page.person
        found: dict[str, Callable[[], list[Marked]]] = {
            "work": partial(lay_out_posts, self.page, person.jobs, "work"),
            "education": partial(lay_out_studies, self.page),
            "skills": lambda: SkillForms(self.page).lines(person.skills),
            "summary": self.summary,
        }
        writers: dict[str, Callable[[], list[Marked]]] = {
            "volunteer": lambda: lay_out_posts(self.page, person.extras["volunteer"], "volunteer"),
            "projects": partial(lay_out_projects, self.page),
            "certificates": partial(lay_out_listing, self.page, "certificates"),
            "awards": partial(lay_out_listing, self.page, "awards"),
            "publications": partial(lay_out_publications, self.page),
            "languages": partial(lay_out_languages, self.page),
            "other": partial(lay_out_other, self.page),
        }
        return found | {name: writers[name] for name in person.extras}

    def _order(self, names: list[str]) -> list[str]:
        """Return the sections that this page has, in its order: mostly a usual one."""
        rng = self.rng
        rng.shuffle(names)
        if rng.random() < 0.7:
            skills, education = rng.choice([1, 4]), rng.choice([1.5, 3.5])
            ranks = {
                "summary": 0,
                "skills": skills,
                "work": 2,
                "projects": 3,
                "education": education,
            }
            names.sort(key=lambda name: ranks.get(name, 5))
        return [name for name in names if rng.random() >= DROPPED.get(name, 0.0)]

    def _in_columns(
        self,
        head: Head,
        above: list[Marked],
        blocks: dict[str, list[Marked]],
        side: list[str],
    ) -> list[Marked]:
        rng = self.rng
        aside = [line for name in side for line in blocks[name]]
        main = [line for name, block in blocks.items() if name not in side for line in block]
        contact = head.contact_section() if rng.random() < 0.6 else []
        for line in (*aside, *contact):
            line.column = 1
        name_first = rng.random() < 0.5
        if rng.random() < 0.7:
            return (above + contact + aside if name_first else contact + aside + above) + main
        return above + main + contact + aside

    def section(self, name: str, write: Callable[[], list[Marked]]) -> list[Marked]:
        """Return a section with its heading, which may stand on its first line's left."""
        style = self.style
        lines = write()
        if not lines:
            return []
        lines[0].gap = lines[0].gap or self.rng.random() < 0.3
        if style.table and name in ("work", "education") and len(lines[0].cells) > 1:
            return lines
        if style.no_headings and not style.table:
            lines[0].gap = True
            return lines
        title = self.page.title(name)
        at = _second_part(lines) if name == "work" and self.rng.random() < 0.07 else 0
        if at:
            head = self.page.heading(title, name)
            return [head, *lines[:at], self.page.heading(self.page.title(name), name), *lines[at:]]
        if name == "summary" and self.rng.random() < 0.12:
            return lines
        return self._headed(name, title, lines)

    def _headed(self, name: str, title: str, lines: list[Marked]) -> list[Marked]:
        """Put the heading above a section, on the left of its first line, or in that line."""
        style, first = self.style, lines[0]
        inline = self.rng.random() < 0.04 and name in ("skills", "languages", "summary", "other") and len(title) < 30
        if first.heading or first.bullet or not (style.beside or style.table or inline):
            return [self.page.heading(title, name), *lines]
        head = Piece(title + (":" if inline else ""), "heading", bold=style.bold_heads)
        cells = [[head, Piece(" "), *first.cells[0]], *first.cells[1:]] if inline else [[head], *first.cells]
        lines[0] = Marked(cells, f"{name}.headed", gap=True, indent=0, column=first.column)
        for line in lines[1:]:
            line.indent += 0 if inline else 14
        return lines

    def summary(self) -> list[Marked]:
        """Return the summary."""
        paragraphs = self.page.person.summary
        if self.rng.random() < 0.12:
            return self.page.items(
                [part for text in paragraphs for part in text.split(". ")],
                "summary.item",
            )
        return [
            Marked([[Piece(text, "text")]], "summary.prose", gap=bool(index)) for index, text in enumerate(paragraphs)
        ]


def _second_part(lines: list[Marked]) -> int:
    """Return where a section may go on under another heading, 0 where it may not."""
    return next((index for index, line in enumerate(lines) if index > 2 and line.label == "work.entry"), 0)
