"""Which kinds of role get a variant: how far the resume bears out each, and one job description besides."""

from collections.abc import Sequence

import streamlit as st

from pages.ui.display import plain
from pipeline import services
from pipeline.core import RolemapError
from pipeline.resume_generator import LINE, Demand, RoleFit, ThemeConfig

TICKED = "resume_variants.ticked"  # what the user has ticked or unticked, by slug


def job_description() -> tuple[ThemeConfig, dict[str, Demand]] | None:
    """Return the job description of this session as one more thing to make a variant for; None without."""
    text = str(st.session_state.get("resume_variants.job_text") or "")
    if not text.strip():
        return None
    try:
        return services.job_theme(text, str(st.session_state.get("resume_variants.job_title") or ""))
    except RolemapError as error:
        st.warning(plain(str(error)))
        return None


def is_ticked(fit: RoleFit) -> bool:
    """Tell whether a role gets a variant: as the user has it, else whether the resume bears it out."""
    return bool(st.session_state.get(TICKED, {}).get(fit.slug, fit.is_fitting or fit.slug == services.JOB_SLUG))


def choose_roles(fits: Sequence[RoleFit]) -> None:
    """Let the user tick the roles, those that the resume bears out most first."""
    st.caption(f"Ticked is what your resume bears out: at least {LINE}.")
    for fit in sorted(fits, key=lambda fit: -fit.share):
        was = is_ticked(fit)
        now = st.checkbox(plain(fit.name), was, key=f"{TICKED}.{fit.slug}")
        st.caption(plain(str(fit)))
        if now != was:
            st.session_state[TICKED] = {**st.session_state.get(TICKED, {}), fit.slug: now}
            st.rerun()
    with st.expander("Also for one job description"):
        st.text_input("Its title, for the names of the files", key="resume_variants.job_title", persist_state="session")
        st.text_area("Its text", key="resume_variants.job_text", height=160, persist_state="session")
