"""The dated postings of a corpus by parts, as trends see them: without their texts, which stay with the parts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline.cluster_artifacts import GENERAL, Evidence
from pipeline.core import RolemapError
from pipeline.engine.counting import SharedArtifact, shared_artifact
from pipeline.engine.parts import Part
from pipeline.engine.runners import Runner
from pipeline.engine.tasks import Repeats, survey_parts
from pipeline.keyword_engine import KeywordHit, Kind, keyword_matches, lexicon_matcher
from pipeline.market_trends import TrendCorpus, TrendReport, find_trends, read_trend_corpus
from pipeline.postings import Vacancy, shown_sentence


@dataclass(frozen=True)
class _Dated:
    """The postings of a part without their texts, the keywords of each, and what kind each keyword is of."""

    vacancies: list[Vacancy]
    keywords: dict[str, list[str]]
    kinds: dict[str, Kind]


def trends_by_parts(
    parts: Sequence[Part], runner: Runner, artifact: Path | None = None
) -> tuple[TrendReport, TrendCorpus]:
    """Find the trends of all parts as `find_trends` does; return them with the corpus, which has no texts.

    Raises RolemapError where too few postings have a date.
    """
    parts, _, repeats = survey_parts(parts, runner)
    known = shared_artifact(artifact)
    shared, dropped = runner.share(known), runner.share(repeats)
    vacancies: list[Vacancy] = []
    hits: dict[str, list[KeywordHit]] = {}
    hit_of: dict[str, KeywordHit] = {}  # one for all postings that name a keyword
    for dated in runner.run("Finding keywords", read_dated, parts, shared, dropped):
        vacancies += dated.vacancies
        for keyword, kind in dated.kinds.items():
            category = known.categories.category_of.get(keyword, GENERAL)
            hit_of.setdefault(keyword, KeywordHit(keyword, keyword, 0, 0, kind, category))
        hits |= {vacancy_id: [hit_of[k] for k in keywords] for vacancy_id, keywords in dated.keywords.items()}
    if not vacancies:
        raise RolemapError("No posting could be read.")
    corpus = read_trend_corpus(vacancies, artifact, hits=hits, repeats={})
    report = find_trends(corpus)
    wanted = {(trend.example.vacancy_id, trend.keyword) for trend in report.trends}
    found: dict[tuple[str, str], str] = {}
    for sentences in runner.run("Finding examples", read_sentences, parts, shared, runner.share(wanted)):
        found |= sentences
    trends = [
        trend.model_copy(
            update={
                "example": Evidence(
                    vacancy_id=trend.example.vacancy_id,
                    sentence=found.get((trend.example.vacancy_id, trend.keyword), ""),
                )
            }
        )
        for trend in report.trends
    ]
    return report.model_copy(update={"trends": trends, "repeat_count": len(repeats.kept_for)}), corpus


def read_dated(part: Part, shared: SharedArtifact, repeats: Repeats) -> _Dated:
    """Return a part's postings for trends, repeats apart."""
    kinds: dict[str, Kind] = {}
    keywords: dict[str, list[str]] = {}
    slim, lexicon = [], lexicon_matcher()
    for vacancy in part.read().vacancies:
        if vacancy.id in repeats.kept_for:
            continue
        slim.append(vacancy.model_copy(update={"text": "", "url": None, "fields": {}}))
        if vacancy.posted_on is not None:
            found = keyword_matches(vacancy.text, shared.categories.extra, vacancy.company, lexicon)
            matches = [match for match, _ in found]
            kinds |= {match.entry.keyword: match.entry.kind for match in matches}
            keywords[vacancy.id] = list(dict.fromkeys(match.entry.keyword for match in matches))
    return _Dated(slim, keywords, kinds)


def read_sentences(
    part: Part, shared: SharedArtifact, wanted: frozenset[tuple[str, str]]
) -> Mapping[tuple[str, str], str]:
    """Return the sentences of a part that name the keywords wanted of a posting."""
    ids = {vacancy_id for vacancy_id, _ in wanted}
    found: dict[tuple[str, str], str] = {}
    for vacancy in part.read().vacancies:
        if vacancy.id in ids:
            for match, sentence in keyword_matches(vacancy.text, shared.categories.extra, vacancy.company):
                key = (vacancy.id, match.entry.keyword)
                if key in wanted and key not in found:
                    found[key] = shown_sentence(sentence, vacancy.text[match.start : match.end])
    return found
