"""Clustering the postings, and the kinds of role that come of it."""

import streamlit as st

from pages.ui import charts, display
from pages.ui.clustering_controls import controls
from pages.ui.reading import posting_text
from pipeline import services
from pipeline.cluster_artifacts import Cluster, ClusterArtifact
from pipeline.errors import RolemapError


def show_card(cluster: Cluster, artifact: ClusterArtifact, colour: str) -> None:
    st.markdown(f"#### {display.plain(cluster.name)}")
    st.caption(display.plain(cluster.summary))
    pool, typical = st.columns([3, 2])
    with pool:
        shown = [k for k in cluster.top_keywords if k in cluster.evidence][:12]
        counts = [len(cluster.evidence[k].vacancy_ids) for k in shown]
        if shown:
            st.markdown("**What marks it out**")
            st.plotly_chart(charts.keyword_bars(shown, counts, colour), key=f"role_clusters.bars.{cluster.slug}")
    with typical:
        st.markdown("**Most typical postings**")
        for vacancy_id in cluster.typical:
            record = artifact.vacancies.get(vacancy_id)
            st.text(
                (record.title if record and record.title else vacancy_id)
                + (f", {record.company}" if record and record.company else "")
            )
        if cluster.borderline:
            st.markdown("**Closest to another kind of role**")
            for vacancy_id in cluster.borderline:
                record = artifact.vacancies.get(vacancy_id)
                st.text(record.title if record and record.title else vacancy_id)


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
    if quality.curve:
        st.write(quality.advice)
        with st.expander("Why this number of clusters?"):
            st.plotly_chart(charts.count_curve(artifact), key="role_clusters.curve")
    if artifact.duplicates:
        with st.expander(f"{len(artifact.duplicates)} postings repeat another and count once"):
            st.dataframe(
                [{"Repeat": repeat, "Counted as": kept} for repeat, kept in artifact.duplicates.items()],
                hide_index=True,
            )
    if artifact.skipped:
        with st.expander(f"{len(artifact.skipped)} inputs were skipped"):
            st.dataframe([{"Input": s.id, "Reason": s.reason} for s in artifact.skipped], hide_index=True)


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
st.subheader("Which postings are alike?")
event = st.plotly_chart(
    charts.vacancy_map(artifact), key="role_clusters.map", on_select="rerun", selection_mode=("points", "lasso")
)
picked = [point["customdata"][0] for point in event.selection.points if point.get("customdata")]
if len(picked) == 1:
    record = artifact.vacancies[picked[0]]
    display.posting(record.title, record.company, record.location, record.posted_on, posting_text(picked[0]))
elif picked:
    chosen = [(i, artifact.vacancies[i]) for i in picked if i in artifact.vacancies]
    st.dataframe(
        [{"Title": r.title, "Company": r.company, "Posted": r.posted_on, "File": i} for i, r in chosen], hide_index=True
    )
else:
    st.caption("Click a point to read the posting, or draw around several to list them.")

st.subheader("What does each kind of role ask for?")
colours = charts.cluster_colours(artifact)
names = {cluster.slug: cluster.name for cluster in artifact.clusters}
slug = st.selectbox("Kind of role", list(names), format_func=names.__getitem__, key="role_clusters.chosen")
show_card(artifact.cluster(slug), artifact, colours[slug])
