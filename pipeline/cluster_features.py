"""Vacancies as vectors: what each says of its role, without what it says of its employer.

Four views, weighed by what paid on labelled postings (see benchmarks/README.md): the cleaned title, the job that the
body names, the body's meaning, and the body's words, which still tell roles apart in languages the encoder does not
know.
"""

import re
from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from pipeline.boilerplate import find_boilerplate, own_text
from pipeline.role_phrases import describe_roles
from pipeline.title_cleaning import bare_title
from pipeline.vacancies import Vacancy

Matrix = NDArray[np.float64]
Embed = Callable[[Sequence[str]], Matrix]  # texts to unit rows

TITLE, ROLE, BODY = 0.6, 0.2, 0.2  # weights of the embedded views where there is a title
UNTITLED_ROLE = 0.5  # where there is none, the rest being the body's
WORDS = 0.25  # weight of the words against the embedded views
FOREIGN_WORDS = 0.5  # the same in a language the encoder was not trained on
WINDOW = 170  # words, about as many as the encoder reads
LATENT = 100  # dimensions of the words' view
MAX_SHARE = 0.3  # of the bodies that may use a word that counts
DECIMALS = 5

_WORD = r"(?u)\b[^\W\d_][\w+#.]*\b"
_ENGLISH = frozenset("the and of to in a for with you our we is are will as on your be or this that have".split())
MIN_ENGLISH = 0.12  # share of these words in English text; it is about 0.3, and below 0.05 in other languages


def vacancy_features(vacancies: Sequence[Vacancy], *, embed: Embed, embed_bodies: Embed | None = None) -> Matrix:
    """Return a unit row for each vacancy. `embed_bodies`, where given, is a faster encoder for the long texts.

    Shape: (number of vacancies, dimensions of the encoder plus those of the words' view).
    """
    boilerplate = find_boilerplate(vacancies)
    own = [own_text(vacancy.text, boilerplate) for vacancy in vacancies]
    titles = [bare_title(vacancy.title or "") for vacancy in vacancies]
    body = _body_rows(own, embed_bodies or embed)
    role = _role_rows(own, embed)
    is_titled = np.array([bool(title) for title in titles])[:, None]
    title = embed(titles) if is_titled.any() else np.zeros_like(role)
    bodies = _fit(body, role.shape[1])
    meaning = np.where(
        is_titled, TITLE * title + ROLE * role + BODY * bodies, UNTITLED_ROLE * role + (1 - UNTITLED_ROLE) * bodies
    )
    weight = WORDS if _is_english(own) else FOREIGN_WORDS
    words = _word_rows([f"{title}\n{text}" for title, text in zip(titles, own, strict=True)])
    joined = np.hstack([np.sqrt(1 - weight) * unit_rows(meaning), np.sqrt(weight) * words])
    return np.round(unit_rows(joined), DECIMALS)


def unit_rows(rows: Matrix) -> Matrix:
    """Scale each row to length one; a row of zeros stays as it is."""
    return rows / np.clip(np.linalg.norm(rows, axis=1, keepdims=True), 1e-12, None)


def _body_rows(own: Sequence[str], embed: Embed) -> Matrix:
    """Return the mean of a body's first and second window; a short body counts once."""
    split = [text.split() for text in own]
    first = [" ".join(words[:WINDOW]) for words in split]
    second = [" ".join(words[WINDOW : 2 * WINDOW] or words[-WINDOW:]) for words in split]
    return unit_rows(embed(first) + embed(second))


def _role_rows(own: Sequence[str], embed: Embed) -> Matrix:
    """Return what each body calls the job, as a vector: its best role phrases; zero where it names none."""
    described = describe_roles(own)
    phrases = sorted({phrase for scores in described for phrase in scores})
    vectors = embed(phrases or [""])
    row_of = dict(zip(phrases, vectors, strict=False))
    rows = np.zeros((len(own), vectors.shape[1]))
    for row, scores in zip(rows, described, strict=True):
        for phrase, score in scores.items():
            row += score**2 * row_of[phrase]
    return unit_rows(rows)


def _word_rows(texts: Sequence[str]) -> Matrix:
    """Return latent semantic vectors of the words that no more than a third of the texts use (LSA over TF-IDF)."""
    from sklearn.decomposition import TruncatedSVD
    from sklearn.feature_extraction.text import TfidfVectorizer

    max_share = MAX_SHARE if len(texts) >= 10 else 1.0
    least = min(3, max(1, len(texts) // 10))
    try:
        weights = TfidfVectorizer(sublinear_tf=True, min_df=least, max_df=max_share, token_pattern=_WORD).fit_transform(
            texts
        )
    except ValueError:  # no word is left
        return np.zeros((len(texts), 1))
    width = min(LATENT, weights.shape[1] - 1, len(texts) - 1)
    if width < 1:
        return np.zeros((len(texts), 1))
    with np.errstate(invalid="ignore"):  # equal texts have no variance to explain
        return unit_rows(TruncatedSVD(width, random_state=0).fit_transform(weights))


def _fit(rows: Matrix, width: int) -> Matrix:
    """Return rows padded with zeros, or cut, to a width: two encoders need not agree on their dimensions."""
    if rows.shape[1] >= width:
        return unit_rows(rows[:, :width])
    return np.pad(rows, ((0, 0), (0, width - rows.shape[1])))


def _is_english(texts: Sequence[str]) -> bool:
    """Tell whether most of a corpus is English, by the share of its commonest small words."""
    words = [word for text in texts for word in re.findall(r"[^\W\d_]+", text[:2000].lower())]
    return sum(word in _ENGLISH for word in words) >= MIN_ENGLISH * len(words)
