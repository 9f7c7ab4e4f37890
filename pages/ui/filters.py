"""The filters of the clusters and trends pages: seniority, place, company, date."""

from collections.abc import Collection, Iterable
from datetime import date

import streamlit as st

from pipeline.market_trends import TrendFilters

LEVELS = ("intern or trainee", "junior", "senior", "lead or principal", "not said")


def choose_filters(
    page: str,
    *,
    companies: Iterable[str | None],
    places: Iterable[str | None],
    seniorities: Collection[str],
    days: Iterable[date | None],
) -> TrendFilters:
    """Show the filters and return what was chosen; dates that take in every posting are no filter."""
    known = sorted(day for day in days if day)
    with st.container(border=True):
        level, place, company, posted = st.columns([3, 3, 3, 4])
        seniority = level.multiselect(
            "Seniority",
            [each for each in LEVELS if each in seniorities],
            key=f"{page}.levels",
            placeholder="Any",
            help="As the title of the posting says it",
        )
        where = place.multiselect("Place", _names(places), key=f"{page}.places", placeholder="Any")
        who = company.multiselect("Company", _names(companies), key=f"{page}.companies", placeholder="Any")
        since, until = _days(posted, page, known)
    return TrendFilters(
        companies=frozenset(who),
        places=frozenset(where),
        seniorities=frozenset(seniority),
        since=since,
        until=until,
    )


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


def _names(values: Iterable[str | None]) -> list[str]:
    return sorted({value for value in values if value}, key=str.casefold)


def clear(page: str) -> None:
    """Take all filters of a page away."""
    for name in ("levels", "places", "companies", "dates"):
        st.session_state.pop(f"{page}.{name}", None)


def show_count(page: str, shown: int, total: int, noun: str = "postings") -> None:
    """Say how many postings pass the filters, with the way back to all."""
    if shown == total:
        st.caption(f"All {total:,} {noun}")
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(f"**{shown:,} of {total:,} {noun}** pass the filters")
        st.button("Clear the filters", on_click=clear, args=(page,), key=f"{page}.clear", type="tertiary")
