"""Resumes written by hand as files of many looks: in each medium, with other names in the same places."""

import random
from collections import defaultdict
from collections.abc import Iterable, Sequence
from copy import deepcopy

from pipeline.resumes.training.handwritten import written
from pipeline.resumes.training.labelling import marked
from pipeline.resumes.training.lists import script_of
from pipeline.resumes.training.marked import Known, Marked
from pipeline.resumes.training.media import set_in
from pipeline.resumes.training.page import Marks
from pipeline.resumes.training.people import write_person
from pipeline.resumes.training.style import Style, draw_style

SWAPPED = (
    "employer",
    "position",
    "place",
    "institution",
    "area",
    "degree",
    "skill",
    "name",
    "person",
    "headline",
    "language",
    "level",
)
SWAPS = 0.5  # of the kinds of names are exchanged in one rendering
BOLD = ("employer", "position", "institution", "degree", "dates", "name", "label", "first", "none", "none")
FIRST = 700_000  # seeds of the composed people whose names go into resumes written by hand
Names = dict[tuple[str, str], list[str]]  # by tag and script


def names_of(resumes: Iterable[Sequence[Marked]]) -> Names:
    """Return what stands in each kind of field of resumes."""
    found: Names = defaultdict(list)
    for lines in resumes:
        for piece in (piece for line in lines for cell in line.cells for piece in cell):
            if piece.tag in SWAPPED:
                found[piece.tag, script_of(piece.text)].append(piece.text)
    return found


def composed_names(count: int) -> Names:
    """Return what composed people are called and where they were."""
    found: Names = defaultdict(list)
    for seed in range(FIRST, FIRST + count):
        person = write_person(random.Random(seed))
        jobs = [job for group in person.jobs for job in group]
        texts = [("person", person.name), ("headline", person.headline)]
        texts += [
            pair
            for job in jobs
            for pair in (("employer", job.employer), ("position", job.position), ("place", job.place))
        ]
        texts += [
            pair
            for one in person.studies
            for pair in (
                ("institution", one.institution),
                ("degree", one.degree),
                ("area", one.area),
                ("place", one.place),
            )
        ]
        texts += [("skill", item) for _, items in person.skills for item in items]
        for tag, text in texts:
            if text:
                found[tag, script_of(text)].append(text)
    return found


def rendered(text: str, pools: Sequence[Names], seed: int) -> list[Known]:
    """Return the lines of a resume written by hand as one file of it gives them; the same for the same seed."""
    rng = random.Random(seed)
    style = draw_style(rng, "en")
    style.table = style.apart = False
    lines = marked(written(text))
    if rng.random() < 0.8:
        lines = with_other_names(lines, pools, rng)
    return set_in(style, dressed(lines, style), Marks(style))


def with_other_names(lines: Sequence[Marked], pools: Sequence[Names], rng: random.Random) -> list[Marked]:
    """Put names of other resumes in the place of some kinds of names, the same for the same."""
    kinds = {kind: rng.choice(pools) for kind in SWAPPED if rng.random() < SWAPS}
    others: dict[tuple[str, str], str] = {}
    found = deepcopy(list(lines))
    for piece in (piece for line in found for cell in line.cells for piece in cell):
        if piece.tag in kinds:
            key = (piece.tag, piece.text)
            if key not in others:
                others[key] = rng.choice(kinds[piece.tag].get((piece.tag, script_of(piece.text))) or [piece.text])
            piece.text = others[key].upper() if piece.text.isupper() and len(piece.text) > 4 else others[key]
    return found


def dressed(lines: Sequence[Marked], style: Style) -> list[Marked]:
    """Give lines a look: how headings and names stand out, how far items are set in."""
    rng = style.rng
    bold, italic = rng.choice(BOLD), rng.choice(BOLD) if rng.random() < 0.3 else "none"
    keeps_case, name_size = rng.random() < 0.6, rng.choice([1.0, 1.0, 1.4, 1.8, 2.2])
    plain_items = rng.random() < 0.12 or style.bullet == "none"
    level = style.level + 1 if style.level and rng.random() < 0.4 else 0
    without = style.no_headings and rng.random() < 0.5
    found = deepcopy(_without_headings(lines) if without else list(lines))
    for line in found:
        role = line.label.split(".")[1]
        if role == "heading":
            _dress_heading(line, style, keeps_case)
        elif role == "name":
            line.size = name_size
        elif role == "entry" and not line.bullet:
            line.heading = level
        if line.bullet:
            line.indent, line.bullet = style.indent, not (plain_items and role == "item")
        _dress_names(line, bold, italic)
    return found


def _dress_names(line: Marked, bold: str, italic: str) -> None:
    section, role = line.label.split(".")
    if role not in ("entry", "more") and section != "skills":
        return
    for number, piece in enumerate(piece for cell in line.cells for piece in cell):
        piece.bold = piece.tag == bold or (bold == "first" and not number and role == "entry")
        piece.italic = piece.tag == italic


def _without_headings(lines: Sequence[Marked]) -> list[Marked]:
    return [line for line in lines if not line.label.endswith(".heading")]


def _dress_heading(line: Marked, style: Style, keeps_case: bool) -> None:
    line.size, line.heading, line.underlined = style.head_size, style.level, style.heading_mark == "rule"
    for piece in line.cells[0]:
        piece.bold = style.bold_heads
        if not keeps_case:
            piece.text = {"upper": piece.text.upper(), "title": piece.text.title()}.get(style.case, piece.text)
