"""The categories and their keywords, counted over the stored postings."""

import pandas as pd
import streamlit as st

from pages.ui import charts
from pages.ui.reading import artifact_or_stop, keyword_report
from pipeline import services
from pipeline.cluster_artifacts import GENERAL
from pipeline.errors import RolemapError

st.title("Taxonomy")
artifact = artifact_or_stop("Categories")
try:
    report = keyword_report()
except RolemapError as error:
    st.error(str(error))
    st.stop()
names = {cluster.slug: cluster.name for cluster in artifact.clusters} | {GENERAL: "General"}

st.subheader("Which keywords belong to which kind of role?")
st.plotly_chart(
    charts.taxonomy_treemap(report, names, charts.cluster_colours(artifact)), key="keyword_taxonomy.treemap"
)
st.caption(
    "Areas grow with the number of postings that name a keyword. A keyword belongs to the kind of role it marks out most; what marks none out is general."
)

rows = [
    (
        names.get(slug, slug),
        c.keyword,
        c.kind,
        c.vacancy_count,
        c.share,
        c.lift,
        c.evidence[0].sentence if c.evidence else "",
    )
    for slug, counts in report.categories.items()
    for c in counts
]
table = pd.DataFrame(
    rows, columns=["Kind of role", "Keyword", "What it is", "Postings", "Share", "Lift", "For example"]
)
search, kinds = st.columns([2, 3])
wanted = search.text_input("Search keywords", key="keyword_taxonomy.search")
chosen = kinds.multiselect("Kinds of role", list(dict.fromkeys(table["Kind of role"])), key="keyword_taxonomy.kinds")
if wanted:
    table = table[table["Keyword"].str.contains(wanted.strip().lower(), regex=False)]
if chosen:
    table = table[table["Kind of role"].isin(chosen)]
st.dataframe(
    table,
    hide_index=True,
    width="stretch",
    column_config={
        "Share": st.column_config.NumberColumn(format="percent", help="Of all stored postings"),
        "Lift": st.column_config.NumberColumn(
            format="%.1f×", help="How much more often this kind of role asks for it than the others"
        ),
    },
)
st.download_button(
    "Download as CSV",
    services.report_csv(report),
    "taxonomy.csv",
    "text/csv",
    on_click="ignore",
    key="keyword_taxonomy.download",
)
