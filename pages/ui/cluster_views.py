"""The kinds of role seen through a question: the map, their sizes, what each asks for, what sets them apart."""

from collections.abc import Collection, Mapping

import pandas as pd
import streamlit as st

from pages.ui import charts, display, fact_views, market_reading, matrix_charts, question_bar
from pages.ui.chart_frame import column_heads, show_chart
from pages.ui.colours import cluster_colours
from pages.ui.reading import posting_text
from pages.ui.tables import percent, percents
from pipeline.cluster_artifacts import Cluster, ClusterArtifact, VacancyRecord
from pipeline.market_trends import MarketQuestion
from pipeline.report import ClusterSize, KeywordMatrix, PoolCount, admitted, cluster_sizes, keyword_matrix, pool_counts
from pipeline.services import make_market_report

PAGE = "role_clusters"
MAP_COLUMNS = ["Kind of role", "Title", "Company", "Place", "Posted", "File"]
MANY_CLUSTERS = 12


@st.fragment
def show_market(artifact: ClusterArtifact) -> None:
    """Show what answers the question. A change of it runs this and nothing else of the page."""
    st.header("The market", anchor=False)
    facts = market_reading.posting_facts(artifact, is_named=False)
    roles = market_reading.role_names(artifact)
    chosen = question_bar.ask(facts.values(), roles, artifact.keyword_counts)
    shown = admitted(market_reading.posting_facts(artifact, is_named=bool(chosen.keywords)), chosen)
    count, report = st.columns([3, 2], vertical_alignment="center")
    with count:
        question_bar.show_count(chosen, len(shown), len(facts), roles)
    with report:
        offer_report(artifact, chosen)
    if not shown:
        return
    left, right = st.columns([3, 2])
    with left:
        show_map(artifact, shown)
    with right:
        show_sizes(artifact, shown)
    show_card(artifact, shown)
    fact_views.show_facts(artifact, facts, shown)
    show_heat_map(artifact, shown)


def offer_report(artifact: ClusterArtifact, chosen: MarketQuestion) -> None:
    """Offer the report of what answers the question; it is made when it is asked for."""
    # Made outside of the session, so everything the session knows goes along.
    reader = market_reading.keyword_reader()
    st.download_button(
        "Report to send to a colleague",
        lambda: make_market_report(artifact, reader.artifact_path, reader.vacancies, reader.hits(), chosen),
        "market-report.html",
        "text/html",
        on_click="ignore",
        key=f"{PAGE}.report",
        help="One file with the kinds of role, their keywords, trends and the method. It opens in any browser, prints "
        "well, and needs no network.",
    )


@st.fragment
def show_map(artifact: ClusterArtifact, shown: Collection[str]) -> None:
    """Show the map, and below it what was picked from it."""
    if not artifact.map:
        st.info("These clusters were made by an earlier version, without a map. Cluster again to have one.")
        return
    rows = [
        _row(cluster.name, i, artifact.vacancies.get(i))
        for cluster in artifact.clusters
        for i in cluster.vacancy_ids
        if i in shown
    ]
    picked = show_chart(
        "Which postings are alike?",
        charts.vacancy_map(artifact, shown),
        pd.DataFrame(rows, columns=MAP_COLUMNS),
        key=f"{PAGE}.map",
        note="Each point is a posting; near ones are alike. Click one to read it, or draw round several.",
        is_selectable=True,
        alt=f"Map of {len(shown):,} postings in {len(artifact.clusters)} kinds of role; the table lists them.",
    )
    listed = [i for i in picked if i in shown]
    if len(listed) == 1:
        record = artifact.vacancies.get(listed[0], VacancyRecord())
        display.posting(record.title, record.company, record.location, record.posted_on, posting_text(listed[0]))
    elif listed:
        owner = {i: cluster.name for cluster in artifact.clusters for i in cluster.vacancy_ids}
        st.markdown(f"**The {len(listed):,} postings you drew round**")
        st.dataframe(
            pd.DataFrame([_row(owner[i], i, artifact.vacancies.get(i)) for i in listed], columns=MAP_COLUMNS),
            hide_index=True,
            width="stretch",
        )


def _row(cluster: str, vacancy_id: str, record: VacancyRecord | None) -> tuple[object, ...]:
    if record is None:
        return (cluster, None, None, None, None, vacancy_id)
    return (cluster, record.title, record.company, record.location, record.posted_on, vacancy_id)


def show_sizes(artifact: ClusterArtifact, shown: Collection[str]) -> None:
    """Show how many postings each kind of role has; its marks and colours are the key to the map."""
    sizes = cluster_sizes(artifact, shown)
    show_chart(
        "How much of the market is each kind of role?",
        charts.cluster_bars(sizes, artifact),
        sizes_table(sizes),
        key=f"{PAGE}.sizes",
        note="Marks and colours are those of the map.",
        columns=percents(["Share of those shown"]),
    )


def sizes_table(sizes: list[ClusterSize]) -> pd.DataFrame:
    """Return the kinds of role with the postings that answer the question, and all they have."""
    total = sum(size.shown for size in sizes)
    return pd.DataFrame(
        {
            "Kind of role": [size.name for size in sizes],
            "Postings shown": [size.shown for size in sizes],
            "All postings": [size.total for size in sizes],
            "Share of those shown": [round(size.shown / total, 4) if total else None for size in sizes],
        }
    )


@st.fragment
def show_card(artifact: ClusterArtifact, shown: Collection[str]) -> None:
    """Show one kind of role. A choice runs this and nothing else of the page."""
    st.header("One kind of role", anchor=False)
    names = {cluster.slug: cluster.name for cluster in artifact.clusters}
    slug = st.selectbox("Kind of role", list(names), format_func=names.__getitem__, key=f"{PAGE}.chosen")
    cluster = artifact.cluster(slug)
    st.caption(display.plain(cluster.summary))
    pool, typical = st.columns([3, 2])
    with pool:
        _show_pool(cluster, shown, artifact.labels, cluster_colours(artifact)[slug])
    with typical:
        _show_postings("Most typical postings", cluster.typical, artifact)
        _show_postings("Closest to another kind of role", cluster.borderline, artifact)


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
        st.info("The postings behind these clusters are not stored any more, so their keywords cannot be compared.")
        return
    limit = 30 if len(artifact.clusters) <= MANY_CLUSTERS else 20
    matrix = keyword_matrix(artifact.clusters, mentions, shown, artifact.labels, limit)
    if not matrix.keywords:
        return
    show_chart(
        "Which keywords set the kinds of role apart?",
        matrix_charts.keyword_heat_map(matrix, on_dark=st.context.theme.type == "dark"),
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
