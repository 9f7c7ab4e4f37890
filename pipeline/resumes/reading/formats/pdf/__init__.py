"""PDF: a worker gives the segments of text on each page, and their places tell the lines and columns."""

from pipeline.core import UnreadableDocument
from pipeline.postings import run_worker
from pipeline.resumes.reading.formats.pdf.layout import read_layout
from pipeline.resumes.reading.formats.source import Format, Lines, Source
from pipeline.resumes.reading.lines import without_bullet


def _recognises(source: Source) -> bool:
    return source.data.startswith(b"%PDF")


def _read(source: Source) -> Lines:
    if b"%PDF" not in source.data[:1024]:
        raise UnreadableDocument("it is not a PDF, whatever its ending says")
    lines, left_out = read_layout(run_worker("pdf", source.data, "resume_worker.py")["pages"])
    return Lines([without_bullet(line) for line in lines], left_out=left_out, prints_soft_hyphens=True)


FORMAT = Format((".pdf",), _recognises, _read)
