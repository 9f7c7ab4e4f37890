"""Vacancies as vectors: what each says of its role, without what it says of its employer.

Views, weighed by what paid on labelled postings (see benchmarks/README.md): the meaning of the title, of the job that
the body names and of the body; the letters of the title; and the words of the body. The latter two tell roles apart in
languages that the encoder does not know. Where postings have no titles, the skills that they name count too.
"""

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pipeline.postings import (
    SMALL_WORDS,
    RoleText,
    bare_title,
    role_segments,
)

Matrix = NDArray[np.float64]
Embed = Callable[[Sequence[str]], Matrix]  # texts to unit rows
Terms = Sequence[Collection[str]]  # the skills that each posting names

# Weights of the embedded views where there is a title: its whole, the part of it that names the job, the rest.
TITLE, JOB, ROLE, BODY = 0.25, 0.25, 0.25, 0.4
UNTITLED_ROLE = 0.5  # where there is none, the rest being the body's
# Weights of meaning, title's letters, body's words and skills: in English, in English without titles, and in a
# language the encoder was not trained on.
ENGLISH = (0.6, 0.15, 0.25, 0.0)
UNTITLED = (0.6, 0.0, 0.1, 0.15)
FOREIGN = (0.2, 0.4, 0.4, 0.0)
WINDOW = 170  # words, about as many as the encoder reads
BODY_WINDOW = 110  # words of each half of a body that are read
REACH = 340  # words of a body that count, so that its end, mostly small print, does not
LATENT = 50  # dimensions of the words' view
TITLE_LATENT = 60  # and of the title's letters
SKILL_LATENT = 40  # and of the skills
FADING = 3  # times as many dimensions are looked at, the further ones fading out
MAX_SHARE = 0.3  # of the bodies that may use a word that counts
DECIMALS = 5
ROUNDING = 1e-7  # of the greatest singular value, below which one is none

_WORD = r"(?u)\b[^\W\d_][\w+#.]*\b"
_ENGLISH = frozenset(
    "the and of to in a for with you our we is are will as on your be or this that have at by from an".split()
)
_ELSEWHERE = SMALL_WORDS - _ENGLISH
MIN_ENGLISH = 0.12  # share of these words in English text; it is about 0.3, and below 0.05 in other languages
FEW_ENGLISH = 0.02  # the same in a list of skills, where the small words of other languages must be fewer still


@dataclass(frozen=True)
class _Latent:
    """A latent semantic analysis learned from some texts, by which others are read as well."""

    vectorizer: Any
    components: NDArray[np.float32]
    fading: Matrix

    def rows(self, texts: Sequence[str]) -> Matrix:
        """Return unit rows of texts; shape (texts, dimensions)."""
        return unit_rows(np.asarray(self.vectorizer.transform(texts) @ self.components.T) * self.fading)


@dataclass(frozen=True)
class FeatureSpace:
    """The views of postings with what was learned from a corpus: weights, and the dimensions of words and letters."""

    weights: tuple[float, float, float, float]
    letters: _Latent | None
    words: _Latent | None
    skills: _Latent | None

    def rows(
        self, postings: Sequence[RoleText], terms: Terms = (), *, embed: Embed, embed_bodies: Embed | None = None
    ) -> Matrix:
        """Return a unit row for each posting, of this corpus or not; `terms` are needed where `skills` count."""
        titles = [bare_title(posting.title) for posting in postings]
        nothing = np.zeros((len(titles), 1))
        views = (
            _meaning_rows(postings, titles, embed, embed_bodies or embed),
            self.letters.rows(titles) if self.letters else nothing,
            self.words.rows(_wordings(postings, titles)) if self.words else nothing,
            self.skills.rows(_listed(terms)) if self.skills else nothing,
        )
        return _joined(self.weights, views)


def vacancy_features(
    postings: Sequence[RoleText], terms: Terms = (), *, embed: Embed, embed_bodies: Embed | None = None
) -> Matrix:
    """Return a unit row for each posting. `embed_bodies`, where given, is a faster encoder for the long texts.

    Shape: (number of postings, dimensions of the encoder plus those of the other views).
    """
    return learn_features(postings, terms, embed=embed, embed_bodies=embed_bodies)[1]


def learn_features(
    postings: Sequence[RoleText], terms: Terms = (), *, embed: Embed, embed_bodies: Embed | None = None
) -> tuple[FeatureSpace, Matrix]:
    """Return what the postings teach of themselves, and their rows; `terms` are the skills that each names, if known.

    These count where most postings have no title: beside titles they add nothing (see benchmarks/README.md).
    """
    titles = [bare_title(posting.title) for posting in postings]
    weights = _weights(titles, postings, is_told_skills=len(terms) > 0)
    letters, letter_rows = _letter_rows(titles)
    words, word_rows = _word_rows(_wordings(postings, titles))
    skills, skill_rows = _skill_rows(terms) if weights == UNTITLED else (None, np.zeros((len(titles), 1)))
    meaning = _meaning_rows(postings, titles, embed, embed_bodies or embed)
    views = (meaning, letter_rows, word_rows, skill_rows)
    return FeatureSpace(weights, letters, words, skills), _joined(weights, views)


def _weights(
    titles: Sequence[str], postings: Sequence[RoleText], *, is_told_skills: bool
) -> tuple[float, float, float, float]:
    if not _is_english([posting.text for posting in postings]):
        return FOREIGN
    return UNTITLED if is_told_skills and sum(map(bool, titles)) < len(titles) / 2 else ENGLISH


def _wordings(postings: Sequence[RoleText], titles: Sequence[str]) -> list[str]:
    return [f"{title}\n{posting.text}" for title, posting in zip(titles, postings, strict=True)]


def _joined(weights: Sequence[float], views: Sequence[Matrix]) -> Matrix:
    joined = np.hstack([np.sqrt(weight) * view for weight, view in zip(weights, views, strict=True)])
    return np.round(unit_rows(joined), DECIMALS)


def _meaning_rows(postings: Sequence[RoleText], titles: Sequence[str], embed: Embed, embed_bodies: Embed) -> Matrix:
    """Return what the encoder makes of each title, of the job that the body names and of the body, as one vector."""
    body = _body_rows([posting.text for posting in postings], embed_bodies)
    role = _role_rows([posting.phrases for posting in postings], embed)
    bodies = _fit(body, role.shape[1])
    is_titled = np.array([bool(title) for title in titles])[:, None]
    if not is_titled.any():
        return unit_rows(UNTITLED_ROLE * role + (1 - UNTITLED_ROLE) * bodies)
    # A unit, a place or a team stands in many a title beside the job, so the job counts twice.
    jobs = [", ".join(role_segments(posting.title)) or title for posting, title in zip(postings, titles, strict=True)]
    titled = TITLE * embed(titles) + JOB * embed(jobs) + ROLE * role + BODY * bodies
    return unit_rows(np.where(is_titled, titled, UNTITLED_ROLE * role + (1 - UNTITLED_ROLE) * bodies))


def unit_rows(rows: Matrix) -> Matrix:
    """Scale each row to length one; a row of zeros stays as it is."""
    return rows / np.clip(np.linalg.norm(rows, axis=1, keepdims=True), 1e-12, None)


def _body_rows(own: Sequence[str], embed: Embed) -> Matrix:
    """Return the mean of how the two halves of each body begin; a short body is read once."""
    first, second = [], []
    for text in own:
        words = text.split()[:REACH]
        half = len(words) // 2 if len(words) > BODY_WINDOW else 0
        first.append(" ".join(words[:BODY_WINDOW]))
        second.append(" ".join(words[half : half + BODY_WINDOW]))
    return unit_rows(embed(first) + embed(second))


def _role_rows(described: Sequence[Mapping[str, float]], embed: Embed) -> Matrix:
    """Return what each body calls the job, as a vector: its best role phrases; zero where it names none."""
    phrases = sorted({phrase for scores in described for phrase in scores})
    vectors = embed(phrases or [""])
    row_of = dict(zip(phrases, vectors, strict=False))
    rows = np.zeros((len(described), vectors.shape[1]))
    for row, scores in zip(rows, described, strict=True):
        for phrase, score in scores.items():
            row += score**2 * row_of[phrase]
    return unit_rows(rows)


def _word_rows(texts: Sequence[str]) -> tuple[_Latent | None, Matrix]:
    """Return latent semantic vectors of the words that no more than a third of the texts use."""
    return _latent_rows(
        texts,
        LATENT,
        min_df=min(3, max(1, len(texts) // 10)),
        max_df=MAX_SHARE if len(texts) >= 10 else 1.0,
        token_pattern=_WORD,
    )


def _letter_rows(titles: Sequence[str]) -> tuple[_Latent | None, Matrix]:
    """Return latent semantic vectors of the titles' runs of three to five letters; zero where there is no title.

    Runs of letters see through compounds and endings: "Softwareentwicklerin" is near "Entwickler".
    """
    return _latent_rows(
        titles, TITLE_LATENT, min_df=2 if len(titles) >= 10 else 1, analyzer="char_wb", ngram_range=(3, 5)
    )


def _skill_rows(terms: Terms) -> tuple[_Latent | None, Matrix]:
    """Return latent semantic vectors of the skills that no more than half of the postings name."""
    is_large = len(terms) >= 10
    return _latent_rows(
        _listed(terms),
        SKILL_LATENT,
        min_df=2 if is_large else 1,
        max_df=0.5 if is_large else 1.0,
        token_pattern=r"\S+",
    )


def _listed(terms: Terms) -> list[str]:
    """Return each posting's skills as a text, a word a skill."""
    return [" ".join(sorted(term.replace(" ", "_") for term in own)) for own in terms]


def _latent_rows(texts: Sequence[str], dimensions: int, **options: Any) -> tuple[_Latent | None, Matrix]:
    """Return unit rows of a latent semantic analysis (SVD over TF-IDF); zeros where there is nothing to analyse.

    A cut after so many dimensions falls among ones of nearly the same weight, so that a posting more turns the space.
    So dimensions fade: that at the cut counts half, those after it ever less (a Wiener filter).
    """
    from sklearn.feature_extraction.text import TfidfVectorizer

    vectorizer = TfidfVectorizer(sublinear_tf=True, **options)
    try:
        weights = vectorizer.fit_transform(texts)
    except ValueError:  # no term is left
        return None, np.zeros((len(texts), 1))
    width = min(FADING * dimensions, weights.shape[1] - 1, len(texts) - 1)
    if width < 1:
        return None, np.zeros((len(texts), 1))
    rows, power, components = _decomposed(weights, width)
    cut = power[dimensions] if dimensions < len(power) else 0.0
    fading = power / np.clip(power + cut, 1e-12, None)
    return _Latent(vectorizer, components.astype(np.float32), fading), unit_rows(rows * fading)


def _decomposed(weights: Any, width: int) -> tuple[Matrix, Matrix, Matrix]:
    """Return the truncated singular value decomposition of a sparse matrix: rows, squared singular values, components.

    Texts of few words have fewer dimensions than asked for. ARPACK then starts again from random vectors, which the
    SVD of SciPy and scikit-learn does not seed; and what it finds beyond the last dimension is rounding, left out here.
    """
    from scipy.sparse.linalg import LinearOperator, eigsh
    from sklearn.utils.extmath import svd_flip

    is_tall = weights.shape[0] >= weights.shape[1]
    tall = weights if is_tall else weights.T.tocsr()
    side = tall.shape[1]
    gram = LinearOperator((side, side), matvec=lambda row: tall.T @ (tall @ row), dtype=np.float64)
    start = np.random.RandomState(0).uniform(-1, 1, side)
    vectors, _ = np.linalg.qr(eigsh(gram, k=width, v0=start, rng=np.random.default_rng(0))[1])
    left, values, right = np.linalg.svd(tall @ vectors, full_matrices=False)
    left, right = (left, right @ vectors.T) if is_tall else (vectors @ right.T, left.T)
    left, right = svd_flip(left, right, u_based_decision=False)
    real = values > values[0] * ROUNDING
    rows = left[:, real] * values[real]
    rows[np.diff(weights.indptr) == 0] = 0
    return rows, values[real] ** 2, right[real]


def _fit(rows: Matrix, width: int) -> Matrix:
    """Return rows padded with zeros, or cut, to a width: two encoders need not agree on their dimensions."""
    if rows.shape[1] >= width:
        return unit_rows(rows[:, :width])
    return np.pad(rows, ((0, 0), (0, width - rows.shape[1])))


def _is_english(texts: Sequence[str]) -> bool:
    """Tell whether most of a corpus is English, by the share of its commonest small words."""
    words = [word for text in texts for word in re.findall(r"[^\W\d_]+", text[:2000].lower())]
    english = sum(word in _ENGLISH for word in words)
    if english >= MIN_ENGLISH * len(words):
        return True
    return english >= FEW_ENGLISH * len(words) and english > sum(word in _ELSEWHERE for word in words)
