"""The look of the variants: a picture of each theme to choose from, and what the user wants otherwise."""

from typing import Any

import streamlit as st

from pages.ui.display import plain
from pipeline import services
from pipeline.core import RolemapError
from pipeline.resumes import DATE_FORMATS, DEFAULT_LOOK, FACES, FILE_NAMES, Look, Resume, style_of

THEME = "resume_variants.theme"
LOOK = "resume_variants.chosen_look"
PAPERS = {"A4": "a4", "Letter": "us-letter"}
_OWN = "The theme's"
PICTURE_WIDTH = 200  # pixels, at most: on a telephone they stand one below the other
IN_A_ROW = 3  # so that a picture shows what a theme is like


def choose_look(resume: Resume) -> Look:
    """Show the themes as pictures, take what the user wants otherwise, and return the look."""
    start = usual_look()
    theme = st.session_state.setdefault(THEME, start.theme)
    with st.expander("More than the theme: colour, face, size, margins, dates, links, pages"):
        look = _options(start.model_copy(update={"theme": theme}))
    pictures = _pictures(resume, look)
    for first in range(0, len(pictures), IN_A_ROW):
        for each, column in zip(pictures[first : first + IN_A_ROW], st.columns(IN_A_ROW), strict=False):
            with column:
                _offer(each, is_chosen=each.name == theme)
    st.session_state[LOOK] = look
    return look


def _offer(each: services.ThemePicture, *, is_chosen: bool) -> None:
    """Show a theme as a picture with a button that takes it."""
    st.container(border=True).image(each.picture, width=PICTURE_WIDTH, alt=f"The theme {each.label}")
    if st.button(
        each.label,
        key=f"{THEME}.{each.name}",
        help=each.about,
        type="primary" if is_chosen else "secondary",
        width="stretch",
    ):
        st.session_state[THEME] = each.name
        st.rerun()


def look_in_use() -> Look:
    """Return the look that the user has chosen in this session; the usual one until then."""
    look: Look = st.session_state.get(LOOK) or usual_look()
    return look


def usual_look() -> Look:
    """Return the look that the user's own file sets; the usual one, with the reason, where it cannot be used."""
    try:
        return services.user_look()
    except RolemapError as error:
        st.warning(plain(str(error)))
        return DEFAULT_LOOK


@st.cache_data(
    max_entries=16,
    scope="session",
    show_spinner="Drawing the themes",
    hash_funcs={Resume: Resume.model_dump_json, Look: Look.model_dump_json},
)
def _pictures(resume: Resume, look: Look) -> list[services.ThemePicture]:
    return services.theme_pictures(resume, look)


def _options(look: Look) -> Look:
    style = style_of(look)
    left, middle, right = st.columns(3)
    changes: dict[str, Any] = {}
    with left:
        paper = st.radio("Paper", list(PAPERS), index=int(look.paper != "a4"), horizontal=True, **_kept("paper"))
        changes["paper"] = PAPERS[paper or "A4"]
        accent = st.color_picker("Accent", style.accent, **_kept(f"accent.{look.theme}"))
        changes["accent"] = accent if accent != style.accent else look.accent
        faces = [_OWN, *FACES]
        face = st.selectbox("Face", faces, index=faces.index(look.face or _OWN), **_kept("face"))
        changes["face"] = None if face == _OWN else face
    with middle:
        size = st.slider("Size of text, points", 8.0, 13.0, style.size, 0.5, **_kept(f"size.{look.theme}"))
        changes["size"] = size if size != style.size else look.size
        margins = st.slider("Margins, cm", 1.0, 3.5, style.margin, 0.1, **_kept(f"margins.{look.theme}"))
        changes["margins"] = margins if margins != style.margin else look.margins
        fits = ["As many as it takes", "One", "Two"]
        fit = st.selectbox("Pages", fits, index=look.pages or 0, **_kept("pages"))
        changes["pages"] = fits.index(fit) or None
    with right:
        dates = st.selectbox("Dates", DATE_FORMATS, index=DATE_FORMATS.index(look.date_format), **_kept("dates"))
        changes["date_format"] = dates
        changes["employer_first"] = st.toggle("Employer before position", look.employer_first, **_kept("employer"))
        usual = st.toggle("Usual headings", look.headings == "usual", **_kept("headings"))
        changes["headings"] = "usual" if usual else "own"
        behind = st.toggle("Links behind names", look.links == "behind", **_kept("links"))
        changes["links"] = "behind" if behind else "shown"
        numbered = st.toggle("Number the pages", style.has_page_numbers, **_kept(f"numbers.{look.theme}"))
        names = st.selectbox("Files are named", FILE_NAMES, index=FILE_NAMES.index(look.file_names), **_kept("names"))
        changes["file_names"] = names
        changes["page_numbers"] = numbered if numbered != style.has_page_numbers else look.page_numbers
    return look.model_copy(update=changes)


def _kept(name: str) -> dict[str, Any]:
    """Return what a widget needs to keep its value while another step is shown."""
    return {"key": f"resume_variants.look.{name}", "persist_state": "session"}
