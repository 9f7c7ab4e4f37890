"""The words and dates that an export adds are those of the resume's language, and the reader knows them all."""

import pytest

from pipeline.resumes import DATE_FORMATS, Resume
from pipeline.resumes.reading.dates import find_dates
from pipeline.resumes.reading.learned.headings import section_of
from pipeline.resumes.writing.wording import load_wordings, wording_of

LANGUAGES = sorted(load_wordings())


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_heading_of_a_language_opens_its_section(code: str) -> None:
    titles = load_wordings()[code].titles
    assert {name: section_of(title) for name, title in titles.items() if name != "other"} == {
        name: name for name in titles if name != "other"
    }


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("date_format", [name for name in DATE_FORMATS if name != "2019"])
def test_every_month_of_a_language_reads_back_in_every_format(code: str, date_format: str) -> None:
    wording = load_wordings()[code].with_dates(date_format)
    for month in range(1, 13):
        [found] = find_dates(f"{wording.date(f'2019-{month:02d}')} – {wording.date('2021-05')}")
        assert (found.start, found.end) == (f"2019-{month:02d}", "2021-05")
    [found] = find_dates(f"{wording.date('2019-03')} – {wording.present}")
    assert (found.start, found.is_open) == ("2019-03", True)


def test_months_have_the_names_of_the_language() -> None:
    written = {code: load_wordings()[code].with_dates("March 2019").date("2019-03") for code in LANGUAGES}
    assert (written["en"], written["de"], written["fr"]) == ("March 2019", "März 2019", "mars 2019")
    assert (written["es"], written["ru"], written["ja"]) == ("marzo de 2019", "март 2019 г.", "2019年3月")


@pytest.mark.parametrize(
    ("code", "summary"),
    [
        ("uk", "Інженерка з досвідом у логістиці та на виробництві, працює для великих команд."),
        ("ru", "Инженер с опытом в логистике и на производстве, работает для больших команд."),
        ("pl", "Inżynier z doświadczeniem w logistyce i na produkcji, pracuje dla dużych zespołów."),
        ("hi", "रसद और उत्पादन में अनुभव वाली अभियंता।"),
        ("en", "Engineer with experience in logistics and on the shop floor."),
    ],
)
def test_the_language_of_a_resume_is_told_by_its_words(code: str, summary: str) -> None:
    assert wording_of(Resume.model_validate({"basics": {"summary": summary}})).language == code
