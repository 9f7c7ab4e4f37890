"""Saved mails and pages saved as one file: both are MIME."""

import re
from datetime import date
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import parsedate_to_datetime

from pipeline.core import UnreadableDocument
from pipeline.postings.encodings import decode
from pipeline.postings.formats.content import Content, Document, Format
from pipeline.postings.formats.pages import read_page

_REPLY = re.compile(r"^(?:(?:fwd?|wg|tr|re|aw|rv|i|doorst)\s*:\s*)+", re.I)


def _read(data: bytes) -> Content:
    message = message_from_bytes(data, policy=policy.default)
    if not isinstance(message, EmailMessage) or not message.keys():
        raise UnreadableDocument("it is not a mail or saved page, whatever its ending says")
    day = _day(message)
    page, plain = _part(message, "text/html"), _part(message, "text/plain")
    address = _header(message, "Snapshot-Content-Location")
    subject = _REPLY.sub("", _header(message, "Subject"))
    if page and (address or not plain or "ld+json" in page):
        content = read_page(page)
    elif plain or page:
        content = Content(document=Document(text=plain.strip())) if plain else read_page(page)
    else:
        raise UnreadableDocument("it holds no text")
    if content.document is None:
        return Content(tree=content.tree, day=day, what=content.what)
    stated = {"url": address, "title": subject if not address else ""}
    fields = {key: value for key, value in stated.items() if value} | content.document.fields
    return Content(document=Document(text=content.document.text, fields=fields), day=day)


def _part(message: EmailMessage, kind: str) -> str:
    """Return the text of a message's first part of a kind, by its own account of its encoding where that holds."""
    for part in message.walk():
        if part.get_content_type() == kind and not part.is_attachment():
            payload = part.get_payload(decode=True)
            if isinstance(payload, bytes) and payload.strip():
                try:
                    return payload.decode(part.get_content_charset() or "utf-8")
                except (UnicodeDecodeError, LookupError):
                    return decode(payload)
    return ""


def _header(message: EmailMessage, name: str) -> str:
    try:
        return " ".join(str(message.get(name, "")).split())
    except (ValueError, IndexError, AttributeError):  # the parser of headers stumbles over some malformed ones
        return ""


def _day(message: EmailMessage) -> date | None:
    try:
        return parsedate_to_datetime(_header(message, "Date")).date()
    except (ValueError, TypeError, IndexError):
        return None


FORMATS = (Format((".eml", ".mhtml", ".mht"), _read, max_bytes=30_000_000),)
