"""Where things stand, the next step, and the way to the samples and back."""

from collections.abc import Callable

import streamlit as st

from pages.ui import clustering_controls, overview, own_data, session
from pages.ui.display import plain
from pages.ui.links import link
from pages.ui.reading import UNSTORED, is_outdated, is_unstored, samples_among, stored_corpus
from pages.ui.resume_reading import loaded_resume, use_sample_resume
from pipeline import services
from pipeline.cluster_artifacts import ClusterArtifact
from pipeline.core import RolemapError
from pipeline.postings import Corpus


def try_samples() -> None:
    """Go to the samples, and have them clustered where they are not yet."""
    _or_say(session.go_to_samples)
    try:
        if session.is_at_samples() and services.find_artifact() is None:
            clustering_controls.run(None, use_llm=False)
    except RolemapError:
        return  # the page names a broken artifact by itself


def set_samples_aside() -> None:
    services.set_samples_aside(session.own_home())


def _or_say(step: Callable[[], object]) -> None:
    """Take a step that a button asks for; the page says why it could not be taken."""
    try:
        step()
    except RolemapError as error:
        st.session_state["start_here.problem"] = str(error)


def cluster() -> None:
    clustering_controls.run(None, use_llm=False)


def show_standing(corpus: Corpus, artifact: ClusterArtifact | None, resume: str | None) -> None:
    destination = services.model_destination()
    model = "Everything works without one, and your texts stay on this machine. The README says how to set one up."
    if destination:
        model = plain(f"Texts go to {destination} only where you ask for it, and the page then says what is sent.")
    tiles = st.container(horizontal=True, vertical_alignment="bottom")
    tiles.title("Rolemap", width="content")
    tiles.space("stretch")
    label, count = "Postings stored", len(corpus.vacancies)
    kept = f"Postings and kinds of role: {session.whose()}."
    if artifact and is_unstored(artifact):
        label, count = "Postings clustered", artifact.posting_count
        kept = f"{UNSTORED}. Pages show what the clusters keep of them."
    tiles.metric(label, f"{count:,}", width="content", help=kept)
    found = f"{len(artifact.clusters):,}" if artifact else "None yet"
    tiles.metric("Kinds of role found", found, width="content")
    whose = f"{plain(resume)}, in this browser session only" if resume else "Kept in this browser session only"
    tiles.metric("Resume", "Loaded" if resume else "None yet", width="content", help=whose)
    tiles.metric("Language model", "Set up" if destination else "Off", width="content", help=model)


def show_next_step(corpus: Corpus, artifact: ClusterArtifact | None, resume: str | None) -> None:
    """Say what comes next in one line, with its buttons."""
    if clustering_controls.show_run():
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        if not corpus.vacancies and (artifact is None or not is_unstored(artifact)):
            _step("Add the job postings you want to understand, or see first how it looks with the sample postings.")
            if services.can_open_samples() and not session.is_at_samples():
                st.button("Try it with the samples", type="primary", on_click=try_samples, key="start_here.samples")
            link("browse_vacancies", "Add postings")
        elif artifact is None:
            _step("Find the kinds of role in the stored postings; that takes about a minute for a hundred.")
            st.button("Cluster the postings", type="primary", on_click=cluster, key="start_here.cluster")
            link("role_clusters", "Choose how many first")
        elif corpus.vacancies and is_outdated(artifact):
            _step("The postings have changed since the kinds of role were found. Take the changes in.")
            st.button(
                "Cluster again",
                type="primary",
                on_click=clustering_controls.run_again,
                args=(artifact,),
                key="start_here.cluster",
            )
        elif resume is None:
            _step("Bring your resume: you get one variant for each kind of role, in your own words.")
            st.button("Use a sample resume", on_click=use_sample_resume, key="start_here.resume")
            link("resume_variants", "Upload your resume")
        else:
            _step("Everything is there. Make the variants of your resume, or see what a single posting asks for.")
            link("resume_variants", "Make the variants")
            link("job_match", "Match a job description")


def _step(words: str) -> None:
    st.markdown(f"**Next step.** {words}", width="content")


def show_places() -> None:
    """Offer the way between a person's own postings and the samples."""
    count = 0 if session.is_at_samples() else samples_among()
    with st.container(horizontal=True, vertical_alignment="center"):
        if session.is_at_samples():
            st.caption("You look at the samples. Your own postings are as you left them.", width="content")
            st.button("Back to my own postings", on_click=session.go_to_own, key="start_here.own")
        elif count:
            st.caption(f"{count} of the stored files are samples that came with Rolemap.", width="content")
            st.button(
                "Work with my own postings",
                on_click=lambda: _or_say(set_samples_aside),
                key="start_here.aside",
                help="Sets the samples aside, for everyone who uses this workspace. No file is deleted, their clusters "
                "are kept, and both are one click away.",
            )
        elif services.can_open_samples() and stored_corpus().vacancies:
            st.caption("The sample postings are in a place of their own, and never mix with yours.", width="content")
            st.button("Look at the samples", on_click=try_samples, key="start_here.samples")


problem = st.session_state.pop("start_here.problem", None)
corpus = stored_corpus()
artifact = None
try:
    artifact = services.find_drawable_artifact()
    base = loaded_resume()
except RolemapError as error:
    problem, base = problem or str(error), None
if problem:
    st.error(plain(problem), icon=":material/warning:")

show_standing(corpus, artifact, base.origin if base else None)
if artifact is None:
    st.write(
        "Which kinds of role is the market hiring for, and what does each ask for? Rolemap finds out from the postings "
        "you collect, and puts your resume in the order that each kind of role asks for."
    )
show_next_step(corpus, artifact, base.origin if base else None)
if artifact is not None:
    overview.show(artifact, base.reading.resume if base else None)
show_places()
own_data.show()
