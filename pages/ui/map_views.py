"""The map as a page: what colours it, what lights up, what was drawn round, and a posting read beside it."""

from collections.abc import Collection, Mapping, Sequence
from functools import partial

import pandas as pd
import streamlit as st

from pages.ui import charts, compare_views, display, map_zoom, market_map, market_reading
from pages.ui.chart_frame import show_chart
from pages.ui.reading import UNSTORED, is_unstored, posting_text
from pages.ui.tables import percents
from pipeline import services
from pipeline.cluster_artifacts import ClusterArtifact, VacancyRecord
from pipeline.core import RolemapError
from pipeline.market_trends import PostingFacts
from pipeline.report import ClusterSize, cluster_sizes

PAGE = "role_clusters"
COLUMNS = ["Kind of role", "Title", "Company", "Place", "Posted", "File"]
READING_HEIGHT = 560  # pixels
Facts = Mapping[str, PostingFacts]


@st.fragment
def show(artifact: ClusterArtifact, facts: Facts, shown: Collection[str]) -> None:
    """Show the map, and beside it what was picked from it, else how large each kind of role is."""
    if not artifact.map:
        st.info("These clusters were made by an earlier version, without a map. Cluster again to have one.")
        show_sizes(artifact, shown)
        return
    is_closed = is_unstored(artifact)  # no text can be looked into
    by, word = st.columns(2, vertical_alignment="bottom")
    with by.container(horizontal=True, vertical_alignment="bottom"):
        offered = [each for each in market_map.COLOURED_BY if not (is_closed and each == market_map.KEYWORD)]
        coloured_by = st.selectbox("Colour by", offered, key=f"{PAGE}.coloured_by", persist_state="session")
        keyword = _keyword(artifact) if coloured_by == market_map.KEYWORD else ""
    words = word.text_input(
        "Light up the postings that say",
        placeholder='kafka "data engineer" -senior',
        key=f"{PAGE}.lit",
        disabled=is_closed,
        help=f"{UNSTORED}." if is_closed else None,
        persist_state="session",
    )
    lit = None if is_closed else _lit(words)
    left, right = st.columns([3, 2])
    with left:
        picked = show_chart(
            "Which postings are alike?",
            market_map.market_map(
                artifact,
                market_reading.posting_facts(artifact, is_named=True) if keyword else facts,
                market_map.MapView(
                    shown,
                    lit,
                    coloured_by,
                    keyword,
                    market_reading.labelled()(keyword),
                    display.is_dark(),
                    market_reading.density(artifact),
                ),
            ),
            pd.DataFrame(_rows(artifact, facts, [i for i in artifact.map if i in shown]), columns=COLUMNS),
            key=f"{PAGE}.map",
            note=_note(lit, shown, market_reading.sample_note(artifact)),
            is_selectable=True,
            beside=partial(_follow_zoom, artifact),
            alt=f"Map of {len(shown):,} postings in {len(artifact.clusters)} kinds of role; the table lists them.",
        )
    listed = [i for i in dict.fromkeys(picked) if i in shown]
    with right:
        if len(listed) == 1:
            _read(listed[0], artifact)
        elif listed:
            _show_drawn(listed, artifact, shown)
        else:
            show_sizes(artifact, shown)


def _keyword(artifact: ClusterArtifact) -> str:
    """Ask which keyword colours the map; the most usual one at first."""
    counts = artifact.keyword_counts
    offered = sorted(market_reading.offered_keywords(artifact), key=lambda each: (-counts[each], each))
    chosen = st.selectbox(
        "Keyword", offered, format_func=market_reading.labelled(), key=f"{PAGE}.keyword", persist_state="session"
    )
    return chosen or ""


def _follow_zoom(artifact: ClusterArtifact) -> None:
    families = market_map.family_count(artifact)
    if families:
        map_zoom.follow_zoom(f"{PAGE}.zoom", families, market_map.map_width(artifact))


def _lit(words: str) -> frozenset[str] | None:
    if not services.parse_search(words).wanted:
        return None
    return frozenset(market_reading.posting_index().search(words))


def _note(lit: Collection[str] | None, shown: Collection[str], sample: str) -> str:
    if lit is None:
        return (
            f"{sample or 'Each point is a posting; near ones are alike.'} Click one to read it, or draw round several."
        )
    count = len(frozenset(lit) & frozenset(shown))
    return f"{count:,} of {len(shown):,} postings say so. Click a point to read it, or draw round several."


def _rows(artifact: ClusterArtifact, facts: Facts, ids: Sequence[str]) -> list[tuple[object, ...]]:
    names = {cluster.slug: cluster.name for cluster in artifact.clusters}
    known = ((i, facts[i]) for i in ids)
    return [(names.get(f.role), f.title, f.company, f.place, f.posted_on, i) for i, f in known]


def _read(vacancy_id: str, artifact: ClusterArtifact) -> None:
    record = artifact.vacancies.get(vacancy_id) or VacancyRecord()
    with st.container(height=READING_HEIGHT, border=False):
        text = posting_text(vacancy_id)
        display.posting(record.title, record.company, record.location, record.posted_on, text)


def _show_drawn(listed: Sequence[str], artifact: ClusterArtifact, shown: Collection[str]) -> None:
    """Show what the postings that were drawn round ask for more than the rest, and which they are."""
    st.markdown(f"**The {len(listed):,} postings you drew round**")
    facts = market_reading.posting_facts(artifact, is_named=True)
    rest = frozenset(shown) - frozenset(listed)
    if is_unstored(artifact):
        st.caption(f"{UNSTORED}, so what they ask for cannot be compared here.")
        _show_which(listed, artifact, facts)
        return
    try:
        found = services.compare_postings(artifact, facts, ("drawn round", listed), ("all the others", rest))
    except RolemapError as error:
        st.caption(display.plain(str(error)))
    else:
        compare_views.show_table_of(found.keywords[: compare_views.SHOWN], found)
    _show_which(listed, artifact, facts)


def _show_which(listed: Sequence[str], artifact: ClusterArtifact, facts: Facts) -> None:
    with st.expander("Which postings?"):
        table = pd.DataFrame(_rows(artifact, facts, listed), columns=COLUMNS)
        st.dataframe(table, hide_index=True, width="stretch", placeholder="")


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
