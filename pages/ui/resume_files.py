"""The files of the variants: a page as a picture, making them, downloading one, one format or all."""

from collections.abc import Sequence

import streamlit as st

from pages.ui import display, work
from pipeline import services
from pipeline.cluster_matcher import JobDescription, clean_job_description
from pipeline.core import RolemapError, content_key
from pipeline.llm import ModelNotConfigured
from pipeline.resume_generator import ResumeVariant
from pipeline.resumes import EXPORT_SUFFIXES, Look, Resume

FILES, LETTER = "files", "letter"
READY = ":material/check_circle: Ready: it reads back whole."
NOT_READY = ":material/warning: Not ready; see below."
_FORMAT_NAMES = {"pdf": "PDF", "docx": "Word", "md": "Markdown", "json": "JSON"}


def files_of(variants: Sequence[ResumeVariant], look: Look) -> list[services.FinishedVariant] | None:
    """Offer to make the files of all variants; return them once they are made, None until then."""
    state = content_key(
        look.model_dump_json(), *(f"{v.slug}\n{v.name}\n{v.resume.model_dump_json(by_alias=True)}" for v in variants)
    )
    made: list[services.FinishedVariant] | None = work.result_of(FILES, state)
    if made is not None or work.is_running(FILES, state):
        return made
    if st.button(f"Make the files of all {len(variants)} variants", type="primary", key="resume_variants.make"):
        work.start(
            FILES,
            "Making the files",
            lambda report: services.finish_variants(variants, look=look, on_progress=report),
            key=state,
        )
        st.rerun()
    st.caption("Each file is read back and compared with your resume before it is offered.")
    return None


def show_downloads(
    finished: Sequence[services.FinishedVariant],
    slug: str,
    chosen_set: services.VariantSet | None = None,
    hidden: Sequence[str] = (),
) -> None:
    """Offer one file, all files of one format, and all, and say of each file whether it is ready.

    The archives hold the set that the files come from, and what they hide from a reader.
    """
    chosen = next(variant for variant in finished if variant.variant.slug == slug)
    st.markdown(f"**{display.plain(chosen.variant.name)}**")
    for checked, column in zip(chosen.files, st.columns(len(chosen.files)), strict=True):
        suffix = checked.file.name.rpartition(".")[2]
        with column:
            st.download_button(
                _FORMAT_NAMES[suffix],
                checked.file.data,
                checked.file.name,
                on_click="ignore",
                key=f"resume_variants.download.{suffix}",
                width="stretch",
            )
            st.caption(READY if not checked.problems else NOT_READY)
    for checked in chosen.files:
        for problem in checked.problems:
            st.warning(display.plain(f"{checked.file.name}: {problem}"))
    for advice in dict.fromkeys(text for checked in chosen.files for text in checked.advice):
        st.info(display.plain(advice))
    st.markdown("**All variants**")
    places = [st.container(), *st.columns(len(EXPORT_SUFFIXES))]
    for place, only in zip(places, (None, *EXPORT_SUFFIXES), strict=True):
        place.download_button(
            _FORMAT_NAMES[only] if only else "Everything",
            services.pack_variants(finished, only, chosen=chosen_set, notices=hidden),
            f"resume-variants{f'-{only}' if only else ''}.zip",
            "application/zip",
            on_click="ignore",
            key=f"resume_variants.download_all.{only}",
            width="stretch",
        )
    count = sum(bool(checked.problems) for variant in finished for checked in variant.files)
    total = sum(len(variant.files) for variant in finished)
    st.caption(f"{total - count} of {total} files are ready. The manifest in each archive says which.")


def show_letter(resume: Resume, text: str, look: Look) -> None:
    """Offer a cover letter for the job description, and say what the fact guard held back."""
    title = str(st.session_state.get("resume_variants.job_title") or "") or None
    try:
        job = clean_job_description(text, title=title)
        rewrites = _asks_model(resume, job)
    except RolemapError as error:
        st.warning(display.plain(str(error)))
        return
    state = content_key(resume.model_dump_json(), text, title or "", look.model_dump_json(), str(rewrites))
    finished: services.FinishedLetter | None = work.result_of(LETTER, state)
    if finished is None:
        if not work.is_running(LETTER, state) and st.button(
            "Write a letter for the job description", key="resume_variants.letter"
        ):
            work.start(
                LETTER,
                "Writing the letter",
                lambda report: services.make_letter(resume, job, look=look, rewrites=rewrites, on_progress=report),
                key=state,
            )
            st.rerun()
        return
    for reason in finished.letter.held_back:
        st.warning(display.plain(f"Held back: {reason}"))
    for notice in finished.notices:
        st.info(display.plain(notice))
    st.text(next(file.data.decode() for file in finished.files if file.name.endswith(".txt")))
    for file, column in zip(finished.files, st.columns(len(finished.files)), strict=True):
        name = {"pdf": "PDF", "docx": "Word", "txt": "Text"}[file.name.rpartition(".")[2]]
        column.download_button(
            name, file.data, file.name, on_click="ignore", key=f"resume_variants.letter.{name}", width="stretch"
        )


def _asks_model(resume: Resume, job: JobDescription) -> bool:
    """Offer a model's words, and say what would be sent and where, or why no model can be asked."""
    wanted = st.toggle("In a language model's words, each checked", key="resume_variants.letter_model")
    if not wanted:
        return False
    try:
        st.caption(display.plain(str(services.plan_letter(resume, job))))
    except ModelNotConfigured as error:
        st.caption(display.plain(f"Without a model the letter is in your own words. {error}"))
        return False
    return True
