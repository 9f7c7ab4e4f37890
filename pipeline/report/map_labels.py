"""Names on the map where their postings lie, none over another."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from statistics import median

LETTER, LINE = 7.2, 17.0  # pixels that a letter and a line take
PADDING = 4.0
LARGE = 1.35  # times as large as others are names to be read from afar
SMALL = 4 * LINE  # a group of that height has its name above it
LONGEST = 26  # letters of a name on the map
Point = tuple[float, float]
Box = tuple[float, float, float, float]  # middle, half a width and half a height, in pixels


@dataclass(frozen=True)
class MapLabel:
    """A name and the middle of it, in the map's own coordinates."""

    key: str
    text: str
    x: float
    y: float
    is_large: bool = False


def place_labels(
    groups: Mapping[str, tuple[str, Sequence[Point]]],
    width: float = 640,
    height: float = 520,
    large: Collection[str] = (),
) -> list[MapLabel]:
    """Return where each group's name goes on a map of so many pixels: above a small group, in the middle of a large.

    `groups` has a name and points by key. The largest groups choose first; one that finds no room near its points has
    no name on the map, rather than one over another's. Names under the keys `large` are so, and choose before others.
    """
    filled = {key: group for key, group in groups.items() if group[1]}
    if not filled:
        return []
    left, across = _scale([x for _, own in filled.values() for x, _ in own], width)
    low, up = _scale([y for _, own in filled.values() for _, y in own], height)
    taken: list[Box] = []
    labels = []
    for key, (name, own) in sorted(filled.items(), key=lambda item: (item[0] not in large, -len(item[1][1]), item[0])):
        text, scale = _shortened(name), LARGE if key in large else 1.0
        half, line = len(text) * LETTER * scale / 2 + PADDING, LINE * scale / 2
        across_middle = (median(x for x, _ in own) - left) * across
        for aside, y_wanted in _wanted([(y - low) * up for _, y in own]):
            x = min(max(across_middle + aside, half), max(width - half, half))
            y = min(max(y_wanted, line), height - line)
            if not any(_overlap(box, (x, y, half, line)) for box in taken):
                taken.append((x, y, half, line))
                labels.append(MapLabel(key, text, left + x / across, low + y / up, key in large))
                break
    return labels


def _overlap(one: Box, other: Box) -> bool:
    return abs(one[0] - other[0]) < one[2] + other[2] and abs(one[1] - other[1]) < one[3] + other[3]


def _shortened(name: str) -> str:
    return name if len(name) <= LONGEST else name[: LONGEST - 1] + "…"


def _scale(values: Sequence[float], pixels: float) -> tuple[float, float]:
    """Return where an axis starts, and how many pixels one of its units takes."""
    return min(values), pixels / ((max(values) - min(values)) or 1)


def _wanted(heights: Sequence[float]) -> list[Point]:
    """Return where a name may go, the best place first: pixels aside of the middle, and the height in pixels.

    Over the points of a small group, then under them, so that it covers none; else in the middle or close by.
    """
    ordered = sorted(heights)
    lowest, highest = ordered[len(ordered) // 20], ordered[-1 - len(ordered) // 20]
    middle = median(ordered)
    steps = [(aside * 40.0, above * LINE) for above in range(-4, 5) for aside in range(-2, 3)]
    near = sorted(steps, key=lambda step: (step[0] ** 2 * 2 + step[1] ** 2, step))
    beside = [(0.0, highest + LINE), (0.0, lowest - LINE)] if highest - lowest <= SMALL else []
    return [*beside, *((aside, middle + above) for aside, above in near)]
