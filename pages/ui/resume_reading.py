"""The resume in use: uploading one, what was read of it beside its text, and the user's corrections."""

import re
from collections.abc import Sequence

import streamlit as st

from pages.ui import session, work
from pages.ui.display import plain
from pages.ui.resume_lines import ask_what_lines_are, say_what_lines_are
from pipeline import services
from pipeline.core import RolemapError, base_settings, content_key
from pipeline.resumes import RESUME_SUFFIXES, Doubt, doubts_of, is_badly_read

BASE = "resume_variants.base"
FORGOTTEN = "resume_variants.forgotten"  # how often a resume was forgotten: a new uploader each time
UPLOADED = "resume_variants.uploaded"  # which upload the base is from
SURE = 0.85  # below that the user is asked to look
HEIGHT = 560
MAX_DOUBTS = 6  # told at once
_SECTIONS = {
    "basics": "Contact and summary",
    "skills": "Skills",
    "work": "Jobs",
    "education": "Education",
    "projects": "Projects",
    "publications": "Publications",
    "certificates": "Certificates",
    "awards": "Awards",
    "languages": "Languages",
    "volunteer": "Volunteer work",
}


def loaded_resume() -> services.BaseResume | None:
    """Return the resume that this session works with; None where it has none yet. Raises RolemapError.

    One that the settings name stands in, except where each person has a workspace: there it would be somebody else's.
    """
    if BASE not in st.session_state and base_settings().resume and not session.is_personal():
        st.session_state[BASE] = services.load_base_resume()
    base: services.BaseResume | None = st.session_state.get(BASE)
    return base


def use_sample_resume() -> None:
    """Take the sample resume for this session's own."""
    st.session_state[BASE] = services.load_sample_resume()


def resume_in_use() -> services.BaseResume | None:
    """Take an upload or offer the sample, and return this session's resume; None where it has none yet."""
    place = st.container()
    with st.expander("Use another resume") if BASE in st.session_state else st.container():
        file = st.file_uploader(
            f"Your resume ({', '.join(RESUME_SUFFIXES)})",
            type=[suffix.lstrip(".") for suffix in RESUME_SUFFIXES],
            key=f"resume_variants.file.{st.session_state.get(FORGOTTEN, 0)}",
        )
        st.caption(
            ":material/lock: Nothing of a resume is kept on disk: it is read in memory, for this browser session only, "
            "and is gone when you close the tab. Only what you download stays."
        )
    try:
        if file is not None and st.session_state.get(UPLOADED) != file.file_id:
            with st.spinner("Reading the resume"):
                st.session_state[BASE] = services.read_uploaded_resume(file.name, file.getvalue())
            st.session_state[UPLOADED] = file.file_id
        base = loaded_resume()
    except RolemapError as error:
        st.error(plain(str(error)))
        return None
    if base is None:
        st.write("No resume at hand? See how it works with the resume of a person who does not exist.")
        st.button("Use the sample resume", on_click=use_sample_resume, key="resume_variants.sample")
        return None
    name, button = place.columns([4, 1], vertical_alignment="center")
    name.success(f"In use: {plain(base.origin)}. {plain(base.notice)}")
    button.button("Forget it", on_click=forget_resume, key="resume_variants.forget", width="stretch")
    return base


def forget_resume() -> None:
    """Drop the session's resume and everything made of it."""
    for key in [key for key in st.session_state if str(key).startswith("resume_variants.")]:
        if key != FORGOTTEN:
            del st.session_state[key]
    st.session_state[FORGOTTEN] = st.session_state.get(FORGOTTEN, 0) + 1
    work.forget_all()


def show_reading(base: services.BaseResume) -> None:
    """Show what was read beside the source, with what to check first, and take corrections."""
    fields = services.editable_fields(base.reading)
    doubtful = [field for field in fields if is_doubtful(field)]
    for notice in base.reading.notices:
        st.info(plain(notice))
    doubts = doubts_of(base.reading)
    if doubts:
        show_doubts(doubts)
    if doubtful:
        st.write(f"{len(doubtful)} of {len(fields)} fields should be checked; they are marked.")
    elif not doubts:
        st.write("Nothing here looks doubtful, but only you can tell.")
    source, read = st.columns(2)
    with source:
        if base.reading.lines:
            changed = say_what_lines_are(base.reading, HEIGHT - 82)
            if changed is not None:
                st.session_state[BASE] = services.BaseResume(changed, base.origin, base.notice)
                st.rerun()
        else:
            _show_source(base)
    with read:
        _correct(base, fields)
    if base.reading.lines:
        with st.expander("Have a language model say what the lines are"):
            asked = ask_what_lines_are(base)
        if asked is not None:
            st.session_state[BASE] = asked
            st.rerun()
    if base.reading.left_out:
        with st.expander(f"{len(base.reading.left_out)} lines were left out, such as page numbers"):
            st.text("\n".join(base.reading.left_out))


def show_doubts(doubts: Sequence[Doubt]) -> None:
    """Say what to look at, grave things first."""
    is_grave = doubts[0].is_grave
    told = "\n".join(f"- {plain(doubt.reason)}" for doubt in doubts[:MAX_DOUBTS])
    more = f"\n- and {len(doubts) - MAX_DOUBTS} more" if len(doubts) > MAX_DOUBTS else ""
    how = "Choose lines on the left and say what they are; what is read of them on the right follows."
    (st.warning if is_grave else st.info)(f"Please look at this first:\n\n{told}{more}\n\n{how}")


def accepts_reading(base: services.BaseResume) -> bool:
    """Tell whether to go on with the reading: a bad one only once the user says so."""
    if not is_badly_read(base.reading):
        return True
    key = f"resume_variants.accepted.{content_key(base.reading.model_dump_json())[:12]}"
    return st.checkbox("I have looked at it: make variants of it as it was read", key=key)


def _show_source(base: services.BaseResume) -> None:
    st.text_area(
        "As it stands in the file, to look at",
        base.reading.text,
        height=HEIGHT + 46,
        on_change="ignore",
        key=f"resume_variants.source.{content_key(base.reading.text)[:12]}",
    )


def is_doubtful(field: services.ResumeField) -> bool:
    """Tell whether the user should look at a field: the reader is unsure of it, or has not found it."""
    if not field.value:
        return field.path in ("basics.name", "basics.email")
    return field.confidence is not None and field.confidence < SURE


def _correct(base: services.BaseResume, fields: list[services.ResumeField]) -> None:
    sections = list(dict.fromkeys(section_of(field.path) for field in fields))
    marks = {section_of(field.path) for field in fields if is_doubtful(field)}
    chosen = st.selectbox(
        "What was read of it",
        sections,
        format_func=lambda section: f"{section} (please check)" if section in marks else section,
        key="resume_variants.section",
    )
    with (
        st.container(height=HEIGHT - 34, border=True),
        st.form(f"resume_variants.correct.{chosen}", border=False),
    ):
        # A widget keeps its value under its key, so that each reading needs keys of its own.
        version = content_key(base.reading.model_dump_json())[:12]
        entered = {field.path: _input(field, version) for field in fields if section_of(field.path) == chosen}
        st.caption("Lists have one item a line. Emptying a field takes it away.")
        if not st.form_submit_button("Save corrections", type="primary"):
            return
    before = {field.path: field.value for field in fields}
    changes = {path: text for path, text in entered.items() if text != before[path]}
    reading = services.correct_reading(base.reading, changes)
    st.session_state[BASE] = services.BaseResume(reading, base.origin, base.notice)
    st.rerun()


def _input(field: services.ResumeField, version: str) -> str:
    label, key = field_label(field), f"resume_variants.field.{version}.{field.path}"
    if field.is_list or len(field.value) > 70:
        height = min(280, 48 + 26 * sum(1 + len(line) // 58 for line in field.value.splitlines() or [""]))
        return st.text_area(label, field.value, height=max(height, 76), help=plain(field.note) or None, key=key)
    return st.text_input(label, field.value, help=plain(field.note) or None, key=key)


def field_label(field: services.ResumeField) -> str:
    """Return a field's name as people say it, with a mark where it should be looked at.

    >>> field_label(services.ResumeField("work[1].startDate", "2020", confidence=0.5))
    '2 · Start date :orange-badge[please check]'
    """
    words = [
        str(int(index) + 1) if index else re.sub(r"(?<=[a-z])(?=[A-Z])", " ", name).replace("_", " ").capitalize()
        for name, index in re.findall(r"([^.\[\]]+)|\[(\d+)\]", field.path)
    ]
    mark = ""
    if is_doubtful(field):
        mark = " :orange-badge[please check]" if field.value else " :red-badge[not found]"
    return plain(" · ".join(words[1:] or words)) + mark


def section_of(path: str) -> str:
    """Return the name that people give to the section that a field is in."""
    name = re.split(r"[.\[]", path, maxsplit=1)[0]
    return _SECTIONS.get(name, name.capitalize())
