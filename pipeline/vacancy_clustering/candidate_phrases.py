"""Phrases of one posting's text that may be terms: a matter of the text alone, so found once and kept.

In English candidates are runs of content words inside a sentence, broken at stop words, punctuation, the names the
lexicon knows and the words of job ads in general; other languages have their own way.
"""

import json
import re
import zlib
from collections.abc import Collection, Iterator, Sequence
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

from pipeline.core import DATA, ContentCache, content_key, read_words
from pipeline.keyword_engine import Place, fold
from pipeline.postings import is_small_print, reader_key, sentence_starts
from pipeline.vacancy_clustering import phrases_elsewhere, term_forms

AD_WORDS = DATA / "ad_words.txt"
DUTY_VERBS = DATA / "duty_verbs.txt"
PHRASES_KIND = "phrases-v1"
MAX_WORDS = 4

_TOKEN = re.compile(r"[^\W_][\w+#]*(?:[.\-][\w+#]+)*|[^\w\s]|\n")
_BULLETS = frozenset("\n-–—*•·▪●◦‣>")
_NOT_LAST = re.compile(r"(?:ed|ly)$")
_NOT_FIRST = re.compile(r"ly$")
# Where a duty may start, and where a sentence that names one may go on: "Book freight and confirm cut-offs".
_OPENS_DUTY = frozenset({"", "to", "will", "can", "then", ":"})
_GOES_ON = frozenset({"and", "or", ",", ";", "&"})
_BEFORE_GERUND = frozenset(("without", "by", "while", "when", "before", "after"))  # "without losing traffic"
# What stands right after a verb and hardly ever after a noun: "test them", "spends its budget".
_AFTER_VERB = frozenset("a an the its our their your his her my them it us you this these those every each".split())
# Heads of phrases that end where a name does, so that what stands before is whole: "welding experience".
_TAILS = frozenset(
    "experience skills skill knowledge ability abilities certificate certification qualification qualifications "
    "training background expertise exposure environment environments required preferred desirable essential "
    "techniques technique principles practices procedures processes systems tools equipment software standards "
    "methods".split()
)
MANY_WORDS = 50_000  # that a corpus mostly has no more of


class Phrases(NamedTuple):
    """The candidates of a text, each once: whether it is written as a name, and its first sentence, by number."""

    phrases: list[str]
    are_names: list[bool]
    sentences: list[int]
    spans: list[tuple[int, int]]  # where in the text each of those sentences stands


def candidate_phrases(
    texts: Sequence[tuple[str, Collection[Place], str]], kept: ContentCache | None = None
) -> list[Phrases]:
    """Return the candidates of each text, given the lexicon's names in it and its language.

    They come from the cache where they were `kept` by all that decides them.
    """
    if kept is None:
        return [_found(*each) for each in texts]
    rules = content_key(reader_key(), _code_hash(), *sorted(_common_words()))
    keys = [_key(rules, *each) for each in texts]
    known = kept.get_many(PHRASES_KIND, keys)
    found = [
        Phrases(*json.loads(zlib.decompress(known[key]))) if key in known else _found(*each)
        for each, key in zip(texts, keys, strict=True)
    ]
    fresh = {key: each for key, each in zip(keys, found, strict=True) if key not in known}
    kept.put_many(PHRASES_KIND, {key: zlib.compress(json.dumps(each).encode()) for key, each in fresh.items()})
    return found


def _key(rules: str, text: str, known: Collection[Place], language: str) -> str:
    return content_key(rules, language, json.dumps([(place.start, place.end) for place in known]), text)


@cache
def _code_hash() -> str:
    return content_key(
        *(Path(file).read_bytes() for file in (__file__, phrases_elsewhere.__file__, term_forms.__file__))
    )


def _found(text: str, known: Collection[Place], language: str) -> Phrases:
    """Return the candidates of a text in the way of its language."""
    taken = [False] * (len(text) + 1)
    for name in known:
        taken[name.start : name.end] = [True] * (name.end - name.start)
    found = Phrases([], [], [], [])
    seen: set[str] = set()
    starts = sentence_starts(text)
    for begin, end in zip(starts, [*starts[1:], len(text)], strict=True):
        sentence = text[begin:end]
        if is_small_print(sentence):
            continue
        for phrase, is_name in _in_sentence(sentence, taken[begin:end], language):
            if phrase in seen:
                continue
            seen.add(phrase)
            if not found.spans or found.spans[-1] != (begin, end):
                found.spans.append((begin, end))
            found.phrases.append(phrase)
            found.are_names.append(is_name)
            found.sentences.append(len(found.spans) - 1)
    return found


def _in_sentence(sentence: str, taken: Sequence[bool], language: str) -> Iterator[tuple[str, bool]]:
    """Yield the phrases of a sentence, each with whether it is written as a name is."""
    if language != "en":
        yield from ((phrase, False) for phrase in phrases_elsewhere.phrases_elsewhere(sentence, taken, language))
        return
    for run, is_whole in _runs(sentence, taken):
        yield from _grams(run, is_whole)


def _runs(sentence: str, taken: Sequence[bool]) -> Iterator[tuple[list[str], bool]]:
    """Yield the runs of content words in a sentence, each with whether it ends as a phrase would."""
    run: list[str] = []
    before, in_duty = "", False
    for match in _TOKEN.finditer(sentence):
        token, is_known = match[0], taken[match.start()]
        word = token.lower()
        is_verb = (before in _OPENS_DUTY or (in_duty and before in _GOES_ON)) and word in _duty_verbs()
        in_duty |= is_verb
        is_verb |= before in _BEFORE_GERUND and token.endswith("ing")
        if not is_known and _is_content(token) and not is_verb and before != "#":
            run.append(token)
        else:
            yield run, not is_known and _is_whole(token)
            run = []
        before = before if token in _BULLETS else word
    yield run, True


@lru_cache(maxsize=MANY_WORDS)
def _is_whole(after: str) -> bool:
    """Tell whether a run of words ends before this one as a phrase would, not as a verb or before its own last noun."""
    word = after.lower()
    if word in _AFTER_VERB:
        return False
    if not word[:1].isalpha() or word in _TAILS or word in _stop_words():
        return True
    return word not in _common_words() or _NOT_LAST.search(word) is not None


def _grams(run: Sequence[str], is_whole: bool) -> Iterator[tuple[str, bool]]:
    """Yield the phrases in a run; those that reach its end only where it `is_whole`."""
    for length in range(1, min(MAX_WORDS, len(run)) + 1):
        for start in range(len(run) - length + 1):
            words = run[start : start + length]
            if not is_whole and length > 1 and start + length == len(run):
                continue
            if length == 1 and not _looks_like_name(words[0]):
                continue
            if length > 1 and (_NOT_FIRST.search(words[0].lower()) or _NOT_LAST.search(words[-1].lower())):
                continue
            yield " ".join(words).lower(), all(word[0].isupper() for word in words)


@lru_cache(maxsize=MANY_WORDS)
def _is_content(token: str) -> bool:
    word = token.lower()
    return len(word) > 2 and word[0].isalpha() and word not in _common_words() and not term_forms.is_mark(token)


@lru_cache(maxsize=MANY_WORDS)
def _looks_like_name(token: str) -> bool:
    """Tell an acronym or a name with a capital inside, such as "HACCP" or "GraphPad"; an initial capital is not "
    "enough."""
    return sum(c.isupper() for c in token) >= 2 and len(token) <= 14


@lru_cache(maxsize=1)
def _common_words() -> frozenset[str]:
    """Return stop words of English and the words of job ads."""
    return _stop_words() | {fold(word) for word in read_words(AD_WORDS)}


@lru_cache(maxsize=1)
def _stop_words() -> frozenset[str]:
    from sklearn.feature_extraction.text import ENGLISH_STOP_WORDS

    return frozenset(ENGLISH_STOP_WORDS)


@lru_cache(maxsize=1)
def _duty_verbs() -> frozenset[str]:
    return frozenset(read_words(DUTY_VERBS))
