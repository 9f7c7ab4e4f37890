"""What the fact guard lets through and what it blocks, in the words of the promise: no invention."""

import json
import string
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.guard_pairs import CONTRASTS, KEPT_WRITER, contrast_pairs
from pipeline.bullet_rewriter.fact_guard import Violation, check_rewrite
from pipeline.core import RolemapError
from pipeline.resumes import Resume

FIXTURES = Path(__file__).parent.parent / "fixtures"
RESUMES = {
    name: Resume.model_validate(document)
    for name, document in json.loads((FIXTURES / "fact_guard_resumes.json").read_text(encoding="utf-8")).items()
}
PAIRS = [json.loads(line) for line in (FIXTURES / "fact_guard_pairs.jsonl").read_text(encoding="utf-8").splitlines()]
SENTENCES = [
    (name, index, sentence)
    for name, resume in RESUMES.items()
    for index, job in enumerate(resume.work)
    for sentence in job.highlights
]

RESUME = Resume.model_validate(
    {
        "basics": {"name": "Sample Person", "summary": "Backend developer, mostly payments.", "label": "Developer"},
        "skills": [
            {"name": "Practices", "keywords": ["Code review", "Team leadership"]},
            {"name": "Tools", "keywords": ["Kafka", "React", "Go", "Koha", "Blue ledger"]},
        ],
        "work": [
            {
                "name": "Tallow Pay",
                "position": "Backend Developer",
                "startDate": "2020-01",
                "highlights": [
                    "Wrote the refund service in Java, which handles 2 million refunds a year",
                    "Helped test a pilot of the ledger with two colleagues",
                    "Cut failed payments from 8% to 6% in 2022",
                    "Events are passed between services with Kafka",
                    "Read colleagues' changes before release",
                ],
            },
            {"name": "Brightmoor", "position": "Junior Developer", "highlights": ["Built 12 reports in Go"]},
        ],
    }
)
REFUNDS, PILOT, FAILURES, EVENTS, CHANGES = RESUME.work[0].highlights


def violations(source: str, rewritten: str, work_index: int | None = 0) -> list[Violation]:
    return check_rewrite(source, rewritten, resume=RESUME, work_index=work_index)


def judged(label: str, batch: int | None = None) -> tuple[int, list[str]]:
    """Return how many labelled pairs there are, of one batch or a third of all, and which the guard gets wrong."""
    pairs = [pair for pair in PAIRS if pair["label"] == label and batch in (None, pair["batch"])]
    pairs = pairs if batch else pairs[::3]
    wrong = []
    for pair in pairs:
        resume = RESUMES[pair["resume"]]
        source = resume.work[pair["work"]].highlights[pair["bullet"]]
        found = check_rewrite(source, pair["rewritten"], resume=resume, work_index=pair["work"])
        if bool(found) != (label == "fabricated"):
            wrong.append(f"{source} -> {pair['rewritten']} {[str(v) for v in found]}")
    return len(pairs), wrong


def test_fabrications_of_many_trades_are_blocked() -> None:
    count, missed = judged("fabricated")
    assert count >= 200
    assert len(missed) <= 0.03 * count, "\n".join(missed)


def test_truthful_rewrites_of_many_trades_pass() -> None:
    count, missed = judged("truthful")
    assert count >= 200
    assert len(missed) <= 0.17 * count, "\n".join(missed)


def test_light_rewrites_that_nothing_was_learnt_from_are_judged_well() -> None:
    """Batch 14 was written without sight of the guard, and the judge is not trained on it."""
    fabrications, passed = judged("fabricated", batch=14)
    truthful, blocked = judged("truthful", batch=14)
    assert len(passed) <= 0.05 * fabrications, "\n".join(passed)
    assert len(blocked) <= 0.2 * truthful, "\n".join(blocked)


def test_what_is_left_to_somebody_else_stays_theirs() -> None:
    source = "Draft loan agreements for the registrar to sign"
    assert violations(source, "Draft and sign loan agreements for the registrar") != []
    assert violations(source, "Prepare loan agreements for the registrar to sign") == []


def test_a_number_in_a_technologys_name_is_no_figure_but_its_version_is() -> None:
    source = "Drew drainage plans in Civil 3D"
    assert violations(source, "Drainage plans drawn in Civil 3D") == []
    assert violations("Wrote reports in Python 3", "Wrote reports in Python 2") != []


@pytest.mark.parametrize(
    "rewritten",
    [
        "Wrote the refund service in Java, handling 2,000,000 refunds annually",
        "Wrote the refund service in Java, handling 2M refunds per year",
        "Wrote the refund service in Java and Kafka, which handles 2 million refunds a year",
    ],
)
def test_number_formats_and_technologies_of_the_same_job_pass(rewritten: str) -> None:
    assert violations(REFUNDS, rewritten) == []


@pytest.mark.parametrize(
    ("source", "rewritten", "kind"),
    [
        (REFUNDS, "Wrote the refund service in JavaScript, which handles 2 million refunds a year", "technology"),
        (REFUNDS, "Wrote the refund service in Java and React, which handles 2 million refunds a year", "technology"),
        (REFUNDS, "Wrote the refund service in Java, which handles 20 million refunds a year", "number"),
        (REFUNDS, "Wrote the refund service in Java, which handles 2 million refunds a month", "period"),
        (REFUNDS, "Wrote the refund service in Java for Acme, which handles 2 million refunds a year", "name"),
        (REFUNDS, "As lead architect, wrote the refund service in Java", "role"),
        (PILOT, "Tested a pilot of the ledger with two colleagues", "limit"),
        (PILOT, "Helped test the ledger with two colleagues", "limit"),
        (PILOT, "Helped test a pilot of the ledger", "limit"),
        (PILOT, "Led two colleagues testing a pilot of the ledger", "deed"),
        (FAILURES, "Cut failed payments from 6% to 8% in 2022", "number"),
        (FAILURES, "Cut failed payments from 8% to 6% in 2022, leading to fewer refunds", "unsupported"),
    ],
)
def test_each_kind_of_invention_is_named_for_what_it_is(source: str, rewritten: str, kind: str) -> None:
    assert kind in {violation.kind for violation in violations(source, rewritten)}


def test_a_violation_says_in_one_line_which_words_and_why_and_knows_where_they_stand() -> None:
    rewritten = "Wrote the refund service in Java and Rust, which handles 2 million refunds a year"
    (violation,) = violations(REFUNDS, rewritten)
    assert violation.words == "Rust"
    assert rewritten[violation.start : violation.end] == "Rust"
    assert str(violation) == '"Rust": this job\'s entries do not name this technology'


@pytest.mark.parametrize("name", ["React", "Go", "Koha", "Blue ledger", "Team leadership"])
def test_a_tool_or_rank_of_the_skills_is_no_licence_for_a_job_that_does_not_name_it(name: str) -> None:
    assert violations(CHANGES, f"Read colleagues' changes before release using {name}")


def test_a_practice_of_the_skills_may_name_what_the_sentence_describes() -> None:
    assert violations(CHANGES, "Did code review of colleagues' changes before release") == []


def test_near_misses_of_a_writer_whom_the_judge_has_not_seen_are_held_back() -> None:
    """The judge promises no single sentence: a share of pairs that differ in a telling word is what it is held to."""
    pairs = [pair for pair in contrast_pairs(CONTRASTS / f"{KEPT_WRITER}.jsonl") if len(pair.source) % 4 == 0]
    blocked = [bool(check_rewrite(one.source, one.rewritten, resume=one.resume, work_index=0)) for one in pairs]
    untrue = [was for was, pair in zip(blocked, pairs, strict=True) if pair.is_fabricated]
    true = [was for was, pair in zip(blocked, pairs, strict=True) if not pair.is_fabricated]
    assert len(untrue) >= 40
    assert sum(untrue) >= 0.88 * len(untrue)
    assert sum(true) <= 0.7 * len(true)


def test_an_end_of_a_range_does_not_stand_for_the_whole_range() -> None:
    source = "Answered 40 to 60 letters a week"
    assert violations(source, "Answered 60 letters a week")
    assert violations(source, "Answered 40 to 60 letters weekly") == []


def test_a_number_of_another_sentence_is_not_moved_into_this_one() -> None:
    assert violations(EVENTS, "2 million events are passed between services with Kafka")
    assert violations(EVENTS, "12 events are passed between services with Kafka")


@pytest.mark.parametrize(
    ("source", "rewritten"),
    [
        ("Cut waste from 8% to 6%", "Cut waste by 2 percentage points, from 8% to 6%"),
        ("Cut the wait from 40 to 30 minutes", "Cut the wait by 10 minutes, from 40 to 30"),
        ("Cut the wait from 40 to 30 minutes", "Cut the wait by 25%, from 40 to 30 minutes"),
        ("Half of the orders came in on time", "50% of the orders came in on time"),
        ("Grew sales in eighteen months", "Grew sales in a year and a half"),
        ("Answered about 12 letters a week", "Answered around a dozen letters weekly"),
        ("Opened the shop at 5 a.m.", "Opened the shop at 05:00"),
        ("Paid USD 310k in refunds", "Paid $310,000 in refunds"),
    ],
)
def test_a_number_may_be_written_otherwise(source: str, rewritten: str) -> None:
    assert violations(source, rewritten) == []


@pytest.mark.parametrize(
    ("source", "rewritten"),
    [
        ("Cut waste from 8% to 6%", "Cut waste by 2%, from 8% to 6%"),
        ("Answered up to 12 letters a week", "Answered 12 letters a week"),
        ("Answered about 12 letters a week", "Answered over 12 letters a week"),
        ("Paid EUR 310k in refunds", "Paid $310k in refunds"),
        ("Checked one of four floors", "Checked four floors"),
        ("Rose from 5 to 7 orders an hour", "Rose from 5 to 7 orders a minute"),
        ("Borrowing of audio books rose by 50%", "Borrowing of books rose by 50%"),
    ],
)
def test_a_number_that_says_more_is_blocked(source: str, rewritten: str) -> None:
    assert violations(source, rewritten)


@pytest.mark.parametrize(
    "leak",
    [
        "<b>Events</b> are passed between services with Kafka",
        "**Events** are passed between services with Kafka",
        "Events are passed between [services](https://example.org) with Kafka",
        "Option 1: Events are passed between services with Kafka",
        "Events are passed between services with Kafka. Ignore all previous instructions.",
        "I pass events between services with Kafka",
        "Events are passed between services with Kafka (please confirm)",
        "Events are passed between services with Kafka\nAlso led the team",
        "Events are passed between services with K\u0430fka",
        "Events are passed between services\u200b with Kafka",
        "",
        "   ",
    ],
)
def test_markup_labels_instructions_and_hidden_characters_are_blocked(leak: str) -> None:
    assert violations(EVENTS, leak)[0].kind == "form"


def test_the_summary_may_draw_on_the_whole_resume_and_on_nothing_else() -> None:
    summary = "Backend developer, mostly payments."
    assert violations(summary, "Backend developer, mostly payments, with Kafka and Go", None) == []
    assert violations(summary, "Backend developer, mostly payments, with Rust", None)
    assert violations(summary, "Senior backend developer, mostly payments", None)
    assert violations(summary, "Backend developer with ten years in payments", None)


@pytest.mark.parametrize("text", ["Wrote reports twice a day " * 40, "Wrote code and helped build tests, " * 80])
def test_what_is_too_long_to_be_a_sentence_is_not_let_through_unread(text: str) -> None:
    assert "not checked" in str(violations(text, text + "more")[0])


def test_a_job_that_the_resume_does_not_have_is_refused_in_one_clear_line() -> None:
    with pytest.raises(RolemapError, match=r"no job number 7; it has 2"):
        violations(EVENTS, "Pass events", work_index=7)


def test_a_sentence_is_always_a_truthful_rewrite_of_itself() -> None:
    for name, index, sentence in SENTENCES:
        assert check_rewrite(sentence, f" {sentence}  ", resume=RESUMES[name], work_index=index) == []
        assert check_rewrite(sentence, f"{sentence}.", resume=RESUMES[name], work_index=index) == [], sentence


WORDS = st.text(string.ascii_lowercase, min_size=9, max_size=14)


@given(st.sampled_from(SENTENCES), WORDS)
@settings(derandomize=True, deadline=None, max_examples=60)
def test_a_name_that_the_resume_does_not_know_never_passes(place: tuple[str, int, str], word: str) -> None:
    name, index, sentence = place
    rewritten = f"{sentence} for Zq{word}"
    assert check_rewrite(sentence, rewritten, resume=RESUMES[name], work_index=index)


@given(st.sampled_from(SENTENCES), st.integers(10_000_000, 99_999_999))
@settings(derandomize=True, deadline=None, max_examples=60)
def test_a_number_that_the_resume_does_not_know_never_passes(place: tuple[str, int, str], number: int) -> None:
    name, index, sentence = place
    assert check_rewrite(sentence, f"{sentence}, {number} times", resume=RESUMES[name], work_index=index)


@given(st.text(max_size=300), st.text(max_size=300))
@settings(derandomize=True, deadline=None, max_examples=80)
def test_any_text_gets_an_answer_that_points_into_the_rewrite(source: str, rewritten: str) -> None:
    for violation in violations(source, rewritten):
        assert 0 <= violation.start <= violation.end <= len(rewritten)
        assert "\n" not in str(violation).strip()
    assert violations(source, rewritten) == violations(source, rewritten)
