"""Progress as data: stages report it, the command line and the pages each show it in their own way."""

import asyncio
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from typing import Any, TypeVar

ASKING_SECONDS = 0.3
Result = TypeVar("Result")


@dataclass(frozen=True)
class ProgressEvent:
    """How far one stage has come: `done` of `total` items."""

    stage: str
    done: int
    total: int

    @property
    def fraction(self) -> float:
        """The part done, from 0 to 1; an empty stage is complete."""
        return min(self.done / self.total, 1.0) if self.total else 1.0


ProgressCallback = Callable[[ProgressEvent], None]


def ignore_progress(event: ProgressEvent) -> None:
    """Report to nobody."""


async def stoppable(
    work: Callable[[ProgressCallback], Coroutine[Any, Any, Result]], on_progress: ProgressCallback
) -> Result:
    """Await work that may have nothing to report for long, and report its last step again and again meanwhile.

    A callback that raises, to have the work stopped, so need not wait for a distant server's answer.
    """
    last: list[ProgressEvent] = []

    def remember(event: ProgressEvent) -> None:
        last[:] = [event]
        on_progress(event)

    task = asyncio.create_task(work(remember))
    try:
        while not task.done():
            await asyncio.wait({task}, timeout=ASKING_SECONDS)
            if not task.done():
                on_progress(last[0] if last else ProgressEvent("Asking the model", 0, 1))
        return task.result()
    finally:
        task.cancel()
