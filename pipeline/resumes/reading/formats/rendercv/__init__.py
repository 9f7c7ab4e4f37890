"""RenderCV: the `cv` part of its YAML, or of the same as JSON; a JSON Resume written as YAML is read too."""

import re
from typing import Any

import yaml

from pipeline.core import UnreadableDocument
from pipeline.resumes.reading.formats.data import bounded, validated, with_iso_dates
from pipeline.resumes.reading.formats.rendercv.document import from_rendercv
from pipeline.resumes.reading.formats.source import Data, Format, Source


def _is_rendercv(document: Any) -> bool:
    return isinstance(document, dict) and isinstance(document.get("cv"), dict)


def _read(source: Source) -> Data:
    document = source.json if source.json is not None else _from_yaml(source.text)
    if _is_rendercv(document):
        bounded(document["cv"])
        return Data(validated(from_rendercv(document["cv"])), source.text)
    if isinstance(document, dict) and isinstance(document.get("basics"), dict):
        bounded(document)
        return Data(validated(with_iso_dates(document)), source.text)
    raise UnreadableDocument("it is YAML, but not a RenderCV file: it has no cv")


def _from_yaml(text: str) -> Any:
    if re.search(r"^\s*-?\s*(?:\w+\s*:\s*)?[&*]\w", text, re.M) and len(re.findall(r"[:\s-][&*]\w", text)) > 50:
        raise UnreadableDocument("its aliases unfold to more than a resume should")
    try:
        return yaml.load(text, Loader=_TextLoader)
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        raise UnreadableDocument("it is not valid YAML") from error


class _TextLoader(yaml.SafeLoader):
    """Reads every plain value as text, so that `2018-09` and `1.0` stay as they are written."""


_TextLoader.yaml_implicit_resolvers = {
    first: [
        (tag, pattern) for tag, pattern in resolvers if tag in ("tag:yaml.org,2002:null", "tag:yaml.org,2002:merge")
    ]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


FORMAT = Format((".yaml", ".yml"), lambda source: _is_rendercv(source.json), _read)
