"""The stored postings that answer the question: searched, listed, read beside the list, set aside, taken away."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial

import pandas as pd
import streamlit as st

from pages.ui import display, market_reading, question_bar
from pages.ui.marked_text import WORD, keyword_marks, marked_text, word_marks
from pages.ui.reading import file_states, stored_corpus
from pages.ui.tables import show_table
from pipeline import services
from pipeline.core import RolemapError
from pipeline.keyword_engine import extract_keywords_from_text
from pipeline.market_trends import MarketQuestion, PostingFacts
from pipeline.postings import Corpus, Vacancy

PAGE = "browse_vacancies"
HEIGHT = 500  # pixels of the list and of the posting beside it
COLUMNS = (
    *("Title", "Company", "Place", "Posted", "Kind of role", "Level", "Place of work", "Pay a year", "Contract"),
    *("Country", "Language", "Gone", "File"),
)
SHOWN_AT_FIRST = ["Title", "Company", "Place", "Posted", "Kind of role"]


@st.cache_resource(max_entries=4, show_spinner="Reading what the postings state")
def _table(corpus: object, artifact: object, _roles: Mapping[str, str]) -> pd.DataFrame:
    """Return all stored postings with all columns, by id."""
    facts = market_reading.stored_facts(is_named=False)
    rows = [_row(vacancy, facts[vacancy.id], _roles) for vacancy in stored_corpus().vacancies]
    return pd.DataFrame(rows, columns=list(COLUMNS), index=[row[-1] for row in rows])


def _row(vacancy: Vacancy, facts: PostingFacts, roles: Mapping[str, str]) -> tuple[object, ...]:
    said = services.said
    return (
        *(vacancy.title, vacancy.company, vacancy.location, vacancy.posted_on, roles.get(facts.role)),
        *(said(facts.seniority), said(facts.workplace), display.yearly_pay(facts.facts.pay)),
        *(said(", ".join(sorted(facts.employment))), said(facts.country), said(facts.language)),
        *(vacancy.fields.get("gone_on"), vacancy.id),
    )


@st.fragment
def show(stored: Corpus) -> None:
    """Show the postings. A change of the question or the search runs this and nothing else of the page."""
    artifact = market_reading.usable_artifact()
    roles = market_reading.role_names(artifact) if artifact else {}
    facts = market_reading.stored_facts(is_named=False)
    keywords = market_reading.offered_keywords(artifact) if artifact else ()
    question = question_bar.ask(facts.values(), roles, keywords)
    search, more = st.columns([5, 2], vertical_alignment="bottom")
    words = search.text_input(
        "Search titles and texts",
        placeholder='kafka "data engineer" -senior',
        key=f"{PAGE}.search",
        help='Words that all must be there, phrases in "quotes", and a minus before what must not be.',
        persist_state="session",
    )
    with more.container(horizontal=True, vertical_alignment="bottom"):
        with st.popover("Columns"):
            chosen = st.multiselect("Columns", COLUMNS, SHOWN_AT_FIRST, key=f"{PAGE}.columns", persist_state="session")
        with st.popover("Set aside"):
            show_set_aside()
    ids = _found(stored, question, words)
    question_bar.show_count(question, len(ids), len(stored.vacancies), roles)
    if not ids:
        if words.strip():
            st.info("No posting has these words. Try fewer of them, or take a part of the question away.")
        return
    _show_list(ids, chosen or SHOWN_AT_FIRST, words, roles)


def _found(stored: Corpus, question: MarketQuestion, words: str) -> list[str]:
    """Return the postings that answer the question and hold the words, the best first; else the latest first."""
    facts = market_reading.stored_facts(is_named=bool(question.keywords))
    if services.parse_search(words).wanted:
        ids = market_reading.posting_index().search(words)
    else:
        dated = sorted(stored.vacancies, key=lambda v: (v.posted_on is None, v.posted_on and -v.posted_on.toordinal()))
        ids = [vacancy.id for vacancy in dated]
    return [i for i in ids if question.admit(facts[i])]


def _show_list(ids: Sequence[str], columns: Sequence[str], words: str, roles: Mapping[str, str]) -> None:
    table = _table(*file_states(), roles).loc[list(ids)]
    left, right = st.columns([3, 2])
    with left:
        event = show_table(
            table,
            {name: None for name in COLUMNS if name not in columns} | {"Title": st.column_config.Column(width=230)},
            height=HEIGHT,
            column_order=columns,
            on_select="rerun",
            selection_mode=["multi-row", "single-cell"],
            key=f"{PAGE}.table",
        )
        rows = [row for row in event.selection.rows if row < len(ids)]
        cells = [row for row, _ in event.selection.cells if row < len(ids)]
        _offer(ids, [ids[row] for row in rows], roles)
    with right:
        read = [*cells, *rows[-1:], 0][0]
        _show_posting(ids[read], words, roles)


def _offer(ids: Sequence[str], chosen: Sequence[str], roles: Mapping[str, str]) -> None:
    """Offer what can be done with the postings whose boxes are ticked; to take away, with all that are listed."""
    taken = list(chosen or ids)
    what = f"the {len(taken):,} chosen" if chosen else f"all {len(taken):,} listed"
    facts = market_reading.stored_facts(is_named=False)
    by_id = {vacancy.id: vacancy for vacancy in stored_corpus().vacancies}
    vacancies = [by_id[i] for i in taken]
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        for kind, mime in services.EXPORT_TYPES.items():
            st.download_button(
                kind.upper(),
                partial(services.export_postings, vacancies, facts, roles, kind),
                f"postings.{kind}",
                mime,
                on_click="ignore",
                key=f"{PAGE}.export.{kind}",
                help=f"Take {what} away, whole texts and what each states",
            )
        st.button(
            f"Set {len(chosen):,} aside" if chosen else "Set aside",
            on_click=_or_say,
            args=(lambda: services.set_aside(chosen),),
            disabled=not chosen,
            key=f"{PAGE}.set_aside",
            help="The ticked postings count nowhere any more, until you bring them back. No file is changed.",
        )
    long = services.too_long_for_a_cell(vacancies)
    if long:
        st.caption(f"In XLSX {long:,} of the texts end after {services.CELL_LIMIT:,} letters: no cell holds more.")


def show_set_aside() -> None:
    """List the postings that were set aside, with the way back."""
    try:
        ids = services.postings_set_aside()
    except RolemapError as error:
        st.error(display.plain(str(error)))
        return
    problem = st.session_state.pop(f"{PAGE}.problem", None)
    if problem:
        st.error(display.plain(problem))
    if not ids:
        st.caption("None. Postings that you set aside count nowhere, and stand here to be brought back.")
        return
    back = st.multiselect("Set aside", ids, key=f"{PAGE}.aside", placeholder="Choose which to bring back")
    st.button(
        "Bring back" if back else f"Bring all {len(ids):,} back",
        on_click=_or_say,
        args=(lambda: services.bring_back(back or ids),),
        key=f"{PAGE}.bring_back",
    )


def _or_say(step: Callable[[], object]) -> None:
    try:
        step()
    except RolemapError as error:
        st.session_state[f"{PAGE}.problem"] = str(error)


def _show_posting(vacancy_id: str, words: str, roles: Mapping[str, str]) -> None:
    """Show one posting beside the list, its keywords and the words that were searched marked."""
    vacancy = next(each for each in stored_corpus().vacancies if each.id == vacancy_id)
    facts = market_reading.stored_facts(is_named=False)[vacancy_id]
    with st.container(height=HEIGHT, border=True, key=f"{PAGE}.posting"):
        # The note's mark takes the focus, without which no key scrolls here.
        st.markdown(f"**{display.plain(vacancy.title or 'Untitled posting')}**", help=display.plain(vacancy.id))
        details = (
            *(vacancy.company, vacancy.location, f"posted {vacancy.posted_on}" if vacancy.posted_on else None),
            *(roles.get(facts.role), display.yearly_pay(facts.facts.pay)),
        )
        st.caption(display.plain(" · ".join(part for part in details if part)))
        text = vacancy.text[: display.SHOWN_CHARACTERS]
        marks = word_marks(text, services.parse_search(words).wanted)
        marks += keyword_marks(extract_keywords_from_text(text, None, vacancy.company), market_reading.pool(facts.role))
        st.markdown(marked_text(text, marks))
        if len(vacancy.text) > len(text):
            st.caption(f"The first {len(text):,} of {len(vacancy.text):,} characters.")
    legend = "On green ground: what this kind of role asks for. On grey: other keywords."
    st.caption(legend + (f" On {WORD}: what you search." if services.parse_search(words).wanted else ""))
