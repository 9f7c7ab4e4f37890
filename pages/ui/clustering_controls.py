"""Choosing how many clusters there should be, and having them made."""

import streamlit as st

from pages.ui import session, work
from pages.ui.display import plain
from pages.ui.links import link
from pages.ui.reading import stored_corpus
from pipeline import services
from pipeline.cluster_artifacts import ClusterArtifact
from pipeline.core import Work, WorkState
from pipeline.services import ClusterRun

I_CHOOSE = "I choose"


def run(count: int | None, *, use_llm: bool) -> Work:
    """Have the postings clustered beside the page; the earlier artifact stays when it fails or is stopped."""
    return work.start(
        work.CLUSTERING,
        "Finding the kinds of role",
        lambda report: services.run_clustering(count=count, use_llm=use_llm, on_progress=report),
        is_shared=True,
    )


def run_again(artifact: ClusterArtifact) -> None:
    """Have the postings clustered as they were before: into as many kinds of role as somebody asked for."""
    count = artifact.provenance.parameters.get("clusters")
    run(count if isinstance(count, int) else None, use_llm=False)


def show_run() -> bool:
    """Show the clustering that runs in this workspace, or what came of this session's own; tell whether one runs."""
    running = work.shared(work.CLUSTERING)
    if running is not None and running.is_active:
        is_own = running.owner == session.session_id()
        if not is_own:
            st.info("Someone else in this workspace is clustering its postings just now.", icon=":material/group:")
        work.show(running, can_stop=is_own)
        st.caption("You can go to other pages meanwhile. The earlier clusters stay in use until it is done.")
        return True
    mine = work.mine(work.CLUSTERING)
    if mine is not None:
        show_outcome(mine)
    return False


def show_outcome(done: Work) -> None:
    """Say what came of a clustering."""
    if done.state is WorkState.stopped:
        st.info("Stopped. Everything is as it was before.")
    elif done.state is WorkState.failed:
        st.error(plain(done.error))
    elif isinstance(done.result, ClusterRun):
        result = done.result
        for slug, reason in result.naming_failures.items():
            st.warning(f"{plain(slug)} keeps its own name: {plain(reason)}")
        if result.is_unchanged:
            st.info("Nothing has changed since these clusters were made, so they stay as they are.")
        else:
            count, total = len(result.artifact.clusters), len(result.artifact.vacancies)
            st.success(f"Found {count} kinds of role in {total:,} postings.")


def controls() -> None:
    """Offer to cluster; say what is missing where that cannot be done."""
    corpus = stored_corpus()
    if not corpus.vacancies:
        st.info("There are no postings to cluster yet: none is stored in this workspace.")
        link("browse_vacancies", "Add postings")
        link("start_here", "Or try it with the sample postings")
        return
    with st.container(border=True):
        how, number, button = st.columns([2, 2, 1], vertical_alignment="bottom")
        choice = how.radio("Number of clusters", ["Automatic", I_CHOOSE], horizontal=True, key="role_clusters.how")
        is_auto = choice != I_CHOOSE
        most = max(1, len(corpus.vacancies))
        number.number_input("How many", 1, most, min(6, most), disabled=is_auto, key="role_clusters.count")
        destination = services.model_destination()
        use_llm = st.toggle(
            "Let a language model name them",
            disabled=destination is None,
            help="No language model is set up; the README says how to have one." if destination is None else None,
            key="role_clusters.use_llm",
        )
        if use_llm:
            st.caption(f"Parts of typical postings go to {plain(destination or '')}. Addresses are taken out first.")
        running = work.shared(work.CLUSTERING)
        is_busy = running is not None and running.is_active
        button.button(
            "Cluster",
            type="primary",
            key="role_clusters.run",
            width="stretch",
            disabled=is_busy,
            on_click=_run_as_chosen,  # and not in the course of the page, which a quick click elsewhere cuts short
        )


def _run_as_chosen() -> None:
    is_auto = st.session_state["role_clusters.how"] != I_CHOOSE
    count = None if is_auto else int(st.session_state["role_clusters.count"])
    run(count, use_llm=st.session_state["role_clusters.use_llm"])
