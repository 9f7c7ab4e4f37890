"""The app: routes, errors, what guards them, and the OpenAPI document."""

from collections.abc import AsyncIterator, Collection
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from fastapi import FastAPI
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware

from pipeline import __version__
from pipeline.api import (
    routes_clusters,
    routes_facts,
    routes_jobs,
    routes_letters,
    routes_matching,
    routes_trends,
    routes_vacancies,
    routes_variants,
)
from pipeline.api.context import Limits, Service, build_service
from pipeline.api.problems import MEDIA_TYPE, Problem, add_handlers
from pipeline.api.security import LOOPBACK_NAMES, OPEN_PATHS, BodyLimit, HostCheck, TokenCheck
from pipeline.core import Settings, get_settings

ROUTERS = (
    routes_matching.router,
    routes_clusters.router,
    routes_vacancies.router,
    routes_letters.router,
    routes_variants.router,
    routes_trends.router,
    routes_facts.router,
    routes_jobs.router,
)
REFUSALS: dict[int | str, dict[str, Any]] = {
    400: {"model": Problem, "description": "Not JSON, or another server's name"},
    401: {"model": Problem, "description": "The bearer token is missing or wrong"},
    403: {"model": Problem, "description": "Not allowed from there"},
    404: {"model": Problem, "description": "There is no such thing"},
    408: {"model": Problem, "description": "The body arrived too slowly"},
    409: {"model": Problem, "description": "Not done yet"},
    413: {"model": Problem, "description": "The body is too large"},
    422: {"model": Problem, "description": "A part of the request is missing or wrong"},
    500: {"model": Problem, "description": "The server failed"},
    503: {"model": Problem, "description": "Busy, or no usable cluster artifact"},
    504: {"model": Problem, "description": "The answer took too long"},
}


def create_app(
    settings: Settings | None = None,
    *,
    artifact: Path | None = None,
    hosts: Collection[str] = (),
    origins: Collection[str] = (),
    limits: Limits | None = None,
    is_warmed: bool = False,
) -> FastAPI:
    """Return the API over an artifact, by default that of the workspace; it sees a new one without a restart.

    It answers to the names of loopback and to `hosts`, to pages of `origins`, and where the settings hold a token, to
    those who send it. With `is_warmed` it makes itself ready to match as soon as it starts.
    """
    limits = limits or Limits()
    token = (settings or get_settings()).api_token
    service = build_service(artifact, limits)
    app = FastAPI(
        title="Rolemap",
        version=__version__,
        summary="Job postings clustered into the kinds of role the market is hiring for.",
        docs_url=None,  # the pages of both would load scripts from elsewhere
        redoc_url=None,
        redirect_slashes=False,
        lifespan=_lifespan(service, is_warmed=is_warmed),
        middleware=_middleware(token.get_secret_value() if token else None, hosts, origins, limits),
        responses=REFUSALS,
    )
    app.state.service = service
    add_handlers(app, [route for router in ROUTERS for route in router.routes])
    for router in ROUTERS:
        app.include_router(router)
    document = _document(app.openapi(), has_token=token is not None)
    app.openapi = lambda: document  # type: ignore[method-assign]
    return app


def _lifespan(service: Service, *, is_warmed: bool) -> Any:
    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        if is_warmed:
            service.warm()
        try:
            yield
        finally:
            service.close()

    return lifespan


def _middleware(
    token: str | None, hosts: Collection[str], origins: Collection[str], limits: Limits
) -> list[Middleware]:
    """Return what every request passes, the outermost first."""
    names = {*LOOPBACK_NAMES, *(host.lower() for host in hosts)}
    headers = ["Authorization", "Content-Type", "Prefer"]
    cors = Middleware(
        CORSMiddleware,
        allow_origins=list(origins),
        allow_methods=["GET", "POST", "DELETE"],
        allow_headers=headers,
        expose_headers=["Location", "Retry-After"],
    )
    return [
        Middleware(HostCheck, hosts=names, origins=origins),
        *([cors] if origins else []),
        Middleware(TokenCheck, token=token),
        Middleware(
            BodyLimit,
            json_bytes=limits.json_bytes,
            upload_bytes=limits.upload_bytes,
            seconds=limits.body_seconds,
        ),
    ]


def _document(document: dict[str, Any], *, has_token: bool) -> dict[str, Any]:
    """Return the OpenAPI document with problems under their own media type, and the token where one is asked for."""
    for path, operations in document["paths"].items():
        for operation in operations.values():
            for status, response in operation["responses"].items():
                if status >= "400" and "application/json" in response.get("content", {}):
                    response["content"] = {MEDIA_TYPE: response["content"]["application/json"]}
            if has_token and path not in OPEN_PATHS:
                operation["security"] = [{"token": []}]
    if has_token:
        document["components"]["securitySchemes"] = {"token": {"type": "http", "scheme": "bearer"}}
    return document
