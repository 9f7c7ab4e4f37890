"""Adding postings: uploads and pasted texts, looked at before they are stored."""

import pandas as pd
import streamlit as st

from pages.ui import display, session
from pages.ui.reading import file_name, samples_among, stored_corpus
from pages.ui.receipts import show_receipts, show_skips
from pages.ui.tables import show_table
from pipeline import services
from pipeline.core import RolemapError
from pipeline.postings import ROW_SUFFIXES, SUFFIXES, Corpus

UPLOADS = "browse_vacancies.uploads"
EMPTIED = "browse_vacancies.emptied"  # how often uploads were added: a new uploader each time
Uploads = list[tuple[str, bytes]]


def corpus_table(corpus: Corpus) -> pd.DataFrame:
    """Return postings as a table, one a row."""
    rows = [(v.title, v.company, v.location, v.posted_on, v.id) for v in corpus.vacancies]
    table = pd.DataFrame(rows, columns=["Title", "Company", "Place", "Posted", "File"])
    gone = [v.fields.get("gone_on") for v in corpus.vacancies]
    if any(gone):
        table.insert(4, "Gone", gone)
    return table


@st.cache_resource(max_entries=2, scope="session", show_spinner="Reading the uploads")
def read(uploads: Uploads, stored: object) -> tuple[Corpus, dict[str, str]]:
    """Return what was read of the uploads, and which of it repeats a stored posting."""
    corpus = services.read_uploaded(uploads)
    return corpus, services.find_repeats(corpus, stored_corpus())


def show_uploads(uploads: Uploads) -> None:
    """Say what was read of the uploads, and offer to store them."""
    corpus, repeats = read(uploads, services.corpus_state())
    show_skips(corpus.skipped)
    receipt = services.make_receipt(corpus)
    if not corpus.vacancies:
        show_receipts(receipt, uploads)
        return
    table = corpus_table(corpus)
    table["Same as"] = [repeats.get(v.id, "") for v in corpus.vacancies]
    show_table(table)
    show_receipts(receipt, uploads)
    st.caption(
        "These belong to this browser session only, until you add them. Postings that repeat a stored one count once."
    )
    count = samples_among()
    sets_aside = count > 0 and st.checkbox(
        f"Set the {count} sample files aside, so that only my own postings count (they are kept)",
        True,
        key="browse_vacancies.aside",
    )
    if st.button(f"Add {len(corpus.vacancies):,} to the stored postings", type="primary", key="browse_vacancies.add"):
        readable = {v.source for v in corpus.vacancies}
        try:
            paths = services.add_to_corpus([(name, data) for name, data in uploads if name in readable])
            if sets_aside:
                services.set_samples_aside(session.own_home())
        except RolemapError as error:
            st.error(display.plain(str(error)))
            return
        st.session_state.pop(UPLOADS, None)
        st.session_state[EMPTIED] = st.session_state.get(EMPTIED, 0) + 1
        st.session_state["browse_vacancies.added"] = [file_name(path) for path in paths]
        st.rerun()


def take_in() -> None:
    """Offer to upload or paste postings."""
    files = st.file_uploader(
        f"Files with one posting each ({', '.join(SUFFIXES)}) or one a row ({', '.join(ROW_SUFFIXES)})",
        accept_multiple_files=True,
        key=f"browse_vacancies.files.{st.session_state.get(EMPTIED, 0)}",
    )
    with (
        st.expander("Or paste one"),
        st.form("browse_vacancies.paste", clear_on_submit=True, border=False),
    ):
        title = st.text_input("Title of a posting to paste", key="browse_vacancies.title")
        text = st.text_area("Its text", key="browse_vacancies.text", height=160)
        if st.form_submit_button("Take it in") and text.strip():
            st.session_state.setdefault(UPLOADS, []).append(services.pasted_posting(title, text))
    uploads = [(file.name, file.getvalue()) for file in files or []] + st.session_state.get(UPLOADS, [])
    if uploads:
        show_uploads(uploads)
