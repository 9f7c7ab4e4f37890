"""What an email says: its body without headers, quotation marks, signatures and footers, and its subject."""

import re
from email import message_from_string, policy
from email.message import MIMEPart
from typing import NamedTuple

MAX_SIGNATURE = 10  # lines

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


class Message(NamedTuple):
    """The text or markup within a MIME message, and its subject."""

    body: str
    subject: str


def open_message(text: str) -> Message | None:
    """Return what a MIME message holds; None where the text is none."""
    if not (_MIME.search(text[:5000]) and _HEADER.match(text.split("\n", 1)[0])):
        return None
    message = message_from_string(text, policy=policy.default)
    body = message.get_body(("plain", "html"))
    return None if body is None else Message(_body_text(body), str(message["subject"] or ""))


def _body_text(body: MIMEPart) -> str:
    try:
        return str(body.get_content())
    except (LookupError, ValueError):  # an encoding that is not known or not true
        return str(body.get_payload())


def without_email(text: str) -> tuple[str, str | None]:
    """Return what an email says, without headers, quotation marks, signatures and footers, and its last subject.

    A text that is no email is returned as it is.
    """
    if not _is_email(text):
        return text, None
    subject, segments = None, [[]]  # type: tuple[str | None, list[list[str]]]
    for line in _unquoted(text):
        header = _HEADER.match(line)
        if header or _FORWARDED.match(line):
            if segments[-1]:
                segments.append([])
            if header and header["name"].lower() in _SUBJECT_NAMES:
                subject = _REPLY.sub("", header["value"]).strip(" *") or subject
        elif line.strip() or segments[-1]:
            segments[-1].append(line)
    return "\n\n".join("\n".join(_without_signature(segment)) for segment in segments if segment), subject


def _is_email(text: str) -> bool:
    """Tell an email by lines quoted from another, by the line above such, or by who wrote it and of what."""
    if sum(_QUOTED.match(line) is not None for line in text.split("\n")) >= 3:
        return True
    lines = _unquoted(text)
    headers = {match["name"].lower() for line in lines if (match := _HEADER.match(line))}
    return any(map(_FORWARDED.match, lines)) or (bool(_SENDER_NAMES & headers) and bool(_SUBJECT_NAMES & headers))


def _unquoted(text: str) -> list[str]:
    return [_QUOTED.sub("", line) for line in text.split("\n")]


def _without_signature(lines: list[str]) -> list[str]:
    """Return a message without what follows `--` or a closing line near its end, and without its footer."""
    kept = [line for line in lines if not _FOOTER.search(line)]
    for number, line in enumerate(kept):
        if re.fullmatch(r"\s*--\s*", line):
            return kept[:number]
        if _CLOSING.match(line) and len([rest for rest in kept[number + 1 :] if rest.strip()]) <= MAX_SIGNATURE:
            return kept[:number]
    return kept
