"""The `cv` part of a RenderCV file as a JSON Resume document."""

import re
from typing import Any

from pipeline.core import UnreadableDocument
from pipeline.resumes.model import SectionName
from pipeline.resumes.reading.formats.data import iso_date
from pipeline.resumes.reading.headings import likely_section
from pipeline.resumes.reading.lines import Line, plain
from pipeline.resumes.reading.listings import looks_like_code, read_awards, read_certificates
from pipeline.resumes.reading.skills import split_items

_NETWORK_URLS = {
    "linkedin": "https://linkedin.com/in/",
    "github": "https://github.com/",
    "gitlab": "https://gitlab.com/",
    "twitter": "https://twitter.com/",
    "x": "https://x.com/",
    "orcid": "https://orcid.org/",
    "stackoverflow": "https://stackoverflow.com/users/",
    "youtube": "https://youtube.com/@",
}


def from_rendercv(cv: dict[str, Any]) -> dict[str, Any]:
    """Return a JSON Resume document that holds what the `cv` does."""
    document: dict[str, Any] = {"basics": _rendercv_basics(cv), "section_order": [], "section_titles": {}, "other": []}
    sections = cv.get("sections") or {}
    if not isinstance(sections, dict):
        raise UnreadableDocument("its cv.sections is not a mapping")
    before: SectionName | None = None
    for key, entries in sections.items():
        title = str(key).replace("_", " ").capitalize() if str(key).islower() else str(key)
        entries = [entry for entry in (entries if isinstance(entries, list) else [entries]) if entry]
        name = _add_section(document, title, entries, before)
        before = name
        document["section_titles"].setdefault(name, []).append(title)
        if name not in document["section_order"]:
            document["section_order"].append(name)
    return document


def _rendercv_basics(cv: dict[str, Any]) -> dict[str, Any]:
    taken = {
        "name",
        "headline",
        "label",
        "email",
        "phone",
        "website",
        "location",
        "social_networks",
        "sections",
        "photo",
    }
    profiles = []
    for network in cv.get("social_networks") or []:
        name, username = str(network.get("network") or ""), str(network.get("username") or "")
        base = _NETWORK_URLS.get(name.lower().replace(" ", ""))
        profiles.append({"network": name, "username": username, "url": base + username if base else None})
    basics = {
        "name": _plain(cv.get("name")),
        "label": _plain(cv.get("headline") or cv.get("label")),
        "email": cv.get("email"),
        "phone": cv.get("phone"),
        "url": cv.get("website"),
        "image": cv.get("photo"),
        "profiles": profiles,
        "location": {"address": cv["location"]} if cv.get("location") else None,
    }
    return basics | {key: value for key, value in cv.items() if key not in taken and value}


def _plain(text: Any) -> str | None:
    """Return text without its Markdown."""
    if text is None:
        return None
    bare = re.sub(r"\[([^\]]+)\]\([^)]*\)", r"\1", str(text))
    return re.sub(r"(\*\*|__|\*)(?=\S)(.+?)(?<=\S)\1", r"\2", bare).strip()


def _link(text: Any) -> str | None:
    match = re.search(r"\]\((https?://[^)]+)\)", str(text or ""))
    return match[1] if match else None


def _add_section(document: dict[str, Any], title: str, entries: list[Any], before: SectionName | None) -> SectionName:
    name = _kind(title, entries)
    if name == "summary":
        document["basics"]["summary"] = "\n".join(str(_plain(entry)) for entry in entries)
    elif name == "other":
        items = [
            {"text": text, "is_bullet": not isinstance(entry, str)} for entry in entries for text in _entry_texts(entry)
        ]
        document["other"].append({"title": title, "after": before, "items": items})
    else:
        document.setdefault(name, []).extend(_ENTRY_READERS[name](entry) for entry in entries)
    return name


def _kind(title: str, entries: list[Any]) -> SectionName:
    """Tell the section from the keys of its entries, and from its title where they leave it open."""
    keys = {key for entry in entries if isinstance(entry, dict) for key in entry}
    by_title = likely_section(title) or "other"
    if "company" in keys or "position" in keys:
        return "volunteer" if by_title == "volunteer" else "work"
    if "institution" in keys:
        return "education"
    if "authors" in keys or "journal" in keys:
        return "publications"
    if "label" in keys and by_title == "languages":
        return "skills" if looks_like_code([Line(plain(str(entry))) for entry in entries]) else "languages"
    if "label" in keys and by_title not in ("awards", "certificates"):
        return "skills" if by_title == "skills" else "other"
    if "name" in keys and by_title not in ("awards", "certificates", "volunteer"):
        return "projects" if by_title in ("projects", "other", "work") else "other"
    return by_title if by_title in ("skills", "summary", "awards", "certificates", "languages", "projects") else "other"


def _entry_texts(entry: Any) -> list[str]:
    if not isinstance(entry, dict):
        return [str(_plain(entry))]
    return [
        str(_plain(item))
        for value in entry.values()
        if value
        for item in (value if isinstance(value, list) else [value])
    ]


def _highlights(entry: dict[str, Any]) -> list[str]:
    """Return the list items; RenderCV writes nested ones as further lines that start with a hyphen."""
    found = []
    for item in entry.get("highlights") or []:
        text = str(item if not isinstance(item, dict) else " ".join(f"{key}: {value}" for key, value in item.items()))
        found += [piece for piece in re.split(r"\s*\n?\s+-\s+(?=[A-Z0-9])", text) if piece]
    return [str(_plain(text)) for text in found]


def _dates(entry: dict[str, Any]) -> dict[str, Any]:
    start, end, single = entry.get("start_date"), entry.get("end_date"), entry.get("date")
    if single and not start:
        start, _, end = (piece.strip() for piece in re.sub(r"\s(?:–|—|-|to)\s", "|", str(single)).partition("|"))
    return {"startDate": iso_date(str(start)) if start else None, "endDate": iso_date(str(end)) if end else None}


def _extras(entry: dict[str, Any], *taken: str) -> dict[str, Any]:
    known = {"start_date", "end_date", "date", "highlights", "summary", *taken}
    return {"notes": [f"{key}: {_plain(value)}" for key, value in entry.items() if key not in known and value]}


def _job(entry: Any) -> dict[str, Any]:
    if not isinstance(entry, dict):
        return {"summary": _plain(entry)}
    common = {
        "position": _plain(entry.get("position")),
        "location": entry.get("location"),
        "summary": _plain(entry.get("summary")),
    }
    rest = {"url": entry.get("url") or _link(entry.get("company")), "highlights": _highlights(entry)}
    return {
        "name": _plain(entry.get("company")),
        **common,
        **rest,
        **_dates(entry),
        **_extras(entry, "company", "position", "location", "url"),
    }


def _voluntary(entry: Any) -> dict[str, Any]:
    job = _job(entry)
    return {"organization": job.pop("name", None), **job}


def _study(entry: Any) -> dict[str, Any]:
    if not isinstance(entry, dict):
        return {"highlights": [_plain(entry)]}
    summary = [_plain(entry["summary"])] if entry.get("summary") else []
    return {
        "institution": _plain(entry.get("institution")),
        "studyType": _plain(entry.get("degree")),
        "area": _plain(entry.get("area")),
        "location": entry.get("location"),
        "url": entry.get("url") or _link(entry.get("institution")),
        "score": entry.get("gpa"),
        "highlights": summary + _highlights(entry),
        **_dates(entry),
        **_extras(entry, "institution", "degree", "area", "location", "url", "gpa"),
    }


def _project(entry: Any) -> dict[str, Any]:
    if not isinstance(entry, dict):
        return {"name": _plain(entry)}
    name = entry.get("name") or entry.get("label") or entry.get("bullet")
    return {
        "name": _plain(name),
        "description": _plain(entry.get("summary") or entry.get("details")),
        "url": entry.get("url") or _link(name),
        "highlights": _highlights(entry),
        **_dates(entry),
        **_extras(entry, "name", "label", "bullet", "details", "url"),
    }


def _publication(entry: Any) -> dict[str, Any]:
    if not isinstance(entry, dict):
        return {"name": _plain(entry)}
    authors = ", ".join(str(_plain(author)) for author in entry.get("authors") or [])
    summary = "\n".join(text for text in (authors, _plain(entry.get("summary"))) if text)
    url = entry.get("url") or (f"https://doi.org/{entry['doi']}" if entry.get("doi") else None)
    date = iso_date(str(entry["date"])) if entry.get("date") else None
    return {
        "name": _plain(entry.get("title")),
        "publisher": _plain(entry.get("journal")),
        "releaseDate": date,
        "url": url,
        "summary": summary or None,
        **_extras(entry, "title", "authors", "journal", "url", "doi"),
    }


def _skill(entry: Any) -> dict[str, Any]:
    if not isinstance(entry, dict):
        return {"keywords": split_items(str(_plain(entry)))[0]}
    details = entry.get("details") or entry.get("bullet") or ""
    return {
        "name": _plain(entry.get("label")),
        "keywords": split_items(str(_plain(details)))[0],
        **_extras(entry, "label", "details", "bullet"),
    }


def _named(key: str) -> Any:
    def read(entry: Any) -> dict[str, Any]:
        if not isinstance(entry, dict) or set(entry) == {"bullet"}:
            line = Line(plain(" ".join(_entry_texts(entry))), is_bullet=True)
            return _LIST_READERS[key]([line])[0].part.model_dump(by_alias=True, exclude_none=True)
        texts = _entry_texts({k: v for k, v in entry.items() if k != "date"})
        date = iso_date(str(entry["date"])) if entry.get("date") else None
        return {key: texts[0] if texts else None, "date": date, "notes": texts[1:]}

    return read


def _language(entry: Any) -> dict[str, Any]:
    if not isinstance(entry, dict):
        return {"language": _plain(entry)}
    return {"language": _plain(entry.get("label")), "fluency": _plain(entry.get("details"))}


_LIST_READERS: dict[str, Any] = {"title": read_awards, "name": read_certificates}
_ENTRY_READERS: dict[str, Any] = {
    "work": _job,
    "volunteer": _voluntary,
    "education": _study,
    "projects": _project,
    "publications": _publication,
    "skills": _skill,
    "awards": _named("title"),
    "certificates": _named("name"),
    "languages": _language,
}
