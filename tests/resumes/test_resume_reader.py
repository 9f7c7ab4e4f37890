"""What the learned reader promises whatever a file holds: no word that is not in it, nothing lost in silence."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.resumes.reading import read_resume_bytes
from pipeline.resumes.reading.learned.tagging import tag_lines
from pipeline.resumes.reading.lines import Line, Span

WORDS = st.sampled_from(
    "Senior Engineer Nurse Kestrel Ltd University of Leeds Present 2019 – 2021 May Managed budgets, Python Docker | • "
    "-- EXPERIENCE Education Skills: (Remote) jane@example.org +44 7700 900123 https://example.org/x B.Sc. München "
    "工程师 مهندس".split()
)
LINES = st.lists(WORDS, min_size=1, max_size=9).map(" ".join)
TEXTS = st.lists(st.one_of(LINES, st.just(""), LINES.map(lambda line: f"• {line}")), min_size=1, max_size=25).map(
    "\n".join
)
NOT_OF_THE_FILE = {"section_order", "network", "startDate", "endDate", "date", "releaseDate", "after"}


def leaves(value: Any, key: str = "") -> Iterator[str]:
    """Yield every text of a document but those that are put into the schema's own spelling."""
    if isinstance(value, dict):
        for name, item in value.items():
            if name not in NOT_OF_THE_FILE:
                yield from leaves(item, name)
    elif isinstance(value, list):
        for item in value:
            yield from leaves(item, key)
    elif isinstance(value, str):
        yield value


def squeezed(text: str) -> str:
    return re.sub(r"[\W_]+", "", text).casefold()


@settings(max_examples=60, deadline=None)
@given(TEXTS)
def test_every_word_of_every_field_stands_in_the_file(text: str) -> None:
    if not any(map(str.isalpha, text)):
        return
    resume = read_resume_bytes(text.encode(), ".txt").resume
    for leaf in leaves(resume.model_dump(mode="json", by_alias=True, exclude_none=True)):
        for word in leaf.removeprefix("https://").split():
            assert squeezed(word) in squeezed(text)


@settings(max_examples=30, deadline=None)
@given(TEXTS)
def test_a_probability_is_one(text: str) -> None:
    if any(map(str.isalpha, text)):
        fields = read_resume_bytes(text.encode(), ".txt").fields
        assert all(0 <= field.confidence <= 1 for field in fields.values())


def test_every_line_gets_a_label() -> None:
    lines = [Line(((Span(text),),)) for text in ("Jane Doe", "Experience", "Kestrel Ltd", "2019 – 2021")]
    assert [tagged.line for tagged in tag_lines(lines)] == lines


RANGE_FIRST = """Ingrid Havelka
ingrid@example.org

EXPERIENCE
2021 – present: Payroll Clerk, Quarrystone Ltd (Hull, UK)
Runs the payroll of 300 people and answers what they ask about it.
2017 – 2021: Office Assistant, Fernhill Dairy (Ripon, UK)
Wrote the orders and kept the books of the dairy's van.

EDUCATION
2013 – 2016: Moorland College, Diploma in Bookkeeping
"""
DASHES = """Tobin Marsh
tobin@example.org

Work history

2020-now:  Tram Driver (full-time)
      -- Silverdale Tramways (Leeds, UK)
Drives line 4 and teaches new drivers.
2014-2020:  Bus Driver
      -- Northway Coaches (York, UK)
Drove school buses in the hills.
"""
ONE_A_LINE = """Salma Idrissi
Pastry Chef
salma@example.org

Professional experience

March 2019 – Present
Copperleaf Hotel
Pastry Chef
Bath, UK
• Bakes for 120 guests a day
• Trains two apprentices

June 2014 – February 2019
Old Mill Bakery
Baker
Wells, UK
• Baked bread by night
"""


@pytest.mark.parametrize(
    ("text", "jobs"),
    [
        (
            RANGE_FIRST,
            [
                ("Quarrystone Ltd", "Payroll Clerk", "2021", None),
                ("Fernhill Dairy", "Office Assistant", "2017", "2021"),
            ],
        ),
        (
            DASHES,
            [
                ("Silverdale Tramways", "Tram Driver", "2020", None),
                ("Northway Coaches", "Bus Driver", "2014", "2020"),
            ],
        ),
        (
            ONE_A_LINE,
            [("Copperleaf Hotel", "Pastry Chef", "2019-03", None), ("Old Mill Bakery", "Baker", "2014-06", "2019-02")],
        ),
    ],
    ids=["dates first", "employer after dashes", "one field a line"],
)
def test_an_order_that_repeats_is_understood(text: str, jobs: list[tuple[str, str, str, str | None]]) -> None:
    work = read_resume_bytes(text.encode(), ".txt").resume.work
    assert [(job.name, job.position, job.start_date, job.end_date) for job in work] == jobs


RUN_ON = (
    "Work experience Senior Embedded Developer 2021 — Present Halcyon Sensors Leads the firmware of wind sensors and "
    "their tests. Embedded Developer 2014 — 2021 Mecatron Wrote the drivers of a label printer. Education "
    "Telecommunications engineering 2009 — 2013 University of Delta Skills C, C++, Zephyr, Git"
)


def test_a_paragraph_that_runs_on_is_taken_apart() -> None:
    resume = read_resume_bytes(f"Marek Oliva\nmarek@example.org\n\n{RUN_ON}\n".encode(), ".txt").resume
    assert [(job.start_date, job.end_date) for job in resume.work] == [("2021", None), ("2014", "2021")]
    assert [study.institution for study in resume.education] == ["University of Delta"]
    assert resume.section_order == ["work", "education", "skills"]
