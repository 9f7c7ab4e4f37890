"""Pasted or uploaded text to a job description: HTML pages and emails cleaned, the job's title found."""

import re
from collections.abc import Iterable

from pydantic import BaseModel, ConfigDict

from pipeline.cluster_matcher.emails import open_message, without_email
from pipeline.core import RolemapError
from pipeline.postings import Document, Vacancy, find_role_phrases, html_to_text, read_html, reads_like_title

MAX_RAW = 2_000_000  # characters looked at, of a page with its markup
MAX_TEXT = 200_000  # characters of a description; what follows is left out, and said
SHORT_WORDS = 25
TITLE_LINES = 6  # at the top, among which the title is looked for

_HTML = re.compile(r"<(?:!doctype html|html|head|body|div|p|br|ul|li|h[1-6]|span|table|script)\b[^<>]{0,2000}>", re.I)
_LABELLED = re.compile(
    r"^\W*(?:job title|position title|position|job|role|title|vacancy)\s*:\s*(?P<title>\S.{2,99})$", re.I
)
_GENDERED = re.compile(r"\([mwfdxh](?:\s*/\s*[mwfdxhi*]){1,3}\)", re.I)


class JobDescription(BaseModel):
    """A job description ready to match: not stored among the vacancies."""

    model_config = ConfigDict(frozen=True)

    name: str = ""
    title: str | None = None
    text: str
    notices: list[str] = []


def clean_job_description(raw: str, *, title: str | None = None, name: str = "") -> JobDescription:
    """Return the job description in a pasted text, an HTML page or an email, with its title where it has one.

    Raises RolemapError where it holds no words.
    """
    notices = []
    text = _without_controls(raw[:MAX_RAW])
    document = _opened(text.lstrip())
    text, subject = without_email(document.text)
    text = re.sub(r"\n{3,}", "\n\n", text).strip()
    if sum(character.isalpha() for character in text) < 3:
        where = f" {name}" if name else ""
        raise RolemapError(f"The job description{where} holds no text. Paste the posting's words, or name its file.")
    if len(text) > MAX_TEXT or len(raw) > MAX_RAW:
        text = text[:MAX_TEXT].rsplit(None, 1)[0]
        notices.append(f"Only its first {len(text):,} characters were read.")
    if len(text.split()) < SHORT_WORDS:
        notices.append("It is very short, so the match rests on little.")
    found = title or document.fields.get("subject") or subject
    return JobDescription(name=name, title=_title(text, found, document), text=text, notices=notices)


def job_of_vacancy(vacancy: Vacancy) -> JobDescription:
    """Return a posting read from a file as a job description, cleaned like a pasted one. Raises RolemapError."""
    is_named_by_file = vacancy.source == vacancy.id and vacancy.title == _stem(vacancy.id)
    title = None if is_named_by_file else vacancy.title
    return clean_job_description(vacancy.text, title=title, name=vacancy.id)


def _stem(name: str) -> str:
    return name.rpartition("/")[2].rpartition(".")[0]


def _without_controls(text: str) -> str:
    """Return text that can be hashed, stored and shown: no NUL bytes, no half of a surrogate pair."""
    text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\xa0", " ")
    return re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u200b\ufeff]", " ", text)


def _opened(text: str) -> Document:
    """Return the text within a MIME message or a page's markup; plain text as it is."""
    message = open_message(text)
    if message is None:
        return _without_markup(text)
    return _without_markup(message.body).model_copy(update={"fields": {"subject": message.subject}})


def _without_markup(text: str) -> Document:
    head = text[:5000]
    if len(_HTML.findall(text[:20_000])) >= 2 or re.search(r"<!doctype html|<html\b", head, re.I):
        return read_html(text) if re.search(r"<(?:html|body|head)\b", head, re.I) else Document(text=html_to_text(text))
    return Document(text=text)


def _title(text: str, given: str | None, document: Document) -> str | None:
    """Return the first likely title: a labelled one, then one that names an occupation, then the first line."""
    fields = document.fields
    if fields.get("company") and fields.get("title"):  # a page that names its posting
        return fields["title"]
    lines = [line.strip(" #*\t") for line in text.split("\n") if line.strip()][:TITLE_LINES]
    offered = [candidate for candidate in (_labelled(lines), given, fields.get("title")) if candidate]
    likely = [line for line in (*offered, *lines) if reads_like_title(line)]
    named = next((line for line in likely if _names_a_job(line)), None)
    return named or next(iter([*offered, *(line for line in lines[:1] if line in likely)]), None)


def _labelled(lines: Iterable[str]) -> str | None:
    return next((match["title"].strip() for line in lines if (match := _LABELLED.match(line))), None)


def _names_a_job(line: str) -> bool:
    return bool(_GENDERED.search(line)) or bool(find_role_phrases(f"the {line}"))
