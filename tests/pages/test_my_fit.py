from pathlib import Path

from pages.ui import fit_reading
from tests.pages.dashboard import assert_well, finish_work, open_page, texts


def test_without_a_resume_the_page_says_what_will_be_there(clustered_copy: Path) -> None:
    page = open_page("my_fit")
    assert "every stored posting stands here by how well it fits" in texts(page)


def test_postings_are_ranked_explained_marked_and_matched(clustered_copy: Path) -> None:
    page = open_page("my_fit")
    page.button(key="resume_variants.sample").click().run()
    finish_work(page, fit_reading.FITTING)
    table = page.dataframe[0].value
    assert list(table["Fit"]) == sorted(table["Fit"], reverse=True)
    assert "fit.**" in texts(page)
    page.button(key="my_fit.want").click().run()
    assert_well(page)
    assert page.dataframe[0].value["Marked"].dropna().tolist() == ["wanted"]
    page.segmented_control(key="my_fit.part").set_value("What to learn next").run()
    assert_well(page)
    assert "near enough to your resume" in texts(page)
    page.segmented_control(key="my_fit.part").set_value("Postings that fit").run()
    page.button(key="my_fit.match").click().run()
    assert_well(page)
    assert page.title[0].value == "Job match"
    assert page.text_area(key="job_match.text").value
