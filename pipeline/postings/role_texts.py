"""What each posting of a corpus says of its role, read once for all that looks at it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pipeline.postings.boilerplate import find_boilerplate, own_text
from pipeline.postings.role_phrases import describe_roles
from pipeline.postings.vacancy import Vacancy


@dataclass(frozen=True)
class RoleText:
    """A posting's title, its text without what recurs over the corpus, and the jobs that this names, with scores."""

    title: str
    text: str
    phrases: Mapping[str, float]


def role_texts(vacancies: Sequence[Vacancy]) -> list[RoleText]:
    """Return what each posting says of its role, in their order."""
    boilerplate = find_boilerplate(vacancies)
    texts = [own_text(vacancy.text, boilerplate) for vacancy in vacancies]
    phrases = describe_roles(texts)
    return [RoleText(v.title or "", text, found) for v, text, found in zip(vacancies, texts, phrases, strict=True)]
