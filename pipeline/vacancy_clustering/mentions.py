"""Which keywords each vacancy names: those of the lexicon, and terms of the corpus that no lexicon knows."""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from pipeline.core import ProgressCallback, ProgressEvent
from pipeline.keyword_engine import Kind, TermMatch, find_terms_in_context, keyword_labels, usual_spelling
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
    vacancies: Sequence[Vacancy], postings: Sequence[RoleText], on_progress: ProgressCallback
) -> dict[str, list[Mention]]:
    """Return each vacancy's keywords, found in its text without the sentences that recur over the corpus."""
    texts = {vacancy.id: posting.text for vacancy, posting in zip(vacancies, postings, strict=True)}
    found = {}
    for done, vacancy in enumerate(vacancies):
        if done % 50 == 0:
            on_progress(ProgressEvent("Finding keywords", done, len(vacancies)))
        found[vacancy.id] = find_terms_in_context(texts[vacancy.id], vacancy.company)
    mentions = {vacancy_id: _first_mentions(terms, texts[vacancy_id]) for vacancy_id, terms in found.items()}
    known = {vacancy_id: [match for match, _ in terms] for vacancy_id, terms in found.items()}
    for term, sentences in open_terms(vacancies, texts, known).items():
        for vacancy_id, sentence in sentences.items():
            mentions[vacancy_id].append(Mention(term, "skill", shown_sentence(sentence, term), is_open=True))
    on_progress(ProgressEvent("Finding keywords", len(vacancies), len(vacancies)))
    return mentions


def lexicon_terms(vacancies: Sequence[Vacancy], postings: Sequence[RoleText]) -> list[set[str]]:
    """Return the lexicon's keywords that each posting names."""
    pairs = zip(vacancies, postings, strict=True)
    found = [find_terms_in_context(posting.text, vacancy.company) for vacancy, posting in pairs]
    return [{match.entry.keyword for match, _ in terms} for terms in found]


def _first_mentions(found: Sequence[tuple[TermMatch, str]], text: str) -> list[Mention]:
    """Return the lexicon keywords found in a text, each once, with the first sentence that names it."""
    mentions: dict[str, Mention] = {}
    for match, sentence in found:
        if match.entry.keyword not in mentions:
            shown = shown_sentence(sentence, text[match.start : match.end])
            mentions[match.entry.keyword] = Mention(match.entry.keyword, match.entry.kind, shown)
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
