"""The dashboard: which pages there are, in the order of the work."""

import streamlit as st

from pages.ui import session, work

PAGES = [
    st.Page("pages/start_here.py", title="Start", icon=":material/home:", url_path="start", default=True),
    st.Page("pages/browse_vacancies.py", title="Vacancies", icon=":material/description:", url_path="browse-vacancies"),
    st.Page("pages/role_clusters.py", title="Clusters", icon=":material/scatter_plot:", url_path="role-clusters"),
    st.Page("pages/keyword_taxonomy.py", title="Taxonomy", icon=":material/sell:", url_path="keyword-taxonomy"),
    st.Page("pages/resume_variants.py", title="Resume", icon=":material/badge:", url_path="resume-variants"),
    st.Page("pages/job_match.py", title="Job match", icon=":material/target:", url_path="job-match"),
    st.Page("pages/market_trends.py", title="Market trends", icon=":material/trending_up:", url_path="market-trends"),
]

st.set_page_config(page_title="Rolemap", page_icon="🧭", layout="wide")
page = st.navigation(PAGES)
session.let_in()
session.show_place()
work.show_elsewhere()
page.run()
