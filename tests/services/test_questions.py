from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.core import Facts, Pay, RolemapError
from pipeline.market_trends import MarketQuestion, PostingFacts
from pipeline.services import query_of, question_of, save_view, saved_views
from pipeline.services.questions import LONGEST_VALUE, MOST_VALUES, VIEWS_NAME

VALUES = st.frozensets(st.text(min_size=1, max_size=LONGEST_VALUE), max_size=4)
DAYS = st.none() | st.dates()
QUESTIONS = st.builds(
    MarketQuestion,
    **dict.fromkeys(("roles", "seniorities", "places", "companies", "workplaces", "employments", "keywords"), VALUES),
    pay_from=st.none() | st.integers(0, 10**9),
    since=DAYS,
    until=DAYS,
)


@given(QUESTIONS)
def test_a_question_comes_out_of_an_address_as_it_went_in(question: MarketQuestion) -> None:
    assert question_of(query_of(question)) == question


def test_an_address_that_nobody_asked_is_cut_to_size() -> None:
    question = question_of({"place": [f"p{n}" for n in range(10_000)], "from": ["31.12."], "company": [""], "x": ["y"]})
    assert len(question.places) == MOST_VALUES
    assert question == MarketQuestion(places=question.places)


def posting(**more: object) -> PostingFacts:
    return PostingFacts("Cook", "Ada", "Bonn (Germany)", date(2026, 1, 5), **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("query", "passes"),
    [
        ({"role": ["cook", "nurse"]}, True),
        ({"role": ["nurse"]}, False),
        ({"place": ["Bonn"]}, True),
        ({"place": ["Germany", "Oslo"]}, True),
        ({"place": ["Ger"]}, False),
        ({"keyword": ["baking", "haccp"]}, True),
        ({"keyword": ["baking", "sql"]}, False),
        ({"pay_from": ["40000"], "currency": ["EUR"]}, True),
        ({"pay_from": ["60000"]}, False),
    ],
)
def test_postings_answer_by_role_every_keyword_and_pay(query: dict[str, list[str]], passes: bool) -> None:
    pay = Pay(
        low=30e3, high=50e3, currency="EUR", period="year", yearly_low=30e3, yearly_high=50e3, quote="q", where="text"
    )
    cook = posting(facts=Facts(pay=pay), role="cook", keywords=frozenset({"baking", "haccp"}))
    assert question_of(query).admit(cook) is passes


def test_pay_that_is_not_stated_does_not_answer_a_question_for_pay() -> None:
    assert not MarketQuestion(pay_from=1).admit(posting())


def test_views_are_kept_by_name_and_a_broken_file_is_named(workspace: Path) -> None:
    save_view("  Berlin  now ", question_of({"place": ["Berlin"]}))
    save_view("berlin, senior", question_of({"place": ["Berlin"], "level": ["senior"]}))
    assert list(saved_views()) == ["Berlin now", "berlin, senior"]
    (workspace / "output" / VIEWS_NAME).write_text("{")
    with pytest.raises(RolemapError, match="views"):
        saved_views()
    with pytest.raises(RolemapError, match="name"):
        save_view("   ", MarketQuestion())


@pytest.mark.parametrize(("wanted", "passes"), [("kitchen", True), ("cook", True), ("pastry", True), ("ward", False)])
def test_postings_answer_by_any_group_of_the_tree_that_they_are_in(wanted: str, passes: bool) -> None:
    cook = posting(role="cook", groups=frozenset({"kitchen", "cook", "pastry"}))
    assert MarketQuestion(roles=frozenset({wanted})).admit(cook) is passes
