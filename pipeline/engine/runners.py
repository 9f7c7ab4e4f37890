"""Who does the work on parts: this process, or the workers of a Dask cluster."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from typing import Any, Literal, Protocol, TypeVar, get_args

from pipeline.core import ProgressCallback, ProgressEvent, RolemapError

Item = TypeVar("Item")
Piece = TypeVar("Piece")
Result = TypeVar("Result")

EngineName = Literal["in-process", "dask"]
ENGINES: tuple[str, ...] = get_args(EngineName)
EXTRAS = (
    "The Dask engine needs packages that are not installed. Install them with: pip install -r requirements-scale.txt"
)


class Runner(Protocol):
    """Runs tasks over parts and gives their results in the order of the parts, whoever finishes first."""

    def share(self, value: Result) -> Any:
        """Make one value known to all who work; what comes back stands for it as an argument of tasks."""
        ...

    def run(self, stage: str, task: Callable[..., Result], items: Sequence[Item], *shared: Any) -> Iterator[Result]:
        """Yield what `task(item, *shared)` gives, in the order of the items."""
        ...

    def shuffle(
        self,
        stage: str,
        split: Callable[[Item, int], list[Any]],
        items: Sequence[Item],
        fold: Callable[[list[Any]], Result],
        buckets: int,
    ) -> tuple[list[Any], list[Result]]:
        """Split every item into a head and `buckets` pieces, and fold the pieces of each bucket.

        Returns the heads in the order of the items, and what each bucket gave.
        """
        ...


class LocalRunner:
    """One part after the other, in this process."""

    def __init__(self, on_progress: ProgressCallback) -> None:
        self._on_progress = on_progress

    def share(self, value: Result) -> Result:
        """Return the value itself."""
        return value

    def run(self, stage: str, task: Callable[..., Result], items: Sequence[Item], *shared: Any) -> Iterator[Result]:
        """Yield results as they come."""
        for done, item in enumerate(items):
            self._on_progress(ProgressEvent(stage, done, len(items)))
            yield task(item, *shared)
        self._on_progress(ProgressEvent(stage, len(items), len(items)))

    def shuffle(
        self,
        stage: str,
        split: Callable[[Item, int], list[Any]],
        items: Sequence[Item],
        fold: Callable[[list[Any]], Result],
        buckets: int,
    ) -> tuple[list[Any], list[Result]]:
        """Hold all pieces at once: what is in one process is in one memory."""
        heads, piles = [], [[] for _ in range(buckets)]  # type: tuple[list[Any], list[list[Any]]]
        for head, *pieces in self.run(stage, split, items, buckets):
            heads.append(head)
            for pile, piece in zip(piles, pieces, strict=True):
                pile.append(piece)
        return heads, [fold(pile) for pile in piles]


@contextmanager
def open_runner(engine: EngineName, scheduler: str | None, on_progress: ProgressCallback) -> Iterator[Runner]:
    """Open what does the work, and close it afterwards. Raises RolemapError where it cannot be had."""
    if engine == "in-process":
        yield LocalRunner(on_progress)
        return
    with _open_dask()(scheduler, on_progress) as runner:
        yield runner


def _open_dask() -> Callable[[str | None, ProgressCallback], AbstractContextManager[Runner]]:
    try:
        import distributed  # noqa: F401
    except ImportError as error:
        raise RolemapError(EXTRAS) from error
    from pipeline.engine.dask_runner import open_dask

    return open_dask
