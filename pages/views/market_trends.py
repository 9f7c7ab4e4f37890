"""What the market asks for more and less: trends of the dated postings, and a model's opinion beside them."""

import pandas as pd
import streamlit as st

from pages.ui import display, fact_views, market_reading, question_bar, trend_views
from pages.ui.colours import cluster_colours, colours_of
from pages.ui.links import link
from pages.ui.tables import show_table
from pipeline import services
from pipeline.cluster_artifacts import GENERAL
from pipeline.core import RolemapError
from pipeline.market_trends import ModelOpinion, TrendCorpus, TrendReport

MORE_AND_LESS, ROLES, ONE = "More and less", "Kinds of role", "One keyword"
FACTS, ALL, MODEL = "Pay, place, level", "Every keyword", "A model's opinion"


def show_opinion(report: TrendReport, corpus: TrendCorpus, state: tuple[object, ...]) -> None:
    st.subheader("What does a language model think?")
    if services.model_destination() is None:
        st.caption("No language model is set up, and none is needed for what stands above. The README says how.")
        return
    st.caption(display.plain(services.trends_consent()))
    if st.button("Ask the model", key="market_trends.ask"):
        with st.spinner("Asking the model"):
            asked = services.with_opinion(report, corpus)
        st.session_state["market_trends.opinion"] = (state, asked.opinion)
    asked_for, opinion = st.session_state.get("market_trends.opinion", (None, None))
    if asked_for == state and isinstance(opinion, ModelOpinion):
        if opinion.notice:
            st.warning(display.plain(opinion.notice))
            return
        st.caption("This is the model's opinion, set beside what the postings say.")
        rows = [
            {
                "Skill": each.skill.name,
                "Kind of role": each.skill.category,
                "The model says": each.skill.direction,
                "The postings": each.verdict,
                "Postings": each.vacancy_count,
                "Confidence": each.skill.confidence,
                "The model's reason": each.skill.reason,
            }
            for each in opinion.skills
        ]
        show_table(pd.DataFrame(rows))


@st.fragment
def show_trends(corpus: TrendCorpus, state: tuple[object, object]) -> None:
    """Show what answers the question. A change of it runs this and nothing else of the page."""
    clusters = market_reading.usable_artifact()
    groups = market_reading.role_names(clusters) if clusters else corpus.roles
    chosen = question_bar.ask((posting.facts for posting in corpus.postings), groups, corpus.kinds)
    passing = corpus.where(chosen)
    question_bar.show_count(chosen, len(passing.postings), len(corpus.postings), groups, "dated postings")
    part = st.segmented_control(
        "Look at",
        [MORE_AND_LESS, ROLES, ONE, FACTS, ALL, MODEL],
        default=MORE_AND_LESS,
        key="market_trends.part",
        required=True,
        label_visibility="collapsed",
        persist_state="session",
    )
    if not passing.postings:
        return
    try:
        report = market_reading.keyword_reader().trends(services.query_of(chosen))
    except RolemapError as error:
        st.info(display.plain(str(error)))
        return
    for notice in report.notices:
        st.caption(display.plain(notice))
    names = dict(corpus.roles) | {GENERAL: "General"}
    show_part(part or MORE_AND_LESS, report, passing, names)
    if part == MODEL:
        show_opinion(report, corpus, (state, chosen))


def show_part(part: str, report: TrendReport, passing: TrendCorpus, names: dict[str, str]) -> None:
    """Show one part of what was found."""
    if part == MORE_AND_LESS:
        trend_views.show_directions(report)
    elif part == ROLES:
        artifact = market_reading.usable_artifact()
        colours = cluster_colours(artifact) if artifact else colours_of(passing.roles)
        trend_views.show_categories(report, colours, passing.part_months)
    elif part == ONE:
        trend_views.show_keyword(report, names, passing.part_months)
    elif part == FACTS:
        fact_views.show_facts_over_time(passing)
    elif part == ALL:
        trend_views.show_every_keyword(report, names)


st.title("Market trends")
state = (services.corpus_state(), services.artifact_state())
if not state[0]:
    st.info("No postings are stored here, and trends need dated ones from several months.")
    link("browse_vacancies", "Add postings")
    st.stop()
try:
    corpus = market_reading.keyword_reader().trend_corpus()
except RolemapError as error:
    st.info(display.plain(str(error)))
    st.stop()
show_trends(corpus, state)
