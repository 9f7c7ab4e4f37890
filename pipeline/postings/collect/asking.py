"""Asking a board politely: one request at a time with a pause, its last answer's mark, limits of time and size.

No address that an answer names is ever asked: what is sent, and where, is known before the first request.
"""

import asyncio
import time
from collections.abc import Mapping
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from functools import cache
from typing import TYPE_CHECKING, Any, Self
from urllib.parse import urljoin, urlsplit

from pipeline import __version__
from pipeline.postings.collect.board import NotCollected, NotThere

if TYPE_CHECKING:
    import ssl

    import httpx2

USER_AGENT = f"Rolemap/{__version__} (reads a public job board when its user asks)"
SAME_HOST_REDIRECTS = 3
_MARKS = {"etag": "If-None-Match", "last-modified": "If-Modified-Since"}
Marks = Mapping[str, str]  # what tells a board's answer from its next one, as headers of the next request


@dataclass(frozen=True)
class Limits:
    """How far politeness and patience go: seconds for an answer and between two requests, megabytes of an answer,
    requests to a board in one run, seconds that a board may have one wait.
    """

    seconds: float = 30
    pause: float = 1
    megabytes: float = 50
    requests: int = 300
    wait: float = 60


@dataclass(frozen=True)
class Answer:
    """What came back: the body and its marks; without a body where nothing has changed since the marks sent."""

    body: bytes | None
    marks: Marks = field(default_factory=dict)


@dataclass
class Pace:
    """When the last request of a run was sent or answered, whichever board it was for."""

    last: float | None = None


@dataclass
class Asker:
    """Asks one board. Use it as an asynchronous context; `count` is how many requests were sent."""

    pace: Pace
    limits: Limits
    headers: Mapping[str, str] = field(default_factory=dict)
    count: int = 0
    _stack: AsyncExitStack = field(default_factory=AsyncExitStack)
    _client: Any = None

    async def __aenter__(self) -> Self:
        """Open the connection when the first request needs it."""
        import httpx2

        # One coding at most: stacked ones make a few bytes into more than any machine holds.
        own = {"User-Agent": USER_AGENT, "Accept-Encoding": "gzip"}
        client = httpx2.AsyncClient(headers=own | dict(self.headers), timeout=self.limits.seconds, verify=_trust())
        self._client = await self._stack.enter_async_context(client)
        return self

    async def __aexit__(self, *_: object) -> None:
        """Close the connection."""
        await self._stack.aclose()

    async def ask(self, url: str, marks: Marks | None = None) -> Answer:
        """Return what a board answers. Raises NotCollected, in one line, for whatever is no proper answer."""
        found = await self._ask_within_limits(url, marks or {})
        if isinstance(found, float) and found <= self.limits.wait:
            await asyncio.sleep(found)
            found = await self._ask_within_limits(url, marks or {})
        if isinstance(found, Answer):
            return found
        when = f"in {found:.0f} seconds" if found > self.limits.wait else "later"
        raise NotCollected(f"{urlsplit(url).netloc} wants no more requests now: try again {when}")

    async def _ask_within_limits(self, url: str, marks: Marks) -> Answer | float:
        """Return the answer, or for how many seconds the host wants no more requests."""
        import httpx2

        host = urlsplit(url).netloc
        try:
            for _ in range(SAME_HOST_REDIRECTS + 1):
                await self._pause()
                async with asyncio.timeout(self.limits.seconds), self._client.stream("GET", url, headers=marks) as got:
                    if not got.has_redirect_location:
                        return await self._take(got, host)
                    url = _next_on_same_host(url, got.headers["location"])
        except (TimeoutError, httpx2.TimeoutException) as error:
            raise NotCollected(f"{host} did not answer within {self.limits.seconds:g} seconds") from error
        except httpx2.ConnectError as error:
            raise NotCollected(f"{host} cannot be reached ({_reason(error)})") from error
        except (httpx2.HTTPError, httpx2.InvalidURL) as error:
            raise NotCollected(f"{host} gave no proper answer ({_reason(error)})") from error
        raise NotCollected(f"{host} sends one on again and again")

    async def _pause(self) -> None:
        if self.count >= self.limits.requests:
            raise NotCollected(f"{self.limits.requests} requests are the most in one run; run it again for the rest")
        if self.pace.last is not None:
            await asyncio.sleep(max(0.0, self.pace.last + self.limits.pause - time.monotonic()))
        self.count += 1
        self.pace.last = time.monotonic()

    async def _take(self, got: "httpx2.Response", host: str) -> Answer | float:
        if got.status_code == 304:
            return Answer(None)
        if got.status_code in (429, 503) and (wait := _seconds(got.headers.get("retry-after"))) is not None:
            return wait
        if got.status_code in (404, 410):
            raise NotThere(f"{host} knows no such board ({got.status_code}): check how the company is written")
        if got.status_code != 200:
            raise NotCollected(_refusal(got.status_code, host))
        if got.headers.get("content-encoding", "identity").lower() not in ("gzip", "identity"):
            raise NotCollected(f"{host} answers in a coding that was not asked for")
        body = bytearray()
        async for piece in got.aiter_bytes():
            body += piece
            if len(body) > self.limits.megabytes * 1_000_000:
                raise NotCollected(f"{host} answers with more than {self.limits.megabytes:g} MB")
        self.pace.last = time.monotonic()
        return Answer(bytes(body), {sent: got.headers[name] for name, sent in _MARKS.items() if name in got.headers})


@cache
def _trust() -> "ssl.SSLContext":
    """Return whom to trust with an encrypted connection: reading that takes longer than many a request."""
    import httpx2

    return httpx2.create_ssl_context()


def _next_on_same_host(url: str, location: str) -> str:
    """Return where one is sent on to. Raises NotCollected for another host: nobody was told that it would be asked."""
    try:
        target = urlsplit(urljoin(url, location))
        host = target.netloc
    except ValueError:
        host = "an address that is none"
        target = None
    if target is None or (target.scheme, host) != urlsplit(url)[:2]:
        raise NotCollected(f"{urlsplit(url).netloc} sends one on to {host[:100]}, which is not followed")
    return target.geturl()


def _refusal(status: int, host: str) -> str:
    if status in (401, 403):
        return f"{host} does not let it be read ({status})"
    if status == 429:
        return f"{host} has had too many requests (429): try again later"
    if status >= 500:
        return f"{host} has a fault of its own ({status}): try again later"
    return f"{host} answers with status {status}"


def _seconds(text: str | None) -> float | None:
    """Return how long Retry-After asks one to wait: a number of seconds, or a moment."""
    if text is None:
        return None
    if text.strip().isdecimal():
        return float(text)
    try:
        moment = parsedate_to_datetime(text)
    except ValueError:
        return None
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return max(0.0, (moment - datetime.now(UTC)).total_seconds())


def _reason(error: Exception) -> str:
    return " ".join(str(error).split())[:120] or type(error).__name__
