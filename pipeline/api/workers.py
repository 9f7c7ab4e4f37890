"""A few threads for heavy work, with a bounded queue before them."""

import asyncio
import threading
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

from pipeline.api.problems import busy, too_slow

Answer = TypeVar("Answer")


class WorkerPool:
    """Runs work in `workers` threads; beyond `waiting` pieces more, it refuses."""

    def __init__(self, name: str, workers: int, waiting: int) -> None:
        self._executor = ThreadPoolExecutor(workers, thread_name_prefix=name)
        self._slots = threading.BoundedSemaphore(workers + waiting)

    def submit(self, work: Callable[[], Answer]) -> Future[Answer]:
        """Queue a piece of work. Raises ProblemError where the queue is full."""
        if not self._slots.acquire(blocking=False):
            raise busy()
        try:
            future = self._executor.submit(work)
        except RuntimeError as error:  # the server is shutting down
            self._slots.release()
            raise busy() from error
        future.add_done_callback(lambda _: self._slots.release())
        return future

    async def run(self, work: Callable[[], Answer], seconds: int) -> Answer:
        """Wait for a piece of work. Raises ProblemError where the queue is full or the time is over.

        Work that has begun cannot be stopped: it keeps its place until it ends.
        """
        future = self.submit(work)
        try:
            return await asyncio.wait_for(asyncio.shield(asyncio.wrap_future(future)), seconds)
        except TimeoutError as error:
            future.cancel()
            raise too_slow(seconds) from error

    def close(self) -> None:
        """Drop what waits; what runs goes on to its end."""
        self._executor.shutdown(wait=False, cancel_futures=True)
