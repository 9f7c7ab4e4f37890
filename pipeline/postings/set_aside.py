"""Postings that the user has set aside: stored still, and counted nowhere."""

import json
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from pipeline.core import RolemapError, write_atomically
from pipeline.postings.vacancy import Corpus

SET_ASIDE = ".set-aside.json"  # in a folder of postings: a list of ids


def read_set_aside(folder: Path) -> list[str]:
    """Return the ids of the postings that a folder's `.set-aside.json` leaves out. Raises RolemapError."""
    path = folder / SET_ASIDE
    try:
        ids = json.loads(path.read_bytes())
    except FileNotFoundError:
        return []
    except (OSError, ValueError) as error:
        raise RolemapError(f"{path} cannot be read. Mend it, or remove it to have its postings back.") from error
    if not isinstance(ids, list) or not all(isinstance(each, str) for each in ids):
        raise RolemapError(f"{path} is no list of postings' ids. Mend it, or remove it to have its postings back.")
    return ids


def write_set_aside(folder: Path, ids: Iterable[str]) -> None:
    """Set just these postings of a folder aside. Raises RolemapError."""
    write_atomically(folder / SET_ASIDE, (json.dumps(sorted(set(ids)), indent=1, ensure_ascii=False) + "\n").encode())


def without_set_aside(corpus: Corpus, ids: Iterable[str]) -> Corpus:
    """Return a corpus without the postings of these ids."""
    aside = frozenset(ids)
    return replace(corpus, vacancies=tuple(v for v in corpus.vacancies if v.id not in aside)) if aside else corpus
