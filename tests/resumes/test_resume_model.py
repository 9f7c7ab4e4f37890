"""The resume model against the published JSON Resume schema."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft7Validator, FormatChecker

from pipeline.resumes.model import SECTION_NAMES, OtherSection, Resume

FIXTURES = Path(__file__).parent.parent / "fixtures"
SCHEMA = json.loads((FIXTURES / "resumes" / "jsonresume" / "schema.json").read_text())
VALIDATOR = Draft7Validator(SCHEMA, format_checker=FormatChecker())
HENRIK = json.loads((FIXTURES / "resumes" / "own_jsonresume_henrik.json").read_text())


def written(resume: Resume) -> dict[str, Any]:
    return resume.model_dump(mode="json", by_alias=True, exclude_none=True)


def test_a_document_is_written_as_it_was_read() -> None:
    document = written(Resume.model_validate(HENRIK))
    assert {key: document[key] for key in HENRIK} == HENRIK
    assert set(document) - set(HENRIK) == {"section_order"}


def test_a_resume_survives_being_written_and_read() -> None:
    resume = Resume.model_validate(HENRIK)
    assert Resume.model_validate(written(resume)) == resume


def test_the_order_of_sections_is_that_of_the_keys_where_the_document_names_none() -> None:
    assert Resume.model_validate(HENRIK).section_order == [
        "summary", "work", "volunteer", "education", "awards", "certificates", "publications", "skills", "languages",
        "other", "projects",
    ]  # fmt: skip


def test_the_order_of_sections_is_kept_where_the_document_names_it() -> None:
    resume = Resume.model_validate({"section_order": ["skills", "work"], "work": [{"name": "Acme"}], "skills": []})
    assert resume.section_order == ["skills", "work"]


def test_unknown_keys_and_sections_of_other_kinds_are_kept() -> None:
    resume = Resume.model_validate(
        {
            "basics": {"name": "Ann", "pronouns": "she"},
            "x-tool": 1,
            "other": [{"title": "Talks", "items": [{"text": "A"}]}],
        }
    )
    document = written(resume)
    assert document["basics"]["pronouns"] == "she"
    assert document["x-tool"] == 1
    assert resume.other == [OtherSection.model_validate({"title": "Talks", "items": [{"text": "A"}]})]


def test_a_present_job_has_no_end() -> None:
    work = Resume.model_validate({"work": [{"startDate": "2020-01", "endDate": "Present"}]}).work[0]
    assert work.end_date is None
    assert "endDateText" not in written(Resume(work=[work]))["work"][0]


@pytest.mark.parametrize(
    ("given_value", "kept"),
    [
        ({"startDate": "Fall 2019"}, {"startDateText": "Fall 2019"}),
        ({"startDate": 2019}, {"startDate": "2019"}),
        ({"startDate": "2019-03-01T00:00:00Z"}, {"startDate": "2019-03-01"}),
        ({"url": "acme.example/jobs"}, {"url": "https://acme.example/jobs"}),
        ({"url": "ask me"}, {"urlText": "ask me"}),
        ({"company": "Acme"}, {"name": "Acme"}),
        ({"highlights": "one"}, {"highlights": ["one"]}),
    ],
)
def test_values_that_the_schema_would_refuse_are_put_right_or_moved_aside(
    given_value: dict[str, Any], kept: dict[str, Any]
) -> None:
    document = written(Resume.model_validate({"work": [given_value]}))
    assert document["work"] == [kept]
    VALIDATOR.validate(document)


def test_an_address_that_is_none_is_moved_aside() -> None:
    document = written(Resume.model_validate({"basics": {"email": "on request"}}))
    assert document["basics"] == {"emailText": "on request"}


VALUES = st.none() | st.integers(0, 3000) | st.text(max_size=12)
ENTRIES = st.dictionaries(
    st.sampled_from(["name", "startDate", "endDate", "url", "summary", "highlights", "keywords", "x"]),
    VALUES,
    max_size=5,
)


@given(
    st.dictionaries(
        st.sampled_from(["work", "skills", "education", "projects", "volunteer"]), st.lists(ENTRIES, max_size=2)
    )
)
def test_whatever_is_read_is_written_as_the_schema_has_it(document: dict[str, Any]) -> None:
    resume = Resume.model_validate(document)
    VALIDATOR.validate(written(resume))
    assert Resume.model_validate(written(resume)) == resume


def test_every_section_of_the_schema_has_a_name_or_counts_as_other() -> None:
    ordered = set(SECTION_NAMES) | {"interests", "references", "basics", "meta", "$schema"}
    assert set(SCHEMA["properties"]) <= ordered
