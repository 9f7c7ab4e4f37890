"""Finds the bullets of a PDF page that are drawn as shapes, as browsers draw those of lists.

Part of the resume worker.
"""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

MAX_SHAPES = 20_000  # on one page
MAX_SMALL = 2_000  # of the size of a bullet
BAND = 24  # points: texts are looked up by the band their baseline is in
MIN_MARK, MAX_MARK = 0.15, 0.6  # width and height of a bullet, in sizes of the text beside it
MAX_DISTANCE = 2.2  # from a bullet to its text
Place = tuple[float, float, float, float]  # left, right, baseline, size


def drawn_bullets(page: Any, texts: Sequence[Place], are_mirrored: Sequence[bool]) -> list[Place]:
    """Return the small shapes that stand alone right before a text, on its line: left, right, baseline, size.

    A text of a script written from right to left has its bullet at its right.
    """
    import pypdfium2.raw as raw

    shapes: list[tuple[float, float, float, float]] = []
    for number, item in enumerate(page.get_objects(filter=[raw.FPDF_PAGEOBJ_PATH], max_depth=3)):
        if number > MAX_SHAPES:
            return []
        left, bottom, right, top = item.get_bounds()
        width, height = right - left, top - bottom
        if 1.0 < width < 12 and 1.0 < height < 12 and 0.7 < width / height < 1.4:
            shapes.append((left, bottom, right, top))
    if len(shapes) > MAX_SMALL:
        return []
    found: list[Place] = []
    for is_mirrored in sorted(set(are_mirrored)):
        held = [place for place, own in zip(texts, are_mirrored, strict=True) if own == is_mirrored]
        if is_mirrored:
            held = [(-right, -left, baseline, size) for left, right, baseline, size in held]
            turned = [(-right, bottom, -left, top) for left, bottom, right, top in shapes]
            found += [(-right, -left, baseline, size) for left, right, baseline, size in _marks(turned, held)]
        else:
            found += _marks(shapes, held)
    return [(round(left, 1), round(right, 1), round(baseline, 1), size) for left, right, baseline, size in found]


def _marks(shapes: Sequence[Place], texts: Sequence[Place]) -> list[Place]:
    marks = {}
    bands = defaultdict(list)
    for place in texts:
        bands[place[2] // BAND].append(place)
    for shape in shapes:
        band = (shape[1] + shape[3]) / 2 // BAND
        text = _text_beside(shape, bands[band] + bands[band - 1])
        if text and not _has_neighbour(shape, shapes, text[3]):
            marks[(round(text[0], 1), round(text[2], 1))] = (shape[0], shape[2], text[2], text[3])
    return list(marks.values())


def _text_beside(shape: Place, texts: Sequence[Place]) -> Place | None:
    """Return the text that a shape is the bullet of: the nearest at its right, whose small letters it is level with."""
    left, bottom, right, top = shape
    middle = (bottom + top) / 2
    level = [text for text in texts if text[2] < middle < text[2] + 0.65 * text[3]]
    if any(text[0] - 1 < (left + right) / 2 < text[1] + 1 for text in level):
        return None  # it underlies a text
    fitting = [
        text
        for text in level
        if 0 < text[0] - right < MAX_DISTANCE * text[3]
        and MIN_MARK * text[3] < right - left < MAX_MARK * text[3]
        and MIN_MARK * text[3] < top - bottom < MAX_MARK * text[3]
    ]
    nearest = min(fitting, key=lambda text: text[0], default=None)
    if nearest and any(0 <= left - text[1] < 0.3 * text[3] for text in level):
        return None  # it parts two texts of a line
    return nearest


def _has_neighbour(shape: Place, shapes: Sequence[Place], size: float) -> bool:
    """Tell whether a shape is one of several in a row, as the dots of a rating are."""
    return any(
        other != shape
        and abs(other[1] - shape[1]) < 0.5
        and min(abs(other[0] - shape[2]), abs(shape[0] - other[2])) < 1.2 * size
        and abs(other[0] - shape[0]) > 0.5
        for other in shapes
    )
