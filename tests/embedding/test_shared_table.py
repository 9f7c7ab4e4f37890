"""The fast encoder's table is made once, whatever the workspace."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from tokenizers import Tokenizer, models, pre_tokenizers

from pipeline.core import ContentCache
from pipeline.embedding import TextEmbedder, encoder

WORDS = [f"word{number}" for number in range(300)]


@pytest.fixture
def encoded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Give the packaged model a small vocabulary; return how many of its tokens were encoded, by distillation."""
    tokenizer = Tokenizer(models.WordLevel({word: number for number, word in enumerate(WORDS)}, unk_token=WORDS[0]))
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    tokenizer.save(str(tmp_path / "tokenizer.json"))
    monkeypatch.setattr(encoder, "packaged_model_folder", lambda: tmp_path)
    counts: list[int] = []

    def encode(self: TextEmbedder, texts: list[str]) -> NDArray[Any]:
        counts.append(len(texts))
        return np.random.default_rng(0).normal(size=(len(texts), 384))

    monkeypatch.setattr(TextEmbedder, "_encode_packaged", encode)
    return counts


def test_two_workspaces_share_one_table(tmp_path: Path, encoded: list[int]) -> None:
    rows = []
    for name in ("one", "two"):
        with ContentCache(tmp_path / name / "cache.sqlite") as cache:
            rows.append(TextEmbedder(cache=cache).fast(["word3 word4", "word5"]))
    assert encoded == [len(WORDS)]
    assert (rows[0] == rows[1]).all()


def test_where_nothing_can_be_shared_the_workspace_keeps_the_table(
    tmp_path: Path, encoded: list[int], monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("ROLEMAP_SHARED_CACHE", str(tmp_path / "file"))
    for _ in range(2):
        with ContentCache(tmp_path / "cache.sqlite") as cache:
            TextEmbedder(cache=cache).fast(["word3 word4"])
    assert encoded == [len(WORDS)]
