from pathlib import Path

from streamlit.testing.v1 import AppTest

from pages.ui.question_bar import ASKED
from pipeline.services import question_of, save_view, saved_views
from tests.pages.dashboard import SECONDS, assert_well, open_page, texts
from tests.sandbox import ROOT


def test_a_question_is_carried_to_the_other_pages_and_stands_in_the_address(clustered_copy: Path) -> None:
    page = open_page("role_clusters")
    page.multiselect(key="question.seniorities").set_value(["senior"]).run()
    assert_well(page)
    assert page.query_params["level"] in ("senior", ["senior"])  # the bench unpacks what it has carried over
    for other in ("resume_variants", "market_trends"):
        page.switch_page(f"pages/views/{other}.py").run()
        assert_well(page)
    assert page.multiselect(key="question.seniorities").value == ["senior"]
    assert "seniority senior" in texts(page)


def test_an_address_asks_its_question_and_what_it_cannot_mean_is_passed_over(clustered_copy: Path) -> None:
    page = AppTest.from_file(str(ROOT / "app.py"), default_timeout=SECONDS)
    page.query_params["level"] = "senior"
    page.query_params["place"] = ["<b>Nowhere</b>", "x" * 5000]
    page.query_params["from"] = "yesterday"
    page.run()
    page.switch_page("pages/views/role_clusters.py").run()
    assert_well(page)
    assert page.multiselect(key="question.seniorities").value == ["senior"]
    assert page.multiselect(key="question.places").value == ["<b>Nowhere</b>"]
    assert "Take a part of it away" in texts(page)
    assert "from" not in page.query_params


def test_a_question_is_kept_under_a_name_and_asked_again_with_a_click(clustered_copy: Path) -> None:
    save_view("Seniors", question_of({"level": ["senior"]}))
    page = open_page("role_clusters")
    page.button(key="question.view.0").click().run()
    assert_well(page)
    assert page.session_state[ASKED][1] == question_of({"level": ["senior"]})
    page.button(key="question.forget.0").click().run()
    assert saved_views() == {}
