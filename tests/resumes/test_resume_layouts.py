"""Layouts that people use: sidebars, timelines, tables, Word templates, pasted text, in several languages.

The people in `fixtures/resumes/layouts` do not exist; `expected.json` says what is printed in their resumes. The reader
has learned and does not know these files, so what holds is how much of them all it reads right, and that what it got
wrong is said to be in doubt or lies where a person looks first.
"""

import json
import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
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
JOB = ("employer", "position", "start", "end")
Facts = dict[tuple[str, int], Any]


def told(resume: Resume) -> dict[str, Any]:
    """Return what a reader would write down of a resume."""
    basics = resume.basics
    return {
        "name": basics.name,
        "email": basics.email,
        "phone": basics.phone,
        "sections": [name for name in resume.section_order if name != "other"],
        "work": [[job.name, job.position, job.start_date, job.end_date] for job in resume.work],
        "education": [[study.institution, study.study_type, study.area] for study in resume.education],
        "skills": [[skill.name, skill.keywords] for skill in resume.skills],
    }


def facts(document: dict[str, Any]) -> Facts:
    """Return a document fact by fact; a degree and its subject are one, wherever they are parted."""
    found: Facts = {(key, 0): document[key] for key in ("name", "email", "phone", "sections")}
    found["jobs", 0] = len(document["work"])
    for number, job in enumerate(document["work"]):
        found |= {(kind, number): value for kind, value in zip(JOB, job, strict=False)}
    for number, (institution, degree, area) in enumerate(document["education"]):
        found["institution", number] = institution
        found["degree", number] = sorted(re.findall(r"\w{3,}", f"{degree or ''} {area or ''}"))
    found["skills", 0] = sorted(item for _, items in document["skills"] for item in items)
    return found


@cache
def read(name: str) -> Facts:
    return facts(told(parse_resume(FOLDER / name)))


def compared(name: str) -> Iterator[tuple[str, bool]]:
    """Yield each fact that a layout prints, and whether it is read."""
    for (kind, number), value in facts(EXPECTED[name]).items():
        yield kind, read(name).get((kind, number)) == value


FLOORS = {
    "name": 0.92, "email": 1.0, "phone": 1.0, "sections": 0.92, "jobs": 0.97, "employer": 0.95, "position": 0.95,
    "start": 0.95, "end": 0.95, "institution": 0.97, "degree": 0.95, "skills": 0.8,
}  # fmt: skip


def test_of_all_layouts_nearly_every_fact_is_read() -> None:
    printed, found = Counter[str](), Counter[str]()
    for name in EXPECTED:
        for kind, is_read in compared(name):
            printed[kind] += 1
            found[kind] += is_read
    shares = {kind: found[kind] / count for kind, count in printed.items()}
    assert {kind: share for kind, share in shares.items() if share < FLOORS[kind]} == {}


@pytest.mark.parametrize("name", EXPECTED)
def test_of_each_layout_most_facts_are_read(name: str) -> None:
    read_right = [is_read for _, is_read in compared(name)]
    assert sum(read_right) >= 0.75 * len(read_right)


@pytest.mark.parametrize("name", EXPORTED)
@pytest.mark.parametrize("suffix", ["pdf", "docx"])
def test_what_was_read_survives_its_export(name: str, suffix: str) -> None:
    resume = parse_resume(FOLDER / name)
    assert check_file(resume, export_resume(resume, suffix).data, suffix).differences == ()


def test_every_layout_has_its_truth() -> None:
    assert {path.name for path in FOLDER.iterdir()} == {*EXPECTED, "expected.json"}
