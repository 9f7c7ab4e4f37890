"""The fit of the session's resume, found beside the page and kept; what is new since the visit before."""

import json
from collections.abc import Collection

import streamlit as st

from pages.ui import market_reading, work
from pages.ui.reading import file_states, stored_corpus
from pages.ui.resume_reading import loaded_resume
from pipeline import services
from pipeline.core import RolemapError, content_key, get_settings
from pipeline.report import mentions_of
from pipeline.resumes import Resume
from pipeline.services import ResumeFit

FITTING = "fitting"
_VISIT = "my_fit.visit"  # what was new when this session first looked, by workspace


def fit_at_hand() -> ResumeFit | None:
    """Return what was last found of the fit of the session's resume; None where nothing was, or not of this resume."""
    try:
        base = loaded_resume()
    except RolemapError:
        return None
    found = work.mine(FITTING, _key(base.reading.resume, ())) if base else None
    fit: ResumeFit | None = found.result if found else None
    return fit


def _key(resume: Resume, known: Collection[str]) -> str:
    return content_key(resume.model_dump_json(), *sorted(known), json.dumps(file_states()))


def find_fit(resume: Resume, known: Collection[str]) -> ResumeFit | None:
    """Return how the stored postings fit a resume; None until that is found, which the page then shows."""
    key = _key(resume, known)
    if work.mine(FITTING, key) is None:
        reader = market_reading.keyword_reader()
        work.start(
            FITTING,
            "Holding your resume against the postings",
            lambda report: services.fit_postings(
                resume, mentions=mentions_of(reader.hits()), known=known, on_progress=report
            ),
            key=key,
        )
    found: ResumeFit | None = work.result_of(FITTING, key)
    return found


def new_postings() -> frozenset[str]:
    """Return the postings that are new since the visit before this session."""
    home = get_settings().home
    visits: dict[object, frozenset[str]] = st.session_state.setdefault(_VISIT, {})
    if home not in visits:
        try:
            visits[home] = services.visit({vacancy.id for vacancy in stored_corpus().vacancies})
        except RolemapError:
            visits[home] = frozenset()
    return visits[home]


def unseen() -> frozenset[str]:
    """Return the stored postings that were not there when somebody last looked at the fit; none before that."""
    try:
        seen = services.read_marks().seen
    except RolemapError:
        return frozenset()
    return frozenset() if seen is None else frozenset({vacancy.id for vacancy in stored_corpus().vacancies} - seen)
