"""Which words of a rewrite the resume bears out: those of its source, the job's technologies, a skill it names."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from pipeline.fact_guard.deeds import replaced_verbs
from pipeline.fact_guard.numbers import value_pairs
from pipeline.fact_guard.phrases import noun_phrase
from pipeline.fact_guard.reading import Reading, Term, Word, read_text
from pipeline.fact_guard.thesaurus import PhraseIndex, build_index, is_verb
from pipeline.fact_guard.violation import Violation
from pipeline.fact_guard.word_lists import read_sections, read_words
from pipeline.fact_guard.words import agent_stems, base_words
from pipeline.keyword_engine import lexicon_matcher
from pipeline.lexicon import fold
from pipeline.term_matcher import TermMatcher

_SHARED = re.compile(r"\b(?:with|alongside|together|jointly|co)\b", re.I)
# A skill that no cue is known for counts as a practice, not as a product, where it is spelt like one.
_PRACTICE = re.compile(r"^\S+(?: [a-z-]+)+$|(?:ing|ment|tion|sion|sis|ance|ence|ship|care|work|logy|ics|graphy|try)$")
_MADE_OF = re.compile(r"^([A-Z]\w{2,})i[sz](?:ed?|ing|ation)$")
_UNIVERSAL = frozenset({"every", "each", "any", "all"})
_UNIVERSAL_GROUNDS = frozenset(
    ["every", "each", "any", "all", "per", "a", "an", "their", "respective", "his", "her", "its"]
)


@dataclass(frozen=True)
class Grounds:
    """What a rewrite may draw on besides its source.

    Technologies and names are those of the job, `context` all its text, `elsewhere` that of the other jobs.
    """

    technologies: frozenset[str] = frozenset()
    names: tuple[str, ...] = ()
    skills: tuple[str, ...] = ()
    tools: frozenset[str] = frozenset()
    context: str = ""
    elsewhere: str = ""


def check_words(source: Reading, rewrite: Reading, grounds: Grounds) -> Iterator[Violation]:
    """Yield every technology and every run of words that nothing bears out."""
    borne = set(_plain_phrases(rewrite)) | set(_named(rewrite, grounds.names))
    known_terms = source.technologies
    tool_words = set(_named_tools(source, rewrite, grounds))
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
    skilled = _skill_words(source, rewrite, grounds)
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
        times = frozenset(word for word, factor in (("halve", 1 / 2), ("double", 2), ("triple", 3)) if start * factor == end)
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
    """Tell whether "all" is the source's "every", "each" or "all", of the same thing."""
    things = noun_phrase(rewrite, rewrite.words.index(word) + 1)[:2]
    for n, each in enumerate(source.words):
        ours = noun_phrase(source, n + 1)[:2] if each.lower in ("every", "each", "all") else []
        if any(one.says & other.licenses for one in things for other in ours):
            return True
    return False


def _is_manner(word: Word) -> bool:
    """Tell whether an adverb says only how something was done: any but those that say how far, how often or how well."""
    return word.text.endswith("ly") and len(word.text) > 6 and word.lower not in base_words("claims.txt", "adverbs")


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


def occurrences(phrase: Reading, reading: Reading) -> Iterator[tuple[int, int]]:
    """Yield where the words of one text stand in a row in another."""
    size = len(phrase.words)
    for first in range(len(reading.words) - size + 1 if size else 0):
        if all(
            own.forms & wanted.forms
            for own, wanted in zip(reading.words[first : first + size], phrase.words, strict=True)
        ):
            yield first, first + size


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


def _named_tools(source: Reading, rewrite: Reading, grounds: Grounds) -> Iterator[Word]:
    """Yield the words of a tool of the skills where the source has it by its kind only: "the till system".

    Why so narrow: the skills do not say where a tool was used. So no job may claim it, and the sentence must speak of
    a product of that kind that it does not name.
    """
    kinds = {word.lower.removesuffix("s") for word in source.words} & read_words("plain.txt", "products")
    if not kinds or source.technologies:
        return
    for tool in grounds.tools:
        known = next((line.split() for line in read_sections("plain.txt")["tools"] if fold(tool) in _names(line)), None)
        told = list(occurrences(read_text(tool), read_text(f"{grounds.context} {grounds.elsewhere}")))
        if told or (kinds <= {"spreadsheet", "dashboard"} and not (known and kinds & set(known))):
            continue
        for first, end in occurrences(read_text(tool), rewrite):
            yield from rewrite.words[first:end]


def _names(line: str) -> list[str]:
    return [fold(name.strip()) for name in line.partition(":")[2].split(",")]


def _skill_words(source: Reading, rewrite: Reading, grounds: Grounds) -> list[Word]:
    """Return the words of a skill of the resume that names what the source describes."""
    found: list[Word] = []
    for skill in grounds.skills:
        reading = read_text(skill)
        for first, end in occurrences(reading, rewrite):
            words = list(rewrite.words[first:end])
            fresh = [word for word in words if word.is_content and not word.says & source.licenses]
            if fresh and _may_name(skill, reading, source, rewrite, (first, end), grounds):
                found.extend(words)
    return found


def _may_name(
    skill: str, reading: Reading, source: Reading, rewrite: Reading, at: tuple[int, int], grounds: Grounds
) -> bool:
    if _is_technology(skill) or skill in grounds.tools:
        return False
    refused = base_words("people.txt", "refused in skills") | base_words("people.txt", "credentials")
    if any(word.forms & refused and not word.says & source.licenses for word in reading.content):
        return False
    if _is_related(reading, source):
        return True
    if (
        _cues(skill) is not None
        or not _PRACTICE.search(skill)
        or list(occurrences(reading, read_text(grounds.elsewhere)))
    ):
        return False
    before = rewrite.words[at[0] - 1] if at[0] else None
    after = rewrite.words[at[1]] if at[1] < len(rewrite.words) else None
    listed = before is not None and (
        before.lower in ("and", "or") or "," in rewrite.text[before.end : rewrite.words[at[0]].start]
    )
    return not listed and not (after is not None and after.lower in ("and", "or") and not is_verb(after.text))


@lru_cache(maxsize=1024)
def _is_technology(skill: str) -> bool:
    """Tell whether a skill is a technology of the lexicon, in whatever case or context."""
    reading = read_text(skill)
    return any(term.kind == "technology" for term in reading.terms) or fold(reading.text) in _technologies(
        lexicon_matcher()
    )


@lru_cache(maxsize=2)
def _technologies(matcher: TermMatcher) -> frozenset[str]:
    entries = (entry for entry in matcher.entries if entry.kind == "technology")
    return frozenset(fold(spelling.text) for entry in entries for spelling in entry.spellings)


def _is_related(reading: Reading, source: Reading) -> bool:
    """Tell whether the source speaks of a skill: by a word of it, by the lexicon, or by a cue."""
    generic = _plain_skill_words()
    if any(word.says & source.licenses for word in reading.content if not word.forms & generic):
        return True
    if {term.keyword for term in reading.terms} & {term.keyword for term in source.terms}:
        return True
    cues = _cues(reading.text)
    return bool(cues) and any(cues and word.forms & cues for word in source.words)


@lru_cache(maxsize=1)
def _plain_skill_words() -> frozenset[str]:
    return base_words("skill_cues.txt", "generic")


@lru_cache(maxsize=1)
def _cue_lines() -> tuple[tuple[frozenset[str], frozenset[str]], ...]:
    lines = [line.partition(":") for line in read_sections("skill_cues.txt")["cues"]]
    return tuple(
        (frozenset(_keys(name)), frozenset(_keys(cues))) for names, _, cues in lines for name in names.split(" / ")
    )


def _keys(text: str) -> set[str]:
    return {form for word in read_text(text).words for form in word.forms} - {"of", "the", "and"}


@lru_cache(maxsize=1024)
def _cues(skill: str) -> frozenset[str] | None:
    """Return the words that tell of a skill, None where none are known."""
    wanted = frozenset(_keys(skill))
    found = [cues for name, cues in _cue_lines() if name <= wanted]
    return frozenset().union(*found) if found else None


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
