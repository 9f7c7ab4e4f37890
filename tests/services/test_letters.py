import io
import json
import re
from pathlib import Path

import docx
import pypdf
import pytest

from pipeline.bullet_rewriter import check_rewrite
from pipeline.cluster_matcher import clean_job_description
from pipeline.core import RolemapError
from pipeline.resume_generator import ThemeConfig, choose_facts, write_letter
from pipeline.resumes import LETTER_SUFFIXES, Look, Resume, export_letter, theme_names
from pipeline.services import make_letter
from tests.sample_resumes import full_resume
from tests.sandbox import run_command

JOB: ThemeConfig = {"slug": "a job", "name": "Data Engineer", "keywords": ["kafka", "terraform", "sql", "aws"]}
WORK = [
    {
        "name": "Acme GmbH",
        "position": "Senior Data Engineer",
        "startDate": "2021-03",
        "highlights": ["Kept the office plants", "Moved 40 jobs to Kafka on AWS", "Ran Kafka for a year"],
    },
    {"name": "Beta Systems", "position": "Engineer", "highlights": ["Wrote the billing reports in SQL"]},
]
POSTING = """Data Engineer

You run Kafka and SQL on AWS with Terraform, and you talk to the people who use the data every day. The team is small
and has a good deal of freedom in how it works. We offer regular hours.
"""


def resume() -> Resume:
    return full_resume(work=WORK)


def test_the_facts_are_bullets_that_show_what_the_job_asks_for_each_something_new() -> None:
    facts = choose_facts(resume(), JOB)
    assert [fact.text for fact in facts] == ["Moved 40 jobs to Kafka on AWS", "Wrote the billing reports in SQL"]
    assert facts[0].keywords == {"kafka", "aws"}


def test_every_claim_of_a_letter_stands_in_the_resume() -> None:
    letter = write_letter(resume(), JOB, "Data Engineer")
    bullets = [text for block in letter.blocks for text in block.bullets]
    assert bullets == ["Moved 40 jobs to Kafka on AWS", "Wrote the billing reports in SQL"]
    for fact in letter.facts:
        assert check_rewrite(fact.source, fact.text, resume=resume(), work_index=fact.work_index) == []
    [skills] = [block.text for block in letter.blocks if block.label]
    assert skills == "Terraform"
    assert letter.held_back == ()


def test_better_words_are_taken_where_they_hold_and_an_invention_is_held_back() -> None:
    better = resume().model_copy(deep=True)
    better.work[0].highlights[1] = "Moved 400 jobs to Kafka on Azure"
    better.work[1].highlights[0] = "Wrote billing reports in SQL"
    letter = write_letter(resume(), JOB, reworded=better)
    assert [fact.text for fact in letter.facts] == ["Moved 40 jobs to Kafka on AWS", "Wrote billing reports in SQL"]
    assert any("400" in reason for reason in letter.held_back)


def test_a_resume_with_nothing_of_the_job_gets_no_letter() -> None:
    with pytest.raises(RolemapError, match="nothing that this job asks for"):
        write_letter(resume(), {**JOB, "keywords": ["triage"]})


def test_a_resume_in_german_gets_a_german_frame() -> None:
    german = Resume.model_validate(
        {
            "basics": {
                "name": "Eva Muster",
                "summary": "Ingenieurin mit der Erfahrung aus dem Betrieb.",
            },
            "work": [{"name": "Werk", "position": "Ingenieurin", "highlights": ["Betrieb mit SQL und AWS"]}],
        }
    )
    texts = [block.text for block in write_letter(german, JOB, "Technikerin").blocks]
    assert texts[0].startswith("Sehr geehrte")
    assert "„Technikerin“" in texts[1]


@pytest.mark.parametrize("name", theme_names())
def test_the_letter_says_the_same_in_every_format_and_theme(name: str) -> None:
    blocks = write_letter(resume(), JOB, "Data Engineer").blocks
    files = {s: export_letter(resume(), blocks, s, job_name="Job", look=Look(theme=name)).data for s in LETTER_SUFFIXES}
    pdf = "".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(files["pdf"])).pages)
    word = "".join(paragraph.text for paragraph in docx.Document(io.BytesIO(files["docx"])).paragraphs)
    for said in (
        "Jane Doe",
        "jane@example.com",
        "position of Data Engineer.",
        "Moved 40 jobs to Kafka on AWS",
        "Terraform",
    ):
        for found in (pdf, word, files["txt"].decode()):
            assert re.sub(r"\s", "", said) in re.sub(r"\s", "", found)


def test_a_letter_in_another_language_than_the_posting_says_so() -> None:
    german = (
        "Data Engineer\n\nSie betreiben Kafka und SQL auf AWS mit Terraform und sprechen täglich mit den Menschen, "
        "die die Daten nutzen. Wir bieten geregelte Arbeitszeiten und ein kleines Team."
    )
    finished = make_letter(resume(), clean_job_description(german), suffixes=["txt"])
    assert finished.files[0].data.decode().count("Dear Hiring Team,") == 1
    [notice] = finished.notices
    assert "The posting is in German, your resume in English" in notice
    assert make_letter(resume(), clean_job_description(POSTING), suffixes=["txt"]).notices == ()


def test_the_command_writes_a_letter_and_says_what_it_rests_on(workspace: Path) -> None:
    (workspace / "job.txt").write_text(POSTING)
    (workspace / "jane.json").write_text(resume().model_dump_json(by_alias=True, exclude_none=True))
    arguments = ("--job", str(workspace / "job.txt"), "--resume", str(workspace / "jane.json"))
    done = run_command("letter", *arguments, "--formats", "txt,docx", "--json", home=workspace)
    assert done.status == 0, done.err
    report = json.loads(done.out)
    assert {Path(path).name for path in report["output"]} == {
        "Jane-Doe-Data-Engineer-Letter.txt",
        "Jane-Doe-Data-Engineer-Letter.docx",
    }
    moved = "Moved 40 jobs to Kafka on AWS"
    assert report["facts"][0] == {"text": moved, "source": moved, "asked_for": ["aws", "kafka"]}
    assert report["notices"] == []
    refused = run_command("letter", *arguments, "--formats", "odt", home=workspace)
    assert refused.status == 2
