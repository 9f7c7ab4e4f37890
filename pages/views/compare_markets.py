"""Two sets of postings side by side: what surely differs first."""

import streamlit as st

from pages.ui import compare_views, market_reading, question_bar
from pages.ui.compare_choice import Asked
from pages.ui.reading import artifact_or_stop
from pipeline.report import admitted

st.title("Compare")
artifact = artifact_or_stop("Comparisons", is_drawn=True)
roles = market_reading.role_names(artifact)
facts = market_reading.posting_facts(artifact, is_named=True)
question = question_bar.ask(facts.values(), roles, market_reading.offered_keywords(artifact))
shown = admitted(facts, question)
question_bar.show_count(question, len(shown), len(facts), roles, drawn_of=artifact.posting_count)
if shown:
    compare_views.show(Asked(artifact, facts, question))
