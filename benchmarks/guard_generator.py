"""Makes labelled pairs of any sentences: retold truly, and with something that the sentence does not say.

An invention is put into a true retelling, so that a judge learns what is new in it rather than that it is reworded; and
since the generator knows what it put in or left out, it names the words at fault.
"""

import random
import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise

import numpy as np

from benchmarks.guard_synonyms import Synonyms
from pipeline.bullet_rewriter.fact_guard.reading import is_function_word
from pipeline.embedding import packaged_word_vectors

Change = Callable[[str], str | None]

WORD = re.compile(r"[A-Za-z][\w'’-]*|\d[\d,.]*\w*|\S")
MAX_TRUE_CHANGES = 3
NEAR = slice(2, 40)  # ranks of the words that are like another but do not say the same
_VERBS = (
    "Led Managed Directed Designed Introduced Founded Supervised Oversaw Approved Negotiated Invented Ran Owned "
    "Established Built Taught Planned Headed Coordinated Authored Developed Initiated Audited Decided Trained"
).split()
_TAILS = (
    "cutting waste", "raising sales", "saving the firm money", "to everyone's satisfaction", "improving quality",
    "which won a prize", "which halved the number of complaints", "and trained the whole team", "boosting efficiency",
    "strengthening the brand", "setting the standard for others", "ahead of schedule", "without a single error",
    "as the only person in charge", "for the entire company", "across all sites", "winning new customers",
    "and was promoted for it", "which is still in use", "on my own initiative", "reducing costs", "with top marks",
    "preventing accidents", "which management adopted everywhere", "for major clients", "in record time",
    "and presented the results to the board", "earning praise from all sides", "single-handedly", "as team lead",
    "driving growth", "enhancing the experience of visitors", "making the department more productive", "for good",
    "and set the rules for it", "with full responsibility", "which the customer kept", "and decided what came of it",
)  # fmt: skip
_PRAISE = (
    "flawlessly expertly independently singlehandedly perfectly always unfailingly brilliantly successfully alone "
    "award-winning record-breaking leading international exclusive".split()
)
_FILLERS = (
    "carefully patiently diligently reliably thoroughly conscientiously politely attentively neatly calmly promptly "
    "accurately methodically responsibly enthusiastically".split()
)
_HELPED = re.compile(
    r"^(?:Helped|Help|Assisted|Supported|Contributed to|Took part in|Watched|Learned to|Co-)\s*(?:to |with |in )?(.+)",
    re.I,
)
_LIMITS = re.compile(
    r",? ?\b(?:under [\w' ]+?(?:supervision|direction|guidance|manager|lead)|with (?:a|an|one|two|three|another|the)"
    r" [\w ]*?(?:colleagues?|others?|nurse|teacher|cook|partner|friend|help)|only|not|never|mostly|mainly|sometimes"
    r"|part of|some of|one of|a few|almost|nearly|for a (?:week|month|summer)|as a trial|when asked|if needed|up to"
    r"|on request|at most|on occasion|occasionally|once|twice|in part|partly|half of|test|pilot|draft|unpaid|small)\b",
    re.I,
)
_AGENT = re.compile(
    r"^(?P<thing>.+?) (?:is|are|was|were) (?:\w+ly )?(?P<verb>\w+ed|\w+en|built|made|sent|taught)\b"
    r"(?P<rest>.*?) by (?P<agent>(?:the|a|an|another) [\w' ]+)",
    re.I,
)
_WHEN = re.compile(
    r"^(?P<what>[^,]{12,}?) (?P<when>(?:on|in|during|before|after|every|each|at|for|with|from|under) (?:the |a |an )?"
    r"\w+(?: \w+){0,2})$",
    re.I,
)
_LIST = re.compile(r"(?P<kept>\b\w+, \w+) and \w+\b")
_PAIR = re.compile(r"\b(?P<first>[\w-]{3,}) and (?P<second>[\w-]{3,})\b")
_OBJECT = re.compile(
    r"^(?P<verb>[A-Z]\w+(?:ed|pt|nt|ld|lt|ught|ote|ook|ent)) (?P<thing>(?:the |a |an |\w+'s )?(?:[\w-]+ ){1,4}?)"
    r"(?P<rest>(?:for|in|of|to|with|on|at|from|by|each|every)\b.*)$"
)
_TAIL_PHRASE = re.compile(r",? (?:for|in|at|on|from|with|across|during|to|by) (?:[\w'-]+ ?){1,5}$")
_ALIKE = (
    ("about", "around"), ("each", "every"), ("such as", "like"), ("per", "a"), ("while", "and"), ("many", "plenty of"),
    ("used", "made use of"), ("helped", "assisted"), ("kept", "maintained"), ("wrote", "drew up"), ("ran", "held"),
    ("checked", "inspected"), ("bought", "purchased"), ("began", "started"), ("before", "ahead of"), ("with", "using"),
    ("about", "roughly"), ("about", "approximately"), ("and", "as well as"), ("because", "since"), ("also", "too"),
    ("using", "by means of"), ("one", "a single"), ("every day", "daily"), ("a week", "weekly"), ("a month", "monthly"),
    ("every year", "annually"), ("in order to", "to"), ("took part in", "participated in"), ("twice", "two times"),
    ("a week", "per week"), ("a day", "per day"), ("every week", "weekly"), ("several", "a number of"),
    ("over", "more than"),
    ("people", "persons"), ("gave", "delivered"), ("looked after", "cared for"), ("in charge of", "responsible for"),
    ("made", "produced"), ("put", "placed"), ("set up", "put in place"), ("by hand", "manually"),
    ("for", "on behalf of"),
)  # fmt: skip
_OPPOSED = (
    ("before", "after"), ("first", "last"), ("morning", "evening"), ("to", "from"), ("more", "fewer"), ("up", "down"),
    ("increased", "decreased"), ("opened", "closed"), ("bought", "sold"), ("weekly", "daily"), ("monthly", "weekly"),
    ("sometimes", "always"), ("failed", "succeeded"), ("rejected", "adopted"), ("proposed", "introduced"),
    ("week", "day"),
    ("suggested", "decided"), ("recommended", "approved"), ("prepared", "presented"), ("attended", "organised"),
    ("some", "all"), ("parts of", "the whole of"), ("one", "several"), ("internal", "external"),
    ("planned", "completed"),
    ("part-time", "full-time"), ("learned", "taught"), ("received", "gave"), ("assistant", "manager"), ("test", "live"),
    ("draft", "final"), ("mostly", "only"), ("often", "always"), ("two", "five"), ("three", "ten"), ("with", "without"),
    ("watched", "led"), ("local", "national"), ("colleagues", "managers"), ("temporary", "permanent"), ("night", "day"),
)  # fmt: skip
_PLACES = "during over across within until besides behind above against among".split()


@dataclass(frozen=True)
class Made:
    """A sentence, a rewrite of it, and the true retelling that the rewrite was before something was put in."""

    source: str
    retold: str
    rewritten: str
    kind: str

    @property
    def is_fabricated(self) -> bool:
        """Tell whether something was put in or left out that makes it untrue."""
        return self.rewritten != self.retold


class Generator:
    """Retells sentences of a corpus, truly or not; what it adds comes from the corpus's other sentences."""

    def __init__(self, sentences: Sequence[str], seed: int = 7) -> None:
        self._chance = random.Random(seed)
        self._sentences = list(dict.fromkeys(sentences))
        self._synonyms = Synonyms()
        self._before: dict[str, set[str]] = defaultdict(set)
        for sentence in self._sentences:
            words = re.findall(r"[a-z-]{3,}", sentence)
            for first, second in pairwise(words):
                self._before[second].add(first)
        counted = sorted({word for one in self._sentences for word in re.findall(r"\b[a-z]{4,}\b", one)})
        self._likeness = dict(zip(counted, range(len(counted)), strict=True))
        self._words = counted
        rows = packaged_word_vectors(counted)
        self._near = rows @ rows.T
        self.true: dict[str, Change] = {
            "synonym": self._synonym, "synonym again": self._synonym, "set phrase": _Swap(self._chance, _ALIKE),
            "moved": _moved, "shortened": self._shortened, "listed": self._listed, "object first": _object_first,
            "filler": self._filler, "person": self._person,
        }  # fmt: skip
        self.false: dict[str, Change] = {
            "tail": self._tail, "clause": self._clause, "verb": self._verb, "praise": self._praise, "near": self._other,
            "near again": self._other, "narrower": self._narrower, "modifier": self._modifier, "unhelped": _unhelped,
            "unlimited": self._unlimited, "claimed": _claimed, "exchanged": self._exchanged,
            "tail phrase": self._phrase,
            "opposed": _Swap(self._chance, _OPPOSED, is_symmetric=True), "listed more": self._listed_more,
        }  # fmt: skip

    def pairs(self, count: int) -> Iterator[Made]:
        """Yield pairs, half of them inventions."""
        made = 0
        while made < count:
            source = self._chance.choice(self._sentences)
            retold, kinds = source, []
            for _ in range(self._chance.randint(0 if made % 2 else 1, MAX_TRUE_CHANGES)):
                retold, kind = self._changed(retold, self.true)
                kinds.append(kind)
            if made % 2 == 0:
                if retold == source:
                    continue
                yield Made(source, retold, retold, " ".join(kinds))
            else:
                new, kind = self._changed(retold, self.false)
                if new == retold:
                    continue
                yield Made(source, retold, new, kind)
            made += 1

    def _changed(self, text: str, changes: dict[str, Change]) -> tuple[str, str]:
        for kind in self._chance.sample(sorted(changes), len(changes)):
            new = changes[kind](text)
            if new and new != text and len(new) > 12:
                return new, kind
        return text, ""

    def _pick_word(self, text: str) -> re.Match[str] | None:
        found = [
            match
            for match in re.finditer(r"(?<![\w-])[A-Za-z][a-z]{3,}(?![\w-])", text)
            if not is_function_word(match[0])
        ]
        return self._chance.choice(found) if found else None

    def _synonym(self, text: str) -> str | None:
        for _ in range(4):
            match = self._pick_word(text)
            if match and (others := self._synonyms.alike(match[0])):
                return _replaced(text, match, self._chance.choice(self._likest(match[0], others)))
        return None

    def _likest(self, word: str, others: list[str]) -> list[str]:
        """Return the half of some words that are most like one, by the model's own vectors."""
        if len(others) < 3:
            return others
        rows = packaged_word_vectors([word.lower(), *(other.lower() for other in others)])
        alike = rows[1:] @ rows[0]
        return [others[n] for n in np.argsort(-alike)[: max(2, len(others) // 2)]]

    def _narrower(self, text: str) -> str | None:
        for _ in range(4):
            match = self._pick_word(text)
            if match and (others := self._synonyms.narrower(match[0])):
                return _replaced(text, match, self._chance.choice(others))
        return None

    def _other(self, text: str) -> str | None:
        """Return the text with a word for another of its kind that says something else."""
        match = self._pick_word(text)
        if not match:
            return None
        word = match[0].lower()
        if word not in self._likeness or self._chance.random() < 0.3:
            ending = re.search(r"(?:ing|ed|s|ly|)$", word)
            others = [
                one for one in self._chance.sample(self._words, 60) if ending and one.endswith(ending[0] or one[-1])
            ]
        else:
            others = [self._words[n] for n in np.argsort(-self._near[self._likeness[word]])[NEAR]]
        others = [one for one in others if one not in text.lower() and not self._synonyms.are_related(one, word)]
        return _replaced(text, match, self._chance.choice(others)) if others else None

    def _modifier(self, text: str) -> str | None:
        match = self._pick_word(text)
        others = sorted(self._before.get(match[0], set()) - set(text.lower().split())) if match else []
        if not match or not others:
            return None
        return f"{text[: match.start()]}{self._chance.choice(others)} {text[match.start() :]}"

    def _tail(self, text: str) -> str:
        return f"{text.rstrip('.')}{self._chance.choice([', ', ' '])}{self._chance.choice(_TAILS)}"

    def _clause(self, text: str) -> str:
        other = self._chance.choice(self._sentences).rstrip(".")
        parts = re.split(r",\s|\s(?=and |with |for |by )", other)
        other = self._chance.choice([other, parts[0], parts[-1]])
        joint = self._chance.choice([" and ", ", ", "; ", ", and "])
        if self._chance.random() < 0.2:
            return f"{other} and {text[0].lower()}{text[1:]}"
        return f"{text.rstrip('.')}{joint}{other[:1].lower()}{other[1:]}"

    def _phrase(self, text: str) -> str | None:
        """Return the text with the closing phrase of another sentence, in place of its own or after it."""
        match = _TAIL_PHRASE.search(self._chance.choice(self._sentences).rstrip("."))
        if not match:
            return None
        kept = _TAIL_PHRASE.sub("", text) if self._chance.random() < 0.4 else text.rstrip(".")
        return f"{kept}{match[0]}"

    def _verb(self, text: str) -> str | None:
        first, _, rest = text.partition(" ")
        is_verb = re.fullmatch(r"[A-Z]\w+(?:ed|t|e|ve|n|ew|ote|de|p|k)", first)
        verb = self._chance.choice(_VERBS)
        return f"{verb} {rest}" if is_verb and rest and not self._synonyms.are_related(verb, first) else None

    def _praise(self, text: str) -> str:
        return self._with_manner(text, self._chance.choice(_PRAISE))

    def _filler(self, text: str) -> str | None:
        return self._with_manner(text, self._chance.choice(_FILLERS)) if self._chance.random() < 0.5 else None

    def _with_manner(self, text: str, manner: str) -> str:
        first, _, rest = text.partition(" ")
        if self._chance.random() < 0.6 and re.fullmatch(r"[A-Z]\w+(?:ed|pt|nt|ld|lt|ght|ote|ook|an|ew)", first):
            return f"{manner.capitalize()} {first[0].lower()}{first[1:]} {rest}"
        return f"{text.rstrip('.')} {manner}"

    def _person(self, text: str) -> str | None:
        first = text.partition(" ")[0]
        if re.search(r"\bmy\b", text):
            return re.sub(r"\bmy\b", self._chance.choice(["the", "own"]), text)
        return f"I {text[0].lower()}{text[1:]}" if re.fullmatch(r"[A-Z]\w+ed", first) else None

    def _unlimited(self, text: str) -> str | None:
        found = list(_LIMITS.finditer(text))
        if not found:
            return None
        match = self._chance.choice(found)
        new = re.sub(r"\s+", " ", text[: match.start()] + text[match.end() :]).strip(" ,")
        return new[:1].upper() + new[1:]

    def _shortened(self, text: str) -> str | None:
        if match := _LIST.search(text):
            return _replaced(text, match, match["kept"].replace(", ", " and "))
        match = _TAIL_PHRASE.search(text)
        can_go = (
            match and len(match[0]) * 3 < len(text) and not _LIMITS.search(match[0]) and self._chance.random() < 0.5
        )
        return text[: match.start()] if match and can_go else None

    def _listed(self, text: str) -> str | None:
        match = _PAIR.search(text)
        return _replaced(text, match, f"{match['second']} and {match['first']}".lower()) if match else None

    def _listed_more(self, text: str) -> str | None:
        match = self._pick_word(text)
        other = self._other(match[0]) if match else None
        return _replaced(text, match, f"{match[0]} and {other.lower()}") if match and other else None

    def _exchanged(self, text: str) -> str | None:
        """Return the text with two words in each other's place, between which a word of place or time stands."""
        words = list(re.finditer(r"\b[a-z]{4,}\b", text))
        chosen = sorted(self._chance.sample(words, 2), key=lambda match: match.start()) if len(words) > 2 else []
        if not chosen:
            return None
        first, second = chosen
        between = text[first.end() : second.start()]
        if not re.search(rf"\b(?:to|from|for|by|before|after|with|in|than|{'|'.join(_PLACES)})\b", between):
            return None
        return f"{text[: first.start()]}{second[0]}{between}{first[0]}{text[second.end() :]}"


class _Swap:
    """Puts one phrase of a pair for the other."""

    def __init__(self, chance: random.Random, pairs: Sequence[tuple[str, str]], *, is_symmetric: bool = False) -> None:
        self._chance, self._pairs, self._is_symmetric = chance, pairs, is_symmetric

    def __call__(self, text: str) -> str | None:
        known = [(old, new) for one in self._pairs for old, new in (one, one[::-1])]
        if not self._is_symmetric:
            known = [(old, new) for old, new in known if old not in ("a", "and", "using", "like", "with", "to", "for")]
        known = [(old, new) for old, new in known if re.search(rf"\b{old}\b", text, re.I)]
        if not known:
            return None
        old, new = self._chance.choice(known)
        return re.sub(
            rf"\b{old}\b", lambda m: new.capitalize() if m[0][0].isupper() else new, text, count=1, flags=re.I
        )


def _replaced(text: str, match: re.Match[str], new: str) -> str:
    new = new[:1].upper() + new[1:] if match[0][:1].isupper() else new
    return f"{text[: match.start()]}{new}{text[match.end() :]}"


def _moved(text: str) -> str | None:
    match = _WHEN.match(text.rstrip("."))
    if not match:
        return None
    when, what = match["when"], match["what"]
    return f"{when[0].upper()}{when[1:]}, {what[0].lower()}{what[1:]}"


def _object_first(text: str) -> str | None:
    match = _OBJECT.match(text)
    if not match:
        return None
    thing = match["thing"].strip()
    return f"{thing[0].upper()}{thing[1:]} {match['verb'].lower()} {match['rest']}"


def _unhelped(text: str) -> str | None:
    match = _HELPED.match(text)
    return match[1][0].upper() + match[1][1:] if match else None


def _claimed(text: str) -> str | None:
    match = _AGENT.match(text)
    if not match:
        return None
    return f"{match['verb'].capitalize()} {match['thing'][0].lower()}{match['thing'][1:]}{match['rest']}"


def faults(source: str, retold: str, rewritten: str) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
    """Return where the words of a rewrite stand that its true retelling lacks, and those of the source lost."""
    before, after, given = (list(WORD.finditer(text)) for text in (retold, rewritten, source))
    told, new = ([match[0].lower() for match in one] for one in (before, after))
    said: list[tuple[int, int]] = []
    lost: set[str] = set()
    for tag, start, end, begin, stop in SequenceMatcher(None, told, new, autojunk=False).get_opcodes():
        said += [match.span() for match in after[begin:stop] if tag in ("replace", "insert")]
        lost.update(told[start:end] if tag == "delete" else ())
    lost -= set(new)
    return said, [match.span() for match in given if match[0].lower() in lost]
