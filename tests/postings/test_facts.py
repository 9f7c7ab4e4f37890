"""What a posting states of itself is found with the words it rests on, and nothing else is."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.core import EMPLOYMENTS, Employment, Facts, read_sections
from pipeline.postings import find_facts
from pipeline.postings.facts.employment import HINTS
from pipeline.postings.facts.vocabulary import WORDS

AD = """Nurse, night shift
Hill Hospital, Leeds, UK
Full-time, permanent

We look for a nurse with at least 3 years of experience on a ward. {}
You work in a small team and care for twelve patients.
"""


def facts(line: str, **fields: str) -> Facts:
    return find_facts("Nurse, night shift", AD.format(line), fields=fields)


def pay(line: str, place: str = "") -> tuple[object, ...] | None:
    found = find_facts("Baker", f"Baker wanted\n{line}\nYou bake bread at night.", location=place).pay
    return (found.low, found.high, found.currency, found.period) if found else None


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Salary: $48,500.00 - $61,000.00 per year", (48500, 61000, "$", "year")),
        ("Baker | $72-85k | nights", (72000, 85000, "$", "year")),
        ("We pay £14.50 an hour.", (14.5, 14.5, "GBP", "hour")),
        ("Pay: up to £31k p/a", (None, 31000, "GBP", "year")),
        ("Gehalt: 41.000 - 47.500 EUR brutto/Jahr", (41000, 47500, "EUR", "year")),
        ("Monatsgehalt ab 3.150 €", (3150, None, "EUR", "month")),
        ("Salaire : 28-33 k€ brut annuel", (28000, 33000, "EUR", "year")),
        ("Salario: 21.000€ - 24.500€ brutos anuales", (21000, 24500, "EUR", "year")),
        ("RAL 26.000-29.000 €", (26000, 29000, "EUR", "year")),
        ("Wynagrodzenie: 6 800 – 8 200 PLN netto/mies.", (6800, 8200, "PLN", "month")),
        ("Mzda: 38 000 - 44 000 Kč / měsíc", (38000, 44000, "CZK", "month")),
        ("CTC: 7-9 LPA", (700000, 900000, "INR", "year")),
        ("CHF 78'000 - 84'000 pro Jahr", (78000, 84000, "CHF", "year")),
        ("月給28万円〜35万円", (280000, 350000, "JPY", "month")),
        ("Rate: $31/hr. - $36/hr.", (31, 36, "$", "hour")),
        ("Day rate: £210", (210, 210, "GBP", "day")),
    ],
)
def test_pay_is_read_as_it_is_written(line: str, expected: tuple[object, ...]) -> None:
    assert pay(line) == expected


@pytest.mark.parametrize(
    "line",
    [
        "We raised $12M, and $800k of it went into ovens.",
        "Annual revenue of $900,000 - $1,200,000",
        "401k plan, 20k customers",
        "Sign-on bonus: $5,000",
        "A learning budget of €2,000 per year",
        "Weiterbildungsbudget: 2.000 € pro Jahr",
        "Gym allowance of $75 per month",
        "The maximum salary available for the pay system is $183,500.",
        "Pay: $0.00 per hour",
        "For example, if you bake in Paris: salary $90,000",
        "You look after a budget of $100k-$150k",
        "The average salary at the company is $64,000",
        "Salary: 45000",
    ],
)
def test_other_money_is_no_pay(line: str) -> None:
    assert pay(line) is None


def test_pay_says_the_words_it_rests_on_and_what_it_comes_to_in_a_year() -> None:
    found = facts("Pay: £15.20 - £17.00 per hour.").pay
    assert found is not None
    assert "£15.20 - £17.00 per hour" in found.quote
    assert found.where == "text"
    assert (found.yearly_low, found.yearly_high) == (31616.0, 35360.0)


def test_a_bare_dollar_is_that_of_the_posting_country() -> None:
    assert pay("Pay: $60,000 a year", "Toronto, ON") == (60000, 60000, "CAD", "year")
    assert pay("Pay: $60,000 a year", "Austin, TX") == (60000, 60000, "USD", "year")


def test_a_dollar_whose_country_nothing_tells_is_left_open() -> None:
    assert pay("Pay: $60,000 a year") == (60000, 60000, "$", "year")
    assert pay("Pay: $60,000 a year", "Buenos Aires, Argentina") == (60000, 60000, "$", "year")
    assert pay("Pay: $60,000 a year, with a 401(k) plan") == (60000, 60000, "USD", "year")
    assert pay("Pay: US$60,000 a year") == (60000, 60000, "USD", "year")


def test_what_the_export_states_comes_before_the_text() -> None:
    found = facts("Pay: £15 per hour.", pay_low="30000", pay_high="34000", pay_currency="GBP", pay_period="yearly")
    assert found.pay is not None
    assert (found.pay.low, found.pay.high, found.pay.period, found.pay.where) == (30000, 34000, "year", "field")


@pytest.mark.parametrize("stated", ["-1", "Competitive", "$0", "n/a", "45000"])
def test_a_placeholder_in_a_field_is_no_pay(stated: str) -> None:
    assert facts("", pay=stated).pay is None


def test_an_ordinary_ad_is_read_whole() -> None:
    found = facts("This is an on-site position.")
    assert [fact.value for fact in found.employment] == ["full_time"]
    assert found.workplace is not None
    assert found.workplace.value == "onsite"
    assert found.years is not None
    assert found.years.value == 3
    assert found.country is not None
    assert found.country.value == "GB"
    assert found.language == "en"
    assert found.seniority is None


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Senior Staff Engineer", "senior"),
        ("Principal Baker", "lead"),
        ("Head of Nursing", "director"),
        ("Warehouse Manager", "manager"),
        ("Project Manager", None),
        ("Junior Cook", "junior"),
        ("Senior and Junior Cooks", None),
        ("Mid-level Designer", "mid"),
        ("Trainee Nurse", "intern"),
        ("Nurse", None),
    ],
)
def test_the_level_is_that_of_the_title(title: str, expected: str | None) -> None:
    found = find_facts(title, "You will work with us.").seniority
    assert (found.value if found else None) == expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Berlin or remote", "remote"),
        ("Hybrid: two days a week in the office", "hybrid"),
        ("Munich, local only", "onsite"),
        ("No remote work", "onsite"),
        ("Remote sensing of crops", None),
        ("Our hybrid cloud", None),
        ("An on-site gym", None),
    ],
)
def test_the_place_of_work_is_that_of_the_job(line: str, expected: str | None) -> None:
    found = find_facts(line, "You will work with us.").workplace
    assert (found.value if found else None) == expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("5+ years of experience in baking", 5),
        ("Between two and four years of experience", None),
        ("2-4 years experience with ovens", 2),
        ("Mindestens 3 Jahre Berufserfahrung", 3),
        ("You are at least 18 years old", None),
        ("Our company has over 20 years of experience in bread", None),
        ("A contract of 2 years", None),
    ],
)
def test_years_are_those_asked_for(line: str, expected: int | None) -> None:
    found = find_facts("Baker", line).years
    if expected is not None:
        assert found is not None
        assert found.value == expected
    elif line.startswith("Between"):
        assert found is None or found.value in (2, 4)
    else:
        assert found is None


@pytest.mark.parametrize(
    ("place", "expected"),
    [
        ("Austin, TX", "US"),
        ("Berlin, DE", "DE"),
        ("Toronto, ON", "CA"),
        ("Bengaluru, Karnataka, India", "IN"),
        ("London", "GB"),
        ("Paris or Berlin", None),
        ("Remote", None),
        ("Springfield", None),
    ],
)
def test_the_country_is_the_only_one_named(place: str, expected: str | None) -> None:
    found = find_facts("Baker", "You bake bread.", location=place).country
    assert (found.value if found else None) == expected


def test_a_company_called_after_a_place_is_no_place() -> None:
    text = "Warsaw Bakery is looking for a baker in Leeds, UK."
    found = find_facts("Baker at Warsaw Bakery", text, company="Warsaw Bakery").country
    assert found is not None
    assert found.value == "GB"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Wir suchen eine Pflegekraft für die Nachtschicht in unserem Haus.", "de"),
        ("Vous déployez des applications avec Docker et Terraform sur AWS.", "fr"),
        ("Poszukujemy programisty Java do naszego zespołu.", "pl"),
        ("夜勤の看護師を募集しています。経験者歓迎。", "ja"),
        ("12345 67890", None),
    ],
)
def test_the_language_is_known(text: str, expected: str | None) -> None:
    assert find_facts(None, text).language == expected


@given(
    st.text(max_size=400), st.dictionaries(st.sampled_from(["pay", "pay_low", "pay_currency", "experience"]), st.text())
)
def test_nothing_breaks_and_every_quotation_is_the_postings_own(text: str, fields: dict[str, str]) -> None:
    found = find_facts(None, text, fields=fields)
    sources = [" ".join(source.split()) for source in (text, *fields.values())]
    for fact in (found.workplace, found.seniority, found.years, found.country, *found.employment):
        assert fact is None or any(" ".join(fact.quote.split()) in source for source in sources)
    if found.pay and found.pay.low is not None and found.pay.high is not None:
        assert found.pay.low <= found.pay.high


@pytest.mark.parametrize("piece", ["$1 ", "10-", "part-time ", "Aa.", "\n", "1 000 000 ", "and or ", "Pay: "])
def test_hostile_text_is_read_in_a_bounded_number_of_steps(piece: str) -> None:
    assert find_facts(None, piece * (20_000 // len(piece))).pay is None


@pytest.mark.parametrize("kind", EMPLOYMENTS)
def test_every_phrase_of_a_contract_holds_the_words_that_are_looked_for_first(kind: Employment) -> None:
    phrases = read_sections(WORDS)[f"{kind.replace('_', ' ')} phrases"]
    for phrase in re.split(r";(?:\s+|$)", " ".join(phrases)):
        plain = phrase.replace("(?:", "").replace("[- ]?", " ").replace("[- ]", " ")
        assert not phrase or re.search(HINTS[kind].replace("[- ]?", " ").replace("[- ]", " "), plain), phrase
