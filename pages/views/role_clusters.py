"""Clustering the postings, and the kinds of role that come of it."""

import pandas as pd
import streamlit as st

from pages.ui import charts, cluster_views, display
from pages.ui.chart_frame import show_chart
from pages.ui.clustering_controls import controls
from pages.ui.reading import is_outdated, stored_corpus
from pipeline import services
from pipeline.cluster_artifacts import ClusterArtifact
from pipeline.core import RolemapError


def show_quality(artifact: ClusterArtifact) -> None:
    quality = artifact.quality
    columns = st.columns(4)
    columns[0].metric("Kinds of role", len(artifact.clusters), border=True)
    columns[1].metric("Postings", f"{len(artifact.vacancies):,}", border=True)
    help_separation = (
        "How far the clusters stand apart: 1 is worlds apart, 0 is one cloud. "
        "Job postings overlap, so 0.05 to 0.3 is usual."
    )
    columns[2].metric(
        "Separation",
        f"{quality.silhouette:.2f}" if quality.silhouette is not None else "-",
        border=True,
        help=help_separation,
    )
    help_stability = (
        "How alike the clusters come out when a fifth of the postings is left out: 1 is the same every time."
    )
    columns[3].metric(
        "Stability",
        f"{quality.stability:.2f}" if quality.stability is not None else "-",
        border=True,
        help=help_stability,
    )
    for note in quality.notes:
        st.warning(note)
    if quality.advice:
        st.write(quality.advice)
    if quality.curve:
        with st.expander("Why this number of kinds of role?"):
            show_curve(artifact)
    if artifact.duplicates:
        with st.expander(f"{len(artifact.duplicates)} postings repeat another and count once"):
            st.dataframe(
                [{"Repeat": repeat, "Counted as": kept} for repeat, kept in artifact.duplicates.items()],
                hide_index=True,
            )
    if artifact.skipped:
        with st.expander(f"{len(artifact.skipped)} inputs were skipped"):
            st.dataframe([{"Input": s.id, "Reason": s.reason} for s in artifact.skipped], hide_index=True)


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
controls()
try:
    artifact = services.find_artifact()
except RolemapError as error:
    st.error(str(error), icon=":material/warning:")
    st.stop()
if artifact is None:
    if stored_corpus().vacancies:
        st.info("No clusters yet. Choose how many you want, or leave it to Rolemap, and press Cluster.")
    st.stop()

if is_outdated(artifact):
    st.warning("The postings have changed since these clusters were made: press Cluster to take the changes in.")
show_quality(artifact)
show_changes(artifact)
cluster_views.show_market(artifact)
