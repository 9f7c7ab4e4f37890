"""Long work: answered at once where it is quick, else as a job (the header `Prefer` of RFC 7240)."""

from http import HTTPStatus
from typing import Annotated

from fastapi import Header, Response

from pipeline.api.context import Service
from pipeline.api.jobs import Job, JobKind, Work
from pipeline.api.models import job_state
from pipeline.api.problems import ProblemError

PreferHeader = Annotated[
    str, Header(description="`respond-async` answers with a job at once; without it, short work is waited for.")
]


async def answer_or_job(service: Service, kind: JobKind, work: Work, prefer: str) -> Response:
    """Start a job; return its result where it ends in time, else the job (202). Raises ProblemError."""
    job = service.jobs.start(kind, work)
    wants_job = any(part.strip().lower() == "respond-async" for part in prefer.split(","))
    if wants_job or not await service.jobs.wait(job, service.limits.answer_seconds):
        headers = {"Location": f"/api/jobs/{job.id}", "Retry-After": "1"}
        return Response(job_state(job).model_dump_json(), HTTPStatus.ACCEPTED, headers, "application/json")
    response = result_response(job)
    service.jobs.remove(job.id)
    return response


def result_response(job: Job) -> Response:
    """Return what a job has made, as a file. Raises ProblemError where it failed or is not done."""
    if job.error is not None:
        raise job.error
    if job.result is None:
        detail, action = "The job is not done yet.", "Ask for the job until its status is done, then for its result."
        raise ProblemError(HTTPStatus.CONFLICT, "job-not-done", detail, action, {"Retry-After": "1"})
    headers = {"Content-Disposition": f'attachment; filename="{job.result.name}"'}
    return Response(job.result.data, headers=headers, media_type=job.result.media_type)
