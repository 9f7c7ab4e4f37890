"""The heads of written resumes: the name, the headline and how to reach the person, in many arrangements."""

from pipeline.resumes.training.lists import listed, unusual
from pipeline.resumes.training.marked import Marked, Piece
from pipeline.resumes.training.page import Page
from pipeline.resumes.training.style import spaced

Contact = tuple[str, str]  # its kind and its text


class Head:
    """The head of one resume."""

    def __init__(self, page: Page) -> None:
        self.page, self.person, self.style, self.rng = (
            page,
            page.person,
            page.style,
            page.rng,
        )

    def lines(self) -> list[Marked]:
        """Return the lines above the first section."""
        rng = self.rng
        name = Piece(self._name(), "person", bold=rng.random() < 0.6)
        headline = Piece(self._headline(), "headline", italic=rng.random() < 0.1)
        size = rng.choice([1.0, 1.0, 1.4, 1.8, 2.2, 2.6])
        lines = self._above()
        contacts = self.contacts()
        has_headline = rng.random() < 0.62
        form = rng.random() if not self.style.table else 0.9
        heading = self._heading()
        below = [headline] if has_headline else []
        if form < 0.72:
            lines += self._stacked(name, below, size, heading)
        elif form < 0.8 and has_headline:
            separator = Piece(rng.choice([" | ", ", ", " – ", " - ", " · ", " — "]))
            lines.append(
                Marked(
                    [[name, separator, headline]],
                    "head.name",
                    gap=True,
                    size=size,
                    heading=heading,
                )
            )
        elif form < 0.84 and contacts:
            lines += self._with_contacts(name, below, contacts[:4])
            contacts = contacts[4:]
        elif form < 0.92 and self.style.medium != "markdown":
            lines += self._labelled(name, below)
        else:
            lines += self._beside(name, below, contacts[:3], size)
            contacts = contacts[3:]
        place = self.contact_lines(contacts)
        if self.style.table and place and len(place[0].cells) == 1:
            label = Piece(self.page.title("contact"), "label")
            place[0] = Marked([[label], *place[0].cells], "head.contact", gap=True)
        return lines[:-1] + place + lines[-1:] if rng.random() < 0.02 else lines + place

    def _heading(self) -> int:
        """Return the level of the name's heading."""
        share = 0.85 if self.style.level > 1 else 0.2
        return int(bool(self.style.level) and self.rng.random() < share)

    def _name(self) -> str:
        rng, name = self.rng, self.person.name
        if rng.random() < 0.25:
            return name.upper()
        return spaced(name.upper()) if rng.random() < 0.04 and self.person.language not in ("zh", "ar") else name

    def _headline(self) -> str:
        rng, headline = self.rng, self.person.headline
        if rng.random() < 0.2:
            return headline.upper()
        return spaced(headline.upper()) if rng.random() < 0.03 else headline

    def _above(self) -> list[Marked]:
        """Return what stands above the name: what the document is, or a heading of its own."""
        rng, page = self.rng, self.page
        lines = []
        if rng.random() < 0.13:
            document = Piece(rng.choice(listed(page.words["document"])), "-", bold=True)
            lines.append(
                Marked(
                    [[document]],
                    "head.contact",
                    gap=True,
                    size=rng.choice([1.0, 1.5, 2.0]),
                )
            )
        if rng.random() < 0.08 and self.style.medium != "markdown":
            title = page.title("contact") if rng.random() < 0.4 else rng.choice(unusual("personal"))
            lines.append(page.heading(title.upper() if self.style.case == "upper" else title, "contact"))
        return lines

    def _stacked(self, name: Piece, below: list[Piece], size: float, heading: int) -> list[Marked]:
        rng = self.rng
        lines = []
        given, _, family = name.text.partition(" ")
        if family and rng.random() < 0.04 and not heading:
            lines.append(Marked([[Piece(given, "person")]], "head.name", gap=True, size=size))
            name.text = family
        document = self.page.words["document"]
        if rng.random() < 0.02:
            opening = Piece(f"{rng.choice(listed(document)).title()}{rng.choice([' – ', ': ', ' - '])}")
            return [*lines, Marked([[opening, name]], "head.name", gap=True, size=size, heading=heading)]
        greeting = [Piece(rng.choice(["Hi, I'm ", "Hi 👋, I'm ", "Hello, I am "]))] if rng.random() < 0.01 else []
        lines.append(
            Marked(
                [[*greeting, name]],
                "head.name",
                gap=not family,
                size=size,
                heading=heading,
            )
        )
        return lines + [Marked([[one]], "head.headline", size=rng.choice([1.0, 1.0, 1.2, 1.4])) for one in below]

    def _with_contacts(self, name: Piece, below: list[Piece], contacts: list[Contact]) -> list[Marked]:
        separator = self.rng.choice([" | ", " • ", "   ", " – ", ", "])
        pieces = [piece for one in contacts for piece in (Piece(separator), *self.one_contact(one, False))]
        lines = [Marked([[name, *pieces]], "head.name", gap=True)]
        return lines + [Marked([[one]], "head.headline") for one in below]

    def _labelled(self, name: Piece, below: list[Piece]) -> list[Marked]:
        rng = self.rng
        label = Piece(rng.choice(listed(self.page.words["label_name"])), "label")
        separate = rng.random() < 0.5 or self.style.table
        label.text += ":" if not separate or rng.random() < 0.4 else ""
        cells = [[label], [name]] if separate else [[label, Piece(" "), name]]
        return [
            Marked(cells, "head.name", gap=True),
            *(Marked([[one]], "head.headline") for one in below),
        ]

    def _beside(self, name: Piece, below: list[Piece], contacts: list[Contact], size: float) -> list[Marked]:
        """Return lines of two cells: who it is on the left, how to reach them on the right."""
        rights = [self.one_contact(contact) for contact in contacts]
        lefts = [[name], *([one] for one in below)]
        lines = []
        for index in range(max(len(rights), len(lefts))):
            has_left = index < len(lefts)
            cells = ([lefts[index]] if has_left else []) + rights[index : index + 1]
            label = "head.name" if not index else "head.headline" if has_left else "head.contact"
            own_size = 1.0 if index else size
            lines.append(
                Marked(
                    cells,
                    label,
                    gap=not index,
                    size=own_size,
                    indent=0 if has_left else 40,
                )
            )
        return lines

    def contacts(self) -> list[Contact]:
        """Return what the head says of how to reach the person."""
        rng, person = self.rng, self.person
        found = [
            ("email", person.email),
            ("phone", person.phone),
            ("place_home", person.place),
        ]
        found = [one for one in found if rng.random() < 0.88]
        found += [("link", link) for link in person.links]
        rng.shuffle(found)
        return found + [("fact", fact) for fact in person.facts]

    def one_contact(self, contact: Contact, labelled: bool | None = None) -> list[Piece]:
        """Return one way to reach the person, with or without its label."""
        rng = self.rng
        kind, text = contact
        tag = {"place_home": "place", "fact": "note"}.get(kind, "contact")
        labelled = rng.random() < 0.25 if labelled is None else labelled
        if not labelled or kind == "fact":
            return [Piece(text, tag)]
        if kind != "link":
            label = rng.choice(listed(self.page.words[f"label_{kind}"]))
        elif "linkedin" in text or "github" in text:
            label = "LinkedIn" if "linkedin" in text else "GitHub"
        else:
            label = rng.choice(["Website", "Web", "Portfolio", "URL"])
        if kind == "link" and rng.random() < 0.15:
            return [Piece(text, tag), Piece(" ("), Piece(label, "label"), Piece(")")]
        return [
            Piece(f"{label}{rng.choice([':', ':', ' :'])}", "label"),
            Piece(" "),
            Piece(text, tag),
        ]

    def contact_lines(self, contacts: list[Contact]) -> list[Marked]:
        """Return contact data on one line or several."""
        rng = self.rng
        labelled = rng.random() < 0.35
        pieces = [self.one_contact(contact, labelled) for contact in contacts]
        form = rng.random()
        if form < 0.25 and labelled and len(pieces) > 2:
            parted = [[cell[:1], cell[2:]] if len(cell) > 2 else [cell] for cell in pieces]
            lines = [Marked(cells, "head.contact") for cells in parted]
        elif form < 0.5:
            bullet = rng.random() < 0.07
            lines = [Marked([cell], "head.contact", bullet=bullet) for cell in pieces]
        else:
            lines = self._in_rows(pieces)
        for line in lines[1:]:
            line.gap = rng.random() < 0.05
        return lines

    def _in_rows(self, pieces: list[list[Piece]]) -> list[Marked]:
        separator = self.rng.choice([" | ", " • ", "   ", ", ", " · ", " – ", "  ", " / ", "\t", " ⋄ "])
        most = self.rng.choice([2, 3, 5, 9])
        groups = [pieces[start : start + most] for start in range(0, len(pieces), most)]
        return [
            Marked(
                group if separator == "\t" else [parted_by(separator, group)],
                "head.contact",
            )
            for group in groups
        ]

    def contact_section(self) -> list[Marked]:
        """Return a section of contact data with its heading."""
        lines = self.contact_lines(self.contacts())
        return [self.page.heading(self.page.title("contact"), "contact"), *lines] if lines else []


def parted_by(separator: str, groups: list[list[Piece]]) -> list[Piece]:
    """Return pieces on one line, groups of them parted."""
    return [piece for index, one in enumerate(groups) for piece in ([Piece(separator)] if index else []) + one]
