import re
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.core import RolemapError
from pipeline.resume_generator import (
    Demand,
    Selection,
    ThemeConfig,
    analyze_gaps,
    apply_selection,
    doubtful_words,
    hidden_by,
    own_titles,
    parts_of,
    propose,
    role_fit,
)
from pipeline.resumes import Resume, Work
from tests.sample_resumes import full_resume

CLOUD: ThemeConfig = {"slug": "cloud", "name": "Cloud Engineer", "keywords": ["terraform", "aws"]}


def resume_of_jobs(*jobs: tuple[str, str, str | None], bullets: int = 0) -> Resume:
    work = [
        {
            "name": name,
            "position": "Engineer",
            "startDate": start,
            "highlights": [*(f"Did thing {n}" for n in range(bullets)), "Ran Terraform on AWS"],
        }
        | ({"endDate": end} if end else {})
        for name, start, end in jobs
    ]
    return Resume.model_validate({"work": work})


def left_out(*paths: str) -> Selection:
    return Selection(left_out=paths)


def test_every_part_of_a_resume_can_be_left_out_by_itself() -> None:
    resume = full_resume()
    before = resume.model_dump_json()
    for path in parts_of(resume):
        assert apply_selection(resume, left_out(path)) != resume, path
    assert resume.model_dump_json() == before


@given(paths=st.sets(st.sampled_from([*parts_of(full_resume())])))
@settings(max_examples=80)
def test_a_selection_takes_away_and_never_adds_or_moves(paths: set[str]) -> None:
    resume = full_resume()
    made = apply_selection(resume, Selection(left_out=tuple(sorted(paths))))
    assert [job.name for job in made.work] == [
        job.name for index, job in enumerate(resume.work) if not paths & {"work", f"work[{index}]"}
    ]
    for job in made.work:
        [whole] = [each for each in resume.work if each.name == job.name]
        kept = iter(whole.highlights)
        assert all(text in kept for text in job.highlights)
    assert (made.basics.summary is None) == ("basics.summary" in paths)


def test_a_headline_and_a_summary_of_its_own_stand_in_for_those_of_the_resume() -> None:
    made = apply_selection(full_resume(), Selection(headline=" Streaming Engineer ", summary="Late data."))
    assert (made.basics.label, made.basics.summary) == ("Streaming Engineer", "Late data.")
    assert apply_selection(full_resume(), Selection()) == full_resume()


def test_the_titles_offered_for_a_headline_are_the_persons_own_and_near_the_role() -> None:
    work = [
        {"name": "A", "position": "Cloud Engineer", "startDate": "2015", "endDate": "2018"},
        {"name": "B", "position": "Head Chef", "startDate": "2010", "endDate": "2014"},
        {"name": "C", "position": "Senior Software Engineer", "startDate": "2019"},
    ]
    resume = Resume.model_validate({"basics": {"label": "Platform Engineer | Trainer"}, "work": work})
    titles = own_titles(resume, CLOUD)
    assert titles == ["Cloud Engineer", "Platform Engineer | Trainer", "Platform Engineer"]
    for title in titles:
        assert doubtful_words(resume, Selection(headline=title)) == []


def test_a_selection_of_another_resume_is_refused() -> None:
    with pytest.raises(RolemapError, match=r"no part 'work\[7\]'"):
        apply_selection(full_resume(), left_out("work[7]"))


def test_a_proposal_keeps_every_job_and_the_bullets_that_tell_most() -> None:
    resume = resume_of_jobs(
        *(("New", "2020-01", None), ("Before", "2018-01", "2019-12"), ("Old", "2015-01", "2017-12")), bullets=8
    )
    made = apply_selection(resume, propose(resume, CLOUD, 5))
    assert [len(job.highlights) for job in made.work] == [5, 5, 4]
    assert all(job.highlights[-1] == "Ran Terraform on AWS" for job in made.work)
    assert hidden_by(resume, propose(resume, CLOUD, 5)) == []


def test_the_older_jobs_give_way_whatever_their_order_in_the_resume() -> None:
    resume = resume_of_jobs(
        *(("Old", "2015-01", "2017-12"), ("Before", "2018-01", "2019-12"), ("New", "2020-01", None)), bullets=8
    )
    made = apply_selection(resume, propose(resume, CLOUD))
    assert [len(job.highlights) for job in made.work] == [4, 6, 6]


THREE = (("C", "2020-01", None), ("B", "2018-01", "2019-12"), ("A", "2015-01", "2017-12"))


@pytest.mark.parametrize(
    ("paths", "told"),
    [
        (["work[1]"], ["B is not named any more", "gap in your dates from 2018-01 to 2019-12"]),
        (["work[0]"], ["C is not named any more", "gap in your dates from 2020-01 to now"]),
        (["work[2]"], ["A is not named any more"]),
        (["work"], ["does not know where you have worked"]),
        (["work[1].highlights[0]"], []),
    ],
)
def test_a_hidden_employer_and_a_gap_are_said(paths: list[str], told: list[str]) -> None:
    found = hidden_by(resume_of_jobs(*THREE), left_out(*paths))
    assert len(found) == len(told)
    assert all(part in line for part, line in zip(told, found, strict=True))


def test_a_job_that_another_covers_leaves_no_gap_and_its_employer_may_still_be_named() -> None:
    resume = resume_of_jobs(("A", "2018", "2020"), ("A", "2019-02", "2019-08"))
    assert hidden_by(resume, left_out("work[1]")) == ["“Engineer” (2019-02 – 2019-08) is left out."]


MONTHS = st.integers(2000 * 12, 2024 * 12)
JOBS = st.lists(st.tuples(st.sampled_from("ABC"), MONTHS, st.none() | MONTHS), min_size=1, max_size=6)


def iso(month: int) -> str:
    return f"{month // 12}-{month % 12 + 1:02d}"


def dated(jobs: list[tuple[str, int, int | None]]) -> Resume:
    spans = [(name, start, None if end is None else max(start, end)) for name, start, end in jobs]
    return resume_of_jobs(*((name, iso(start), None if end is None else iso(end)) for name, start, end in spans))


@given(JOBS, st.sets(st.integers(0, 5)))
def test_no_employer_is_hidden_and_no_gap_made_that_is_not_said(
    jobs: list[tuple[str, int, int | None]], hidden: set[int]
) -> None:
    resume = dated(jobs)
    out = sorted(number for number in hidden if number < len(jobs))
    selection = left_out(*(f"work[{number}]" for number in out))
    told = hidden_by(resume, selection)
    made = apply_selection(resume, selection)
    if len(out) == len(jobs):
        assert told
        return
    for name in {job.name for job in resume.work} - {job.name for job in made.work}:
        assert any(f"{name} is not named any more" in line for line in told)
    now = max([end or start for _, start, end in jobs] + [start for _, start, _ in jobs]) + 1
    gaps = [re.findall(r"from (\S+) to (\S+)\.$", line)[0] for line in told if "gap" in line]
    said = {iso(m) for m in range(2000 * 12, now) for start, end in gaps if start <= iso(m) <= end.replace("now", "9")}
    kept = [job for number, job in enumerate(resume.work) if number not in out]
    for month in range(min(start for _, start, _ in jobs), now):
        is_before = iso(month) < min(job.start_date or "" for job in kept)
        was_there = any(covers(job, month) for job in resume.work)
        assert (iso(month) in said) == (was_there and not is_before and not any(covers(job, month) for job in kept))


def covers(job: Work, month: int) -> bool:
    return (job.start_date or "") <= iso(month) <= (job.end_date or "9")


@given(JOBS, st.integers(1, 4))
def test_a_proposal_never_hides_anything_that_must_be_said(
    jobs: list[tuple[str, int, int | None]], bullets: int
) -> None:
    resume = dated(jobs)
    proposal = propose(resume, CLOUD, bullets)
    assert hidden_by(resume, proposal) == []
    assert len(apply_selection(resume, proposal).work) == len(jobs)
    assert all(job.highlights for job in apply_selection(resume, proposal).work)


def fit_of(resume: Resume, **shares: tuple[float, float]) -> Any:
    demand = {name: Demand(role_share=role, market_share=market) for name, (role, market) in shares.items()}
    return role_fit(analyze_gaps(resume, {**CLOUD, "keywords": [*shares]}, demand))


def test_a_trade_that_shares_nothing_with_the_resume_is_said_to() -> None:
    fit = fit_of(full_resume(), triage=(0.8, 0.1), phlebotomy=(0.5, 0.1))
    assert not fit.is_fitting
    assert str(fit) == "Nothing of yours is asked for here."


def test_what_every_role_asks_for_marks_none_out() -> None:
    fit = fit_of(full_resume(), python=(0.5, 0.5), sql=(0.5, 0.5), triage=(0.8, 0.1))
    assert (fit.shown_count, fit.share, fit.is_fitting) == (2, 0.0, False)
    assert "Little of yours" in str(fit)


def test_what_marks_a_role_out_makes_it_fit() -> None:
    fit = fit_of(full_resume(), terraform=(0.6, 0.2), scala=(0.3, 0.1), kubernetes=(0.8, 0.2))
    assert fit.is_fitting
    assert fit.share == 0.5
