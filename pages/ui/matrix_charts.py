"""Charts that set keywords against clusters, each a pure function from data to a figure."""

from collections.abc import Sequence
from typing import Any

import plotly.graph_objects as go

from pages.ui.display import hover, shortened
from pipeline.report import KeywordMatrix
from pipeline.resume_generator import STATES, CoverageMatrix

WIDE = 12  # clusters, from which they stand in rows, so that a page need not be wide
_MARGIN = {"l": 0, "r": 8, "t": 8, "b": 0}
# From next to the ground to far from it; opaque, so that the text in a cell is set off from what is really behind it.
_SHADES_ON_LIGHT = [[0, "#F2F5F9"], [0.5, "#8DB0D3"], [1, "#1F4E79"]]
_SHADES_ON_DARK = [[0, "#1F242B"], [1, "#4A7FB5"]]
# Blue, sky, sand: told apart by brightness too. The signs are in the cells, so that colour is not all there is.
STATE_COLOURS = ("rgba(140, 140, 140, 0.12)", "#DDAA33", "#66CCEE", "#4477AA")
STATE_SIGNS = ("", "✕", "○", "✓")


def keyword_heat_map(matrix: KeywordMatrix, *, on_dark: bool = False) -> go.Figure:
    """Draw which part of each cluster's postings names each keyword."""
    names = [cluster.name for cluster in matrix.clusters]
    labels = [
        [
            f"{hover(keyword, 40)}<br>{hover(name, 60)}<br>{count:,} of {size:,} postings"
            for name, count, size in zip(names, row, matrix.sizes, strict=True)
        ]
        for keyword, row in zip(matrix.labels, matrix.counts, strict=True)
    ]
    signs = [[f"{share:.0%}" if share else "" for share in row] for row in matrix.shares]
    slugs = [cluster.slug for cluster in matrix.clusters]
    figure = _matrix(matrix.labels, slugs, names, matrix.shares, labels, signs)
    figure.update_traces(
        colorscale=_SHADES_ON_DARK if on_dark else _SHADES_ON_LIGHT,
        zmin=0,
        zmax=1,
        showscale=False,
    )
    return figure


def coverage_chart(matrix: CoverageMatrix) -> go.Figure:
    """Draw what a resume shows of each cluster's keywords: listed, shown elsewhere, missing, or asked for by few."""
    labels = [
        [
            f"{hover(keyword, 40)}<br>{hover(name, 60)}<br>{STATES[state]}"
            for name, state in zip(matrix.names, row, strict=True)
        ]
        for keyword, row in zip(matrix.labels, matrix.states, strict=True)
    ]
    signs = [[STATE_SIGNS[state] for state in row] for row in matrix.states]
    heads = [
        f"{shortened(name, 17)} ({shown}/{asked})"
        for name, shown, asked in zip(matrix.names, matrix.shown_counts, matrix.asked_counts, strict=True)
    ]
    figure = _matrix(matrix.labels, matrix.slugs, heads, matrix.states, labels, signs)
    steps = [[(number + edge) / len(STATES), colour] for number, colour in enumerate(STATE_COLOURS) for edge in (0, 1)]
    figure.update_traces(colorscale=steps, zmin=-0.5, zmax=len(STATES) - 0.5, showscale=False)
    return figure


def _matrix(
    keywords: Sequence[str],
    slugs: Sequence[str],
    names: Sequence[str],
    values: Sequence[Sequence[float | None]],
    labels: Sequence[Sequence[str]],
    signs: Sequence[Sequence[str]],
) -> go.Figure:
    """Draw a grid with keywords in rows; with many clusters those are in rows, and the keywords stand above them."""
    are_clusters_rows = len(slugs) > WIDE
    if are_clusters_rows:
        values, labels = _turned(values), _turned(labels)
        signs = [["" for _ in row] for row in values]  # the cells are too narrow for text
    slugs, keys = [hover(slug, 300) for slug in slugs], [hover(keyword, 300) for keyword in keywords]
    rows, columns = (slugs, keys) if are_clusters_rows else (keys, slugs)
    row_names, column_names = (names, keywords) if are_clusters_rows else (keywords, names)
    figure = go.Figure(
        go.Heatmap(
            z=values,
            x=columns,
            y=rows,
            text=signs,
            texttemplate="%{text}",
            customdata=labels,
            hovertemplate="%{customdata}<extra></extra>",
            xgap=1,
            ygap=1,
        )
    )
    longest = max((min(len(name), 24) for name in column_names), default=0)
    figure.update_layout(
        height=60 + 7 * longest + 24 * len(rows),
        margin=_MARGIN,
        xaxis={
            "type": "category",
            "side": "top",
            "tickangle": -90 if len(columns) > 3 else 0,
            "tickvals": columns,
            "ticktext": [hover(name, 24) for name in column_names],
            "showgrid": False,
            "fixedrange": True,
        },
        yaxis={
            "type": "category",
            "autorange": "reversed",
            "tickvals": rows,
            "ticktext": [hover(name, 26) for name in row_names],
            "showgrid": False,
            "fixedrange": True,
        },
    )
    return figure


def _turned(rows: Sequence[Sequence[Any]]) -> list[list[Any]]:
    return [list(column) for column in zip(*rows, strict=True)]
