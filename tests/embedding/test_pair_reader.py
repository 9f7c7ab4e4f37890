"""The packaged model as a reader of two texts: what its plain arithmetic gives, and what it says of a pair."""

import numpy as np
import pytest

from pipeline.core import DATA
from pipeline.embedding import PairReader
from pipeline.embedding.encoder import load_encoder
from pipeline.embedding.layers import Layers, packaged_tokenizer, packaged_weights

SOURCE = "Filed delivery notes by date and by customer"


@pytest.fixture(scope="module")
def reader() -> PairReader:
    with np.load(DATA / "fact_guard" / "judge.npz") as stored:
        return PairReader(dict(stored))


def test_the_plain_arithmetic_gives_the_vectors_of_the_packaged_model() -> None:
    encoding = packaged_tokenizer().encode(SOURCE)
    rows = Layers(packaged_weights()).run(encoding.ids, encoding.type_ids)
    mean = rows.mean(axis=0)
    published = np.asarray(load_encoder().encode([SOURCE], on_done=lambda _: None))[0]
    assert mean / np.linalg.norm(mean) @ published > 0.999


def test_a_doubt_is_the_sum_of_its_parts_and_each_stands_in_its_text(reader: PairReader) -> None:
    rewritten = "Filed delivery notes by customer, winning a prize for it"
    doubt = reader.read(SOURCE, rewritten)
    assert doubt.total >= sum(piece.doubt for piece in (*doubt.said, *doubt.given))
    assert "".join(rewritten[piece.start : piece.end] for piece in doubt.said) == rewritten.replace(" ", "")
    assert "".join(SOURCE[piece.start : piece.end] for piece in doubt.given) == SOURCE.replace(" ", "")


def test_what_is_added_is_doubted_more_than_what_was_said(reader: PairReader) -> None:
    rewritten = "Filed delivery notes by customer and date, winning a prize"
    said = reader.read(SOURCE, rewritten).said
    doubts = {rewritten[piece.start : piece.end]: piece.doubt for piece in said}
    assert doubts["prize"] > doubts["delivery"]


@pytest.mark.parametrize("words", [300, 3000])
def test_a_pair_too_long_to_be_read_whole_is_doubted_without_end(reader: PairReader, words: int) -> None:
    assert reader.read(SOURCE, "filed " * words).total == float("inf")
