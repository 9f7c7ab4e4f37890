"""Pasted or uploaded text to a job description: HTML pages and emails cleaned, the job's title found."""

import re
from email import message_from_string, policy
from email.message import MIMEPart

from pydantic import BaseModel, ConfigDict

from pipeline.core import RolemapError
from pipeline.postings import Document, Vacancy, find_role_phrases, html_to_text, read_html, reads_like_title

MAX_RAW = 2_000_000  # characters looked at, of a page with its markup
MAX_TEXT = 200_000  # characters of a description; what follows is left out, and said
SHORT_WORDS = 25
TITLE_LINES = 6  # at the top, among which the title is looked for
MAX_SIGNATURE = 10  # lines

_HTML = re.compile(r"<(?:!doctype html|html|head|body|div|p|br|ul|li|h[1-6]|span|table|script)\b[^<>]{0,2000}>", re.I)
_MIME = re.compile(r"^(?:Content-Type|Content-Transfer-Encoding|MIME-Version):", re.I | re.M)
_HEADER = re.compile(
    r"^\s*\*?(?P<name>From|To|Cc|Bcc|Sent|Date|Subject|Reply-To|Received|Message-ID|Delivered-To|Return-Path|"
    r"MIME-Version|Content-[\w-]+|X-[\w-]+|List-[\w-]+|Von|An|Gesendet|Datum|Betreff|De|À|Envoyé|Objet)\*?:\*?\s*(?P<value>.*)$",
    re.I,
)
_SUBJECT_NAMES = frozenset({"subject", "betreff", "objet"})
_SENDER_NAMES = frozenset({"from", "von", "de"})
_FORWARDED = re.compile(
    r"^\s*(?:-{2,}\s*(?:original message|forwarded message|ursprüngliche nachricht|message d'origine)\s*-{2,}|"
    r"begin forwarded message:?|on .{4,120} wrote:|am .{4,120} schrieb .{0,80}:|le .{4,120} a écrit\s?:)\s*$",
    re.I,
)
_QUOTED = re.compile(r"^\s*(?:>\s?)+")
_REPLY = re.compile(r"^\s*(?:(?:re|fwd?|aw|wg|tr)\s*:\s*)+", re.I)
_CLOSING = re.compile(
    r"^\s*(?:(?:best|kind|warm|many)(?: regards| wishes| thanks)?|regards|sincerely(?: yours)?|cheers|thanks|thank you|"
    r"viele grüße|mit freundlichen grüßen|cordialement)\s*[,.!]?\s*$",
    re.I,
)
_FOOTER = re.compile(
    r"\b(?:sent from my \w+|intended (?:solely )?(?:for|recipient)|confidential and|unsubscribe|view (?:this|it) in "
    r"your browser|received this (?:e-?mail|message) (?:in error|because)|before printing this)\b",
    re.I,
)
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
    text, subject = _without_email(document.text)
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
    head = text[:5000]
    if _MIME.search(head) and _HEADER.match(text.split("\n", 1)[0]):
        message = message_from_string(text, policy=policy.default)
        body = message.get_body(("plain", "html"))
        if body is not None:
            document = _without_markup(_body_text(body))
            return document.model_copy(update={"fields": {"subject": str(message["subject"] or "")}})
    return _without_markup(text)


def _without_markup(text: str) -> Document:
    head = text[:5000]
    if len(_HTML.findall(text[:20_000])) >= 2 or re.search(r"<!doctype html|<html\b", head, re.I):
        return read_html(text) if re.search(r"<(?:html|body|head)\b", head, re.I) else Document(text=html_to_text(text))
    return Document(text=text)


def _body_text(body: MIMEPart) -> str:
    try:
        return str(body.get_content())
    except (LookupError, ValueError):  # an encoding that is not known or not true
        return str(body.get_payload())


def _without_email(text: str) -> tuple[str, str | None]:
    """Return what an email says, without headers, quotation marks, signatures and footers, and its last subject."""
    lines = text.split("\n")
    bare = [_QUOTED.sub("", line) for line in lines]
    headers = {match["name"].lower() for line in bare if (match := _HEADER.match(line))}
    is_email = sum(_QUOTED.match(line) is not None for line in lines) >= 3
    is_email = is_email or any(_FORWARDED.match(line) for line in bare)
    is_email = is_email or (bool(_SENDER_NAMES & headers) and bool(_SUBJECT_NAMES & headers))
    if not is_email:
        return text, None
    lines = bare
    subject, segments = None, [[]]  # type: tuple[str | None, list[list[str]]]
    for line in lines:
        header = _HEADER.match(line)
        if header or _FORWARDED.match(line):
            if segments[-1]:
                segments.append([])
            if header and header["name"].lower() in _SUBJECT_NAMES:
                subject = _REPLY.sub("", header["value"]).strip(" *") or subject
        elif line.strip() or segments[-1]:
            segments[-1].append(line)
    return "\n\n".join("\n".join(_without_signature(segment)) for segment in segments if segment), subject


def _without_signature(lines: list[str]) -> list[str]:
    """Return a message without what follows `--` or a closing line near its end, and without its footer."""
    kept = [line for line in lines if not _FOOTER.search(line)]
    for number, line in enumerate(kept):
        if re.fullmatch(r"\s*--\s*", line):
            return kept[:number]
        if _CLOSING.match(line) and len([rest for rest in kept[number + 1 :] if rest.strip()]) <= MAX_SIGNATURE:
            return kept[:number]
    return kept


def _title(text: str, given: str | None, document: Document) -> str | None:
    """Return the first likely title: a labelled one, then one that names an occupation, then the first line."""
    lines = [line.strip(" #*\t") for line in text.split("\n") if line.strip()][:TITLE_LINES]
    labelled = next((match["title"].strip() for line in lines if (match := _LABELLED.match(line))), None)
    offered = [candidate for candidate in (labelled, given, document.fields.get("title")) if candidate]
    if document.fields.get("company") and document.fields.get("title"):  # a page that names its posting
        return document.fields["title"]
    likely = [line for line in (*offered, *lines) if reads_like_title(line)]
    named = next((line for line in likely if _names_a_job(line)), None)
    return named or next(iter([*offered, *(line for line in lines[:1] if line in likely)]), None)


def _names_a_job(line: str) -> bool:
    return bool(_GENDERED.search(line)) or bool(find_role_phrases(f"the {line}"))
