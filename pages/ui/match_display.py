"""One job description's match: the ranking, the reasons, what is missing, the text with its keywords marked."""

from collections.abc import Collection, Mapping, Sequence

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from pages.ui.colours import GREY, pale
from pages.ui.display import hover
from pages.ui.marked_text import keyword_marks, marked_text
from pages.ui.tables import percent, show_table
from pipeline.cluster_matcher import MarketKeyword, Match
from pipeline.keyword_engine import KeywordHit

PART, RESUME = "job_match.part", "My resume for it"  # where the page keeps which part of it is shown
SHOWN_CHARACTERS = 20_000  # of a description, with its keywords marked
SHARE = percent()
LEAST_DROP = 0.005  # of a probability, below which a whole percent shows no difference


def ranked_bars(match: Match, colours_of_clusters: Mapping[str, str]) -> go.Figure:
    """Draw each cluster's probability in the cluster's colour, the most likely on top; all but the best are pale."""
    colours = [
        colour if c.slug == match.best_cluster else pale(colour, 0.5)
        for c in match.clusters
        for colour in [colours_of_clusters.get(c.slug, GREY)]
    ]
    figure = go.Figure(
        go.Bar(
            x=[cluster.score for cluster in match.clusters],
            y=[cluster.slug for cluster in match.clusters],
            orientation="h",
            marker={"color": colours},
            text=[f"{cluster.score:.0%}" for cluster in match.clusters],
            hovertext=[hover(cluster.name) for cluster in match.clusters],
            hoverinfo="text+x",
        )
    )
    names = [hover(cluster.name, 40) for cluster in match.clusters]
    figure.update_layout(
        height=70 + 24 * len(match.clusters),
        margin={"l": 0, "r": 0, "t": 0, "b": 0},
        xaxis={"range": [0, 1], "tickformat": ".0%", "title": "Probability"},
        yaxis={
            "autorange": "reversed",
            "type": "category",
            "tickvals": [cluster.slug for cluster in match.clusters],
            "ticktext": names,
        },
    )
    return figure


def matches_table(matches: Sequence[Match]) -> pd.DataFrame:
    """Return the answers for several job descriptions, one a row."""
    rows = [
        (
            match.title or match.name,
            match.best_name or "No good match",
            match.clusters[0].score,
            match.clusters[1].name if len(match.clusters) > 1 else None,
            match.clusters[1].score if len(match.clusters) > 1 else None,
            ", ".join(keyword.keyword for keyword in match.missing_keywords),
            match.name,
        )
        for match in matches
    ]
    heads = ["Posting", "Kind of role", "Probability", "Second", "Of the second", "Others also ask for", "File"]
    return pd.DataFrame(rows, columns=heads)


def ranked_table(match: Match) -> pd.DataFrame:
    """Return each cluster's probability."""
    return pd.DataFrame([(c.name, round(c.score, 4)) for c in match.clusters], columns=["Kind of role", "Probability"])


def show_reasons(match: Match) -> None:
    """Show what decided for the best cluster: each was taken away for a trial, and the probability fell."""
    st.markdown("**What decided it**")
    reasons = [reason for reason in match.reasons if reason.drop >= LEAST_DROP]
    if not reasons:
        st.caption("No single keyword or sentence: taking any one away changes next to nothing.")
        return
    table = [
        {"What": r.kind, "Text": r.label, "Without it": max(0.0, match.clusters[0].score - r.drop)} for r in reasons
    ]
    help_text = "The probability that is left when this is taken out of the text"
    column = percent(help_text)
    show_table(table, {"Without it": column})


def show_keywords(match: Match) -> None:
    """Show what the cluster's postings ask for and this one does not, and the reverse."""
    left, right = st.columns(2)
    with left:
        st.markdown("**Others ask for it, this one does not**")
        _keyword_table(match.missing_keywords, "Of this cluster")
    with right:
        st.markdown("**This one asks for it, and it is no mark of the cluster**")
        _keyword_table(match.extra_keywords, "Of all postings")


def _keyword_table(keywords: Sequence[MarketKeyword], share: str) -> None:
    if not keywords:
        st.caption("None.")
        return
    is_own = share == "Of this cluster"
    rows = [(k.label, k.kind, k.share if is_own else k.market_share) for k in keywords]
    table = pd.DataFrame(rows, columns=["Keyword", "What it is", share])
    show_table(table, {share: SHARE})


def show_similar(match: Match) -> None:
    """Show the stored postings that are most like the text."""
    if match.similar:
        st.markdown("**The most similar postings**")
        rows = [
            {"Title": v.title or v.id, "Company": v.company, "Similarity": v.similarity, "File": v.id}
            for v in match.similar
        ]
        column = st.column_config.NumberColumn(format="%.2f")
        show_table(rows, {"Similarity": column})


def show_text(text: str, hits: Sequence[KeywordHit], pool: Collection[str]) -> None:
    """Show a description letter by letter, the keywords of a pool in green and the others in grey."""
    with st.container(border=True):
        st.markdown(marked_text(text[:SHOWN_CHARACTERS], keyword_marks(hits, pool)))
    if len(text) > SHOWN_CHARACTERS:
        st.caption(f"The first {SHOWN_CHARACTERS:,} of {len(text):,} characters.")
