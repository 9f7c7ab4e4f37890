"""The dashboard: which pages there are, in the order of the work."""

import streamlit as st

from pages.ui import session, work
from pages.ui.links import ICON

PAGES = [
    st.Page("pages/start_here.py", title="Start", icon=ICON["start_here"], url_path="start", default=True),
    st.Page("pages/browse_vacancies.py", title="Vacancies", icon=ICON["browse_vacancies"], url_path="browse-vacancies"),
    st.Page("pages/role_clusters.py", title="Clusters", icon=ICON["role_clusters"], url_path="role-clusters"),
    st.Page("pages/keyword_taxonomy.py", title="Taxonomy", icon=ICON["keyword_taxonomy"], url_path="keyword-taxonomy"),
    st.Page("pages/resume_variants.py", title="Resume", icon=ICON["resume_variants"], url_path="resume-variants"),
    st.Page("pages/job_match.py", title="Job match", icon=ICON["job_match"], url_path="job-match"),
    st.Page("pages/market_trends.py", title="Market trends", icon=ICON["market_trends"], url_path="market-trends"),
]

# Of the tab: a named icon would be fetched from another machine.
st.set_page_config(page_title="Rolemap", page_icon="🧭", layout="wide")
page = st.navigation(PAGES)
session.let_in()
session.show_place()
work.show_elsewhere()
page.run()
