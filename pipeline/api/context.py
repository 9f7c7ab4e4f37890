"""What the routes share: the limits, the artifact served, the workers and the jobs."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Annotated, TypeVar

from fastapi import Depends, Query, Request

from pipeline.api.jobs import JobResult, JobStore
from pipeline.api.market import Market
from pipeline.api.workers import WorkerPool
from pipeline.cluster_artifacts import Layer, at_layer
from pipeline.cluster_matcher import JobDescription
from pipeline.core import ProgressCallback
from pipeline.keyword_engine import default_artifact_path
from pipeline.services import match_jobs

Answer = TypeVar("Answer")
WARM_UP = JobDescription(text="Data Engineer\n\nYou build data pipelines with Python and SQL.")


@dataclass(frozen=True)
class Limits:
    """How much the server takes on. Sizes are in bytes, times in seconds."""

    json_bytes: int = 4_000_000
    upload_bytes: int = 12_000_000
    body_seconds: float = 30  # for the body to arrive
    answer_seconds: int = 60
    workers: int = 2
    waiting: int = 30  # requests that wait for a worker; more are refused
    running_jobs: int = 1
    waiting_jobs: int = 8
    kept_jobs: int = 20  # finished ones, with their results in memory
    kept_seconds: float = 3600


@dataclass(frozen=True)
class Service:
    """One running API."""

    artifact: Path | None
    limits: Limits
    workers: WorkerPool
    jobs: JobStore
    market: Market

    async def answer(self, work: Callable[[], Answer]) -> Answer:
        """Do a request's work off the event loop. Raises ProblemError where the server is full or it takes too long."""
        return await self.workers.run(work, self.limits.answer_seconds)

    def warm(self) -> None:
        """Have the matchers made ready in the background, so that the first answer need not wait for them."""
        self.jobs.start("match", self._warm_up)

    def _warm_up(self, _: ProgressCallback) -> JobResult:
        for use_semantic in (False, True):
            match_jobs([WARM_UP], artifact=self.artifact, use_semantic=use_semantic)
        return JobResult(b"", "text/plain", "")

    def close(self) -> None:
        """Take on nothing more, and let running jobs stop at their next step."""
        self.jobs.close()
        self.workers.close()


def build_service(artifact: Path | None, limits: Limits) -> Service:
    """Return a service with its own workers; they start with the first work."""
    jobs = JobStore(
        WorkerPool("job", limits.running_jobs, limits.waiting_jobs),
        kept=limits.kept_jobs,
        kept_seconds=limits.kept_seconds,
    )
    return Service(artifact, limits, WorkerPool("answer", limits.workers, limits.waiting), jobs, Market())


def _service(request: Request) -> Service:
    service = request.app.state.service
    assert isinstance(service, Service)
    return service


def _layered_service(
    request: Request,
    layer: Annotated[Layer, Query(description="The layer of the tree of groups to answer by.")] = "roles",
) -> Service:
    service = _service(request)
    return replace(service, artifact=at_layer(service.artifact or default_artifact_path(), layer))


ServiceDependency = Annotated[Service, Depends(_service)]
LayeredService = Annotated[Service, Depends(_layered_service)]  # of a route that takes a layer
