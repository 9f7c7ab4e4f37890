"""Where things stand, and the next step."""

import streamlit as st

from pages.ui.display import plain
from pages.ui.reading import stored_corpus
from pipeline import services
from pipeline.cluster_artifacts import get_cluster_categories
from pipeline.errors import RolemapError

st.title("Rolemap")
st.write(
    "Which kinds of role is the market hiring for, and what does each ask for? Rolemap finds out from the postings "
    "you collect."
)

corpus = stored_corpus()
try:
    artifact, problem = services.find_artifact(), None
except RolemapError as error:
    artifact, problem = None, str(error)

left, middle, right = st.columns(3)
left.metric("Postings stored", f"{len(corpus.vacancies):,}", border=True)
middle.metric("Kinds of role found", f"{len(artifact.clusters):,}" if artifact else "none yet", border=True)
right.metric(
    "Keywords in the taxonomy",
    f"{sum(len(c.keywords) for c in get_cluster_categories(artifact)):,}" if artifact else "none yet",
    border=True,
)

if problem:
    st.error(problem, icon="⚠️")

st.subheader("Next step")
if not corpus.vacancies:
    st.write("Add the job postings you want to understand.")
    st.page_link("pages/browse_vacancies.py", label="Add postings", icon="📄")
elif artifact is None:
    st.write("Find the kinds of role in the stored postings.")
    st.page_link("pages/role_clusters.py", label="Cluster the postings", icon="🗺️")
else:
    st.write("Look at the kinds of role, then at what each asks for.")
    st.page_link("pages/role_clusters.py", label="See the clusters", icon="🗺️")
    st.page_link("pages/keyword_taxonomy.py", label="See the taxonomy", icon="🏷️")
    st.subheader("The kinds of role")
    for cluster in artifact.clusters:
        st.markdown(f"**{plain(cluster.name)}**  \n{plain(cluster.summary)}")
