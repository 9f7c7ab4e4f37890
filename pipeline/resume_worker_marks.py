"""Bullets that are drawn, not written: what browsers print for a list, and many resume builders with them."""

from typing import Any

MAX_OBJECTS = 5000  # of a page; one with more is a drawing
SMALLEST, LARGEST = 1.5, 7.0  # points
SQUARE = 0.2  # by how much of its size a mark may be wider than high, or higher than wide
REACH = 24.0  # points from a mark to the text it stands before
BOLD = 1

Box = tuple[float, float, float, float]  # left, bottom, right, top


def drawn_bullets(page: Any, segments: list[list[Any]]) -> list[list[Any]]:
    """Return a written bullet for each drawn one: a small dot or square that stands alone before a line of text.

    Segments are as the worker writes them. Dots in a row are a rating, and a dot before bold text marks a heading or
    a place on a time line.
    """
    marks = _small_squares(page)
    bullets = []
    for mark in marks:
        if any(_beside(mark, other) for other in marks if other is not mark):
            continue
        line = [segment for segment in segments if _on_line(mark, segment)]
        if any(segment[1] < mark[0] and segment[2] > mark[0] - REACH for segment in line):
            continue
        after = [segment for segment in line if 0 < segment[1] - mark[2] < REACH]
        if after and not (first := min(after, key=lambda segment: segment[1]))[5] & BOLD and first[0].strip():
            bullets.append(["•", round(mark[0], 1), round(mark[2], 1), first[3], first[4], 0, None])
    return bullets


def _small_squares(page: Any) -> list[Box]:
    import pypdfium2.raw as raw

    found: list[Box] = []
    for number, path in enumerate(page.get_objects(filter=[raw.FPDF_PAGEOBJ_PATH], max_depth=1)):
        if number >= MAX_OBJECTS:
            return []
        left, bottom, right, top = path.get_bounds()
        width, height = right - left, top - bottom
        large = max(width, height)
        if SMALLEST <= large <= LARGEST and abs(width - height) <= SQUARE * large:
            found.append((left, bottom, right, top))
    return found


def _beside(mark: Box, other: Box) -> bool:
    """Tell whether two marks stand close to each other in one row."""
    level = abs(mark[1] - other[1]) < mark[3] - mark[1]
    return level and min(abs(other[0] - mark[2]), abs(mark[0] - other[2])) < 3 * LARGEST


def _on_line(mark: Box, segment: list[Any]) -> bool:
    """Tell whether a mark stands at the height of a segment's small letters."""
    baseline, size = segment[3], segment[4]
    return bool(baseline - 0.1 * size < (mark[1] + mark[3]) / 2 < baseline + 0.7 * size)
