"""The question that stands at the top of every market page: one for all pages, in the address, kept under a name."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import date

import streamlit as st

from pages.ui import market_reading
from pages.ui.display import plain, shortened
from pipeline import services
from pipeline.core import EMPLOYMENTS, SENIORITIES, WORKPLACES, RolemapError, get_settings
from pipeline.market_trends import NOT_SAID, MarketQuestion, PostingFacts, in_words

ASKED = "question.asked"  # with the workspace it is asked of
WRITTEN = "question.written"  # what of it was last put into the address
PROBLEM = "question.problem"
LEVELS = (*(in_words(level) for level in SENIORITIES), NOT_SAID)
PLACES_OF_WORK = (*(in_words(place) for place in WORKPLACES), NOT_SAID)
CONTRACTS = (*(in_words(kind) for kind in EMPLOYMENTS), NOT_SAID)
WIDTH = 132  # pixels of a field: two side by side on a telephone
WIDE = 216
_FILED = "As the posting's file gives it"
_STATED = "As the posting itself states it"


def asked() -> MarketQuestion:
    """Return the question of this session: that of the address where it has changed, else the one carried along."""
    in_address = {name: st.query_params.get_all(name) for name in services.PARAMETERS if name in st.query_params}
    if in_address and in_address != st.session_state.get(WRITTEN):
        put(services.question_of(in_address))
        st.session_state[WRITTEN] = in_address
    home, question = st.session_state.get(ASKED, (None, None))
    if home != get_settings().home or not isinstance(question, MarketQuestion):
        question = MarketQuestion()
    return question


def put(question: MarketQuestion) -> None:
    """Ask another question from now on."""
    st.session_state[ASKED] = (get_settings().home, question)


def _change(name: str, taken: Callable[[], object]) -> None:
    """Take over what the user has just set in one field."""
    put(asked().model_copy(update={name: taken()}))


def ask(postings: Iterable[PostingFacts], roles: Mapping[str, str], keywords: Collection[str]) -> MarketQuestion:
    """Show the question with the values that the postings have, and return it.

    `roles` names the kinds of role; `keywords` are those that the postings name, in any order.
    """
    known, question = list(postings), asked()
    fields = _Fields(question)
    with st.container(border=True, gap="small"):
        with st.container(horizontal=True, vertical_alignment="bottom", gap="xsmall"):
            fields.choose("roles", "Kind of role", set(roles), list(roles), "", lambda slug: roles.get(slug, slug))
            fields.choose("seniorities", "Seniority", {fact.seniority for fact in known}, LEVELS)
            fields.choose("places", "Place", {name for fact in known for name in fact.place_names}, note=_FILED)
            names = "A posting must name each of them."
            fields.choose("keywords", "Keyword", set(keywords), note=names, shown=market_reading.labelled())
            fields.days([fact.posted_on for fact in known if fact.posted_on])
            with st.popover("More", key="question.more"):
                _more(fields, known)
            with st.popover("Views", key="question.views"):
                _views(question)
        _say_problem()
    _write(question)
    return question


def _more(fields: "_Fields", known: Sequence[PostingFacts]) -> None:
    left, right = st.columns(2)
    with left:
        fields.choose("companies", "Company", {fact.company for fact in known}, note=_FILED)
        fields.choose("workplaces", "Place of work", {fact.workplace for fact in known}, PLACES_OF_WORK)
        fields.choose("employments", "Contract", {kind for fact in known for kind in fact.employment}, CONTRACTS)
    with right:
        fields.choose("countries", "Country", {fact.country for fact in known})
        fields.choose("languages", "Language", {fact.language for fact in known})
        fields.choose("pays", "Pay stated in", {fact.pay for fact in known})
    fields.pay()


class _Fields:
    """The fields of a question; what was asked stays an option even where no posting at hand has it."""

    def __init__(self, question: MarketQuestion) -> None:
        self.question = question

    def choose(
        self,
        name: str,
        label: str,
        known: Collection[str | None],
        order: Sequence[str] = (),
        note: str = _STATED,
        shown: Callable[[str], str] = str,
    ) -> None:
        """Show one field with its values, in an order of their own where they have one."""
        chosen: frozenset[str] = getattr(self.question, name)
        values = {each for each in known if each} | chosen
        options = [each for each in order if each in values]
        options += sorted(values - set(options), key=str.casefold)
        key = f"question.{name}"
        st.session_state[key] = [each for each in options if each in chosen]
        st.multiselect(
            label,
            options,
            key=key,
            format_func=shown,
            placeholder="Any",
            help=note or None,
            width=WIDTH,
            on_change=_change,
            args=(name, lambda: frozenset(st.session_state[key])),
        )

    def days(self, known: Collection[date]) -> None:
        """Show from when to when the postings are; all days are no filter."""
        asked_for = [day for day in (self.question.since, self.question.until) if day]
        if not known and not asked_for:
            note = "None of these postings says when it was posted."
            st.date_input("Posted", None, key="question.no_days", disabled=True, help=note, width=WIDE)
            return
        first, last = min([*known, *asked_for]), max([*known, *asked_for])
        current = st.session_state.get("question.days")
        if not isinstance(current, tuple) or len(current) != 1:  # else the second day is still to be chosen
            st.session_state["question.days"] = (self.question.since or first, self.question.until or last)
        st.date_input(
            "Posted",
            min_value=first,
            max_value=last,
            key="question.days",
            width=WIDE,
            on_change=_change_days,
            args=(first, last),
        )

    def pay(self) -> None:
        """Show the least pay that is asked for."""
        st.session_state["question.pay_from"] = self.question.pay_from
        st.number_input(
            "Yearly pay of at least",
            min_value=0,
            step=5000,
            placeholder="Any",
            key="question.pay_from",
            help="Held against the upper end of the pay that is stated, in its own currency; nothing is converted.",
            on_change=_change,
            args=("pay_from", lambda: st.session_state["question.pay_from"]),
        )


def _change_days(first: date, last: date) -> None:
    chosen = st.session_state["question.days"]
    bounds: list[date] = list(chosen) if isinstance(chosen, tuple) else [chosen]
    if len(bounds) < 2:
        return
    since = bounds[0] if bounds[0] > first else None
    until = bounds[1] if bounds[1] < last else None
    put(asked().model_copy(update={"since": since, "until": until}))


def _views(question: MarketQuestion) -> None:
    """Show the kept questions, and keep the one at hand."""
    try:
        kept = services.saved_views()
    except RolemapError as error:
        st.error(plain(str(error)))
        return
    for number, (name, view) in enumerate(kept.items()):
        with st.container(horizontal=True, vertical_alignment="center"):
            label = plain(shortened(name, 40))
            st.button(label, on_click=put, args=(view,), key=f"question.view.{number}", type="tertiary")
            st.button(
                f":material/delete: Delete {label}",
                on_click=_or_say,
                args=(lambda name=name: services.forget_view(name),),
                key=f"question.forget.{number}",
                type="tertiary",
            )
    if not kept:
        st.caption(
            "A view is the question as it stands, kept under a name. The address holds it too, to send to others."
        )
    with st.form("question.keep", clear_on_submit=True, border=False):
        name = st.text_input("Keep this view as", key="question.name", max_chars=80)
        if st.form_submit_button("Keep"):
            _or_say(lambda: services.save_view(name, question))
            st.rerun()


def _or_say(step: Callable[[], object]) -> None:
    try:
        step()
    except RolemapError as error:
        st.session_state[PROBLEM] = str(error)


def _say_problem() -> None:
    problem = st.session_state.pop(PROBLEM, None)
    if problem:
        st.error(plain(problem))


def _write(question: MarketQuestion) -> None:
    """Put the question into the address, so that it outlives a reload and can be sent."""
    query = services.query_of(question)
    in_address = {name: st.query_params.get_all(name) for name in services.PARAMETERS if name in st.query_params}
    if in_address != query:
        for name in in_address.keys() - query.keys():
            del st.query_params[name]
        for name, values in query.items():
            if in_address.get(name) != values:
                st.query_params[name] = values
    st.session_state[WRITTEN] = query


def clear() -> None:
    """Ask for all postings again."""
    put(MarketQuestion())


def show_count(
    question: MarketQuestion,
    shown: int,
    total: int,
    roles: Mapping[str, str],
    noun: str = "postings",
    drawn_of: int = 0,
) -> None:
    """Say how many postings answer the question and which these are, with the way back to all.

    Where `total` are a sample, they are `drawn_of` more.
    """
    is_sample = drawn_of > total
    if question == MarketQuestion():
        st.caption(f"{total:,} drawn of {drawn_of:,} {noun}" if is_sample else f"All {total:,} {noun}")
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        words = plain(services.question_in_words(question, roles))
        of = f"{total:,} drawn of {drawn_of:,}" if is_sample else f"{total:,}"
        st.markdown(f"**{shown:,} of {of} {noun}**: {words}")
        st.button("Clear", on_click=clear, key="question.clear", type="tertiary")
    if not shown:
        st.info(f"None of the {noun} answers this question. Take a part of it away, or clear it.")
