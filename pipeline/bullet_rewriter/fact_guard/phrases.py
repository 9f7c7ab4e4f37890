"""Words in a row: noun phrases, people, words that open a sentence as a verb."""

from pipeline.bullet_rewriter.fact_guard.reading import Reading, Word, is_preposition, is_relative
from pipeline.bullet_rewriter.fact_guard.thesaurus import is_verb
from pipeline.bullet_rewriter.fact_guard.words import AGENT_ENDINGS, base_words


def noun_phrase(reading: Reading, first: int) -> list[Word]:
    """Return up to six words from one on, up to a preposition, a conjunction or a stop."""
    phrase: list[Word] = []
    for word in reading.words[first : first + 6]:
        gap = reading.text[phrase[-1].end : word.start] if phrase else ""
        if gap.strip(" -") or is_preposition(word) or word.lower in ("and", "but") or (phrase and is_relative(word)):
            break
        phrase.append(word)
    return phrase


def is_verb_form(word: Word) -> bool:
    """Tell whether a word looks like a verb that opens a sentence: "Wrote", "Keep", not "Nurse" or "Chef"."""
    return is_verb(word.text) and word.lower not in base_words("people.txt", "titles")


def is_somebody(word: Word) -> bool:
    """Tell whether a word may be somebody who did a part of the work: a listed one, or "dresser" by its ending."""
    if word.forms & people():
        return True
    looks_so = word.lower.removesuffix("s").endswith(AGENT_ENDINGS) and len(word.lower) > 4
    return looks_so and word.is_content and not word.forms & base_words("people.txt", "things")


def people() -> frozenset[str]:
    """Return every word for somebody who may have done a part of the work."""
    return base_words("people.txt", "colleagues") | base_words("people.txt", "titles")
