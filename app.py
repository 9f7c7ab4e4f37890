"""The dashboard: which pages there are, in the order of the work."""

import streamlit as st

from pages.ui import session, work
from pages.ui.links import ICON

# Scripts of `pages/views`, with title and address. Streamlit finds `pages/*.py` by itself, under addresses of its
# own, and a first visit there would meet a menu that is not ours; one folder deeper it finds none.
PAGES = {
    "start_here": ("Start", "start"),
    "browse_vacancies": ("Vacancies", "browse-vacancies"),
    "role_clusters": ("Clusters", "role-clusters"),
    "keyword_taxonomy": ("Taxonomy", "keyword-taxonomy"),
    "resume_variants": ("Resume", "resume-variants"),
    "job_match": ("Job match", "job-match"),
    "market_trends": ("Market trends", "market-trends"),
}

# Of the tab: a named icon would be fetched from another machine.
st.set_page_config(page_title="Rolemap", page_icon="🧭", layout="wide")
page = st.navigation(
    [
        st.Page(f"pages/views/{script}.py", title=title, icon=ICON[script], url_path=address, default=not place)
        for place, (script, (title, address)) in enumerate(PAGES.items())
    ]
)
session.let_in()
session.show_place()
work.show_elsewhere()
page.run()
