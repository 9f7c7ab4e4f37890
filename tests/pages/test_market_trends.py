from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from tests.fake_llm import FakeLanguageModelServer, answer
from tests.pages.dashboard import assert_well, chart_count, html_of, open_page, texts
from tests.sample_files import NURSE, write_files
from tests.sample_trends import day
from tests.services.test_trends_service import SKILLS, market, use


def look_at(page: AppTest, part: str) -> AppTest:
    """Go to one part of the page."""
    page.segmented_control(key="market_trends.part").set_value(part).run()
    assert_well(page)
    return page


@pytest.fixture
def dated(workspace: Path) -> Path:
    market(workspace / "vacancies")
    return workspace


def test_rising_and_fading_keywords_are_charted_and_listed(dated: Path) -> None:
    page = open_page("market_trends")
    assert chart_count(page) == 2
    look_at(page, "Every keyword")
    table = page.dataframe[0].value.set_index("Keyword")
    assert table.loc["Rust", "Direction"] == "rising"
    assert table.loc["Hadoop", "Direction"] == "fading"


def test_one_keyword_is_shown_with_its_course_and_a_sentence(dated: Path) -> None:
    page = look_at(open_page("market_trends"), "One keyword")
    page.selectbox(key="market_trends.keyword").set_value("rust").run()
    assert_well(page)
    assert chart_count(page) == 1
    shown = texts(page)
    assert "rising" in shown
    assert "You use SQL, Rust" in shown


def test_filters_narrow_what_is_counted(dated: Path) -> None:
    page = look_at(open_page("market_trends"), "Every keyword")
    page.multiselect(key="question.companies").set_value(["Ada & Co", "Bo & Co"]).run()
    assert_well(page)
    assert page.dataframe[0].value.set_index("Keyword").loc["Rust", "Postings"] == 24


def test_filters_that_leave_too_little_say_so_and_can_be_widened(dated: Path) -> None:
    page = open_page("market_trends")
    first = day(0)
    page.date_input(key="question.days").set_value((first, first)).run()
    assert_well(page)
    assert "at least 3 different months" in texts(page).replace("\\", "")
    page.date_input(key="question.days").set_value((first, first.replace(month=12))).run()
    assert_well(page)
    assert chart_count(page) > 0


def test_postings_without_dates_are_met_with_what_to_add(workspace: Path) -> None:
    write_files(workspace / "vacancies", {"nurse.txt": NURSE})
    page = open_page("market_trends")
    assert "Add posted_on" in texts(page).replace("\\", "")
    assert not page.dataframe


def test_hostile_postings_are_shown_as_text(workspace: Path) -> None:
    folder = market(workspace / "vacancies")
    rows = (folder / "rows.jsonl").read_text().replace("the Ada way", "![x](http://192.0.2.1/a.png) <b>*a*</b>")
    (folder / "rows.jsonl").write_text(rows.replace("Ada & Co", "<script>alert(1)</script>"))
    page = look_at(open_page("market_trends"), "One keyword")
    page.selectbox(key="market_trends.keyword").set_value("rust").run()
    assert_well(page)
    assert not html_of(page)
    assert not any("![x](" in element.value for element in (*page.markdown, *page.caption, *page.info))


def test_a_model_is_asked_only_on_demand_and_its_opinion_is_marked(
    dated: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with FakeLanguageModelServer() as server:
        use(server, monkeypatch)
        server.respond = lambda request: answer(SKILLS)
        page = look_at(open_page("market_trends"), "A model's opinion")
        assert "No posting and nothing of a resume does" in texts(page).replace("\\", "")
        assert not server.requests
        page.button(key="market_trends.ask").click().run()
        assert_well(page)
        assert len(server.requests) == 1
    assert "the model's opinion" in texts(page)
    opinions = page.dataframe[-1].value.set_index("Skill")
    assert list(opinions["The postings"]) == ["agrees", "disagrees", "not in the corpus"]


def test_without_a_model_the_page_says_that_there_is_none(dated: Path) -> None:
    page = look_at(open_page("market_trends"), "A model's opinion")
    assert "No language model is set up" in texts(page)
    assert not [button for button in page.button if button.key == "market_trends.ask"]
