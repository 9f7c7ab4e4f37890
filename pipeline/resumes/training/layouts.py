"""Layouts by the hundred: how a person's data are set on the page, drawn by chance from a grammar."""

import random
from dataclasses import dataclass, field
from typing import Any

from pipeline.resumes.training.content import Job, Person, Study, headings, languages, listed
from pipeline.resumes.training.marked import Marked, Piece

GLYPHS = "• - * – ● ▪ ◦ ○ · ➢ ✓ ▸ ■ o — » →".split(" ")
LOST = ["(cid:123)", "?", "\uf0b7", "\uf0a7", "§", "Ø", "v", "¢", "(cid:127)", "·"]
BETWEEN = [
    ", ",
    " | ",
    " - ",
    " – ",
    " — ",
    " / ",
    " · ",
    ": ",
    "; ",
    " • ",
    " @ ",
    ",  ",
    " -- ",
    " ∙ ",
    "  ",
    " : ",
    "| ",
]
SCRIPTS = {"ru": "ru", "zh": "zh", "ar": "ar"}


@dataclass
class Style:
    """All that one layout decides once."""

    rng: random.Random
    medium: str
    language: str
    case: str
    bold_heads: bool
    head_size: float
    heading_mark: str
    beside: bool
    no_headings: bool
    table: bool  # of two columns: what it is on the left, all else on the right
    bullet: str
    indent: int
    sections: list[str] = field(default_factory=list)


def draw_style(rng: random.Random, language: str) -> Style:
    """Draw a layout."""
    medium = rng.choices(["docx", "pdf", "text", "markdown", "latex"], [30, 34, 18, 11, 7])[0]
    return Style(
        rng=rng,
        medium=medium,
        language=language,
        case=rng.choices(["upper", "title", "sentence", "spaced", "lower"], [40, 30, 22, 5, 3])[0],
        bold_heads=rng.random() < 0.6,
        head_size=rng.choice([1.0, 1.0, 1.1, 1.2, 1.3, 1.5]),
        heading_mark=rng.choices(["", ":", "rule", "deco", "glyph"], [72, 10, 8, 6, 4])[0],
        beside=medium in ("pdf", "docx", "text", "latex") and rng.random() < 0.08,
        no_headings=rng.random() < 0.08,
        table=medium in ("docx", "pdf") and rng.random() < 0.05,
        bullet=rng.choices(["glyph", "dash", "list", "none", "lost", "number"], [40, 14, 20, 14, 8, 4])[0]
        if medium != "markdown"
        else rng.choice(["list", "list", "list", "none"]),
        indent=rng.choice([0, 0, 2, 4]),
    )


def lay_out(person: Person, style: Style) -> list[Marked]:
    """Return the lines of a resume, top to bottom."""
    return Page(person, style).lines()


class Page:
    def __init__(self, person: Person, style: Style) -> None:
        self.person, self.style, self.rng = person, style, style.rng
        self.words = languages()[person.language]
        self.glyph = self.rng.choice(GLYPHS if style.bullet == "glyph" else ["-", "-", "*", "–"])
        self.lost = self.rng.choice(LOST)
        self.number = 0
        self.used: set[str] = set()

    def lines(self) -> list[Marked]:
        """Return the whole page."""
        rng, person = self.rng, self.person
        sections = {"work": self.work, "education": self.education, "skills": self.skills, "summary": self.summary}
        sections |= {name: getattr(self, name) for name in person.extras}
        order = list(sections)
        rng.shuffle(order)
        if rng.random() < 0.7:
            ranks = {
                "summary": 0,
                "skills": rng.choice([1, 4]),
                "work": 2,
                "projects": 3,
                "education": rng.choice([1.5, 3.5]),
            }
            order.sort(key=lambda name: ranks.get(name, 5))
        drop = {"summary": 0.35, "skills": 0.12, "education": 0.05, "work": 0.02}
        order = [name for name in order if rng.random() >= drop.get(name, 0.0)]
        self.style.sections = order
        two_columns = self.style.medium in ("pdf", "docx", "latex") and rng.random() < 0.2
        side = [
            name
            for name in order
            if name in ("skills", "languages", "certificates", "education", "other", "awards") and rng.random() < 0.6
        ]
        blocks = {name: self.section(name, sections[name]) for name in order}
        head = self.head()
        if two_columns and side:
            for name in side:
                for line in blocks[name]:
                    line.column = 1
            aside = [line for name in side for line in blocks[name]]
            main = [line for name in order if name not in side for line in blocks[name]]
            contact = self.contact_section() if rng.random() < 0.6 else []
            for line in contact:
                line.column = 1
            name_first = rng.random() < 0.5
            if rng.random() < 0.7:
                return (head + contact + aside if name_first else contact + aside + head) + main
            return head + main + contact + aside
        body = [line for name in order for line in blocks[name]]
        if rng.random() < 0.06:
            return head + body + self.contact_section()
        return head + body

    # sections

    def section(self, name: str, write: object) -> list[Marked]:
        """Return a section with its heading, which may stand on its first line's left."""
        lines: list[Marked] = write()  # type: ignore[operator]
        if not lines:
            return []
        lines[0].gap = lines[0].gap or self.rng.random() < 0.3
        if self.style.table and name in ("work", "education") and len(lines[0].cells) > 1:
            return lines
        if self.style.no_headings and not self.style.table:
            lines[0].gap = True
            return lines
        title = self.title(name)
        if name == "work" and self.rng.random() < 0.07:
            at = next((index for index, line in enumerate(lines) if index > 2 and line.label == "work.entry"), None)
            if at:
                return [self.heading(title, name), *lines[:at], self.heading(self.title(name), name), *lines[at:]]
        if name == "summary" and self.rng.random() < 0.12:
            return lines
        plain = not lines[0].heading
        inline = self.rng.random() < 0.04 and name in ("skills", "languages", "summary", "other") and len(title) < 30
        if (self.style.beside or self.style.table or inline) and plain and not lines[0].bullet:
            first = lines[0]
            head = [Piece(title + (":" if inline else ""), "heading", bold=self.style.bold_heads)]
            cells = [[*head, Piece(" "), *first.cells[0]], *first.cells[1:]] if inline else [head, *first.cells]
            lines[0] = Marked(cells, f"{name}.headed", gap=True, indent=0, column=first.column)
            if not inline:
                for line in lines[1:]:
                    line.indent += 14
            return lines
        return [self.heading(title, name), *lines]

    def title(self, name: str) -> str:
        """Return a heading's words: the language's own, English ones, or unusual ones."""
        rng = self.rng
        script = SCRIPTS.get(self.person.language, "latin")
        options = headings(name, script) or headings(name, "latin")
        if self.person.language == "en" and rng.random() < 0.55:
            options = [wording for wording in options[:30]]
        text = rng.choice(options)
        if rng.random() < 0.12 and self.person.language == "en":
            text = rng.choice(UNUSUAL.get(name, [text]))
        if name == "other":
            titles = OTHERS[self.person.extras["other"][0]]
            text = rng.choice(titles) if titles and self.person.language == "en" else text
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
        level = 0
        if style.medium == "markdown":
            level = 2 if "md_level" in self.used else 1
        elif style.medium == "latex" or (style.medium == "docx" and "word_style" in self.used):
            level = 1
        return Marked(
            [[Piece(text, "heading", bold=style.bold_heads)]],
            f"{name}.heading",
            heading=1 if level else 0,
            gap=self.rng.random() < 0.85,
            size=style.head_size,
            underlined=style.heading_mark == "rule",
        )

    def head(self) -> list[Marked]:
        """Return the lines above the first section."""
        rng, person = self.rng, self.person
        if rng.random() < 0.5:
            self.used.add("word_style")
        if rng.random() < 0.5:
            self.used.add("md_level")
        name = person.name
        name = (
            name.upper()
            if rng.random() < 0.25
            else spaced(name.upper())
            if rng.random() < 0.04 and person.language not in ("zh", "ar")
            else name
        )
        name_piece = Piece(name, "person", bold=rng.random() < 0.6)
        headline = (
            person.headline.upper()
            if rng.random() < 0.2
            else spaced(person.headline.upper())
            if rng.random() < 0.03
            else person.headline
        )
        head_piece = Piece(headline, "headline", italic=rng.random() < 0.1)
        size = rng.choice([1.0, 1.0, 1.4, 1.8, 2.2, 2.6])
        lines: list[Marked] = []
        if rng.random() < 0.1:
            document = rng.choice(listed(self.words["document"]))
            lines.append(
                Marked([[Piece(document, "-", bold=True)]], "head.contact", gap=True, size=rng.choice([1.0, 1.5, 2.0]))
            )
        if rng.random() < 0.08 and self.style.medium != "markdown":
            title = self.title("contact") if rng.random() < 0.4 else rng.choice(PERSONAL)
            title = title.upper() if self.style.case == "upper" else title
            lines.append(self.heading(title, "contact"))
        contacts = self.contacts()
        has_headline = rng.random() < 0.62
        form = rng.random() if not self.style.table else 0.85
        heading = int(self.style.medium == "markdown" and rng.random() < 0.85)
        if form < 0.72:
            given, _, family = name.partition(" ")
            if family and rng.random() < 0.04 and not heading:
                lines.append(Marked([[Piece(given, "person")]], "head.name", gap=True, size=size))
                name_piece.text = family
            greeting = [Piece(rng.choice(["Hi, I'm ", "Hi 👋, I'm ", "Hello, I am "]))] if rng.random() < 0.01 else []
            lines.append(Marked([[*greeting, name_piece]], "head.name", gap=not family, size=size, heading=heading))
            if has_headline:
                quoted = Marked([[head_piece]], "head.headline", size=rng.choice([1.0, 1.0, 1.2, 1.4]))
                lines.append(quoted)
        elif form < 0.8 and has_headline:
            separator = rng.choice([" | ", ", ", " – ", " - ", " · ", " — "])
            lines.append(
                Marked([[name_piece, Piece(separator), head_piece]], "head.name", gap=True, size=size, heading=heading)
            )
        elif form < 0.88 and self.style.medium != "markdown":
            label = Piece(f"{rng.choice(listed(self.words['label_name']))}", "label")
            separate = rng.random() < 0.5 or self.style.table
            label.text += ":" if not separate or rng.random() < 0.4 else ""
            cells = [[label], [name_piece]] if separate else [[label, Piece(" "), name_piece]]
            lines.append(Marked(cells, "head.name", gap=True))
            if has_headline:
                lines.append(Marked([[head_piece]], "head.headline"))
        else:
            rights = [self.one_contact(contact) for contact in contacts[:3]]
            contacts = contacts[3:]
            lefts = [[name_piece], *([[head_piece]] if has_headline else [])]
            for index in range(max(len(rights), len(lefts))):
                cells = ([lefts[index]] if index < len(lefts) else []) + (
                    [rights[index]] if index < len(rights) else []
                )
                label = "head.name" if not index else "head.headline" if index < len(lefts) else "head.contact"
                lines.append(
                    Marked(
                        cells,
                        label,
                        gap=not index,
                        size=size if not index else 1.0,
                        indent=0 if index < len(lefts) else 40,
                    )
                )
        place = self.contact_lines(contacts)
        if self.style.table and place and len(place[0].cells) == 1:
            first = place[0]
            place[0] = Marked([[Piece(self.title("contact"), "label")], *first.cells], "head.contact", gap=True)
        return lines[:-1] + place + lines[-1:] if rng.random() < 0.02 else lines + place

    def contacts(self) -> list[tuple[str, str]]:
        """Return what the head says of how to reach the person: (kind, text)."""
        rng, person = self.rng, self.person
        found = [("email", person.email), ("phone", person.phone), ("place_home", person.place)]
        found = [one for one in found if rng.random() < 0.88]
        found += [("link", link) for link in person.links]
        rng.shuffle(found)
        return found + [("fact", fact) for fact in person.facts]

    def one_contact(self, contact: tuple[str, str], labelled: bool | None = None) -> list[Piece]:
        """Return one way to reach the person, with or without its label."""
        rng = self.rng
        kind, text = contact
        tag = {"place_home": "place", "fact": "note"}.get(kind, "contact")
        labelled = rng.random() < 0.25 if labelled is None else labelled
        if not labelled or kind == "fact":
            return [Piece(text, tag)]
        if kind == "link":
            label = (
                "LinkedIn"
                if "linkedin" in text
                else "GitHub"
                if "github" in text
                else rng.choice(["Website", "Web", "Portfolio", "URL"])
            )
        else:
            label = rng.choice(listed(self.words[f"label_{kind}"]))
        return [Piece(f"{label}{rng.choice([':', ':', ' :'])}", "label"), Piece(" "), Piece(text, tag)]

    def contact_lines(self, contacts: list[tuple[str, str]]) -> list[Marked]:
        """Return contact data on one line or several."""
        rng = self.rng
        labelled = rng.random() < 0.35
        pieces = [self.one_contact(contact, labelled) for contact in contacts]
        form = rng.random()
        table = form < 0.25 and labelled and len(pieces) > 2
        lines = []
        if table:
            for cell in pieces:
                parted = [[cell[0]], cell[2:]] if len(cell) > 2 else [cell]
                lines.append(Marked(parted, "head.contact"))
        elif form < 0.5:
            bullet = rng.random() < 0.07
            lines = [Marked([cell], "head.contact", bullet=bullet) for cell in pieces]
        else:
            separator = rng.choice([" | ", " • ", "   ", ", ", " · ", " – ", "  ", " / ", "\t", " ⋄ "])
            most = rng.choice([2, 3, 5, 9])
            for start in range(0, len(pieces), most):
                group = pieces[start : start + most]
                if separator == "\t":
                    lines.append(Marked(group, "head.contact"))
                else:
                    cell = [
                        piece
                        for index, one in enumerate(group)
                        for piece in ([Piece(separator)] if index else []) + one
                    ]
                    lines.append(Marked([cell], "head.contact"))
        for line in lines[1:]:
            line.gap = rng.random() < 0.05
        return lines

    def contact_section(self) -> list[Marked]:
        """Return a section of contact data with its heading."""
        lines = self.contact_lines(self.contacts())
        return [self.heading(self.title("contact"), "contact"), *lines] if lines else []

    def summary(self) -> list[Marked]:
        """Return the summary."""
        paragraphs = self.person.summary
        if self.rng.random() < 0.12:
            return self.items([part for text in paragraphs for part in text.split(". ")], "summary.item")
        return [
            Marked([[Piece(text, "text")]], "summary.prose", gap=bool(index)) for index, text in enumerate(paragraphs)
        ]

    def work(self) -> list[Marked]:
        """Return the jobs."""
        return self.posts(self.person.jobs, "work")

    def volunteer(self) -> list[Marked]:
        """Return the voluntary posts."""
        return self.posts(self.person.extras["volunteer"], "volunteer")

    def posts(self, groups: list[list[Job]], section: str) -> list[Marked]:
        """Return posts, employer by employer."""
        rng = self.rng
        template = _Template(rng, self.style, self.words)
        grouped = rng.random() < 0.8
        body = _Body(self, section)
        lines: list[Marked] = []
        parted = rng.randrange(1, len(groups)) if len(groups) > 1 and rng.random() < 0.04 else 0
        for index, group in enumerate(groups):
            gap = index > 0 and template.gaps
            if parted and index == parted:
                head = self.heading(rng.choice(SUBHEADS), section)
                head.heading = 2 if head.heading else 0
                lines.append(head)
            if len(group) > 1 and grouped:
                lines += template.group(group[0], section, gap)
                for number, job in enumerate(group):
                    lines += template.position(job, section, first=not number)
                    lines += body.of(job)
            else:
                for number, job in enumerate(group):
                    lines += template.entry(job, section, gap or (number > 0 and template.gaps))
                    lines += body.of(job)
        return lines

    def education(self) -> list[Marked]:
        """Return the courses of study."""
        rng = self.rng
        template = _StudyTemplate(rng, self.style, self.words)
        lines: list[Marked] = template.columns()
        for index, study in enumerate(self.person.studies):
            lines += template.entry(study, index > 0)
            if study.items and template.has_items:
                lines += (
                    self.items(study.items, "education.item")
                    if rng.random() < 0.7
                    else [Marked([[Piece(text, "text")]], "education.prose") for text in study.items]
                )
        return lines

    def skills(self) -> list[Marked]:
        """Return the skills in one of many forms."""
        return _SkillForms(self).lines(self.person.skills)

    def languages(self) -> list[Marked]:
        """Return the languages spoken."""
        rng = self.rng
        given = self.person.extras["languages"]
        form = rng.choice(["brackets", "colon", "cells", "dash", "bare"])

        def pieces(name: str, level: str) -> list[Piece]:
            marks = {
                "brackets": (" (", ")"),
                "colon": (rng.choice([": ", " : "]), ""),
                "dash": (dash, ""),
                "bare": ("", ""),
            }
            before, after = marks[form]
            tail = [Piece(before), Piece(level, "level"), Piece(after)] if form != "bare" else []
            return [Piece(name, "language"), *tail]

        dash = rng.choice([" – ", " - ", ", ", " "])
        if form == "cells":
            return [
                Marked([[Piece(name, "language")], [Piece(level, "level")]], "languages.line") for name, level in given
            ]
        if rng.random() < 0.5:
            bullet = rng.random() < 0.4
            return [
                Marked([pieces(*one)], "languages.line", bullet=bullet, indent=self.style.indent if bullet else 0)
                for one in given
            ]
        separator = rng.choice(
            ["; ", " | ", " • ", " / "] if dash == ", " and form == "dash" else [", ", ", ", "; ", " | ", " • ", " / "]
        )
        if form == "bare" and rng.random() < 0.1:
            separator = " "
        cell = [
            piece for index, one in enumerate(given) for piece in ([Piece(separator)] if index else []) + pieces(*one)
        ]
        return [Marked([cell], "languages.line")]

    def projects(self) -> list[Marked]:
        """Return the projects."""
        rng = self.rng
        lines: list[Marked] = []
        form = rng.choice(["line", "line", "colon", "item", "heading", "labels"])
        dates_form = rng.choice(["cell", "brackets", "separator", "own"])
        bold = rng.random() < 0.6
        stacked = rng.random() < 0.15 and form in ("line", "heading")
        for index, project in enumerate(self.person.extras["projects"]):
            if form == "labels":
                lines += self.labelled_project(project, index)
                continue
            name = [Piece(project["name"], "name", bold=bold)]
            if project["url"] and rng.random() < 0.5:
                name += [Piece(rng.choice([" (", " | ", " – ", " "])), Piece(project["url"], "contact")]
            if project["role"]:
                name += [
                    Piece(rng.choice([", ", " – ", " | "])),
                    Piece(project["role"], "note", italic=rng.random() < 0.5),
                ]
            if stacked:
                name += [
                    Piece(rng.choice([" | ", " – ", ": "])),
                    Piece(", ".join(project["stack"]), "stack", italic=True),
                ]
            cells, more = [name], []
            if project["dates"] and dates_form == "cell":
                cells.append([Piece(project["dates"], "dates")])
            elif project["dates"] and dates_form == "own":
                more.append(Marked([[Piece(project["dates"], "dates")]], "projects.more"))
            elif project["dates"]:
                marks = (" (", ")") if dates_form == "brackets" else (rng.choice([" | ", ", ", " – "]), "")
                name += [Piece(marks[0]), Piece(project["dates"], "dates"), Piece(marks[1])]
            if form in ("colon", "item"):
                cells[-1 if len(cells) == 1 else 0] += [
                    Piece(rng.choice([": ", " – ", " - "])),
                    Piece(project["about"], "text"),
                ]
                bullet = form == "item" and self.style.bullet != "none"
                lines.append(Marked(cells, "projects.entry", bullet=bullet, gap=rng.random() < 0.2))
                continue
            level = 2 if form == "heading" and self.style.medium in ("markdown", "latex") else 0
            lines.append(Marked(cells, "projects.entry", gap=index > 0 and rng.random() < 0.7, heading=level))
            lines += more
            if rng.random() < 0.4:
                lines.append(Marked([[Piece(project["about"], "text")]], "projects.prose"))
            lines += self.items(project["items"], "projects.item")
        return lines

    def labelled_project(self, project: dict[str, Any], index: int) -> list[Marked]:
        """Return a project told line by line, each with its label."""
        rng = self.rng
        cells = self.style.case in ("upper", "spaced")
        number = f" #{index + 1}" if self.style.bold_heads else ""

        def line(label: str, text: str, tag: str, role: str) -> Marked:
            parts = (
                [[Piece(label, "label")], [Piece(": " if number else ""), Piece(text, tag)]]
                if cells
                else [[Piece(f"{label}:", "label"), Piece(f" {text}", tag)]]
            )
            return Marked(parts, f"projects.{role}", gap=role == "entry")

        lines = [
            line(f"Project{number}", project["name"], "name", "entry"),
            line("Client", project["client"], "note", "more"),
        ]
        if project["role"]:
            lines.append(line("Role", project["role"], "note", "more"))
        if project["dates"]:
            lines.append(line(rng.choice(["Duration", "Period"]), project["dates"], "dates", "more"))
        lines.append(
            line(rng.choice(["Environment", "Technologies", "Tools"]), ", ".join(project["stack"]), "note", "more")
        )
        lines.append(Marked([[Piece("Description: " + project["about"], "text")]], "projects.prose"))
        if project["items"]:
            lines.append(Marked([[Piece("Responsibilities:", "text")]], "projects.label"))
        return lines + self.items(project["items"], "projects.item")

    def certificates(self) -> list[Marked]:
        """Return the certificates."""
        return self.listing("certificates")

    def awards(self) -> list[Marked]:
        """Return the awards."""
        return self.listing("awards")

    def listing(self, section: str) -> list[Marked]:
        """Return a list of names with who gave them and when."""
        rng = self.rng
        form = rng.choice(["plain", "cell", "first", "first_cell", "brackets"])
        bullet = rng.random() < 0.5 and form not in ("cell", "first_cell")
        separator = rng.choice([", ", " – ", " - ", " | ", " — "])
        two_lines = rng.random() < 0.15 and form == "cell"
        lines = []
        for given in self.person.extras[section]:
            cell = [Piece(given["name"], "name")]
            more = []
            if given["issuer"] and two_lines:
                more = [Marked([[Piece(given["issuer"], "issuer")]], f"{section}.more")]
            elif given["issuer"]:
                cell += [Piece(separator), Piece(given["issuer"], "issuer")]
            date = [Piece(given["dates"], "dates")] if given["dates"] else []
            cells = [cell]
            if date and form == "plain":
                cell += [Piece(separator), *date]
            elif date and form == "brackets":
                cell += [Piece(" ("), *date, Piece(")")]
            elif date and form == "first":
                cells = [[*date, Piece(rng.choice([": ", " – ", " ", "  "])), *cell]]
            elif date:
                cells = [cell, date] if form == "cell" else [date, cell]
            lines.append(Marked(cells, f"{section}.entry", bullet=bullet, gap=rng.random() < 0.1))
            lines += more
        return lines

    def publications(self) -> list[Marked]:
        """Return the publications."""
        rng = self.rng
        form = rng.choice(["authors", "title", "lines", "dated"])
        lines = []
        for given in self.person.extras["publications"]:
            name, authors = Piece(given["name"], "name"), Piece(given["authors"], "note")
            venue, date = Piece(given["venue"], "issuer", italic=rng.random() < 0.5), Piece(given["dates"], "dates")
            link = [Piece(" "), Piece(given["url"], "contact")] if given["url"] else []
            if form == "authors":
                cells = [
                    [
                        authors,
                        Piece(rng.choice([" (", " "])),
                        date,
                        Piece("). "),
                        name,
                        Piece(". "),
                        venue,
                        Piece("."),
                        *link,
                    ]
                ]
            elif form == "title":
                cells = [[name, Piece(rng.choice([", ", ". ", " – "])), venue, Piece(", "), date, *link]]
            elif form == "dated":
                cell = rng.random() < 0.7
                lines.append(
                    Marked([[name], [date]] if cell else [[name, Piece(", "), date]], "publications.entry", gap=True)
                )
                lines.append(Marked([[authors]], "publications.more"))
                venue_piece = [Piece(" ("), venue, Piece(")")] if rng.random() < 0.7 else []
                lines.append(Marked([[Piece(given["doi"], "contact"), *venue_piece]], "publications.more"))
                continue
            else:
                lines.append(Marked([[name]], "publications.entry", gap=True))
                lines.append(Marked([[authors, Piece(", "), venue, Piece(", "), date, *link]], "publications.more"))
                continue
            lines.append(Marked(cells, "publications.entry", bullet=rng.random() < 0.4, gap=rng.random() < 0.4))
        return lines

    def other(self) -> list[Marked]:
        """Return what the schema lacks."""
        rng = self.rng
        kind, entries = self.person.extras["other"]
        bullet = rng.random() < 0.4
        gaps = kind == "references"
        labelled = rng.choice(["colon", "cells"])
        lines = []
        for entry in entries:
            for index, text in enumerate(entry):
                label, found, value = text.partition(": ")
                cells = [[Piece(text, "text")]]
                if found and kind == "details" and labelled == "cells":
                    cells = [[Piece(label, "text")], [Piece(value, "text")]]
                lines.append(
                    Marked(cells, "other.line", bullet=bullet and not index and not gaps, gap=gaps and not index)
                )
        return lines

    # pieces

    def items(self, texts: list[str], label: str, level: int = 0) -> list[Marked]:
        """Return list items in the style's form."""
        style = self.style
        return [
            Marked(
                [[Piece(text, "text")]],
                label,
                bullet=style.bullet != "none",
                level=level,
                indent=style.indent + 2 * level,
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


class _Body:
    """What stands under a post: list items, running text, tools."""

    def __init__(self, page: Page, section: str) -> None:
        rng = page.rng
        self.page, self.section, self.rng = page, section, rng
        self.form = rng.choices(["items", "prose", "both", "projects"], [66, 20, 10, 4])[0]
        self.announces = rng.choice(listed(page.words["label_tasks"])) if rng.random() < 0.1 else ""
        self.stack = rng.choice(listed(page.words["label_stack"])) if rng.random() < 0.18 else ""
        self.report = rng.choice(listed(page.words["label_reports"])) if rng.random() < 0.04 else ""
        self.bold = rng.random() < 0.4
        self.hours = rng.random() < 0.03
        self.cells = rng.random() < 0.15

    def of(self, job: Job) -> list[Marked]:
        """Return one post's body."""
        rng, page, section = self.rng, self.page, self.section
        lines: list[Marked] = []
        if self.report:
            lines.append(self.labelled(self.report, job.note or page.person.name, "prose"))
        if self.hours:
            text = f"{rng.choice([20, 38, 40])} hours per week{rng.choice(['', f'; Salary: ${rng.randint(30, 150)},000; Supervisor: {page.person.name}, {page.person.phone}'])}"
            lines.append(Marked([[Piece(text, "text")]], f"{section}.prose"))
        if self.form in ("prose", "both"):
            texts = job.prose if self.form == "prose" else job.prose[:1]
            lines += [Marked([[Piece(text, "text")]], f"{section}.prose", gap=rng.random() < 0.15) for text in texts]
        if self.form == "projects":
            lines.append(
                Marked([[Piece(f"Project: {job.about or job.stack[0]}", "text", bold=self.bold)]], f"{section}.prose")
            )
        if self.form != "prose":
            if self.announces and job.items:
                lines.append(
                    Marked(
                        [[Piece(f"{self.announces}{rng.choice([':', ':', ''])}", "text", bold=self.bold)]],
                        f"{section}.label",
                    )
                )
            for index, item in enumerate(job.items):
                nested = index and rng.random() < 0.06 and page.style.bullet not in ("none", "lost")
                lines += page.items([item], f"{section}.item", level=int(nested))
        if self.stack:
            lines.append(
                self.labelled(
                    self.stack, ", ".join(job.stack), "prose" if self.form == "prose" or rng.random() < 0.7 else "prose"
                )
            )
        return lines

    def labelled(self, label: str, text: str, role: str) -> Marked:
        """Return a line of a label and what it says."""
        if self.cells:
            return Marked([[Piece(label, "text", bold=self.bold)], [Piece(text, "text")]], f"{self.section}.{role}")
        return Marked(
            [[Piece(f"{label}:", "text", bold=self.bold), Piece(f" {text}", "text")]], f"{self.section}.{role}"
        )


class _Template:
    """How each post of one resume is headed."""

    def __init__(self, rng: random.Random, style: Style, words: dict[str, str]) -> None:
        self.rng, self.style, self.words = rng, style, words
        self.gaps = rng.random() < 0.75
        self.labelled = rng.random() < 0.04
        self.employer_first = rng.random() < 0.5
        self.dates = rng.choices(
            ["right", "own_below", "own_above", "first", "end", "second_right", "first_cell", "brackets", "second_end"],
            [26, 12, 8, 13, 12, 10, 9, 6, 4],
        )[0]
        self.between = rng.choices(["line", "separator", "at", "cell"], [42, 44, 6, 8])[0]
        self.separator = rng.choice(BETWEEN) if rng.random() < 0.6 else ", "
        if style.table:
            self.dates = "first_cell"
        if self.between == "separator" and self.separator == "  " and style.medium == "text":
            self.separator = " - "
        self.at = rng.choice(listed(words["at"]))
        self.place = rng.choices(
            ["no", "comma", "brackets", "cell", "own", "separator", "after_dates"], [24, 26, 14, 14, 8, 10, 4]
        )[0]
        self.note_form = rng.choice(["brackets", "comma", "own", "line"])
        self.bold = rng.choice(["first", "employer", "position", "none", "all", "line"])
        self.italic = rng.choice(["", "", "second", "position", "dates", "place"])
        self.caps = rng.choice(["", "", "", "", "employer", "position", "all"])
        self.as_item = rng.random() < (0.25 if style.medium == "markdown" else 0.03)
        self.level = (
            rng.choice([0, 2, 2, 3])
            if style.medium == "markdown"
            else 2
            if style.medium == "docx" and rng.random() < 0.08
            else 0
        )
        self.date_heads = rng.random() < (0.12 if self.level else 0.02)
        self.date_mark = rng.choice([": ", " ", "  ", ":  ", " – ", " | ", ", ", " - ", ". "])
        self.lead = rng.choice(["", "", "", "", "", "", "-- ", "@ ", "– ", "at "])
        self.number = rng.random() < 0.02
        self.told = rng.random() < 0.012
        self.lasted = rng.random() < 0.06
        self.names_second = rng.random() < 0.05
        self.address = rng.random() < 0.02
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
        if self.told and section == "work":
            lead = (
                self.rng.choice(["Working as ", "Worked as ", "Presently working as "])
                if self.count == 1
                else "Worked as "
            )
            pieces = [
                Piece(lead),
                Piece(job.position, "position"),
                Piece(self.rng.choice([" in ", " at ", " with "])),
                Piece(job.employer, "employer"),
                Piece(", "),
                Piece(job.place, "place"),
                Piece(" from "),
                Piece(job.dates, "dates"),
                Piece("."),
            ]
            return [Marked([pieces], f"{section}.entry", bullet=True)]
        if self.labelled:
            return self.with_labels(job, section, gap)
        employer, position = self.employer(job), self.position_cell(job)
        first, second = (employer, position) if self.employer_first else (position, employer)
        rows = self.rows(first, second, job)
        return self.finish(rows, section, gap, job)

    def employer(self, job: Job) -> list[Piece]:
        cell = [self.piece(job.employer, "employer", 0 if self.employer_first else 1)]
        if job.about and self.rng.random() < 0.5:
            cell += [Piece(self.rng.choice([" – ", ", ", " ("])), Piece(job.about, "note")]
        if self.place == "comma":
            cell += [Piece(self.rng.choice([", ", ", ", ",  ", " , "])), self.piece(job.place, "place", 2)]
        elif self.place == "brackets":
            cell += [Piece(" ("), self.piece(job.place, "place", 2), Piece(")")]
        elif self.place == "separator":
            cell += [Piece(self.separator), self.piece(job.place, "place", 2)]
        if job.url:
            cell += [Piece(self.rng.choice([" ", " | ", ", "])), Piece(job.url, "contact")]
        return cell

    def position_cell(self, job: Job) -> list[Piece]:
        cell = [self.piece(job.position, "position", 1 if self.employer_first else 0)]
        if job.note and self.note_form == "brackets":
            cell += [Piece(" ("), Piece(job.note, "note"), Piece(")")]
        elif job.note and self.note_form == "comma":
            cell += [Piece(self.rng.choice([", ", " – ", " | "])), Piece(job.note, "note")]
        return cell

    def rows(self, first: list[Piece], second: list[Piece], job: Job) -> list[list[list[Piece]]]:
        """Return the heading's rows of cells, without the date."""
        if self.between == "separator":
            rows = [[[*first, Piece(self.separator), *second]]]
        elif self.between == "at":
            middle = f" {self.at} " if not self.employer_first else self.separator
            rows = [[[*first, Piece(middle), *second]]]
        elif self.between == "cell":
            rows = [[first, second]]
        else:
            lead = [Piece(self.lead)] if self.lead else []
            if self.names_second:
                key = "label_position" if self.employer_first else "label_employer"
                lead = [Piece(f"{listed(self.words[key])[0]}:", "label"), Piece(" ")]
            rows = [[first], [[*lead, *second]]]
        place = self.piece(job.place, "place", 2)
        if self.place == "cell":
            rows[0 if self.employer_first or len(rows) == 1 else 1].append([place])
        elif self.place == "own":
            rows.append([[place]])
        if job.note and self.note_form == "line":
            rows.append([[Piece(job.note, "note", italic=True)]])
        return rows

    def finish(self, rows: list[list[list[Piece]]], section: str, gap: bool, job: Job, only: str = "") -> list[Marked]:
        """Set the date and turn the rows into lines."""
        dates = self.piece(job.dates, "dates", 3)
        form = only or self.dates
        lasted = (
            [
                Piece(" ("),
                Piece(
                    self.rng.choice(["2 years 9 months", "7 months", "1 year", "3 yrs 2 mos", "11 mos", "4 years"]),
                    "note",
                ),
                Piece(")"),
            ]
            if self.lasted
            else []
        )
        if self.address and not only:
            street = f"{self.rng.randint(1, 2000)} {job.place.split(',')[0]} {self.rng.choice(['Street', 'Road', 'Ave SW'])}, {job.place}"
            rows.append([[Piece(street, "place")]])
        above: list[Marked] = []
        if self.date_heads and not only:
            above = [Marked([[dates]], f"{section}.entry", gap=True, heading=self.level or 0)]
        elif form == "own_above":
            rows = [[[dates, *lasted]], *rows]
        elif form == "own_below":
            rows = [*rows, [[dates, *lasted]]]
        elif form in ("right", "second_right"):
            row = rows[min(1, len(rows) - 1) if form == "second_right" else 0]
            row.append([dates, *lasted])
        elif form == "first":
            rows[0][0] = [dates, Piece(self.date_mark), *rows[0][0]]
        elif form == "first_cell":
            rows[0].insert(0, [dates])
        elif form == "brackets":
            rows[0][-1] += [Piece(" ("), dates, Piece(")")]
        else:
            row = rows[min(1, len(rows) - 1) if form == "second_end" else 0]
            row[-1] += [Piece(self.separator if self.separator != " @ " else ", "), dates]
        if self.place == "after_dates":
            rows[-1][-1] += [Piece(self.rng.choice([", ", " | ", " – ", " · "])), self.piece(job.place, "place", 2)]
        if self.number and not only:
            rows[0][0] = [Piece(f"{self.count}. "), *rows[0][0]]
        indent = 14 if form == "first_cell" and self.style.medium in ("pdf", "docx") else 0
        lines = above
        for index, cells in enumerate(rows):
            first = not index and not above
            item = self.as_item and not index
            heading = self.level if first and not self.as_item else 0
            lines.append(
                Marked(
                    cells,
                    f"{section}.{'entry' if first else 'more'}",
                    gap=first and gap,
                    heading=heading,
                    bullet=item,
                    indent=indent if index else 0,
                    size=1.1 if self.bold == "line" and first else 1.0,
                )
            )
        return lines

    def with_labels(self, job: Job, section: str, gap: bool) -> list[Marked]:
        """Return a heading each of whose lines has its label."""
        fields = [("employer", job.employer), ("position", job.position), ("dates", job.dates), ("place", job.place)]
        if not self.employer_first:
            fields[0], fields[1] = fields[1], fields[0]
        if self.dates in ("first", "own_above", "first_cell"):
            fields.insert(0, fields.pop(2))
        if self.place == "no":
            fields = [one for one in fields if one[0] != "place"]
        return [
            Marked(
                [
                    [
                        Piece(f"{listed(self.words[f'label_{tag}'])[0]}:", "label", bold=self.bold == "all"),
                        Piece(" "),
                        Piece(text, tag),
                    ]
                ]
                if self.between != "cell"
                else [
                    [Piece(f"{listed(self.words[f'label_{tag}'])[0]}{':' if self.gaps else ''}", "label")],
                    [Piece(text, tag)],
                ],
                f"{section}.{'more' if index else 'entry'}",
                gap=gap and not index,
            )
            for index, (tag, text) in enumerate(fields)
        ]

    def group(self, job: Job, section: str, gap: bool) -> list[Marked]:
        """Return the line of an employer with several positions."""
        cells = [self.employer(job)]
        if self.place == "cell":
            cells.append([self.piece(job.place, "place", 2)])
        if self.rng.random() < 0.1:
            cells = [*cells, [Piece(self.rng.choice(["3 years 2 months", "2016 – Present", "5 yrs"]), "note")]]
        return [Marked(cells, f"{section}.entry", gap=gap, heading=self.level, bullet=self.as_item)]

    def position(self, job: Job, section: str, first: bool) -> list[Marked]:
        """Return the line of one position under its employer's."""
        form = {
            "right": "right",
            "second_right": "right",
            "first": "first",
            "first_cell": "first_cell",
            "own_below": "own_below",
            "own_above": "own_below",
            "brackets": "brackets",
        }.get(self.dates, "end")
        kept, self.place = self.place, "no"
        lines = self.finish([[self.position_cell(job)]], section, self.rng.random() < 0.2, job, only=form)
        self.place = kept
        for line in lines:
            line.heading = self.level + 1 if self.level and line is lines[0] else 0
            line.level = int(self.as_item)
        if first:
            lines[0].label = f"{section}.more"
        return lines


class _StudyTemplate:
    """How each course of study of one resume is set."""

    def __init__(self, rng: random.Random, style: Style, words: dict[str, str]) -> None:
        self.rng, self.style, self.words = rng, style, words
        self.table = rng.random() < 0.05 and style.medium in ("docx", "pdf", "latex")
        self.school_first = rng.random() < 0.5
        self.between = rng.choices(["line", "separator", "cell"], [46, 46, 8])[0]
        self.separator = rng.choice(BETWEEN)
        self.dates = rng.choices(
            ["right", "own_below", "first", "end", "first_cell", "brackets", "second_right", "own_above"],
            [28, 10, 14, 18, 10, 8, 8, 4],
        )[0]
        self.place = rng.choices(["no", "comma", "brackets", "cell", "separator", "own"], [50, 24, 8, 10, 8, 4])[0]
        if style.table:
            self.dates = "first_cell"
        self.degree_cell = rng.random() < 0.06
        self.score = rng.choice(["comma", "own", "cell", "brackets"])
        self.bold = rng.choice(["first", "institution", "degree", "none", "none"])
        self.italic = rng.choice(["", "", "second"])
        self.bullet = rng.random() < 0.12
        self.gaps = rng.random() < 0.6
        self.has_items = rng.random() < 0.6
        self.level = rng.choice([0, 2, 3]) if style.medium == "markdown" else 0
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
        return [Marked([[Piece(name, "label", bold=True)] for name in names], "education.columns", gap=True)]

    def entry(self, study: Study, gap: bool) -> list[Marked]:
        """Return one course of study."""
        degree = [
            Piece(
                study.degree, "degree", bold=self.bold == "degree" or (self.bold == "first" and not self.school_first)
            )
        ]
        if study.area:
            degree += [Piece(study.link), Piece(study.area, "area", bold=degree[0].bold)]
            degree += [Piece(")")] if study.link == " (" else []
        school = [
            Piece(
                study.institution.upper() if self.caps else study.institution,
                "institution",
                bold=self.bold == "institution" or (self.bold == "first" and self.school_first),
                italic=self.italic == "second" and not self.school_first,
            )
        ]
        if self.table:
            rows = [
                [
                    degree,
                    school,
                    [Piece(study.dates or "2001", "dates")],
                    *([[Piece(study.score, "score")]] if study.score else []),
                ]
            ]
            return [Marked(rows[0], "education.entry", gap=True)]
        if self.told and study.area:
            year = Piece(study.dates.split()[-1] if study.dates else "2009", "dates")
            tail = [Piece(" with "), Piece(f"{self.rng.randint(50, 98)}%", "score")] if self.rng.random() < 0.5 else []
            return [
                Marked(
                    [[*degree, Piece(" from "), *school, Piece(" in "), year, *tail, Piece(".")]],
                    "education.entry",
                    bullet=True,
                )
            ]
        if self.labelled:
            fields = [("degree", degree), ("institution", school), ("dates", [Piece(study.dates or "2001", "dates")])]
            return [
                Marked(
                    [[Piece(f"{listed(self.words[f'label_{tag}'])[0]}:", "label"), Piece(" "), *cell]],
                    f"education.{'more' if index else 'entry'}",
                    gap=gap and not index,
                )
                for index, (tag, cell) in enumerate(fields)
            ]
        if self.degree_cell and study.area and not self.school_first:
            school += [Piece(", "), Piece(study.area, "area")]
            degree = degree[:1]
        if self.place == "comma":
            school += [Piece(", "), Piece(study.place, "place")]
        elif self.place == "brackets":
            school += [Piece(" ("), Piece(study.place, "place"), Piece(")")]
        elif self.place == "separator":
            school += [Piece(self.separator), Piece(study.place, "place")]
        first, second = (school, degree) if self.school_first else (degree, school)
        rows = (
            [[[*first, Piece(self.separator), *second]]]
            if self.between == "separator" and not self.degree_cell
            else [[first, second]]
            if self.between == "cell" or self.degree_cell
            else [[first], [second]]
        )
        if self.place == "cell":
            rows[0].append([Piece(study.place, "place")])
        elif self.place == "own":
            rows.append([[Piece(study.place, "place")]])
        if self.faculty:
            rows.append(
                [
                    [
                        Piece(
                            f"{self.rng.choice(['College', 'School', 'Faculty', 'Department'])} of {study.area or 'Arts'}",
                            "note",
                        )
                    ]
                ]
            )
        self.date(rows, study)
        if study.score:
            score = Piece(study.score, "score")
            if self.score == "own":
                rows.append([[score]])
            elif self.score == "cell":
                rows[-1].append([score])
            elif self.score == "brackets":
                rows[-1][-1] += [Piece(" ("), score, Piece(")")]
            else:
                rows[-1][-1] += [Piece(self.rng.choice([", ", " | ", "; ", " – "])), score]
        indent = 14 if self.dates == "first_cell" and self.style.medium in ("pdf", "docx") else 0
        return [
            Marked(
                cells,
                f"education.{'more' if index else 'entry'}",
                gap=gap and not index and self.gaps,
                bullet=self.bullet and not index,
                heading=self.level if not index and not self.bullet else 0,
                indent=indent if index else self.style.indent if self.bullet else 0,
            )
            for index, cells in enumerate(rows)
        ]

    def date(self, rows: list[list[list[Piece]]], study: Study) -> None:
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
            rows[-1][-1] += [Piece(self.separator if self.separator.strip() != "@" else ", "), dates]


class _SkillForms:
    """The forms in which resumes list skills."""

    def __init__(self, page: Page) -> None:
        self.page, self.rng = page, page.rng
        self.separator = self.rng.choices([", ", "; ", " | ", " • ", " · ", " / ", " – "], [60, 6, 8, 8, 5, 6, 2])[0]
        self.bold = self.rng.random() < 0.5
        self.levels = self.rng.random() < 0.05

    def skill(self, text: str) -> Piece:
        return Piece(text, "skill")

    def listing(self, items: list[str]) -> list[Piece]:
        """Return skills side by side."""
        pieces: list[Piece] = []
        slash = self.separator == ", " and self.rng.random() < 0.08
        for index, item in enumerate(items):
            if index:
                pieces.append(Piece(" / " if slash and index == len(items) - 1 else self.separator))
            pieces.append(self.skill(item))
            if self.levels:
                pieces.append(
                    Piece(f" ({self.rng.choice(['5 years', '3', 'advanced', 'basic', '2 yrs', 'expert'])})", "+skill")
                )
        return pieces

    def lines(self, groups: list[tuple[str, list[str]]]) -> list[Marked]:
        """Return all skills in one form."""
        rng = self.rng
        form = rng.choices(
            [
                "labelled",
                "labels_cells",
                "one_list",
                "bullets",
                "label_lines",
                "words",
                "grid",
                "columns",
                "prose",
                "labelled_bullets",
                "one_a_line",
                "nested",
            ],
            [30, 10, 14, 12, 8, 5, 5, 3, 4, 8, 6, 3],
        )[0]
        everything = [item for _, items in groups for item in items]
        if form in ("labelled", "labelled_bullets", "labels_cells"):
            mark = rng.choice([": ", ": ", ": ", ":  ", " – ", " - ", " : ", ":\t"])
            lines = []
            for label, items in groups:
                name = Piece(label, "label", bold=self.bold)
                if form == "labels_cells":
                    cells = [[name, Piece(":" if mark == ": " else "")], self.listing(items)]
                elif mark == ":\t":
                    cells = [[name, Piece(":")], self.listing(items)]
                else:
                    cells = [[name, Piece(mark), *self.listing(items)]]
                lines.append(
                    Marked(
                        cells,
                        "skills.line",
                        bullet=form == "labelled_bullets",
                        indent=self.page.style.indent if form == "labelled_bullets" else 0,
                    )
                )
            return lines
        if form == "one_list":
            return [Marked([self.listing(everything)], "skills.line")]
        if form in ("bullets", "one_a_line"):
            return [
                Marked([[self.skill(item)]], "skills.line", bullet=form == "bullets", indent=self.page.style.indent)
                for item in everything
            ]
        if form in ("label_lines", "nested"):
            lines = []
            for label, items in groups:
                level = 2 if self.page.style.medium == "markdown" and form == "label_lines" else 0
                lines.append(
                    Marked(
                        [[Piece(label, "label", bold=self.bold), Piece(rng.choice(["", ":"]))]],
                        "skills.label",
                        heading=level,
                        bullet=form == "nested",
                    )
                )
                if rng.random() < 0.5 and form == "label_lines":
                    lines.append(Marked([self.listing(items)], "skills.line"))
                else:
                    lines += [
                        Marked([[self.skill(item)]], "skills.line", bullet=True, level=int(form == "nested"), indent=2)
                        for item in items
                    ]
            return lines
        if form == "words":
            self.separator = " "
            return [Marked([self.listing(everything)], "skills.line")]
        if form in ("grid", "columns"):
            width = rng.choice([2, 3, 4])
            return [
                Marked(
                    [[self.skill(item)] for item in everything[start : start + width]],
                    "skills.line",
                    bullet=form == "columns",
                )
                for start in range(0, len(everything), width)
            ]
        lines = []
        for _, items in groups:
            lead = rng.choice(
                ["Proficient in ", "Experience with ", "Good knowledge of ", "Familiar with ", "I work with "]
            )
            pieces = [Piece(lead, "lead")]
            for index, item in enumerate(items):
                pieces += [Piece(" and " if index == len(items) - 1 and index else ", ")] if index else []
                pieces.append(self.skill(item))
            lines.append(Marked([[*pieces, Piece(".")]], "skills.line", bullet=rng.random() < 0.2))
        return lines


def spaced(text: str) -> str:
    """Return letters set apart, words by three blanks."""
    return "   ".join(" ".join(word) for word in text.split())


PERSONAL = [
    "Personal details", "Personal Information", "Personal data", "Persönliche Daten", "Angaben zur Person", "Zur Person",
    "Datos personales", "Dati personali", "Dados pessoais", "Persoonlijke gegevens", "État civil", "Dane osobowe",
    "Informations personnelles", "Personuppgifter", "Informazioni personali", "Личные данные",
]  # fmt: skip
SUBHEADS = [
    "Internships",
    "Stages",
    "Earlier positions",
    "Full-time",
    "Freelance work",
    "Praktika",
    "Otros empleos",
    "Ausland",
    "In industry",
    "Part-time jobs",
    "Academia",
    "Military service",
]
OTHERS = {
    "interests": [],
    "references": ["References", "Referees", "REFERENCES", "Professional references"],
    "talks": ["Talks", "Invited Talks", "Presentations", "Selected talks", "Conferences", "Speaking"],
    "patents": ["Patents", "Patents and inventions", "Inventions"],
    "details": [
        "Personal Details",
        "Personal information",
        "Additional information",
        "Other data",
        "Personal Profile",
        "Other details",
        "Miscellaneous",
    ],
    "members": [
        "Memberships",
        "Affiliations",
        "Professional memberships",
        "Activities",
        "Links",
        "Coursework",
        "Service",
    ],
}
UNUSUAL = {
    "work": [
        "Other experience",
        "Further experience",
        "Work History",
        "Teaching experience",
        "Research",
        "Project experience",
        "What I have done",
        "Where I worked",
        "Positions held",
        "My journey",
        "Career so far",
        "Jobs",
        "Selected roles",
        "Work",
        "Roles",
        "Past roles",
        "Practice",
        "Recent roles",
        "Career path",
        "Engagements",
        "Professional journey",
        "Summary of experience",
    ],
    "education": [
        "What I studied",
        "Where I studied",
        "Schools",
        "My studies",
        "Academia",
        "Learning",
        "Education & Courses",
        "School",
        "University",
        "Education and training",
        "Certifications and education",
    ],
    "skills": [
        "What I work with",
        "What I can do",
        "Tools & Tech",
        "My toolbox",
        "Tech I use",
        "Summary of experience",
        "Experience summary",
        "Know-how",
        "Technical environment",
        "Tools",
        "Proficiencies",
        "Languages and technologies",
        "Superpowers",
        "Technical profile",
        "Professional qualifications",
    ],
    "summary": [
        "Hello",
        "In short",
        "Who I am",
        "In a nutshell",
        "The short version",
        "Goal",
        "Personal qualities",
        "Why me",
    ],
    "projects": ["Things I made", "Side work", "Built for fun", "Pet projects", "What I build", "Main projects"],
    "languages": ["I speak", "Spoken languages", "Tongues"],
    "contact": ["Say hi", "Contact me at", "Find me", "Reach me"],
    "other": ["When I am not working", "Off duty", "Personal qualities", "Fun facts", "Personality", "Life", "Extra"],
    "certificates": [
        "Training",
        "Licenses & Affiliations",
        "Additional training",
        "Further education",
        "Papers",
        "Courses I took",
        "Badges",
        "Courses",
    ],
    "awards": ["Selected Honors", "Awards and honours", "Wins", "Proud of", "Honours & prizes"],
    "volunteer": ["Giving back", "Helping out"],
    "publications": ["Selected publications", "Articles and papers", "Writing", "In print"],
}
