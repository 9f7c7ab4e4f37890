"""What is made of files, kept until one of them changes."""

import threading
from collections.abc import Callable, Hashable, Iterable
from pathlib import Path
from typing import Generic, TypeVar

from pipeline.core.files import file_state

Value = TypeVar("Value")


class WatchedFiles(Generic[Value]):
    """Keeps the latest values made of files. Safe under threads: who asks while one is made waits and shares it."""

    def __init__(self, most: int = 16) -> None:
        """Keep at most so many values; the one that was made longest ago goes first."""
        self._most = most
        self._kept: dict[Hashable, tuple[object, Value]] = {}
        self._making = threading.Lock()

    def get(
        self,
        key: Hashable,
        files: Iterable[Path],
        make: Callable[[], Value],
        *,
        beside: object = None,
        refresh: bool = False,
    ) -> Value:
        """Return the value under a key, made anew where a file or what counts `beside` the files has changed since.

        A file that is not there may come later. What `make` raises is passed on, and nothing is kept of it.
        """
        with self._making:
            # Looked at before the files are read: a change in between is seen the next time.
            state = [(path, file_state(path)) for path in files], beside
            known = self._kept.get(key)
            if known and known[0] == state and not refresh:
                return known[1]
            value = make()
            self._kept.pop(key, None)
            if len(self._kept) >= self._most:
                del self._kept[next(iter(self._kept))]
            self._kept[key] = state, value
            return value
