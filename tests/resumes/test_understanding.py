"""Layouts that nobody set down: the reader finds its way by what it has learned."""

from collections.abc import Sequence

import pytest

from pipeline.core import UnreadableDocument
from pipeline.resumes.reading.formats import read_source
from pipeline.resumes.reading.formats.source import Lines, Source
from pipeline.resumes.reading.learned.head import read_head
from pipeline.resumes.reading.learned.reader import understand
from pipeline.resumes.reading.learned.tagging import Tagged, tag_words
from pipeline.resumes.reading.lines import Line, Span

IN_ROWS = """Salma Idrissi
salma@example.org

Professional experience

March 2019 – Present
Copperleaf Hotel
Pastry Chef
Bath, UK
• Bakes for 120 guests a day

June 2014 – February 2019
Old Mill Bakery
Baker
Wells, UK
• Baked bread by night
"""


def lines_of(text: str) -> Sequence[Line]:
    content = read_source(Source(text.encode(), ".txt"))
    assert isinstance(content, Lines)
    return content.lines


def test_dates_place_and_names_in_rows_of_their_own_are_told_apart() -> None:
    work = understand(lines_of(IN_ROWS)).resume.work
    assert [(job.name, job.position) for job in work] == [
        ("Copperleaf Hotel", "Pastry Chef"),
        ("Old Mill Bakery", "Baker"),
    ]


def test_more_headings_and_skills_than_any_resume_has_are_refused() -> None:
    with pytest.raises(UnreadableDocument, match="longer than a resume"):
        understand(lines_of(IN_ROWS + "\nSkills\n\n" + "Go, " * 30_000))


def test_links_that_stand_behind_icons_are_all_kept() -> None:
    icons = (Span("", link="https://github.com/ann"), Span(" "), Span("", link="https://linkedin.com/in/ann"))
    lines = [Tagged(Line(((Span("ann@example.org "), *icons),)), "head", "contact", 1.0)]
    profiles = read_head(lines, [0], tag_words(lines)).part.profiles
    assert [profile.network for profile in profiles] == ["GitHub", "LinkedIn"]


def test_a_number_that_counts_a_job_is_none_of_its_name_and_one_inside_stays() -> None:
    text = IN_ROWS.replace("Copperleaf Hotel", "1. Copperleaf Hotel").replace("Old Mill Bakery", "Old Mill 2. Bakery")
    names = [job.name or "" for job in understand(lines_of(text)).resume.work]
    assert names[0] == "Copperleaf Hotel"
    assert names[1] in text
