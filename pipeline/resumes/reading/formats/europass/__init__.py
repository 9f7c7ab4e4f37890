"""Europass XML: the Skills Passport of 2012 to 2020, and the Candidate, after HR-XML, that the portal writes since."""

import re
from collections.abc import Callable
from typing import Any

from pipeline.core import UnreadableDocument
from pipeline.resumes.reading.formats.data import bounded, validated, without_empty
from pipeline.resumes.reading.formats.europass.candidate import from_candidate
from pipeline.resumes.reading.formats.europass.elements import name_of, root_of
from pipeline.resumes.reading.formats.europass.passport import from_passport
from pipeline.resumes.reading.formats.source import Data, Format, Source

_READERS: dict[str, Callable[[Any], tuple[dict[str, Any], list[str]]]] = {
    "skillspassport": from_passport,
    "candidate": from_candidate,
}
_ROOT = re.compile(r"(?:<\?xml[^>]{0,300}\?>\s*)?(?:<!--.{0,2000}?-->\s*)*<(?:\w+:)?(skillspassport|candidate)\b", re.S)


def _recognises(source: Source) -> bool:
    return bool(_ROOT.match(source.opening))


def _read(source: Source) -> Data:
    root = root_of(source.data)
    read = _READERS.get(name_of(root).lower())
    if read is None:
        reason = "it is XML, but not a Europass CV of 2012 or later"
        raise UnreadableDocument(f"{reason}; save the resume as PDF or Word and bring that")
    document, left_out = read(root)
    bounded(document)
    return Data(validated(without_empty(document)), _shown(root), left_out=left_out)


def _shown(root: Any) -> str:
    """Return the text of a document, one element a line."""
    texts = (" ".join(text.split()) for text in root.itertext())
    return "\n".join(text for text in texts if text and len(text) < 50_000)


FORMAT = Format((".xml",), _recognises, _read)
