from pathlib import Path

from streamlit.testing.v1 import AppTest

from pages.ui.marked_text import keyword_marks, marked_text
from pipeline.keyword_engine import KeywordHit
from tests.pages.dashboard import assert_well, chart_count, finish_work, open_page, texts
from tests.sample_files import ENGINEER, NURSE

HOSTILE = ENGINEER + "\n<script>alert(1)</script> ![x](http://192.0.2.1/a.png) [a](javascript:1) :red[SQL]"


def paste(text: str) -> AppTest:
    page = open_page("job_match")
    page.toggle(key="job_match.semantic").set_value(False)
    page.text_area(key="job_match.text").set_value(text).run()
    return finish_work(page, "matching")


def test_a_pasted_posting_is_ranked_explained_and_shown(clustered_copy: Path) -> None:
    page = paste(ENGINEER)
    assert page.success
    assert chart_count(page) == 1
    page.segmented_control(key="job_match.part").set_value("Why, and what it lacks").run()
    assert "What decided it" in texts(page)
    page.segmented_control(key="job_match.part").set_value("The posting").run()
    assert "-background[SQL]" in texts(page)
    assert ":green-background[" in texts(page)


def test_a_recipe_has_no_good_match(clustered_copy: Path) -> None:
    page = paste("Apple pie\n\nPeel six apples, rub butter into flour, add sugar and bake it.")
    assert "No good match" in page.warning[0].value
    assert not page.success


def test_a_hostile_posting_is_shown_as_text(clustered_copy: Path) -> None:
    page = paste(HOSTILE)
    page.segmented_control(key="job_match.part").set_value("The posting").run()
    shown = texts(page)
    assert "\\<script\\>" in shown
    assert "![x](" not in shown
    assert ":red[" not in shown


def test_several_uploads_become_one_table(clustered_copy: Path) -> None:
    page = open_page("job_match")
    page.toggle(key="job_match.semantic").set_value(False)
    files = [("a.txt", ENGINEER.encode(), "text/plain"), ("b.txt", NURSE.encode(), "text/plain"), ("c.txt", b"1", "x")]
    page.file_uploader(key="job_match.files").set_value(files).run()
    finish_work(page, "matching")
    assert list(page.dataframe[0].value["File"]) == ["a.txt", "b.txt"]
    assert "c\\.txt was skipped" in page.warning[0].value


def test_a_resume_is_held_against_the_posting(clustered_copy: Path) -> None:
    page = paste(ENGINEER)
    page.segmented_control(key="job_match.part").set_value("My resume for it").run()
    page.button(key="resume_variants.sample").click().run()
    assert_well(page)
    assert any("Keywords of this role" in metric.label for metric in page.metric)


def test_marking_keywords_keeps_every_letter_of_the_text() -> None:
    text = "  Use *SQL*,\n<b>Python</b> & :x: ![i](u)"
    hits = [
        KeywordHit("sql", "SQL", 7, 10, "technology", "a"),
        KeywordHit("python", "Python", 16, 22, "technology", "b"),
    ]
    shown = marked_text(text, keyword_marks(hits, {"sql"}))
    assert ":green-background[SQL]" in shown
    assert ":gray-background[Python]" in shown
    for ground in (":green-background[SQL]", ":gray-background[Python]"):
        shown = shown.replace(ground, ground.partition("[")[2].rstrip("]"))
    assert "".join(shown.replace("\\", "").replace("\u2060", "").split()) == "".join(text.split())
