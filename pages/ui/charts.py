"""The charts of the clusters, each a pure function from data to a figure."""

from collections.abc import Collection, Sequence

import plotly.graph_objects as go

from pages.ui.colours import BLUE, GREEN, GREY, RED, cluster_colours, cluster_glyphs, cluster_symbols, pale
from pages.ui.display import hover
from pipeline.cluster_artifacts import ClusterArtifact
from pipeline.report import ClusterSize, PoolCount
from pipeline.services import Advice

MARGIN = {"l": 0, "r": 8, "t": 8, "b": 0}
MANY = 2000  # points, from which the map is drawn by the graphics card


def vacancy_map(artifact: ClusterArtifact, shown: Collection[str] | None = None) -> go.Figure:
    """Draw every posting as a point near those it resembles, coloured by cluster; `customdata` holds its id.

    What the filters leave out stays in its place as a grey dot.
    """
    figure = go.Figure(_points(artifact, artifact.map.keys() if shown is None else shown))
    figure.update_layout(
        height=min(max(520, 26 * len(artifact.clusters)), 900),
        margin=MARGIN,
        showlegend=False,
        xaxis={"visible": False, "range": _range([x for x, _ in artifact.map.values()])},
        yaxis={"visible": False, "range": _range([y for _, y in artifact.map.values()])},
        hoverlabel={"align": "left"},
        clickmode="event+select",
        dragmode="lasso",
        uirevision="map",
    )
    return figure


def _points(artifact: ClusterArtifact, visible: Collection[str]) -> list[go.Scatter | go.Scattergl]:
    """Return the grey dots of what is left out, then each cluster's points."""
    scatter = go.Scattergl if len(artifact.map) > MANY else go.Scatter
    colours, symbols = cluster_colours(artifact), cluster_symbols(artifact)
    left_out = [point for i, point in artifact.map.items() if i not in visible]
    traces = [
        scatter(
            x=[x for x, _ in left_out],
            y=[y for _, y in left_out],
            mode="markers",
            marker={"size": 5, "color": pale(GREY, 0.35)},
            hoverinfo="skip",
        )
    ]
    for cluster in artifact.clusters:
        ids = [i for i in cluster.vacancy_ids if i in artifact.map and i in visible]
        traces.append(
            scatter(
                x=[artifact.map[i][0] for i in ids],
                y=[artifact.map[i][1] for i in ids],
                customdata=[[i] for i in ids],
                text=[_label(artifact, i, cluster.name) for i in ids],
                mode="markers",
                name=hover(cluster.name, 40),
                marker={
                    "size": 10 if len(artifact.map) <= 400 else 7,
                    "color": colours[cluster.slug],
                    "symbol": symbols[cluster.slug],
                    "line": {"width": 0.5, "color": "rgba(128, 128, 128, 0.9)"},
                },
                hovertemplate="%{text}<extra></extra>",
            )
        )
    return traces


def _label(artifact: ClusterArtifact, vacancy_id: str, cluster: str) -> str:
    record = artifact.vacancies.get(vacancy_id)
    lines = [f"<b>{hover((record.title if record else None) or vacancy_id)}</b>"]
    if record and record.company:
        lines.append(hover(record.company))
    return "<br>".join([*lines, f"<i>{hover(cluster, 60)}</i>"])


def _range(values: Sequence[float]) -> list[float]:
    """Return an axis that holds all values with a little room, the same whatever the filters leave out."""
    low, high = min(values, default=0.0), max(values, default=1.0)
    room = (high - low) * 0.05 or 0.5
    return [low - room, high + room]


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
        yaxis={"autorange": "reversed", "type": "category", "tickvals": keys, "ticktext": names},
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
        yaxis={
            "autorange": "reversed",
            "type": "category",
            "tickvals": keys,
            "ticktext": [hover(each.label, 30) for each in pool],
        },
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
        yaxis={
            "autorange": "reversed",
            "type": "category",
            "tickvals": keys,
            "ticktext": [hover(step.label, 26) for step in advice],
        },
    )
    return figure
