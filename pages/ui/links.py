"""Ways from one page to another, each with the icon that the menu shows."""

import streamlit as st

ICON = {
    "start_here": ":material/home:",
    "browse_vacancies": ":material/description:",
    "role_clusters": ":material/scatter_plot:",
    "keyword_taxonomy": ":material/sell:",
    "resume_variants": ":material/badge:",
    "job_match": ":material/target:",
    "market_trends": ":material/trending_up:",
}


def link(page: str, label: str) -> None:
    """Offer the way to a page."""
    st.page_link(f"pages/views/{page}.py", label=label, icon=ICON[page], width="content")
