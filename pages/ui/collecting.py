"""Collecting public job boards, on the Vacancies page: what would be sent, sending it, what came of it so far."""

import streamlit as st

from pages.ui import display, work
from pages.ui.links import link
from pages.ui.tables import show_table
from pipeline import services
from pipeline.core import RolemapError, WorkState
from pipeline.postings import Collected, Shelf

COLLECTING = "collecting"
BOARDS = "collecting.boards"
STAYS = "Boards that have answered stay stored; the others are as they were before."
SHOWN_GONE = 200


def show() -> None:
    """Offer to ask a company's public job board, and say what was collected so far."""
    shelves = _so_far(services.collected_state())
    with st.expander("Or collect a company's public job board", expanded=bool(shelves or st.session_state.get(BOARDS))):
        forms = ", ".join(board.form for board in services.known_boards())
        written = st.text_area(
            "Boards, one a line, or the address of a company's page on one",
            key=BOARDS,
            placeholder="greenhouse:COMPANY\nhttps://jobs.lever.co/COMPANY",
            help=f"There are {forms}.",
        )
        running = work.mine(COLLECTING)
        if running is not None and running.is_active:
            work.show(running, what_stays=STAYS)
            st.caption("You can go to other pages meanwhile.")
        elif written.strip():
            _show_plan(written.splitlines())
        if running is not None and not running.is_active:
            _show_outcome(running.state, running.result, running.error)
        if shelves:
            _show_shelves(shelves)


@st.cache_resource(max_entries=4, show_spinner=False)
def _so_far(state: object) -> list[Shelf]:
    return services.collected_so_far()


def _show_plan(written: list[str]) -> None:
    """Say which host would get which request; only the button sends them."""
    try:
        targets = services.plan_collection(written)
    except RolemapError as error:
        st.error(display.plain(str(error)))
        return
    hosts = list(dict.fromkeys(target.host for target in targets))
    st.text("\n".join(f"{target.name} asks {target.host}: {target.plan}" for target in targets))
    st.caption(services.WHAT_IS_SENT)
    label = f"Ask {hosts[0]}" if len(hosts) == 1 else f"Ask these {len(hosts)} hosts"
    if st.button(display.plain(label), key="collecting.ask", type="primary"):
        work.start(
            COLLECTING,
            "Collecting job boards",
            lambda report: services.run_collection(targets, on_progress=report),
        )
        st.rerun()


def _show_outcome(state: WorkState, results: list[Collected] | None, error: str) -> None:
    if state is WorkState.stopped:
        st.info(f"Stopped. {STAYS}")
    elif state is WorkState.failed:
        st.error(display.plain(error))
    if worked := [result for result in results or [] if result.worked]:
        st.success("  \n".join(display.plain(services.changes_in_words(result)) for result in worked))
    for result in results or []:
        if result.problem:
            say = st.warning if result.worked else st.error
            say(display.plain(f"{result.name}: {result.problem}."))
    if worked:
        link("role_clusters", "Cluster again to take them in")


def _show_shelves(shelves: list[Shelf]) -> None:
    st.markdown("**Collected so far**")
    rows = [
        {
            "Board": shelf.memory.name,
            "Open": shelf.open,
            "Gone": len(shelf.rows) - shelf.open,
            "Last asked": shelf.memory.asked_on,
        }
        for shelf in shelves
    ]
    show_table(rows)
    st.button("Ask these again", key="collecting.again", on_click=_fill_in, args=([row["Board"] for row in rows],))
    gone = [row for shelf in shelves for row in shelf.rows.values() if row.get("gone_on")]
    if gone:
        st.caption("Gone from their boards, and still among the postings:")
        gone = sorted(gone, key=lambda row: str(row["gone_on"]), reverse=True)[:SHOWN_GONE]
        table = [
            {
                "Title": row.get("title"),
                "Company": row.get("company"),
                "Gone on": row["gone_on"],
                "Page": row.get("url"),
            }
            for row in gone
        ]
        show_table(table)


def _fill_in(names: list[str]) -> None:
    st.session_state[BOARDS] = "\n".join(names)
