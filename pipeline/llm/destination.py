"""Where data would go when a language model is asked: read from the settings, and said before anything is sent."""

import ipaddress
from dataclasses import dataclass
from urllib.parse import urlsplit

from pipeline.core import Settings
from pipeline.llm.errors import ModelNotConfigured

DEFAULT_MODEL = "gpt-5.4-mini"
OPENAI_URL = "https://api.openai.com/v1"


@dataclass(frozen=True)
class Destination:
    """Where data would go: the server's address, its host and port, and the model asked for."""

    url: str
    host: str
    model: str
    is_local: bool

    def __str__(self) -> str:
        """Return it in words, for the page or command that asks for consent."""
        if self.is_local:
            return f"the model {self.model} at {self.host}, on this machine"
        secrecy = "" if self.url.startswith("https:") else ", over a connection that is not encrypted"
        return f"the model {self.model} at {self.host}{secrecy}"


def describe_destination(settings: Settings) -> Destination:
    """Return where data would go under these settings. Raises ModelNotConfigured where no model is set up."""
    if not settings.openai_base_url and not read_key(settings):
        raise ModelNotConfigured(
            "No language model is set up: set OPENAI_API_KEY, or set OPENAI_BASE_URL to a compatible server "
            "(Ollama: http://localhost:11434/v1), in the environment or in .env."
        )
    url = (settings.openai_base_url or OPENAI_URL).strip().rstrip("/")
    name, port = _host_and_port(url)
    host = f"[{name}]" if ":" in name else name
    model = (settings.openai_model or DEFAULT_MODEL).strip()
    return Destination(url, host if port is None else f"{host}:{port}", model, _is_local(name))


def read_key(settings: Settings) -> str:
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


def _is_local(name: str) -> bool:
    if name == "localhost" or name.endswith(".localhost"):
        return True
    try:
        address = ipaddress.ip_address(name)
    except ValueError:
        return False
    return address.is_loopback or address.is_unspecified
