"""Layouts by the hundred: how a person's data are set on the page, drawn by chance from a grammar."""

from collections.abc import Callable
from functools import partial

from pipeline.resumes.training.content import Person, headings, languages, unusual
from pipeline.resumes.training.heads import Head
from pipeline.resumes.training.listing_layouts import (
    lay_out_listing,
    lay_out_other,
    lay_out_projects,
    lay_out_publications,
)
from pipeline.resumes.training.marked import Marked, Piece
from pipeline.resumes.training.post_layouts import lay_out_posts
from pipeline.resumes.training.skill_layouts import SkillForms, lay_out_languages
from pipeline.resumes.training.study_layouts import lay_out_studies
from pipeline.resumes.training.style import GLYPHS, LOST, Style, spaced

SCRIPTS = {"ru": "ru", "zh": "zh", "ar": "ar"}
ASIDE = ("skills", "languages", "certificates", "education", "other", "awards")
DROPPED = {"summary": 0.35, "skills": 0.12, "education": 0.05, "work": 0.02}


class Page:
    """One person's data on one page."""

    def __init__(self, person: Person, style: Style) -> None:
        self.person, self.style, self.rng = person, style, style.rng
        self.words = languages()[person.language]
        self.glyph = self.rng.choice(GLYPHS if style.bullet == "glyph" else ["-", "-", "*", "–"])
        self.lost = self.rng.choice(LOST)
        self.number = 0

    def lines(self) -> list[Marked]:
        """Return the whole page."""
        rng = self.rng
        sections = self._sections()
        order = self._order(list(sections))
        share = {"pdf": 0.25, "docx": 0.2, "latex": 0.2, "text": 0.1}.get(self.style.medium, 0.0)
        two_columns = rng.random() < share
        side = [name for name in order if name in ASIDE and rng.random() < 0.6]
        blocks = {name: self.section(name, sections[name]) for name in order}
        head = Head(self)
        above = head.lines()
        if two_columns and side:
            return self._in_columns(head, above, blocks, side)
        body = [line for name in order for line in blocks[name]]
        return above + body + (head.contact_section() if rng.random() < 0.06 else [])

    def _sections(self) -> dict[str, Callable[[], list[Marked]]]:
        person = self.person
        found: dict[str, Callable[[], list[Marked]]] = {
            "work": partial(lay_out_posts, self, person.jobs, "work"),
            "education": partial(lay_out_studies, self),
            "skills": lambda: SkillForms(self).lines(person.skills),
            "summary": self.summary,
        }
        writers: dict[str, Callable[[], list[Marked]]] = {
            "volunteer": lambda: lay_out_posts(self, person.extras["volunteer"], "volunteer"),
            "projects": partial(lay_out_projects, self),
            "certificates": partial(lay_out_listing, self, "certificates"),
            "awards": partial(lay_out_listing, self, "awards"),
            "publications": partial(lay_out_publications, self),
            "languages": partial(lay_out_languages, self),
            "other": partial(lay_out_other, self),
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
        title = self.title(name)
        if name == "work" and self.rng.random() < 0.07:
            at = next(
                (index for index, line in enumerate(lines) if index > 2 and line.label == "work.entry"),
                None,
            )
            if at:
                return [
                    self.heading(title, name),
                    *lines[:at],
                    self.heading(self.title(name), name),
                    *lines[at:],
                ]
        if name == "summary" and self.rng.random() < 0.12:
            return lines
        return self._headed(name, title, lines)

    def _headed(self, name: str, title: str, lines: list[Marked]) -> list[Marked]:
        """Put the heading above a section, on the left of its first line, or in that line."""
        style, first = self.style, lines[0]
        inline = self.rng.random() < 0.04 and name in ("skills", "languages", "summary", "other") and len(title) < 30
        if first.heading or first.bullet or not (style.beside or style.table or inline):
            return [self.heading(title, name), *lines]
        head = Piece(title + (":" if inline else ""), "heading", bold=style.bold_heads)
        cells = [[head, Piece(" "), *first.cells[0]], *first.cells[1:]] if inline else [[head], *first.cells]
        lines[0] = Marked(cells, f"{name}.headed", gap=True, indent=0, column=first.column)
        for line in lines[1:]:
            line.indent += 0 if inline else 14
        return lines

    def title(self, name: str) -> str:
        """Return a heading's words: the language's own, English ones, or unusual ones."""
        rng = self.rng
        script = SCRIPTS.get(self.person.language, "latin")
        is_english = self.person.language == "en"
        options = headings(name, script) or headings(name, "latin")
        if is_english and rng.random() < 0.55:
            options = options[:30]
        text = rng.choice(options)
        if rng.random() < 0.12 and is_english:
            text = rng.choice(unusual("unusual", name) or [text])
        if name == "other":
            titles = unusual("others", self.person.extras["other"][0])
            text = rng.choice(titles) if titles and is_english else text
        if rng.random() < 0.07 and script == "latin":
            other = rng.choice(["skills", "education", "certificates", "languages", "other", "awards"])
            text = f"{text} {rng.choice(['&', 'and', '/', '+'])} {rng.choice(headings(other, 'latin')[:20])}"
        if rng.random() < 0.03:
            text = f"{rng.choice(['1.', 'II.', 'A.', '2', '3)'])} {text}"
        return {
            "upper": text.upper(),
            "title": text.title(),
            "sentence": text[:1].upper() + text[1:],
            "lower": text,
            "spaced": spaced(text.upper()),
        }[self.style.case]

    def heading(self, text: str, name: str) -> Marked:
        """Return a heading's line."""
        style = self.style
        if style.heading_mark == ":":
            text += ":"
        elif style.heading_mark == "deco" and style.medium in ("text", "docx"):
            text = self.rng.choice(["=== {} ===", "--- {} ---", "*** {} ***", "[ {} ]", "## {}", "<{}>"]).format(text)
        elif style.heading_mark == "glyph":
            text = f"{self.rng.choice(['▪', '■', '➢', '🎓', '★', '|', '»', '💼'])} {text}"
        return Marked(
            [[Piece(text, "heading", bold=style.bold_heads)]],
            f"{name}.heading",
            heading=style.level,
            gap=self.rng.random() < 0.85,
            size=style.head_size,
            underlined=style.heading_mark == "rule",
        )

    def summary(self) -> list[Marked]:
        """Return the summary."""
        paragraphs = self.person.summary
        if self.rng.random() < 0.12:
            return self.items(
                [part for text in paragraphs for part in text.split(". ")],
                "summary.item",
            )
        return [
            Marked([[Piece(text, "text")]], "summary.prose", gap=bool(index)) for index, text in enumerate(paragraphs)
        ]

    def items(self, texts: list[str], label: str, level: int = 0) -> list[Marked]:
        """Return list items in the style's form."""
        bullet, indent = self.style.bullet != "none", self.style.indent + 2 * level
        return [
            Marked(
                [[Piece(text, "text")]],
                label,
                bullet=bullet,
                level=level,
                indent=indent,
            )
            for text in texts
        ]

    def mark(self) -> str:
        """Return what stands before a list item; nothing where Word or Markdown draws it."""
        self.number += 1
        kind = self.style.bullet
        if kind in ("glyph", "dash"):
            return self.glyph
        if kind == "lost":
            return self.lost
        return f"{self.number % 9 + 1}." if kind == "number" else ""


def _second_part(lines: list[Marked]) -> int:
    """Return where a section may go on under another heading, 0 where it may not."""
    return next((index for index, line in enumerate(lines) if index > 2 and line.label == "work.entry"), 0)
