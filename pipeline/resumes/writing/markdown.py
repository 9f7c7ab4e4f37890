"""A resume as Markdown that any renderer shows alike; text of the resume is escaped and never becomes markup."""

import re
from collections.abc import Iterable, Iterator
from itertools import groupby

from pipeline.resumes.writing.outline import Entry, Line, Link, Outline

SEPARATOR = " | "
_HEADED = ("work", "volunteer", "education", "projects")  # their entries have headings
_LISTED = ("publications", "certificates", "awards")  # theirs are one paragraph each
_SPECIAL = re.compile(r"[\\`*\[\]]|(?<![^\W_])_|_(?![^\W_])|~(?=~)|&(?=#?\w+;)")
_BLOCK_START = re.compile(r"^(?=(?:#{1,6}|[-+])(?:\s|$)|>|[-=]+$)|^(?P<number>\d{1,9})(?=[.)](?:\s|$))")


def write_markdown(outline: Outline) -> str:
    """Return the resume as a Markdown text."""
    blocks = [f"# {escape(outline.name)}"] if outline.name else []
    if outline.headline:
        blocks.append(f"**{escape(outline.headline)}**")
    if outline.contact:
        blocks.append(SEPARATOR.join(map(_address, outline.contact)))
    for section in outline.sections:
        if section.title:
            blocks.append(f"## {escape(section.title)}")
        for entry in section.entries:
            head, body = list(_head(entry, section.name in _HEADED)), list(_body(entry.lines))
            is_run_on = section.name in _LISTED and entry.has_head
            blocks += ["\\\n".join((*head, *body))] if is_run_on else [*head, *body]
    return "\n\n".join(blocks) + "\n"


def escape(text: str) -> str:
    r"""Return text that Markdown shows as it stands.

    >>> escape("1. *C++* & <b>")
    '1\\. \\*C++\\* & &lt;b>'
    """
    escaped = _SPECIAL.sub(r"\\\g<0>", text)
    return _BLOCK_START.sub(lambda match: f"{match['number'] or ''}\\", escaped).replace("<", "&lt;")


def _head(entry: Entry, has_heading: bool) -> Iterator[str]:
    """Yield the lines of a head; the address is that of the title where there is one."""
    title = _address(Link(entry.title, entry.address.target)) if entry.title else ""
    parts = [_address(link) for link in entry.details if not (title and link is entry.address and link.target)]
    parts += [escape(entry.dates)] if entry.dates else []
    if title and has_heading:
        yield f"### {title}"
    elif title:
        parts.insert(0, f"**{title}**")
    if parts:
        yield SEPARATOR.join(parts)


def _body(lines: Iterable[Line]) -> Iterator[str]:
    for is_list, group in groupby(lines, key=lambda line: line.kind == "bullet"):
        if is_list:
            yield "\n".join(f"- {escape(line.text)}" for line in group)
        else:
            yield from (f"**{escape(line.label)}:** " * bool(line.label) + escape(line.text) for line in group)


def _address(link: Link) -> str:
    if not link.target or link.target.startswith("mailto:"):
        return escape(link.text)
    target = re.sub(r"[\s<>()\\]", lambda match: f"%{ord(match[0]):02X}", link.target)
    return f"[{escape(link.text)}]({target})"
