"""Readings that every page may ask for, cached until the files behind them change."""

from pathlib import Path

import streamlit as st

from pages.ui.links import link
from pipeline import services
from pipeline.cluster_artifacts import ClusterArtifact
from pipeline.core import RolemapError, get_settings
from pipeline.postings import Corpus

FileStates = tuple[tuple[str, int, int], ...]


def stored_corpus() -> Corpus:
    """Return the stored postings; an empty corpus where there are none to read."""
    return _corpus(services.corpus_state())


@st.cache_resource(max_entries=4, show_spinner="Reading the postings")
def _corpus(state: FileStates) -> Corpus:
    if not state:
        return Corpus()
    try:
        return services.read_corpus()
    except RolemapError:
        return services.read_skipped()


def file_states() -> tuple[FileStates, tuple[object, object]]:
    """Return what changes when the stored postings, and when the clusters do."""
    return services.corpus_state(), services.artifact_state()


def samples_among() -> int:
    """Return how many of the session's own postings' files are samples that came with Rolemap."""
    return len(_samples_among(services.corpus_state(), get_settings().home))


@st.cache_data(max_entries=16, show_spinner=False)
def _samples_among(state: FileStates, home: Path) -> list[str]:
    return services.samples_among(home)


def is_outdated(artifact: ClusterArtifact) -> bool:
    """Tell whether the postings have changed since the clusters were made of them; of parts elsewhere nobody knows."""
    made_of = artifact.provenance
    return not made_of.is_by_parts and made_of.corpus_hash not in ("", _digest(services.corpus_state()))


@st.cache_data(max_entries=16, show_spinner=False)
def _digest(state: FileStates) -> str:
    return _corpus(state).digest


UNSTORED = "The postings of these clusters are not stored in this workspace"


def is_unstored(artifact: ClusterArtifact) -> bool:
    """Tell whether no posting is stored here: pages then have of those of the clusters what the artifact keeps."""
    return artifact.posting_count > 0 and not stored_corpus().vacancies


def say_unstored(what_is_missing: str, command: str) -> None:
    """Say what cannot be shown without the stored postings, and which command reads them where they lie."""
    st.info(
        f"{UNSTORED}, so {what_is_missing}. Where they lie, `python main.py {command} --vacancies PLACE` reads them."
    )


def artifact_or_stop(what: str, *, is_drawn: bool = False) -> ClusterArtifact:
    """Return the cluster artifact; where there is none, explain how to make one and end the page there.

    With `is_drawn`, no more of its postings than pages count without a wait.
    """
    try:
        artifact = services.find_drawable_artifact() if is_drawn else services.find_artifact()
    except RolemapError as error:
        st.error(str(error), icon=":material/warning:")
        link("role_clusters", "Go to Clusters to make it anew")
        st.stop()
    if artifact is None:
        st.info(
            f"{what} come from the clusters, and there are none yet. "
            "Cluster the stored postings first; it takes about a minute for a hundred."
        )
        link("role_clusters", "Go to Clusters")
        st.stop()
    return artifact


def posting_text(vacancy_id: str) -> str | None:
    """Return a stored posting's text, or None where it is not stored (any more)."""
    return next((v.text for v in stored_corpus().vacancies if v.id == vacancy_id), None)


def file_name(path: Path) -> str:
    """Return a path as the page shows it: relative to the workspace where it lies in it."""
    return services.shown_path(path)
