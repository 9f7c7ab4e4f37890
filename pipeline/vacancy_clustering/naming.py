"""Names and summaries of clusters without a language model, from the corpus's own titles and keywords."""

import math
import re
from collections import Counter
from collections.abc import Collection, Sequence

from pipeline.postings import SMALL_WORDS, head_words, names_occupation, occupation_of, role_segments, typical_seniority

MAX_NAME_WORDS = 5
OCCUPATION_BONUS = 2.0  # "Nurse" names a role, "Intensive Care" a place of work
GENERIC_SHARE = 0.6  # of its worth is left to a name that is one word said of many trades
MODIFIERS = 2  # that such a word is given
MIN_TITLES = 2  # of a cluster that must use a phrase, where any phrase is that common
COMMON_SHARE = 0.12  # and the share of them
JOINED_SHARE = 0.7  # of its worth is left to a phrase with a preposition in it
ENGLISH_SHARE = 0.3  # of a corpus's titles that end in an English occupation, for every role to stand last
# Occupations said in so many trades that alone they name none.
_GENERIC = frozenset(
    "administrator adviser advisor agent analyst assistant associate consultant coordinator developer director "
    "engineer executive expert head lead manager officer operator professional representative scientist specialist "
    "supervisor technician worker strategist mitarbeiter fachkraft leiter sachbearbeiter techniker ingenieur berater "
    "responsable chargé chargée technicien technicienne ingénieur directeur conseiller medewerker adviseur "
    "técnico técnica responsabile tecnico impiegato operatore gerente director directora specjalista pracownik "
    "kierownik technik inżynier auxiliar analista operario asistent".split()
)


def name_clusters(
    titles: Sequence[Sequence[str]],
    keywords: Sequence[Sequence[str]],
    *,
    words: Sequence[Sequence[str]] = (),
    places: Collection[str] = (),
) -> list[str]:
    """Return a unique name for each cluster, given its members' titles and its keywords, most telling first.

    A name is the part of a title, as a whole or as one end of it, that covers the cluster best and the others least;
    `places` are employers and places, which name no role. A cluster without titles is named by its keywords, and one
    without those by its `words`, where given. Where two clusters come to the same name, each adds the
    first keyword that the other lacks.
    """
    counts = _count_phrases(titles, frozenset(" ".join(place.casefold().split()) for place in places))
    overall = sum(counts, Counter[str]())
    total = sum(len(group) for group in titles)
    names = []
    for group, own, pool, telling in zip(titles, counts, keywords, words or keywords, strict=True):
        best = _best_phrase(own, overall, len(group), total)
        names.append(
            _made_specific(_written(best, group), own, group, pool) if best else _from_keywords(pool or telling)
        )
    return _tell_apart(names, keywords)


def _count_phrases(titles: Sequence[Sequence[str]], unwanted: frozenset[str]) -> list[Counter[str]]:
    """Return, for each cluster, how many of its titles offer each phrase."""
    segments = [[role_segments(title, unwanted) for title in group] for group in titles]
    every = [segment for group in segments for parts in group for segment in parts]
    is_english = sum(occupation_of(s.split()[-1]) is not None for s in every) >= ENGLISH_SHARE * max(len(every), 1)
    phrases = [
        [{p for segment in parts for p in _phrases(segment, is_english=is_english)} for parts in group]
        for group in segments
    ]
    return [Counter(phrase for found in group for phrase in found) for group in phrases]


def _phrases(segment: str, *, is_english: bool) -> set[str]:
    """Return, in lower case, a part of a title and the ends of it, of its head, and of what leads to an occupation.

    In English a role stands last, "registered nurse"; elsewhere it may stand first too, "technicien réseau".
    """
    found = set()
    every = _unhyphened(segment).lower().split()
    # "AI Engineer Agentic Systems" is an engineer too.
    ends = {
        len(every),
        len(head_words(_unhyphened(segment))),
        *(i for i, word in enumerate(every, 1) if occupation_of(word)),
    }
    for words in (every[:end] for end in sorted(ends)):
        for length in range(1, min(len(words), MAX_NAME_WORDS) + 1):
            runs = [words[-length:]] if is_english else [words[-length:], words[:length]]
            for run in runs:
                if not {run[0], run[-1]} & SMALL_WORDS and any(c.isalpha() for c in run[0]):
                    found.add(" ".join([*run[:-1], occupation_of(run[-1]) or run[-1]]))
    return found


def _unhyphened(segment: str) -> str:
    """Return a part of a title with "front-end" as "front end", so that both count as one."""
    return re.sub(r"(?<=[^\W\d_])-(?=[^\W\d_])", " ", segment)


def _best_phrase(own: Counter[str], overall: Counter[str], size: int, total: int) -> str | None:
    """Return the phrase with the best product of coverage, distinctness and length, among those that are common."""

    def score(phrase: str) -> tuple[float, int, str]:
        inside = own[phrase] / size
        outside = (overall[phrase] - own[phrase]) / max(total - size, 1)
        distinct = math.log((inside + 0.05) / (outside + 0.05)) if total > size else 1.0
        words = phrase.split()
        worth = OCCUPATION_BONUS if names_occupation(words[-1]) or names_occupation(words[0]) else 1.0
        worth *= GENERIC_SHARE if phrase in _GENERIC else 1.0
        worth *= JOINED_SHARE if SMALL_WORDS & {*words} or "/" in phrase else 1.0
        return round(inside * max(distinct, 0.05) * worth * len(words) ** 0.5, 9), len(phrase), phrase

    common = [phrase for phrase, count in own.items() if count >= max(MIN_TITLES, size * COMMON_SHARE)]
    return max(common or own, key=score, default=None)


def _written(phrase: str, titles: Sequence[str]) -> str:
    """Return a phrase in the spelling that most titles give it, words that are all small given a capital."""
    pattern = re.compile(r"(?<!\w)(" + r"[-\s]+".join(map(re.escape, phrase.split())) + r")s?(?!\w)", re.I)
    spellings = Counter(" ".join(match[1].split()) for title in titles if (match := pattern.search(title)))
    best = max(spellings, key=lambda s: (not s.islower(), spellings[s], not s.isupper(), s), default=phrase)
    if best.isupper() and len(best) > 5:
        best = best.lower()
    return " ".join(w if w in SMALL_WORDS or not w.islower() else w[:1].upper() + w[1:] for w in best.split())


def _made_specific(name: str, own: Counter[str], titles: Sequence[str], keywords: Sequence[str]) -> str:
    """Return a name that is one generic word with what it most often goes with: "Data and Product Analyst"."""
    head = name.lower()
    if head not in _GENERIC:
        return name
    ends = {p: n for p, n in own.items() if n >= MIN_TITLES and p.count(" ") == 1 and p.endswith(f" {head}")}
    ranked = sorted(ends, key=lambda phrase: (-ends[phrase], phrase))[:MODIFIERS]
    if ranked:
        return " and ".join(_written(p, titles).rsplit(" ", 1)[0] for p in ranked) + f" {name}"
    return f"{name}: {keywords[0]}" if keywords else name


def _from_keywords(pool: Sequence[str]) -> str:
    return " and ".join(keyword[:1].upper() + keyword[1:] for keyword in pool[:2]) or "Other roles"


def _tell_apart(names: list[str], keywords: Sequence[Sequence[str]]) -> list[str]:
    """Return unique names; those that several clusters share are told apart by what differs."""
    shared = Counter(name.casefold() for name in names)
    told: list[str] = []
    for index, name in enumerate(names):
        rivals = [
            set(keywords[j]) for j, other in enumerate(names) if j != index and other.casefold() == name.casefold()
        ]
        chosen = name
        if shared[name.casefold()] > 1:
            words = set(name.lower().split())
            differing = [
                k for k in keywords[index] if not any(k in rival for rival in rivals) and k.lower() not in words
            ]
            chosen = f"{name}: {differing[0]}" if differing else name
        number = 2
        base = chosen
        while chosen.casefold() in {t.casefold() for t in told}:
            chosen, number = f"{base} ({number})", number + 1
        told.append(chosen)
    return told


def summarise(
    name: str,
    titles: Sequence[str],
    share: float,
    technologies: Sequence[str],
    skills: Sequence[str],
    *,
    count: int | None = None,
) -> str:
    """Return two sentences: how much of the market this is, at which level, and what it asks for.

    `count` is the number of postings where the titles are those of a sample.
    """
    level = typical_seniority(titles)
    count = len(titles) if count is None else count
    postings = f"{count:,} {'posting asks' if count == 1 else 'postings ask'}"
    first = f"{postings} for this kind of role, {share:.0%} of the market" + (
        f", often at {level} level." if level else "."
    )
    asked = [*technologies[:5], *skills[:3]]
    if not asked:
        return f"{first} No keyword marks it out."
    listed = asked[0] if len(asked) == 1 else ", ".join(asked[:-1]) + " and " + asked[-1]
    return f"{first} What marks it out: {listed}."
