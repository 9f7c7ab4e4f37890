"""What can go wrong with a language model, each in one line that says what to do and never holds the key."""

from pipeline.core import RolemapError

DETAIL_CHARACTERS = 200  # of what a server says, shown to the user


class LanguageModelError(RolemapError):
    """The model did not give what was asked for. It costs the one item that was asked about, never the run."""


class ModelNotConfigured(LanguageModelError):
    """A setting that the model needs is missing or cannot be used."""


class RateLimited(LanguageModelError):
    """The server limits how often it may be asked, and still did after the retries."""


class NoCreditLeft(LanguageModelError):
    """The account behind the key is used up; asking more slowly does not help."""


class Unauthorised(LanguageModelError):
    """The server wants another key, or does not allow this one to do what was asked."""


class UnknownModel(LanguageModelError):
    """The server has no model of that name."""


class Unreachable(LanguageModelError):
    """Nothing answers at the address, or what answers fails."""


class TimedOut(LanguageModelError):
    """No whole answer came in the time allowed."""


class RequestRefused(LanguageModelError):
    """The server refuses the request itself, for instance because it is too long for the model."""


class TruncatedAnswer(LanguageModelError):
    """The answer was cut off at the model's length limit: ask for less at once."""


class RefusedAnswer(LanguageModelError):
    """The model, or a filter in front of it, declines to answer."""


class InvalidAnswer(LanguageModelError):
    """The answer is not of the type that was asked for."""


def one_line(text: str, limit: int = DETAIL_CHARACTERS) -> str:
    """Return a stranger's text as one short line without control characters, fit for a terminal.

    >>> one_line("a\\x1b[31m red\\n\\nline")
    'a[31m red line'
    """
    line = " ".join("".join(char if char.isprintable() else " " if char.isspace() else "" for char in text).split())
    return line if len(line) <= limit else line[: limit - 1] + "…"


def error_from_status(status: int, detail: str, *, host: str, model: str) -> LanguageModelError:
    """Return the error that an HTTP status and the server's words amount to; `detail` no longer holds the key."""
    said = f": {one_line(detail)}" if detail.strip() else ""
    words = detail.casefold()
    if _is_out_of_credit(status, words):
        return NoCreditLeft(f"The account at {host} has no credit left (HTTP {status}): add some, or change the model.")
    if status == 429:
        return RateLimited(f"{host} limits how often it may be asked (HTTP 429): try again later.")
    if status == 401:
        # What the server says is left out: some quote the key.
        return Unauthorised(f"{host} does not accept the key (HTTP 401): check OPENAI_API_KEY.")
    if status == 403:
        return Unauthorised(f"{host} does not allow the request (HTTP 403){said}")
    if status == 404 and "model" not in words:
        return Unreachable(
            f"{host} has no chat completions at that address (HTTP 404): OPENAI_BASE_URL usually ends in /v1."
        )
    if status == 404 or _names_unknown_model(words):
        return UnknownModel(f"{host} has no model {one_line(model)} (HTTP {status}): set OPENAI_MODEL to one it has.")
    if status >= 500 or status in {408, 409}:
        return Unreachable(f"{host} fails (HTTP {status}), still after several tries: try again later.")
    if 300 <= status < 400:
        return Unreachable(f"{host} redirects requests (HTTP {status}): set OPENAI_BASE_URL to where they should go.")
    return RequestRefused(f"{host} refuses the request (HTTP {status}){said}")


def _is_out_of_credit(status: int, words: str) -> bool:
    return status == 402 or (status == 429 and "quota" in words and "billing" in words)


def _names_unknown_model(words: str) -> bool:
    return "model" in words and any(mark in words for mark in ("not exist", "not found", "not a valid model"))
