"""Which words of a rewrite the resume bears out: those of its source, the job's technologies, a skill it names."""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import pairwise

from pipeline.bullet_rewriter.fact_guard.counted import value_pairs
from pipeline.bullet_rewriter.fact_guard.deeds import replaced_verbs
from pipeline.bullet_rewriter.fact_guard.phrases import noun_phrase
from pipeline.bullet_rewriter.fact_guard.reading import Reading, Term, Word, read_text
from pipeline.bullet_rewriter.fact_guard.skills import Grounds, named_tools, occurrences, skill_words
from pipeline.bullet_rewriter.fact_guard.thesaurus import PhraseIndex, build_index, is_verb
from pipeline.bullet_rewriter.fact_guard.violation import Violation
from pipeline.bullet_rewriter.fact_guard.word_lists import read_sections, read_words
from pipeline.bullet_rewriter.fact_guard.words import agent_stems, base_words
from pipeline.keyword_engine import fold

_SHARED = re.compile(r"\b(?:with|alongside|together|jointly|co)\b", re.I)
_MADE_OF = re.compile(r"^([A-Z]\w{2,})i[sz](?:ed?|ing|ation)$")
_UNIVERSAL = frozenset({"every", "each", "any", "all"})
_UNIVERSAL_GROUNDS = frozenset(
    ["every", "each", "any", "all", "per", "a", "an", "their", "respective", "his", "her", "its"]
)


def check_words(source: Reading, rewrite: Reading, grounds: Grounds) -> Iterator[Violation]:
    """Yield every technology and every run of words that nothing bears out."""
    borne = set(_plain_phrases(rewrite)) | set(_named(rewrite, grounds.names))
    known_terms = source.technologies
    tool_words = set(named_tools(source, rewrite, grounds))
    for term in rewrite.terms:
        words = rewrite.words_between(term.start, term.end)
        if term.kind == "technology":
            named = known_terms | grounds.technologies
            known = term.keyword in named and not _is_namesake(term, rewrite, source)
        else:
            known = _is_short_for(term, rewrite, source)
        if known or tool_words.issuperset(words):
            borne.update(words)
        elif term.kind == "technology" and not _stands_in(_without_maker(words), source.text + " " + grounds.context):
            text = rewrite.text[term.start : term.end]
            yield Violation("technology", text, term.start, term.end, "this job's entries do not name this technology")
            borne.update(words)
        elif term.kind == "technology":
            borne.update(words)
    skilled = skill_words(source, rewrite, grounds)
    borne.update(skilled)
    borne.update(word for word in rewrite.content if _is_made_of(word, known_terms | grounds.technologies))
    borne.update(_makers(source, rewrite))
    borne.update(replaced_verbs(source, rewrite))
    borne.update(tool_words)
    loose = [w for w in rewrite.words if w not in borne and not _is_borne_out(w, source, rewrite, bool(skilled))]
    yield from _runs(rewrite, loose)


def _is_namesake(term: Term, rewrite: Reading, source: Reading) -> bool:
    """Tell AngularJS from Angular: the lexicon joins what a search may join and a claim may not."""
    texts = [source.text[own.start : own.end] for own in source.terms if own.keyword == term.keyword]
    texts = [text.lower().replace(".", "").replace(" ", "") for text in (rewrite.text[term.start : term.end], *texts)]
    apart = read_words("plain.txt", "apart")
    return all((texts[0] in apart or text in apart) and text != texts[0] for text in texts[1:]) and len(texts) > 1


def _is_made_of(word: Word, technologies: frozenset[str]) -> bool:
    """Tell whether a word is made of the name of a technology: Dockerised."""
    match = _MADE_OF.search(word.text)
    return match is not None and fold(match[1]) in {fold(name) for name in technologies}


def _makers(source: Reading, rewrite: Reading) -> Iterator[Word]:
    """Yield the maker's name before a product that the source names without it: Microsoft Access, Access."""
    makers, named = read_words("plain.txt", "makers"), {word.text for word in source.words if word.text[0].isupper()}
    for maker, product in pairwise(rewrite.words):
        if maker.lower in makers and product.text in named:
            yield maker


def _without_maker(words: list[Word]) -> list[Word]:
    """Drop the maker from a product's name."""
    return words[1:] if len(words) > 1 and words[0].lower in read_words("plain.txt", "makers") else words


def _changes_shown(source: Reading) -> frozenset[str]:
    """Return the verbs of change that the numbers of the source bear out: "from 92% to 81%" fell."""
    for first, second in value_pairs(source):
        if first.value == second.value or "from" not in (first.role, second.role):
            continue
        start, end = (first.value, second.value) if first.role == "from" else (second.value, first.value)
        times = frozenset(
            word for word, factor in (("halve", 1 / 2), ("double", 2), ("triple", 3)) if start * factor == end
        )
        return times | base_words("grammar.txt", "falling" if start > end else "rising")
    return frozenset()


def _names_the_deed(source: Reading, rewrite: Reading) -> bool:
    """Tell whether the first verb of the source is there as another word: "tested", "carried out tests"."""
    deeds = [word for word in source.words if word.opens_clause and is_verb(word.text)]
    named = [word for word in rewrite.content if not word.opens_clause]
    return not deeds or any(word.says & deed.licenses for word in named for deed in deeds)


def _is_borne_out(word: Word, source: Reading, rewrite: Reading, has_skill: bool) -> bool:
    if word.lower in _UNIVERSAL:
        if any(start - 6 <= word.start < end for start, end in rewrite.number_spans):
            return True
        if word.lower == "all":
            return _is_of_each(word, source, rewrite)
        return any(own.lower in _UNIVERSAL_GROUNDS for own in source.words)
    if not word.is_content or word.says & source.licenses:
        return True
    if word.forms & (_plain("manner") | _plain("frame")):
        return True
    if word.forms & _plain("pale") and (not word.opens_clause or word.lower.endswith("ing")):
        return True
    if word.forms & _plain("weaker") and word.opens_clause:
        return True
    if word.lower.endswith("s") and agent_stems(word.text) & source.licenses:
        return True  # about 25 buy: 25 buyers
    if _is_manner(word):
        return True
    if word.forms & _plain("light") and (has_skill or _names_the_deed(source, rewrite)):
        return True
    if word.forms & (changes := _changes_shown(source)) or (changes and word.forms & {"see"}):
        return True
    if word.lower in ("share", "proportion", "percentage") and any(q.unit == "percent" for q in source.quantities):
        return True
    if word.lower in ("co", "jointly", "together") and _SHARED.search(source.text):
        return True
    return _is_acronym_of(word, source)


def _is_of_each(word: Word, source: Reading, rewrite: Reading) -> bool:
    """Tell whether "all" is the source's own, or its "every" or "each" of the same thing."""
    if any(own.lower == "all" for own in source.words):
        return True
    things = noun_phrase(rewrite, rewrite.words.index(word) + 1)[:2]
    for n, each in enumerate(source.words):
        ours = noun_phrase(source, n + 1)[:2] if each.lower in ("every", "each", "all") else []
        if any(one.says & other.licenses for one in things for other in ours):
            return True
    return False


def _is_manner(word: Word) -> bool:
    """Tell whether an adverb says only how something was done: not how far, how often or how well."""
    is_plain = word.text.endswith("ly") and len(word.text) > 6 and (word.text.islower() or word.start == 0)
    return is_plain and word.lower not in base_words("claims.txt", "adverbs")


@lru_cache(maxsize=8)
def _plain(section: str) -> frozenset[str]:
    return base_words("plain.txt", section)


@lru_cache(maxsize=1)
def _phrases() -> PhraseIndex:
    items = [item.strip() for line in read_sections("plain.txt")["phrases"] for item in line.split(";")]
    return build_index([("plain", [item for item in items if item], [])])


def _is_short_for(term: Term, rewrite: Reading, source: Reading) -> bool:
    """Tell whether a skill of the source is the same in full or in initials: ML, machine learning.

    Why: the lexicon joins skills for search more widely than a claim may be widened.
    """
    mine = rewrite.text[term.start : term.end]
    others = [source.text[own.start : own.end] for own in source.terms if own.keyword == term.keyword]
    return any(
        mine.lower() == other.lower() or _abbreviates(mine, other) or _abbreviates(other, mine) for other in others
    )


def _abbreviates(short: str, full: str) -> bool:
    """Tell whether capitals of one text are initials of the other: "ML model", "machine learning model"."""
    initials = "".join(part[0] for part in re.split(r"[\s-]+", full.strip()) if part).upper()
    return any(len(word) > 1 and word in initials for word in re.findall(r"\b[A-Z]{2,5}\b", short))


def _plain_phrases(rewrite: Reading) -> Iterator[Word]:
    for first, end, _ in _phrases().find([word.forms for word in rewrite.words]):
        yield from rewrite.words[first:end]


def _named(rewrite: Reading, names: Iterable[str]) -> Iterator[Word]:
    """Yield the words of the job's own names where they stand in full."""
    for name in names:
        for first, end in occurrences(read_text(name), rewrite):
            yield from rewrite.words[first:end]


def _stands_in(words: list[Word], text: str) -> bool:
    pattern = r"[\s-]+".join(re.escape(word.lower) for word in words)
    return re.search(rf"(?<![\w]){pattern}(?!\w)", text.lower()) is not None


def _is_acronym_of(word: Word, source: Reading) -> bool:
    """Tell whether a word in capitals is made of the initials of words in a row in the source."""
    if not (2 <= len(word.text) <= 5 and word.text.isalpha() and word.text.isupper()):
        return False
    for first in range(len(source.words) - len(word.text) + 1):
        run = source.words[first : first + len(word.text)]
        if [own.text[0].upper() for own in run] == list(word.text):
            return len(run) > 2 or all(own.text[0].isupper() for own in run)
    return False


def _runs(rewrite: Reading, loose: list[Word]) -> Iterator[Violation]:
    """Yield words that stand together as one violation."""
    run: list[Word] = []
    for word in loose:
        if run and rewrite.text[run[-1].end : word.start].strip(" -/"):
            yield _unsupported(rewrite, run)
            run = []
        run.append(word)
    if run:
        yield _unsupported(rewrite, run)


def _unsupported(rewrite: Reading, run: list[Word]) -> Violation:
    start, end = run[0].start, run[-1].end
    return Violation("unsupported", rewrite.text[start:end], start, end, "the resume's sentence does not say this")
