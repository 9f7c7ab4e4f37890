"""Names of a rewrite: technologies, products, firms and certificates that the resume says of that job."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from pipeline.bullet_rewriter.fact_guard.abbreviations import is_made_of_initials
from pipeline.bullet_rewriter.fact_guard.reading import Reading, Term, Word, read_text
from pipeline.bullet_rewriter.fact_guard.violation import Violation
from pipeline.bullet_rewriter.fact_guard.word_lists import read_words

_TOOL = re.compile(
    r"\b(?:tools?|systems?|software|apps?|platforms?|databases?|programs?|crm|whiteboard|tracker|suite|packages?)\b",
    re.I,
)
_OF_PLACE = re.compile(r"(?:ian|an|ish|ese|ic|is)s?$")


@dataclass(frozen=True)
class Grounds:
    """What a rewrite may draw on besides its source: the job's sentences and names, and skills that are no products."""

    sentences: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()
    skills: tuple[str, ...] = ()
    tools: tuple[str, ...] = ()  # skills that are products
    readings: tuple[Reading, ...] = field(default=(), repr=False)

    @property
    def technologies(self) -> frozenset[str]:
        """The technologies that the job's entries name."""
        return frozenset(term for reading in self.readings for term in reading.technologies)


def check_names(source: Reading, rewrite: Reading, grounds: Grounds) -> Iterator[Violation]:
    """Yield every technology, name and credential that neither the source nor the job's other entries have."""
    meant = _meant(source, grounds)
    known = source.technologies | grounds.technologies | meant.technologies
    terms = [term for term in rewrite.terms if term.kind == "technology"]
    yield from _unknown_technologies(terms, known, source, rewrite, grounds)
    named = frozenset(key for text in [*grounds.skills, *grounds.names] for key in read_text(text).keys)
    told = source.keys | meant.keys | named
    taken = [word for term in terms for word in rewrite.words_between(term.start, term.end)]
    for number, word in enumerate(rewrite.words):
        if word not in taken and not word.is_number and not word.keys & told:
            opens = number == 0 or rewrite.text[: word.start].endswith((". ", "! "))
            yield from _stranger(word, opens, source)


def _unknown_technologies(
    terms: list[Term], known: frozenset[str], source: Reading, rewrite: Reading, grounds: Grounds
) -> Iterator[Violation]:
    context = " ".join([source.text, *grounds.sentences, *grounds.names]).lower()
    for term in terms:
        words = rewrite.words_between(term.start, term.end)
        is_namesake = _is_namesake(term, rewrite, source)
        is_known = term.keyword in known or all(word.keys & source.keys for word in words)
        if (is_namesake or not is_known) and not _stands_in(words, context):
            text = rewrite.text[term.start : term.end]
            yield Violation("technology", text, term.start, term.end, "this job's entries do not name this technology")


def _meant(source: Reading, grounds: Grounds) -> Reading:
    """Return the products of the skills that a sentence may mean: it has "the database" and names no product."""
    means_one = _TOOL.search(source.text) and not source.technologies
    return read_text(", ".join(grounds.tools) if means_one else "")


def _stranger(word: Word, opens: bool, source: Reading) -> Iterator[Violation]:
    """Yield a word that the job's entries do not have where it is a name, or says that the person was awarded."""
    if _is_name(word, opens) and not _is_known_name(word, source):
        yield Violation("name", word.text, word.start, word.end, "the resume does not give this name for that job")
    elif word.lower.removesuffix("s") in read_words("words.txt", "credentials"):
        yield Violation("name", word.text, word.start, word.end, "the resume does not state this for that job")


def _is_name(word: Word, opens: bool) -> bool:
    """Tell whether a word is written as a name where it stands: with a capital inside the sentence, or mixed ones."""
    inside = word.text[0].isupper() and not opens and word.text not in ("I", "A")
    return inside or any(character.isupper() for character in word.text[1:])


def _is_known_name(word: Word, source: Reading) -> bool:
    if word.lower in read_words("words.txt", "makers"):
        return True
    if any(own.text[:1].isupper() and _is_of_place(word.lower, own.lower) for own in source.words):
        return True
    return is_made_of_initials(word.text, [own.text for own in source.words])


def _is_of_place(word: str, other: str) -> bool:
    """Tell whether two names are a place and what is of it: Norway and Norwegian."""
    return word[:4] == other[:4] and any(_OF_PLACE.search(name) for name in (word, other))


def _is_namesake(term: Term, rewrite: Reading, source: Reading) -> bool:
    """Tell AngularJS from Angular: the lexicon joins what a search may join and a claim may not."""
    own = [source.text[one.start : one.end] for one in source.terms if one.keyword == term.keyword]
    mine, *others = (
        text.lower().replace(".", "").replace(" ", "") for text in (rewrite.text[term.start : term.end], *own)
    )
    apart = read_words("words.txt", "apart")
    return bool(others) and all(other != mine and (mine in apart or other in apart) for other in others)


def _stands_in(words: list[Word], context: str) -> bool:
    """Tell whether the words stand in a text, with or without the maker's name."""
    own = words[1:] if len(words) > 1 and words[0].lower in read_words("words.txt", "makers") else words
    pattern = r"[\s-]+".join(re.escape(word.lower) for word in own)
    return re.search(rf"(?<!\w){pattern}(?!\w)", context) is not None
