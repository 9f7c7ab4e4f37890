"""Skills that are asked for together: the graph with its table, and what goes with what one has."""

from collections.abc import Callable, Collection, Sequence

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from pages.ui import market_reading
from pages.ui.chart_frame import show_chart
from pages.ui.colours import BLUE, GREY, pale
from pages.ui.display import hover
from pages.ui.tables import percents, show_table
from pipeline.report import Companion, SkillGraph, companions, skills_together

Label = Callable[[str], str]
HEIGHT = 560  # pixels


@st.fragment
def show(named: Sequence[Collection[str]]) -> None:
    """Show the graph of the keywords that postings name, and beside it what goes with chosen ones."""
    graph, label = skills_together(named), market_reading.labelled()
    if not graph.links:
        st.info("Too few postings name the same two things to say what goes together.")
        return
    left, right = st.columns([3, 2])
    with left:
        show_chart(
            "Which skills are asked for together?",
            together_graph(graph, label),
            links_table(graph, label),
            key="keyword_taxonomy.together",
            note="The more postings name a skill, the larger it is. A line joins two that are named together more "
            "often than by chance; the thicker, the more often.",
        )
    with right:
        st.subheader("What goes with what I have?", anchor=False)
        counted = {keyword for keywords in named for keyword in keywords}
        have = st.multiselect(
            "I have", sorted(counted), format_func=label, key="keyword_taxonomy.have", placeholder="Choose skills"
        )
        _show_companions(companions(named, have), label, is_asked=bool(have))


def _show_companions(found: Sequence[Companion], label: Label, *, is_asked: bool) -> None:
    if not is_asked:
        st.caption("Choose one skill or more: here stands what postings that ask for them ask for besides.")
        return
    if not found:
        st.info("Fewer than five postings ask for all of these, so nothing is said of what goes with them.")
        return
    rows = [(label(each.keyword), each.count, each.share, each.share_all) for each in found]
    heads = ["Skill", "Postings", "Of those with all of yours", "Of all postings"]
    show_table(pd.DataFrame(rows, columns=heads), percents(heads[2:]))


def together_graph(graph: SkillGraph, label: Label) -> go.Figure:
    """Draw the keywords as dots that grow with their counts, with a line for each link."""
    figure = go.Figure()
    most = max(link.together for link in graph.links)
    for link in graph.links:
        (x, y), (other_x, other_y) = graph.places[link.first], graph.places[link.second]
        figure.add_scatter(
            x=[x, other_x],
            y=[y, other_y],
            mode="lines",
            line={"color": pale(GREY, 0.5), "width": 1 + 4 * link.together / most},
            hoverinfo="skip",
        )
    largest = max(graph.counts.values())
    keywords = list(graph.places)
    figure.add_scatter(
        x=[graph.places[keyword][0] for keyword in keywords],
        y=[graph.places[keyword][1] for keyword in keywords],
        mode="markers+text",
        text=[hover(label(keyword), 24) for keyword in keywords],
        textposition="top center",
        marker={"size": [10 + 26 * graph.counts[k] / largest for k in keywords], "color": BLUE},
        customdata=[[hover(label(k)), f"{graph.counts[k]:,} of {graph.total:,}"] for k in keywords],
        hovertemplate="%{customdata[0]}: %{customdata[1]} postings<extra></extra>",
    )
    figure.update_layout(
        height=HEIGHT,
        margin={"l": 0, "r": 0, "t": 8, "b": 0},
        showlegend=False,
        xaxis={"visible": False, "range": [-0.1, 1.1]},
        yaxis={"visible": False, "range": [-0.05, 1.08]},
    )
    return figure


def links_table(graph: SkillGraph, label: Label) -> pd.DataFrame:
    """Return the links with their counts."""
    rows = [(label(link.first), label(link.second), link.together, round(link.lift, 2)) for link in graph.links]
    return pd.DataFrame(rows, columns=["Skill", "With", "Postings that name both", "Times as often as by chance"])
