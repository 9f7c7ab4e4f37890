"""Of two readings the one counts that leaves less over; what the rules read whole is theirs."""

from collections.abc import Mapping, Sequence

import pytest

from pipeline.resumes.model import Resume
from pipeline.resumes.reading import understanding
from pipeline.resumes.reading.formats import read_source
from pipeline.resumes.reading.formats.source import Lines, Source
from pipeline.resumes.reading.lines import Line
from pipeline.resumes.reading.notes import FieldReading
from pipeline.resumes.reading.understanding import Understood, left_over, understand

USUAL = """Jane Doe
jane@example.org

Experience

Software Engineer, Acme Ltd
2019 - 2021
- Built services
"""
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


def resume_of(*jobs: Mapping[str, object]) -> Resume:
    return Resume.model_validate({"work": list(jobs)})


WHOLE = {"name": "Acme", "position": "Welder", "startDate": "2019"}


def test_less_is_left_over_the_more_of_jobs_and_spans_is_understood() -> None:
    assert left_over(resume_of(WHOLE), spans=1) == 0
    assert left_over(resume_of(WHOLE), spans=2) > 0
    assert left_over(resume_of(WHOLE | {"notes": ["stray"]}), spans=1) > 0
    assert left_over(resume_of({"name": "Acme"}), spans=0) > left_over(resume_of(WHOLE, {"name": "Acme"}), spans=1)
    assert left_over(Resume(), spans=0) == 1


def read_by_network(sureness: float, *jobs: Mapping[str, object]) -> Understood:
    """Return what the network might say of the usual resume, with a confidence."""
    keys = ("name", "position", "startDate")
    known = {f"work[{number}].{key}": FieldReading(confidence=sureness) for number in range(len(jobs)) for key in keys}
    return Understood(resume_of(*jobs), known)


RIGHT = {"name": "Acme Ltd", "position": "Software Engineer", "startDate": "2019", "endDate": "2021"}
SWAPPED = RIGHT | {"name": "Software Engineer", "position": "Acme Ltd"}


def names_read(monkeypatch: pytest.MonkeyPatch, rules: Mapping[str, object], network: Understood) -> tuple[object, ...]:
    """Return employer, position and list items where the two readers read as given."""
    by_rules = resume_of({**rules, "highlights": ["By rules"]})
    monkeypatch.setattr(understanding, "read_lines", lambda lines: (by_rules, {}))
    monkeypatch.setattr(understanding, "understand_layout", lambda lines: network)
    (job,) = understand(lines_of(USUAL)).resume.work
    return job.name, job.position, job.highlights


@pytest.mark.parametrize(
    "network",
    [read_by_network(0.5, SWAPPED), read_by_network(0.97, RIGHT | {"position": None}), read_by_network(0.97, RIGHT)],
    ids=["unsure", "leaves more over", "names the job alike"],
)
def test_the_rules_count_where_they_leave_nothing_over_and_the_network_is_no_better(
    network: Understood, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert names_read(monkeypatch, RIGHT, network) == ("Acme Ltd", "Software Engineer", ["By rules"])


def test_the_network_counts_where_words_speak_for_its_names(monkeypatch: pytest.MonkeyPatch) -> None:
    read = names_read(monkeypatch, SWAPPED, read_by_network(0.97, RIGHT))
    assert read == ("Acme Ltd", "Software Engineer", [])


def test_the_network_names_the_jobs_that_the_rules_read_whole_where_it_is_sure(monkeypatch: pytest.MonkeyPatch) -> None:
    rules = RIGHT | {"name": "Zorb", "position": "Quux"}
    network = read_by_network(0.97, RIGHT | {"name": "Quux", "position": "Zorb"})
    assert names_read(monkeypatch, rules, network) == ("Quux", "Zorb", ["By rules"])


def test_the_network_renames_no_job_against_its_words_however_sure_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    read = names_read(monkeypatch, RIGHT, read_by_network(0.97, SWAPPED))
    assert read == ("Acme Ltd", "Software Engineer", ["By rules"])


def test_a_layout_that_no_rule_foresaw_is_read_by_the_network() -> None:
    work = understand(lines_of(IN_ROWS)).resume.work
    assert [(job.name, job.position) for job in work] == [
        ("Copperleaf Hotel", "Pastry Chef"),
        ("Old Mill Bakery", "Baker"),
    ]


def test_more_text_than_any_resume_has_is_left_to_the_rules(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(understanding, "understand_layout", lambda lines: pytest.fail("read again"))
    understand(lines_of(IN_ROWS + "word " * 10_000))
