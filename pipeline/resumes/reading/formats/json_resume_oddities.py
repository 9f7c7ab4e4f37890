"""What other programs write where JSON Resume has something else: texts for lists, lists for texts, older names.

Each value is put where the schema has it; none is dropped, and none is made up.
"""

import re
from collections.abc import Callable
from typing import Any, get_args

from pydantic import BaseModel

from pipeline.resumes.model import Resume, ResumePart
from pipeline.resumes.reading.formats.rich_text import described, lines_of

_DATES = ("start", "end")
# By the part's own name: what others call its fields.
_ALIASES: dict[str, dict[str, str]] = {
    "Work": {"company": "name", "employer": "name", "organization": "name", "title": "position", "role": "position",
             "jobTitle": "position", "responsibilities": "highlights", "achievements": "highlights"},
    "Volunteer": {"name": "organization", "company": "organization", "role": "position", "title": "position"},
    "Education": {"school": "institution", "university": "institution", "degree": "studyType", "field": "area",
                  "major": "area", "grade": "score"},
    "Award": {"name": "title", "issuer": "awarder"},
    "Certificate": {"title": "name", "authority": "issuer"},
    "Publication": {"title": "name", "date": "releaseDate"},
    "Skill": {"category": "name", "items": "keywords", "skills": "keywords"},
    "Language": {"name": "language", "level": "fluency", "proficiency": "fluency"},
    "Basics": {"title": "label", "headline": "label", "fullName": "name", "phoneNumber": "phone", "about": "summary"},
    "Project": {"title": "name", "summary": "description", "technologies": "keywords"},
}  # fmt: skip
_NAME_OF = {
    "Work": "summary", "Volunteer": "summary", "Education": "institution", "Award": "title", "Certificate": "name",
    "Publication": "name", "Language": "language", "Interest": "name", "Reference": "reference", "Project": "name",
    "Profile": "url", "Location": "address", "OtherSection": "title", "OtherItem": "text",
}  # fmt: skip
_PIECES = re.compile(r"\s*[,;|\n•]\s*")


def with_schema_shapes(document: dict[str, Any]) -> dict[str, Any]:
    """Return a document whose values have the shapes of the schema, as far as what they mean is plain."""
    fitted = _fitted_part(Resume, document)
    if isinstance(fitted.get("skills"), list):
        fitted["skills"] = _with_bare_skills_together(fitted["skills"])
    return fitted


def _fitted_part(part: type[ResumePart], given: dict[str, Any]) -> dict[str, Any]:
    values = {str(key): value for key, value in given.items()}
    known = {part._key(name): info.annotation for name, info in part.model_fields.items()}
    for theirs, ours in _ALIASES.get(part.__name__, {}).items():
        if values.get(theirs) not in (None, "", [], {}) and theirs not in known and not values.get(ours):
            values[ours] = values.pop(theirs)
    for which in _DATES:
        if values.get(which) and f"{which}Date" in known and not values.get(f"{which}Date"):
            values[f"{which}Date"] = values.pop(which)
    for key, annotation in known.items():
        if key in values:
            values[key] = _fitted(key, values[key], annotation)
    return _with_items_apart(values) if {"summary", "highlights"} <= set(known) else values


def _fitted(key: str, value: Any, annotation: Any) -> Any:
    kinds = _kinds(annotation)
    part = next((kind for kind in kinds if isinstance(kind, type) and issubclass(kind, BaseModel)), None)
    if part is not None and issubclass(part, ResumePart):
        return _parts(part, value) if list in kinds else _one(part, value)
    if list in kinds and str in kinds:
        return _texts(key, value)
    return _text(value) if str in kinds else value


def _kinds(annotation: Any) -> set[Any]:
    """Return the types that an annotation is made of, `list` for any list."""
    origin = getattr(annotation, "__origin__", None)
    found = {origin if origin in (list, dict) else annotation}
    for argument in get_args(annotation):
        found |= _kinds(argument)
    return found


def _parts(part: type[ResumePart], value: Any) -> Any:
    if isinstance(value, dict):
        inner = [item for item in value.values() if isinstance(item, dict)]
        value = inner if inner and len(inner) == len(value) else [value]
    if isinstance(value, str):
        value = (
            [piece for piece in _PIECES.split(value) if piece] if part.__name__ in ("Skill", "Language") else [value]
        )
    if not isinstance(value, list):
        return value
    return [_one(part, item) for item in value if item not in (None, "", {})]


def _one(part: type[ResumePart], value: Any) -> Any:
    if isinstance(value, dict):
        return _fitted_part(part, value)
    if isinstance(value, str) and part.__name__ in _NAME_OF:
        return {_NAME_OF[part.__name__]: value}
    return value


def _text(value: Any) -> Any:
    """Return a list or a mapping as the text of its values."""
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        return ", ".join(str(text) for text in map(_text, value) if text not in (None, "")) or None
    return value


def _texts(key: str, value: Any) -> Any:
    if isinstance(value, str):
        split: Callable[[str], list[str]] = _PIECES.split if key in ("keywords", "roles", "courses") else _lines
        return [piece for piece in split(value) if piece]
    if isinstance(value, dict):
        value = list(value.values())
    return [text for text in map(_text, value) if text not in (None, "")] if isinstance(value, list) else value


def _lines(text: str) -> list[str]:
    return [line.text for line in lines_of(text) if line.text]


def _with_items_apart(values: dict[str, Any]) -> dict[str, Any]:
    """Where a summary is a list of items and there are no others, take them for the highlights."""
    summary = values.get("summary")
    if not isinstance(summary, str) or values.get("highlights"):
        return values
    told = described(summary)
    return values | told if told["highlights"] else values


def _with_bare_skills_together(skills: list[Any]) -> list[Any]:
    """Gather skills that are written as words alone into one list without a label, where the first of them stands."""
    bare = [skill for skill in skills if isinstance(skill, str)]
    if not bare:
        return skills
    at = next(index for index, skill in enumerate(skills) if isinstance(skill, str))
    rest = [skill for skill in skills if not isinstance(skill, str)]
    return [*rest[:at], {"keywords": bare}, *rest[at:]]
