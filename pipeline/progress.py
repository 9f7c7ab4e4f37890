"""Progress as data: stages report it, the command line and the pages each show it in their own way."""

from collections.abc import Callable
from dataclasses import dataclass


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
