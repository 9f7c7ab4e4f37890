"""Long work beside the page or request that asked for it: started, watched, stopped; it knows no dashboard.

    work = start("clustering", lambda report: run_clustering(on_progress=report), home=home, owner=session)
    work.progress, work.seconds_left, work.stop(), work.result

Work is stopped by its own progress callback, so that it ends between two steps and never in the middle of a file.
"""

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any

from pipeline.core.errors import RolemapError
from pipeline.core.progress import ProgressCallback, ProgressEvent
from pipeline.core.settings import using_home

logger = logging.getLogger(__name__)

MOST_AT_ONCE = 3  # pieces of work over all sessions; more wait their turn
TELLING_SECONDS = 1.5  # of a stage, before its pace says anything
UNEXPECTED = "Something went wrong that Rolemap did not foresee; nothing was changed. Try again; the log says more."

_places = threading.BoundedSemaphore(MOST_AT_ONCE)
_shared: dict[tuple[str, Path], "Work"] = {}
_starting = threading.Lock()


class Stopped(BaseException):
    """The work is no longer wanted. No `except Exception` on the way may take it for a failure of one item."""


class WorkState(StrEnum):
    """Where a piece of work stands."""

    waiting = "waiting"
    running = "running"
    done = "done"
    failed = "failed"
    stopped = "stopped"


@dataclass(eq=False)
class Work:
    """One piece of work: how far it is, and what came of it. `owner` is the session that asked for it."""

    kind: str
    home: Path
    owner: str
    key: str = ""  # of what it was made, so that a caller knows its own again
    state: WorkState = WorkState.waiting
    progress: ProgressEvent | None = None
    result: Any = None
    error: str = ""
    is_stopping: bool = False
    _stage_began: tuple[float, int] = (0.0, 0)  # when, by the clock, and how many items were done then
    _ended: threading.Event = field(default_factory=threading.Event)

    @property
    def is_active(self) -> bool:
        """Tell whether it still waits or runs."""
        return not self._ended.is_set()

    @property
    def seconds_left(self) -> float | None:
        """About how long the stage at hand still takes; None where its pace does not say yet."""
        if self.progress is None:
            return None
        began, done_before = self._stage_began
        elapsed, done = time.monotonic() - began, self.progress.done - done_before
        if elapsed < TELLING_SECONDS or done <= 0:
            return None
        return elapsed / done * (self.progress.total - self.progress.done)

    def report(self, event: ProgressEvent) -> None:
        """Take note of progress; this is where work that is no longer wanted ends."""
        if self.is_stopping:
            raise Stopped
        if self.progress is None or self.progress.stage != event.stage or event.done < self.progress.done:
            self._stage_began = time.monotonic(), event.done
        self.progress = event

    def stop(self) -> None:
        """Have it end at its next step."""
        self.is_stopping = True

    def wait(self, seconds: float) -> bool:
        """Wait for its end; tell whether it came in time."""
        return self._ended.wait(seconds)

    def _run(self, job: Callable[[ProgressCallback], Any]) -> None:
        try:
            while not _places.acquire(timeout=0.2):
                if self.is_stopping:
                    raise Stopped
            try:
                self.state = WorkState.running
                with using_home(self.home):
                    self.result = job(self.report)
                self.state = WorkState.done
            finally:
                _places.release()
        except BaseException as error:  # whatever it is, those who wait must be told
            self._fail(error)
        finally:
            self._ended.set()

    def _fail(self, error: BaseException) -> None:
        if self.is_stopping:
            self.state = WorkState.stopped
            return
        if isinstance(error, RolemapError):
            self.error = str(error)
        else:
            logger.error("%s ended unexpectedly", self.kind, exc_info=error)
            self.error = UNEXPECTED
        self.state = WorkState.failed


def start_work(
    kind: str,
    job: Callable[[ProgressCallback], Any],
    *,
    home: Path,
    owner: str,
    key: str = "",
    is_shared: bool = False,
) -> Work:
    """Start a piece of work on a workspace. Of shared work there is one at a time in each: the one that runs is given.

    Shared work is found by everyone in the workspace; other work by those alone who keep what this returns.
    """
    with _starting:
        running = _shared.get((kind, home))
        if is_shared and running is not None and running.is_active:
            return running
        work = Work(kind, home, owner, key)
        if is_shared:
            _shared[kind, home] = work
    # A server that shuts down does not wait: everything is written in one step or not at all.
    threading.Thread(target=work._run, args=(job,), name=kind, daemon=True).start()
    return work


def find_shared_work(kind: str, home: Path) -> Work | None:
    """Return the latest shared work of a kind in a workspace, running or ended."""
    return _shared.get((kind, home))
