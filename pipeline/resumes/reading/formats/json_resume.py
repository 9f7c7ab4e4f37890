"""JSON Resume: the schema that the resume model follows, with the oddities that other programs write."""

from typing import Any

from pipeline.core import UnreadableDocument
from pipeline.resumes.reading.formats.data import bounded, validated, with_iso_dates
from pipeline.resumes.reading.formats.json_resume_oddities import with_schema_shapes
from pipeline.resumes.reading.formats.source import Data, Format, Source

_SECTIONS = ("basics", "work", "skills", "education", "projects", "volunteer", "awards", "publications", "languages")


def is_json_resume(document: Any) -> bool:
    """Tell whether data has the sections of the schema, and not those of another program below `sections`."""
    if not isinstance(document, dict) or isinstance(document.get("sections"), dict):
        return False
    return any(document.get(key) for key in _SECTIONS)


def _read(source: Source) -> Data:
    document = source.json
    if document is None:
        raise UnreadableDocument("it is not valid JSON")
    if not is_json_resume(document):
        raise UnreadableDocument("it is JSON, but not a JSON Resume: it has no basics, work, education or skills")
    bounded(document)
    return Data(validated(with_iso_dates(with_schema_shapes(document))), source.text)


FORMAT = Format((".json",), lambda source: is_json_resume(source.json), _read)
