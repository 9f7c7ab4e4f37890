"""OpenDocument texts, as LibreOffice writes them: a worker gives the paragraphs and tables with their styles."""

from pipeline.core import UnreadableDocument
from pipeline.postings import run_worker
from pipeline.resumes.reading.formats.blocks import read_blocks
from pipeline.resumes.reading.formats.source import Format, Lines, Source


def _recognises(source: Source) -> bool:
    return b"opendocument.text" in source.data[:200] and "content.xml" in source.parts


def _read(source: Source) -> Lines:
    if not source.data.startswith(b"PK"):
        raise UnreadableDocument("it is not an OpenDocument text, whatever its ending says")
    return read_blocks(run_worker("odt", source.data, "resume_worker.py")["blocks"])


FORMAT = Format((".odt",), _recognises, _read)
