"""The kinds of role seen through a question: the map, their sizes, what each asks for, what sets them apart."""

from collections.abc import Collection, Mapping

import pandas as pd
import streamlit as st

from pages.ui import charts, display, fact_views, map_views, market_reading, matrix_charts, question_bar, report_offer
from pages.ui.chart_frame import column_heads, show_chart
from pages.ui.colours import cluster_colours
from pages.ui.reading import say_unstored
from pages.ui.tables import percent, percents
from pipeline.cluster_artifacts import Cluster, ClusterArtifact
from pipeline.report import KeywordMatrix, PoolCount, admitted, keyword_matrix, pool_counts
from pipeline.services import role_in_taxonomies

PAGE = "role_clusters"
MANY_CLUSTERS = 12


MAP, ROLES, ASKS, FACTS = "Map", "One kind of role", "What they ask for", "Pay, place, level"


@st.fragment
def show_market(artifact: ClusterArtifact) -> None:
    """Show what answers the question. A change of it runs this and nothing else of the page."""
    facts = market_reading.posting_facts(artifact, is_named=False)
    roles = market_reading.role_names(artifact)
    chosen = question_bar.ask(facts.values(), roles, market_reading.offered_keywords(artifact))
    shown = admitted(market_reading.posting_facts(artifact, is_named=bool(chosen.keywords)), chosen)
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
        part = st.segmented_control(
            "Look at",
            [MAP, ROLES, ASKS, FACTS],
            default=MAP,
            key=f"{PAGE}.part",
            required=True,
            label_visibility="collapsed",
            persist_state="session",
        )
        report_offer.show(artifact, chosen, PAGE)
    question_bar.show_count(chosen, len(shown), len(facts), roles, drawn_of=artifact.posting_count)
    if not shown:
        return
    if part == ROLES:
        show_card(artifact, shown)
    elif part == ASKS:
        show_heat_map(artifact, shown)
    elif part == FACTS:
        fact_views.show_facts(artifact, facts, shown)
    else:
        map_views.show(artifact, facts, shown)


@st.fragment
def show_card(artifact: ClusterArtifact, shown: Collection[str]) -> None:
    """Show one kind of role. A choice runs this and nothing else of the page."""
    st.header("One kind of role", anchor=False)
    names = {cluster.slug: cluster.name for cluster in artifact.clusters}
    slug = st.selectbox("Kind of role", list(names), format_func=names.__getitem__, key=f"{PAGE}.chosen")
    cluster = artifact.cluster(slug)
    st.caption(display.plain(cluster.summary))
    if linked := role_in_taxonomies(slug):
        st.caption(display.plain(linked))
    pool, typical = st.columns([3, 2])
    with pool:
        _show_pool(cluster, shown, artifact.labels, cluster_colours(artifact)[slug])
    with typical:
        _show_postings("Most typical postings", cluster.typical, artifact)
        _show_postings("Closest to another kind of role", cluster.borderline, artifact)
        records = artifact.vacancies
        unlike = [i for i in cluster.vacancy_ids if i in shown and i in records and records[i].is_unlike]
        _show_postings("Unlike the rest: here for want of a nearer kind", unlike, artifact)


def _show_pool(cluster: Cluster, shown: Collection[str], labels: Mapping[str, str], colour: str) -> None:
    pool = pool_counts(cluster, shown, labels)
    if not pool:
        st.caption("No keyword marks this kind of role out.")
        return
    show_chart(
        f"What do postings for {cluster.name} ask for?",
        charts.keyword_bars(pool, colour),
        pool_table(pool),
        key=f"{PAGE}.pool",
        note="What marks this kind of role out comes first.",
        columns={"Of this kind": percent(), "Of all others": percent()},
    )


def pool_table(pool: list[PoolCount]) -> pd.DataFrame:
    """Return a cluster's keywords with their counts and a sentence for each."""
    return pd.DataFrame(
        {
            "Keyword": [each.label for each in pool],
            "What it is": [each.kind for each in pool],
            "Postings": [each.count for each in pool],
            "Of this kind": [round(each.share, 4) for each in pool],
            "Of all others": [round(each.share_elsewhere, 4) for each in pool],
            "For example": [each.example.sentence if each.example else "" for each in pool],
        }
    )


def _show_postings(title: str, ids: list[str], artifact: ClusterArtifact) -> None:
    if not ids:
        return
    st.markdown(f"**{title}**")
    for vacancy_id in ids:
        record = artifact.vacancies.get(vacancy_id)
        company = f", {record.company}" if record and record.company else ""
        st.text((record.title if record and record.title else vacancy_id) + company)


@st.fragment
def show_heat_map(artifact: ClusterArtifact, shown: Collection[str]) -> None:
    """Show which part of each cluster's postings names the keywords that mark the clusters out."""
    if len(artifact.clusters) < 2:
        return
    mentions = market_reading.mentions()
    if not any(i in mentions for cluster in artifact.clusters for i in cluster.vacancy_ids):
        say_unstored("their keywords cannot be compared here", "analyze")
        return
    limit = 30 if len(artifact.clusters) <= MANY_CLUSTERS else 20
    matrix = keyword_matrix(artifact.clusters, mentions, shown, artifact.labels, limit)
    if not matrix.keywords:
        return
    show_chart(
        "Which keywords set the kinds of role apart?",
        matrix_charts.keyword_heat_map(matrix, on_dark=display.is_dark()),
        heat_table(matrix),
        key=f"{PAGE}.heat",
        note="The stronger a cell, the more of the postings of that kind name the keyword.",
        columns=percents(heat_heads(matrix)),
    )


def heat_heads(matrix: KeywordMatrix) -> list[str]:
    """Return the kinds of role as heads of columns."""
    return column_heads([c.name for c in matrix.clusters], [c.slug for c in matrix.clusters], ["Keyword"])


def heat_table(matrix: KeywordMatrix) -> pd.DataFrame:
    """Return the keywords in rows and the kinds of role in columns, as shares of a kind's postings."""
    shares = [[None if share is None else round(share, 4) for share in row] for row in matrix.shares]
    table = pd.DataFrame(shares, columns=heat_heads(matrix))
    table.insert(0, "Keyword", list(matrix.labels))
    return table
