"""The command that serves the API."""

import signal
import socket
from types import FrameType
from typing import Annotated

import typer

from pipeline.cli.terminal import ArtifactOption
from pipeline.core import RolemapError, get_settings

MAX_CONNECTIONS = 512
SHUTDOWN_SECONDS = 10  # for requests that have begun
KEEP_ALIVE_SECONDS = 75  # longer than clients keep an idle connection, so that they close it first
WILDCARDS = ("0.0.0.0", "::")


def serve(
    host: Annotated[str, typer.Option("--host", help="The address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", min=0, max=65535, help="0 takes a free one.")] = 8000,
    clusters_artifact: ArtifactOption = None,
    allow_host: Annotated[
        list[str] | None, typer.Option("--allow-host", help="Another name that the server is reached under.")
    ] = None,
    allow_origin: Annotated[
        list[str] | None, typer.Option("--allow-origin", help="A web origin whose pages may use the API.")
    ] = None,
) -> None:
    """Serve the HTTP API until interrupted."""
    import uvicorn

    from pipeline.api import ANY_ADDRESS, create_app, is_loopback

    settings = get_settings()
    if not is_loopback(host) and settings.api_token is None:
        raise RolemapError(
            f"Listening on {host} lets other machines in: set ROLEMAP_API_TOKEN to a secret of yours first, or serve "
            "on 127.0.0.1."
        )
    names = [*(allow_host or []), ANY_ADDRESS if host in WILDCARDS else host]
    app = create_app(settings, artifact=clusters_artifact, hosts=names, origins=allow_origin or [], is_warmed=True)
    listener = _listen(host, port)
    config = uvicorn.Config(
        app,
        log_config=None,
        server_header=False,
        limit_concurrency=MAX_CONNECTIONS,
        timeout_graceful_shutdown=SHUTDOWN_SECONDS,
        timeout_keep_alive=KEEP_ALIVE_SECONDS,
    )
    server = uvicorn.Server(config)
    received: list[int] = []

    def stop(number: int, frame: FrameType | None) -> None:
        received.append(number)
        server.handle_exit(number, frame)

    # From before the address is told: an exception raised by a signal can get lost in the imports of the start-up.
    # uvicorn takes over while it serves, and raises the signal again once it has shut down.
    signal.signal(signal.SIGINT, stop)
    signal.signal(signal.SIGTERM, stop)
    shown = f"[{host}]" if ":" in host else host
    print(f"Serving on http://{shown}:{listener.getsockname()[1]}", flush=True)
    server.run(sockets=[listener])
    if signal.SIGINT in received:
        raise KeyboardInterrupt


def _listen(host: str, port: int) -> socket.socket:
    """Return a socket that listens. Raises RolemapError where the address cannot be had."""
    try:
        family, _, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        listener = socket.create_server(address[:2], family=family)
        # Connections inherit it. Else the second part of each answer waits for the client's delayed acknowledgement.
        listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return listener
    except OSError as error:
        reason = error.strerror or error
        raise RolemapError(f"Cannot listen on {host}:{port}: {reason}. Choose another --host or --port.") from error
