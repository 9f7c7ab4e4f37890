"""What was read of files: what was taken for what, with the means to put it right column by column."""

from collections.abc import Callable, Sequence

import pandas as pd
import streamlit as st

from pages.ui import display
from pages.ui.tables import show_table
from pipeline import services
from pipeline.core import RolemapError
from pipeline.postings import FileReceipt, Skip, receipt_notes

NAMES = {
    "title": "Title",
    "text": "Text",
    "company": "Company",
    "location": "Place",
    "posted_on": "Posted",
    "url": "Address",
    "id": "Id",
    "pay": "Pay",
    "employment": "Contract",
    "workplace": "Workplace",
}
CORRECTABLE = tuple(NAMES)
PREVIEW_ROWS = 3
Upload = tuple[str, bytes]


def show_skips(skipped: Sequence[Skip]) -> None:
    """Say what was left out and why, the first few at a glance."""
    for skip in skipped[:5]:
        st.warning(f"{display.plain(skip.id)} was skipped: {display.plain(skip.reason)}.", icon=":material/skip_next:")
    if skipped[5:]:
        with st.expander(f"{len(skipped) - 5:,} more were skipped"):
            st.dataframe([{"File": s.id, "Reason": s.reason} for s in skipped[5:]], hide_index=True)


def show_receipts(receipt: services.Receipt, uploads: Sequence[Upload] = ()) -> None:
    """Show what was taken for what in each file; tables among the uploads can be put right."""
    by_name = dict(uploads)
    for number, file in enumerate(receipt.files):
        source = f" · as {file.source} writes them" if file.source else ""
        if uploads and not file.columns:  # a document is seen as a whole in the table of uploads
            continue
        label = f"{file.file}: {file.postings:,} of {file.rows:,} rows are postings"
        is_open = bool(uploads) and (len(receipt.files) == 1 or not file.postings)
        with st.expander(display.plain(label), expanded=is_open, icon=":material/receipt_long:"):
            if file.postings:
                st.caption(
                    display.plain(f"{file.format}{source}{' · columns as you said' if file.is_corrected else ''}")
                )
                show_table(taken_table(file))
            if file.unused:
                st.caption(f"Not used: {display.plain(', '.join(file.unused))}")
            for note in receipt_notes(file):
                st.info(display.plain(note[:1].upper() + note[1:] + "."))
            if file.columns and file.file in by_name:
                correct_columns(file, by_name[file.file], f"receipts.{number}.{file.file}")


def taken_table(file: FileReceipt) -> pd.DataFrame:
    """Return a row for each thing that was found, with where it was found and the first example."""
    rows = [
        (
            NAMES.get(t.role, t.role.replace("_", " ").capitalize()),
            " + ".join(t.columns) or "the text",
            t.filled,
            t.example,
        )
        for t in file.taken
    ]
    return pd.DataFrame(rows, columns=["Taken as", "From", "Rows", "Example"])


def correct_columns(file: FileReceipt, data: bytes, key: str) -> None:
    """Offer to say which columns hold what, with a preview; the choice is kept for every file of this shape."""
    taken = {column.role: [path for path in column.columns if path in file.columns] for column in file.taken}
    if not st.toggle("Put the columns right", key=f"{key}.open"):
        return
    chosen: dict[str, list[str]] = {}
    cells = st.columns(3)
    for number, role in enumerate(CORRECTABLE):
        with cells[number % 3]:
            chosen[role] = st.multiselect(
                NAMES[role],
                file.columns,
                default=taken.get(role, []),
                key=f"{key}.{role}",
                max_selections=None if role in ("text", "location") else 1,
                placeholder="none",
                format_func=str,
            )
    changed = {role: paths for role, paths in chosen.items() if paths != taken.get(role, [])}
    preview(file, data, changed)
    keep, forget = st.columns(2)
    if keep.button("Keep for files like this", type="primary", disabled=not changed, key=f"{key}.keep"):
        said = {role: paths for role, paths in chosen.items() if paths or role in changed}
        _change(lambda: services.keep_columns(file.columns, said))
    if file.is_corrected and forget.button("Go back to the guess", key=f"{key}.forget"):
        _change(lambda: services.drop_columns(file.columns))


def preview(file: FileReceipt, data: bytes, changed: dict[str, list[str]]) -> None:
    """Show the first postings as they would be read."""
    try:
        corpus = services.read_upload(file.file, data, _named(changed))
    except RolemapError as error:
        st.error(display.plain(str(error)))
        return
    rows = [(v.title, v.company, v.location, v.posted_on, v.text[:200]) for v in corpus.vacancies[:PREVIEW_ROWS]]
    st.caption(f"Preview: {len(corpus.vacancies):,} postings, the first {len(rows)}")
    st.dataframe(pd.DataFrame(rows, columns=["Title", "Company", "Place", "Posted", "Text"]), hide_index=True)


def _named(changed: dict[str, list[str]]) -> dict[str, list[str]] | None:
    return changed if any(changed.values()) else None


def _change(job: Callable[[], None]) -> None:
    try:
        job()
    except RolemapError as error:
        st.error(display.plain(str(error)))
        return
    st.cache_resource.clear()
    st.rerun()
