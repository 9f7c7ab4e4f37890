"""Errors as problem details (RFC 9457): what is wrong, where, and what to do; never a stack trace."""

import logging
from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel, ConfigDict
from starlette.exceptions import HTTPException
from starlette.routing import BaseRoute, Match

from pipeline.core import BrokenArtifact, MissingArtifact, RolemapError
from pipeline.llm import ModelNotConfigured

logger = logging.getLogger(__name__)

MEDIA_TYPE = "application/problem+json"
MAX_FAULTS = 20  # of one request that are listed
HINTS = {
    "string_pattern_mismatch": "It holds no words: at least three letters are needed.",
    "missing": "It is missing.",
    "model_attributes_type": "It should be a JSON object, sent with Content-Type: application/json.",
}
ACTIONS = {
    HTTPStatus.BAD_REQUEST: "Send a JSON object in UTF-8, or a form as multipart/form-data.",
    HTTPStatus.NOT_FOUND: "Look up the paths in /openapi.json.",
    HTTPStatus.METHOD_NOT_ALLOWED: "Look up the path's methods in /openapi.json.",
}


class Fault(BaseModel):
    """One part of a request that is wrong."""

    where: str
    what: str


class Problem(BaseModel):
    """Why a request was not answered. `code` is for programs, `action` says what to do."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "type": "about:blank",
                    "title": HTTPStatus.UNPROCESSABLE_ENTITY.phrase,
                    "status": 422,
                    "code": "invalid-request",
                    "detail": "body.job_description: It is missing.",
                    "action": "Mend the request: the parts that are wrong stand in `errors`.",
                    "errors": [{"where": "body.job_description", "what": "It is missing."}],
                }
            ]
        }
    )

    type: str = "about:blank"
    title: str
    status: int
    code: str
    detail: str
    action: str
    errors: list[Fault] = []


class ProblemError(HTTPException):
    """A request that cannot be answered; shown as it stands."""

    def __init__(
        self, status: HTTPStatus, code: str, detail: str, action: str, headers: Mapping[str, str] | None = None
    ) -> None:
        super().__init__(status, detail, headers)
        self.problem = Problem(title=status.phrase, status=status, code=code, detail=detail, action=action)


def busy(seconds: int = 1) -> ProblemError:
    """Return the refusal of work beyond what the server takes on at a time."""
    detail, action = "The server is busy.", f"Try again in {seconds} s."
    return ProblemError(HTTPStatus.SERVICE_UNAVAILABLE, "busy", detail, action, {"Retry-After": str(seconds)})


def too_slow(seconds: int) -> ProblemError:
    """Return the refusal of an answer that takes too long; what it waits for may be ready the next time."""
    detail = f"The answer took more than {seconds} s; the first one after a change of the artifact takes longest."
    return ProblemError(
        HTTPStatus.GATEWAY_TIMEOUT, "too-slow", detail, "Try again shortly, or send less.", {"Retry-After": "5"}
    )


def problem_of(error: Exception) -> ProblemError:
    """Return an error as a problem; one that nobody foresaw is logged and says nothing of its cause."""
    if isinstance(error, ProblemError):
        return error
    if isinstance(error, MissingArtifact | BrokenArtifact):
        code = "artifact-missing" if isinstance(error, MissingArtifact) else "artifact-broken"
        action = "Make the artifact with: python main.py cluster-vacancies. Matching by keywords works without it."
        return ProblemError(HTTPStatus.SERVICE_UNAVAILABLE, code, str(error), action)
    if isinstance(error, ModelNotConfigured):
        action = "Set the model up where the server runs, or ask without one."
        return ProblemError(HTTPStatus.CONFLICT, "no-model", str(error), action)
    if isinstance(error, RolemapError):
        action = "Mend what was sent, as the detail says."
        return ProblemError(HTTPStatus.UNPROCESSABLE_ENTITY, "unusable-input", str(error), action)
    logger.error("An answer failed", exc_info=error)
    detail, action = "The server failed; the cause is in its log.", "Tell whoever runs the server."
    return ProblemError(HTTPStatus.INTERNAL_SERVER_ERROR, "internal", detail, action)


def response_of(error: ProblemError) -> JSONResponse:
    """Return a problem as a response."""
    content = error.problem.model_dump(mode="json")
    return JSONResponse(content, error.status_code, headers=error.headers, media_type=MEDIA_TYPE)


def invalid_request(error: RequestValidationError) -> ProblemError:
    """Return which parts of a request are wrong, without quoting them."""
    first = error.errors()[0]
    if first["type"] == "json_invalid":
        detail = f"The body is not JSON: {first.get('ctx', {}).get('error', first['msg'])}."
        return ProblemError(HTTPStatus.BAD_REQUEST, "not-json", detail, "Send a JSON object in UTF-8.")
    faults = [_fault(each) for each in error.errors()[:MAX_FAULTS]]
    detail, action = (
        f"{faults[0].where}: {faults[0].what}",
        "Mend the request: the parts that are wrong stand in `errors`.",
    )
    problem = ProblemError(HTTPStatus.UNPROCESSABLE_ENTITY, "invalid-request", detail, action)
    problem.problem = problem.problem.model_copy(update={"errors": faults})
    return problem


def _fault(error: Mapping[str, Any]) -> Fault:
    where = ".".join(str(part) for part in error["loc"])
    return Fault(where=_whole(where)[:200], what=HINTS.get(error["type"], _whole(error["msg"])[:500]))


def _whole(text: str) -> str:
    return text.encode("utf-8", "replace").decode()


def http_problem(error: HTTPException) -> ProblemError:
    """Return an error of the framework (an unknown path, a wrong method, an unreadable body) as a problem."""
    status = HTTPStatus(error.status_code)
    code = status.phrase.lower().replace(" ", "-")
    action = ACTIONS.get(status, "Look up what is expected in /openapi.json.")
    return ProblemError(status, code, f"{error.detail}.".replace("..", "."), action, error.headers)


def _methods(request: Request, routes: Sequence[BaseRoute]) -> str:
    """Return the methods of all routes of a path; the framework names only those of the first."""
    own = [route for route in routes if route.matches(request.scope)[0] is not Match.NONE]
    return ", ".join(sorted({method for route in own for method in getattr(route, "methods", None) or ()}))


def add_handlers(app: FastAPI, routes: Sequence[BaseRoute] = ()) -> None:
    """Have the app answer every error with problem details; `routes` are its own."""

    async def invalid(_: Request, error: Exception) -> JSONResponse:
        assert isinstance(error, RequestValidationError)
        return response_of(invalid_request(error))

    async def framework(request: Request, error: Exception) -> JSONResponse:
        assert isinstance(error, HTTPException)
        if error.status_code == HTTPStatus.METHOD_NOT_ALLOWED and (methods := _methods(request, routes)):
            error.headers = {**(error.headers or {}), "Allow": methods}
        return response_of(error if isinstance(error, ProblemError) else http_problem(error))

    async def other(_: Request, error: Exception) -> JSONResponse:
        return response_of(problem_of(error))

    app.add_exception_handler(RequestValidationError, invalid)
    app.add_exception_handler(HTTPException, framework)
    app.add_exception_handler(RolemapError, other)
    app.add_exception_handler(Exception, other)
