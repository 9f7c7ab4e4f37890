"""Public job boards for tests: a real web server on loopback that answers as it is told.

    with BoardServer() as server:
        server.answers["/v0/postings/acme?mode=json&limit=100&skip=0"] = answer([...])
        ...  # ROLEMAP_BOARD_ADDRESSES=f"lever={server.address}"
        assert server.asked == ["/v0/postings/acme?mode=json&limit=100&skip=0"]

An answer with an ETag or a day is given as 304 to whoever sends it back.
"""

import gzip
import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self


@dataclass
class Answer:
    """What a path is answered with. `drips` sends the body byte by byte for as long as anyone listens."""

    body: bytes = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    drips: bool = False


@dataclass(frozen=True)
class Asked:
    """One request as it came over the wire."""

    path: str
    headers: dict[str, str]


def answer(value: Any, status: int = 200, **headers: str) -> Answer:
    """Return an answer in JSON, with headers such as `etag` or `retry_after`."""
    return Answer(json.dumps(value).encode(), status, _headers("application/json", headers))


def page(text: str, status: int = 200, **headers: str) -> Answer:
    """Return a web page, or XML."""
    return Answer(text.encode(), status, _headers("text/html", headers))


def packed(value: Any, coding: str = "gzip") -> Answer:
    """Return an answer that is compressed, and says so."""
    return Answer(gzip.compress(json.dumps(value).encode()), headers={"Content-Encoding": coding})


def _headers(kind: str, more: dict[str, str]) -> dict[str, str]:
    return {"Content-Type": kind} | {name.replace("_", "-"): value for name, value in more.items()}


class BoardServer:
    """The boards, told what to answer by path and query; a list of answers is given one after the other."""

    def __init__(self) -> None:
        self.answers: dict[str, Answer | list[Answer]] = {}
        self.requests: list[Asked] = []
        self.at_once = self.most_at_once = 0
        self.closing = threading.Event()
        self._lock = threading.Lock()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self._server.daemon_threads = True
        self._server.handle_error = lambda *_: None  # type: ignore[method-assign]

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    @property
    def asked(self) -> list[str]:
        """The paths that were asked for, in their order."""
        return [request.path for request in self.requests]

    def addresses(self, *boards: str) -> str:
        """The setting that has these boards answer here."""
        return ",".join(f"{board}={self.address}" for board in boards)

    def take(self, request: Asked) -> Answer:
        with self._lock:
            self.requests.append(request)
            found = self.answers.get(request.path, Answer(b"nothing here", 404))
            return found if isinstance(found, Answer) else found.pop(0) if len(found) > 1 else found[0]

    def count(self, step: int) -> None:
        with self._lock:
            self.at_once += step
            self.most_at_once = max(self.most_at_once, self.at_once)

    def __enter__(self) -> Self:
        threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self.closing.set()
        self._server.shutdown()
        self._server.server_close()


def _handler(server: BoardServer) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            server.count(1)
            try:
                self._answer(
                    server.take(Asked(self.path, {name.lower(): value for name, value in self.headers.items()}))
                )
            except (BrokenPipeError, ConnectionResetError):
                self.close_connection = True
            finally:
                server.count(-1)

        def _answer(self, found: Answer) -> None:
            if self._is_known(found):
                self.send_response(304)
                self.end_headers()
                return
            self.send_response(found.status)
            for name, value in found.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(10_000_000 if found.drips else len(found.body)))
            self.end_headers()
            for piece in _pieces(found, server.closing):
                self.wfile.write(piece)
                self.wfile.flush()

        def _is_known(self, found: Answer) -> bool:
            marks = (("If-None-Match", "etag"), ("If-Modified-Since", "last-modified"))
            return any(name in self.headers and self.headers[name] == found.headers.get(mark) for name, mark in marks)

        def log_message(self, *_: object) -> None:
            pass

    return Handler


def _pieces(found: Answer, closing: threading.Event) -> Iterator[bytes]:
    if not found.drips:
        yield found.body
    while found.drips and not closing.wait(0.02):
        yield b" "
