"""The script of the dashboard: which pages there are, in the order of the work, and what stands around each."""

from pathlib import Path

import streamlit as st

from pages.ui import session, work
from pages.ui.links import ICON, script_of

PAGES = {  # script in `pages/views`: title and address
    "start_here": ("Start", "start"),
    "browse_vacancies": ("Vacancies", "browse-vacancies"),
    "role_clusters": ("Clusters", "role-clusters"),
    "keyword_taxonomy": ("Taxonomy", "keyword-taxonomy"),
    "resume_variants": ("Resume", "resume-variants"),
    "my_fit": ("My fit", "my-fit"),
    "job_match": ("Job match", "job-match"),
    "compare_markets": ("Compare", "compare"),
    "market_trends": ("Market trends", "market-trends"),
}

# The chosen one of a row of choices is written in the first colour, which on dark ground is too faint to be read; and
# a page begins a hand below the top and ends a hand above the bottom.
STYLE = """<style>
button[data-variant="segmented_control"][data-selected] { color: inherit !important; font-weight: 600 }
[data-testid="stMainBlockContainer"] { padding-top: 4.5rem; padding-bottom: 2rem }
@media (min-width: 768px) { [data-testid="stMainBlockContainer"] { padding: 3rem 2.5rem 2rem } }
</style>"""


def show() -> None:
    """Show the page that the address names."""
    # Of the tab: a named icon would be fetched from another machine.
    st.set_page_config(page_title="Rolemap", page_icon="🧭", layout="wide")
    st.html(STYLE)
    st.logo(Path(__file__).with_name("logo.svg"), size="large")
    page = st.navigation(
        [
            st.Page(script_of(name), title=title, icon=ICON[name], url_path=address, default=not place)
            for place, (name, (title, address)) in enumerate(PAGES.items())
        ]
    )
    session.let_in()
    session.show_place()
    work.show_elsewhere()
    page.run()


if __name__ == "__main__":
    show()
