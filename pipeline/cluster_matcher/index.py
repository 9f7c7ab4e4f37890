"""The corpus as matching needs it: a vector for each posting and each cluster, and how to read their scores.

It is built once for an artifact and its postings, from vectors that clustering has left in the cache, and then kept
as bytes; nothing of it depends on the texts that are matched later.
"""

import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from pipeline.cluster_artifacts import ClusterArtifact
from pipeline.cluster_matcher.calibration import Calibration, calibrate
from pipeline.cluster_matcher.keywords import KeywordFeatures
from pipeline.embedding import BODY, ROLE, TITLE, UNTITLED_ROLE, WINDOW, Embed, Matrix, unit_rows
from pipeline.postings import Vacancy, bare_title, describe_roles, find_boilerplate, own_text

NEIGHBOURS = 5  # whose similarity says how typical a text is
DECIMALS = 6
DEFAULT = Calibration(weights=[25.0, 5.0, 3.0, 1.0], typical=[0.5, 0.7, 0.9])
DEFAULT_PROFILES_ONLY = Calibration(weights=[0.0, 25.0, 3.0, 1.0], typical=[0.35, 0.5, 0.7])


@dataclass(frozen=True)
class MatchIndex:
    """Vectors of the stored postings and of the clusters, and calibrations for texts with and without a title.

    Shapes: rows (postings, dimensions), labels (postings), centres and profiles (clusters, dimensions). An index of an
    artifact whose postings are not stored has no rows, and its profiles for centres.
    """

    ids: tuple[str, ...]
    rows: Matrix
    labels: NDArray[np.int64]
    centres: Matrix
    profiles: Matrix
    boilerplate: frozenset[str]
    titled: Calibration
    untitled: Calibration

    def features(self, rows: Matrix, keywords: Sequence[KeywordFeatures]) -> Matrix:
        """Return what each row has in common with each cluster; shape: (rows, clusters, 4)."""
        named = [features.keywords for features in keywords]
        heads = [features.title for features in keywords]
        return np.stack([rows @ self.centres.T, rows @ self.profiles.T, np.array(named), np.array(heads)], axis=2)

    def typicality(self, rows: Matrix) -> NDArray[np.float64]:
        """Return each row's mean cosine to the postings nearest to it."""
        return nearest_mean(rows, self.rows if len(self.rows) else self.profiles)

    def nearest(self, row: Matrix, count: int) -> list[tuple[str, float]]:
        """Return the postings most similar to a row, each with its cosine."""
        if not self.ids:
            return []
        similarity = np.round(self.rows @ row, DECIMALS)
        order = sorted(range(len(self.ids)), key=lambda i: (-similarity[i], self.ids[i]))
        return [(self.ids[i], float(similarity[i])) for i in order[:count]]


def nearest_mean(queries: Matrix, rows: Matrix, *, left_out: Sequence[int] = ()) -> NDArray[np.float64]:
    """Return each query's mean cosine to the rows nearest to it; `left_out` names each query's own row, if any."""
    similarity = queries @ rows.T
    if len(left_out):
        similarity[np.arange(len(queries)), left_out] = -1.0
    count = max(1, min(NEIGHBOURS, len(rows) - bool(len(left_out))))
    return np.asarray(np.sort(similarity, axis=1)[:, -count:].mean(axis=1))


def meaning_rows(
    titles: Sequence[str | None],
    own: Sequence[str],
    *,
    embed: Embed,
    embed_bodies: Embed | None = None,
    words: int = WINDOW,
) -> Matrix:
    """Return a unit row a text: its title, the job that it names and its opening, weighed as clustering weighs them.

    The opening is as many `words` as clustering reads, unless fewer are asked for. Everything is embedded in one
    batch. Shape: (texts, dimensions of the encoder).
    """
    bare = [bare_title(title or "") for title in titles]
    roles = [describe_roles([text])[0] for text in own]
    openings = [" ".join(text.split()[:words]) for text in own]
    short = {*bare, *(phrase for scores in roles for phrase in scores)} - {""}
    texts = sorted(short | (set() if embed_bodies else set(openings))) or [""]
    vector_of = dict(zip(texts, embed(texts), strict=True))
    nothing = np.zeros_like(vector_of[texts[0]])
    bodies = _widened(embed_bodies(openings), len(nothing)) if embed_bodies else [vector_of[text] for text in openings]
    rows = []
    for title, scores, body in zip(bare, roles, bodies, strict=True):
        role = sum((score**2 * vector_of[phrase] for phrase, score in scores.items()), nothing)
        rows.append(_weighed(vector_of[title] if title else None, unit_rows(role[None])[0], body))
    return np.round(unit_rows(np.stack(rows)), DECIMALS)


def _weighed(title: Matrix | None, role: Matrix, body: Matrix) -> Matrix:
    """Return one text's vector of those of its parts."""
    if title is None:
        return UNTITLED_ROLE * role + (1 - UNTITLED_ROLE) * body
    return TITLE * title + ROLE * role + BODY * body


def _widened(rows: Matrix, width: int) -> Matrix:
    """Return rows padded with zeros, or cut, to a width: a fast encoder may have fewer dimensions."""
    return np.pad(rows[:, :width], ((0, 0), (0, max(0, width - rows.shape[1]))))


def build_index(
    artifact: ClusterArtifact,
    vacancies: Sequence[Vacancy],
    keywords: Mapping[str, tuple[KeywordFeatures, KeywordFeatures]],
    *,
    embed: Embed,
    embed_bodies: Embed | None = None,
) -> MatchIndex:
    """Build the index of the artifact's stored members.

    `keywords` holds the scores of those to calibrate on, with and without their titles, each left out of the shares.
    """
    profiles = embed([cluster.profile_text or cluster.name for cluster in artifact.clusters])
    if not vacancies:
        no_rows, no_labels = np.zeros((0, profiles.shape[1])), np.zeros(0, dtype=np.int64)
        nowhere = DEFAULT_PROFILES_ONLY
        return MatchIndex((), no_rows, no_labels, profiles, profiles, frozenset(), nowhere, nowhere)
    label_of = {vacancy_id: number for number, c in enumerate(artifact.clusters) for vacancy_id in c.vacancy_ids}
    labels = np.array([label_of[vacancy.id] for vacancy in vacancies], dtype=np.int64)
    boilerplate = find_boilerplate(vacancies)
    own = [own_text(vacancy.text, boilerplate) for vacancy in vacancies]
    titles = [vacancy.title for vacancy in vacancies]
    rows = meaning_rows(titles, own, embed=embed, embed_bodies=embed_bodies)
    bare = meaning_rows([None] * len(own), own, embed=embed, embed_bodies=embed_bodies)
    sums = np.zeros_like(profiles)
    np.add.at(sums, labels, rows)
    empty = ~np.isin(np.arange(len(profiles)), labels)
    sums[empty] = profiles[empty]
    ids = tuple(vacancy.id for vacancy in vacancies)
    index = MatchIndex(ids, rows, labels, unit_rows(sums), profiles, boilerplate, DEFAULT, DEFAULT)
    sample = [number for number, vacancy in enumerate(vacancies) if vacancy.id in keywords]
    chosen = [keywords[vacancies[number].id] for number in sample]
    titled = _calibration(index, sums, sample, rows[sample], [pair[0] for pair in chosen])
    untitled = _calibration(index, sums, sample, bare[sample], [pair[1] for pair in chosen])
    return replace(index, titled=titled, untitled=untitled)


def _calibration(
    index: MatchIndex, sums: Matrix, sample: Sequence[int], queries: Matrix, keywords: Sequence[KeywordFeatures]
) -> Calibration:
    """Score some postings as if they were new, each left out of its cluster's centre and of its neighbours."""
    if len(sample) < 2:
        return DEFAULT
    labels = index.labels[sample]
    features = index.features(queries, keywords)
    without = unit_rows(sums[labels] - index.rows[sample])
    features[np.arange(len(sample)), labels, 0] = (queries * without).sum(axis=1)
    typicality = nearest_mean(queries, index.rows, left_out=sample)
    is_alone = np.bincount(index.labels, minlength=len(sums))[labels] == 1
    return calibrate(features[~is_alone], labels[~is_alone], typicality, DEFAULT)


def dump_index(index: MatchIndex) -> bytes:
    """Return the index as bytes."""
    names = {
        "ids": index.ids,
        "boilerplate": sorted(index.boilerplate),
        "titled": index.titled.model_dump(),
        "untitled": index.untitled.model_dump(),
    }
    out = io.BytesIO()
    np.savez(
        out,
        rows=index.rows.astype("<f4"),
        labels=index.labels,
        centres=index.centres,
        profiles=index.profiles,
        names=np.frombuffer(json.dumps(names).encode(), dtype=np.uint8),
    )
    return out.getvalue()


def load_index(data: bytes) -> MatchIndex | None:
    """Return the index that the bytes hold, or None where they are damaged."""
    try:
        with np.load(io.BytesIO(data), allow_pickle=False) as arrays:
            names = json.loads(arrays["names"].tobytes())
            return MatchIndex(
                ids=tuple(names["ids"]),
                rows=np.round(arrays["rows"].astype(np.float64), DECIMALS),
                labels=arrays["labels"],
                centres=arrays["centres"],
                profiles=arrays["profiles"],
                boilerplate=frozenset(names["boilerplate"]),
                titled=Calibration.model_validate(names["titled"]),
                untitled=Calibration.model_validate(names["untitled"]),
            )
    except (ValueError, KeyError, OSError, BadZipFile):
        return None
