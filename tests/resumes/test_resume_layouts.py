"""Layouts that people use: sidebars, timelines, tables, Word templates, pasted text, in several languages.

The people in `fixtures/resumes/layouts` do not exist; `expected.json` says what is printed in their resumes.
"""

import json
from pathlib import Path
from typing import Any

import pytest

from pipeline.resumes.model import Resume
from pipeline.resumes.reading import parse_resume
from pipeline.resumes.writing.export import export_resume
from pipeline.resumes.writing.round_trip import check_file

FOLDER = Path(__file__).parent.parent / "fixtures" / "resumes" / "layouts"
EXPECTED: dict[str, dict[str, Any]] = json.loads((FOLDER / "expected.json").read_text(encoding="utf-8"))
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


@pytest.mark.parametrize("name", EXPECTED)
def test_a_layout_is_read_as_it_is_printed(name: str) -> None:
    assert told(parse_resume(FOLDER / name)) == EXPECTED[name]


@pytest.mark.parametrize("name", EXPORTED)
@pytest.mark.parametrize("suffix", ["pdf", "docx"])
def test_what_was_read_survives_its_export(name: str, suffix: str) -> None:
    resume = parse_resume(FOLDER / name)
    assert check_file(resume, export_resume(resume, suffix).data, suffix).differences == ()


def test_every_layout_has_its_truth() -> None:
    assert {path.name for path in FOLDER.iterdir()} == {*EXPECTED, "expected.json"}
