"""Names on the map where their postings lie, none over another."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median

LETTER, LINE = 7.2, 17.0  # pixels that a letter and a line take
PADDING = 4.0
SMALL = 4 * LINE  # a group of that height has its name above it
LONGEST = 26  # letters of a name on the map
Point = tuple[float, float]


@dataclass(frozen=True)
class MapLabel:
    """A name and the middle of it, in the map's own coordinates."""

    key: str
    text: str
    x: float
    y: float


def place_labels(
    groups: Mapping[str, tuple[str, Sequence[Point]]],
    width: float = 640,
    height: float = 520,
    letter: float = LETTER,
) -> list[MapLabel]:
    """Return where each group's name goes on a map of so many pixels: above a small group, in the middle of a large.

    `groups` has a name and points by key. The largest groups choose first; one that finds no room near its points has
    no name on the map, rather than one over another's.
    """
    points = [point for _, own in groups.values() for point in own]
    if not points:
        return []
    left, right = min(x for x, _ in points), max(x for x, _ in points)
    low, high = min(y for _, y in points), max(y for _, y in points)
    across, up = width / ((right - left) or 1), height / ((high - low) or 1)
    taken: list[tuple[float, float, float]] = []  # middle and half a width, in pixels
    labels = []
    for key, (name, own) in sorted(groups.items(), key=lambda item: (-len(item[1][1]), item[0])):
        if not own:
            continue
        text = name if len(name) <= LONGEST else name[: LONGEST - 1] + "…"
        half = len(text) * letter / 2 + PADDING
        across_middle = (median(x for x, _ in own) - left) * across
        for aside, y_wanted in _wanted([(y - low) * up for _, y in own]):
            x = min(max(across_middle + aside, half), max(width - half, half))
            y = min(max(y_wanted, LINE / 2), height - LINE / 2)
            if all(abs(y - other_y) >= LINE or abs(x - other_x) >= half + wide for other_x, other_y, wide in taken):
                taken.append((x, y, half))
                labels.append(MapLabel(key, text, left + x / across, low + y / up))
                break
    return labels


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
