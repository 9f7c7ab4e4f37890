"""What is kept of a person, and deleting it."""

import time

import streamlit as st

from pages.ui import session, work
from pages.ui.display import plain
from pipeline import services
from pipeline.core import RolemapError, base_settings, get_settings

_CACHE, _ALL, _SAID = "own_data.cache", "own_data.all", "own_data.said"
SAID_SECONDS = 20
_KEPT_KEYS = (session.SAMPLES,)  # where one is, which says nothing of anyone


def show() -> None:
    """Say what is kept and for how long, and offer to delete it."""
    with st.expander("Your data", expanded=_SAID in st.session_state):
        settings = get_settings()
        place = plain(services.shown_path(settings.cache_path))
        size = settings.cache_path.stat().st_size if settings.cache_path.exists() else 0
        for line in (
            "**This browser session**, in memory until you close the tab: your resume, what is made of it, uploads and "
            "pasted texts that you have not added to the postings.",
            f"**The workspace**, on disk: stored postings, clusters and the names you gave them; {session.whose()}.",
            f"**The cache**, on disk: results that took long to compute, {size / 1e6:,.1f} MB in {place}. What has not "
            f"been used for {settings.cache_days} days goes, and so does the oldest beyond {settings.cache_mb:,} MB.",
        ):
            st.markdown(f"- {line}")
        st.checkbox("Also empty the cache of this workspace", key=_CACHE)
        if session.is_personal():
            st.checkbox("Also delete my whole workspace: postings, clusters, everything", key=_ALL)
        st.button("Delete my data", on_click=_delete, key="own_data.delete")
        _show_outcome()


def _show_outcome() -> None:
    """Say for a while what came of a deletion: the page may run again before anybody has read it."""
    problem, moment = st.session_state.get(_SAID, ("", float("-inf")))
    if time.monotonic() - moment > SAID_SECONDS:
        st.session_state.pop(_SAID, None)
    elif problem:
        st.error(plain(problem))
    else:
        st.success("Deleted. This session starts afresh.")


def _delete() -> None:
    with_cache, with_all = bool(st.session_state.get(_CACHE)), bool(st.session_state.get(_ALL))
    try:
        delete(with_cache=with_cache, with_all=with_all)
        problem = ""
    except RolemapError as error:
        problem = str(error)
    st.session_state[_SAID] = problem, time.monotonic()


def delete(*, with_cache: bool, with_all: bool) -> None:
    """Drop what the session holds; on request the caches, and a person's own workspace. Raises RolemapError."""
    work.forget_all()
    for key in [key for key in st.session_state if key not in _KEPT_KEYS]:
        del st.session_state[key]
    st.cache_data.clear()
    st.cache_resource.clear()
    if with_cache:
        services.clear_cache()
    if with_all and session.is_personal():
        services.delete_home(session.own_home(), base_settings().home)
        session.go_to_own()
