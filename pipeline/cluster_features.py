"""Vacancies as vectors: what each says of its role, without what it says of its employer."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from pipeline.cache import ContentCache
from pipeline.embeddings import embed_texts
from pipeline.progress import ProgressCallback, ignore_progress
from pipeline.vacancies import Vacancy

Matrix = NDArray[np.float64]

HEAD_CHARACTERS = 4000  # more than the encoder reads; a longer text would only be a longer cache key


def vacancy_vectors(
    vacancies: Sequence[Vacancy],
    *,
    model: str | None = None,
    cache: ContentCache | None = None,
    on_progress: ProgressCallback = ignore_progress,
) -> Matrix:
    """Return a unit row for each vacancy: the mean of its title's and its body's embeddings.

    A title alone says the role and a body alone says much else, so each counts as a whole, not by its length. A vacancy
    without a title is its body.
    """
    titles = [vacancy.title or "" for vacancy in vacancies]
    bodies = [vacancy.text[:HEAD_CHARACTERS] for vacancy in vacancies]
    texts = [text for text in dict.fromkeys((*titles, *bodies)) if text]
    rows = embed_texts(texts, model=model, cache=cache, stage="Reading meaning", on_progress=on_progress).astype(
        np.float64
    )
    row_of = dict(zip(texts, rows, strict=True))
    return unit_rows(
        np.stack([row_of[body] + (row_of[title] if title else 0) for title, body in zip(titles, bodies, strict=True)])
    )


def unit_rows(rows: Matrix) -> Matrix:
    """Scale each row to length one; a row of zeros stays as it is."""
    return rows / np.clip(np.linalg.norm(rows, axis=1, keepdims=True), 1e-12, None)
