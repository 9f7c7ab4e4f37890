"""The pages of a PDF as pictures."""

import io
import threading
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.Image import Image

PICTURE_SCALE = 1.6  # of 72 points an inch
_pdfium = threading.Lock()  # PDFium is not made for threads


def page_pictures(pdf: bytes, scale: float = PICTURE_SCALE, limit: int | None = None) -> list[bytes]:
    """Return the pages of a PDF that Rolemap has made, the first `limit` of them, each as a PNG picture."""
    import pypdfium2

    with _pdfium:
        document = pypdfium2.PdfDocument(pdf)
        try:
            count = len(document) if limit is None else min(limit, len(document))
            return [_picture(document[number].render(scale=scale).to_pil()) for number in range(count)]
        finally:
            document.close()


def _picture(image: "Image") -> bytes:
    out = io.BytesIO()
    image.save(out, "PNG")
    return out.getvalue()
