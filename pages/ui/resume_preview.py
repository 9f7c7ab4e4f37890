"""The page of a variant as a picture, beside whatever the user works on, alone or next to the resume itself."""

import streamlit as st

from pages.ui.display import plain
from pipeline import services
from pipeline.core import RolemapError
from pipeline.resume_generator import ResumeVariant
from pipeline.resumes import PICTURE_SCALE, Look, Resume, export_name, export_resume, page_pictures

THIS, BESIDE, MOVED = "The variant", "Next to your resume", "What moved"
LARGE = "resume_variants.large"
LARGE_SCALE = 2.4  # of 72 points an inch
HEIGHT = 700  # of the pages; longer ones are scrolled


def show_preview(resume: Resume, variant: ResumeVariant, look: Look) -> None:
    """Show the variant as its PDF shows it, beside the resume in the same look where the user asks for it."""
    view = st.radio("Show", [THIS, BESIDE, MOVED], horizontal=True, key="resume_variants.view", persist_state="session")
    is_large = bool(st.session_state.get(LARGE))
    with st.container(height=HEIGHT, border=True):
        if view == MOVED:
            _show_moved(resume, variant)
            return
        try:
            scale = LARGE_SCALE if is_large else PICTURE_SCALE
            pages = _pictures(variant.resume, look, scale)
            original = _pictures(resume, look, scale) if view == BESIDE else []
        except RolemapError as error:
            st.error(plain(str(error)))
            return
        if not original:
            _show_pages(pages, f"the resume for {variant.name}")
        else:
            left, right = st.columns(2)
            with left:
                st.caption("Your resume")
                _show_pages(original, "your resume")
            with right:
                st.caption(plain(variant.name))
                _show_pages(pages, f"the resume for {variant.name}")
    name, large = st.columns([3, 1])
    name.caption(f"{plain(export_name(variant.resume, variant.name, 'pdf', look))}, {len(pages)} pages")
    large.toggle("Large", key=LARGE, persist_state="session")


def _show_pages(pictures: list[bytes], what: str) -> None:
    for number, picture in enumerate(pictures, start=1):
        if number > 1:
            st.divider()
        st.image(picture, width="stretch", alt=f"Page {number} of {len(pictures)} of {what}, as its PDF shows it")


def _show_moved(resume: Resume, variant: ResumeVariant) -> None:
    changes = services.what_moved(resume, variant)
    if not changes:
        st.write("Nothing: this variant says what your resume says, in its order.")
    for change in changes:
        st.markdown(f"- {plain(change)}")


@st.cache_data(
    max_entries=16,
    scope="session",
    show_spinner=False,
    hash_funcs={Resume: Resume.model_dump_json, Look: Look.model_dump_json},
)
def _pictures(resume: Resume, look: Look, scale: float) -> list[bytes]:
    return page_pictures(export_resume(resume, "pdf", look=look).data, scale)
