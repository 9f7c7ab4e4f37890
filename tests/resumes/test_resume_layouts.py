"""Layouts that people use: sidebars, timelines, tables, Word templates, pasted text, in several languages.

A trained reader is measured, not held to every word: what it must reach is below. The people in
`fixtures/resumes/layouts` do not exist; `expected.json` says what is printed in their resumes.
"""

import json
from collections.abc import Iterator
from itertools import zip_longest
from pathlib import Path
from typing import Any

import pytest

from pipeline.resumes.model import Resume
from pipeline.resumes.reading import parse_resume
from pipeline.resumes.writing.export import export_resume
from pipeline.resumes.writing.round_trip import check_file

FOLDER = Path(__file__).parent.parent / "fixtures" / "resumes" / "layouts"
EXPECTED: dict[str, dict[str, Any]] = json.loads((FOLDER / "expected.json").read_text(encoding="utf-8"))
LEAST_OF_ONE = 0.3
LEAST = {"name": 0.85, "email": 1.0, "employer": 0.85, "position": 0.9, "start": 0.95, "end": 0.95, "institution": 0.7}
EXPORTED = ("arabic.pdf", "canva.pdf", "linkedin.txt", "jobboard.txt", "academic.pdf", "roles_footer.docx")


def told(resume: Resume) -> dict[str, Any]:
    """Return what a reader would write down of a resume."""
    basics = resume.basics
    return {
        "name": basics.name,
        "email": basics.email,
        "phone": basics.phone,
        "headline": basics.label,
        "sections": [name for name in resume.section_order if name != "other"],
        "work": [[job.name, job.position, job.start_date, job.end_date, len(job.highlights)] for job in resume.work],
        "education": [[study.institution, study.study_type, study.area] for study in resume.education],
        "skills": [[skill.name, skill.keywords] for skill in resume.skills],
        "languages": [language.language for language in resume.languages],
    }


def compared(found: dict[str, Any], expected: dict[str, Any]) -> Iterator[tuple[str, bool]]:
    """Yield each thing that is printed, by its kind, with whether it was read as it is printed."""
    for kind in ("name", "email", "phone", "headline", "sections"):
        yield kind, found[kind] == expected[kind]
    for kind, names in (
        ("work", ("employer", "position", "start", "end", "items")),
        ("education", ("institution", "degree", "area")),
        ("skills", ("label", "keywords")),
    ):
        for entry, other in zip_longest(expected[kind], found[kind]):
            for place, name in enumerate(names):
                yield name, bool(entry and other and entry[place] == other[place])
    for language, other in zip_longest(expected["languages"], found["languages"]):
        yield "languages", language == other


@pytest.fixture(scope="module")
def readings() -> dict[str, dict[str, Any]]:
    return {name: told(parse_resume(FOLDER / name)) for name in EXPECTED}


@pytest.mark.parametrize("name", EXPECTED)
def test_most_of_a_layout_is_read_as_it_is_printed(name: str, readings: dict[str, dict[str, Any]]) -> None:
    marks = [right for _, right in compared(readings[name], EXPECTED[name])]
    assert sum(marks) / len(marks) >= LEAST_OF_ONE


@pytest.mark.parametrize("kind", LEAST)
def test_over_all_layouts_a_field_is_read_as_it_is_printed(kind: str, readings: dict[str, dict[str, Any]]) -> None:
    pairs = [pair for name in EXPECTED for pair in compared(readings[name], EXPECTED[name])]
    marks = [right for found, right in pairs if found == kind]
    assert sum(marks) / len(marks) >= LEAST[kind]


@pytest.mark.parametrize("name", EXPORTED)
@pytest.mark.parametrize("suffix", ["pdf", "docx"])
def test_what_was_read_survives_its_export(name: str, suffix: str) -> None:
    resume = parse_resume(FOLDER / name)
    assert check_file(resume, export_resume(resume, suffix).data, suffix).differences == ()


def test_every_layout_has_its_truth() -> None:
    assert {path.name for path in FOLDER.iterdir()} == {*EXPECTED, "expected.json"}
