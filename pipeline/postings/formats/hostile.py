"""Formats that hostile files are made of are read by a worker, in a process with bounds of its own."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from pipeline.core import UnreadableDocument

WORKER_SECONDS = 30


def run_worker(kind: str, data: bytes, script: str = "document_worker.py") -> dict[str, Any]:
    """Have a worker script of this package read a hostile format, within bounded time and memory.

    Raises UnreadableDocument with the worker's reason, or when it ran out of its bounds.
    """
    command = [sys.executable, "-I", str(Path(__file__).parents[2] / "workers" / script), kind]
    try:
        done = subprocess.run(command, input=data, capture_output=True, timeout=WORKER_SECONDS, check=False)
        answer: dict[str, Any] = json.loads(done.stdout)
    except subprocess.TimeoutExpired as error:
        raise UnreadableDocument(f"reading it took more than {WORKER_SECONDS} seconds") from error
    except ValueError as error:
        raise UnreadableDocument("reading it took more time or memory than a document should") from error
    if "error" in answer:
        raise UnreadableDocument(answer["error"])
    return answer
