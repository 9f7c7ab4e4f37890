"""Job descriptions in: which kind of role each is, why, what is missing, and the resume to send."""

import json

import streamlit as st

from pages.ui import match_display, work
from pages.ui.chart_frame import show_chart
from pages.ui.colours import cluster_colours
from pages.ui.display import plain
from pages.ui.reading import artifact_or_stop
from pages.ui.resume_files import files_of, show_downloads
from pages.ui.resume_look import usual_look
from pages.ui.resume_order import show_gaps
from pages.ui.resume_reading import resume_in_use
from pages.ui.tables import percents, show_table
from pipeline import services
from pipeline.cluster_matcher import JobDescription, Match, clean_job_description
from pipeline.core import RolemapError, content_key
from pipeline.keyword_engine import extract_keywords_from_text, get_tech_taxonomy

MATCHING = "matching"
WHICH, WHY, RESUME, POSTING = "Which kind of role", "Why, and what it lacks", match_display.RESUME, "The posting"


def job_descriptions() -> list[JobDescription]:
    """Take a pasted text and uploads; say which could not be read."""
    paste, upload = st.columns([3, 2])
    text = paste.text_area("Paste a job description", key="job_match.text", height=110, persist_state="session")
    files = upload.file_uploader("Or upload several", accept_multiple_files=True, key="job_match.files")
    inputs = services.read_uploaded_jobs([(file.name, file.getvalue()) for file in files or []])
    for skip in inputs.skipped:
        st.warning(plain(f"{skip.id} was skipped: {skip.reason}"), icon=":material/skip_next:")
    jobs = list(inputs.jobs)
    if text.strip():
        try:
            jobs.insert(0, clean_job_description(text, name="pasted text"))
        except RolemapError as error:
            st.error(plain(str(error)))
    return jobs


def find_matches(jobs: list[JobDescription], is_semantic: bool) -> list[Match] | None:
    """Return the matches of all job descriptions, found beside the page; None until they are there."""
    documents = [job.model_dump_json() for job in jobs]
    key = content_key(str(is_semantic), state(), *documents)
    if work.mine(MATCHING, key) is None:
        work.start(
            MATCHING,
            "Matching",
            lambda report: services.match_all(jobs, use_semantic=is_semantic, on_progress=report),
            key=key,
        )
    matches: list[Match] | None = work.result_of(MATCHING, key)
    if matches is None and not work.is_running(MATCHING, key):
        st.button("Match again", on_click=work.forget, args=(MATCHING, key), key="job_match.again")
    return matches


def state() -> str:
    """Return what changes when the artifact or the stored postings do."""
    return json.dumps([services.artifact_state(), services.corpus_state()])


@st.cache_data(max_entries=32, scope="session", show_spinner="Matching")
def explained(document: str, is_semantic: bool, state: str) -> Match:
    job = JobDescription.model_validate_json(document)
    return services.match_jobs([job], use_semantic=is_semantic, is_explained=True)[0]


def choose(matches: list[Match]) -> int:
    """Show the matches of several job descriptions as a table, and return which one to look at."""
    show_table(match_display.matches_table(matches), percents(["Probability", "Of the second"]))
    st.download_button(
        "Download as CSV",
        services.matches_csv(matches),
        "matches.csv",
        "text/csv",
        on_click="ignore",
        key="job_match.csv",
    )
    return st.selectbox(
        "Look at one",
        range(len(matches)),
        format_func=lambda i: matches[i].title or matches[i].name,
        key="job_match.chosen",
    )


def show_verdict(match: Match) -> None:
    if match.best_cluster is None:
        st.warning(plain(services.verdict_sentence(match)), icon=":material/help:")
    else:
        st.success(plain(services.verdict_sentence(match)), icon=":material/target:")
    for notice in match.notices:
        st.info(plain(notice))


def show_ranking(match: Match) -> None:
    first = match.clusters[0]
    bars, figures = st.columns([3, 1])
    artifact = services.find_artifact()
    with bars:
        show_chart(
            "Which kind of role is this?",
            match_display.ranked_bars(match, cluster_colours(artifact) if artifact else {}),
            match_display.ranked_table(match),
            key="job_match.bars",
            columns=percents(["Probability"]),
        )
    figures.metric("Probability", f"{first.score:.0%}", border=True)
    figures.metric("Lead over the second", f"{match.margin:.0%}", border=True)
    typical = "The part of the stored postings that are no more typical of the corpus than this text"
    figures.metric("As typical as", f"{match.fit:.0%}", border=True, help=typical)


def show_reasons(match: Match) -> None:
    if match.best_cluster is None:
        st.info("It is no good match for any kind of role, so there is nothing to give reasons for.")
        return
    decided, similar = st.columns(2)
    with decided:
        match_display.show_reasons(match)
    with similar:
        match_display.show_similar(match)
    match_display.show_keywords(match)


def show_part(part: str, match: Match) -> None:
    if part == WHY:
        show_reasons(match)
    elif part == RESUME:
        show_resume(match)
    elif part == POSTING:
        show_posting(match)
    else:
        show_ranking(match)


def show_posting(match: Match) -> None:
    pool = get_tech_taxonomy().get(match.best_cluster or "", [])
    match_display.show_text(match.text, extract_keywords_from_text(match.text), pool)
    st.caption("On green ground: what this kind of role asks for. On grey: other keywords.")


def show_resume(match: Match) -> None:
    """Show what a resume has of this job, and offer it as the job's cluster asks for it and as the job itself does."""
    base = resume_in_use()
    if base is None:
        return
    resume = base.reading.resume
    gaps = services.resume_gap(resume, match)
    if gaps:
        show_gaps(gaps)
    variants = services.variants_for(resume, match)
    if variants:
        finished = files_of(variants, usual_look())
        names = {variant.slug: variant.name for variant in variants}
        slug = st.radio("Ordered for", list(names), format_func=names.__getitem__, key="job_match.variant")
        if finished:
            show_downloads(finished, slug)


st.title("Job match")
st.write("Which kind of role is this posting, how sure is that, and what would your resume still need?")
artifact_or_stop("Matches")
jobs = job_descriptions()
is_semantic = st.toggle(
    "Match by meaning, not by keywords alone", value=True, key="job_match.semantic", persist_state="session"
)
if not jobs:
    st.info("Paste a posting, or upload some: files with one each, or one a row. They are not stored.")
    st.stop()
matches = find_matches(jobs, is_semantic)
if matches is None:
    st.stop()
number = choose(matches) if len(matches) > 1 else 0
chosen = matches[0] if len(jobs) == 1 else explained(jobs[number].model_dump_json(), is_semantic, state())
show_verdict(chosen)
part = st.segmented_control(
    "Look at",
    [WHICH, WHY, RESUME, POSTING],
    default=WHICH,
    key=match_display.PART,
    required=True,
    label_visibility="collapsed",
    persist_state="session",
)
show_part(part, chosen)
