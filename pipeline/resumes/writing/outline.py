"""The outline of a resume: what is printed, in reading order. Every visible format is written from it.

Formats differ in looks alone, so two resumes with the same outline print the same words in the same places.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from pipeline.resumes.model import SectionName
from pipeline.resumes.writing.wording import Wording

_SCHEME = re.compile(r"^(?:https?://|mailto:|tel:)", re.I)
_SAFE_SCHEMES = ("http://", "https://", "mailto:")


@dataclass(frozen=True)
class Link:
    """A text, and where it leads; `target` is empty where it leads nowhere that a reader may be sent."""

    text: str = ""
    target: str = ""


NO_LINK = Link()


@dataclass(frozen=True)
class Line:
    """One paragraph, list item or labelled line (`label` is shown before the text, with a colon)."""

    kind: Literal["paragraph", "bullet", "labelled"]
    text: str
    label: str = ""


@dataclass(frozen=True)
class Entry:
    """One job, degree, project and so on; one without a head holds the lines of its section."""

    title: str = ""
    subtitle: Link = NO_LINK
    place: str = ""
    address: Link = NO_LINK
    dates: str = ""
    lines: tuple[Line, ...] = ()

    @property
    def details(self) -> tuple[Link, ...]:
        """What the head says besides title and dates: an employer, a place, an address."""
        return tuple(link for link in (self.subtitle, Link(self.place), self.address) if link.text)

    @property
    def title_target(self) -> str:
        """Where the title leads: to the address of the entry where that is not printed."""
        return "" if self.address.text else self.address.target

    @property
    def has_head(self) -> bool:
        """Whether anything is printed above the lines."""
        return bool(self.title or self.dates or self.details)


@dataclass(frozen=True)
class Section:
    """A heading with what stands below it; `title` is empty for a summary that the source prints without one."""

    name: SectionName
    title: str
    entries: tuple[Entry, ...]

    @property
    def has_tall_heads(self) -> bool:
        """Whether the details of an entry have a line of their own, as those of a job do.

        A publisher alone on a line reads as a remark on the paper.
        """
        return self.name in ("work", "volunteer", "education")


@dataclass(frozen=True)
class Outline:
    """A resume as it is printed."""

    name: str
    headline: str
    contact: tuple[Link, ...]
    sections: tuple[Section, ...]
    wording: Wording


def document_title(outline: Outline) -> str:
    """Return the title that a file has among its properties: whose it is and as what, else what it is."""
    told = " – ".join(filter(None, (outline.name, outline.headline)))
    return told or outline.wording.document_title


def clean(text: str | None) -> str:
    """Return text on one line, without what no page can show: control characters and the icons of private fonts.

    >>> clean(" a\\x00\\n b ")
    'a b'
    """
    return " ".join("".join(" " if c.isspace() else c for c in text or "" if c.isspace() or _is_printable(c)).split())


def _is_printable(character: str) -> bool:
    is_character = ord(character) & 0xFFFE != 0xFFFE
    return is_character and unicodedata.category(character) not in ("Cc", "Cs", "Co")


def show_address(url: str) -> Link:
    """Return an address as people print it, without its scheme, with where it leads."""
    url = clean(url)
    return Link(_SCHEME.sub("", url).rstrip("/"), url if url.lower().startswith(_SAFE_SCHEMES) else "")


def printed_texts(outline: Outline) -> Iterator[str]:
    """Yield every piece of text that an export prints, in no particular order."""
    yield from filter(None, (outline.name, outline.headline, *(link.text for link in outline.contact)))
    for section in outline.sections:
        yield from filter(None, (section.title,))
        for entry in section.entries:
            yield from filter(None, (entry.title, entry.dates, *(link.text for link in entry.details)))
            yield from (line.text for line in entry.lines)
