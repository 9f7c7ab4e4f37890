"""A reading put right by saying what lines are: no word is typed, and what was said of one line holds for its like."""

import pytest

from pipeline.resumes import LINE_TAGS, ResumeReading, correct_lines, doubts_of, is_badly_read, lines_alike, taken_for
from pipeline.resumes.reading import read_resume_bytes

TEXT = """Oda Brandt
oda@example.org

Experience

Zorbulon Quux
Flimmer
2019 - 2021
- Glazed 40 bowls a day

Wexel Trand
Brumm
2015 - 2019
- Fired the kiln by night

Page 2

Education
2011 - 2014 Kiln College, Diploma in Ceramics
"""


@pytest.fixture
def reading() -> ResumeReading:
    return read_resume_bytes(TEXT.encode(), ".txt")


def numbers_of(reading: ResumeReading, *texts: str) -> list[int]:
    return [number for number, line in enumerate(reading.lines) if line.text in texts]


def test_what_is_said_of_lines_holds_and_every_word_is_the_file_s(reading: ResumeReading) -> None:
    said = dict.fromkeys(numbers_of(reading, "Zorbulon Quux", "Wexel Trand"), "position")
    said |= dict.fromkeys(numbers_of(reading, "Flimmer", "Brumm"), "employer")
    corrected = correct_lines(reading, said)
    assert [(job.name, job.position, job.start_date, job.end_date) for job in corrected.resume.work] == [
        ("Flimmer", "Zorbulon Quux", "2019", "2021"),
        ("Brumm", "Wexel Trand", "2015", "2019"),
    ]
    assert [job.highlights for job in corrected.resume.work] == [["Glazed 40 bowls a day"], ["Fired the kiln by night"]]
    assert not is_badly_read(corrected)
    assert taken_for(corrected, next(iter(said))) == "✓ Position"


def test_lines_that_stand_alike_are_found(reading: ResumeReading) -> None:
    assert lines_alike(reading, numbers_of(reading, "Zorbulon Quux")) == numbers_of(reading, "Wexel Trand")
    assert lines_alike(reading, numbers_of(reading, "2019 - 2021")) == numbers_of(reading, "2015 - 2019")


def test_taking_back_gives_the_first_reading_again(reading: ResumeReading) -> None:
    number = numbers_of(reading, "Flimmer")[0]
    back = correct_lines(correct_lines(reading, {number: "employer"}), {number: ""})
    assert back.said == {}
    assert back.resume == reading.resume


def test_a_line_left_out_is_kept_among_what_was_left_out(reading: ResumeReading) -> None:
    corrected = correct_lines(reading, dict.fromkeys(numbers_of(reading, "Glazed 40 bowls a day"), "nothing"))
    assert "Glazed 40 bowls a day" in corrected.left_out
    assert "Glazed" not in corrected.resume.model_dump_json()


def test_a_heading_opens_its_section(reading: ResumeReading) -> None:
    corrected = correct_lines(reading, dict.fromkeys(numbers_of(reading, "Experience"), "heading volunteer"))
    assert corrected.resume.volunteer and not corrected.resume.work


@pytest.mark.parametrize("tag", LINE_TAGS)
def test_any_tag_of_any_line_gives_a_reading(reading: ResumeReading, tag: str) -> None:
    for number in range(len(reading.lines)):
        corrected = correct_lines(reading, {number: tag})
        assert corrected.said == {number: tag}
        doubts_of(corrected)


def test_an_unknown_tag_is_refused(reading: ResumeReading) -> None:
    with pytest.raises(KeyError):
        correct_lines(reading, {0: "wizard"})
