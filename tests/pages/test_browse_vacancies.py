from pathlib import Path

from streamlit.testing.v1 import AppTest

from pipeline.services import set_aside
from tests.pages.dashboard import assert_well, html_of, open_page, texts
from tests.sample_files import ENGINEER, NURSE, encrypted_pdf, write_files

ADD = "Add postings"


def open_adding() -> AppTest:
    """Open the page where postings are added."""
    page = open_page("browse_vacancies")
    parts = [each for each in page.segmented_control if each.key == "browse_vacancies.part"]
    if parts:  # an empty workspace shows nothing but the ways in
        parts[0].set_value(ADD).run()
        assert_well(page)
    return page


HOSTILE = (
    "Nurse <script>alert(1)</script>\n\n![x](http://192.0.2.1/a.png) <img src=x onerror=alert(1)> [a](javascript:1)"
)


def test_stored_postings_and_skips_are_listed(workspace: Path) -> None:
    write_files(workspace / "vacancies", {"nurse.txt": NURSE, "empty.md": b"", "x/locked.pdf": encrypted_pdf("Nurse")})
    page = open_page("browse_vacancies")
    assert "1 stored postings" in texts(page)
    assert list(page.dataframe[0].value["Title"]) == ["Staff Nurse"]
    warnings = " ".join(warning.value for warning in page.warning).replace("\\", "")
    assert "empty.md was skipped: it is empty" in warnings
    assert "locked.pdf was skipped: it is encrypted" in warnings


def test_uploads_stay_with_the_session_until_they_are_added(workspace: Path) -> None:
    write_files(workspace / "vacancies", {"nurse.txt": NURSE})
    page = open_adding()
    files = [
        ("engineer.txt", ENGINEER.encode(), "text/plain"),
        ("again.txt", NURSE.encode(), "text/plain"),
        ("bad.pdf", b"no PDF", "application/pdf"),
    ]
    page.file_uploader(key="browse_vacancies.files.0").set_value(files).run()
    assert_well(page)
    table = page.dataframe[0].value
    assert list(table["Title"]) == ["Staff Nurse", "Data Engineer"]
    assert list(table["Same as"]) == ["nurse.txt", ""]
    assert "not a PDF" in page.warning[0].value
    assert [path.name for path in (workspace / "vacancies").rglob("*.*")] == ["nurse.txt"]
    page.button(key="browse_vacancies.add").click().run()
    assert_well(page)
    stored = {path.name: path.read_text() for path in (workspace / "vacancies").rglob("*.txt")}
    assert stored == {"nurse.txt": NURSE, "engineer.txt": ENGINEER, "again.txt": NURSE}
    assert "3 stored postings" in texts(page)


def test_a_pasted_posting_can_be_added(workspace: Path) -> None:
    page = open_page("browse_vacancies")
    page.text_input(key="browse_vacancies.title").set_value("Midwife, Ward 2")
    page.text_area(key="browse_vacancies.text").set_value("You help at births.")
    next(button for button in page.button if button.label == "Take it in").click().run()
    assert_well(page)
    assert list(page.dataframe[0].value["Title"]) == ["Midwife, Ward 2"]
    page.button(key="browse_vacancies.add").click().run()
    assert_well(page)
    [path] = (workspace / "vacancies").rglob("*.txt")
    assert path.read_text() == "Midwife, Ward 2\n\nYou help at births.\n"
    assert page.success
    assert "midwife-ward-2.txt" in page.success[0].value.replace("\\", "")


def test_an_upload_never_overwrites_a_file(workspace: Path) -> None:
    write_files(workspace / "vacancies", {"added/nurse.txt": NURSE})
    page = open_adding()
    page.file_uploader(key="browse_vacancies.files.0").set_value([("nurse.txt", ENGINEER.encode(), "text/plain")]).run()
    page.button(key="browse_vacancies.add").click().run()
    assert_well(page)
    contents = sorted(path.read_text() for path in (workspace / "vacancies/added").iterdir())
    assert contents == sorted([NURSE, ENGINEER])


def test_the_names_of_hostile_files_are_shown_as_text(workspace: Path) -> None:
    page = open_page("browse_vacancies")
    name = "![x](http:192.0.2.1) <b>*a*.pdf"
    page.file_uploader(key="browse_vacancies.files.0").set_value([(name, b"no PDF", "application/pdf")]).run()
    assert_well(page)
    assert "![x](" not in page.warning[0].value
    assert "*a*" not in page.warning[0].value.replace("\\*", "")


def test_a_hostile_posting_is_listed_like_any_other(workspace: Path) -> None:
    write_files(workspace / "vacancies", {"hostile.txt": HOSTILE})
    page = open_page("browse_vacancies")
    assert len(page.dataframe[0].value) == 1
    assert not html_of(page)


TABLE = (
    "Zeile,Was,Wer,Langtext\n"
    "1,Klavierstimmerin,Klangwerk,Sie stimmen Flügel in drei Sälen und betreuen zwei Auszubildende im Team.\n"
    "2,Bäcker,Brotzeit,Sie backen Sauerteigbrot in der Nacht und haben eine abgeschlossene Ausbildung im Handwerk.\n"
)


def test_the_receipt_of_an_upload_is_put_right_with_a_preview_and_the_choice_is_kept(workspace: Path) -> None:
    page = open_adding()
    upload = [("jobs.csv", TABLE.encode(), "text/csv")]
    page.file_uploader(key="browse_vacancies.files.0").set_value(upload).run()
    assert_well(page)
    assert "Not used: Zeile" in texts(page)
    key = "receipts.0.jobs.csv"
    page.toggle(key=f"{key}.open").set_value(True).run()
    page.multiselect(key=f"{key}.title").set_value(["Was"]).run()
    page.multiselect(key=f"{key}.company").set_value(["Wer"]).run()
    assert_well(page)
    preview = next(frame.value for frame in page.dataframe if list(frame.value.columns)[-1] == "Text")
    assert set(preview["Company"]) == {"Klangwerk", "Brotzeit"}
    page.button(key=f"{key}.keep").click().run()
    assert_well(page)
    assert set(page.dataframe[0].value["Company"]) == {"Klangwerk", "Brotzeit"}
    again = open_page("browse_vacancies")
    upload = [("later.csv", TABLE.replace("Bäcker", "Konditor").encode(), "text/csv")]
    again.file_uploader(key="browse_vacancies.files.0").set_value(upload).run()
    assert set(again.dataframe[0].value["Company"]) == {"Klangwerk", "Brotzeit"}
    again.toggle(key="receipts.0.later.csv.open").set_value(True).run()
    again.button(key="receipts.0.later.csv.forget").click().run()
    assert_well(again)
    assert list(again.dataframe[0].value["Company"]) == [None, None]


def test_an_upload_of_another_kind_is_refused_with_its_columns_and_can_be_put_right(workspace: Path) -> None:
    page = open_page("browse_vacancies")
    rows = "sku,name,price,stock\nA1,Walnut desk,199,4\nA2,Oak chair,99,9\n"
    page.file_uploader(key="browse_vacancies.files.0").set_value([("goods.csv", rows.encode(), "text/csv")]).run()
    assert_well(page)
    assert "sku, name, price, stock" in page.warning[0].value.replace("\\", "")
    assert page.toggle(key="receipts.0.goods.csv.open")


def test_a_search_lists_the_best_first_marks_its_words_and_says_when_nothing_is_found(clustered_copy: Path) -> None:
    page = open_page("browse_vacancies")
    total = len(page.dataframe[0].value)
    page.text_input(key="browse_vacancies.search").set_value("kafka").run()
    assert_well(page)
    assert 0 < len(page.dataframe[0].value) < total
    assert ":orange-background[" in "".join(element.value for element in page.markdown)
    page.text_input(key="browse_vacancies.search").set_value("zeppelin").run()
    assert_well(page)
    assert "No posting has these words" in texts(page)
    assert not page.dataframe


def test_the_question_narrows_the_list_and_columns_are_chosen(clustered_copy: Path) -> None:
    page = open_page("browse_vacancies")
    page.multiselect(key="question.seniorities").set_value(["senior"]).run()
    page.multiselect(key="browse_vacancies.columns").set_value(["Title", "Level"]).run()
    assert_well(page)
    assert set(page.dataframe[0].value["Level"]) == {"senior"}
    assert "seniority senior" in texts(page)


def test_postings_that_were_set_aside_are_brought_back_from_the_page(workspace: Path) -> None:
    write_files(workspace / "vacancies", {"nurse.txt": NURSE, "engineer.txt": ENGINEER})
    set_aside(["nurse.txt"])
    page = open_page("browse_vacancies")
    assert list(page.dataframe[0].value["Title"]) == ["Data Engineer"]
    page.button(key="browse_vacancies.bring_back").click().run()
    assert_well(page)
    assert set(page.dataframe[0].value["Title"]) == {"Data Engineer", "Staff Nurse"}
