"""JSON Resume and RenderCV YAML: resumes that are data already."""

import json
import re
from typing import Any

import yaml
from pydantic import ValidationError

from pipeline.core import UnreadableDocument
from pipeline.resumes.model import Resume
from pipeline.resumes.reading.rendercv import from_rendercv, iso_date

MAX_DEPTH = 40
_HALF_CHARACTER = re.compile("[\ud800-\udfff]")
MAX_NODES = 50_000
MAX_LETTERS = 1_000_000  # repeated ones counted
_DATE_KEYS = {"startDate", "endDate", "date", "releaseDate"}


def read_json_resume(text: str) -> Resume:
    """Read a JSON Resume document; dates in words are put into the schema's spelling."""
    try:
        document = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise UnreadableDocument("it is not valid JSON") from error
    if isinstance(document, dict) and isinstance(document.get("cv"), dict):
        _bounded(document)
        return _validated(from_rendercv(document["cv"]))
    sections = ("basics", "work", "skills", "education", "projects", "volunteer", "awards", "publications", "languages")
    if not isinstance(document, dict) or not any(document.get(key) for key in sections):
        raise UnreadableDocument("it is JSON, but not a JSON Resume: it has no basics, work, education or skills")
    _bounded(document)
    return _validated(_with_iso_dates(document))


def read_rendercv(text: str) -> Resume:
    """Read the `cv` part of a RenderCV file."""
    if re.search(r"^\s*-?\s*(?:\w+\s*:\s*)?[&*]\w", text, re.M) and len(re.findall(r"[:\s-][&*]\w", text)) > 50:
        raise UnreadableDocument("its aliases unfold to more than a resume should")
    try:
        document = yaml.load(text, Loader=_TextLoader)
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        raise UnreadableDocument("it is not valid YAML") from error
    if isinstance(document, dict) and isinstance(document.get("basics"), dict):
        _bounded(document)
        return _validated(_with_iso_dates(document))
    if not isinstance(document, dict) or not isinstance(document.get("cv"), dict):
        raise UnreadableDocument("it is YAML, but not a RenderCV file: it has no cv")
    _bounded(document["cv"])
    return _validated(from_rendercv(document["cv"]))


class _TextLoader(yaml.SafeLoader):
    """Reads every plain value as text, so that `2018-09` and `1.0` stay as they are written."""


_TextLoader.yaml_implicit_resolvers = {
    first: [
        (tag, pattern) for tag, pattern in resolvers if tag in ("tag:yaml.org,2002:null", "tag:yaml.org,2002:merge")
    ]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def _bounded(document: Any) -> None:
    """Refuse data that is nested or repeated beyond what a resume needs."""
    waiting, count, letters = [(document, 0)], 0, 0
    while waiting:
        value, depth = waiting.pop()
        count += 1
        letters += len(value) if isinstance(value, str) else 0
        if depth > MAX_DEPTH or count > MAX_NODES or letters > MAX_LETTERS:
            raise UnreadableDocument("it holds more than a resume should")
        children = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
        waiting += [(child, depth + 1) for child in children]


def _validated(document: dict[str, Any]) -> Resume:
    try:
        return _printable(Resume.model_validate(document))
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(map(str, first["loc"]))
        raise UnreadableDocument(f"{place or 'it'} is not as the schema has it: {first['msg'].lower()}") from error


def _with_iso_dates(value: Any) -> Any:
    if isinstance(value, list):
        return [_with_iso_dates(item) for item in value]
    if not isinstance(value, dict):
        return value
    return {
        key: iso_date(item) if key in _DATE_KEYS and isinstance(item, str) else _with_iso_dates(item)
        for key, item in value.items()
    }


def _printable(resume: Resume) -> Resume:
    """Replace halves of characters, which escapes such as `\\ud800` stand for: no file can be written with them."""
    text = json.dumps(resume.model_dump(by_alias=True, exclude_none=True), ensure_ascii=False, default=str)
    return Resume.model_validate_json(_HALF_CHARACTER.sub("\ufffd", text)) if _HALF_CHARACTER.search(text) else resume
