"""A cache in SQLite, keyed by content: what was costly once is not paid for again."""

import hashlib
import logging
import sqlite3
import threading
from collections.abc import Iterable, Mapping
from pathlib import Path

logger = logging.getLogger(__name__)

KEYS_PER_QUERY = 500  # SQLite limits the variables of one statement


def content_key(*parts: str | bytes) -> str:
    """Return a SHA-256 over the parts, each told apart from the next by its length."""
    digest = hashlib.sha256()
    for part in parts:
        data = part.encode("utf-8", "surrogatepass") if isinstance(part, str) else part
        digest.update(len(data).to_bytes(8, "big") + data)
    return digest.hexdigest()


class ContentCache:
    """Blobs by kind and key. A cache that cannot be opened or written is done without, and said once."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._lock = threading.Lock()
        self._connection = self._open()

    def _open(self) -> sqlite3.Connection | None:
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            try:
                return self._connect()
            except sqlite3.DatabaseError as error:
                if isinstance(error, sqlite3.OperationalError):
                    raise
                logger.warning("The cache %s is damaged (%s); starting a new one.", self.path, error)
                self.path.replace(self.path.with_suffix(".damaged"))
                return self._connect()
        except (OSError, sqlite3.Error) as error:
            logger.warning("Working without the cache %s: %s", self.path, error)
            return None

    def _connect(self) -> sqlite3.Connection:
        connection = sqlite3.connect(self.path, timeout=30, check_same_thread=False)
        try:
            connection.execute("PRAGMA journal_mode=WAL")
            connection.execute("PRAGMA synchronous=NORMAL")
            connection.execute(
                "CREATE TABLE IF NOT EXISTS entries (kind TEXT, key TEXT, value BLOB, "
                "PRIMARY KEY (kind, key)) WITHOUT ROWID"
            )
        except sqlite3.Error:
            connection.close()
            raise
        return connection

    def get_many(self, kind: str, keys: Iterable[str]) -> dict[str, bytes]:
        """Return the values of the keys that are there."""
        wanted = list(dict.fromkeys(keys))
        found: dict[str, bytes] = {}
        if self._connection is None:
            return found
        with self._lock:
            for start in range(0, len(wanted), KEYS_PER_QUERY):
                part = wanted[start : start + KEYS_PER_QUERY]
                marks = ",".join("?" * len(part))
                query = f"SELECT key, value FROM entries WHERE kind = ? AND key IN ({marks})"
                found.update(self._connection.execute(query, (kind, *part)).fetchall())
        return found

    def put_many(self, kind: str, values: Mapping[str, bytes]) -> None:
        """Store the values; a full or read-only disk costs a warning, not the run."""
        if self._connection is None or not values:
            return
        rows = [(kind, key, value) for key, value in values.items()]
        try:
            with self._lock, self._connection:
                self._connection.executemany("INSERT OR REPLACE INTO entries VALUES (?, ?, ?)", rows)
        except sqlite3.Error as error:
            logger.warning("Could not write to the cache %s: %s", self.path, error)

    def sizes(self) -> dict[str, tuple[int, int]]:
        """Return, for each kind, how many entries there are and how many bytes they hold."""
        if self._connection is None:
            return {}
        with self._lock:
            rows = self._connection.execute(
                "SELECT kind, COUNT(*), SUM(LENGTH(value)) FROM entries GROUP BY kind ORDER BY kind"
            ).fetchall()
        return {kind: (count, size) for kind, count, size in rows}

    def clear(self) -> None:
        """Delete every entry and give the space back."""
        if self._connection is None:
            return
        with self._lock:
            self._connection.execute("DELETE FROM entries")
            self._connection.commit()
            self._connection.execute("VACUUM")

    def close(self) -> None:
        """Close the file."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def __enter__(self) -> "ContentCache":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
