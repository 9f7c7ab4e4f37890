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


def read_by_network(sureness: float, position: str = "Acme Ltd") -> Understood:
    """Return what the network might say of the usual resume: other names for its job, with a confidence."""
    job = {"name": "Software Engineer", "position": position, "startDate": "2019", "endDate": "2021"}
    known = {f"work[0].{key}": FieldReading(confidence=sureness) for key in job}
    return Understood(resume_of(job | {"highlights": ["Something else"]}), known)


@pytest.mark.parametrize(
    ("network", "names"),
    [
        (read_by_network(0.97), ("Software Engineer", "Acme Ltd")),
        (read_by_network(0.7), ("Acme Ltd", "Software Engineer")),
        (read_by_network(0.97, "Built services"), ("Acme Ltd", "Software Engineer")),
    ],
    ids=["sure", "unsure", "words of no heading"],
)
def test_the_network_names_the_jobs_that_the_rules_read_whole_where_it_is_sure(
    network: Understood, names: tuple[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(understanding, "understand_layout", lambda lines: network)
    understood = understand(lines_of(USUAL))
    (job,) = understood.resume.work
    assert (job.name, job.position) == names
    assert job.highlights == ["Built services"]
    assert (understood.fields["work[0].name"].confidence == 0.97) == (names[1] == "Acme Ltd")


def test_a_degree_that_the_rules_leave_in_the_notes_is_the_one_that_the_network_is_sure_of(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    study = {"institution": "Ångström School", "endDate": "2015"}
    known = {f"education[0].{key}": FieldReading(confidence=0.97) for key in ("institution", "studyType", "endDate")}
    by_network = Resume.model_validate({"education": [study | {"studyType": "Masterexamen"}]})
    for notes, degree in ((["Masterexamen"], "Masterexamen"), (["Uppsala"], None)):
        by_rules = Resume.model_validate({"education": [study | {"notes": notes}]})
        monkeypatch.setattr(understanding, "read_lines", lambda lines, found=by_rules: (found, {}))
        monkeypatch.setattr(understanding, "understand_layout", lambda lines: Understood(by_network, known))
        assert understand(lines_of(USUAL)).resume.education[0].study_type == degree


def test_a_layout_that_no_rule_foresaw_is_read_by_the_network() -> None:
    work = understand(lines_of(IN_ROWS)).resume.work
    assert [(job.name, job.position) for job in work] == [
        ("Copperleaf Hotel", "Pastry Chef"),
        ("Old Mill Bakery", "Baker"),
    ]


def test_more_text_than_any_resume_has_is_left_to_the_rules(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(understanding, "understand_layout", lambda lines: pytest.fail("read again"))
    understand(lines_of(IN_ROWS + "word " * 10_000))
