"""Choosing how many clusters there should be, and having them made."""

import streamlit as st

from pages.ui import display
from pages.ui.reading import stored_corpus
from pipeline import services
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
