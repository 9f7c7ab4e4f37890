"""The stored postings, and adding to them."""

import pandas as pd
import streamlit as st

from pages.ui import display
from pages.ui.reading import file_name, stored_corpus
from pipeline import services
from pipeline.documents import SUFFIXES
from pipeline.errors import RolemapError
from pipeline.vacancies import ROW_SUFFIXES, Corpus

UPLOADS = "browse_vacancies.uploads"


def corpus_table(corpus: Corpus) -> pd.DataFrame:
    rows = [(v.title, v.company, v.location, v.posted_on, v.id) for v in corpus.vacancies]
    return pd.DataFrame(rows, columns=["Title", "Company", "Place", "Posted", "File"])


def show_skips(corpus: Corpus) -> None:
    for skip in corpus.skipped:
        st.warning(f"{display.plain(skip.id)} was skipped: {display.plain(skip.reason)}.", icon="⏭️")


def show_uploads(uploads: list[tuple[str, bytes]], stored: Corpus) -> None:
    """Say what was read of the uploads, and offer to store them."""
    read = services.read_uploaded(uploads)
    show_skips(read)
    if not read.vacancies:
        return
    repeats = services.find_repeats(read, stored)
    table = corpus_table(read)
    table["Same as"] = [repeats.get(v.id, "") for v in read.vacancies]
    st.dataframe(table, hide_index=True, width="stretch")
    st.caption(
        "These belong to this browser session only, until you add them. Postings that repeat a stored one count once."
    )
    if st.button(f"Add {len(read.vacancies)} to the stored postings", type="primary", key="browse_vacancies.add"):
        readable = {v.source for v in read.vacancies}
        try:
            paths = services.add_to_corpus([(name, data) for name, data in uploads if name in readable])
        except RolemapError as error:
            st.error(str(error))
            return
        st.session_state.pop(UPLOADS, None)
        st.session_state["browse_vacancies.added"] = [file_name(path) for path in paths]
        st.rerun()


st.title("Vacancies")
stored = stored_corpus()
added = st.session_state.pop("browse_vacancies.added", None)
if added:
    st.success(f"Stored as {', '.join(added)}. Cluster again to take them in.")
    st.page_link("pages/role_clusters.py", label="Go to Clusters", icon="🗺️")

st.subheader("Add postings")
files = st.file_uploader(
    f"Files with one posting each ({', '.join(SUFFIXES)}) or one a row ({', '.join(ROW_SUFFIXES)})",
    accept_multiple_files=True,
    key="browse_vacancies.files",
)
with st.form("browse_vacancies.paste", clear_on_submit=True):
    title = st.text_input("Title of a posting to paste", key="browse_vacancies.title")
    text = st.text_area("Its text", key="browse_vacancies.text", height=160)
    if st.form_submit_button("Take it in") and text.strip():
        st.session_state.setdefault(UPLOADS, []).append(services.pasted_posting(title, text))
uploads = [(file.name, file.getvalue()) for file in files or []] + st.session_state.get(UPLOADS, [])
if uploads:
    show_uploads(uploads, stored)

st.subheader(f"{len(stored.vacancies):,} stored postings")
show_skips(stored)
if not stored.vacancies:
    st.info(f"None yet. Add some above, or put files into {services.shown_path(services.vacancies_folder())}.")
    st.stop()
chosen = st.dataframe(
    corpus_table(stored),
    hide_index=True,
    width="stretch",
    on_select="rerun",
    selection_mode="single-row",
    key="browse_vacancies.table",
)
st.caption("Choose a row to read the posting. These are shared by everyone who uses this dashboard.")
for row in chosen.selection.rows:
    vacancy = stored.vacancies[row]
    display.posting(vacancy.title, vacancy.company, vacancy.location, vacancy.posted_on, vacancy.text)
