"""The postings that fit a resume, each with why and what is missing, and the skills that would open more of them."""

from collections.abc import Collection, Mapping, Sequence

import pandas as pd
import streamlit as st

from pages.ui import charts, display, market_reading, match_display
from pages.ui.chart_frame import show_chart
from pages.ui.links import script_of
from pages.ui.marked_text import keyword_marks, marked_text
from pages.ui.reading import posting_text
from pages.ui.tables import percent, show_table
from pipeline import services
from pipeline.cluster_artifacts import ClusterArtifact
from pipeline.core import RolemapError
from pipeline.keyword_engine import extract_keywords_from_text
from pipeline.resume_generator import OPEN_SHARE, Showing
from pipeline.services import Advice, PostingFit, ResumeFit

HEIGHT = 500  # pixels of the list and of the posting beside it
SHOWN = 12  # keywords in a line
EXPLAINED = (
    "How often two stored postings that agree as much as your resume and this one are of one kind of role. It weighs "
    "what the posting names and your resume shows, and how alike the two read."
)


def known_besides(artifact: ClusterArtifact) -> list[str]:
    """Ask what the user has, though the resume does not show it; it is never added to the resume."""
    return st.multiselect(
        "I also know, though my resume does not say so",
        sorted(market_reading.offered_keywords(artifact)),
        format_func=market_reading.labelled(),
        key="my_fit.known",
        placeholder="Nothing else",
        help="Counted here only, and never added to your resume.",
        persist_state="session",
    )


def show_postings(found: ResumeFit, shown: Collection[str], new: Collection[str]) -> None:
    """Show the postings, new ones first, with one of them read beside the list."""
    try:
        wanted = services.read_marks().wanted
    except RolemapError as error:
        st.error(display.plain(str(error)))
        wanted = frozenset()
    listed = [posting for posting in found.postings if posting.id in shown]
    listed.sort(key=lambda posting: posting.id not in new)
    left, right = st.columns([3, 2])
    with left:
        event = show_table(
            fit_table(listed, new, wanted),
            {"Fit": percent(EXPLAINED), "Title": st.column_config.Column(width=230)},
            height=HEIGHT,
            on_select="rerun",
            selection_mode="single-cell",
            key="my_fit.table",
        )
        st.download_button(
            "CSV",
            lambda: services.fit_csv(found.model_copy(update={"postings": listed})),
            "my-fit.csv",
            "text/csv",
            on_click="ignore",
            key="my_fit.csv",
        )
    chosen = next((row for row, _ in event.selection.cells if row < len(listed)), 0)
    with right:
        _show_one(listed[chosen], found, is_wanted=listed[chosen].id in wanted)


def fit_table(postings: Sequence[PostingFit], new: Collection[str], wanted: Collection[str]) -> pd.DataFrame:
    """Return the postings with their fit and what is missing."""
    label = market_reading.labelled()
    rows = [
        (
            p.fit,
            p.title or p.id,
            p.company,
            ", ".join(map(label, p.missing)),
            f"{len(p.shown)} of {len(p.shown) + len(p.missing)}",
            p.place,
            p.posted_on,
            p.role_name,
            display.yearly_pay(p.pay),
            "new" if p.id in new else None,
            "wanted" if p.id in wanted else None,
        )
        for p in postings
    ]
    heads = ["Fit", "Title", "Company", "Missing", "Shown", "Place", "Posted", "Kind of role", "Pay a year", "New"]
    table = pd.DataFrame(rows, columns=[*heads, "Marked"])
    return table.drop(columns=[name for name in ("New", "Marked", "Pay a year") if table[name].isna().all()])


def _show_one(posting: PostingFit, found: ResumeFit, *, is_wanted: bool) -> None:
    text = posting_text(posting.id)
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.button(
            "Not wanted any more" if is_wanted else "I want this one",
            icon=":material/star:" if is_wanted else ":material/star_outline:",
            on_click=_mark,
            args=(posting.id, not is_wanted),
            key="my_fit.want",
        )
        if st.button("Match it, with the right variant", key="my_fit.match", disabled=text is None, type="primary"):
            st.session_state["job_match.text"] = text
            st.session_state[match_display.PART] = match_display.RESUME
            st.switch_page(script_of("job_match"))
    problem = st.session_state.pop("my_fit.problem", None)
    if problem:
        st.error(display.plain(problem))
    with st.container(height=HEIGHT - 56, border=True):
        st.markdown(f"**{display.plain(posting.title or posting.id)}**")
        details = (
            posting.company,
            posting.place,
            posting.posted_on and f"posted {posting.posted_on}",
            posting.role_name,
        )
        st.caption(display.plain(" · ".join(str(part) for part in details if part)))
        st.markdown(f"**{posting.fit:.0%} fit.** {in_words(posting)}")
        _keywords("Your resume shows", posting.shown, found.showings)
        _keywords("It does not show", posting.missing, {})
        _keywords("Also named", posting.others[:SHOWN], {})
        if text:
            shown = text[: display.SHOWN_CHARACTERS]
            st.markdown(marked_text(shown, keyword_marks(extract_keywords_from_text(shown), posting.shown)))
    st.caption("On green ground: what your resume shows. On grey: other keywords.")


def in_words(posting: PostingFit) -> str:
    """Say what the fit rests on."""
    count = len(posting.shown) + len(posting.missing)
    named = f"It asks for {count} things that are usual for its kind of role; your resume shows {len(posting.shown)}."
    if not count:
        named = "It names nothing that is usual for its kind of role."
    return named if posting.alike is None else f"{named} The two texts are {_alike(posting.alike)}."


def _alike(cosine: float) -> str:
    for least, words in ((0.75, "much alike"), (0.55, "fairly alike"), (0.35, "a little alike")):
        if cosine >= least:
            return words
    return "hardly alike"


def _keywords(label: str, keywords: Sequence[str], showings: Mapping[str, Sequence[Showing]]) -> None:
    if not keywords:
        return
    st.caption(label)
    display.keyword_badges(map(market_reading.labelled(), keywords))
    places = dict.fromkeys(found.where for keyword in keywords for found in showings.get(keyword, ()))
    if places:
        st.caption(display.plain(f"In: {'; '.join(list(places)[:5])}"))


def _mark(vacancy_id: str, is_wanted: bool) -> None:
    try:
        services.mark_wanted(vacancy_id, is_wanted=is_wanted)
    except RolemapError as error:
        st.session_state["my_fit.problem"] = str(error)


def show_advice(found: ResumeFit, shown: Collection[str]) -> None:
    """Show the skills that would open the most postings, one after the other."""
    advice = found.advice
    st.write(
        f"Of {found.near_count:,} postings near enough to your resume (a fit of {services.NEAR:.0%} or more), "
        f"{found.open_count:,} are open: your resume shows at least {OPEN_SHARE:.0%} of what they and their "
        "kind of role ask for."
    )
    if not advice:
        st.info("Nothing stands out: there are no near postings that a skill would open.")
        return
    chart, table = st.columns([2, 3])
    with chart:
        show_chart(
            "Which skills would open the most postings?",
            charts.advice_bars(advice),
            advice_table(advice),
            key="my_fit.advice",
            note="One after the other: each bar counts what the skill opens once those above it are learnt.",
        )
    with table:
        for step in advice:
            _show_step(step)
    st.caption(
        "Advice only: nothing is ever added to your resume. All near postings count here, whatever the question."
    )


def _show_step(step: Advice) -> None:
    pay = f", median pay {display.money(step.currency, step.pay)} a year" if step.pay and step.currency else ""
    asked = f"opens {step.opens:,}, asked for by {step.asking:,} near postings{pay}"
    st.markdown(f"**{display.plain(step.label)}**: {display.plain(asked)}")
    if step.example:
        st.text(f"“{step.example.sentence}” ({step.example.vacancy_id})")


def advice_table(advice: Sequence[Advice]) -> pd.DataFrame:
    """Return the advice with its counts."""
    rows = [(a.label, a.opens, a.asking, a.currency, a.pay, ", ".join(a.opened)) for a in advice]
    heads = ["Skill", "Opens", "Near postings that ask for it", "Currency", "Median pay", "Opened"]
    return pd.DataFrame(rows, columns=heads)
