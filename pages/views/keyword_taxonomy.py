"""The categories and their keywords, counted over the stored postings."""

from functools import partial

import pandas as pd
import streamlit as st

from pages.ui import display, market_reading, question_bar, together_views
from pages.ui.chart_frame import show_chart
from pages.ui.colours import cluster_colours
from pages.ui.links import link
from pages.ui.reading import artifact_or_stop, say_unstored, stored_corpus
from pages.ui.tables import percent, show_table
from pages.ui.taxonomy_chart import taxonomy_treemap
from pipeline import services
from pipeline.cluster_artifacts import (
    GENERAL,
    ClusterArtifact,
    Overrides,
    get_cluster_categories,
    group_names,
    parents,
)
from pipeline.core import RolemapError
from pipeline.keyword_engine import keyword_label
from pipeline.report import admitted
from pipeline.taxonomy_links import NAMES

PICTURE, LIST, TOGETHER, EDIT = "Picture", "List", "Asked for together", "Edit the categories"
FORMATS = {
    "Share": percent("Of all stored postings"),
    "Lift": st.column_config.NumberColumn(
        format="%.1f×", help="How much more often this kind of role asks for it than the others"
    ),
}


def save(overrides: Overrides) -> None:
    """Keep the analyst's wishes and show the page with them."""
    try:
        services.change_overrides(overrides)
    except RolemapError as error:
        st.error(str(error))
        return
    st.rerun()


def edit_categories(artifact: ClusterArtifact) -> None:
    """Let the analyst rename a category, hide or move keywords, and add another spelling."""
    overrides = services.current_overrides()
    categories = get_cluster_categories(artifact)
    for slug in overrides.without_category(set(group_names(artifact))):
        st.warning(f"An earlier edit speaks of {display.plain(slug)}, which is no cluster any more.")
    names = {cluster.slug: cluster.name for cluster in artifact.clusters}
    slug = st.selectbox("Kind of role", list(names), format_func=names.__getitem__, key="keyword_taxonomy.edited")
    pool = next(c.keywords for c in categories if c.slug == slug)
    hidden = overrides.hidden.get(slug, [])
    label = partial(keyword_label, labels=artifact.labels)
    with st.form(f"keyword_taxonomy.rename.{slug}"):
        name = st.text_input("Name", names[slug])
        out = st.multiselect("Keywords left out", [*pool, *hidden], hidden, format_func=label)
        if st.form_submit_button("Save"):
            save((overrides.renaming(slug, name) if name != names[slug] else overrides).hiding(slug, out))
    with st.form("keyword_taxonomy.move", clear_on_submit=True):
        every = sorted({keyword for category in categories for keyword in category.keywords})
        keyword = st.selectbox("Keyword", every, format_func=label)
        target = st.selectbox("Belongs to", [*names, GENERAL], format_func=lambda s: names.get(s, "General"))
        alias = st.text_input("Also written as")
        if st.form_submit_button("Save"):
            save(overrides.aliasing(alias, keyword) if alias.strip() else overrides.moving(keyword, target))


def show_list(table: pd.DataFrame) -> None:
    """Show every keyword with its counts, to be searched and taken away."""
    search, kinds = st.columns([2, 3])
    wanted = search.text_input("Search keywords", key="keyword_taxonomy.search")
    roles = list(dict.fromkeys(table["Kind of role"]))
    chosen = kinds.multiselect("Kinds of role", roles, key="keyword_taxonomy.kinds", placeholder="Any")
    if wanted:
        table = table[table["Keyword"].str.contains(wanted.strip(), case=False, regex=False)]
    if chosen:
        table = table[table["Kind of role"].isin(chosen)]
    if table.empty:
        st.info("No keyword is spelled like that. Try a part of it, or other kinds of role.")
    else:
        show_table(table, FORMATS, height=560)
    st.download_button(
        "Download as CSV",
        services.report_csv(report),
        "taxonomy.csv",
        "text/csv",
        on_click="ignore",
        key="keyword_taxonomy.download",
    )


st.title("Taxonomy")
artifact = artifact_or_stop("Categories")
if not stored_corpus().vacancies:
    say_unstored("their keywords cannot be counted here", "analyze")
    link("browse_vacancies", "Add postings")
    st.stop()
report = market_reading.keyword_report()
names = {cluster.slug: cluster.name for cluster in artifact.clusters} | {GENERAL: "General"}

links = services.links_in_use()
rows = [
    (
        names.get(slug, slug),
        c.label,
        c.kind,
        c.vacancy_count,
        c.share,
        c.lift,
        c.evidence[0].sentence if c.evidence else "",
        *(found.label if (found := linked.keywords.get(c.keyword)) else None for linked in links.values()),
    )
    for slug, counts in report.categories.items()
    for c in counts
]
columns = ["Kind of role", "Keyword", "What it is", "Postings", "Share", "Lift", "For example"]
table = pd.DataFrame(rows, columns=[*columns, *(NAMES[name] for name in links)])
part = st.segmented_control(
    "Look at",
    [PICTURE, LIST, TOGETHER, EDIT],
    default=PICTURE,
    key="keyword_taxonomy.part",
    required=True,
    label_visibility="collapsed",
    persist_state="session",
)
if part == TOGETHER:
    facts = market_reading.posting_facts(artifact, is_named=True)
    roles = market_reading.role_names(artifact)
    question = question_bar.ask(facts.values(), roles, market_reading.offered_keywords(artifact))
    passing = [facts[i].keywords for i in sorted(admitted(facts, question))]
    question_bar.show_count(question, len(passing), len(facts), roles)
    if passing:
        together_views.show(passing)
elif part == EDIT:
    edit_categories(artifact)
elif part == LIST:
    show_list(table)
else:
    show_chart(
        "Which keywords belong to which kind of role?",
        taxonomy_treemap(report, names | group_names(artifact), cluster_colours(artifact), parents(artifact)),
        table,
        key="keyword_taxonomy.treemap",
        note="Areas grow with the number of postings that name a keyword. A keyword belongs to the kind of role it "
        "marks out most; what marks none out is general. Click a family or a kind of role to look closer, and its "
        "name to come back.",
        columns=FORMATS,
    )
