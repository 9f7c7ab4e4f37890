import io
import zipfile

import docx
import pytest

from pipeline.resumes.writing.export import export_resume
from pipeline.resumes.writing.look import Look
from pipeline.resumes.writing.outline import printed_texts
from pipeline.resumes.writing.paper import Paper
from pipeline.resumes.writing.sections import build_outline
from tests.sample_resumes import arabic_resume, full_resume


def test_word_reads_headings_lists_and_every_text() -> None:
    document = docx.Document(io.BytesIO(export_resume(full_resume(), "docx").data))
    by_style: dict[str, list[str]] = {}
    for paragraph in document.paragraphs:
        assert paragraph.text.strip()
        assert paragraph.style
        by_style.setdefault(paragraph.style.name or "", []).append(paragraph.text)
    assert by_style["Title"] == ["Jane Doe"]
    assert by_style["Heading 1"] == [section.title for section in build_outline(full_resume()).sections]
    assert "Cut the nightly load from six hours to one" in by_style["List Bullet"]
    assert "Senior Data Engineer" in by_style["Entry"]
    assert any(text.endswith("\tMar 2021 – Present") for text in by_style["Entry Detail"])
    everything = "\n".join(paragraph.text for paragraph in document.paragraphs)
    assert all(text in everything for text in printed_texts(build_outline(full_resume())))


def test_there_are_no_tables_and_no_pictures() -> None:
    document = docx.Document(io.BytesIO(export_resume(full_resume(), "docx").data))
    assert not document.tables
    assert not document.inline_shapes


def test_the_properties_name_the_person_and_no_clock_time() -> None:
    data = export_resume(full_resume(), "docx").data
    properties = docx.Document(io.BytesIO(data)).core_properties
    title = f"Jane Doe – {full_resume().basics.label}"
    assert (properties.title, properties.author, properties.comments) == (title, "Jane Doe", "")
    assert not properties.last_modified_by
    assert properties.created is None
    assert properties.modified is None
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert {info.date_time for info in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert not [name for name in archive.namelist() if "thumbnail" in name]


@pytest.mark.parametrize(("paper", "width"), [("a4", 21.0), ("us-letter", 21.59)])
def test_a_sheet_has_the_size_of_the_paper_asked_for(paper: Paper, width: float) -> None:
    document = docx.Document(io.BytesIO(export_resume(full_resume(), "docx", look=Look(paper=paper)).data))
    found = document.sections[0].page_width
    assert found
    assert found.cm == pytest.approx(width, abs=0.01)


def test_headings_stay_with_what_they_head() -> None:
    document = docx.Document(io.BytesIO(export_resume(full_resume(), "docx").data))
    for name in ("Heading 1", "Entry", "Entry Detail"):
        assert document.styles[name].paragraph_format.keep_with_next


def test_control_characters_and_markup_do_no_harm() -> None:
    resume = full_resume(skills=[{"name": "a\x00b\x0bc", "keywords": ["<w:p/>", "&amp;", "]]>", "\ufffe"]}])
    document = docx.Document(io.BytesIO(export_resume(resume, "docx").data))
    assert "ab c: <w:p/>, &amp;, ]]>" in [paragraph.text for paragraph in document.paragraphs]


def test_a_right_to_left_resume_runs_from_the_right() -> None:
    data = export_resume(arabic_resume(), "docx").data
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert b"<w:bidi/>" in archive.read("word/styles.xml")
        assert b"<w:rtl/>" in archive.read("word/document.xml")
    with zipfile.ZipFile(io.BytesIO(export_resume(full_resume(), "docx").data)) as archive:
        assert b"<w:bidi/>" not in archive.read("word/styles.xml")
