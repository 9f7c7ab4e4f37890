"""What is kept of a person, and deleting it."""

import streamlit as st

from pages.ui import session, work
from pages.ui.display import plain
from pipeline import services
from pipeline.errors import RolemapError
from pipeline.services import workspaces
from pipeline.settings import base_settings, get_settings

_KEPT_KEYS = (session.SAMPLES,)  # where one is, which says nothing of anyone


def show() -> None:
    """Say what is kept and for how long, and offer to delete it."""
    with st.expander("Your data"):
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
        with_cache = st.checkbox("Also empty the cache of this workspace", key="own_data.cache")
        with_all = False
        if session.is_personal():
            with_all = st.checkbox("Also delete my whole workspace: postings, clusters, everything", key="own_data.all")
        if st.button("Delete my data", key="own_data.delete"):
            try:
                delete(with_cache=with_cache, with_all=with_all)
            except RolemapError as error:
                st.error(plain(str(error)))
                return
            st.success("Deleted. This session starts afresh.")


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
        workspaces.delete_home(session.own_home(), base_settings().home)
        session.go_to_own()
