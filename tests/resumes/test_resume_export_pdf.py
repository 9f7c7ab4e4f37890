import io
import re
from collections.abc import Callable
from typing import Any

import pypdf
import pypdfium2
import pytest

from pipeline.resumes.model import Resume
from pipeline.resumes.writing.export import export_resume
from pipeline.resumes.writing.look import Look
from pipeline.resumes.writing.outline import printed_texts
from pipeline.resumes.writing.paper import Paper
from pipeline.resumes.writing.pdf import RIGHT_TO_LEFT_NOTICE
from pipeline.resumes.writing.sections import build_outline
from tests.sample_resumes import arabic_resume, chinese_resume, full_resume, plain_resume


def squeezed(text: str) -> str:
    return re.sub(r"[\s\u200b]+", "", text)


def pypdf_pages(data: bytes) -> list[str]:
    return [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(data)).pages]


def pdfium_pages(data: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(data)
    return [document[number].get_textpage().get_text_bounded() for number in range(len(document))]


def with_bullets(count: int) -> Resume:
    first = {"name": "Acme", "position": "Clerk", "highlights": [f"Shipped change {n}" for n in range(count)]}
    rest = [{"name": f"Employer {n}", "position": f"Position {n}", "highlights": ["Did it"] * 3} for n in range(9)]
    return full_resume(work=[first, *rest])


HOSTILE = '#read("/etc/passwd") *bold* _it_ $x^2$ @ref <label> [link](https://x.example) \\textbf{x} ~ `raw` // /* no'


@pytest.mark.parametrize("read", [pypdf_pages, pdfium_pages])
@pytest.mark.parametrize("make", [full_resume, plain_resume, chinese_resume])
def test_two_other_readers_find_every_line(read: Callable[[bytes], list[str]], make: Callable[[], Resume]) -> None:
    found = squeezed("".join(read(export_resume(make(), "pdf").data)))
    for text in printed_texts(build_outline(make())):
        assert squeezed(text) in found


@pytest.mark.parametrize("read", [pypdf_pages, pdfium_pages])
def test_lines_are_in_reading_order(read: Callable[[bytes], list[str]]) -> None:
    resume = plain_resume()
    resume.work[0].highlights = ["An efficient office workflow", "Second", "Third"]
    found = squeezed("".join(read(export_resume(resume, "pdf").data)))
    order = ("JaneDoe", "Languages:Python,SQL,Scala", "Anefficientofficeworkflow", "Third", "BetaSystems", "Oslo")
    places = [found.index(text) for text in order]
    assert places == sorted(places)


def test_text_that_looks_like_markup_is_printed_as_it_stands() -> None:
    basics = {"name": HOSTILE, "label": HOSTILE, "summary": HOSTILE}
    resume = full_resume(basics=basics, skills=[{"name": HOSTILE, "keywords": [HOSTILE]}])
    found = squeezed("".join(pdfium_pages(export_resume(resume, "pdf").data)))
    assert found.count(squeezed(HOSTILE)) == 5
    assert "root:" not in found


@pytest.mark.parametrize(("paper", "size"), [("a4", (595, 842)), ("us-letter", (612, 792))])
def test_a_page_has_the_size_of_the_paper_asked_for(paper: Paper, size: tuple[int, int]) -> None:
    page = pypdf.PdfReader(io.BytesIO(export_resume(full_resume(), "pdf", look=Look(paper=paper)).data)).pages[0]
    assert (round(page.mediabox.width), round(page.mediabox.height)) == size


def test_fonts_are_embedded_and_the_file_is_tagged_and_holds_no_images() -> None:
    reader = pypdf.PdfReader(io.BytesIO(export_resume(full_resume(), "pdf").data))
    for page in reader.pages:
        assert not page.images
        resources: Any = page["/Resources"]
        for font in resources["/Font"].values():
            descriptor = font["/DescendantFonts"][0]["/FontDescriptor"]
            assert "/FontFile2" in descriptor or "/FontFile3" in descriptor
    assert "/StructTreeRoot" in reader.root_object
    assert reader.metadata
    assert reader.metadata.title == f"Jane Doe – {full_resume().basics.label}"
    assert set(reader.metadata) <= {"/Title", "/Author", "/Creator", "/CreationDate", "/ModDate"}
    assert reader.metadata.creation_date is None or reader.metadata.creation_date.year == 1970
    assert reader.root_object["/Lang"] == "en"


def test_a_character_that_no_font_has_is_named() -> None:
    resume = plain_resume()
    resume.work[0].highlights.append("Launched \U0001f680 and \U00012000")
    file = export_resume(resume, "pdf")
    assert len(file.notices) == 1
    assert "\U00012000" in file.notices[0]
    assert "Launched" in "".join(pdfium_pages(file.data))
    assert not export_resume(plain_resume(), "pdf").notices


def test_letters_of_many_scripts_need_no_notice() -> None:
    resume = plain_resume()
    western = ["Żółć Ğüneş Nguyễn Đức", "Русский Ελληνικά → ✓ ≥ №"]
    resume.work[0].highlights = [*western, "日本語 カタカナ 한국어 简体中文", "हिन्दी"]
    assert not export_resume(resume, "pdf").notices


def test_a_right_to_left_resume_says_what_programs_make_of_it() -> None:
    assert export_resume(arabic_resume(), "pdf").notices == (RIGHT_TO_LEFT_NOTICE,)


def test_nothing_is_printed_beyond_the_margins_however_long_a_word_is() -> None:
    address = "https://example.com/" + "path-segment/" * 30 + "z" * 90
    project = {"name": "W" * 150, "url": address, "highlights": ["x" * 500], "description": address}
    resume = full_resume(projects=[project])
    document = pypdfium2.PdfDocument(export_resume(resume, "pdf").data)
    for number in range(len(document)):
        page = document[number]
        text = page.get_textpage()
        boxes = [text.get_charbox(index) for index in range(text.count_chars())]
        assert max(right for _, _, right, _ in boxes) <= page.get_width() - 40


@pytest.mark.parametrize("count", range(20, 61, 4))
def test_no_heading_is_left_alone_at_the_foot_of_a_page(count: int) -> None:
    resume = with_bullets(count)
    heads = {section.title for section in build_outline(resume).sections}
    heads |= {squeezed(job.name or "") for job in resume.work}
    for page in pypdf_pages(export_resume(resume, "pdf").data):
        last = [line for line in page.splitlines() if line.strip()][-1]
        assert last.strip() not in heads
        assert squeezed(last) not in heads
        assert not last.startswith("Position")


def test_a_long_list_goes_over_several_pages_and_loses_nothing() -> None:
    pages = pypdf_pages(export_resume(with_bullets(150), "pdf").data)
    assert len(pages) > 3
    found = [int(number) for number in re.findall(r"Shipped change (\d+)", "\n".join(pages))]
    assert found == list(range(150))
