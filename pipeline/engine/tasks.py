"""What is done with one part, wherever it is done: each function reads the part and gives little back."""

import logging
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pipeline.core import ContentCache, content_key, get_settings, open_workspace_cache
from pipeline.embedding import TextEmbedder
from pipeline.engine.parts import FilePart, Part, id_key
from pipeline.engine.runners import Runner
from pipeline.postings import Sketch, Skip, Vacancy, content_digest, fold_repeats, sketch
from pipeline.vacancy_clustering import KnownClusters, Pilot, Tally, posting_rows

Keys = NDArray[np.uint64]

MOST_BUCKETS = 64

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class EncodeWith:
    """How texts become vectors: the model's name or folder, and whether the fast encoder reads the bodies."""

    model: str | None
    is_fast: bool


@dataclass(frozen=True)
class Survey:
    """What a first look at a part gives: a key for what each posting says, one for its id, and what was not read."""

    keys: Keys
    ids: Keys
    skipped: tuple[Skip, ...]
    digest: int  # the sum of the hashes of its postings, so that of all parts depends on no order


@dataclass(frozen=True)
class PlacedPart:
    """The rows of a part's postings as columns, and what was counted of them."""

    columns: dict[str, list[Any]]
    tally: Tally


@dataclass(frozen=True)
class Repeats:
    """Which postings repeat another: the id of the one kept, by the repeat's id; ids are unique over all parts."""

    kept_for: dict[str, str] = field(default_factory=dict)


def survey(part: Part, buckets: int) -> list[Any]:
    """Return a part's survey, and its postings' sketches in so many buckets by title: only equal titles repeat."""
    corpus = part.read()
    pieces: list[list[Sketch]] = [[] for _ in range(buckets)]
    for vacancy in corpus.vacancies:
        made = sketch(vacancy)
        pieces[int(content_key(made.title)[:8], 16) % buckets].append(made)
    digests = [content_digest(vacancy) for vacancy in corpus.vacancies]
    whole = sum(int(content_key(d, v.id), 16) for d, v in zip(digests, corpus.vacancies, strict=True)) % 2**256
    head = Survey(
        _keys(digests), np.array([id_key(v.id) for v in corpus.vacancies], dtype=np.uint64), corpus.skipped, whole
    )
    return [head, *pieces]


def survey_parts(parts: Sequence[Part], runner: Runner) -> tuple[Sequence[Part], list[Survey], Repeats]:
    """Look at all parts once, and again with ids of their own for what two parts call by one id.

    Returns the parts, a survey of each, and the repeats among all their postings.
    """
    heads, repeats = _surveyed(parts, runner)
    every = np.concatenate([head.ids for head in heads])
    ids, counts = np.unique(every, return_counts=True)
    if clashes := frozenset(ids[counts > 1].tolist()):
        parts = [replace(part, clashes=clashes) if isinstance(part, FilePart) else part for part in parts]
        heads, repeats = _surveyed(parts, runner)
    for skip in (skip for head in heads for skip in head.skipped):
        logger.warning("skipped: %s: %s", skip.id, skip.reason)
    return parts, heads, repeats


def _surveyed(parts: Sequence[Part], runner: Runner) -> tuple[list[Survey], Repeats]:
    buckets = min(MOST_BUCKETS, max(1, len(parts) // 2))
    heads, folded = runner.shuffle("Finding repeats", survey, parts, fold_bucket, buckets)
    return heads, Repeats({dropped: kept for found in folded for dropped, kept in found.items()})


def _keys(digests: Iterable[str]) -> Keys:
    return np.array([int(digest[:16], 16) for digest in digests], dtype=np.uint64)


def fold_bucket(pieces: list[list[Sketch]]) -> dict[str, str]:
    """Return the repeats among the postings of one bucket."""
    return fold_repeats(each for piece in pieces for each in piece)


def pick(part: Part, below: int, repeats: Repeats) -> list[Vacancy]:
    """Return the postings of a part whose keys are small enough for the sample, repeats apart."""
    found = part.read().vacancies
    keys = _keys(content_digest(vacancy) for vacancy in found)
    return [v for v, key in zip(found, keys.tolist(), strict=True) if key <= below and v.id not in repeats.kept_for]


def place(part: Part, pilot: Pilot, clusters: KnownClusters, repeats: Repeats, encode: EncodeWith) -> PlacedPart:
    """Return where the postings of a part belong, repeats apart."""
    vacancies = [vacancy for vacancy in part.read().vacancies if vacancy.id not in repeats.kept_for]
    if not vacancies:
        return PlacedPart({}, Tally())
    embedder = embedder_of(encode.model)
    placed = pilot.place(
        vacancies,
        embed=embedder.precise,
        embed_bodies=embedder.fast if encode.is_fast else None,
        kept=workspace_cache(),
    )
    rows = posting_rows(vacancies, placed, clusters, workspace_cache())
    return PlacedPart({name: [row[name] for row in rows] for name in rows[0]}, placed.tally)


def embedder_of(model: str | None) -> TextEmbedder:
    """Return this process's encoder, with the cache of its workspace; it is kept from part to part."""
    return _embedder(model, get_settings().cache_path)


def workspace_cache() -> ContentCache:
    """Return the cache of the workspace in use, which stays open from part to part."""
    return _open_cache(get_settings().cache_path)


@lru_cache(maxsize=1)
def _embedder(model: str | None, cache_path: Path) -> TextEmbedder:
    return TextEmbedder(model, cache=_open_cache(cache_path))


@lru_cache(maxsize=1)
def _open_cache(path: Path) -> ContentCache:  # by its place: another workspace has a cache of its own
    return open_workspace_cache(get_settings())
