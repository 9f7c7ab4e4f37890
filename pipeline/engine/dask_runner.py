"""Tasks on a Dask cluster: one that was named, or one of this machine that is started and closed again."""

import logging
import operator
import time
import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, TypeVar

import dask
import distributed
from distributed.client import ClosedClientError
from distributed.comm.core import CommClosedError
from distributed.scheduler import KilledWorker

from pipeline.core import ProgressCallback, ProgressEvent, RolemapError

Item = TypeVar("Item")
Result = TypeVar("Result")

AT_ONCE = 4  # tasks a worker has waiting, so that results do not pile up
SECONDS_TO_CONNECT = 10
SECONDS_TO_WAIT, SECONDS_TO_LOOK = 0.02, 1.0  # between two looks at a result, and at whether to stop
SECONDS_TO_FETCH = 30.0  # a result, before it is taken to be lost
SECONDS_ALONE = 120  # in which a dead worker may come back; Dask's own 15 are few on a busy machine
RETRIES = 3  # of a task whose worker dies

logger = logging.getLogger(__name__)


class DaskRunner:
    """Gives tasks to the workers of a cluster and takes their results in the order of the items."""

    def __init__(self, client: distributed.Client, on_progress: ProgressCallback) -> None:
        self._client, self._on_progress = client, on_progress

    def share(self, value: Any) -> Any:
        """Send a value to the cluster once: as what a task gives, so that it is there again when a worker dies."""
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", UserWarning)  # it is large on purpose
            return self._submit(_itself, value)

    def run(self, stage: str, task: Callable[..., Result], items: Sequence[Item], *shared: Any) -> Iterator[Result]:
        """Yield results in order, with a bounded number of tasks under way."""
        waiting: list[Any] = []
        given = 0
        for done in range(len(items)):
            while given < len(items) and len(waiting) < AT_ONCE * max(self._worker_count(), 1):
                waiting.append(self._submit(task, items[given], *shared))
                given += 1
            self._on_progress(ProgressEvent(stage, done, len(items)))
            yield self._result(stage, waiting.pop(0), done, len(items))
        self._on_progress(ProgressEvent(stage, len(items), len(items)))

    def shuffle(
        self,
        stage: str,
        split: Callable[[Item, int], list[Any]],
        items: Sequence[Item],
        fold: Callable[[list[Any]], Result],
        buckets: int,
    ) -> tuple[list[Any], list[Result]]:
        """Let pieces go from worker to worker; only heads and what buckets give come here."""
        split_up = [self._submit(split, item, buckets) for item in items]
        heads = [self._submit(operator.getitem, each, 0) for each in split_up]
        folded = [
            self._submit(fold, [self._submit(operator.getitem, each, bucket + 1) for each in split_up])
            for bucket in range(buckets)
        ]
        steps = len(heads) + len(folded)
        found = []
        for done, future in enumerate([*heads, *folded]):
            self._on_progress(ProgressEvent(stage, done, steps))
            found.append(self._result(stage, future, done, steps))
        self._on_progress(ProgressEvent(stage, steps, steps))
        return found[: len(heads)], found[len(heads) :]

    def _worker_count(self) -> int:
        return len(self._client.scheduler_info(n_workers=-1)["workers"])

    def _submit(self, task: Callable[..., Any], *arguments: Any) -> Any:
        try:
            # Without a timeout what is given within a tenth of a second has no order, and results pile up unread.
            return self._client.submit(task, *arguments, pure=False, retries=RETRIES, fifo_timeout="0 ms")
        except ClosedClientError as error:
            raise RolemapError(_LOST) from error

    def _result(self, stage: str, future: Any, done: int, total: int) -> Any:
        """Wait for a result and fetch it; where it was lost with its worker, wait again. Raises RolemapError."""
        while True:
            self._wait(stage, future, done, total)
            try:
                return future.result(timeout=SECONDS_TO_FETCH)
            except TimeoutError as error:
                if future.status == "error":  # the task's own
                    raise RolemapError(f"{stage}: {error}.") from error
            except KilledWorker as error:
                raise RolemapError(
                    f"{stage}: {RETRIES + 1} workers died over one part ({error.last_worker.address} the last). They "
                    "may have too little memory: give them more, or cut the input into smaller parts."
                ) from error
            except (distributed.CancelledError, CommClosedError) as error:
                raise RolemapError(_LOST) from error
            except OSError as error:
                raise RolemapError(f"{stage}: {error}.") from error

    def _wait(self, stage: str, future: Any, done: int, total: int) -> None:
        """Wait until a result is there, looking now and then whether the user wants to stop and all is well."""
        looked = worked = time.monotonic()
        while not future.done():
            time.sleep(SECONDS_TO_WAIT)
            if time.monotonic() - looked < SECONDS_TO_LOOK:
                continue
            looked = time.monotonic()
            self._on_progress(ProgressEvent(stage, done, total))  # raises where the user stops
            if self._client.status not in ("running", "connecting"):
                raise RolemapError(_LOST)
            if self._worker_count():
                worked = looked
            elif looked - worked > SECONDS_ALONE:
                raise RolemapError(_ALONE)


_ALONE = "The Dask cluster has no workers any more; nothing was changed. Start some, then run the command once more."
_LOST = "The Dask scheduler is gone; nothing was changed. Start it again and run the command once more."


@contextmanager
def open_dask(scheduler: str | None, on_progress: ProgressCallback) -> Iterator[DaskRunner]:
    """Connect to a scheduler, or start a cluster of this machine. Raises RolemapError where there is none."""
    for noisy in ("distributed", "tornado", "asyncio"):
        logging.getLogger(noisy).setLevel(logging.CRITICAL)
    if scheduler is None:
        with (
            dask.config.set({"distributed.deploy.lost-worker-timeout": f"{SECONDS_ALONE}s"}),
            distributed.LocalCluster(
                threads_per_worker=1, dashboard_address="127.0.0.1:0", silence_logs=logging.CRITICAL
            ) as own,
            distributed.Client(own) as client,
        ):
            yield DaskRunner(client, on_progress)
        return
    try:
        client = distributed.Client(scheduler, timeout=SECONDS_TO_CONNECT)
    except (OSError, ValueError, TimeoutError) as error:
        raise RolemapError(f"No Dask scheduler answers at {scheduler}. Start one with: dask scheduler") from error
    with client:
        try:
            client.wait_for_workers(1, timeout=SECONDS_TO_CONNECT)
        except TimeoutError as error:
            raise RolemapError(
                f"The Dask scheduler at {scheduler} has no workers. Start some with: dask worker"
            ) from error
        _check_versions(client)
        yield DaskRunner(client, on_progress)


def _check_versions(client: distributed.Client) -> None:
    """Refuse a cluster that runs other versions: what is said of a posting would depend on who read it."""
    from pipeline import __version__

    try:
        found: Any = client.get_versions(check=False)
    except OSError as error:
        raise RolemapError(_LOST) from error
    ours = found["client"]["packages"]
    for place, theirs in {"the scheduler": found["scheduler"], **found["workers"]}.items():
        for package in ("python", "distributed", "numpy"):
            own = ours[package]
            other = theirs["packages"][package] if theirs else None
            if other is not None and _release(own) != _release(other):
                raise RolemapError(f"{place} runs {package} {other}, this process {own}. Install the same everywhere.")
    for address, version in client.run(_own_version, on_error="return").items():
        if version != __version__:
            raise RolemapError(
                f"The worker {address} has {'no Rolemap' if isinstance(version, Exception) else f'Rolemap {version}'}, "
                f"this process {__version__}. Install the same version on all workers."
            )


def _itself(value: Result) -> Result:
    return value


def _release(version: str) -> tuple[str, ...]:
    return tuple(str(version).split(".")[:3])


def _own_version() -> str:
    from pipeline import __version__

    return __version__
