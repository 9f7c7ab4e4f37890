"""Clustering the postings, and the kinds of role that come of it."""

from itertools import islice

import pandas as pd
import streamlit as st

from pages.ui import charts, cluster_views, display
from pages.ui.chart_frame import show_chart
from pages.ui.clustering_controls import controls, show_run
from pages.ui.reading import is_outdated, stored_corpus
from pages.ui.tables import show_table
from pipeline import services
from pipeline.cluster_artifacts import ClusterArtifact
from pipeline.core import RolemapError

SHOWN_REPEATS = 1000  # pairs of a table that lists them


def show_quality(artifact: ClusterArtifact) -> None:
    """Say how far the kinds of role can be trusted, in plain words with the figures behind them."""
    quality = artifact.quality
    if quality.silhouette is not None:
        st.markdown(f"**{_apart(quality.silhouette)}** (separation {quality.silhouette:.2f}, of 1 for worlds apart)")
    if quality.stability is not None:
        st.markdown(f"**{_held(quality.stability)}** (stability {quality.stability:.2f}, of 1 for the same every time)")
    if quality.advice:
        st.write(quality.advice)
    if quality.curve:
        show_curve(artifact)
    if artifact.duplicates:
        with st.expander(f"{len(artifact.duplicates):,} postings repeat another and count once"):
            pairs = islice(artifact.duplicates.items(), SHOWN_REPEATS)
            show_table([{"Repeat": repeat, "Counted as": kept} for repeat, kept in pairs])
    if artifact.skipped:
        with st.expander(f"{len(artifact.skipped)} inputs were skipped"):
            show_table([{"Input": s.id, "Reason": s.reason} for s in artifact.skipped])


def _apart(silhouette: float) -> str:
    if silhouette >= 0.25:
        return "The kinds of role stand well apart, as postings go."
    if silhouette >= 0.08:
        return "The kinds of role overlap at their edges, as postings usually do."
    return "The kinds of role overlap a great deal: take their borders as loose."


def _held(stability: float) -> str:
    if stability >= 0.85:
        return "Left without a fifth of the postings, nearly the same kinds come out."
    if stability >= 0.6:
        return "Left without a fifth of the postings, mostly the same kinds come out."
    return "Left without a fifth of the postings, other kinds come out: more postings would help."


def show_curve(artifact: ClusterArtifact) -> None:
    """Show how stable and how far apart the clusters were for every number that was tried."""
    curve = artifact.quality.curve
    table = pd.DataFrame(
        {
            "Kinds of role": [point.clusters for point in curve],
            "Stability": [point.stability for point in curve],
            "Separation": [point.silhouette for point in curve],
        }
    )
    show_chart(
        "Which number of kinds of role holds best?",
        charts.count_curve(artifact),
        table,
        key="role_clusters.curve",
        note="Stability: how alike they come out when a fifth of the postings is left out. "
        "Separation: how far they stand apart. A good number is high in both.",
    )


CHANGES = {
    "born": "is new",
    "died": "is gone: its postings are not stored any more",
    "split": "split off from",
    "merged": "was taken in by",
}


def show_changes(artifact: ClusterArtifact) -> None:
    """Say what became of the earlier clusters, and offer to look at an earlier clustering or bring it back."""
    versions = services.earlier_artifacts()
    news = [change for change in artifact.changes if change.kind != "kept"]
    if not versions and not news:
        return
    with st.expander(f"What changed since the clustering before ({len(news)} changes)"):
        for change in news:
            related = " and ".join(display.plain(slug) for slug in change.related)
            st.markdown(f"- **{display.plain(change.slug)}** {CHANGES[change.kind]} {related}")
        if not versions:
            return
        version = st.selectbox(
            "An earlier clustering", versions, format_func=lambda path: path.stem, key="role_clusters.version"
        )
        try:
            st.dataframe(services.compare_artifacts(services.read_version(version), artifact), hide_index=True)
            if st.button("Bring this one back", key="role_clusters.restore"):
                services.restore_artifact(version)
                st.rerun()
        except RolemapError as error:
            st.error(str(error))


st.title("Clusters")
try:
    artifact = services.find_drawable_artifact()
except RolemapError as error:
    controls()
    show_run()
    st.error(str(error), icon=":material/warning:")
    st.stop()
if artifact is None:
    controls()
    show_run()
    if stored_corpus().vacancies:
        st.info("No clusters yet. Choose how many you want, or leave it to Rolemap, and press Cluster.")
    st.stop()

with st.container(horizontal=True, vertical_alignment="center"):
    st.markdown(f"**{len(artifact.clusters)}** kinds of role in **{artifact.posting_count:,}** postings")
    with st.popover("Cluster again", key="role_clusters.again", icon=":material/refresh:"):
        controls()
    with st.popover("How sure is this?", key="role_clusters.sure", icon=":material/help:"):
        show_quality(artifact)
        show_changes(artifact)
show_run()
for note in artifact.quality.notes:
    st.warning(note)
if stored_corpus().vacancies and is_outdated(artifact):
    st.warning("The postings have changed since these clusters were made: cluster again to take the changes in.")
cluster_views.show_market(artifact)
