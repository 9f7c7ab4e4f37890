"""The `cv` part of a RenderCV file as a JSON Resume document."""

import re
from typing import Any

from pipeline.core import UnreadableDocument
from pipeline.resumes.model import SectionName
from pipeline.resumes.reading.dates import find_dates
from pipeline.resumes.reading.formats.data import Sections, iso_date
from pipeline.resumes.reading.learned.headings import section_of
from pipeline.resumes.reading.list_items import split_items

# The section by a key that only its entries have; by their titles, where they have another or none.
_OF_KEYS: dict[str, SectionName] = {
    "company": "work", "position": "work", "institution": "education", "authors": "publications",
    "journal": "publications",
}  # fmt: skip
_OF_TITLES = {
    "label": {"skills", "languages", "awards", "certificates"},
    "name": {"projects", "awards", "certificates"},
    "": {"skills", "summary", "awards", "certificates", "languages", "projects"},
}
_EDGES = " ,;:|()–—-"
_NETWORK_URLS = {
    "linkedin": "https://linkedin.com/in/", "github": "https://github.com/", "gitlab": "https://gitlab.com/",
    "twitter": "https://twitter.com/", "x": "https://x.com/", "orcid": "https://orcid.org/",
    "stackoverflow": "https://stackoverflow.com/users/", "youtube": "https://youtube.com/@",
}  # fmt: skip
_BASICS = frozenset("name headline label email phone website location social_networks sections photo".split())


def from_rendercv(cv: dict[str, Any]) -> dict[str, Any]:
    """Return a JSON Resume document that holds what the `cv` does."""
    found = Sections(_rendercv_basics(cv))
    sections = cv.get("sections") or {}
    if not isinstance(sections, dict):
        raise UnreadableDocument("its cv.sections is not a mapping")
    for key, entries in sections.items():
        title = str(key).replace("_", " ").capitalize() if str(key).islower() else str(key)
        entries = [entry for entry in (entries if isinstance(entries, list) else [entries]) if entry]
        _add_section(found, title, entries)
    return found.document


def _rendercv_basics(cv: dict[str, Any]) -> dict[str, Any]:
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
    return basics | {key: value for key, value in cv.items() if key not in _BASICS and value}


def _plain(text: Any) -> str | None:
    """Return text without its Markdown."""
    if text is None:
        return None
    bare = re.sub(r"\[([^\]]+)\]\([^)]*\)", r"\1", str(text))
    return re.sub(r"(\*\*|__|\*)(?=\S)(.+?)(?<=\S)\1", r"\2", bare).strip()


def _link(text: Any) -> str | None:
    match = re.search(r"\]\((https?://[^)]+)\)", str(text or ""))
    return match[1] if match else None


def _add_section(found: Sections, title: str, entries: list[Any]) -> None:
    name = _kind(title, entries)
    if name == "summary":
        found.basics["summary"] = "\n".join(str(_plain(entry)) for entry in entries)
        found.place(name, title)
    elif name == "other":
        texts = ((text, not isinstance(entry, str)) for entry in entries for text in _entry_texts(entry))
        found.add(name, ({"text": text, "is_bullet": is_bullet} for text, is_bullet in texts), title)
    else:
        found.add(name, map(_ENTRY_READERS[name], entries), title)


def _kind(title: str, entries: list[Any]) -> SectionName:
    """Tell the section from the keys of its entries, and from its title where they leave it open."""
    keys = set[Any]().union(*(entry for entry in entries if isinstance(entry, dict)))
    by_title = section_of(title) or "other"
    sure = next((section for key, section in _OF_KEYS.items() if key in keys), None)
    if sure:
        return "volunteer" if (sure, by_title) == ("work", "volunteer") else sure
    told_by = next((key for key in ("label", "name") if key in keys), "")
    if (told_by, by_title) == ("label", "languages") and any("," in str(_details(entry)) for entry in entries):
        return "skills"  # the languages of programmers, by kind
    if (told_by, by_title) in (("name", "work"), ("name", "other")):
        return "projects"
    return by_title if by_title in _OF_TITLES[told_by] else "other"


def _details(entry: Any) -> Any:
    return (entry.get("details") or "") if isinstance(entry, dict) else ""


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
    return {
        "name": _plain(entry.get("company")),
        "position": _plain(entry.get("position")),
        "location": entry.get("location"),
        "summary": _plain(entry.get("summary")),
        "url": entry.get("url") or _link(entry.get("company")),
        "highlights": _highlights(entry),
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
            text = " ".join(_entry_texts(entry))
            found = next(iter(find_dates(text)), None)
            name = f"{text[: found.begin].rstrip(_EDGES)} {text[found.finish :].lstrip(_EDGES)}" if found else text
            return {key: name.strip(), "date": found.last if found else None}
        texts = _entry_texts({k: v for k, v in entry.items() if k != "date"})
        date = iso_date(str(entry["date"])) if entry.get("date") else None
        return {key: texts[0] if texts else None, "date": date, "notes": texts[1:]}

    return read


def _language(entry: Any) -> dict[str, Any]:
    if not isinstance(entry, dict):
        return {"language": _plain(entry)}
    return {"language": _plain(entry.get("label")), "fluency": _plain(entry.get("details"))}


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
