"""What the judge sees of a rewrite: a row of numbers for each word said and each word given, and one for the pair."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pipeline.bullet_rewriter.fact_guard.reading import Reading, Word, is_preposition
from pipeline.bullet_rewriter.fact_guard.word_lists import read_words

Rows = NDArray[np.float32]
_BY, _WITH, _JOIN = frozenset({"by"}), frozenset({"with", "under", "alongside"}), frozenset({"and", "or"})
_NEAR = 2  # words on either side that tell how well a word's surroundings are known
_RARE = 10.0  # brings the logarithm of a rank in the model's vocabulary to about 1


@dataclass(frozen=True)
class PairFeatures:
    """Rows for the words of the rewrite, for those of the source, and one row for the pair."""

    said: Rows
    given: Rows
    whole: Rows


def pair_features(
    source: Reading, rewrite: Reading, *, job: frozenset[str], skills: frozenset[int], axes: Rows
) -> PairFeatures:
    """Return what the judge sees.

    `job` has the forms of what else the resume says of the job, `skills` where words of the rewrite name a skill of it.

    `axes` has one row a direction of the vocabulary, of the size of a word's own vector.
    """
    known, kept = _known(rewrite, source), _known(source, rewrite)
    whole = _whole(source, rewrite, known, kept)
    said = _word_rows(rewrite, source, known, kept, job, skills, axes)
    given = _word_rows(source, rewrite, kept, known, job, frozenset(), axes)
    return PairFeatures(_with_whole(said, whole), _with_whole(given, whole), whole)


def _with_whole(rows: Rows, whole: Rows) -> Rows:
    return np.hstack([rows, np.tile(whole, (len(rows), 1))]).astype(np.float32)


def _known(own: Reading, other: Reading) -> list[bool]:
    """Tell for each word whether the other text has it, in whatever form."""
    return [bool(word.keys & other.keys) for word in own.words]


def _whole(source: Reading, rewrite: Reading, known: list[bool], kept: list[bool]) -> Rows:
    new = sum(word.is_content and not is_known for word, is_known in zip(rewrite.words, known, strict=True))
    lost = sum(word.is_content and not is_kept for word, is_kept in zip(source.words, kept, strict=True))
    said, given = max(1, len(rewrite.words)), max(1, len(source.words))
    alike = source.vectors.in_context.mean(axis=0) @ rewrite.vectors.in_context.mean(axis=0) if known and kept else 0
    row = [alike, said / given, new / 8, lost / 8, new > lost, new / said, lost / given]
    return np.array(row, dtype=np.float32)


def _word_rows(
    own: Reading,
    other: Reading,
    known: list[bool],
    others_known: list[bool],
    job: frozenset[str],
    skills: frozenset[int],
    axes: Rows,
) -> Rows:
    free = np.array([word.is_content for word in other.words], dtype=bool) & ~np.array(others_known, dtype=bool)
    alone = own.vectors.alone @ other.vectors.alone.T
    in_context = own.vectors.in_context @ other.vectors.in_context.T
    partners = other.vectors.alone[in_context.argmax(axis=1)] if other.words else np.zeros_like(own.vectors.alone)
    likeness = np.hstack([_likeness(alone, free), _likeness(in_context, free)])
    look = [_look(own, n, other, known, job, skills) for n in range(len(own.words))]
    rarity = np.stack([np.log1p(own.vectors.ranks) / _RARE, own.vectors.pieces / 3], axis=1)
    meaning = np.hstack([own.vectors.alone @ axes.T, partners @ axes.T])
    looks = np.array(look, dtype=np.float32).reshape(len(own.words), -1)
    return np.hstack([likeness, looks, rarity, meaning]).astype(np.float32)


def _likeness(similarity: Rows, free: NDArray[np.bool_]) -> Rows:
    """Return for each word the best and second best likeness, and the best to a word that is not taken already."""
    if not similarity.size:
        return np.zeros((len(similarity), 3), dtype=np.float32)
    ranked = np.sort(similarity, axis=1)[:, ::-1]
    second = ranked[:, 1] if ranked.shape[1] > 1 else np.zeros(len(ranked))
    best_free = similarity[:, free].max(axis=1) if free.any() else np.zeros(len(ranked))
    return np.stack([ranked[:, 0], second, best_free], axis=1)


def _look(
    own: Reading, at: int, other: Reading, known: list[bool], job: frozenset[str], skills: frozenset[int]
) -> list[float]:
    word, words = own.words[at], own.words
    before = frozenset({words[at - 1].lower}) if at else frozenset()
    return [
        bool(word.forms & other.forms), known[at], word.is_content, word.is_number,
        bool(word.forms & job), at in skills,
        word.text[0].isupper() and at > 0, *(word.lower.endswith(ending) for ending in ("ly", "ing", "ed", "s")),
        at / max(1, len(words) - 1), at == 0, _opens(words, at),
        word.lower in read_words("words.txt", "denying"), word.lower in read_words("words.txt", "confining"),
        word.lower in read_words("words.txt", "limiting"),
        is_preposition(word), bool(before & _BY), bool(before & _WITH), bool(before & _JOIN),
        at > 0 and is_preposition(words[at - 1]),
        _share(known[max(0, at - _NEAR) : at + _NEAR + 1]), _segment_known(own, at, known),
        known[max(0, at - 1)], known[min(len(words) - 1, at + 1)],
    ]  # fmt: skip


def _opens(words: tuple[Word, ...], at: int) -> bool:
    return at == 0 or words[at].segment != words[at - 1].segment


def _segment_known(own: Reading, at: int, known: list[bool]) -> float:
    """Return how much of the stretch that a word stands in the other text has."""
    segment = [
        known[n] for n, word in enumerate(own.words) if word.segment == own.words[at].segment and word.is_content
    ]
    return _share(segment) if segment else 1.0


def _share(flags: Sequence[bool]) -> float:
    return sum(flags) / len(flags)
