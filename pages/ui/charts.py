"""The charts of the clusters, each a pure function from data to a figure."""

from collections.abc import Sequence
from typing import Any

import plotly.graph_objects as go

from pages.ui.colours import BLUE, GREEN, GREY, RED, cluster_colours, cluster_glyphs, pale
from pages.ui.display import hover
from pipeline.cluster_artifacts import ClusterArtifact
from pipeline.report import ClusterSize, Difference, PoolCount
from pipeline.services import Advice

MARGIN = {"l": 0, "r": 8, "t": 8, "b": 0}


def named_rows(keys: Sequence[str], names: Sequence[str]) -> dict[str, Any]:
    """Return the axis of rows that read from the top, by keys that differ and names that may not."""
    return {"autorange": "reversed", "type": "category", "tickvals": keys, "ticktext": names}


def cluster_bars(sizes: Sequence[ClusterSize], artifact: ClusterArtifact) -> go.Figure:
    """Draw how many postings each cluster has; behind them, in grey, how many it has without the filters."""
    colours, glyphs = cluster_colours(artifact), cluster_glyphs(artifact)
    keys = [hover(size.slug, 300) for size in sizes]
    is_filtered = any(size.shown < size.total for size in sizes)
    figure = go.Figure()
    if is_filtered:
        figure.add_bar(
            x=[size.total for size in sizes],
            y=keys,
            orientation="h",
            marker={"color": pale(GREY, 0.25)},
            hoverinfo="skip",
        )
    figure.add_bar(
        x=[size.shown for size in sizes],
        y=keys,
        orientation="h",
        marker={"color": [colours[size.slug] for size in sizes]},
        text=[f"{size.shown:,} of {size.total:,}" if is_filtered else f"{size.shown:,}" for size in sizes],
        textposition="outside",
        cliponaxis=False,
        customdata=[[hover(size.name), f"{size.shown:,}"] for size in sizes],
        hovertemplate="%{customdata[0]}: %{customdata[1]} postings<extra></extra>",
    )
    names = [f"{glyphs[size.slug]} {hover(size.name, 26)}" for size in sizes]
    figure.update_layout(
        barmode="overlay",
        height=90 + 26 * len(sizes),
        margin={**MARGIN, "r": 70 if is_filtered else 36},
        showlegend=False,
        xaxis={"title": "Postings", "rangemode": "tozero", "tickformat": ",d", "nticks": 4, "tickangle": 0},
        yaxis=named_rows(keys, names),
    )
    return figure


def count_curve(artifact: ClusterArtifact) -> go.Figure:
    """Draw separation and stability for every number of clusters tried, with the chosen one marked."""
    curve = artifact.quality.curve
    counts = [point.clusters for point in curve]
    figure = go.Figure()
    for name, values, colour, dash, symbol in (
        ("Stability", [p.stability for p in curve], BLUE, "solid", "circle"),
        ("Separation", [p.silhouette for p in curve], RED, "dot", "diamond"),
    ):
        figure.add_scatter(
            x=counts,
            y=values,
            mode="lines+markers",
            name=name,
            line={"color": colour, "dash": dash},
            marker={"symbol": symbol, "size": 8},
            hovertemplate="%{x} kinds of role: %{y:.2f}<extra>" + name + "</extra>",
        )
    figure.add_vline(
        x=len(artifact.clusters), line={"color": GREEN, "dash": "dash"}, annotation={"text": "in use", "yanchor": "top"}
    )
    figure.update_layout(
        height=300,
        margin={**MARGIN, "t": 24},
        xaxis={"title": "Number of kinds of role", "tickformat": "d", "nticks": 12},
        yaxis={"title": "0 is none, 1 is perfect", "range": [0, 1.05]},
        legend={"orientation": "h", "y": 1.02, "yanchor": "bottom"},
    )
    return figure


def keyword_bars(pool: Sequence[PoolCount], colour: str) -> go.Figure:
    """Draw keywords with the number of a cluster's postings that name each, the first on top."""
    keys = [hover(each.keyword, 300) for each in pool]
    figure = go.Figure(
        go.Bar(
            x=[each.count for each in pool],
            y=keys,
            orientation="h",
            marker={"color": colour},
            text=[f"{each.count:,}" for each in pool],
            textposition="outside",
            textangle=0,
            cliponaxis=False,
            customdata=[[hover(each.label), f"{each.share:.0%}", f"{each.share_elsewhere:.0%}"] for each in pool],
            hovertemplate=(
                "%{customdata[0]}: %{x:,} postings<br>%{customdata[1]} of this kind of role"
                "<br>%{customdata[2]} of all others<extra></extra>"
            ),
        )
    )
    figure.update_layout(
        height=90 + 24 * len(pool),
        margin={**MARGIN, "r": 36},
        xaxis={
            "title": "Postings that name it",
            "rangemode": "tozero",
            "tickformat": ",d",
            "nticks": 4,
            "tickangle": 0,
        },
        yaxis=named_rows(keys, [hover(each.label, 30) for each in pool]),
    )
    return figure


def advice_bars(advice: Sequence[Advice]) -> go.Figure:
    """Draw how many postings each skill opens, and in grey how many near ones ask for it, in the order of learning."""
    keys = [hover(step.keyword, 300) for step in advice]
    figure = go.Figure()
    figure.add_bar(
        x=[step.asking for step in advice],
        y=keys,
        orientation="h",
        marker={"color": pale(GREY, 0.3)},
        customdata=[[hover(step.label)] for step in advice],
        hovertemplate="%{customdata[0]}: asked for by %{x:,} near postings<extra></extra>",
    )
    figure.add_bar(
        x=[step.opens for step in advice],
        y=keys,
        orientation="h",
        marker={"color": GREEN},
        text=[f"{step.opens:,} of {step.asking:,}" for step in advice],
        textposition="outside",
        cliponaxis=False,
        customdata=[[hover(step.label)] for step in advice],
        hovertemplate="%{customdata[0]}: opens %{x:,}<extra></extra>",
    )
    figure.update_layout(
        barmode="overlay",
        height=90 + 36 * len(advice),
        margin={**MARGIN, "r": 60},
        showlegend=False,
        xaxis={"title": "Near postings", "rangemode": "tozero", "tickformat": ",d", "nticks": 4, "tickangle": 0},
        yaxis=named_rows(keys, [hover(step.label, 26) for step in advice]),
    )
    return figure


def difference_intervals(listed: Sequence[Difference], first: str, second: str) -> go.Figure:
    """Draw by how much the shares of two sets differ, with the 95% interval; triangles are sure."""
    keys = [hover(each.name, 300) for each in listed]
    figure = go.Figure(
        go.Scatter(
            x=[each.difference for each in listed],
            y=keys,
            customdata=[
                [
                    hover(each.name, 60),
                    f"{hover(first, 40)} {each.first_share:.0%} ({each.first:,} of {each.first_total:,})",
                    f"{hover(second, 40)} {each.second_share:.0%} ({each.second:,} of {each.second_total:,})",
                ]
                for each in listed
            ],
            error_x={
                "type": "data",
                "array": [each.high - each.difference for each in listed],
                "arrayminus": [each.difference - each.low for each in listed],
                "color": GREY,
            },
            mode="markers",
            marker={
                "size": 11,
                "color": [(GREEN if each.difference > 0 else RED) if each.is_sure else GREY for each in listed],
                "symbol": [
                    ("triangle-right" if each.difference > 0 else "triangle-left") if each.is_sure else "circle"
                    for each in listed
                ],
            },
            hovertemplate="%{customdata[0]}<br>%{customdata[1]}<br>%{customdata[2]}<extra></extra>",
        )
    )
    figure.add_vline(x=0, line={"color": GREY, "dash": "dot"})
    figure.update_layout(
        height=100 + 25 * len(listed),
        margin=MARGIN,
        xaxis={"title": f"Less of it, and more, than {hover(second, 40)}", "tickformat": ".0%", "nticks": 6},
        yaxis={
            "range": [len(listed) - 0.4, -0.6],
            "type": "category",
            "tickvals": keys,
            "ticktext": [hover(each.name, 30) for each in listed],
        },
    )
    return figure
