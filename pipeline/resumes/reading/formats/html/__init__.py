"""HTML: web pages, and what Google Docs and Word save as one; its frame (navigation, blog posts) is set aside."""

import re
from dataclasses import replace

from pipeline.resumes.reading.formats.blocks import read_blocks, texts_of
from pipeline.resumes.reading.formats.html.walker import page_blocks, parsed
from pipeline.resumes.reading.formats.source import Format, Lines, Source

_START = re.compile(r"(?:<\?xml[^>]{0,200}\?>\s*)?(?:<!--.{0,2000}?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.S)


def _recognises(source: Source) -> bool:
    return bool(_START.match(source.opening))


def _read(source: Source) -> Lines:
    blocks, frame = page_blocks(parsed(source.text))
    content = read_blocks(blocks)
    return replace(content, left_out=[*content.left_out, *texts_of(frame)])


FORMAT = Format((".html", ".htm"), _recognises, _read)
