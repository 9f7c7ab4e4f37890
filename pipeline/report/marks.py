"""Pieces of a report as HTML and SVG: everything that comes from postings is escaped here, and nothing runs."""

import html
import re
from collections.abc import Iterable, Sequence

from pipeline.report.map_labels import MapLabel

# Characters that no page may hold, and lone halves of surrogate pairs, which no file can.
_UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
MAP_WIDTH, MAP_HEIGHT = 900.0, 560.0
_SHAPES = (
    '<circle r="4"/>',
    '<path d="M0-5 5 0 0 5-5 0Z"/>',
    '<path d="M-3.7-3.7h7.4v7.4h-7.4Z"/>',
    '<path d="M0-5 4.8 4-4.8 4Z"/>',
    '<path d="M-4-2 -2-4 0-2 2-4 4-2 2 0 4 2 2 4 0 2-2 4-4 2-2 0Z"/>',
    '<path d="M0-5.4 1.5-1.7 5.2-1.7 2.3.7 3.3 4.4 0 2.2-3.3 4.4-2.3.7-5.2-1.7-1.5-1.7Z"/>',
    '<path d="M-2.6-4.4h5.2L5 0 2.6 4.4h-5.2L-5 0Z"/>',
    '<path d="M-1.6-4.8h3.2v3.2h3.2v3.2H1.6v3.2h-3.2V1.6h-3.2v-3.2h3.2Z"/>',
)


def text(value: object) -> str:
    """Return a value as text that a browser shows letter by letter, in a direction of its own.

    >>> text("<b>Ann & Co</b>")
    '<bdi>&lt;b&gt;Ann &amp; Co&lt;/b&gt;</bdi>'
    """
    return f"<bdi>{escaped(value)}</bdi>"


def escaped(value: object) -> str:
    """Return a value as text for places that hold no elements, such as attributes and titles in drawings."""
    return html.escape(_UNFIT.sub("\N{REPLACEMENT CHARACTER}", " ".join(str(value).split())), quote=True)


def table(heads: Sequence[str], rows: Iterable[Sequence[str]], caption: str = "") -> str:
    """Return a table. Heads and cells are HTML already."""
    head = "".join(f'<th scope="col">{each}</th>' for each in heads)
    body = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows)
    title = f"<caption>{caption}</caption>" if caption else ""
    return f'<div class="wide"><table>{title}<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>'


def bar(count: int, most: int, colour: str, label: str) -> str:
    """Return a bar as long as a count is of the largest one, with its label beside it."""
    width = 100 * count / most if most else 0
    return (
        f'<div class="bar"><span class="track"><span style="width:{width:.1f}%;background:{colour}"></span></span>'
        f"<span>{label}</span></div>"
    )


def interval(middle: float, low: float, high: float, ends: tuple[float, float], colour: str) -> str:
    """Return an estimate with its interval as a small drawing, all of them on the scale from `ends`; 1 is marked."""

    def place(value: float) -> float:
        first, last = ends
        return 4 + 192 * min(1.0, max(0.0, (value - first) / (last - first))) if last > first else 100

    return (
        '<svg class="interval" viewBox="0 0 200 16" aria-hidden="true">'
        f'<path d="M{place(1):.1f} 0V16" stroke="#999" stroke-dasharray="2 2"/>'
        f'<path d="M{place(low):.1f} 8H{place(high):.1f}" stroke="{colour}" stroke-width="2"/>'
        f'<circle cx="{place(middle):.1f}" cy="8" r="4" fill="{colour}"/></svg>'
    )


def shapes() -> str:
    """Return the marks of clusters, to be used in every drawing of a page."""
    symbols = "".join(f'<g id="m{number}">{shape}</g>' for number, shape in enumerate(_SHAPES))
    return f'<svg width="0" height="0" aria-hidden="true" class="defs"><defs>{symbols}</defs></svg>'


def mark(number: int, colour: str) -> str:
    """Return a cluster's mark, to stand before its name."""
    return (
        f'<svg class="mark" viewBox="-6 -6 12 12" aria-hidden="true"><use href="#m{number % len(_SHAPES)}" '
        f'fill="{colour}"/></svg>'
    )


def point_map(
    groups: Sequence[tuple[int, str, Sequence[tuple[float, float, str]]]], labels: Sequence[MapLabel] = ()
) -> str:
    """Return a map of points. A group has the number of its mark, its colour, and (x, y, title) of each point.

    `labels` are the names that stand on it.
    """
    points = [(x, y) for _, _, group in groups for x, y, _ in group]
    xs, ys = [x for x, _ in points] or [0.0], [y for _, y in points] or [0.0]
    width, height = MAP_WIDTH, MAP_HEIGHT

    def place(x: float, y: float) -> str:
        across = (x - min(xs)) / ((max(xs) - min(xs)) or 1)
        down = (max(ys) - y) / ((max(ys) - min(ys)) or 1)
        return f"{12 + across * (width - 24):.0f},{12 + down * (height - 24):.0f}"

    drawn = []
    for number, colour, group in groups:
        uses = "".join(
            f'<use href="#m{number % len(_SHAPES)}" transform="translate({place(x, y)})"><title>{escaped(title)}'
            "</title></use>"
            for x, y, title in group
        )
        drawn.append(f'<g fill="{colour}">{uses}</g>')
    for each in labels:
        across, down = place(each.x, each.y).split(",")
        drawn.append(f'<text class="on-map" x="{across}" y="{down}">{escaped(each.text)}</text>')
    label = f"Map of {len(points):,} postings; near ones are alike"
    box = f"0 0 {width:.0f} {height:.0f}"
    return f'<svg class="map" viewBox="{box}" role="img" aria-label="{label}">{"".join(drawn)}</svg>'


def heat_cell(share: float | None, colour: str = "68, 119, 170") -> str:
    """Return a share as a cell of a table, the darker the larger; one of nothing is empty."""
    if not share:
        return "<td></td>"
    ink = "#fff" if share > 0.9 else "#111"
    return f'<td class="heat" style="background:rgba({colour}, {share:.2f});color:{ink}">{share:.0%}</td>'
