"""All stored postings as seen from one's resume: which fit best and why, what is new, what to learn next."""

import streamlit as st

from pages.ui import fit_reading, fit_views, market_reading, question_bar
from pages.ui.display import plain
from pages.ui.links import link
from pages.ui.reading import artifact_or_stop, is_unstored, say_unstored
from pages.ui.resume_reading import loaded_resume, resume_in_use
from pipeline.core import RolemapError
from pipeline.report import admitted

POSTINGS, LEARN = "Postings that fit", "What to learn next"

st.title("My fit")
try:
    base = loaded_resume()
except RolemapError as error:
    st.error(plain(str(error)))
    st.stop()
if base is None:
    st.write(
        "With your resume at hand, every stored posting stands here by how well it fits, with what it asks for that "
        "your resume does not show, and the few skills that would open the most of them."
    )
    base = resume_in_use()
artifact = artifact_or_stop("Fits")
if is_unstored(artifact):
    say_unstored("none is held against your resume here", "fit --resume RESUME")
    st.stop()
if base is None:
    st.stop()
with st.container(horizontal=True, vertical_alignment="center"):
    st.caption(f"For {plain(base.origin)}, which this page only reads.")
    link("resume_variants", "Another resume")

known = fit_views.known_besides(artifact)
found = fit_reading.find_fit(base.reading.resume, known)
if found is None:
    st.stop()
roles = market_reading.role_names(artifact)
facts = market_reading.posting_facts(artifact, is_named=False)
question = question_bar.ask(facts.values(), roles, market_reading.offered_keywords(artifact))
shown = admitted(market_reading.posting_facts(artifact, is_named=bool(question.keywords)), question)
question_bar.show_count(question, len(shown), len(facts), roles)
part = st.segmented_control(
    "Look at", [POSTINGS, LEARN], default=POSTINGS, key="my_fit.part", required=True, label_visibility="collapsed"
)
for notice in found.notices:
    st.caption(plain(notice))
if not shown:
    st.stop()
if part == LEARN:
    fit_views.show_advice(found, shown)
else:
    fit_views.show_postings(found, shown, fit_reading.new_postings())
