"""What was chosen for every role, saved as one file and brought back."""

import streamlit as st

from pages.ui.display import plain
from pages.ui.resume_look import LOOK, THEME
from pages.ui.resume_picks import SELECTIONS
from pages.ui.resume_reading import BASE
from pages.ui.resume_roles import TICKED
from pipeline import services
from pipeline.core import RolemapError

BROUGHT = "resume_variants.brought_set"  # which file was brought back last


def show_set(chosen: services.VariantSet) -> None:
    """Offer what was chosen as one file, for another day or for `generate --set`, and take such a file."""
    st.download_button(
        "Save what you chose",
        services.write_set(chosen),
        services.SET_NAME,
        "application/json",
        on_click="ignore",
        key="resume_variants.save_set",
        help="Your resume, the look, and what each kind of role gets.",
    )
    file = st.file_uploader("Bring back what you saved", type=["json"], key="resume_variants.set_file")
    if file is None or st.session_state.get(BROUGHT) == file.file_id:
        return
    st.session_state[BROUGHT] = file.file_id
    try:
        _restore(services.read_set(file.getvalue(), file.name), file.name)
    except RolemapError as error:
        st.error(plain(str(error)))
        return
    st.rerun()


def _restore(saved: services.VariantSet, name: str) -> None:
    st.session_state[BASE] = services.resume_of_set(saved, name)
    st.session_state[TICKED] = {role.slug: role.is_ticked for role in saved.roles}
    st.session_state[SELECTIONS] = {role.slug: role.selection for role in saved.roles}
    st.session_state[LOOK], st.session_state[THEME] = saved.look, saved.look.theme
