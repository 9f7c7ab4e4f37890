"""Resumes written and labelled by hand: what their marks mean, and that each makes many files labelled alike."""

import re

import pytest

from pipeline.resumes.reading.learned.labels import merged
from pipeline.resumes.reading.learned.network import network
from pipeline.resumes.training.handwritten import plain_text, texts_of, written
from pipeline.resumes.training.labelling import marked
from pipeline.resumes.training.marked import UNKNOWN
from pipeline.resumes.training.renderings import names_of, rendered
from pipeline.resumes.training.truths import truths_of_lines

TEXTS = texts_of("train")
RESUME = """<!-- cook; UK; en; dates in brackets, clients -->
<name>Ada Moss</name>
<h:work>Kitchens</h:work>
Client: <client>The Old Mill</client> (<dates>2019 – 2021</dates>)
<position>Head chef</position>
<b>• Menus for two seasons

<employer>Blue Heron</employer>, for <client>Kite Hotels</client>	<dates>2015 – 2018</dates>
<position>Cook</position>, nights
<c>and weekends
<h:education>School</h:education>
<degree>Diploma</degree> in <area>Cookery</area>, <institution>Leith College</institution>
"""


def _labels(text: str) -> list[str]:
    return [line.label for line in marked(written(text))]


def test_lines_are_labelled_by_their_marks_and_what_stands_around_them() -> None:
    assert _labels(RESUME) == [
        "head.name", "work.heading", "work.entry", "work.more", "work.item", "work.entry", "work.more", "work.more",
        "education.heading", "education.entry",
    ]  # fmt: skip


def test_a_client_is_the_employer_where_no_other_is_named() -> None:
    truths = truths_of_lines(marked(written(RESUME)))
    assert truths["employer"] == ["The Old Mill", "Blue Heron"]
    assert truths["position"] == ["Head chef", "Cook"]
    assert truths["start"] == ["2019", "2015"]
    assert truths["degree"] == ["Diploma, Cookery"]


def test_what_closes_a_resume_and_page_numbers_belong_to_no_section() -> None:
    labels = _labels("<h:work>Work</h>\n<position>Cook</position>\nPage 2\n\nLeeds, in May\nA. Moss\n")
    assert labels == ["work.heading", "work.entry", "page.page", "other.line", "other.line"]


def test_every_mark_of_every_resume_is_known_and_closed() -> None:
    known = {*network().words, UNKNOWN, "language"}
    for text in [*TEXTS, *texts_of("test")]:
        lines = marked(written(text))
        assert {piece.tag for line in lines for cell in line.cells for piece in cell} <= known, text[:80]
        assert {merged(line.label) for line in lines} <= {*network().lines, "education.label"}, text[:80]
        assert not re.search(r"<(?:/|h:)?[a-z]*>", plain_text(text)), text[:80]


@pytest.mark.parametrize("number", [0, 60, 120, 180])
def test_a_rendering_is_the_same_for_its_seed_and_every_letter_has_its_tag(number: int) -> None:
    pools = [names_of(marked(written(text)) for text in TEXTS[:20])]
    looks = [rendered(TEXTS[number], pools, seed) for seed in range(8)]
    assert looks == [rendered(TEXTS[number], pools, seed) for seed in range(8)]
    assert len({tuple(one.line for one in resume) for resume in looks}) > 4
    for one in (one for resume in looks for one in resume):
        assert len(one.tags) == len("".join(one.line.text.split()))
