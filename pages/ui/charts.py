"""The charts, each a pure function from data to a figure."""

from collections.abc import Sequence

import plotly.graph_objects as go

from pages.ui.display import hover
from pipeline.cluster_artifacts import ClusterArtifact
from pipeline.keyword_engine import KeywordReport

# The same colours as in .streamlit/config.toml, for charts that colour by hand.
COLOURS = (
    *("#4477AA", "#EE6677", "#228833", "#CCBB44", "#66CCEE", "#AA3377", "#EE8866", "#44BB99", "#9970AB", "#997700"),
    *("#77AADD", "#BB5566", "#AAAA00", "#D6604D", "#5AAE61", "#99DDFF", "#DDAA33", "#C2A5CF", "#6699CC", "#999999"),
)
SYMBOLS = ("circle", "diamond", "square", "triangle-up", "x", "star", "hexagon", "cross")


def cluster_colours(artifact: ClusterArtifact) -> dict[str, str]:
    """Return each cluster's colour, the same on every page."""
    return {cluster.slug: COLOURS[i % len(COLOURS)] for i, cluster in enumerate(artifact.clusters)}


def vacancy_map(artifact: ClusterArtifact) -> go.Figure:
    """Draw every vacancy as a point near those it resembles, coloured by cluster; `customdata` holds its id."""
    figure = go.Figure()
    colours = cluster_colours(artifact)
    for number, cluster in enumerate(artifact.clusters):
        ids = [vacancy_id for vacancy_id in cluster.vacancy_ids if vacancy_id in artifact.map]
        records = [artifact.vacancies.get(vacancy_id) for vacancy_id in ids]
        labels = [
            hover(record.title or "Untitled posting") + (f"<br>{hover(record.company)}" if record.company else "")
            if record
            else hover(vacancy_id)
            for vacancy_id, record in zip(ids, records, strict=True)
        ]
        figure.add_scatter(
            x=[artifact.map[i][0] for i in ids],
            y=[artifact.map[i][1] for i in ids],
            customdata=[[i] for i in ids],
            text=labels,
            mode="markers",
            name=hover(cluster.name, 40),
            marker={
                "size": 10,
                "color": colours[cluster.slug],
                "symbol": SYMBOLS[number % len(SYMBOLS)],
                "line": {"width": 1, "color": "white"},
            },
            hovertemplate="%{text}<extra>" + hover(cluster.name, 40) + "</extra>",
        )
    figure.update_layout(
        height=520,
        margin={"l": 0, "r": 0, "t": 0, "b": 0},
        xaxis={"visible": False},
        yaxis={"visible": False, "scaleanchor": "x"},
        legend={"orientation": "h", "y": -0.02, "yanchor": "top"},
        clickmode="event+select",
    )
    return figure


def count_curve(artifact: ClusterArtifact) -> go.Figure:
    """Draw separation and stability for every number of clusters tried, with the chosen one marked."""
    curve = artifact.quality.curve
    counts = [point.clusters for point in curve]
    figure = go.Figure()
    figure.add_scatter(
        x=counts, y=[p.stability for p in curve], mode="lines+markers", name="Stability", line={"color": COLOURS[0]}
    )
    figure.add_scatter(
        x=counts,
        y=[p.silhouette for p in curve],
        mode="lines+markers",
        name="Separation",
        line={"color": COLOURS[1], "dash": "dot"},
    )
    figure.add_vline(x=len(artifact.clusters), line={"color": COLOURS[2], "dash": "dash"}, annotation_text="chosen")
    figure.update_layout(
        height=260,
        margin={"l": 0, "r": 0, "t": 10, "b": 0},
        xaxis={"title": "Number of clusters", "dtick": 1},
        yaxis={"title": "0 is none, 1 is perfect"},
        legend={"orientation": "h", "y": 1.15},
    )
    return figure


def keyword_bars(keywords: Sequence[str], counts: Sequence[int], colour: str) -> go.Figure:
    """Draw keywords with the number of vacancies that name each, the first on top."""
    figure = go.Figure(
        go.Bar(
            x=list(counts),
            y=[hover(k, 40) for k in keywords],
            orientation="h",
            marker={"color": colour},
            text=list(counts),
            textangle=0,
        )
    )
    figure.update_layout(
        height=60 + 24 * len(keywords),
        margin={"l": 0, "r": 0, "t": 0, "b": 0},
        yaxis={"autorange": "reversed", "type": "category"},
        xaxis={"title": "Postings that name it"},
    )
    return figure


def taxonomy_treemap(
    report: KeywordReport, names: dict[str, str], colours: dict[str, str], limit: int = 25
) -> go.Figure:
    """Draw categories and their most asked-for keywords as areas that grow with the number of vacancies."""
    ids, labels, parents, values, fill = [], [], [], [], []
    for slug, counts in report.categories.items():
        shown = counts[:limit]
        if not shown:
            continue
        ids.append(slug)
        labels.append(hover(names.get(slug, slug), 40))
        parents.append("")
        values.append(sum(count.vacancy_count for count in shown))
        fill.append(colours.get(slug, "#777777"))
        for count in shown:
            ids.append(f"{slug}/{count.keyword}")
            labels.append(hover(count.keyword, 40))
            parents.append(slug)
            values.append(count.vacancy_count)
            fill.append(colours.get(slug, "#777777"))
    figure = go.Figure(
        go.Treemap(
            ids=ids,
            labels=labels,
            parents=parents,
            values=values,
            branchvalues="total",
            marker={"colors": fill},
            hovertemplate="%{label}<br>%{value} postings<extra></extra>",
            textinfo="label+value",
        )
    )
    figure.update_layout(height=560, margin={"l": 0, "r": 0, "t": 0, "b": 0})
    return figure
