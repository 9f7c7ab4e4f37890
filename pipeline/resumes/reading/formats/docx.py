"""Word documents: a worker gives the paragraphs and tables with their styles."""

from pipeline.core import UnreadableDocument
from pipeline.postings import run_worker
from pipeline.resumes.reading.formats.blocks import read_blocks
from pipeline.resumes.reading.formats.source import Format, Lines, Source

OLE = b"\xd0\xcf\x11\xe0"  # how older Office files start, and those with a password


def _recognises(source: Source) -> bool:
    return any(name.endswith("document.xml") for name in source.parts)


def _read(source: Source) -> Lines:
    if source.data.startswith(OLE):
        raise UnreadableDocument("it is encrypted, or an old .doc; save it as .docx without a password")
    if not source.data.startswith(b"PK"):
        raise UnreadableDocument("it is not a Word document, whatever its ending says")
    return read_blocks(run_worker("docx", source.data, "resume_worker.py")["blocks"])


FORMAT = Format((".docx",), _recognises, _read)
