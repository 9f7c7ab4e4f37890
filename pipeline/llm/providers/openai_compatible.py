"""Servers that speak OpenAI's chat completions: OpenAI itself, Ollama, vLLM, llama.cpp and many more."""

import asyncio
import json
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from pipeline.core import ContentCache, Settings, content_key
from pipeline.llm.answers import (
    Answer,
    AnswerFormat,
    build_messages,
    parse_answer,
    read_reply,
    response_format,
    strict_schema,
)
from pipeline.llm.destination import Destination, is_local_host
from pipeline.llm.errors import (
    InvalidAnswer,
    LanguageModelError,
    ModelNotConfigured,
    TimedOut,
    Unreachable,
    error_from_status,
)
from pipeline.llm.prompts import Prompt
from pipeline.llm.usage import StageUsage, read_model_terms

if TYPE_CHECKING:
    import httpx2
    import openai

DEFAULT_MODEL = "gpt-5.4-mini"
OPENAI_URL = "https://api.openai.com/v1"
NO_KEY = "no-key"  # sent to servers that want none, since the SDK insists on one
CONNECT_SECONDS = 10.0
MAX_BODY_BYTES = 4_000_000
SHORTEST_SECRET = 16  # characters; anything shorter is a placeholder, and may be an ordinary word
FORMAT_REFUSED = {400, 415, 422}
ANSWER_KIND = "answer-v1"

# The statuses that the tries of one ask came back with: the SDK hides them, and they say why time ran out.
_statuses: ContextVar[list[int] | None] = ContextVar("_statuses", default=None)


class OpenAILanguageModel:
    """The adapter over the OpenAI SDK. Made by `open_language_model`, inside the event loop that uses it."""

    def __init__(
        self,
        client: "openai.AsyncOpenAI",
        destination: Destination,
        *,
        deadline: float,
        cache: ContentCache | None,
        read_cache: bool,
    ) -> None:
        self.destination = destination
        self.usage: dict[str, StageUsage] = {}
        self._client = client
        self._deadline = deadline
        self._cache = cache
        self._read_cache = read_cache
        self._format = AnswerFormat.JSON_SCHEMA

    @property
    def name(self) -> str:
        """The model's name."""
        return self.destination.model

    async def ask(self, prompt: Prompt, answer_type: type[Answer], *, stage: str) -> Answer:
        """Return a valid answer, from the cache where it is there; an invalid one is asked for once more.

        Raises LanguageModelError, of the kind that says what went wrong, within the deadline.
        """
        usage = self.usage.setdefault(stage, StageUsage())
        schema = json.dumps(strict_schema(answer_type), sort_keys=True)
        key = content_key(self.destination.host, self.name, prompt.system, prompt.user, schema)
        known = self._recall(key, answer_type)
        if known is not None:
            usage.cached += 1
            return known
        try:
            answer, text = await self._ask_in_time(prompt, answer_type, usage)
        except LanguageModelError:
            usage.failed += 1
            raise
        usage.answered += 1
        if self._cache is not None:
            self._cache.put_many(ANSWER_KIND, {key: text.encode()})
        return answer

    def _recall(self, key: str, answer_type: type[Answer]) -> Answer | None:
        if self._cache is None or not self._read_cache:
            return None
        found = self._cache.get_many(ANSWER_KIND, [key]).get(key)
        try:
            return None if found is None else answer_type.model_validate_json(found)
        except ValueError:
            return None

    async def _ask_in_time(self, prompt: Prompt, answer_type: type[Answer], usage: StageUsage) -> tuple[Answer, str]:
        statuses: list[int] = []
        token = _statuses.set(statuses)
        try:
            async with asyncio.timeout(self._deadline):
                return await self._ask_twice(prompt, answer_type, usage)
        except TimeoutError:
            if statuses and (statuses[-1] == 429 or statuses[-1] >= 500):
                raise self._status_error(statuses[-1], "") from None
            raise TimedOut(
                f"{self.name} at {self.destination.host} gave no whole answer within {self._deadline:g} seconds: "
                "choose a faster model, or set OPENAI_TIMEOUT to more seconds."
            ) from None
        finally:
            _statuses.reset(token)

    async def _ask_twice(self, prompt: Prompt, answer_type: type[Answer], usage: StageUsage) -> tuple[Answer, str]:
        problem = None
        for _ in range(2):
            try:
                reply = read_reply(await self._send(prompt, answer_type, problem))
                usage.add(reply.tokens)
                text = reply.text(self.name)
                if len(self._client.api_key) >= SHORTEST_SECRET and self._client.api_key in text:
                    raise InvalidAnswer("it repeats the API key")  # answers are cached and shown
                return parse_answer(text, answer_type)
            except InvalidAnswer as error:
                problem = str(error)
        raise InvalidAnswer(f"{self.name} gave no usable answer, asked twice: {problem}.")

    async def _send(self, prompt: Prompt, answer_type: type[Answer], problem: str | None) -> bytes:
        """Return the body of a response, asked for in the strictest form that the server takes."""
        import openai

        answer_format = self._format
        while True:
            form = response_format(answer_format, answer_type)
            messages = build_messages(prompt, answer_type, answer_format, problem)
            try:
                body = await self._post({"messages": messages} | ({"response_format": form} if form else {}))
            except openai.APIStatusError as error:
                if error.status_code not in FORMAT_REFUSED or answer_format is AnswerFormat.PLAIN:
                    raise self._status_error(error.status_code, _words(error)) from None
                answer_format = AnswerFormat(answer_format + 1)
            else:
                self._format = max(self._format, answer_format)
                return body

    async def _post(self, request: dict[str, Any]) -> bytes:
        """Return the body of a successful response. Raises openai.APIStatusError or LanguageModelError."""
        import httpx2
        import openai

        create = self._client.chat.completions.with_streaming_response.create
        try:
            async with create(model=self.name, **request) as response:
                body = bytearray()
                async for chunk in response.iter_bytes():
                    body += chunk
                    if len(body) > MAX_BODY_BYTES:
                        raise InvalidAnswer(f"the response is longer than {MAX_BODY_BYTES:,} bytes")
                return bytes(body)
        except openai.APIStatusError:
            raise
        except openai.APIConnectionError:
            raise Unreachable(
                f"Nothing usable answers at {self.destination.host}: check that the server runs and that the network "
                "and OPENAI_BASE_URL are right."
            ) from None
        except (httpx2.RequestError, OSError):
            raise InvalidAnswer("the connection broke off in the middle of the answer") from None
        except openai.OpenAIError as error:
            raise InvalidAnswer(f"the SDK could not read the response ({type(error).__name__})") from None

    def _status_error(self, status: int, words: str) -> LanguageModelError:
        # Servers and proxies may quote the key. The original error, which holds it, is not chained for the same reason.
        clean = words.replace(self._client.api_key, "***")
        return error_from_status(status, clean, host=self.destination.host, model=self.name)


def _words(error: "openai.APIStatusError") -> str:
    body = error.body
    return str(body.get("message", "")) if isinstance(body, dict) else str(body or "")


def is_set_up(settings: Settings) -> bool:
    """Tell whether the settings name a server of this kind. Raises ModelNotConfigured for a key that cannot be sent."""
    return bool(settings.openai_base_url or _read_key(settings))


def describe(settings: Settings) -> Destination:
    """Return where data would go. Raises ModelNotConfigured where no model is set up."""
    if not is_set_up(settings):
        raise ModelNotConfigured(
            "No language model is set up: set OPENAI_API_KEY, or set OPENAI_BASE_URL to a compatible server "
            "(Ollama: http://localhost:11434/v1), in the environment or in .env."
        )
    url = (settings.openai_base_url or OPENAI_URL).strip().rstrip("/")
    name, port = _host_and_port(url)
    host = f"[{name}]" if ":" in name else name
    model = (settings.openai_model or DEFAULT_MODEL).strip()
    return Destination(url, host if port is None else f"{host}:{port}", model, is_local_host(name))


def _read_key(settings: Settings) -> str:
    """Return the key, or nothing where there is none. Raises ModelNotConfigured for one that cannot be sent."""
    key = settings.openai_api_key.get_secret_value().strip() if settings.openai_api_key else ""
    if not (key.isascii() and key.isprintable()) or " " in key:
        raise ModelNotConfigured("OPENAI_API_KEY holds a space or a character that no key has: paste it again.")
    return key


def _host_and_port(url: str) -> tuple[str, int | None]:
    try:
        parts = urlsplit(url)
        name, port = parts.hostname, parts.port
    except ValueError:
        name = None
    # The address itself is not shown: it may hold a password.
    if not name or parts.scheme not in {"http", "https"} or not (url.isascii() and url.isprintable()) or " " in url:
        raise ModelNotConfigured("OPENAI_BASE_URL is no web address: write it like http://localhost:11434/v1.")
    if "@" in parts.netloc or parts.query or parts.fragment:
        raise ModelNotConfigured(
            "OPENAI_BASE_URL may hold no user name, password or query, since addresses end up in logs: "
            "leave them out, and set OPENAI_API_KEY."
        )
    return name, port


@asynccontextmanager
async def open_model(
    settings: Settings,
    *,
    cache: ContentCache | None,
    read_cache: bool,
    max_retries: int,
) -> AsyncIterator[OpenAILanguageModel]:
    """Open the run's one client; it is closed with the block. Nothing is sent until something is asked."""
    destination = describe(settings)
    key, terms = _read_key(settings) or NO_KEY, read_model_terms()
    import openai

    # Their messages hold addresses, headers and, at the debug level, what is sent: none of it belongs in a log.
    for name in ("openai", "httpx2", "httpcore2"):
        logging.getLogger(name).setLevel(logging.WARNING)
    async with openai.AsyncOpenAI(
        api_key=key,
        base_url=destination.url,
        max_retries=max_retries,
        http_client=_http_client(destination),
    ) as client:
        yield OpenAILanguageModel(client, destination, deadline=terms.timeout, cache=cache, read_cache=read_cache)


def _http_client(destination: Destination) -> "httpx2.AsyncClient":
    """Return a client that goes where the user was told it goes: no redirects, and no proxy to this machine."""
    import httpx2
    import openai

    return openai.DefaultAsyncHttpx2Client(
        timeout=httpx2.Timeout(None, connect=CONNECT_SECONDS),  # each ask has its own deadline for the rest
        follow_redirects=False,
        trust_env=not destination.is_local,
        event_hooks={"response": [_note_status]},
    )


async def _note_status(response: "httpx2.Response") -> None:
    statuses = _statuses.get()
    if statuses is not None:
        statuses.append(response.status_code)
