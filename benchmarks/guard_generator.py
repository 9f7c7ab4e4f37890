"""Makes labelled pairs of its own: true rewrites turned into inventions of every kind, and sentences retold truly.

An invention is put into a true rewrite, so that a judge learns what is new in it rather than that it is reworded.
"""

import random
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from benchmarks.guard_pairs import Pair

Change = Callable[[str, "Pair", random.Random], str | None]

_VERBS = (
    "Led Managed Directed Designed Introduced Founded Supervised Oversaw Approved Negotiated Invented Ran Owned "
    "Established Built Taught Planned Headed Coordinated Authored"
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
)  # fmt: skip
_PRAISE = (
    "flawlessly expertly independently singlehandedly perfectly always unfailingly brilliantly successfully".split()
)
_HELPED = re.compile(
    r"^(?:Helped|Help|Assisted|Supported|Contributed to|Took part in|Watched|Learned to)\s+(?:to |with |in )?(.+)", re.I
)
_LIMITS = re.compile(
    r",? (?:under [\w' ]+?(?:supervision|direction|guidance|manager|lead)|with (?:a|an|one|two|three|another) [\w ]*?"
    r"(?:colleagues?|others?|nurse|teacher|cook|partner|friend)|only|not|never|mostly|mainly|sometimes|part of|some of"
    r"|one of|a few|almost|nearly|for a (?:week|month|summer)|as a trial|when asked|if needed|on request)\b",
    re.I,
)
_AGENT = re.compile(
    r"^(?P<thing>.+?) (?:is|are|was|were) (?:\w+ly )?(?P<verb>\w+ed|\w+en|built|made|sent|taught)\b"
    r"(?P<rest>.*?) by (?P<agent>(?:the|a|an|another) [\w' ]+)",
    re.I,
)
_WHEN = re.compile(
    r"^(?P<what>[^,]{12,}?) (?P<when>(?:on|in|during|before|after|every|each|at) (?:the )?\w+(?: \w+)?)$", re.I
)
_LIST = re.compile(r"(?P<kept>\b\w+, \w+) and \w+\b")
_ALIKE = (
    ("about", "around"), ("each", "every"), ("such as", "like"), ("per", "a"), ("while", "and"), ("many", "plenty of"),
    ("used", "made use of"), ("helped", "assisted"), ("kept", "maintained"), ("wrote", "drew up"), ("ran", "held"),
    ("checked", "inspected"), ("bought", "purchased"), ("began", "started"), ("before", "ahead of"), ("with", "using"),
)  # fmt: skip


def _tail(text: str, pair: Pair, chance: random.Random) -> str:
    del pair
    return f"{text.rstrip('.')}{chance.choice([', ', ' '])}{chance.choice(_TAILS)}"


def _other_deed(text: str, pair: Pair, chance: random.Random) -> str | None:
    own = {bullet for job in pair.resume.work[pair.work_index : pair.work_index + 1] for bullet in job.highlights}
    others = [bullet for job in pair.resume.work for bullet in job.highlights if bullet not in own]
    other = chance.choice(others) if others else None
    return f"{text.rstrip('.')} and {other[0].lower()}{other[1:]}" if other else None


def _verb(text: str, pair: Pair, chance: random.Random) -> str | None:
    del pair
    first, _, rest = text.partition(" ")
    return f"{chance.choice(_VERBS)} {rest}" if re.fullmatch(r"[A-Z]\w+(?:ed|t|e|ve|n|ew|ote|de)", first) else None


def _praise(text: str, pair: Pair, chance: random.Random) -> str:
    del pair
    first, _, rest = text.partition(" ")
    praise = chance.choice(_PRAISE)
    return (
        f"{praise.capitalize()} {first[0].lower()}{first[1:]} {rest}" if chance.random() < 0.5 else f"{text} {praise}"
    )


def _unhelped(text: str, pair: Pair, chance: random.Random) -> str | None:
    del pair, chance
    match = _HELPED.match(text)
    return match[1][0].upper() + match[1][1:] if match else None


def _unlimited(text: str, pair: Pair, chance: random.Random) -> str | None:
    del pair, chance
    return _LIMITS.sub("", text, count=1) if _LIMITS.search(text) else None


def _claimed(text: str, pair: Pair, chance: random.Random) -> str | None:
    del text, chance
    match = _AGENT.match(pair.source)
    return (
        f"{match['verb'].capitalize()} {match['thing'][0].lower()}{match['thing'][1:]}{match['rest']}"
        if match
        else None
    )


def _swapped(words: Sequence[str]) -> Change:
    """Return a change that puts a word of another resume in the place of one."""

    def change(text: str, pair: Pair, chance: random.Random) -> str | None:
        own = [word for word in re.findall(r"\b[a-z]{5,}\b", text) if word in pair.source and not word.endswith("ly")]
        if not own:
            return None
        old = chance.choice(own)
        ending = re.search(r"(?:ing|ed|s|)$", old)
        alike = [word for word in words if word != old and ending and word.endswith(ending[0] or "e")]
        return re.sub(rf"\b{old}\b", chance.choice(alike), text, count=1) if alike else None

    return change


def _moved(text: str, pair: Pair, chance: random.Random) -> str | None:
    del pair, chance
    match = _WHEN.match(text)
    if not match:
        return None
    when, what = match["when"], match["what"]
    return f"{when[0].upper()}{when[1:]}, {what[0].lower()}{what[1:]}"


def _alike(text: str, pair: Pair, chance: random.Random) -> str | None:
    del pair
    known = [(old, new) for one in _ALIKE for old, new in (one, one[::-1]) if re.search(rf"\b{old}\b", text, re.I)]
    known = [(old, new) for old, new in known if old not in ("a", "and", "using", "like", "with")]
    if not known:
        return None
    old, new = chance.choice(known)
    return re.sub(rf"\b{old}\b", lambda m: new.capitalize() if m[0][0].isupper() else new, text, count=1, flags=re.I)


def _shortened(text: str, pair: Pair, chance: random.Random) -> str | None:
    del pair, chance
    return _LIST.sub(lambda match: match["kept"].replace(", ", " and "), text, count=1) if _LIST.search(text) else None


def generated_pairs(pairs: Sequence[Pair], *, per_pair: float = 1.0, seed: int = 7) -> Iterator[Pair]:
    """Yield inventions and true rewrites made of the true ones among some pairs; the same every time."""
    chance = random.Random(seed)
    words = sorted({word for pair in pairs for word in re.findall(r"\b[a-z]{5,}\b", pair.source)})
    false: dict[str, Change] = {
        "tail": _tail, "other deed": _other_deed, "verb": _verb, "praise": _praise, "unhelped": _unhelped,
        "unlimited": _unlimited, "claimed": _claimed, "swapped": _swapped(words),
    }  # fmt: skip
    true: dict[str, Change] = {"moved": _moved, "alike": _alike, "shortened": _shortened}
    for pair in (one for one in pairs if not one.is_fabricated):
        for label, changes in ((True, false), (False, true)):
            if chance.random() >= per_pair:
                continue
            kinds = sorted(changes)
            chance.shuffle(kinds)
            text = chance.choice([pair.rewritten, pair.source])
            made = ((kind, changes[kind](text, pair, chance)) for kind in kinds)
            kind, rewritten = next(((kind, new) for kind, new in made if new and new != pair.source), ("", None))
            if rewritten:
                yield replace(pair, rewritten=rewritten, is_fabricated=label, kind=f"generated {kind}")
