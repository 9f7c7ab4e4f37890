"""What a request must pass before any route sees it: the Host and Origin headers, the token, the size of its body."""

import asyncio
import ipaddress
import secrets
from collections.abc import Collection
from http import HTTPStatus

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from pipeline.api.problems import ProblemError, response_of

LOOPBACK_NAMES = frozenset({"localhost", "127.0.0.1", "::1"})
OPEN_PATHS = frozenset({"/api/health", "/api/ready"})  # for probes, which have no token and learn no more than "ok"
ANY_ADDRESS = "*"  # any IP address as a host: a page of another site can name only its own
HEADERS = {"X-Content-Type-Options": "nosniff", "Cache-Control": "no-store"}


def is_loopback(host: str) -> bool:
    """Tell whether a name or an address is this machine's own."""
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host.lower() == "localhost"


def is_foreign(host: str) -> bool:
    """Tell whether an address is one that other machines can reach."""
    try:
        return not ipaddress.ip_address(host).is_loopback
    except ValueError:  # a path of a Unix socket
        return False


def host_name(header: str) -> str:
    """Return the host of a Host header, without the port, in lower case; empty where it is none."""
    name, bracket, rest = header.strip().lower().partition("]")
    if bracket:
        return name.removeprefix("[") if name.startswith("[") and (not rest or rest.startswith(":")) else ""
    name, colon, port = name.partition(":")
    return name if not colon or port.isdecimal() else ""


class HostCheck:
    """Answers only to its own names, so that no web page can reach it under another name (DNS rebinding).

    A request that a page of another site sends is refused unless its origin is among those allowed.
    """

    def __init__(self, app: ASGIApp, hosts: Collection[str], origins: Collection[str] = ()) -> None:
        self.app, self._hosts, self._origins = app, frozenset(hosts), frozenset(origins)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or refuse it."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(HEADERS)
            await send(message)

        problem = self._problem(Headers(scope=scope), scope["scheme"])
        await (response_of(problem) if problem else self.app)(scope, receive, send_with_headers)

    def _problem(self, headers: Headers, scheme: str) -> ProblemError | None:
        host = headers.get("host", "")
        if not self._is_own(host_name(host)) or len(headers.getlist("host")) != 1:
            detail, action = "The Host header names another server.", "Use a name that the server was started with."
            return ProblemError(HTTPStatus.BAD_REQUEST, "host-not-allowed", detail, action)
        origin = headers.get("origin")
        if origin is not None and origin != f"{scheme}://{host}" and origin not in self._origins:
            detail, action = "Pages of this origin may not use the API.", "Start the server with --allow-origin."
            return ProblemError(HTTPStatus.FORBIDDEN, "origin-not-allowed", detail, action)
        return None

    def _is_own(self, host: str) -> bool:
        if host in self._hosts:
            return True
        try:
            ipaddress.ip_address(host)
        except ValueError:
            return False
        return ANY_ADDRESS in self._hosts


class TokenCheck:
    """Asks for the bearer token where one is set, and refuses connections from elsewhere where none is."""

    def __init__(self, app: ASGIApp, token: str | None) -> None:
        self.app, self._token = app, token

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or refuse it."""
        if scope["type"] != "http" or scope["path"] in OPEN_PATHS:
            await self.app(scope, receive, send)
            return
        problem = self._problem(scope)
        await (response_of(problem) if problem else self.app)(scope, receive, send)

    def _problem(self, scope: Scope) -> ProblemError | None:
        if self._token is None:
            server = scope.get("server")  # the address that the connection came in on
            if server is None or not is_foreign(server[0]):
                return None
            detail, action = "The server has no token, so it answers on loopback only.", "Set ROLEMAP_API_TOKEN."
            return ProblemError(HTTPStatus.FORBIDDEN, "token-not-set", detail, action)
        kind, _, given = Headers(scope=scope).get("authorization", "").partition(" ")
        if kind.lower() == "bearer" and secrets.compare_digest(given.strip().encode("latin-1"), self._token.encode()):
            return None
        detail, action = "The bearer token is missing or wrong.", "Send the header: Authorization: Bearer TOKEN"
        headers = {"WWW-Authenticate": "Bearer"}
        return ProblemError(HTTPStatus.UNAUTHORIZED, "token-wrong", detail, action, headers)


class BodyLimit:
    """Reads the whole body before the app does: it must be small enough, and arrive in time."""

    def __init__(self, app: ASGIApp, *, json_bytes: int, upload_bytes: int, seconds: float) -> None:
        self.app = app
        self._json_bytes, self._upload_bytes, self._seconds = json_bytes, upload_bytes, seconds

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on with its body, or refuse it."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        is_upload = headers.get("content-type", "").lower().startswith("multipart/")
        limit = self._upload_bytes if is_upload else self._json_bytes
        try:
            body = await asyncio.wait_for(read_body(receive, headers, limit), self._seconds)
        except ProblemError as problem:
            await response_of(problem)(scope, receive, send)
            return
        except TimeoutError:
            detail = f"The body did not arrive within {self._seconds:g} s."
            timeout = ProblemError(HTTPStatus.REQUEST_TIMEOUT, "body-too-slow", detail, "Send it again, or send less.")
            await response_of(timeout)(scope, receive, send)
            return
        if body is None:  # the client has gone
            return
        messages = iter([{"type": "http.request", "body": body, "more_body": False}])

        async def replay() -> Message:
            return next(messages, None) or await receive()

        await self.app(scope, replay, send)


async def read_body(receive: Receive, headers: Headers, limit: int) -> bytes | None:
    """Return the body of a request; None where the client leaves before its end. Raises ProblemError."""
    announced = headers.get("content-length", "")
    if announced.isdecimal() and int(announced) > limit:
        raise _too_large(limit)
    parts, size = [], 0
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            return None
        parts.append(message.get("body", b""))
        size += len(parts[-1])
        if size > limit:
            raise _too_large(limit)
        if not message.get("more_body"):
            return b"".join(parts)


def _too_large(limit: int) -> ProblemError:
    detail = f"The body is larger than {limit / 1_000_000:g} MB."
    headers = {"Connection": "close"}  # what is left of it is not read
    return ProblemError(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "body-too-large", detail, "Send less at a time.", headers)
