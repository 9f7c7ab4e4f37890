"""Written resumes: a person, a layout and a medium, drawn from one seed."""

import random

from pipeline.resumes.training.layouts import Layout
from pipeline.resumes.training.marked import Known
from pipeline.resumes.training.media import set_in
from pipeline.resumes.training.page import Page
from pipeline.resumes.training.people import write_person
from pipeline.resumes.training.style import draw_style


def write_resume(seed: int) -> list[Known]:
    """Return the lines of one resume with their labels and tags; the same for the same seed."""
    rng = random.Random(seed)
    person = write_person(rng)
    style = draw_style(rng, person.language)
    page = Page(person, style)
    return set_in(style, Layout(page).lines(), page)
