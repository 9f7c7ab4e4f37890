"""The lines of a resume: the user, or a language model where the user asks for it, says what they are."""

import streamlit as st

from pages.ui import work
from pages.ui.display import plain
from pipeline import services
from pipeline.core import RolemapError, content_key
from pipeline.resumes import LINE_TAGS, ResumeReading, correct_lines, lines_alike, taken_for

MODEL_READING = "model-reading"
LINE_WIDTH, KIND_WIDTH = 290, 130  # pixels, side by side in half a page


def say_what_lines_are(reading: ResumeReading, height: int) -> ResumeReading | None:
    """Show the lines with what each looks like; return the corrected reading once the user says what some are."""
    version = content_key(reading.model_dump_json())[:12]
    st.caption("The file, line by line. Tick lines to say what they are.")
    event = st.dataframe(
        {
            "Line": [line.text for line in reading.lines],
            "Looks like": [taken_for(reading, number) for number in range(len(reading.lines))],
        },
        height=height - 96,
        hide_index=True,
        on_select="rerun",
        selection_mode="multi-row",
        column_config={"Line": {"width": LINE_WIDTH}, "Looks like": {"width": KIND_WIDTH}},
        key=f"resume_variants.lines.{version}",
    )
    chosen = [number for number in event["selection"]["rows"] if number < len(reading.lines)]
    alike = lines_alike(reading, chosen) if chosen else []
    what, button = st.columns([3, 1], vertical_alignment="bottom")
    tag = what.selectbox(
        f"{_count(len(chosen))} chosen: what is it?",
        list(LINE_TAGS),
        format_func=LINE_TAGS.__getitem__,
        index=None,
        placeholder="Choose what it is",
        key=f"resume_variants.tag.{version}",
    )
    takes_alike = st.checkbox(
        f"Also {_count(len(alike))} that look like it" if alike else "No other line looks like it",
        value=False,
        disabled=not alike,
        key=f"resume_variants.alike.{version}",
    )
    is_said = button.button("Say so", type="primary", disabled=not (chosen and tag), width="stretch")
    taken_back = bool(reading.said) and st.button("Take back all that was said of lines", type="tertiary")
    if taken_back:
        return correct_lines(reading, dict.fromkeys(reading.said, ""))
    if is_said and tag:
        return correct_lines(reading, dict.fromkeys([*chosen, *(alike if takes_alike else [])], tag))
    return None


def ask_what_lines_are(base: services.BaseResume) -> services.BaseResume | None:
    """Offer to have a language model say what the lines are; return its reading once the user takes it."""
    key = content_key(base.reading.model_dump_json())
    found: services.ModelReading | None = work.result_of(MODEL_READING, key)
    if work.is_running(MODEL_READING, key):
        return None
    if found is None:
        _offer(base, key)
        return None
    if not found.differences:
        st.write("The model reads every line as it was read.")
        return None
    st.write(f"With the model {len(found.differences)} fields are read otherwise; each is text of your file.")
    st.text("\n".join(found.differences))
    return found.base if st.button("Take the model's reading", key="resume_variants.take_model") else None


def _offer(base: services.BaseResume, key: str) -> None:
    try:
        st.caption(plain(services.describe_model_reading()))
    except RolemapError as error:
        st.caption(plain(str(error)))
        return
    if st.button("Send it and compare", key="resume_variants.ask_model"):
        work.start(MODEL_READING, "Reading", lambda report: services.read_with_model(base, report), key=key)
        st.rerun()


def _count(number: int) -> str:
    return "1 line" if number == 1 else f"{number} lines"
