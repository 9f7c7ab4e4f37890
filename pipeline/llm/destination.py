"""Where data would go when a language model is asked: read from the settings, and said before anything is sent."""

import ipaddress
from dataclasses import dataclass


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


def is_local_host(name: str) -> bool:
    """Tell whether a host is this machine, without looking any name up."""
    if name == "localhost" or name.endswith(".localhost"):
        return True
    try:
        address = ipaddress.ip_address(name)
    except ValueError:
        return False
    return address.is_loopback or address.is_unspecified
