"""Fitting a resume to one or two pages: less room between lines first, then smaller type, within limits."""

import io
from bisect import bisect_left
from dataclasses import replace

from pipeline.resumes.writing.look import Style
from pipeline.resumes.writing.outline import Outline
from pipeline.resumes.writing.pdf import write_pdf

LEAST_SPACING = 0.6  # of the theme's own
LEAST_SIZE = 8.5  # points; smaller type is not read with pleasure
_SPACINGS = (1.0, 0.9, 0.8, 0.7, LEAST_SPACING)
_SIZE_STEP = 0.25


def fit(outline: Outline, style: Style, pages: int) -> tuple[Style, str]:
    """Return the style that brings a resume on so many pages with the least change, and what has been changed.

    Where the limits do not allow it, the style stays as it is, and that is said.
    """
    styles = _tighter_and_tighter(style)
    found = bisect_left(styles, True, key=lambda tried: count_pages(write_pdf(outline, tried)[0]) <= pages)
    wanted = "one page" if pages == 1 else f"{pages} pages"
    if found == len(styles):
        least = styles[-1]
        return style, (
            f"It does not fit {wanted}, not even with {least.spacing:.0%} of the room between lines and type of "
            f"{least.size:g} points: leave something out, or allow more pages."
        )
    chosen = styles[found]
    if found == 0:
        return chosen, ""
    changed = f"{chosen.spacing:.0%} of the theme's room between lines"
    if chosen.size != style.size:
        changed += f" and type of {chosen.size:g} points in place of {style.size:g}"
    return chosen, f"Fitted to {wanted} with {changed}."


def count_pages(pdf: bytes) -> int:
    """Return how many pages a PDF has."""
    from pypdf import PdfReader

    return len(PdfReader(io.BytesIO(pdf)).pages)


def _tighter_and_tighter(style: Style) -> list[Style]:
    steps = int(max(style.size - LEAST_SIZE, 0) / _SIZE_STEP)
    smaller = [replace(style, spacing=LEAST_SPACING, size=style.size - _SIZE_STEP * n) for n in range(1, steps + 1)]
    return [*(replace(style, spacing=spacing) for spacing in _SPACINGS), *smaller]
