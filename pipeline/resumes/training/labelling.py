"""What each line of a resume written by hand is, and each of its words, by its writer's marks."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from pipeline.resumes.training.handwritten import Written
from pipeline.resumes.training.marked import UNKNOWN, Marked, Piece
from pipeline.resumes.training.media import continued

FEW = 3  # letters of words that only link two fields
ENTRIES = frozenset({"work", "volunteer", "education", "projects"})
LISTS = frozenset({"certificates", "awards", "publications"})
KEYS = frozenset(
    {
        "employer",
        "position",
        "dates",
        "institution",
        "degree",
        "project",
        "client",
        "certificate",
        "award",
        "publication",
    }
)  # which an entry has once
TAGS = {
    "name": "person", "email": "contact", "phone": "contact", "url": "contact", "address": "place", "project": "name",
    "skillgroup": "label", "certificate": "name", "award": "name", "publication": "name",
}  # fmt: skip
SECTIONS = {"interests": "other", "references": "other"}
OWN = {
    "skills": {"skill", "skillgroup"}, "languages": {"language"}, "education": {"institution", "degree", "area"},
    "certificates": {"certificate"}, "awards": {"award"}, "publications": {"publication"},
    "work": {"employer", "position"}, "projects": {"project"}, "head": {"person", "name", "email", "phone", "address"},
}  # fmt: skip
HELD: dict[str, frozenset[str]] = {  # fields of other sections that do not end one
    **dict.fromkeys(("work", "volunteer", "projects"), frozenset({"skills", "work", "projects"})),
    **dict.fromkeys(("education", "other"), frozenset({"work"})),
    **dict.fromkeys(LISTS, frozenset({"education", "work"})),
}
_PAGE = re.compile(
    r".{0,40}\b(?:page|pg|seite|str|стр|сторінка|página|pagina|pág|sayfa|strona|p)\b\.?\s*\d+.{0,12}|\W*\d{1,2}(?:\s*/\s*\d{1,2})?\W*",
    re.I,
)
_WORDS = re.compile(r"[^\W\d_]+")


def marked(lines: Sequence[Written]) -> list[Marked]:
    """Return the lines with their labels: sections go on until a heading or what belongs elsewhere."""
    state = _State()
    found: list[Marked] = []
    for line, following, is_apart in zip(lines, [*lines[1:], None], _apart(lines), strict=True):
        if line.is_plain and _PAGE.fullmatch(line.text.strip()):
            label = "page.page"
        elif line.mark == "c" and found:
            label = continued(found[-1].label)
        else:
            label = state.label(line, following, is_apart)
        found.append(_made(line, label))
    return _with_clients(found)


class _State:
    """Where in a resume a line stands: the section, what its entry has so far, whether that has a body."""

    def __init__(self) -> None:
        self.section = "head"
        self.entry: frozenset[str] = frozenset()
        self.has_body = True

    def label(self, line: Written, following: Written | None, is_apart: bool) -> str:
        """Return the label of the next line."""
        if line.heading:
            self.section, self.entry, self.has_body = SECTIONS.get(line.heading, line.heading), frozenset(), True
            if all(tag == "heading" for cell in line.cells for text, tag in cell if text.strip()):
                return f"{self.section}.heading"
        at = "other" if is_apart and self.section != "head" else section_of(line, self.section)
        self.section = at if at in ENTRIES else self.section
        if _names_columns(line, following, at):
            role = "columns"
        else:
            role = self._role(line, following, at) if at in ENTRIES | LISTS else _simple_role(line, at)
        self.entry = line.tags if role == "entry" else self.entry | line.tags
        self.has_body = role not in ("entry", "more")
        return f"{at}.{'headed' if line.heading else role}"

    def _role(self, line: Written, following: Written | None, section: str) -> str:
        """Return what a line of an entry is to it."""
        keys = line.tags & KEYS
        if line.mark in ("b", "p", "s") and not keys - {"dates"}:
            is_item = line.mark == "b"
            return ("entry" if is_item else "more") if section in LISTS else "item" if is_item else "prose"
        if line.is_plain:
            return _role_of_plain(line, following, self.has_body, section)
        complete = "dates" in self.entry and len(self.entry & KEYS) > 1
        return "entry" if self.has_body or keys & self.entry or (line.gap and complete) else "more"


def _with_clients(lines: list[Marked]) -> list[Marked]:
    """Take the client of a post for its employer where no other is named, for a note elsewhere."""
    starts = [number for number, line in enumerate(lines) if line.label in ("work.entry", "work.heading")]
    is_named = False  # by a heading that the posts of one employer share
    for begin, finish in pairwise([0, *starts, len(lines)]):
        pieces = [piece for line in lines[begin:finish] for cell in line.cells for piece in cell]
        tags = {piece.tag for piece in pieces}
        own = "note" if "employer" in tags or is_named else "employer"
        for piece in pieces:
            piece.tag = own if piece.tag == "client" else piece.tag
        is_named = "position" not in tags if "employer" in tags else is_named
        is_named = is_named and not any(line.label.endswith(".heading") for line in lines[begin:finish])
    return lines


def _apart(lines: Sequence[Written]) -> list[bool]:
    """Say of each line whether it is part of a block, or of the end, of which nothing is said: no section's own."""
    starts = [number for number, line in enumerate(lines) if line.gap and number] + [len(lines)]
    found = [False] * len(lines)
    for begin, end in pairwise([0, *starts]):
        plain = all(line.is_plain for line in lines[begin:end])
        found[begin:end] = [plain and (end - begin > 1 or end == len(lines))] * (end - begin)
    return found


def section_of(line: Written, section: str) -> str:
    """Return the section of a line: the one that it stands in, or another that its fields belong to."""
    section = "head" if section == "contact" else section
    own = next((name for name, tags in OWN.items() if line.tags & tags), section)
    if section == "head" and (line.tags & OWN["head"] or own == "head"):
        return "summary" if line.mark and own == "head" else "head"
    if "language" in line.tags:
        return "languages"
    told = section == "summary" and line.mark and not {"employer", "dates"} <= line.tags
    return section if told or own in HELD.get(section, ()) else own


def _names_columns(line: Written, following: Written | None, section: str) -> bool:
    """Tell whether a line of which nothing is said is the head of the table that follows, not a label and its value."""
    if following is None or section in ("head", "summary", "other") or not line.is_plain:
        return False
    first = following.cells[0]
    opens = any(tag for _, tag in first) or "".join(text for text, _ in first).strip(" .").isdigit()
    return min(len(line.cells), len(following.cells)) > 1 and opens and not re.search(r"\d|:", line.text)


def _role_of_plain(line: Written, following: Written | None, has_body: bool, section: str) -> str:
    """Return what a line is of which its writer said nothing: what announces an entry or its duties, or goes on."""
    if section in LISTS:
        return "entry" if line.gap or has_body else "more"
    opens = following is not None and following.tags & KEYS and not following.mark and not following.gap
    if opens and (line.gap or has_body):
        return "entry"
    announces = line.text.rstrip().endswith((":", "：")) or (following is not None and following.mark in ("b", "p"))
    if announces and len(line.text) < 50:
        return "label"
    return "prose" if has_body else "more"


def _simple_role(line: Written, section: str) -> str:
    if section == "head":
        return "name" if "name" in line.tags else "headline" if "headline" in line.tags else "contact"
    if section == "summary":
        return "item" if line.mark == "b" else "prose"
    if section == "skills" and line.tags == {"skillgroup"}:
        return "label"
    return "line"


def _made(line: Written, label: str) -> Marked:
    """Return a line with its pieces tagged as its section has them."""
    cells = [_pieces(line, number, label) for number in range(len(line.cells))]
    return Marked([cell for cell in cells if cell] or [[]], label, bullet=line.mark == "b", gap=line.gap)


def _pieces(line: Written, number: int, label: str) -> list[Piece]:
    """Return the pieces of a cell; the words of running text are not looked at."""
    section, role = label.split(".")
    is_body = role.removesuffix("+") in ("item", "prose", "label", "line") and section not in ("skills", "languages")
    cell = line.cells[number]
    is_label = not number and len(line.cells) > 1 and not any(tag for _, tag in cell)
    found: list[Piece] = []
    for text, tag in cell:
        if is_body or tag == "heading":
            found.append(Piece(text, "heading" if tag == "heading" else "text"))
        elif is_label or (line.is_plain and role in ("entry", "columns")):
            found.append(Piece(text, "label"))
        elif tag:
            found.append(Piece(text, _tag(tag, section)))
        elif section == "skills" and number:
            found.append(Piece(text, "note"))  # how well or how long a skill is known, beside it
        else:
            found += _untagged(text, section, is_first=not found)
    return found


def _tag(tag: str, section: str) -> str:
    """Return the tag that the network knows for one of the writer's, in a section."""
    if tag == "dates":
        return "dates"
    if section == "projects" and tag in ("employer", "position", "client"):
        return "note"
    if section == "education" and tag in ("employer", "position"):
        return "institution" if tag == "employer" else "note"
    if section in LISTS and tag in ("institution", "employer"):
        return "issuer"
    if section in ("work", "volunteer") and tag in ("project", "skill", "skillgroup"):
        return "note" if tag == "project" else UNKNOWN
    if section == "skills" and tag not in ("skill", "skillgroup"):
        return UNKNOWN
    return TAGS.get(tag, tag)


def _untagged(text: str, section: str, is_first: bool) -> Iterator[Piece]:
    """Yield words that are no field: a label before a colon, a note, or what only links two fields."""
    if section in LISTS or section == "skills":
        yield Piece(text, UNKNOWN if _WORDS.search(text) else "-")
        return
    label, colon, rest = text.partition(":")
    if colon and is_first and _WORDS.search(label) and len(label) < 40:
        yield Piece(f"{label}:", "label")
        if rest:
            yield from _untagged(rest, section, is_first=False)
        return
    for part in re.split(r"(\s*[,;|()\[\]–—/·•]+\s*|\s+-\s+)", text):
        is_link = part != part.strip() or sum(map(str.isalpha, part)) <= FEW
        yield Piece(part, "-" if is_link else "note")
