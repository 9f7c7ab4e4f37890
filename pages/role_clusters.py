"""Clustering the postings, and the kinds of role that come of it."""

import pandas as pd
import streamlit as st

from pages.ui import charts, cluster_views, display
from pages.ui.chart_frame import show_chart
from pages.ui.reading import stored_corpus
from pipeline import services
from pipeline.cluster_artifacts import ClusterArtifact
from pipeline.errors import RolemapError


def run(count: int | None, *, use_llm: bool) -> None:
    """Cluster with live progress; the earlier artifact stays when it fails or is stopped."""
    place = st.empty()
    try:
        result = services.run_clustering(count=count, use_llm=use_llm, on_progress=display.progress_bar(place))
    except RolemapError as error:
        st.error(str(error))
        return
    finally:
        place.empty()
    for slug, reason in result.naming_failures.items():
        st.warning(f"{display.plain(slug)} keeps its own name: {display.plain(reason)}")
    if result.is_unchanged:
        st.info("Nothing has changed since these clusters were made, so they stay as they are.")
    else:
        st.success(
            f"Found {len(result.artifact.clusters)} kinds of role in {len(result.artifact.vacancies):,} postings."
        )


def controls() -> None:
    corpus = stored_corpus()
    if not corpus.vacancies:
        st.info("There are no postings to cluster yet.")
        st.page_link("pages/browse_vacancies.py", label="Add postings", icon="📄")
        return
    with st.container(border=True):
        how, number, button = st.columns([2, 2, 1], vertical_alignment="bottom")
        is_auto = (
            how.segmented_control(
                "Number of clusters", ["Automatic", "I choose"], default="Automatic", key="role_clusters.how"
            )
            != "I choose"
        )
        most = max(1, len(corpus.vacancies))
        count = number.number_input("How many", 1, most, min(6, most), disabled=is_auto, key="role_clusters.count")
        destination = services.model_destination()
        use_llm = st.toggle(
            "Let a language model name them",
            disabled=destination is None,
            help="Set OPENAI_API_KEY or OPENAI_BASE_URL to have a model." if destination is None else None,
            key="role_clusters.use_llm",
        )
        if use_llm:
            st.caption(
                f"Parts of typical postings go to {display.plain(destination or '')}. Addresses are taken out first."
            )
        if button.button("Cluster", type="primary", key="role_clusters.run", width="stretch"):
            run(None if is_auto else int(count), use_llm=use_llm)


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
    st.error(str(error), icon="⚠️")
    st.stop()
if artifact is None:
    st.info("No clusters yet. Choose how many you want, or leave it to Rolemap, and press Cluster.")
    st.stop()

show_quality(artifact)
show_changes(artifact)
cluster_views.show_market(artifact)
