"""All facts of one posting, from the fields of its export first, then from its title and text."""

import re
from collections.abc import Mapping
from types import MappingProxyType

from pipeline.core import Facts
from pipeline.postings.facts.country import find_country
from pipeline.postings.facts.employment import find_employment
from pipeline.postings.facts.experience import find_years
from pipeline.postings.facts.language import find_language
from pipeline.postings.facts.pay import pay_in_text
from pipeline.postings.facts.pay_fields import pay_in_fields
from pipeline.postings.facts.seniority import find_seniority
from pipeline.postings.facts.workplace import find_workplace
from pipeline.postings.vacancy import Vacancy

_AMERICAN = re.compile(
    r"\b(?:401\s?\(?k\)?|403\s?\(?b\)?|H-?1-?B|W-?2|1099|EEOC?|FLSA|GED|Social Security|Medicare|green card|"
    r"(?:U\.?S\.?|American) (?:dollars?|citizen\w*|federal|based|company)|"
    r"Equal (?:Employment )?Opportunity|Title VII|Americans with Disabilities|protected veterans?)(?!\w)"
)
LONGEST = 60_000  # characters of a posting that are read


def find_facts(
    title: str | None,
    text: str,
    *,
    fields: Mapping[str, str] = MappingProxyType({}),
    location: str | None = None,
    company: str | None = None,
) -> Facts:
    """Return what a posting states of itself, each with the words it rests on; nothing is guessed.

    `fields` are raw strings of the export under pay, pay_low, pay_high, pay_currency, pay_period, employment,
    workplace, seniority, experience, language and country. They are believed before the text where they can be read.
    """
    text = text[:LONGEST]
    country = find_country(fields, location, title, text, company=company)
    language = _stated_language(fields.get("language", "")) or find_language(title, text)
    place = country.value if country else "US" if _AMERICAN.search(text) else None
    # Where no place is named, only what no other country has tells whose dollars they are.
    return Facts(
        pay=pay_in_fields(fields, country=place, language=language)
        or (pay_in_text(title, where="title", country=place, language=language) if title else None)
        or pay_in_text(text, country=place, language=language),
        employment=find_employment(fields, title, text),
        workplace=find_workplace(fields, location, title, text),
        seniority=find_seniority(fields, title, text),
        years=find_years(fields, title, text),
        country=country,
        language=language,
    )


def facts_of(vacancy: Vacancy) -> Facts:
    """Return what a stored posting states of itself."""
    return find_facts(
        vacancy.title, vacancy.text, fields=vacancy.fields, location=vacancy.location, company=vacancy.company
    )


def _stated_language(field: str) -> str | None:
    """Return the two letters of a field such as "en", "en-GB" or "de_DE"."""
    plain = field.strip().lower().replace("_", "-").split("-")[0]
    return plain if len(plain) == 2 and plain.isalpha() and plain.isascii() else None
