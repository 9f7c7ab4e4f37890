import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.cluster_matcher.job_descriptions import MAX_TEXT, clean_job_description, job_of_vacancy
from pipeline.core import RolemapError
from pipeline.postings import read_uploads
from tests.sample_files import ENGINEER, NURSE

PAGE = """<!doctype html><html><head><title>Jobs at Acme</title><script>alert(1)</script></head><body>
<nav>Home Login</nav><main><h1>Data Engineer (m/f/d)</h1><p>You build pipelines with Python &amp; SQL.</p>
<ul><li>Airflow</li></ul></main><footer>Imprint</footer></body></html>"""
FORWARDED = """Saw this, thought of you!

Best regards,
Tom Miller
Tel. 555 0100

---------- Forwarded message ----------
From: Recruiter <jobs@example.com>
Date: Mon, 3 Nov 2025
Subject: Fwd: Data Engineer in Lyon
To: Tom

> We look for somebody who builds data pipelines with Python and SQL.
> You run Airflow on AWS.
>
> --
> Jobs Ltd, 1 High Street
> This message is confidential and intended for the recipient only.
"""
RAW_MAIL = """From: jobs@example.com
To: you@example.com
Subject: Staff Nurse
MIME-Version: 1.0
Content-Type: multipart/alternative; boundary="b"

--b
Content-Type: text/plain; charset="utf-8"
Content-Transfer-Encoding: quoted-printable

You assess patients on our surgical ward, give medication =
and keep records.
--b
Content-Type: text/html

<p>You assess patients</p>
--b--
"""


def test_a_plain_posting_keeps_its_words_and_its_title() -> None:
    job = clean_job_description(NURSE)
    assert job.text == NURSE.strip()
    assert job.title == "Staff Nurse"


def test_a_page_loses_its_markup_its_frame_and_its_scripts() -> None:
    job = clean_job_description(PAGE)
    assert job.title == "Data Engineer (m/f/d)"
    assert "Python & SQL" in job.text
    assert not any(part in job.text for part in ("<", "alert", "Login"))


def test_a_forwarded_email_loses_headers_quotation_marks_and_signatures() -> None:
    job = clean_job_description(FORWARDED)
    assert job.title == "Data Engineer in Lyon"
    assert "builds data pipelines with Python and SQL.\nYou run Airflow" in job.text
    assert not any(part in job.text for part in (">", "jobs@example.com", "Tel.", "High Street", "confidential", "Tom"))


def test_a_single_quoted_line_of_an_email_loses_its_mark() -> None:
    raw = "From: P <p@x.example>\nSubject: Fwd: Data Engineer\n\n> Hi, see below\nWe seek a Data Engineer with SQL."
    assert clean_job_description(raw).text == "Hi, see below\nWe seek a Data Engineer with SQL."


def test_a_quotation_in_a_posting_that_is_no_email_stays() -> None:
    text = "Data Engineer\n\n> The best team I ever had.\n\nWe work with SQL and Python."
    assert clean_job_description(text).text == text


def test_a_raw_email_is_decoded() -> None:
    job = clean_job_description(RAW_MAIL)
    assert job.title == "Staff Nurse"
    assert "give medication and keep records" in job.text
    assert "boundary" not in job.text
    assert "=\n" not in job.text


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("Acme Ltd\nSenior Data Engineer\nWe build things.", "Senior Data Engineer"),
        ("Job title: Ward Sister\nNights.", "Ward Sister"),
        ("We are hiring.\nCome to us.", None),
        ("The fog comes\non little cat feet.", "The fog comes"),
        ("Senior Data Engineer", "Senior Data Engineer"),
    ],
)
def test_the_title_is_the_line_that_names_the_job(text: str, title: str | None) -> None:
    assert clean_job_description(text).title == title


def test_a_given_title_that_names_a_job_counts_more_than_the_first_line() -> None:
    assert clean_job_description("About this\nData Engineer wanted", title="Staff Nurse").title == "Staff Nurse"


@pytest.mark.parametrize("text", ["", "   \n", "\x00\x00", "123 456", "<html><body></body></html>"])
def test_a_text_without_words_is_refused_with_what_to_do(text: str) -> None:
    with pytest.raises(RolemapError, match=r"holds no text\. Paste"):
        clean_job_description(text)


def test_what_is_too_long_is_cut_and_what_is_short_is_said() -> None:
    long = clean_job_description("Data Engineer\n" + "python " * 100_000)
    assert len(long.text) <= MAX_TEXT
    assert any("Only its first" in notice for notice in long.notices)
    assert any("very short" in notice for notice in clean_job_description("Senior Data Engineer").notices)
    assert not clean_job_description(ENGINEER * 3).notices


def test_a_megabyte_of_one_word_is_read() -> None:
    assert len(clean_job_description("a" * 1_000_000).text) <= MAX_TEXT


def test_half_an_emoji_and_nul_bytes_are_taken_out() -> None:
    job = clean_job_description("Data\x00 Engineer \ud83d builds pipelines")
    job.text.encode()
    assert "\x00" not in job.text


def test_the_name_of_a_file_is_no_title() -> None:
    corpus = read_uploads([("scan-0042.txt", b"we need a hand with the harvest, come by.")])
    assert job_of_vacancy(corpus.vacancies[0]).title is None


@given(st.text(max_size=400))
def test_any_text_is_cleaned_or_refused_and_cleaning_again_changes_nothing_that_matters(text: str) -> None:
    try:
        job = clean_job_description(text)
    except RolemapError:
        return
    job.text.encode()
    assert job.text.strip() == job.text
    assert len(job.text) <= MAX_TEXT
