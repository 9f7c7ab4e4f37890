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
    "TextEmbedder",
    "check_packaged_model",
    "languages_read",
    "learn_features",
    "model_name",
    "packaged_model_folder",
    "unit_rows",
    "vacancy_features",
]
