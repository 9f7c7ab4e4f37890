"""Written resumes: a person, a layout and a medium, drawn from one seed."""

import random
from dataclasses import replace

from pipeline.resumes.reading.lines import plain
from pipeline.resumes.training.content import Person
from pipeline.resumes.training.layouts import Layout
from pipeline.resumes.training.marked import Known
from pipeline.resumes.training.media import set_in
from pipeline.resumes.training.own_exports import write_own_export
from pipeline.resumes.training.page import Page
from pipeline.resumes.training.people import write_person
from pipeline.resumes.training.style import draw_style

OWN = 0.16  # of the resumes are exports of the product itself


def write_resume(seed: int) -> list[Known]:
    """Return the lines of one resume with their labels and tags; the same for the same seed."""
    rng = random.Random(seed)
    person = write_person(rng)
    if rng.random() < OWN:
        return write_own_export(rng, person)
    style = draw_style(rng, person.language)
    page = Page(person, style)
    lines = set_in(style, Layout(page).lines(), page.marks)
    return _with_page_lines(rng, lines, person) if style.medium in ("text", "pdf") and rng.random() < 0.15 else lines


def _with_page_lines(rng: random.Random, lines: list[Known], person: Person) -> list[Known]:
    """Put what stands at the edge of each page between the lines, as where a file's text was pasted."""
    found = []
    size, number = rng.choice([25, 40, 55]), 1
    form = rng.choice(
        ["Page {n} of {all}", "{n}", "{n}/{all}", "{name} - page {n}", "{name} | {mail} | {n}", "- {n} -", "Page {n}",
         "{name} · Curriculum Vitae · {n}", "Seite {n} von {all}", "{name} Page {n}", "CV {name}"]
    )  # fmt: skip
    for index, one in enumerate(lines):
        if index and index % size == 0:
            text = form.format(n=number, all=len(lines) // size + 1, name=person.name, mail=person.email)
            line = replace(
                one.line, cells=plain(text), is_bullet=False, size=1.0, has_gap=rng.random() < 0.5, heading=0
            )
            found.append(Known(line, "page.page", ["-"] * len("".join(text.split()))))
            number += 1
        found.append(one)
    return found
