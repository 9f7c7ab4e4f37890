"""The stored postings: found, read and chosen from; and adding to them."""

import streamlit as st

from pages.ui import collecting, display, posting_intake, posting_list, session
from pages.ui.links import link
from pages.ui.reading import stored_corpus
from pages.ui.receipts import show_receipts, show_skips
from pipeline import services

LIST, ADD, FILES = "Postings", "Add postings", "What was read of the files"
PART = "browse_vacancies.part"


def add() -> None:
    """Offer every way in."""
    if session.is_at_samples():
        st.info("These are the samples. Go back to your own postings to add to them; the two never mix.")
        st.button("Back to my own postings", on_click=session.go_to_own, key="browse_vacancies.own")
        return
    posting_intake.take_in()
    collecting.show()


st.title("Vacancies")
added = st.session_state.pop("browse_vacancies.added", None)
if added:
    names = ", ".join(display.plain(name) for name in added[:5]) + (f" and {len(added) - 5} more" if added[5:] else "")
    st.success(f"Stored as {names}. Cluster again to take them in.")
    link("role_clusters", "Go to Clusters")

stored = stored_corpus()
show_skips(stored.skipped)
if not stored.vacancies:
    folder = display.plain(services.shown_path(services.vacancies_folder()))
    st.info(f"None yet. Add some here, or put files into {folder}; this page then lists them, to search and to read.")
    link("start_here", "Or try it with the sample postings")
    posting_list.show_set_aside()
    st.session_state[PART] = ADD  # where what comes of adding the first is told
    add()
    st.stop()
st.caption(f"{len(stored.vacancies):,} stored postings: {session.whose()}.")
st.session_state.setdefault(PART, LIST)
part = st.segmented_control("Look at", [LIST, ADD, FILES], key=PART, required=True, label_visibility="collapsed")
if part == ADD:
    add()
elif part == FILES:
    show_receipts(services.make_receipt(stored))
else:
    posting_list.show(stored)
