"""Long work in view: how far it is, what is left, and a button that stops it, on whatever page one is."""

from collections.abc import Callable
from typing import Any

import streamlit as st

from pages.ui import session
from pages.ui.display import plain
from pipeline.core import ProgressCallback, Work, WorkState, find_shared_work, get_settings, start_work

CLUSTERING = "clustering"
POLL_SECONDS = 0.6
KEPT = 6  # pieces of work whose results a session keeps, of each kind
_MINE = "work.mine"  # the session's own pieces of work, the latest last
_TITLES = {CLUSTERING: "Finding the kinds of role"}


def start(
    kind: str, title: str, job: Callable[[ProgressCallback], Any], *, key: str = "", is_shared: bool = False
) -> Work:
    """Start work for this session on its workspace; it takes the place of what runs of its kind."""
    _TITLES[kind] = title
    home = get_settings().home
    if not is_shared:
        stop(kind)
    work = start_work(kind, job, home=home, owner=session.session_id(), key=key, is_shared=is_shared)
    others = [
        other for other in _mine() if other is not work and (other.kind, other.key, other.home) != (kind, key, home)
    ]
    kept = [other for other in others if other.kind == kind][-KEPT + 1 :]
    st.session_state[_MINE] = [other for other in others if other.kind != kind or other in kept] + [work]
    return work


def _mine() -> list[Work]:
    works: list[Work] = st.session_state.get(_MINE, [])
    return works


def mine(kind: str, key: str = "") -> Work | None:
    """Return this session's latest work of a kind and key in the workspace at hand."""
    home = get_settings().home
    found = [work for work in _mine() if (work.kind, work.key, work.home) == (kind, key, home)]
    return found[-1] if found else None


def shared(kind: str) -> Work | None:
    """Return the latest work of a kind that anyone has started in the workspace at hand."""
    return find_shared_work(kind, get_settings().home)


def stop(kind: str) -> None:
    """Stop what this session has running of a kind."""
    for work in _mine():
        if work.kind == kind and work.is_active:
            work.stop()


def forget(kind: str, key: str) -> None:
    """Drop this session's work of a kind and key, so that it can be done again."""
    st.session_state[_MINE] = [work for work in _mine() if (work.kind, work.key) != (kind, key)]


def forget_all() -> None:
    """Stop and drop everything that this session alone has asked for; what is shared goes on."""
    for work in _mine():
        if find_shared_work(work.kind, work.home) is not work:
            work.stop()
    st.session_state.pop(_MINE, None)


AS_BEFORE = "Everything stays as it was before."


def show(work: Work, *, can_stop: bool = True, what_stays: str = AS_BEFORE) -> None:
    """Show running work until it ends; then the page runs anew to take up what came of it."""
    _watch(work, can_stop, what_stays)


@st.fragment(run_every=POLL_SECONDS)
def _watch(work: Work, can_stop: bool, what_stays: str) -> None:
    if not work.is_active:
        st.rerun()
    bar, button = st.columns([5, 1], vertical_alignment="bottom") if can_stop else (st.container(), None)
    bar.progress(work.progress.fraction if work.progress else 0.0, text=f"**{_title(work)}** · {in_words(work)}")
    if button is not None:
        button.button(
            "Stopping" if work.is_stopping else "Stop",
            on_click=work.stop,
            disabled=work.is_stopping,
            key=f"work.stop.{work.kind}.{work.key}",
            width="stretch",
            help=what_stays,
        )


def result_of(kind: str, key: str) -> Any:
    """Return what this session's work has made; until then show how far it is or why there is nothing: None."""
    work = mine(kind, key)
    if work is None:
        return None
    if work.is_active:
        show(work)
        st.caption("You can go to other pages meanwhile.")
    elif work.state is WorkState.stopped:
        st.info("Stopped. Everything is as it was before.")
    elif work.state is WorkState.failed:
        st.error(plain(work.error))
    return work.result


def is_running(kind: str, key: str) -> bool:
    """Tell whether this session has work of a kind and key running."""
    work = mine(kind, key)
    return work is not None and work.is_active


def _title(work: Work) -> str:
    return _TITLES.get(work.kind, work.kind)


def in_words(work: Work) -> str:
    """Say where a piece of work stands: its stage, how many are done, and how long the stage still takes."""
    if work.is_stopping:
        return "stopping after the step at hand"
    if work.state is WorkState.waiting:
        return "waiting for other work to end"
    event = work.progress
    if event is None:
        return "getting ready"
    count = f", {event.done:,} of {event.total:,}" if event.total > 1 else ""
    left = work.seconds_left
    return plain(f"{event.stage}{count}") + (
        f" · {duration(left)} left" if left is not None and event.total > 1 else ""
    )


def duration(seconds: float) -> str:
    """Return a time as people say it.

    >>> duration(3), duration(44), duration(130)
    ('a few seconds', 'about 45 seconds', 'about 2 minutes')
    """
    if seconds < 8:
        return "a few seconds"
    if seconds < 90:
        return f"about {max(10, 5 * round(seconds / 5))} seconds"
    return f"about {round(seconds / 60)} minutes"


def show_elsewhere() -> None:
    """Say in the side bar what still runs for this session or its workspace, whatever the page."""
    running = {work for work in [*_mine(), shared(CLUSTERING)] if work}
    active = sorted((work for work in running if work.is_active), key=lambda work: work.kind)
    if active:
        with st.sidebar:
            _list(active)


@st.fragment(run_every=POLL_SECONDS * 2)
def _list(works: list[Work]) -> None:
    if not all(work.is_active for work in works):
        st.rerun()
    for work in works:
        st.progress(work.progress.fraction if work.progress else 0.0, text=f"{_title(work)}: {in_words(work)}")
