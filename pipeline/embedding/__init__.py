"""Texts as vectors: the packaged model, a fast table distilled from it, and postings as rows of several views.

Only this package imports torch and sentence-transformers. A vector depends on nothing but its text.
"""

from pipeline.embedding.encoder import (
    TextEmbedder,
    check_packaged_model,
    languages_read,
    model_name,
    packaged_model_folder,
)
from pipeline.embedding.layers import packaged_word_vectors
from pipeline.embedding.pair_reader import PairDoubt, PairReader, Piece
from pipeline.embedding.postings import (
    BODY,
    ROLE,
    TITLE,
    UNTITLED_ROLE,
    WINDOW,
    Embed,
    FeatureSpace,
    Matrix,
    learn_features,
    unit_rows,
    vacancy_features,
)

__all__ = [
    "BODY",
    "ROLE",
    "TITLE",
    "UNTITLED_ROLE",
    "WINDOW",
    "Embed",
    "FeatureSpace",
    "Matrix",
    "PairDoubt",
    "PairReader",
    "Piece",
    "TextEmbedder",
    "check_packaged_model",
    "languages_read",
    "learn_features",
    "model_name",
    "packaged_model_folder",
    "packaged_word_vectors",
    "unit_rows",
    "vacancy_features",
]
