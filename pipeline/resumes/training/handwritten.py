"""Resumes written and labelled by hand: their lines as the training has them.

A file holds one line of the resume a line, empty ones too; cells are parted by tabs, what words say stands in tags
(`<employer>Blue Heron</employer>`), and lines of running text begin with a mark: `<b>` a list item, `<p>` a paragraph,
`<s>` the tools of a post, `<c>` what goes on from the line above. The first line is a comment: trade, country, language
and what its layout is like.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path

from pipeline.resumes.reading.lines import BULLET_GLYPHS
from pipeline.resumes.training.marked import UNKNOWN, Marked, Piece
from pipeline.resumes.training.media import continued

FOLDER = Path(__file__).parent / "handwritten"  # `train` to learn from, `test` by a writer whom no training saw
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
_TAG = re.compile(r"<(/?)([a-z]+)(?::([a-z]+))?>")
_GLYPH = re.compile(rf"^\s*(?:[{BULLET_GLYPHS}\ue000-\uf8ff*–—-]|o(?=\s)|\(cid:\d+\))\s*")
_PAGE = re.compile(
    r".{0,40}\b(?:page|pg|seite|str|стр|сторінка|página|pagina|pág|sayfa|strona|p)\b\.?\s*\d+.{0,12}|\W*\d{1,2}(?:\s*/\s*\d{1,2})?\W*",
    re.I,
)
_WORDS = re.compile(r"[^\W\d_]+")


@dataclass
class Written:
    """One line as its writer marked it: the tagged runs of each cell, the mark, whether space stands above."""

    cells: list[list[tuple[str, str]]]
    mark: str = ""
    heading: str = ""  # the section that it heads
    gap: bool = False
    has_glyph: bool = False
    tags: frozenset[str] = frozenset()

    @property
    def text(self) -> str:
        """The text of all cells."""
        return " ".join("".join(text for text, _ in cell) for cell in self.cells)

    @property
    def is_plain(self) -> bool:
        """Whether its writer said nothing of it."""
        return not (self.tags or self.mark or self.heading)


def texts_of(part: str) -> list[str]:
    """Return the resumes written by hand of `train` or `test`, in the order of their files."""
    return [path.read_text(encoding="utf-8") for path in sorted((FOLDER / part).glob("*.txt"))]


def plain_text(text: str) -> str:
    """Return a file's resume as its reader sees it, without tags and marks."""
    rows = [row for row in text.split("\n") if not row.startswith("<!--")]
    return _TAG.sub("", "\n".join(rows)).strip("\n") + "\n"


def written(text: str) -> list[Written]:
    """Return the lines of a file."""
    lines: list[Written] = []
    gap = True
    for row in text.split("\n"):
        if row.startswith("<!--"):
            continue
        if not _TAG.sub("", row).strip():
            gap = True
            continue
        lines.append(replace(_line(row), gap=gap))
        gap = False
    return lines


def _line(row: str) -> Written:
    line = Written([[]])
    tag, begin = "", 0
    for match in [*_TAG.finditer(row), None]:
        _put(line, row[begin : match.start() if match else None], tag)
        if match is None:
            break
        closing, name, section = match.groups()
        begin = match.end()
        if name in ("b", "p", "s", "c"):
            line.mark = line.mark or name
        elif name == "h":
            line.heading = line.heading or section or ""
            tag = "" if closing else "heading"
        else:
            tag = "" if closing else name
            line.tags |= {name}
    line.cells = [cell for cell in line.cells if any(text.strip() for text, _ in cell)] or [[]]
    if line.mark == "b" and line.cells[0]:
        text, tag = line.cells[0][0]
        line.has_glyph = bool(_GLYPH.match(text))
        line.cells[0][0] = (_GLYPH.sub("", text, count=1), tag)
    return line


def _put(line: Written, text: str, tag: str) -> None:
    for number, piece in enumerate(text.split("\t")):
        if number:
            line.cells.append([])
        if piece:
            line.cells[-1].append((piece, tag))


def marked(lines: Sequence[Written]) -> list[Marked]:
    """Return the lines with their labels: sections go on until a heading or what belongs elsewhere."""
    section = "head"
    entry: frozenset[str] = frozenset()  # what the entry has so far
    has_body = True
    found: list[Marked] = []
    apart = _apart(lines)
    for number, (line, following) in enumerate(zip(lines, [*lines[1:], None], strict=True)):
        if line.is_plain and _PAGE.fullmatch(line.text.strip()):
            found.append(_made(line, "page", "page"))
            continue
        if line.mark == "c" and found:
            found.append(_made(line, *continued(found[-1].label).split(".")))
            continue
        if line.heading:
            section, entry, has_body = SECTIONS.get(line.heading, line.heading), frozenset(), True
            if all(tag == "heading" for cell in line.cells for text, tag in cell if text.strip()):
                found.append(_made(line, section, "heading"))
                continue
        at = "other" if apart[number] and section != "head" else section_of(line, section)
        section = at if at in ENTRIES else section
        role = _role(line, following, entry, has_body, at) if at in ENTRIES | LISTS else _simple_role(line, at)
        entry = line.tags if role == "entry" else entry | line.tags
        has_body = role not in ("entry", "more")
        found.append(_made(line, at, "headed" if line.heading else role))
    return _with_clients(found)


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
    if section == "contact":
        section = "head"
    own = next((name for name, tags in OWN.items() if line.tags & tags), section)
    if section == "head" and line.mark and own == "head":
        return "summary"
    if section == "head" and line.tags & OWN["head"]:
        return "head"
    if "language" in line.tags:
        return "languages"
    if section in ("work", "volunteer", "projects") and own in ("skills", "work", "projects"):
        return section
    if section == "education" and own == "work":
        return section
    if section == "summary" and line.mark and not {"employer", "dates"} <= line.tags:
        return section
    if section in LISTS and own in ("education", "work"):
        return section
    return section if section == "other" and own == "work" else own


def _role(line: Written, following: Written | None, entry: frozenset[str], has_body: bool, section: str) -> str:
    """Return what a line of an entry is to it."""
    keys = line.tags & KEYS
    if line.mark in ("b", "p", "s") and not keys - {"dates"}:
        if section in LISTS:
            return "entry" if line.mark == "b" else "more"
        return "item" if line.mark == "b" else "prose"
    if line.is_plain:
        return _role_of_plain(line, following, has_body, section)
    complete = "dates" in entry and len(entry & KEYS) > 1
    return "entry" if has_body or keys & entry or (line.gap and complete) else "more"


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


def _made(line: Written, section: str, role: str) -> Marked:
    """Return a line with its pieces tagged as its section has them."""
    is_body = role.removesuffix("+") in ("item", "prose", "label", "line") and section not in ("skills", "languages")
    cells = []
    for number, cell in enumerate(line.cells):
        pieces: list[Piece] = []
        labels = not number and len(line.cells) > 1 and not any(tag for _, tag in cell)
        for text, tag in cell:
            if is_body and tag != "heading":  # the words of running text are not looked at
                pieces.append(Piece(text, "text"))
            elif tag == "heading":
                pieces.append(Piece(text, tag))
            elif labels or (line.is_plain and role == "entry"):
                pieces.append(Piece(text, "label"))
            elif tag:
                pieces.append(Piece(text, _tag(tag, section)))
            else:
                pieces += _untagged(text, section, is_first=not pieces)
        cells.append(pieces)
    return Marked([cell for cell in cells if cell] or [[]], f"{section}.{role}", bullet=line.mark == "b", gap=line.gap)


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
