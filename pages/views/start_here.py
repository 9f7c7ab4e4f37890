"""Where things stand, the next step, and the way to the samples and back."""

from collections.abc import Callable

import streamlit as st

from pages.ui import clustering_controls, fit_reading, market_map, market_reading, own_data, session
from pages.ui.display import plain
from pages.ui.links import link
from pages.ui.reading import is_outdated, samples_among, stored_corpus
from pages.ui.resume_reading import loaded_resume, use_sample_resume
from pipeline import services
from pipeline.cluster_artifacts import Cluster, ClusterArtifact
from pipeline.core import RolemapError
from pipeline.keyword_engine import keyword_label
from pipeline.market_trends import pay_by_role
from pipeline.postings import Corpus

TILE = 184  # pixels: two side by side on a telephone
SHOWN = 8  # kinds of role before the rest is folded away
MARKS = 5  # keywords that mark one out
MAP_HEIGHT = 400  # pixels


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
    tiles = st.container(horizontal=True)
    tiles.metric("Postings stored", f"{len(corpus.vacancies):,}", border=True, width=TILE)
    tiles.metric(
        "Kinds of role found", f"{len(artifact.clusters):,}" if artifact else "None yet", border=True, width=TILE
    )
    origin = plain(resume) if resume else None
    tiles.metric("Resume", "Loaded" if resume else "None yet", border=True, width=TILE, help=origin)
    tiles.metric(
        "Language model",
        "Set up" if destination else "Off",
        border=True,
        width=TILE,
        help=plain(f"Texts go to {destination} only where you ask for it, and the page then says what is sent.")
        if destination
        else "Everything works without one, and your texts stay on this machine. The README says how to set one up.",
    )
    st.caption(f"Postings and kinds of role: {session.whose()}. Your resume: this browser session only.")


def show_next_step(corpus: Corpus, artifact: ClusterArtifact | None, resume: str | None) -> None:
    st.subheader("Next step")
    if clustering_controls.show_run():
        return
    if not corpus.vacancies:
        st.write("Add the job postings you want to understand, or see first how it looks with the sample postings.")
        with st.container(horizontal=True, vertical_alignment="center"):
            if services.can_open_samples() and not session.is_at_samples():
                st.button("Try it with the samples", type="primary", on_click=try_samples, key="start_here.samples")
            link("browse_vacancies", "Add postings")
    elif artifact is None:
        st.write("Find the kinds of role in the stored postings; that takes about a minute for a hundred.")
        with st.container(horizontal=True, vertical_alignment="center"):
            st.button("Cluster the postings", type="primary", on_click=cluster, key="start_here.cluster")
            link("role_clusters", "Choose how many first")
    elif is_outdated(artifact):
        st.write("The postings have changed since the kinds of role were found. Take the changes in.")
        st.button(
            "Cluster again",
            type="primary",
            on_click=clustering_controls.run_again,
            args=(artifact,),
            key="start_here.cluster",
        )
    elif resume is None:
        st.write("Bring your resume: you get one variant for each kind of role, in your own words.")
        with st.container(horizontal=True, vertical_alignment="center"):
            st.button("Use a sample resume", on_click=use_sample_resume, key="start_here.resume")
            link("resume_variants", "Upload your resume")
    else:
        st.write("Everything is there. Make the variants of your resume, or see what a single posting asks for.")
        with st.container(horizontal=True, vertical_alignment="center"):
            link("resume_variants", "Make the variants")
            link("job_match", "Match a job description")


def show_overview(artifact: ClusterArtifact) -> None:
    """Show the market at a glance: the map, and each kind of role with its share, its pay and what marks it out."""
    facts = market_reading.posting_facts(artifact, is_named=False)
    new = fit_reading.count_new()
    if new:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(f"**{new:,} new postings** since you last looked at your fit.")
            link("my_fit", "See which fit")
    drawn, listed = st.columns([3, 2])
    with drawn:
        if artifact.map:
            figure = market_map.market_map(artifact, facts, market_map.MapView(facts.keys()))
            figure.update_layout(height=MAP_HEIGHT, dragmode=False)
            words = f"Map of {len(facts):,} postings in {len(artifact.clusters)} kinds of role."
            st.plotly_chart(figure, key="start_here.map", config={"displayModeBar": False}, alt=words)
    with listed:
        show_clusters(artifact, artifact.clusters[:SHOWN])
        if artifact.clusters[SHOWN:]:
            with st.expander(f"{len(artifact.clusters) - SHOWN} more"):
                show_clusters(artifact, artifact.clusters[SHOWN:])


def show_clusters(artifact: ClusterArtifact, clusters: list[Cluster]) -> None:
    facts = market_reading.posting_facts(artifact, is_named=False)
    total = max(1, sum(len(cluster.vacancy_ids) for cluster in artifact.clusters))
    pay = {each.slug: each for each in pay_by_role(artifact.clusters, facts, facts)}
    for found in clusters:
        share = f"{len(found.vacancy_ids):,} postings, {len(found.vacancy_ids) / total:.0%}"
        known = pay.get(found.slug)
        paid = f", median {known.currency} {known.median:,.0f} a year" if known else ""
        marks = ", ".join(keyword_label(keyword, artifact.labels) for keyword in found.top_keywords[:MARKS])
        st.markdown(f"**{plain(found.name)}**: {plain(share + paid)}  \n:small[{plain(marks)}]")


def show_places() -> None:
    """Offer the way between a person's own postings and the samples."""
    count = 0 if session.is_at_samples() else samples_among()
    if session.is_at_samples():
        st.subheader("Samples")
        st.caption("You are looking at the samples. Your own postings and clusters are as you left them.")
        st.button("Back to my own postings", on_click=session.go_to_own, key="start_here.own")
    elif count:
        st.subheader("Samples")
        st.caption(
            f"{count} of the stored files are samples that came with Rolemap. Set them aside to work with your own "
            "postings; their clusters are kept, and both are one click away."
        )
        st.button(
            "Work with my own postings",
            on_click=lambda: _or_say(set_samples_aside),
            key="start_here.aside",
            help="For everyone who uses this workspace. No file is deleted.",
        )
    elif services.can_open_samples() and stored_corpus().vacancies:
        st.subheader("Samples")
        st.caption("The sample postings are in a place of their own, and never mix with yours.")
        st.button("Look at the samples", on_click=try_samples, key="start_here.samples")


st.title("Rolemap")
st.write(
    "Which kinds of role is the market hiring for, and what does each ask for? Rolemap finds out from the postings "
    "you collect, and puts your resume in the order that each kind of role asks for."
)
problem = st.session_state.pop("start_here.problem", None)
corpus = stored_corpus()
artifact = None
try:
    artifact = services.find_artifact()
    base = loaded_resume()
except RolemapError as error:
    problem, base = problem or str(error), None
if problem:
    st.error(plain(problem), icon=":material/warning:")

origin = base.origin if base else None
show_standing(corpus, artifact, origin)
show_next_step(corpus, artifact, origin)
if artifact is not None:
    st.subheader("The market at a glance")
    show_overview(artifact)
    with st.container(horizontal=True, vertical_alignment="center"):
        link("role_clusters", "See the clusters")
        link("my_fit", "See what fits me")
        link("keyword_taxonomy", "See the taxonomy")
        link("market_trends", "See the trends")
show_places()
own_data.show()
