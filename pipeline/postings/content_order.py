"""An order of postings that depends on what they say, so that no id and no file's order decides a result."""

from collections.abc import Iterable

from pipeline.core import content_key
from pipeline.postings.vacancy import Vacancy


def by_content(vacancies: Iterable[Vacancy]) -> list[Vacancy]:
    """Return postings in the order of what they say; only those that are equal in all of it go by id."""
    return sorted(vacancies, key=content_key_of)


def content_key_of(vacancy: Vacancy) -> tuple[str, ...]:
    """Return what a posting is ordered by."""
    said = (vacancy.title, vacancy.text, vacancy.company, vacancy.location, vacancy.posted_on, vacancy.url)
    return (*(str(part or "") for part in said), vacancy.id)


def content_digest(vacancy: Vacancy) -> str:
    """Return a hash of what a posting says, its id apart."""
    return content_key(*content_key_of(vacancy)[:-1])
