"""RTF, as WordPad, Word and older programs write it."""

from pipeline.core import UnreadableDocument
from pipeline.resumes.reading.formats.blocks import read_blocks
from pipeline.resumes.reading.formats.rtf.scanner import rtf_blocks
from pipeline.resumes.reading.formats.source import Format, Lines, Source

_START = b"{\\rtf"


def _recognises(source: Source) -> bool:
    return source.data.lstrip()[:5] == _START


def _read(source: Source) -> Lines:
    if not _recognises(source):
        raise UnreadableDocument("it is not RTF, whatever its ending says")
    return read_blocks(rtf_blocks(source.data))


FORMAT = Format((".rtf",), _recognises, _read)
