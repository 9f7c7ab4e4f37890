"""Which keywords each vacancy names: those of the lexicon, and terms of the corpus that no lexicon knows."""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from pipeline.core import ContentCache, ProgressCallback, ProgressEvent, ignore_progress
from pipeline.keyword_engine import KeywordFinder, Kind, Place, keyword_labels, usual_spelling
from pipeline.postings import RoleText, Vacancy, shown_sentence
from pipeline.vacancy_clustering.open_vocabulary import open_terms


@dataclass(frozen=True)
class Mention:
    """A keyword as one vacancy names it."""

    keyword: str
    kind: Kind
    sentence: str
    is_open: bool = False  # taken from the corpus, not from the lexicon


def find_mentions(
    vacancies: Sequence[Vacancy],
    postings: Sequence[RoleText],
    on_progress: ProgressCallback = ignore_progress,
    kept: ContentCache | None = None,
) -> dict[str, list[Mention]]:
    """Return each vacancy's keywords, found in its text without the sentences that recur over the corpus.

    What the lexicon's names are in a text comes from the cache where it was `kept`.
    """
    texts = {vacancy.id: posting.text for vacancy, posting in zip(vacancies, postings, strict=True)}
    places = KeywordFinder(kept=kept).find([(texts[v.id], v.company) for v in vacancies], on_progress)
    known = {vacancy.id: found for vacancy, found in zip(vacancies, places, strict=True)}
    mentions = {vacancy_id: _first_mentions(found, texts[vacancy_id]) for vacancy_id, found in known.items()}
    for term, sentences in open_terms(vacancies, texts, known, kept).items():
        for vacancy_id, sentence in sentences.items():
            mentions[vacancy_id].append(Mention(term, "skill", shown_sentence(sentence, term), is_open=True))
    on_progress(ProgressEvent("Finding keywords", len(vacancies), len(vacancies)))
    return mentions


def lexicon_terms(
    vacancies: Sequence[Vacancy], postings: Sequence[RoleText], kept: ContentCache | None = None
) -> list[set[str]]:
    """Return the lexicon's keywords that each posting names."""
    pairs = zip(vacancies, postings, strict=True)
    found = KeywordFinder(kept=kept).find([(posting.text, vacancy.company) for vacancy, posting in pairs])
    return [{place.keyword for place in places} for places in found]


def _first_mentions(found: Sequence[Place], text: str) -> list[Mention]:
    """Return the lexicon keywords found in a text, each once, with the first sentence that names it."""
    mentions: dict[str, Mention] = {}
    for place in found:
        if place.keyword not in mentions:
            shown = shown_sentence(place.sentence(text), text[place.start : place.end])
            mentions[place.keyword] = Mention(place.keyword, place.kind, shown)
    return list(mentions.values())


def written_labels(mentions: Mapping[str, Sequence[Mention]], keywords: Collection[str]) -> dict[str, str]:
    """Return how keywords are written, where otherwise than their keys: those of no lexicon as most vacancies do."""
    sentences: dict[str, list[str]] = defaultdict(list)
    for found in mentions.values():
        for mention in found:
            if mention.is_open and mention.keyword in keywords:
                sentences[mention.keyword].append(mention.sentence)
    spellings = {keyword: usual_spelling(keyword, written) for keyword, written in sentences.items()}
    return keyword_labels(keywords, spellings)


def count_keywords(mentions: Mapping[str, Sequence[Mention]]) -> dict[str, int]:
    """Return how many vacancies name each keyword."""
    return dict(Counter(mention.keyword for found in mentions.values() for mention in found))
