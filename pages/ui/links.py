"""Ways from one page to another, each with the icon that the menu shows."""

from pathlib import Path

import streamlit as st

_VIEWS = Path(__file__).resolve().parent.parent / "views"

ICON = {
    "start_here": ":material/home:",
    "browse_vacancies": ":material/description:",
    "role_clusters": ":material/scatter_plot:",
    "keyword_taxonomy": ":material/sell:",
    "resume_variants": ":material/badge:",
    "my_fit": ":material/person_search:",
    "job_match": ":material/target:",
    "compare_markets": ":material/compare_arrows:",
    "market_trends": ":material/trending_up:",
}


def script_of(page: str) -> Path:
    """Return where the script of a page lies."""
    return _VIEWS / f"{page}.py"


def link(page: str, label: str) -> None:
    """Offer the way to a page."""
    st.page_link(script_of(page), label=label, icon=ICON[page], width="content")
