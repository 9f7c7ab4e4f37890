"""Texts as vectors: the packaged model, a fast table distilled from it, and postings as rows of several views.

Only this package imports sentence-transformers. A vector depends on nothing but its text.
"""

from pipeline.embedding.encoder import (
    TextEmbedder,
    check_packaged_model,
    languages_read,
    model_name,
    packaged_model_folder,
)
from pipeline.embedding.pair_reader import PairReader
from pipeline.embedding.postings import (
    BODY,
    ROLE,
    TITLE,
    UNTITLED_ROLE,
    WINDOW,
    Embed,
    Matrix,
    unit_rows,
    vacancy_features,
)
from pipeline.embedding.word_vectors import (
    WordVectors,
    load_word_encoder,
)

__all__ = [
    "BODY",
    "ROLE",
    "TITLE",
    "UNTITLED_ROLE",
    "WINDOW",
    "Embed",
    "Matrix",
    "PairReader",
    "TextEmbedder",
    "WordVectors",
    "check_packaged_model",
    "languages_read",
    "load_word_encoder",
    "model_name",
    "packaged_model_folder",
    "unit_rows",
    "vacancy_features",
]
