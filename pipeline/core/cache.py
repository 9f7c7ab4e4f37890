"""A cache in SQLite, keyed by content: what was costly once is not paid for again."""

import hashlib
import logging
import sqlite3
import threading
import time
from collections.abc import Iterable, Mapping
from pathlib import Path

from pipeline.core.settings import Settings

logger = logging.getLogger(__name__)

KEYS_PER_QUERY = 500  # SQLite limits the variables of one statement
MAX_MB, MAX_DAYS = 2000, 180  # what a cache may hold, and how long what nobody asks for stays
_DAY = 86_400
_SLACK = 0.8  # of the most: a cache that is too large is cut down to that, so that it is not cut at every write


def content_key(*parts: str | bytes) -> str:
    """Return a SHA-256 over the parts, each told apart from the next by its length."""
    digest = hashlib.sha256()
    for part in parts:
        data = part.encode("utf-8", "surrogatepass") if isinstance(part, str) else part
        digest.update(len(data).to_bytes(8, "big") + data)
    return digest.hexdigest()


class ContentCache:
    """Blobs by kind and key. A cache that cannot be opened or written is done without, and said once.

    What was not asked for in `max_days` goes, and beyond `max_mb` (of a million bytes) what was not asked for longest.
    """

    def __init__(self, path: Path, *, max_mb: float = MAX_MB, max_days: int = MAX_DAYS) -> None:
        self.path = path
        self._max_bytes, self._max_days = max_mb * 1e6, max_days
        self._has_written = False
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
            if "used_on" not in {row[1] for row in connection.execute("PRAGMA table_info(entries)")}:
                connection.execute(f"ALTER TABLE entries ADD COLUMN used_on INTEGER DEFAULT {_today()}")
        except sqlite3.Error:
            connection.close()
            raise
        return connection

    @property
    def is_open(self) -> bool:
        """Tell whether anything can be kept."""
        return self._connection is not None

    def get_many(self, kind: str, keys: Iterable[str]) -> dict[str, bytes]:
        """Return the values of the keys that are there."""
        wanted = list(dict.fromkeys(keys))
        found: dict[str, bytes] = {}
        stale: list[str] = []  # what was last asked for on an earlier day
        if self._connection is None:
            return found
        today = _today()
        with self._lock:
            for start in range(0, len(wanted), KEYS_PER_QUERY):
                part = wanted[start : start + KEYS_PER_QUERY]
                marks = ",".join("?" * len(part))
                query = f"SELECT key, value, used_on FROM entries WHERE kind = ? AND key IN ({marks})"
                for key, value, used_on in self._connection.execute(query, (kind, *part)):
                    found[key] = value
                    if used_on < today:
                        stale.append(key)
        if stale:
            self._mark_used(kind, stale, today)
        return found

    def _mark_used(self, kind: str, keys: list[str], today: int) -> None:
        assert self._connection is not None
        rows = [(today, kind, key) for key in keys]
        try:
            with self._lock, self._connection:
                self._connection.executemany("UPDATE entries SET used_on = ? WHERE kind = ? AND key = ?", rows)
        except sqlite3.Error as error:
            logger.debug("Could not note what was used of the cache %s: %s", self.path, error)

    def put_many(self, kind: str, values: Mapping[str, bytes]) -> None:
        """Store the values; a full or read-only disk costs a warning, not the run."""
        if self._connection is None or not values:
            return
        rows = [(kind, key, value, _today()) for key, value in values.items()]
        self._has_written = True
        try:
            with self._lock, self._connection:
                self._connection.executemany(
                    "INSERT OR REPLACE INTO entries (kind, key, value, used_on) VALUES (?, ?, ?, ?)", rows
                )
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

    def trim(self) -> int:
        """Drop what is too old or too much, the longest unused first; return how many entries went."""
        if self._connection is None:
            return 0
        with self._lock, self._connection:
            gone = self._connection.execute(
                "DELETE FROM entries WHERE used_on < ?", (_today() - self._max_days,)
            ).rowcount
            sizes = self._connection.execute(
                "SELECT kind, key, LENGTH(value) FROM entries ORDER BY used_on DESC"
            ).fetchall()
            if sum(size for _, _, size in sizes) > self._max_bytes:
                kept = 0
                surplus = [(kind, key) for kind, key, size in sizes if (kept := kept + size) > _SLACK * self._max_bytes]
                self._connection.executemany("DELETE FROM entries WHERE kind = ? AND key = ?", surplus)
                gone += len(surplus)
            self._connection.execute(f"PRAGMA user_version = {_today()}")
        if gone:
            logger.info("Dropped %d entries from the cache %s: too old or too many", gone, self.path)
        return gone

    def _is_due(self) -> bool:
        """Tell whether to look for what is too old, once a day, or too much, when something was written."""
        assert self._connection is not None
        last = self._connection.execute("PRAGMA user_version").fetchone()[0]
        pages = self._connection.execute("PRAGMA page_count").fetchone()[0]
        free = self._connection.execute("PRAGMA freelist_count").fetchone()[0]
        page_size = self._connection.execute("PRAGMA page_size").fetchone()[0]
        return bool(last != _today() or (pages - free) * page_size > self._max_bytes)

    def close(self) -> None:
        """Close the file, after dropping what is too old or too much where something was written."""
        if self._connection is not None:
            try:
                if self._has_written and self._is_due():
                    self.trim()
            except sqlite3.Error as error:
                logger.warning("Could not trim the cache %s: %s", self.path, error)
            self._connection.close()
            self._connection = None

    def __enter__(self) -> "ContentCache":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def _today() -> int:
    """Return the day as a number that grows by one each day."""
    return int(time.time() // _DAY)


def open_workspace_cache(settings: Settings) -> ContentCache:
    """Open the cache of a workspace, with the limits that its settings give it."""
    return ContentCache(settings.cache_path, max_mb=settings.cache_mb, max_days=settings.cache_days)


def open_shared_cache(settings: Settings) -> ContentCache:
    """Open the cache of what is the same for every workspace of this user."""
    return ContentCache(settings.shared_cache_path, max_mb=settings.cache_mb, max_days=settings.cache_days)
