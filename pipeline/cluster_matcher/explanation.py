"""Why a text matches its cluster: what it names or says, taken away, makes the score fall."""

from collections.abc import Callable, Mapping, Sequence
from typing import Literal

from pydantic import BaseModel, ConfigDict

from pipeline.cluster_matcher.job_descriptions import JobDescription, clean_job_description
from pipeline.core import RolemapError
from pipeline.keyword_engine import KeywordHit, keyword_label
from pipeline.postings import sentence_starts, shown_sentence

CANDIDATES = 6  # keywords, and sentences, that are taken away for a trial
SHOWN_KEYWORDS = 5
SHOWN_SENTENCES = 3
OPENING = 3  # sentences at the top that are always tried
DECIMALS = 9

Score = Callable[[Sequence[JobDescription]], list[float]]


class Reason(BaseModel):
    """A keyword or a sentence of the text that decided for a cluster, and by how much the score falls without it.

    `label` is the text as a person is shown it: a keyword as people write it.
    """

    model_config = ConfigDict(frozen=True)

    kind: Literal["keyword", "sentence"]
    text: str
    label: str
    drop: float


def explain(
    job: JobDescription,
    hits: Sequence[KeywordHit],
    weights: dict[str, float],
    score: Score,
    labels: Mapping[str, str],
) -> list[Reason]:
    """Return what decided for a cluster, strongest first, each tried by scoring the text without it.

    `weights` says how telling each keyword is of the cluster; `score` gives the cluster's score for each text,
    `labels` are the artifact's.
    """
    spans = {("keyword", keyword): cut for keyword, cut in _keyword_cuts(hits, weights).items()}
    spans |= {("sentence", job.text[a:b]): [(a, b)] for a, b in _likely_sentences(job.text, hits, weights)}
    trials = {what: shorter for what, cut in spans.items() if (shorter := without(job, cut)) is not None}
    base, *scores = score([job, *trials.values()])
    found: dict[str, list[Reason]] = {"keyword": [], "sentence": []}
    for (kind, text), left in zip(trials, scores, strict=True):
        drop = round(base - left, DECIMALS)
        if drop > 0:
            if kind == "keyword":
                reason = Reason(kind="keyword", text=text, label=keyword_label(text, labels), drop=drop)
            else:
                shown = shown_sentence(text)
                reason = Reason(kind="sentence", text=shown, label=shown, drop=drop)
            found[kind].append(reason)
    for reasons in found.values():
        reasons.sort(key=lambda reason: (-reason.drop, reason.text))
    return found["keyword"][:SHOWN_KEYWORDS] + found["sentence"][:SHOWN_SENTENCES]


def without(job: JobDescription, spans: Sequence[tuple[int, int]]) -> JobDescription | None:
    """Return the job description without some parts of its text, its title read anew; None where nothing is left."""
    pieces, last = [], 0
    for start, end in sorted(spans):
        pieces.append(job.text[last:start])
        last = max(last, end)
    text = "".join([*pieces, job.text[last:]])
    is_in_text = job.title is None or job.title in job.text
    try:
        return clean_job_description(text, title=None if is_in_text else job.title)
    except RolemapError:
        return None


def _keyword_cuts(hits: Sequence[KeywordHit], weights: dict[str, float]) -> dict[str, list[tuple[int, int]]]:
    """Return where the most telling keywords of the cluster stand in the text."""
    named = {hit.keyword for hit in hits if weights.get(hit.keyword, 0) > 0}
    chosen = sorted(named, key=lambda keyword: (-weights[keyword], keyword))[:CANDIDATES]
    return {keyword: [(hit.start, hit.end) for hit in hits if hit.keyword == keyword] for keyword in chosen}


def _likely_sentences(text: str, hits: Sequence[KeywordHit], weights: dict[str, float]) -> list[tuple[int, int]]:
    """Return the sentences worth a trial: the opening ones, and those that name the most of the cluster's keywords."""
    starts = sentence_starts(text)
    spans = [(a, b) for a, b in zip(starts, [*starts[1:], len(text)], strict=True) if text[a:b].strip()]
    if len(spans) < 2:
        return []
    weight = [sum(weights.get(hit.keyword, 0) for hit in hits if a <= hit.start < b) for a, b in spans]
    order = sorted(range(len(spans)), key=lambda i: (-weight[i], i))
    chosen = dict.fromkeys([*order[:CANDIDATES], *range(min(OPENING, len(spans)))])
    return [spans[i] for i in chosen]
