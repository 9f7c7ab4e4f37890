"""How far a text names what each cluster asks for: its keywords, and the words of its postings' titles.

Everything here comes from the artifact alone and is plain arithmetic, so that matching by keywords needs no model.
"""

import math
import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from pipeline.cluster_artifacts import ClusterArtifact, KeywordEvidence, get_cluster_categories
from pipeline.keyword_engine import specificity
from pipeline.postings import bare_title

UNKNOWN = KeywordEvidence(share=0.1, share_elsewhere=0.02)  # of a pooled keyword without evidence
MIN_TITLES = 2  # that use a word, or it says nothing
_WORD = re.compile(r"[^\W\d_][\w+#]*")
_SMALL_WORDS = frozenset("a an and at by for from in it of on or our over the to we with you".split())

Share = tuple[float, float]  # of a cluster's postings, and of the others


@dataclass(frozen=True)
class KeywordProfile:
    """What one cluster asks for: each keyword of its pool and each word of its titles with its shares."""

    slug: str
    name: str
    size: int
    pool: Mapping[str, KeywordEvidence]
    title_words: Mapping[str, Share]


@dataclass(frozen=True)
class KeywordFeatures:
    """How one text scores against each cluster, in the order of the profiles."""

    keywords: list[float]
    title: list[float]

    @property
    def best(self) -> float:
        """How well the best cluster does: how typical of the corpus the text is by its words."""
        return max((a + b for a, b in zip(self.keywords, self.title, strict=True)), default=0.0)


def build_profiles(artifact: ClusterArtifact) -> list[KeywordProfile]:
    """Return a profile for each cluster, with the analyst's overrides as the artifact was loaded with them."""
    titles = [_title_counts(artifact, cluster.vacancy_ids) for cluster in artifact.clusters]
    every = sum(titles, Counter[str]())
    total = sum(len(cluster.vacancy_ids) for cluster in artifact.clusters)
    pools = {category.slug: category.keywords for category in get_cluster_categories(artifact)}
    profiles = []
    for cluster, counts in zip(artifact.clusters, titles, strict=True):
        size = len(cluster.vacancy_ids)
        rest = max(total - size, 1)
        common = {word: count for word, count in counts.items() if every[word] >= MIN_TITLES}
        words = {word: (count / max(size, 1), (every[word] - count) / rest) for word, count in common.items()}
        pool = {keyword: cluster.evidence.get(keyword, UNKNOWN) for keyword in pools.get(cluster.slug, [])}
        profiles.append(KeywordProfile(cluster.slug, cluster.name, size, pool, words))
    return profiles


def profiles_of_taxonomy(taxonomy: Mapping[str, Sequence[str]]) -> list[KeywordProfile]:
    """Return profiles of categories that no clustering stands behind: every keyword counts the same."""
    return [
        KeywordProfile(slug, slug.replace("_", " ").capitalize(), 0, dict.fromkeys(pool, UNKNOWN), {})
        for slug, pool in taxonomy.items()
    ]


def _title_counts(artifact: ClusterArtifact, ids: Sequence[str]) -> Counter[str]:
    counts: Counter[str] = Counter()
    for vacancy_id in ids:
        record = artifact.vacancies.get(vacancy_id)
        counts.update(title_words(record.title if record else None))
    return counts


def title_words(title: str | None) -> set[str]:
    """Return the words of a title that speak of the role, in lower case.

    >>> sorted(title_words("Senior Data Engineer (m/f/d)"))
    ['data', 'engineer']
    """
    return set(_WORD.findall(bare_title(title or "").lower())) - _SMALL_WORDS


def keyword_weight(found: KeywordEvidence) -> float:
    """Return how much naming a keyword speaks for its cluster: the log of how specific it is, never negative."""
    return _weight((found.share, found.share_elsewhere))


def keyword_features(
    profiles: Sequence[KeywordProfile], keywords: Collection[str], title: str | None, *, left_out_of: int | None = None
) -> KeywordFeatures:
    """Score a text by the keywords it names and the words of its title.

    `left_out_of` is the number of the profile that the text itself is counted in: it is then taken out of all shares.
    """
    words = title_words(title)
    total = sum(profile.size for profile in profiles)
    hits = sum(any(keyword in profile.pool for profile in profiles) for keyword in keywords)
    known = sum(any(word in profile.title_words for profile in profiles) for word in words)
    named, titled = [], []
    for number, profile in enumerate(profiles):
        pool, heads = _shares(profile, keywords, words)
        if left_out_of is not None:
            is_own = number == left_out_of
            pool = [_without_one(share, profile.size, total, is_own=is_own) for share in pool]
            heads = [_without_one(share, profile.size, total, is_own=is_own) for share in heads]
        named.append(sum(map(_weight, pool)))
        titled.append(sum(map(_weight, heads)))
    # Means, so that a long list of keywords makes the answer no surer than a short one that agrees as well.
    return KeywordFeatures([n / (1 + hits) for n in named], [t / max(known, 1) for t in titled])


def _shares(
    profile: KeywordProfile, keywords: Collection[str], words: Collection[str]
) -> tuple[list[Share], list[Share]]:
    """Return the shares of those keywords that are in the profile's pool, and of those words that are in its titles."""
    pool = [(found.share, found.share_elsewhere) for keyword in keywords if (found := profile.pool.get(keyword))]
    return pool, [share for word in words if (share := profile.title_words.get(word))]


def _weight(share: Share) -> float:
    return max(0.0, math.log(specificity(*share)))


def _without_one(share: Share, size: int, total: int, *, is_own: bool) -> Share:
    """Return a keyword's shares without one posting that names it: a member of the cluster, or of another one."""
    inside, outside = share
    if is_own:
        return max(0.0, inside * size - 1) / max(size - 1, 1), outside
    rest = total - size
    return inside, max(0.0, outside * rest - 1) / max(rest - 1, 1)
