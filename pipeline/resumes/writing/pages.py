"""The pages of a PDF that Rolemap has made, as PDFium, the reader of Chromium, sees them: pictures and text."""

import io
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.Image import Image
    from pypdfium2 import PdfDocument

PICTURE_SCALE = 1.6  # of 72 points an inch
_pdfium = threading.Lock()  # PDFium is not made for threads


def page_pictures(pdf: bytes, scale: float = PICTURE_SCALE, limit: int | None = None) -> list[bytes]:
    """Return the pages of a PDF, the first `limit` of them, each as a PNG picture."""
    with _opened(pdf) as document:
        count = len(document) if limit is None else min(limit, len(document))
        return [_picture(document[number].render(scale=scale).to_pil()) for number in range(count)]


def page_texts(pdf: bytes) -> list[str]:
    """Return the text of each page of a PDF, in the order in which PDFium finds it."""
    with _opened(pdf) as document:
        return [page.get_textpage().get_text_bounded() for page in document]


@contextmanager
def _opened(pdf: bytes) -> Iterator["PdfDocument"]:
    import pypdfium2

    with _pdfium:
        document = pypdfium2.PdfDocument(pdf)
        try:
            yield document
        finally:
            document.close()


def _picture(image: "Image") -> bytes:
    out = io.BytesIO()
    image.save(out, "PNG", compress_level=1)  # drawn anew at every change: quick, not small
    return out.getvalue()
