"""A machine of its own for a script of the project: no network beyond loopback, and no say for a developer's `.env`.

    done = run_command("analyze", "--json", home=workspace)
    assert done.status == 0

As a script (`python tests/sandbox.py main.py --help`, `python tests/sandbox.py -m streamlit run app.py`) it closes the
network and then hands over to what it was given.
"""

import ipaddress
import os
import runpy
import signal
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
OWN_PREFIXES = ("OPENAI_", "ROLEMAP_", "GPT_REWRITE_", "EMBEDDING_MODEL")
MODULES_FILE = "SANDBOX_MODULES"  # where a sandboxed script leaves the names of the modules that it imported
COMMAND_SECONDS = 180

refused: list[str] = []  # what this process tried to reach


class NoNetwork(OSError):
    """A test tried to reach another machine."""


def is_local(host: object) -> bool:
    """Tell whether a host is this machine; no name but `localhost` is looked up to find out."""
    if isinstance(host, bytes):
        host = host.decode("ascii", "replace")
    if host is None or host in ("", "localhost"):
        return True
    try:
        return ipaddress.ip_address(str(host).split("%")[0]).is_loopback or host == "0.0.0.0"
    except ValueError:
        return False


def close_network() -> None:
    """Refuse, for the rest of this process, every connection, datagram and name look-up that leaves the machine."""
    sys.addaudithook(_refuse_others)


def _refuse_others(event: str, arguments: tuple[Any, ...]) -> None:
    if event in ("socket.connect", "socket.sendto", "socket.sendmsg"):
        address = arguments[1]
        host = address[0] if isinstance(address, tuple) and address else None
    elif event in ("socket.getaddrinfo", "socket.gethostbyname"):
        host = arguments[0]
    else:
        return
    if not is_local(host):
        refused.append(f"{event} {host}")
        raise NoNetwork(f"a test tried to reach {host}")


def own_environment(home: Path | None = None, **extra: str) -> dict[str, str]:
    """Return this process's environment without any setting of Rolemap's, then with a home and `extra`."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(OWN_PREFIXES)}
    homes = {"ROLEMAP_HOME": str(home)} if home else {}
    return kept | {"HF_HUB_OFFLINE": "1"} | homes | extra


def sandboxed(*arguments: str) -> list[str]:
    """Return the command line that runs a script of the project, or `-m` and a module, in the sandbox."""
    return [sys.executable, str(Path(__file__).resolve()), *arguments]


@dataclass(frozen=True)
class Finished:
    """What a command left behind."""

    status: int
    out: str
    err: str
    modules: frozenset[str]

    @property
    def error_lines(self) -> list[str]:
        """Every line of standard error that says `error:`."""
        return [line for line in self.err.splitlines() if line.startswith("error:")]


def run_command(*arguments: str, home: Path, **environment: str) -> Finished:
    """Run `python main.py ARGUMENTS` on the workspace `home` and wait for its end."""
    modules = home.parent / f".modules-{home.name}-{os.getpid()}"
    done = subprocess.run(
        sandboxed("main.py", *arguments),
        cwd=ROOT,
        env=own_environment(home, **{MODULES_FILE: str(modules)}, **environment),
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=COMMAND_SECONDS,
        check=False,
    )
    imported = frozenset(modules.read_text().split()) if modules.exists() else frozenset[str]()
    modules.unlink(missing_ok=True)
    return Finished(done.returncode, done.stdout, done.stderr, imported)


def main() -> None:
    """Close the network, ignore `.env`, and become what the arguments name."""
    close_network()
    # A shell that runs the tests in the background has had SIGINT ignored, and children inherit that.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    sys.path[0] = str(ROOT)
    from pipeline.core import Settings

    Settings.model_config["env_file"] = None
    sys.argv = sys.argv[1:]
    try:
        if sys.argv[0] == "-m":
            sys.argv = sys.argv[1:]
            runpy.run_module(sys.argv[0], run_name="__main__", alter_sys=True)
        else:
            runpy.run_path(str(ROOT / sys.argv[0]), run_name="__main__")
    finally:
        if MODULES_FILE in os.environ:
            Path(os.environ[MODULES_FILE]).write_text("\n".join(sys.modules))


if __name__ == "__main__":
    main()
