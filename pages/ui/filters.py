"""The filters of the clusters and trends pages: what the postings' files say and what they state of themselves."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date

import streamlit as st

from pipeline.core import EMPLOYMENTS, SENIORITIES, WORKPLACES
from pipeline.market_trends import NOT_SAID, PostingFacts, TrendFilters, in_words

LEVELS = (*(in_words(level) for level in SENIORITIES), NOT_SAID)
PLACES_OF_WORK = (*(in_words(place) for place in WORKPLACES), NOT_SAID)
CONTRACTS = (*(in_words(kind) for kind in EMPLOYMENTS), NOT_SAID)
KEYS = ("levels", "places", "companies", "dates", "workplaces", "contracts", "countries", "languages", "pays")
_FILED = "As the posting's file gives it"
_STATED = "As the posting itself states it"


def choose_filters(page: str, postings: Iterable[PostingFacts]) -> TrendFilters:
    """Show the filters and return what was chosen; dates that take in every posting are no filter."""
    known = list(postings)
    offered = {kind for fact in known for kind in fact.employment}
    with st.container(border=True):
        level, place, company, posted = st.columns([3, 3, 3, 4])
        since, until = _days(posted, page, sorted(fact.posted_on for fact in known if fact.posted_on))
        work, contract, country, language, pay = st.columns(5)
        return TrendFilters(
            seniorities=_choose(level, f"{page}.levels", "Seniority", {fact.seniority for fact in known}, LEVELS),
            places=_choose(place, f"{page}.places", "Place", {fact.place for fact in known}, note=_FILED),
            companies=_choose(company, f"{page}.companies", "Company", {fact.company for fact in known}, note=_FILED),
            workplaces=_choose(
                work, f"{page}.workplaces", "Place of work", {fact.workplace for fact in known}, PLACES_OF_WORK
            ),
            employments=_choose(contract, f"{page}.contracts", "Contract", offered, CONTRACTS),
            countries=_choose(country, f"{page}.countries", "Country", {fact.country for fact in known}),
            languages=_choose(language, f"{page}.languages", "Language", {fact.language for fact in known}),
            pays=_choose(pay, f"{page}.pays", "Pay stated in", {fact.pay for fact in known}),
            since=since,
            until=until,
        )


def _choose(
    column: st.delta_generator.DeltaGenerator,
    key: str,
    label: str,
    known: Collection[str | None],
    order: Sequence[str] = (),
    note: str = _STATED,
) -> frozenset[str]:
    """Show one filter with the values that the postings have, in an order of their own where they have one."""
    options = [each for each in order if each in known] or sorted({each for each in known if each}, key=str.casefold)
    return frozenset(column.multiselect(label, options, key=key, placeholder="Any", help=note))


def _days(place: st.delta_generator.DeltaGenerator, page: str, known: list[date]) -> tuple[date | None, date | None]:
    if not known:
        place.date_input(
            "Posted", None, key=f"{page}.dates", disabled=True, help="None of these postings says when it was posted."
        )
        return None, None
    first, last = known[0], known[-1]
    chosen = place.date_input("Posted", (first, last), first, last, key=f"{page}.dates")
    bounds: list[date] = list(chosen) if isinstance(chosen, tuple) else [chosen]
    since = bounds[0] if bounds and bounds[0] > first else None
    until = bounds[1] if len(bounds) > 1 and bounds[1] < last else None
    return since, until


def clear(page: str) -> None:
    """Take all filters of a page away."""
    for name in KEYS:
        st.session_state.pop(f"{page}.{name}", None)


def show_count(page: str, shown: int, total: int, noun: str = "postings") -> None:
    """Say how many postings pass the filters, with the way back to all."""
    if shown == total:
        st.caption(f"All {total:,} {noun}")
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f"**{shown:,} of {total:,} {noun}** pass the filters")
        st.button("Clear the filters", on_click=clear, args=(page,), key=f"{page}.clear", type="tertiary")
