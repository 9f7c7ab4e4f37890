"""What a file of rows held, as it was read once: the next step, or the next run, does not parse it again.

Copies lie in the workspace's cache, by the file's place and state and by what reads it. A file that says nothing of
when it was changed is read anew each time.
"""

from collections.abc import Callable
from contextlib import closing

from pipeline.core import content_key, get_settings, open_workspace_cache
from pipeline.postings import Corpus, pack_corpus, reader_key, unpack_corpus

KIND = "part-v2"
_STATE = ("mtime", "ETag", "etag", "LastModified", "last_modified", "updated", "generation")  # as systems call it


def read_once(address: str, name: str, read: Callable[[], Corpus]) -> Corpus:
    """Return what `read` gives, or its copy where the file at an address is as it was. Raises OSError."""
    key = _key(address, name)
    if key is None:
        return read()
    with closing(open_workspace_cache(get_settings())) as cache:
        stored = cache.get_many(KIND, [key]).get(key)
        if stored is not None:
            return unpack_corpus(stored)
        corpus = read()
        cache.put_many(KIND, {key: pack_corpus(corpus)})
    return corpus


def _key(address: str, name: str) -> str | None:
    import fsspec

    system, path = fsspec.core.url_to_fs(address)
    info = system.info(path)
    state = [f"{key}={info[key]}" for key in _STATE if info.get(key)]
    return content_key(reader_key(), address, name, str(info.get("size")), *state) if state else None
