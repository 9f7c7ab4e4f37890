import pytest

from pipeline.resumes.model import Resume
from pipeline.resumes.writing.export import EXPORT_SUFFIXES, export_resume
from pipeline.resumes.writing.round_trip import check_file, read_back
from tests.sample_resumes import chinese_resume, full_resume, plain_resume

PRINTED = ("pdf", "docx", "md")


@pytest.mark.parametrize("suffix", EXPORT_SUFFIXES)
def test_an_everyday_resume_comes_back_as_it_went_in(suffix: str) -> None:
    resume = plain_resume()
    check = check_file(resume, export_resume(resume, suffix).data, suffix)
    assert check.differences == ()
    assert all(finding.is_passed for finding in check.findings)


@pytest.mark.parametrize("suffix", PRINTED)
def test_the_fields_themselves_come_back(suffix: str) -> None:
    resume = plain_resume()
    read = read_back(export_resume(resume, suffix).data, suffix).resume
    contact = (read.basics.name, read.basics.email, read.basics.phone)
    assert contact == ("Jane Doe", "jane@example.com", "+49 30 5550 1234")
    assert [(job.name, job.position, job.start_date, job.end_date) for job in read.work] == [
        (job.name, job.position, job.start_date, job.end_date) for job in resume.work
    ]
    assert [job.highlights for job in read.work] == [job.highlights for job in resume.work]
    assert [(skill.name, skill.keywords) for skill in read.skills] == [(s.name, s.keywords) for s in resume.skills]
    assert read.section_order == resume.section_order


@pytest.mark.parametrize("suffix", PRINTED)
def test_a_chinese_resume_comes_back_as_it_went_in(suffix: str) -> None:
    assert check_file(chinese_resume(), export_resume(chinese_resume(), suffix).data, suffix).differences == ()


@pytest.mark.parametrize("suffix", EXPORT_SUFFIXES)
def test_a_lost_bullet_is_named(suffix: str) -> None:
    resume = plain_resume()
    shorter = plain_resume()
    lost = shorter.work[0].highlights.pop(0)
    differences = check_file(resume, export_resume(shorter, suffix).data, suffix).differences
    assert len(differences) == 1
    assert lost in differences[0].written
    assert "is lost" in str(differences[0])


@pytest.mark.parametrize("suffix", EXPORT_SUFFIXES)
def test_a_changed_date_an_added_skill_and_another_name_are_named(suffix: str) -> None:
    other = plain_resume()
    other.basics.name = "Jane Dough"
    other.work[1].end_date = "2021-01"
    other.skills[0].keywords.append("Rust")
    differences = check_file(plain_resume(), export_resume(other, suffix).data, suffix).differences
    told = "\n".join(map(str, differences))
    assert "“Jane Doe” is read as “Jane Dough”" in told
    assert "2021-01" in told or "Jan 2021" in told
    assert "Rust" in told


def test_sections_in_another_order_are_a_difference() -> None:
    other = plain_resume().model_copy(update={"section_order": ["education", "work", "skills", "summary"]})
    differences = check_file(plain_resume(), export_resume(other, "md").data, "md").differences
    assert {difference.field.split("[")[0] for difference in differences} == {"section order"}


@pytest.mark.parametrize("suffix", PRINTED)
def test_a_file_that_cannot_be_read_is_one_difference_with_the_reason(suffix: str) -> None:
    (difference,) = check_file(plain_resume(), b"\x00\x01", suffix).differences
    assert difference.field == "file"


def test_a_json_export_of_everything_comes_back_whole() -> None:
    assert check_file(full_resume(), export_resume(full_resume(), "json").data, "json").differences == ()


def failed(resume: Resume, suffix: str = "docx") -> dict[str, str]:
    check = check_file(resume, export_resume(resume, suffix).data, suffix)
    return {finding.check: finding.reason for finding in check.findings if not finding.is_passed}


def test_a_resume_without_an_address_or_with_undated_jobs_is_told_so() -> None:
    resume = plain_resume()
    resume.basics.email = None
    resume.work[1].start_date = resume.work[1].end_date = None
    reasons = failed(resume)
    assert "no email" in reasons["contact"]
    assert "Software Engineer" in reasons["dates"]


def test_a_heading_that_programs_do_not_know_is_named() -> None:
    resume = plain_resume().model_copy(update={"section_titles": {"skills": ["Superpowers"]}})
    assert "Superpowers" in failed(resume)["headings"]


@pytest.mark.parametrize("suffix", PRINTED)
def test_an_export_passes_every_check_on_its_content(suffix: str) -> None:
    check = check_file(full_resume(), export_resume(full_resume(), suffix).data, suffix)
    content = {finding.check: finding.is_passed for finding in check.findings}
    assert (content["text"], content["images"], content["tables"], content["headings"]) == (True, True, True, True)
