"""What the person did: every deed of the rewrite stands on a deed of the source, each on one of its own."""

from collections.abc import Iterator
from itertools import pairwise

from pipeline.bullet_rewriter.fact_guard.doings import own_verbs, spoken_object
from pipeline.bullet_rewriter.fact_guard.phrases import is_verb_form
from pipeline.bullet_rewriter.fact_guard.reading import Reading, Word, is_determiner, is_past, is_preposition
from pipeline.bullet_rewriter.fact_guard.thesaurus import is_verb, verbs
from pipeline.bullet_rewriter.fact_guard.violation import Violation
from pipeline.bullet_rewriter.fact_guard.word_lists import read_words
from pipeline.bullet_rewriter.fact_guard.words import agent_stems, base_words


def replaced_verbs(source: Reading, rewrite: Reading) -> Iterator[Word]:
    """Yield verbs that stand where the source has another, with the same object: typed orders, transcribed orders.

    Why: no list holds every way to say what was done. A verb of the thesaurus that meets none of the source says
    something else; so does one that claims more than doing it.
    """
    strong = base_words("claims.txt", "strong") | base_words("people.txt", "leading")
    ours = [(n, word) for n, word in own_verbs(source) if is_verb_form(word)]
    left = [(n, word) for n, word in ours if not any(own.says & word.licenses for own in rewrite.words)]
    for i, verb in own_verbs(rewrite):
        if verb.says & source.licenses or verb.forms & (strong | verbs()) or not verb.text.isalpha():
            continue
        theirs = spoken_object(rewrite, i)[:3]
        for n, _ in left:
            held = spoken_object(source, n)
            if theirs and held and any(one.says & other.licenses for one in theirs for other in held):
                yield verb
                break


def check_new_deeds(source: Reading, rewrite: Reading) -> Iterator[Violation]:
    """Yield verbs that stand on a mere thing of the source: from "for follow-up calls" to "and made the calls"."""
    deeds = [n for n, _ in own_verbs(source)]
    light = base_words("plain.txt", "light")
    if not deeds:
        return
    named = {
        own.start
        for n in deeds
        if source.words[n].forms & (light | base_words("grammar.txt", "light"))
        for own in spoken_object(source, n)
    }
    own = [
        (i, verb)
        for i, verb in own_verbs(rewrite)
        if is_verb_form(verb) and not _is_passive(rewrite, i) and not _is_quality(rewrite, i)
    ]
    for order, (i, verb) in enumerate(own):
        grounds = [word for word in source.words if verb.says & word.licenses]
        if any(is_deed(source, source.words.index(word)) or word.start in named for word in grounds):
            continue
        is_light = bool(verb.forms & light)
        done = [word for n, word in enumerate(source.words) if is_deed(source, n)]
        if is_light and any(one.says & word.licenses for one in spoken_object(rewrite, i) for word in done):
            continue
        if (grounds and not is_light) or (is_light and order and not _follows(rewrite, i)):
            reason = "the resume does not say that the person did this"
            yield Violation("responsibility", verb.text, verb.start, verb.end, reason)


def _is_passive(rewrite: Reading, at: int) -> bool:
    """Tell "used by the night shift", which others do."""
    return at + 1 < len(rewrite.words) and rewrite.words[at + 1].lower == "by"


def _is_quality(rewrite: Reading, at: int) -> bool:
    """Tell "Open tickets dropped" from "Open tickets": a first word with a past verb behind it is none itself."""
    after = [word for word in rewrite.words[at + 1 : at + 7] if word.clause == rewrite.words[at].clause]
    is_base = at == 0 and not is_past(rewrite.words[at].text) and not rewrite.words[at].lower.endswith("ing")
    return is_base and any(is_verb(word.text) and is_past(word.text) for word in after)


def _follows(rewrite: Reading, at: int) -> bool:
    """Tell "covering" and the like after a comma, which says more of the deed before it."""
    return rewrite.words[at].lower.endswith("ing")


def is_deed(reading: Reading, at: int) -> bool:
    """Tell whether a word is a verb where it stands: "how a refund runs", not "a payment run"."""
    word = reading.words[at]
    if any(own.lower == "as" for own in reading.words[max(0, at - 2) : at]) and agent_stems(word.text):
        return True  # as presenter, as a guide
    if not is_verb(word.text) and not word.opens_clause:
        return False
    if word.opens_clause or at == 0:
        return True
    before = reading.words[at - 1]
    if word.lower.endswith("ing"):
        after = reading.words[at + 1] if at + 1 < len(reading.words) else None
        return not (before.lower == "in" and (after is None or not after.is_content)) and not is_determiner(before)
    if is_past(word.text) or before.lower in read_words("grammar.txt", "before verbs"):
        return True
    if before.lower in ("and", "or", "then") and not word.lower.endswith("s"):
        return True
    if is_determiner(before) or is_preposition(before) or not before.is_content:
        return False
    return word.lower.endswith("s")


def check_doubles(source: Reading, rewrite: Reading) -> Iterator[Violation]:
    """Yield the second of two joined words that stand on one: "every call" became "every call and email"."""
    for first, second in _joined(rewrite):
        if first.forms & second.forms:
            continue
        grounds = [{n for n, word in enumerate(source.words) if one.says & word.licenses} for one in (first, second)]
        if grounds[0] == grounds[1] and len(grounds[0]) == 1 and not _is_pair(source, next(iter(grounds[0]))):
            reason = "the resume has one thing here, not two"
            yield Violation("responsibility", second.text, second.start, second.end, reason)


def _joined(reading: Reading) -> Iterator[tuple[Word, Word]]:
    words = reading.words
    for i in range(1, len(words) - 1):
        if words[i].lower in ("and", "or") and words[i - 1].is_content and words[i + 1].is_content:
            yield words[i - 1], words[i + 1]
    for first, second in pairwise(words):
        if first.is_content and second.is_content and reading.text[first.end : second.start].strip() == "/":
            yield first, second


def _is_pair(source: Reading, at: int) -> bool:
    """Tell whether a word of the source is a part of a longer name: "mother-and-baby"."""
    word = source.words[at]
    return source.text[word.end : word.end + 1] == "-" or source.text[max(0, word.start - 1) : word.start] == "-"
