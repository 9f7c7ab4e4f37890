"""Long work as a resource: started, watched, fetched, cancelled. Results stay in memory and are dropped in time."""

import asyncio
import logging
import secrets
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, field
from enum import StrEnum
from http import HTTPStatus
from typing import Literal

from pipeline.api.problems import ProblemError, problem_of
from pipeline.api.workers import WorkerPool
from pipeline.core import ProgressCallback, ProgressEvent

logger = logging.getLogger(__name__)

JobKind = Literal["match", "variants", "letter"]


class JobStatus(StrEnum):
    """Where a job stands."""

    waiting = "waiting"
    running = "running"
    done = "done"
    failed = "failed"


@dataclass(frozen=True)
class JobResult:
    """What a job has made: the bytes of one file."""

    data: bytes
    media_type: str
    name: str


@dataclass
class Job:
    """One piece of long work and how far it has come."""

    kind: JobKind
    id: str = field(default_factory=lambda: secrets.token_urlsafe(16))
    status: JobStatus = JobStatus.waiting
    progress: ProgressEvent | None = None
    result: JobResult | None = None
    error: ProblemError | None = None
    finished_at: float | None = None
    is_cancelled: bool = False
    future: Future[None] | None = None

    def report(self, event: ProgressEvent) -> None:
        """Take note of progress; this is where a cancelled job stops."""
        if self.is_cancelled:
            raise _Cancelled
        self.progress = event


class _Cancelled(Exception):
    """The job is no longer wanted."""


Work = Callable[[ProgressCallback], JobResult]


class JobStore:
    """The jobs of one server: at most `kept` finished ones, each for at most `kept_seconds`."""

    def __init__(self, pool: WorkerPool, *, kept: int, kept_seconds: float) -> None:
        self._pool = pool
        self._kept, self._kept_seconds = kept, kept_seconds
        self._jobs: dict[str, Job] = {}
        self._lock = threading.Lock()

    def start(self, kind: JobKind, work: Work) -> Job:
        """Queue a job. Raises ProblemError where too many wait."""
        self._drop_old()
        job = Job(kind)
        job.future = self._pool.submit(lambda: self._run(job, work))
        with self._lock:
            self._jobs[job.id] = job
        return job

    def _run(self, job: Job, work: Work) -> None:
        try:
            if not job.is_cancelled:
                job.status = JobStatus.running
                job.result = work(job.report)
                job.status = JobStatus.done
        except _Cancelled:
            logger.info("Job %s was cancelled", job.id)
        except Exception as error:  # whatever it is, the client must be told
            job.error = problem_of(error)
            job.status = JobStatus.failed
        finally:
            job.finished_at = time.monotonic()

    async def wait(self, job: Job, seconds: float) -> bool:
        """Wait for a job's end; tell whether it came in time."""
        assert job.future is not None
        done, _ = await asyncio.wait([asyncio.wrap_future(job.future)], timeout=seconds)
        return bool(done)

    def get(self, job_id: str) -> Job:
        """Return a job. Raises ProblemError where there is none."""
        self._drop_old()
        with self._lock:
            job = self._jobs.get(job_id)
        if job is None:
            detail = "There is no such job: it never was, was deleted, or its result is no longer kept."
            raise ProblemError(HTTPStatus.NOT_FOUND, "job-not-found", detail, "Start the job again.")
        return job

    def remove(self, job_id: str) -> None:
        """Cancel a job if it still runs, and forget it and its result. Raises ProblemError where there is none."""
        job = self.get(job_id)
        job.is_cancelled = True
        if job.future is not None:
            job.future.cancel()
        with self._lock:
            self._jobs.pop(job_id, None)

    def _drop_old(self) -> None:
        now = time.monotonic()
        with self._lock:
            finished = [job for job in self._jobs.values() if job.finished_at is not None]
            finished.sort(key=lambda job: job.finished_at or 0)
            for place, job in enumerate(finished):
                is_beyond = len(finished) - place > self._kept
                if is_beyond or now - (job.finished_at or 0) > self._kept_seconds:
                    del self._jobs[job.id]

    def close(self) -> None:
        """Cancel everything."""
        with self._lock:
            for job in self._jobs.values():
                job.is_cancelled = True
        self._pool.close()
