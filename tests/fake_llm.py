"""A language model for tests: a chat-completions server over real HTTP on loopback, and a scripted one in process.

    with FakeLanguageModelServer() as server:
        server.script(answer({"name": "Data engineer"}), failure(429, retry_after=0.01), text("no JSON"))
        server.respond = lambda request: answer({"name": "Nurse"}) if "ward" in request.user else sample(request)
        ...  # open_language_model(server.settings())
        assert server.peak == 4
        assert "Jane Doe" not in server.requests[0].text

The script is dealt out in the order in which requests come; what it does not cover goes to `respond`, which at first
gives the smallest answer that fits the schema asked for.
"""

import json
import socket
import threading
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, TypeVar

from pydantic import BaseModel

from pipeline.core import Settings
from pipeline.llm import Prompt

Answer = TypeVar("Answer", bound=BaseModel)
LONGEST_WAIT = 20.0  # seconds, before a test that waits for what never comes fails


@dataclass(frozen=True)
class Request:
    """One request as it came over the wire."""

    body: dict[str, Any]
    headers: dict[str, str]
    path: str

    @property
    def user(self) -> str:
        return "\n".join(message["content"] for message in self.body["messages"] if message["role"] == "user")

    @property
    def text(self) -> str:
        """Everything that was said to the model."""
        return "\n".join(message["content"] for message in self.body["messages"])

    @property
    def format(self) -> str:
        """`json_schema`, `json_object` or `plain`."""
        return (self.body.get("response_format") or {"type": "plain"})["type"]

    @property
    def schema(self) -> dict[str, Any]:
        """The schema asked for, in `response_format` or else spelled out in the messages."""
        if self.format == "json_schema":
            return self.body["response_format"]["json_schema"]["schema"]
        start = self.text.find("JSON Schema:\n")
        return {} if start < 0 else json.JSONDecoder().raw_decode(self.text, self.text.index("{", start))[0]


@dataclass(frozen=True)
class Reply:
    """One response: what is sent, and how badly."""

    status: int = 200
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)
    delay: float = 0.0
    company: int = 1
    sent: float = 1.0
    stalls: bool = False

    def after(self, seconds: float) -> "Reply":
        """The same, later; closing the server ends the wait."""
        return replace(self, delay=seconds)

    def together_with(self, count: int) -> "Reply":
        """The same, once `count` requests have been open at one time: proof of concurrency without a clock."""
        return replace(self, company=count)

    def cut(self, sent: float = 0.5) -> "Reply":
        """The same, but the connection drops when this part of the body is out; at 0 nothing is sent at all."""
        return replace(self, sent=sent)

    def stalled(self, sent: float = 0.5) -> "Reply":
        """The same, but nothing comes after this part of the body until the server closes."""
        return replace(self, sent=sent, stalls=True)


def completion(
    content: str | None, *, finish: str = "stop", refusal: str | None = None, usage: Any = (100, 50)
) -> Reply:
    """A chat completion; `usage` is (tokens in, tokens out), or whatever else is to be sent in its place."""
    counts = {"prompt_tokens": usage[0], "completion_tokens": usage[1]} if isinstance(usage, tuple) else usage
    message = {"role": "assistant", "content": content, "refusal": refusal}
    body = {
        "id": "chatcmpl-1",
        "object": "chat.completion",
        "created": 1,
        "model": "fake",
        "choices": [{"index": 0, "finish_reason": finish, "message": message}],
        "usage": counts,
    }
    return Reply(body=json.dumps(body).encode())


def answer(value: BaseModel | Mapping[str, Any], *, usage: Any = (100, 50)) -> Reply:
    """A valid answer."""
    return completion(value.model_dump_json() if isinstance(value, BaseModel) else json.dumps(value), usage=usage)


def text(content: str) -> Reply:
    """An answer of just this text."""
    return completion(content)


def truncated(content: str = '{"name": "Da') -> Reply:
    """An answer that ran into the length limit."""
    return completion(content, finish="length")


def refused() -> Reply:
    """The model declines."""
    return completion(None, refusal="I cannot help with that.")


def failure(status: int, message: str = "something is wrong", retry_after: float | None = None) -> Reply:
    """An error of the server."""
    headers = {} if retry_after is None else {"retry-after": str(retry_after)}
    return Reply(status, json.dumps({"error": {"message": message, "type": "fake"}}).encode(), headers)


def hang() -> Reply:
    """No answer until the server closes."""
    return Reply(delay=3600.0)


def dropped() -> Reply:
    """The connection closes before anything is sent."""
    return Reply().cut(0)


def sample(request: Request) -> Reply:
    """The smallest answer that fits the schema asked for."""
    return answer(_instance(request.schema, request.schema, "text"))


def _instance(schema: Mapping[str, Any], root: Mapping[str, Any], name: str) -> Any:
    if "$ref" in schema:
        return _instance(root["$defs"][schema["$ref"].rpartition("/")[2]], root, name)
    if "anyOf" in schema:
        return _instance(schema["anyOf"][0], root, name)
    if "enum" in schema or "const" in schema:
        return schema["const"] if "const" in schema else schema["enum"][0]
    kind = schema.get("type", "object")
    if kind == "object":
        return {key: _instance(value, root, key) for key, value in schema.get("properties", {}).items()}
    if kind == "array":
        return [_instance(schema["items"], root, name)]
    return {"integer": 0, "number": 0.5, "boolean": True, "null": None}.get(kind, f"sample {name}")


class FakeLanguageModelServer:
    """The server. What it saw is in `requests` and `peak`; what it says is in `script` and `respond`."""

    def __init__(self) -> None:
        self.requests: list[Request] = []
        self.peak = 0
        self.respond: Callable[[Request], Reply] = sample
        self.refused_formats: set[str] = set()
        self._script: deque[Reply] = deque()
        self._open = 0
        self._changed = threading.Condition()
        self.closing = threading.Event()
        self._server = _Server(("127.0.0.1", 0), _Handler)
        self._server.fake = self
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)

    def __enter__(self) -> "FakeLanguageModelServer":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.closing.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}/v1"

    def settings(self, **changes: Any) -> Settings:
        """Settings that lead here, whatever the environment says."""
        chosen = {"openai_base_url": self.url, "openai_api_key": "sk-test", "openai_model": "fake"}
        return Settings(**(chosen | changes))

    def script(self, *replies: Reply) -> None:
        """Deal these out to the next requests, one each."""
        self._script.extend(replies)

    def handle(self, request: Request) -> Reply:
        """Record the request and choose its reply; returns when the reply is due."""
        with self._changed:
            self.requests.append(request)
            self._open += 1
            self.peak = max(self.peak, self._open)
            self._changed.notify_all()
            reply = self._script.popleft() if self._script and request.format not in self.refused_formats else None
        try:
            if request.format in self.refused_formats:
                return failure(400, f"response_format {request.format} is not supported")
            reply = reply or self.respond(request)
            with self._changed:
                self._changed.wait_for(lambda: self.peak >= reply.company, LONGEST_WAIT)
            if self.peak < reply.company:
                return failure(400, f"{reply.company} requests were never open at once")
            self.closing.wait(reply.delay)
            return reply
        finally:
            with self._changed:
                self._open -= 1


class _Server(ThreadingHTTPServer):
    request_queue_size = 1024  # with the default of 5, parallel clients look serial
    daemon_threads = True
    fake: FakeLanguageModelServer

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing: clients that give up are part of the tests."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: _Server

    def log_message(self, format: str, *args: Any) -> None:
        pass

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["content-length"])))
        received = {name.lower(): value for name, value in self.headers.items()}
        reply = self.server.fake.handle(Request(body, received, self.path))
        if reply.sent > 0:
            self.send_response(reply.status)
            headers = {"content-type": "application/json", "content-length": str(len(reply.body)), **reply.headers}
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(reply.body[: int(len(reply.body) * reply.sent)])
        if reply.sent < 1:
            self.wfile.flush()
            if reply.stalls:
                self.server.fake.closing.wait()
            self.close_connection = True
            self.connection.shutdown(socket.SHUT_RDWR)


Scripted = BaseModel | Mapping[str, Any] | Exception


class ScriptedLanguageModel:
    """A language model in process: gives its answers in turn, raises those that are errors, and keeps the prompts.

    One callable in place of the answers chooses by the prompt, for stages that ask for several things at once.
    """

    name = "scripted"

    def __init__(self, *answers: Scripted | Callable[[Prompt], Scripted]) -> None:
        self.prompts: list[Prompt] = []
        self.stages: list[str] = []
        self._answers = deque(answers)

    async def ask(self, prompt: Prompt, answer_type: type[Answer], *, stage: str) -> Answer:
        """Return the next answer as the type asked for."""
        self.prompts.append(prompt)
        self.stages.append(stage)
        assert self._answers, f"asked once more than scripted: {prompt}"
        given = self._answers[0](prompt) if callable(self._answers[0]) else self._answers.popleft()
        if isinstance(given, Exception):
            raise given
        return answer_type.model_validate(given.model_dump() if isinstance(given, BaseModel) else given)
