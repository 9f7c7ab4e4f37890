"""Reactive Resume, versions 4 and 5: its own JSON, with HTML in its descriptions and periods in words.

What its author hides there stays out, and is named.
"""

from collections.abc import Callable, Iterator
from itertools import filterfalse
from typing import Any

from pipeline.resumes.model import SectionName
from pipeline.resumes.reading.formats.data import Sections, bounded, iso_date, validated, without_empty
from pipeline.resumes.reading.formats.rich_text import described, lines_of, one_line, period
from pipeline.resumes.reading.formats.source import Data, Format, Source

Item = dict[str, Any]
_NEVER_SHOWN = ("cover-letter",)


def is_reactive_resume(document: Any) -> bool:
    """Tell whether data is of this program: it has its sections by name, and how they are laid out."""
    return (
        isinstance(document, dict)
        and isinstance(document.get("sections"), dict)
        and isinstance(document.get("basics"), dict)
        and ("metadata" in document or "customSections" in document)
    )


def _read(source: Source) -> Data:
    document = source.json
    bounded(document)
    reader = _Reader(document)
    return Data(validated(without_empty(reader.resume())), source.text, left_out=reader.hidden)


class _Reader:
    """Collects what a document shows, and the names of what it hides."""

    def __init__(self, document: Item) -> None:
        self.source = document
        self.hidden: list[str] = []
        self.found = Sections(self._basics())

    def resume(self) -> Item:
        """Return a JSON Resume document that holds what is shown."""
        sections = dict(self._sections())
        order = [name for name in self._layout() if name in sections]
        for name in [*order, *(name for name in sections if name not in order)]:
            self._add(*sections[name])
        return self.found.document

    def _basics(self) -> Item:
        basics = self.source["basics"]
        own = _mapping(basics.get("url") or basics.get("website"))
        notes = []
        for field in _items(basics.get("customFields")):
            parts = [one_line(field.get("name")), one_line(field.get("value") or field.get("text"))]
            notes.append(": ".join(part for part in parts if part) or None)
        return {
            "name": one_line(basics.get("name")),
            "label": one_line(basics.get("headline")),
            "email": one_line(basics.get("email")),
            "phone": one_line(basics.get("phone")),
            "url": _link(own),
            "location": {"address": one_line(basics["location"])} if basics.get("location") else None,
            "notes": [note for note in notes if note],
        }

    def _sections(self) -> Iterator[tuple[str, tuple[str, str, Item]]]:
        """Yield each section by what the layout calls it: its kind, its title, its content."""
        if isinstance(self.source.get("summary"), dict):
            yield "summary", ("summary", _title(self.source["summary"]), self.source["summary"])
        for name, section in self.source["sections"].items():
            if name == "custom":
                for key, own in _mapping(section).items():
                    yield f"custom.{key}", ("custom", _title(_mapping(own)), _mapping(own))
            elif isinstance(section, dict):
                yield name, (name, _title(section), section)
        for own in _items(self.source.get("customSections")):
            yield str(own.get("id")), (str(own.get("type") or "custom"), _title(own), own)

    def _layout(self) -> list[str]:
        """Return the sections in the order of the pages, the main column before the side."""
        layout = _mapping(self.source.get("metadata")).get("layout")
        pages = layout.get("pages") if isinstance(layout, dict) else layout
        columns: list[Any] = []
        for page in pages if isinstance(pages, list) else []:
            columns += [page.get("main"), page.get("sidebar")] if isinstance(page, dict) else page
        return [str(name) for column in columns if isinstance(column, list) for name in column]

    def _add(self, kind: str, title: str, section: Item) -> None:
        items = _items(section.get("items"))
        if _is_hidden(section) or kind in _NEVER_SHOWN:
            self._hide(title or kind, items or ([section] if section.get("content") else []))
            return
        self._hide(title or kind, list(filter(_is_hidden, items)))
        items = list(filterfalse(_is_hidden, items))
        if kind == "summary":
            self.found.summarise([part.get("content") for part in (section, *items)], title or None)
        elif kind == "profiles":
            self.found.basics.setdefault("profiles", []).extend(map(_profile, items))
        elif items:
            name, key, read = _READERS.get(kind, ("other", "other", _other))
            self.found.add(name, [part for item in items for part in read(item)], title or None, key)

    def _hide(self, title: str, items: list[Item]) -> None:
        names = [next((str(value) for value in map(item.get, _NAMES) if value), "") for item in items]
        self.hidden += [f"Hidden there, in {title}: {one_line(name) or 'an entry'}" for name in names]


_NAMES = ("company", "organization", "institution", "school", "name", "title", "language", "network", "recipient")


def _mapping(value: Any) -> Item:
    return value if isinstance(value, dict) else {}


def _items(value: Any) -> list[Item]:
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def _title(section: Item) -> str:
    return one_line(section.get("name") or section.get("title")) or ""


def _is_hidden(part: Item) -> bool:
    return part.get("hidden") is True or part.get("visible") is False


def _link(value: Any) -> str | None:
    return one_line(value.get("href") or value.get("url")) if isinstance(value, dict) else one_line(value)


def _website(item: Item) -> str | None:
    return _link(item.get("website") or item.get("url"))


def _first(item: Item, *keys: str) -> str | None:
    return next((text for text in (one_line(item.get(key)) for key in keys) if text), None)


def _words(item: Item) -> list[str]:
    return [text for text in map(one_line, item.get("keywords") or []) if text]


def _date(item: Item) -> str | None:
    written = one_line(item.get("date"))
    return iso_date(written) if written else None


def _jobs(item: Item) -> list[Item]:
    """Return the positions of an entry: several where it tells of a career at one employer."""
    common: Item = {
        "name": _first(item, "company", "organization"),
        "location": _first(item, "location"),
        "url": _website(item),
    }
    roles = [role for role in _items(item.get("roles")) if not _is_hidden(role)]
    if not roles:
        return [common | {"position": _first(item, "position")} | _told(item)]
    overall = described(item.get("description"))
    texts = [overall["summary"], *overall["highlights"], _first(item, "position")]
    jobs = [common | {"position": _first(role, "position")} | _told(role) for role in roles]
    return [jobs[0] | {"notes": [text for text in texts if text]}, *jobs[1:]]


def _told(item: Item) -> Item:
    return period(item.get("period") or item.get("date")) | described(item.get("description") or item.get("summary"))


def _voluntary(item: Item) -> list[Item]:
    return [{"organization": job.pop("name"), **job} for job in _jobs(item)]


def _study(item: Item) -> list[Item]:
    text = described(item.get("description") or item.get("summary"))
    return [
        {
            "institution": _first(item, "institution", "school"),
            "studyType": _first(item, "studyType", "degree"),
            "area": _first(item, "area"),
            "score": _first(item, "score", "grade"),
            "location": _first(item, "location"),
            "url": _website(item),
            **period(item.get("period") or item.get("date")),
            "highlights": [*(text["summary"] or "").splitlines(), *text["highlights"]],
        }
    ]


def _project(item: Item) -> list[Item]:
    own = described(item.get("summary") or item.get("description"))
    role = _first(item, "description") if item.get("summary") else None
    return [
        {
            "name": _first(item, "name"),
            "description": own["summary"],
            "highlights": own["highlights"],
            "roles": [role] if role else [],
            "keywords": _words(item),
            "url": _website(item),
            **period(item.get("period") or item.get("date")),
        }
    ]


def _award(item: Item) -> list[Item]:
    text = one_line(item.get("description") or item.get("summary"))
    return [{"title": _first(item, "title"), "awarder": _first(item, "awarder"), "date": _date(item), "summary": text}]


def _certificate(item: Item) -> list[Item]:
    text = one_line(item.get("description") or item.get("summary"))
    named = {"name": _first(item, "name", "title"), "issuer": _first(item, "issuer"), "date": _date(item)}
    return [named | {"url": _website(item), "notes": [text] if text else []}]


def _publication(item: Item) -> list[Item]:
    named = {"name": _first(item, "name", "title"), "publisher": _first(item, "publisher"), "releaseDate": _date(item)}
    return [named | {"url": _website(item), "summary": one_line(item.get("description") or item.get("summary"))}]


def _skill(item: Item) -> list[Item]:
    return [
        {"name": _first(item, "name"), "level": _first(item, "proficiency", "description"), "keywords": _words(item)}
    ]


def _language(item: Item) -> list[Item]:
    return [{"language": _first(item, "language", "name"), "fluency": _first(item, "fluency", "description")}]


def _interest(item: Item) -> list[Item]:
    return [{"name": _first(item, "name"), "keywords": _words(item)}]


def _reference(item: Item) -> list[Item]:
    texts = [one_line(item.get(key)) for key in ("position", "summary", "description", "phone")]
    return [{"name": _first(item, "name"), "reference": "\n".join(text for text in texts if text) or None}]


def _profile(item: Item) -> Item:
    return {"network": _first(item, "network"), "username": _first(item, "username"), "url": _website(item)}


def _other(item: Item) -> list[Item]:
    """Return the paragraphs of an entry of a section of the author's own."""
    head = [_first(item, "name", "title"), _first(item, "description") if item.get("summary") else None]
    head += [_first(item, "location"), _first(item, "date", "period")]
    lines = lines_of(item.get("summary") or item.get("content") or item.get("description"))
    parts = [{"text": " · ".join(text for text in head if text), "is_bullet": False}]
    parts += [{"text": line.text, "is_bullet": line.is_bullet} for line in lines]
    parts.append({"text": ", ".join(_words(item)), "is_bullet": False})
    parts.append({"text": _website(item) or "", "is_bullet": False})
    return [part for part in parts if part["text"]]


_READERS: dict[str, tuple[SectionName, str, Callable[[Item], list[Item]]]] = {
    "experience": ("work", "work", _jobs),
    "volunteer": ("volunteer", "volunteer", _voluntary),
    "education": ("education", "education", _study),
    "projects": ("projects", "projects", _project),
    "awards": ("awards", "awards", _award),
    "certifications": ("certificates", "certificates", _certificate),
    "publications": ("publications", "publications", _publication),
    "skills": ("skills", "skills", _skill),
    "languages": ("languages", "languages", _language),
    "interests": ("other", "interests", _interest),
    "references": ("other", "references", _reference),
}
FORMAT = Format((".json",), lambda source: is_reactive_resume(source.json), _read)
