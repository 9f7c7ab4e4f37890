"""Routes of long work: how far it is, what it has made, and how to stop it."""

from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Path, Response

from pipeline.api.context import ServiceDependency
from pipeline.api.models import BulkAnswer, JobState, job_state
from pipeline.api.prefer import result_response

JobId = Annotated[str, Path(max_length=64)]

router = APIRouter(prefix="/api/jobs", tags=["jobs"])


@router.get("/{job_id}")
async def get_job(job_id: JobId, service: ServiceDependency) -> JobState:
    """Say how far a job is."""
    return job_state(service.jobs.get(job_id))


@router.get(
    "/{job_id}/result",
    response_class=Response,
    responses={
        HTTPStatus.OK: {
            "model": BulkAnswer,
            "content": {
                "application/zip": {"schema": {"type": "string", "format": "binary"}},
                "text/csv": {"schema": {"type": "string"}},
            },
        }
    },
)
async def get_result(job_id: JobId, service: ServiceDependency) -> Response:
    """Return what a job has made; it stays until it is deleted or an hour has passed."""
    return result_response(service.jobs.get(job_id))


@router.delete("/{job_id}", status_code=HTTPStatus.NO_CONTENT)
async def delete_job(job_id: JobId, service: ServiceDependency) -> None:
    """Stop a job and forget its result."""
    service.jobs.remove(job_id)
