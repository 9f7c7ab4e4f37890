import io
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
import pypdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.core import RolemapError
from pipeline.resumes.model import Resume
from pipeline.resumes.writing.export import export_resume
from pipeline.resumes.writing.fitting import LEAST_SIZE, LEAST_SPACING
from pipeline.resumes.writing.look import (
    DATE_FORMATS,
    FILE_NAMES,
    Look,
    make_look,
    read_look,
    read_look_file,
    style_of,
    write_look,
)
from pipeline.resumes.writing.outline import printed_texts
from pipeline.resumes.writing.round_trip import check_file
from pipeline.resumes.writing.sections import build_outline
from pipeline.resumes.writing.theme import FACES, load_theme, theme_names
from tests.sample_resumes import chinese_resume, full_resume, plain_resume

LOOKS = st.builds(
    Look,
    theme=st.sampled_from(theme_names()),
    paper=st.sampled_from(["a4", "us-letter"]),
    accent=st.none() | st.integers(0, 0xFFFFFF).map("#{:06x}".format),
    face=st.none() | st.sampled_from([*FACES]),
    size=st.none() | st.floats(8, 13),
    margins=st.none() | st.floats(1, 3.5),
    date_format=st.sampled_from(DATE_FORMATS),
    employer_first=st.booleans(),
    headings=st.sampled_from(["own", "usual"]),
    links=st.sampled_from(["shown", "behind"]),
    page_numbers=st.none() | st.booleans(),
    file_names=st.sampled_from(FILE_NAMES),
    pages=st.sampled_from([None, 1, 2]),
)


def squeezed(text: str) -> str:
    return re.sub(r"[\s\u200b]+", "", text)


def pypdf_text(data: bytes) -> str:
    return "".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(data)).pages)


def page_count(data: bytes) -> int:
    return len(pypdf.PdfReader(io.BytesIO(data)).pages)


def in_theme(name: str, resume: Resume, **changes: Any) -> bytes:
    return export_resume(resume, "pdf", look=Look(theme=name, **changes)).data


def long_resume(jobs: int) -> Resume:
    work = [
        {
            "name": f"Employer {number}",
            "position": "Analyst",
            "startDate": f"{2020 - number}-01",
            "endDate": f"{2020 - number}-12",
            "highlights": [f"Answered question {number}.{bullet} of the yearly review" for bullet in range(5)],
        }
        for number in range(jobs)
    ]
    return plain_resume().model_copy(update={"work": Resume.model_validate({"work": work}).work})


def test_there_are_themes_for_every_taste_and_each_says_what_it_is() -> None:
    assert {"academic", "classic", "compact", "federal", "modern"} <= set(theme_names())
    themes = [load_theme(name) for name in theme_names()]
    assert all(theme.about.endswith(".") for theme in themes)
    assert len({theme.accent for theme in themes}) == len(themes)
    assert all(theme.face in FACES for theme in themes)


@pytest.mark.parametrize("make", [plain_resume, chinese_resume, full_resume])
@pytest.mark.parametrize("name", theme_names())
def test_a_resume_in_any_theme_is_read_back_whole(name: str, make: Any) -> None:
    for suffix in ("pdf", "docx"):
        look = Look(theme=name)
        check = check_file(make(), export_resume(make(), suffix, look=look).data, suffix, look)
        assert check.differences == ()
        assert all(finding.is_passed for finding in check.findings)


@pytest.mark.parametrize(
    "change", [{"employer_first": True}, {"links": "behind"}, {"date_format": "2019"}, {"headings": "usual"}]
)
@pytest.mark.parametrize("name", theme_names())
def test_what_a_look_moves_or_hides_is_read_back_all_the_same(name: str, change: dict[str, Any]) -> None:
    look = Look(theme=name, page_numbers=True, **change)
    for suffix in ("pdf", "docx", "md"):
        data = export_resume(plain_resume(), suffix, look=look).data
        assert check_file(plain_resume(), data, suffix, look).differences == ()


def poppler_text(data: bytes) -> str:
    done = subprocess.run(["pdftotext", "-", "-"], input=data, capture_output=True, check=True)
    return done.stdout.decode()


HAS_POPPLER = pytest.mark.skipif(not shutil.which("pdftotext"), reason="pdftotext is not installed")


@pytest.mark.parametrize("read", [pypdf_text, pytest.param(poppler_text, marks=HAS_POPPLER)])
@pytest.mark.parametrize("name", theme_names())
def test_other_readers_find_every_line_of_every_theme(name: str, read: Callable[[bytes], str]) -> None:
    found = squeezed(read(in_theme(name, full_resume())))
    lost = [text for text in printed_texts(build_outline(full_resume())) if squeezed(text) not in found]
    assert lost == []


@pytest.mark.parametrize("date_format", DATE_FORMATS[1:])
def test_dates_are_written_as_in_the_example_that_names_their_format(date_format: Any) -> None:
    resume = plain_resume()
    resume.work[0].start_date = "2019-03"
    text = export_resume(resume, "md", look=Look(date_format=date_format)).data.decode()
    assert f"{date_format} – Present" in text


def test_usual_headings_take_the_place_of_those_that_few_programs_know() -> None:
    resume = full_resume(section_titles={"work": ["Where I've worked"]})
    for look, is_passed in ((Look(), False), (Look(headings="usual"), True)):
        file = export_resume(resume, "pdf", look=look)
        assert ("Where I've worked" in pypdf_text(file.data)) is not is_passed
        check = check_file(resume, file.data, "pdf", look)
        [headings] = [finding for finding in check.findings if finding.check == "headings"]
        assert headings.is_passed is is_passed
        assert not [difference for difference in check.differences if "worked" in str(difference)]


@pytest.mark.parametrize("name", theme_names())
def test_no_title_shares_its_line_with_dates_but_where_the_whole_head_is_one_line(name: str) -> None:
    has_one_line = load_theme(name).head == "one line"
    word = docx.Document(io.BytesIO(export_resume(plain_resume(), "docx", look=Look(theme=name)).data))
    for lines in (pypdf_text(in_theme(name, plain_resume())).splitlines(), [each.text for each in word.paragraphs]):
        [line] = [line for line in lines if line.startswith("Senior Data Engineer")]
        assert bool(re.search(r"\d{4}", line)) is has_one_line


def test_the_employer_stands_first_where_that_is_wanted() -> None:
    lines = export_resume(plain_resume(), "md", look=Look(employer_first=True)).data.decode().splitlines()
    assert "### [Acme GmbH](https://acme.example.com)" in lines
    assert any(line.startswith("Senior Data Engineer | Berlin, Germany") for line in lines)


def test_a_link_behind_a_name_still_leads_there() -> None:
    look = Look(links="behind")
    assert "github.com/" not in pypdf_text(export_resume(full_resume(), "pdf", look=look).data)
    pages = pypdf.PdfReader(io.BytesIO(export_resume(full_resume(), "pdf", look=look).data)).pages
    targets = {note.get_object()["/A"]["/URI"] for page in pages for note in page.get("/Annots", [])}
    assert {"https://github.com/example-jane", "https://github.com/example-jane/tidemark"} <= targets
    document = docx.Document(io.BytesIO(export_resume(full_resume(), "docx", look=look).data))
    links = [link for paragraph in document.paragraphs for link in paragraph.hyperlinks]
    assert ("Tidemark", "https://github.com/example-jane/tidemark") in {(link.text, link.address) for link in links}


def test_accent_face_size_and_margins_reach_both_formats() -> None:
    look = Look(accent="#aa1133", face="garamond", size=12, margins=3)
    pdf = export_resume(plain_resume(), "pdf", look=look).data
    resources: Any = pypdf.PdfReader(io.BytesIO(pdf)).pages[0]["/Resources"]
    fonts = {str(font["/BaseFont"]) for font in resources["/Font"].values()}
    assert any("EBGaramond" in font for font in fonts)
    document = docx.Document(io.BytesIO(export_resume(plain_resume(), "docx", look=look).data))
    assert str(document.styles["Heading 1"].font.color.rgb) == "AA1133"
    assert document.styles["Normal"].font.name == "Garamond"
    assert document.styles["Normal"].font.size.pt == 12.5
    margin = document.sections[0].left_margin
    assert margin
    assert round(margin.cm, 1) == 3.0


def test_pages_are_numbered_only_where_that_is_wanted() -> None:
    assert "1 / 2" in pypdf_text(in_theme("classic", long_resume(9), page_numbers=True))
    assert "1 / 2" not in pypdf_text(in_theme("classic", long_resume(9)))
    assert "1 / 2" in pypdf_text(in_theme("academic", long_resume(9)))
    assert "1 / 2" not in pypdf_text(in_theme("academic", long_resume(9), page_numbers=False))
    assert "1 / 1" not in pypdf_text(in_theme("academic", plain_resume()))


@pytest.mark.parametrize("name", theme_names())
def test_a_resume_that_is_a_little_too_long_is_fitted_and_that_is_said(name: str) -> None:
    jobs = next(count for count in range(4, 14) if page_count(in_theme(name, long_resume(count))) == 2)
    file = export_resume(long_resume(jobs), "pdf", look=Look(theme=name, pages=1))
    assert page_count(file.data) == 1
    assert "Fitted to one page with" in file.notices[0]
    assert squeezed("Answered question 0.4") in squeezed(pypdf_text(file.data))


def test_a_word_file_that_was_fitted_says_whose_pages_were_counted() -> None:
    [notice] = export_resume(long_resume(6), "docx", look=Look(pages=1)).notices
    assert notice.startswith("Fitted to one page")
    assert "Word may break it otherwise" in notice


def test_what_already_fits_is_left_as_it_is() -> None:
    fitted = export_resume(plain_resume(), "pdf", look=Look(pages=1))
    assert fitted.data == export_resume(plain_resume(), "pdf").data
    assert fitted.notices == ()


def test_what_no_limit_allows_is_left_as_it_is_and_said() -> None:
    look = Look(pages=1)
    file = export_resume(long_resume(30), "pdf", look=look)
    assert file.data == export_resume(long_resume(30), "pdf").data
    assert f"{LEAST_SPACING:.0%}" in file.notices[0]
    assert f"{LEAST_SIZE:g} points" in file.notices[0]
    assert "does not fit one page" in file.notices[0]


@given(look=LOOKS)
@settings(max_examples=60)
def test_a_look_that_is_written_comes_back_as_it_was(look: Look) -> None:
    assert read_look(write_look(look), "a file") == look


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ('[look]\nacent = "#123456"', "look.acent is no setting; did you mean accent?"),
        ("[look]\nzzz = 1", "look.zzz is no setting; choose among theme, "),
        ('[look]\naccent = "blue"', "look.accent cannot be 'blue'"),
        ('[look]\ntheme = "baroque"', "choose among academic, classic"),
        ("[look]\nsize = 40", "look.size cannot be 40"),
        ("[look]\npages = 3", "look.pages cannot be 3"),
        ("look = 1", "look must be a table"),
        ("[look", "is no TOML"),
    ],
)
def test_a_setting_that_cannot_be_used_is_told_in_one_line(text: str, reason: str) -> None:
    with pytest.raises(RolemapError) as told:
        read_look(text, "rolemap.toml")
    assert str(told.value).startswith("rolemap.toml")
    assert reason in str(told.value)
    assert "\n" not in str(told.value)


def test_a_file_that_is_not_there_or_no_text_is_told(tmp_path: Path) -> None:
    with pytest.raises(RolemapError, match=r"Cannot read .*none\.toml"):
        read_look_file(tmp_path / "none.toml")
    (tmp_path / "bytes.toml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(RolemapError, match="UTF-8"):
        read_look_file(tmp_path / "bytes.toml")


def test_a_look_that_leaves_things_open_takes_them_from_its_theme() -> None:
    style = style_of(make_look({"theme": "modern", "size": 11}, "a test"))
    assert (style.accent, style.size, style.margin) == (load_theme("modern").accent, 11, load_theme("modern").margins)
