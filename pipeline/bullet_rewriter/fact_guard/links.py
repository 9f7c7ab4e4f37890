"""Links between the parts of a sentence: cause and effect, from and to, one and many."""

import re
from collections.abc import Iterator

from pipeline.bullet_rewriter.fact_guard.phrases import noun_phrase
from pipeline.bullet_rewriter.fact_guard.reading import Reading, Word, is_preposition
from pipeline.bullet_rewriter.fact_guard.violation import Violation
from pipeline.bullet_rewriter.fact_guard.words import base_words

_EFFECTS = (
    "reduc|cutt|lower|increas|rais|improv|boost|sav|grow|lift|speed|shorten|halv|doubl|enhanc|decreas|prevent|avoid"
    "|gain|winn|enabl|ensur|allow|strengthen|driv|secur|maximi[sz]|minimi[sz]|streamlin|accelerat|yield|generat"
)
_CAUSES = re.compile(
    r"\b(?:result(?:ing|s|ed)? in|leading to|leads? to|led to|thereby|thus|therefore|hence|consequently|so that"
    r"|so as to|in order to|thanks to|due to|because|owing to|as a result|causing|driving|enabling|allowing|ensuring"
    r"|contributing to|helping to|by \w+ing|through \w+ing|which (?:then )?(?:\w+ed|cut|led|made|drove|brought|kept"
    r"|took|meant|gave|let)"
    r"|that (?:\w+ed|cut|led|made|drove|brought) (?!by))\b"
    rf"|(?:,|\bby|\band (?:so|thus|thereby)) (?:\w+ly )?(?:{_EFFECTS})ing\b",
    re.I,
)
_GENERAL = ("every", "each", "per", "any", "whenever", "when", "if", "where")
_OPPOSITES = {
    "from": {"to", "into", "onto"},
    "to": {"from"},
    "into": {"from"},
    "onto": {"from"},
    "before": {"after"},
    "after": {"before"},
}


def check_causes(source: Reading, rewrite: Reading) -> Iterator[Violation]:
    """Yield a link of cause and effect where the source has none."""
    known = {word.lower for word in source.words}
    first = (m for m in _CAUSES.finditer(rewrite.text) if not {m[0].lower().split()[0]} & known - {"by", "through"})
    match = next(first, None)
    if (
        match
        and not _CAUSES.search(source.text)
        and not re.search(r"\b(?:to|so|by|through|for) ", _linking(source, match[0]))
    ):
        yield Violation(
            "cause",
            match[0].strip(" ,"),
            match.start(),
            match.end(),
            "the resume does not say that one thing led to the other",
        )


def _linking(source: Reading, link: str) -> str:
    """Return the text of the source where it has the verb of the link as its purpose or means: "to cut waste"."""
    if link.lower() in ("so that", "in order to", "so as to"):
        return source.text
    verbs = re.findall(r"(\w{3,}?)(?:t?ting|ing)\b", link.lower())
    return source.text if any(re.search(rf"\b(?:to|by|so) {verb[:4]}", source.text, re.I) for verb in verbs) else ""


def check_directions(source: Reading, rewrite: Reading) -> Iterator[Violation]:
    """Yield words that stand after "from" in the rewrite and after "to" in the source, and the like."""
    ours = list(_directed(source))
    moves = any(word.forms & base_words("grammar.txt", "motion") for word in source.words)
    if not moves and not re.search(r"\bfrom\b.*\b(?:to|into|onto)\b", source.text, re.I):
        return
    for preposition, word in _directed(rewrite):
        held = {prep for prep, own in ours if word.says & own.licenses}
        if held and preposition not in held and held & _OPPOSITES[preposition] and len(held) == 1:
            reason = f'in the resume this stands after "{next(iter(held))}"'
            yield Violation("direction", f"{preposition} {word.text}", word.start, word.end, reason)


def _directed(reading: Reading) -> Iterator[tuple[str, Word]]:
    for i, word in enumerate(reading.words):
        if word.lower in _OPPOSITES:
            for own in noun_phrase(reading, i + 1):
                if own.is_content:
                    yield word.lower, own


def check_plurals(source: Reading, rewrite: Reading) -> Iterator[Violation]:
    """Yield plurals of the rewrite where the source has one: "a brewery", "breweries"."""
    if any(word.lower in _GENERAL for word in source.words) or source.periods or _speaks_of_shares(source):
        return
    for word in rewrite.content:
        if not _is_plural(word) or word.opens_clause:
            continue
        own = [n for n, other in enumerate(source.words) if other.forms & word.forms]
        if own and all(_is_single(source, n) for n in own):
            yield Violation("plural", word.text, word.start, word.end, "the resume speaks of one")


def _speaks_of_shares(source: Reading) -> bool:
    """Tell "one seam in fifty", which is about many."""
    return any(quantity.unit == "percent" and quantity.value < 100 for quantity in source.quantities)


def _is_plural(word: Word) -> bool:
    return word.lower.endswith("s") and not word.lower.endswith(("ss", "us", "is", "'s")) and len(word.forms) > 1


def _is_single(source: Reading, at: int) -> bool:
    word = source.words[at]
    if _is_plural(word) or not word.is_content:
        return False
    before = source.words[max(0, at - 5) : at]
    cut = next(
        (n for n in range(len(before) - 1, -1, -1) if is_preposition(before[n]) or before[n].segment != word.segment),
        -1,
    )
    before = before[cut + 1 :][-5:]
    return any(own.lower in ("a", "an", "one", "another", "single") for own in before)
