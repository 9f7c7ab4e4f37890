import socket
import subprocess
import sys

import pytest

from pipeline.core import get_settings
from tests import sandbox


@pytest.mark.parametrize("address", [("192.0.2.1", 80), ("203.0.113.7", 443)])
def test_a_connection_to_another_machine_is_refused_and_noted(address: tuple[str, int]) -> None:
    with socket.socket() as connection, pytest.raises(sandbox.NoNetwork):
        connection.connect(address)
    assert sandbox.refused == [f"socket.connect {address[0]}"]
    sandbox.refused.clear()


def test_a_name_is_not_looked_up() -> None:
    with pytest.raises(sandbox.NoNetwork):
        socket.create_connection(("example.com", 80), timeout=1)
    assert sandbox.refused == ["socket.getaddrinfo example.com"]
    sandbox.refused.clear()


def test_loopback_stays_open() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        socket.create_connection(("localhost", server.getsockname()[1]), timeout=5).close()


def test_a_sandboxed_script_cannot_reach_the_network_either() -> None:
    code = "from tests import sandbox, conftest; import socket; socket.create_connection(('192.0.2.1', 80), timeout=1)"
    done = subprocess.run([sys.executable, "-c", code], cwd=sandbox.ROOT, capture_output=True, text=True, check=False)
    assert "NoNetwork" in done.stderr


def test_a_developers_environment_has_no_say(monkeypatch: pytest.MonkeyPatch) -> None:
    assert get_settings().openai_api_key is None
    monkeypatch.setenv("OPENAI_API_KEY", "sk-developer")
    monkeypatch.setenv("EMBEDDING_MODEL", "developer/model")
    assert not {"OPENAI_API_KEY", "EMBEDDING_MODEL"} & set(sandbox.own_environment())
