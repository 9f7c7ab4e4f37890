"""Sentences that recur over postings: company descriptions, benefits, equal-opportunity text."""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.postings.sentences import sentence_starts
from pipeline.postings.titles import clean_title
from pipeline.postings.vacancy import Vacancy

MIN_VACANCIES = 3  # in how many postings a sentence must stand to be boilerplate
MIN_SHARE = 0.02  # and in what share of a large corpus
MIN_ROLES = 2  # and under how many different titles, or it may be what one role's ads have in common
MIN_OWN = 80  # characters that must be left of a posting without its boilerplate; many a short ad is no longer
MIN_WORDS = 4  # a shorter sentence is a heading or a list item, and may well recur


_SMALL_PRINT = re.compile(
    r"\b(?:401 ?\(?k\)?|paid time off|pto|paid (?:leave|holidays?)|parental leave|sick (?:leave|pay|days)|"
    r"annual leave|days['’]? (?:of )?(?:annual leave|holiday|vacation)|"
    r"(?:dental|vision|life|medical|health|disability|pet)(?:,| and| or|/| &)* ?(?:\w+ ){0,2}(?:insurance|coverage|"
    r"plans?|benefits)|long[- ]term care insurance|flexible spending|stock options|equity package|"
    r"tuition|retirement plan|pension (?:scheme|plan|contribution)|gym membership|cycle to work|employee discount|"
    r"season ticket|benefits package|our benefits|bonus scheme|"
    r"equal[- ]opportunit\w+|equal employment|affirmative action|regardless of|without regard to|"
    r"reasonable accommodat\w+|protected (?:class|veteran|characteristic)\w*|"
    r"sexual orientation|gender identity|national origin|background (?:check|investigation|screening)s?|"
    r"drug[- ](?:free|test|screen)\w*|participat\w+ in (?:the )?e-verify|"
    r"e-verify (?:employer|program|participant)|right to work|visa sponsorship|"
    r"salary range|base salary|per annum|pay range|how to apply|"
    r"(?:^\W*|[.!?] +)to apply|to apply(?=[,:]| for | please)|apply (?:now|online|via|by|at)|"
    r"closing date|follow us|privacy (?:notice|policy)|"
    # What employers elsewhere begin such a sentence with, and what they offer.
    r"(?:nous|on) (?:vous )?(?:offrons|proposons)|nous (?:t[’'] ?|vous )?offrons|ce que nous (?:vous )?offrons|"
    r"tickets? restaurant|mutuelle|wir bieten|bieten wir|es erwarte[nt] (?:dich|sie)|"
    r"(?:das|was) wir (?:dir|ihnen) bieten|tage urlaub|altersvorsorge|(?:te |le )?ofrecemos|se ofrece|"
    r"seguro médico|contrato indefinido|"
    r"oferecemos|offriamo|si offre|wij bieden|we bieden|wat bieden wij|oferujemy|zapewniamy|"
    r"opiek[aęi] medyczn[aąeę]|nabízíme|ponúkame|"
    r"vi tilbyder|vi tilbyr|vi erbjuder|tarjoamme|kínálunk|oferim|мы предлагаем|ми пропонуємо)\b",
    re.I,
)


MANY_SKILLS = 3  # small print names fewer; a posting written as one paragraph names its duties and its benefits at once


def is_small_print(sentence: str, skills: int = 0) -> bool:
    """Tell whether a sentence speaks of benefits, equal opportunity, pay or how to apply: what it names is no skill.

    `skills` says how many it names; where these are many and outnumber the marks of small print, it speaks of work.

    >>> is_small_print("Medical, dental and vision insurance"), is_small_print("Experience in a dental surgery")
    (True, False)
    """
    if skills < MANY_SKILLS:
        return _SMALL_PRINT.search(sentence) is not None
    return len(_SMALL_PRINT.findall(sentence)) >= skills


def split_sentences(text: str) -> list[str]:
    """Return the sentences of a text, without empty ones."""
    starts = sentence_starts(text)
    pieces = (text[a:b].strip() for a, b in zip(starts, [*starts[1:], len(text)], strict=True))
    return [piece for piece in pieces if piece]


def fingerprint(sentence: str) -> str:
    """Return what two copies of a sentence have in common: its words in lower case, without figures."""
    return " ".join(re.findall(r"[^\W\d_]+", sentence.lower()))


@dataclass(frozen=True)
class PartedText:
    """A posting's text, its sentences, and the fingerprint of each."""

    text: str
    sentences: list[str]
    marks: list[str]

    def without(self, boilerplate: frozenset[str]) -> str:
        """Return the text without the sentences that recur; the whole of it, as it is, where none does or too little
        would be left."""
        if boilerplate.isdisjoint(self.marks):
            return self.text
        kept = [s for s, mark in zip(self.sentences, self.marks, strict=True) if mark not in boilerplate]
        own = "\n".join(kept)
        return own if len(own) >= min(MIN_OWN, len(self.text) // 4) else self.text


def part_text(text: str) -> PartedText:
    """Return a text in its sentences."""
    sentences = split_sentences(text)
    return PartedText(text, sentences, [fingerprint(sentence) for sentence in sentences])


def find_boilerplate(vacancies: Sequence[Vacancy], parted: Sequence[PartedText] | None = None) -> frozenset[str]:
    """Return the fingerprints of sentences that stand in several postings of different roles.

    `parted` has the texts in their sentences, where that is done already.
    """
    roles: dict[str, set[str]] = defaultdict(set)
    counts: dict[str, int] = defaultdict(int)
    for number, vacancy in enumerate(vacancies):
        # Of a posting without a title nothing says that its role is another posting's too.
        role = clean_title(vacancy.title).casefold() if vacancy.title else vacancy.text
        for mark in set((parted[number] if parted else part_text(vacancy.text)).marks):
            if mark.count(" ") >= MIN_WORDS - 1:
                roles[mark].add(role)
                counts[mark] += 1
    least = max(MIN_VACANCIES, MIN_SHARE * len(vacancies))
    return frozenset(m for m, count in counts.items() if count >= least and len(roles[m]) >= MIN_ROLES)


def own_text(text: str, boilerplate: frozenset[str]) -> str:
    """Return a posting without the sentences that recur; the whole of it, as it is, where none does or too little would
    be left."""
    return part_text(text).without(boilerplate)
