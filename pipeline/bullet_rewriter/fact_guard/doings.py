"""Who did what: the work of others, verbs of leading, a second verb, and what was worked on."""

from collections.abc import Iterator
from itertools import pairwise

from pipeline.bullet_rewriter.fact_guard.phrases import is_verb_form, noun_phrase, people
from pipeline.bullet_rewriter.fact_guard.reading import (
    Reading,
    Word,
    is_determiner,
    is_past,
    is_preposition,
    is_relative,
)
from pipeline.bullet_rewriter.fact_guard.thesaurus import is_verb
from pipeline.bullet_rewriter.fact_guard.violation import Violation
from pipeline.bullet_rewriter.fact_guard.word_lists import read_words
from pipeline.bullet_rewriter.fact_guard.words import base_words


def own_verbs(reading: Reading) -> Iterator[tuple[int, Word]]:
    """Yield where each verb stands whose subject is the person: they open a clause that hangs on nothing."""
    previous: list[Word] = []
    others = False  # inside a clause about somebody or something else
    for i, word in enumerate(reading.words):
        others = bool(i) and (is_relative(previous[-1]) or (others and word.segment <= previous[-1].segment + 1))
        others = others and "," not in reading.text[previous[-1].end : word.start]
        follows = len(previous) > 1 and previous[-1].lower == "and" and previous[-2].opens_clause
        follows = follows or (bool(previous) and previous[-1].lower == "co" and previous[-1].opens_clause)
        opens = word.opens_clause and (is_verb_form(word) or (i == 0 and word.is_content))
        if (opens or (follows and word.is_content)) and not others and not word.lower.endswith("'s"):
            yield i, word
        previous.append(word)


def check_whose_work(source: Reading, rewrite: Reading) -> Iterator[Violation]:
    """Yield what the rewrite has the person do and the source has somebody else do."""
    others = _others_verbs(source)
    if not others:
        return
    own_words = [word for word in source.content if word not in others]
    mine = frozenset(key for word in own_words for key in word.licenses)
    for i, verb in own_verbs(rewrite):
        if i + 1 < len(rewrite.words) and rewrite.words[i + 1].lower == "by":
            continue  # "owned by the risk team" is still theirs
        said = verb.forms if verb.forms & base_words("plain.txt", "light") else verb.says
        doer = next((own for own in others if said & own.licenses), None)
        if verb.forms & {"receive", "undergo", "get", "attend"}:
            continue
        is_theirs = bool(doer and verb.forms & doer.forms) and not any(verb.forms & word.forms for word in own_words)
        if (
            doer
            and (is_theirs or not verb.says & mine)
            and not (verb.lower.endswith("ing") and _follows_thing(source, doer))
        ):
            reason = f'in the resume "{doer.text}" is not the person\'s own doing'
            yield Violation("responsibility", verb.text, verb.start, verb.end, reason)


def _others_verbs(source: Reading) -> list[Word]:
    """Return the verbs of the source whose subject is somebody or something else, or that befell the person."""
    found: list[Word] = []
    words = source.words
    somebody = people()
    relative_clauses = {
        word.clause
        for word, following in pairwise(words)
        if is_relative(word) and word.opens_clause and following.lower not in ("i", "we")
    }
    found += [
        word for word in words if word.clause in relative_clauses and word.is_content and not word.forms & somebody
    ]
    for i, word in enumerate(words):
        counts = any(abs(quantity.start - word.end) <= 2 for quantity in source.quantities)
        if word.lower == "by" and i and not counts and _names_somebody(words[i + 1 : i + 4], somebody):
            found += _verbs_before(words, i)
        if word.lower == "for":
            found += _left_to_somebody(words[i + 1 : i + 8], somebody)
        if word.lower == "until":
            found += [own for own in words[i:] if own.clause == word.clause and is_verb(own.text)]
    if len(words) > 1 and words[0].lower in ("was", "were", "got"):
        found += [word for word in words[1:3] if is_verb(word.text) and is_past(word.text)]
    for clause in {word.clause for word in words}:
        inside = [word for word in words if word.clause == clause]
        if inside and not is_verb_form(inside[0]) and _is_somebody_elses(inside, somebody):
            found += [word for word in inside[1:] if word.is_content and not word.forms & somebody]
    return found


def _left_to_somebody(words: tuple[Word, ...], somebody: frozenset[str]) -> list[Word]:
    """Return the verbs that are left to somebody: "sign" and "file" of "drafts for the registrar to sign and file"."""
    at = next((i for i, word in enumerate(words) if word.lower == "to"), 0)
    if not at or not _names_somebody(words[:at], somebody):
        return []
    left: list[Word] = []
    for word in words[at + 1 :]:
        if is_verb(word.text):
            left.append(word)
        elif word.lower not in ("and", "or"):
            break
    return left


def _verbs_before(words: tuple[Word, ...], at: int) -> list[Word]:
    """Return the participles right before a word: "checked and signed" of "checked and signed by the boss"."""
    found: list[Word] = []
    for word in reversed(words[max(0, at - 4) : at]):
        if is_verb(word.text) and is_past(word.text):
            found.append(word)
        elif word.lower not in ("and", "then", "also", "off", "up", "out") and not word.lower.endswith("ly"):
            break
    return found


def _is_somebody_elses(clause: list[Word], somebody: frozenset[str]) -> bool:
    """Tell whether a clause has a subject of its own that is a person: "the analyst checked them"."""
    subject: list[Word] = []
    for word in clause:
        if is_preposition(word) or (
            subject and (is_verb(word.text) or word.lower in ("is", "are", "was", "were", "has", "have"))
        ):
            break
        subject.append(word)
    passive = any(word.lower in ("is", "are", "was", "were", "been") for word in clause)
    return not passive and any(
        word.forms & (somebody | {"sales", "company", "client", "customer", "department"}) for word in subject
    )


def _names_somebody(words: tuple[Word, ...], somebody: frozenset[str]) -> bool:
    if not words:
        return False
    first = words[0]
    named = any(word.forms & somebody for word in words)
    return (
        named or (is_determiner(first) and not first.lower.isdigit()) or (first.text[:1].isupper() and first.is_content)
    )


def _follows_thing(source: Reading, verb: Word) -> bool:
    """Tell whether a verb follows a pronoun for a thing: a service "which handles" may be a service "handling"."""
    at = source.words.index(verb)
    return at > 0 and source.words[at - 1].lower in ("which", "that")


def check_hearsay(source: Reading, rewrite: Reading) -> Iterator[Violation]:
    """Yield what the source says of others' work ("quoted by the boss") and the rewrite leaves to the person."""
    for agents, inside in _others_work(source):
        if any(word.says & agent.licenses for word in rewrite.words for agent in agents):
            continue
        outside = frozenset(key for word in source.content if word not in inside for key in word.licenses)
        theirs = [word for word in inside if word not in agents]
        kept = next(
            (w for w in rewrite.content if any(w.says & own.licenses for own in theirs) and not w.says & outside), None
        )
        if kept:
            who = " ".join(agent.text for agent in agents)
            yield Violation(
                "responsibility",
                kept.text,
                kept.start,
                kept.end,
                f'in the resume this is the doing of others ("{who}")',
            )


def _others_work(source: Reading) -> Iterator[tuple[list[Word], list[Word]]]:
    """Yield who else did something and all that the source says of it."""
    for i, word in enumerate(source.words):
        if word.lower == "who" and word.opens_clause and i:
            agents = [own for own in source.words[i - 1 : i] if own.is_content and own.lower not in ("me", "us")]
            if agents:
                yield agents, [own for own in source.content if own.clause == word.clause]
        elif word.lower == "by" and i:
            agents = [own for own in noun_phrase(source, i + 1) if own.forms & people()]
            if agents:
                yield (
                    agents,
                    [own for own in source.content if own.segment == word.segment and own.clause == word.clause],
                )


def check_leading(source: Reading, rewrite: Reading) -> Iterator[Violation]:
    """Yield verbs of leading that the source has only as a noun or for somebody else."""
    leading = base_words("people.txt", "leading")
    own = [word for _, word in own_verbs(source)]
    for i, verb in own_verbs(rewrite):
        follows_noun = i + 1 < len(rewrite.words) and rewrite.words[i + 1].lower in ("up",)
        if (
            verb.forms & leading
            and not follows_noun
            and not any(verb.says & word.licenses for word in own)
            and not _is_noun_led(source, verb)
        ):
            yield Violation(
                "responsibility", verb.text, verb.start, verb.end, "the resume does not say that the person led this"
            )


def _is_noun_led(source: Reading, verb: Word) -> bool:
    """Tell whether a passive sentence of the source has the verb: "Projects were coordinated"."""
    words = source.words
    return any(
        words[i - 1].lower in ("is", "are", "was", "were", "been", "to", "and") and verb.forms & words[i].forms
        for i in range(1, len(words))
    )


def check_objects(source: Reading, rewrite: Reading) -> Iterator[Violation]:
    """Yield verbs whose object the source has only as a detail: tests of a service became the service."""
    for i, verb in own_verbs(rewrite):
        matches = [n for n, word in enumerate(source.words) if is_verb(word.text) and verb.says & word.licenses]
        matches = [n for n in matches if source.words[n].opens_clause] or matches
        if len(matches) != 1 or source.words[matches[0]].forms & base_words("grammar.txt", "two objects"):
            continue
        ours, theirs = spoken_object(source, matches[0]), spoken_object(rewrite, i)
        if matches[0] and source.words[matches[0] - 1].forms & {"be"}:
            ours = _undergoer(source, matches[0])
        joined = _joined_objects(source, ours)
        rest = [word for word in source.content if word not in ours]
        if _is_headless(ours, theirs, rewrite):
            words = source.text[ours[0].start : ours[-1].end]
            yield Violation(
                "responsibility", theirs[-1].text, theirs[-1].start, theirs[-1].end, f'the resume says "{words}"'
            )
            continue
        if (
            not ours
            or not theirs
            or ours[0].forms & read_words("grammar.txt", "idiom")
            or any(one.says & other.licenses for one in _reached(rewrite, i, theirs) for other in joined)
        ):
            continue
        if all(any(one.says & other.licenses for other in rest) for one in theirs):
            reason = f'in the resume this was done to "{source.text[ours[0].start : ours[-1].end]}"'
            yield Violation(
                "responsibility", rewrite.text[verb.start : theirs[-1].end], verb.start, theirs[-1].end, reason
            )


def _joined_objects(source: Reading, thing: list[Word]) -> list[Word]:
    """Return what a verb is about with all that "and" joins to it."""
    found = list(thing)
    while found:
        after = [n for n, word in enumerate(source.words) if word.start > found[-1].end][:1]
        if not after or source.words[after[0]].lower not in ("and", "or"):
            break
        more = [word for word in noun_phrase(source, after[0] + 1) if word.is_content]
        if not more:
            break
        found += more
    return found


def _undergoer(source: Reading, at: int) -> list[Word]:
    """Return the subject of a passive verb that opens the sentence: signs, of "Signs for two trails were drawn"."""
    subject = [word for word in noun_phrase(source, 0) if word.end < source.words[at].start]
    return [word for word in subject if word.is_content] if source.words[at].clause == source.words[0].clause else []


def _reached(reading: Reading, at: int, thing: list[Word]) -> list[Word]:
    """Return what a verb may be about: all words where it has one thing, the thing where another is joined to it."""
    after = [word for word in reading.words if word.start > thing[-1].end][:2]
    joined = len(after) > 1 and after[0].lower in ("and", "plus") and is_determiner(after[1])
    return thing if joined and not reading.text[thing[-1].end : after[0].start].strip() else list(reading.words)


def _is_headless(ours: list[Word], theirs: list[Word], rewrite: Reading) -> bool:
    """Tell whether the rewrite drops what its object was a mark of: level sketches became levels."""
    if (
        len(ours) < 2
        or not theirs
        or any(word.says & ours[-1].licenses for word in rewrite.words if not word.opens_clause)
    ):
        return False
    return any(theirs[-1].forms & word.forms for word in ours[:-1])


def spoken_object(reading: Reading, at: int) -> list[Word]:
    """Return the words that carry meaning between a verb and the next preposition or conjunction of its clause."""
    verb = reading.words[at]
    after = [word for word in reading.words[at + 1 :] if word.clause == verb.clause]
    cut = next(
        (
            n
            for n, word in enumerate(after)
            if (n and (is_preposition(word) or word.segment != after[0].segment)) or word.lower == "and"
        ),
        len(after),
    )
    return [word for word in after[:cut] if word.is_content]
