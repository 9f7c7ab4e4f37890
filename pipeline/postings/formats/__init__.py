"""Input formats, each registered by the file of its name in this folder: a module with a tuple `FORMATS`."""

import pkgutil
from functools import lru_cache
from importlib import import_module

from pipeline.core import UnreadableDocument
from pipeline.postings.formats.content import MAX_BYTES, Content, Document, Format

__all__ = ["MAX_BYTES", "Content", "Document", "Format", "find_format", "known_formats", "read_content"]


@lru_cache(maxsize=1)
def known_formats() -> dict[str, Format]:
    """Return the formats by ending, in the order in which people are told of them."""
    modules = [import_module(f"{__name__}.{found.name}") for found in pkgutil.iter_modules(__path__)]
    formats = [form for module in modules for form in getattr(module, "FORMATS", ())]
    return {suffix: form for form in sorted(formats, key=lambda f: f.holds_rows) for suffix in form.suffixes}


def find_format(suffix: str) -> Format:
    """Return the format of an ending. Raises UnreadableDocument that names those which are read."""
    form = known_formats().get(suffix.lower())
    if form is None:
        raise UnreadableDocument(
            f"files ending in {suffix or 'nothing'} are not read; use {', '.join(known_formats())}"
        )
    return form


def read_content(data: bytes, suffix: str) -> Content:
    """Read the bytes of a file by its ending, once its content bears the ending out.

    Raises UnreadableDocument with the reason: oversize, empty, encrypted, image-only, damaged, or not what its ending
    says.
    """
    form = find_format(suffix)
    if len(data) > form.max_bytes:
        raise UnreadableDocument(f"it is larger than {form.max_bytes // 1_000_000} MB")
    if not data.strip():
        raise UnreadableDocument("it is empty")
    content = form.read(data)
    if content.document is not None and not any(character.isalnum() for character in content.document.text):
        raise UnreadableDocument("it holds no text")
    return content
