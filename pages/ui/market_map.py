"""The map of the postings: names where their postings lie, colours by what is asked, points that light up."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import plotly.graph_objects as go

from pages.ui.colours import GREY, RED, cluster_colours, cluster_symbols, pale
from pages.ui.display import hover, yearly_pay
from pipeline.cluster_artifacts import ClusterArtifact, MapDensity
from pipeline.market_trends import NOT_SAID, PostingFacts
from pipeline.report import MapLabel, colour_of, place_labels

HEIGHT = 560  # pixels
MANY = 2000  # points, from which the map is drawn by the graphics card
FINE = 10_000  # points, from which they are small enough to see the ground between them
MOST_VALUES = 8  # of a fact that are told apart by colour; the rest are one more
SCALE = "Viridis"
ON_LIGHT = "#12161C", "rgba(255, 255, 255, 0.8)"  # of a name, and of the ground under it
ON_DARK = "#FAFAFA", "rgba(14, 17, 23, 0.7)"
ROLE, PAY, DATE, KEYWORD = "Kind of role", "Pay", "Date", "A keyword"
COLOURED_BY = (ROLE, PAY, DATE, "Seniority", "Place", "Place of work", "Language", KEYWORD)
MANY_ROLES = 12  # beyond which families are named from afar
FAMILY_LETTER = 9.0  # pixels of a letter in the name of a family
NEAR_BY = (1280.0, 1040.0)  # pixels that the whole map takes from which roles are named
_OTHERS = "all others"
GROUND = "all postings"
GROUND_WIDTH = 1.2  # cells of the density, the standard deviation of the ground that each posting gives
GROUND_EDGE = 5  # cells around the density that this ground reaches into
GROUND_OPACITY = 0.4  # where most postings lie


@dataclass(frozen=True)
class MapView:
    """What is shown: the postings that pass, those that a word lights up (None for all), and what colours them.

    `keyword`, with its label, is the one that colours where they are coloured by one.
    """

    shown: Collection[str]
    lit: Collection[str] | None = None
    coloured_by: str = ROLE
    keyword: str = ""
    label: str = ""
    on_dark: bool = False
    density: MapDensity | None = None  # of all postings, where those shown are a sample of them


def market_map(artifact: ClusterArtifact, facts: Mapping[str, PostingFacts], view: MapView) -> go.Figure:
    """Draw every posting near those it resembles; `customdata` holds its id. What is not lit is grey, in its place."""
    ids = [i for i in artifact.map if i in view.shown and (view.lit is None or i in view.lit)]
    lit = set(ids)
    figure = go.Figure(_ground(view.density, on_dark=view.on_dark) if view.density else None)
    figure.add_trace(_grey(artifact, [i for i in artifact.map if i not in lit]))
    if view.coloured_by in (PAY, DATE):
        figure.add_traces(_measured(artifact, facts, ids, view.coloured_by))
    elif view.coloured_by == KEYWORD:
        figure.add_traces(_by_keyword(artifact, facts, ids, view))
    elif view.coloured_by == ROLE:
        figure.add_traces(_by_role(artifact, facts, lit))
    else:
        figure.add_traces(_by_value(artifact, facts, ids, view.coloured_by))
    _name(figure, artifact, on_dark=view.on_dark)
    figure.update_layout(
        height=HEIGHT,
        margin={"l": 0, "r": 0, "t": 8, "b": 0},
        showlegend=view.coloured_by not in (ROLE, PAY, DATE),
        legend={"orientation": "h", "y": -0.02, "yanchor": "top"},
        xaxis={"visible": False, "range": _range([x for x, _ in artifact.map.values()])},
        yaxis={"visible": False, "range": _range([y for _, y in artifact.map.values()])},
        hoverlabel={"align": "left"},
        clickmode="event+select",
        dragmode="lasso",
        uirevision="map",
    )
    return figure


def _name(figure: go.Figure, artifact: ClusterArtifact, *, on_dark: bool) -> None:
    """Write the names of families and kinds of role where their postings lie."""
    families, roles = _names(artifact)
    for number, label in enumerate([*families, *roles]):
        figure.add_annotation(
            x=label.x,
            y=label.y,
            text=f"<b>{hover(label.text)}</b>",
            showarrow=False,
            font={"size": 15 if number < len(families) else 12, "color": ON_DARK[0] if on_dark else ON_LIGHT[0]},
            bgcolor=ON_DARK[1] if on_dark else ON_LIGHT[1],
            borderpad=1,
        )


def _names(artifact: ClusterArtifact) -> tuple[list[MapLabel], list[MapLabel]]:
    """Return the names of families, where these are named from afar, and those of the kinds of role."""
    points = {c.slug: [artifact.map[i] for i in c.vacancy_ids if i in artifact.map] for c in artifact.clusters}
    roles = {c.slug: (c.name, points[c.slug]) for c in artifact.clusters}
    families = _families(artifact, points)
    if not families:
        return [], place_labels(roles)
    return place_labels(families, letter=FAMILY_LETTER), place_labels(roles, *NEAR_BY)


def _families(
    artifact: ClusterArtifact, points: Mapping[str, list[tuple[float, float]]]
) -> dict[str, tuple[str, list[tuple[float, float]]]]:
    if len(artifact.clusters) <= MANY_ROLES or artifact.tree is None:
        return {}
    return {
        family.slug: (family.name, [point for role in family.roles for point in points.get(role, [])])
        for family in artifact.tree.families
    }


def family_count(artifact: ClusterArtifact) -> int:
    """Return how many of the map's names, the first, are those of families: none where the roles are few."""
    return len(_names(artifact)[0])


def map_width(artifact: ClusterArtifact) -> float:
    """Return how far the whole map goes along its horizontal axis."""
    low, high = _range([x for x, _ in artifact.map.values()])
    return high - low


def _scatter(artifact: ClusterArtifact) -> type[go.Scatter] | type[go.Scattergl]:
    return go.Scattergl if len(artifact.map) > MANY else go.Scatter


def _ground(density: MapDensity, *, on_dark: bool) -> go.Heatmap:
    """Return a ground that is stronger where more postings lie, by the logarithm; where none lies near it is clear."""
    counts = np.pad(np.asarray(density.counts, dtype=float), GROUND_EDGE)
    up, across = (_spread(length) for length in counts.shape)
    depth = np.log1p(up @ counts @ across)  # of the sums of two Gaussian curves, one along each axis
    colour = ON_DARK[0] if on_dark else ON_LIGHT[0]
    return go.Heatmap(
        x=_widened(density.x),
        y=_widened(density.y),
        z=depth.astype(np.float32),
        zsmooth="best",
        colorscale=[[0, pale(colour, 0)], [1, pale(colour, GROUND_OPACITY)]],
        showscale=False,
        hoverinfo="skip",
        name=GROUND,
    )


def _spread(length: int) -> np.ndarray:
    """Return how much each of so many cells in a row gives to each of them."""
    apart = np.subtract.outer(np.arange(length), np.arange(length))
    return np.exp(-((apart / GROUND_WIDTH) ** 2) / 2)


def _widened(middles: Sequence[float]) -> np.ndarray:
    """Return the middles of cells with those of the edge before and after them."""
    step = middles[1] - middles[0]
    return middles[0] + step * np.arange(-GROUND_EDGE, len(middles) + GROUND_EDGE)


def _places(artifact: ClusterArtifact, ids: Sequence[str]) -> dict[str, np.ndarray]:
    """Return where postings lie, in arrays: lists Plotly looks through and copies value by value."""
    places = np.array([artifact.map[i] for i in ids], dtype=np.float32).reshape(-1, 2)
    return {"x": places[:, 0], "y": places[:, 1]}


def _grey(artifact: ClusterArtifact, ids: Sequence[str]) -> go.Scatter | go.Scattergl:
    return _scatter(artifact)(
        **_places(artifact, ids),
        mode="markers",
        marker={"size": 5, "color": pale(GREY, 0.35)},
        hoverinfo="skip",
        showlegend=False,
    )


def _points(
    artifact: ClusterArtifact,
    facts: Mapping[str, PostingFacts],
    ids: Sequence[str],
    marker: dict[str, object],
    name: str = "",
) -> go.Scatter | go.Scattergl:
    count, line = len(artifact.map), {"width": 0.5, "color": pale(GREY, 0.9)}
    size = 9 if count <= 400 else 7 if count <= FINE else 4
    if artifact.is_sample:  # the ground between them says how many there are
        size, line = 3, {"width": 0}
    names = {cluster.slug: cluster.name for cluster in artifact.clusters}
    return _scatter(artifact)(
        **_places(artifact, ids),
        customdata=np.array(ids, dtype=object).reshape(-1, 1),
        text=np.array([_hover(i, facts.get(i), names) for i in ids], dtype=object),
        mode="markers",
        marker={"size": size, "line": line, **marker},
        name=name,
        hovertemplate="%{text}<extra></extra>",
    )


def _hover(vacancy_id: str, fact: PostingFacts | None, names: Mapping[str, str]) -> str:
    if fact is None:
        return hover(vacancy_id)
    lines = [
        f"<b>{hover(fact.title or vacancy_id)}</b>",
        hover(fact.company or ""),
        hover(names.get(fact.role, ""), 60),
    ]
    lines.append(hover(yearly_pay(fact.facts.pay) or ""))
    return "<br>".join(line for line in lines if line)


def _by_role(
    artifact: ClusterArtifact, facts: Mapping[str, PostingFacts], lit: Collection[str]
) -> list[go.Scatter | go.Scattergl]:
    colours, symbols = cluster_colours(artifact), cluster_symbols(artifact)
    return [
        _points(
            artifact,
            facts,
            [i for i in cluster.vacancy_ids if i in lit],
            name=hover(cluster.name, 40),
            marker={"color": colours[cluster.slug], "symbol": symbols[cluster.slug]},
        )
        for cluster in artifact.clusters
    ]


def _measured(
    artifact: ClusterArtifact, facts: Mapping[str, PostingFacts], ids: Sequence[str], what: str
) -> list[go.Scatter | go.Scattergl]:
    """Return points coloured by the day or by the yearly pay of the most usual currency; unknown ones are grey."""
    values: dict[str, float] = {}
    currencies = [facts[i].pay for i in ids if facts[i].yearly_pay]
    usual = max(sorted(set(currencies)), key=currencies.count, default="")
    for i in ids:
        day, pay = facts[i].posted_on, facts[i].yearly_pay
        if what == DATE and day:
            values[i] = day.year + (day.timetuple().tm_yday - 1) / 366
        elif what == PAY and pay and facts[i].pay == usual:
            values[i] = pay
    known = list(values)
    bar = {"title": usual if what == PAY else "", "thickness": 12, "tickformat": ",.0f" if what == PAY else ".1f"}
    marker = {"color": [values[i] for i in known], "colorscale": SCALE, "colorbar": bar, "showscale": True}
    return [_grey(artifact, [i for i in ids if i not in values]), _points(artifact, facts, known, marker=marker)]


def _by_value(
    artifact: ClusterArtifact, facts: Mapping[str, PostingFacts], ids: Sequence[str], what: str
) -> list[go.Scatter | go.Scattergl]:
    """Return points coloured by the most frequent values of a fact; the rest are one more group, unknown ones grey."""
    name = {"Seniority": "seniority", "Place": "place", "Place of work": "workplace", "Language": "language"}[what]
    groups: dict[str, list[str]] = {}
    for i in ids:
        groups.setdefault(getattr(facts[i], name) or NOT_SAID, []).append(i)
    unknown = groups.pop(NOT_SAID, [])
    order = sorted(groups, key=lambda value: (-len(groups[value]), value))
    rest = [i for value in order[MOST_VALUES:] for i in groups[value]]
    traces = [_grey(artifact, unknown)]
    for number, value in enumerate(order[:MOST_VALUES]):
        label = f"{hover(value, 24)} ({len(groups[value]):,})"
        traces.append(_points(artifact, facts, groups[value], name=label, marker={"color": colour_of(number)}))
    if rest:
        traces.append(_points(artifact, facts, rest, name=f"{_OTHERS} ({len(rest):,})", marker={"color": GREY}))
    return traces


def _by_keyword(
    artifact: ClusterArtifact, facts: Mapping[str, PostingFacts], ids: Sequence[str], view: MapView
) -> list[go.Scatter | go.Scattergl]:
    """Return the postings that name a keyword in colour, and the others in grey, each with their number."""
    naming = [i for i in ids if view.keyword in facts[i].keywords]
    others = [i for i in ids if view.keyword not in facts[i].keywords]
    label = hover(view.label or view.keyword, 30)
    return [
        _points(artifact, facts, others, name=f"do not name it ({len(others):,})", marker={"color": pale(GREY, 0.5)}),
        _points(artifact, facts, naming, name=f"name {label} ({len(naming):,})", marker={"color": RED}),
    ]


def _range(values: Sequence[float]) -> list[float]:
    """Return an axis that holds all values with a little room, the same whatever is shown."""
    low, high = min(values, default=0.0), max(values, default=1.0)
    room = (high - low) * 0.05 or 0.5
    return [low - room, high + room]
