"""Names and summaries of clusters without a language model, from the corpus's own titles and keywords."""

import re
from collections import Counter
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from pipeline.keyword_engine import keyword_label
from pipeline.postings import SMALL_WORDS, names_occupation, occupation_of, typical_seniority
from pipeline.vacancy_clustering.job_names import NamedJobs, Speech, read_jobs, spellings

MAX_PARTS = 3  # of a name that says what a cluster is mixed of
ENOUGH = 0.5  # of a cluster's postings, for a name to need no further part
MOST = 0.4  # of them, for a name not to speak of others
GOOD_PART = 0.15  # of them, for one part of such a name
MOSTLY_TITLED = 0.35  # of a cluster's titles that name a job, for bodies not to be heard
KNOWN = 0.2  # of a cluster's postings that name a known occupation, for other words of titles not to be heard
ATTESTED = 2  # titles that must write a name, where a cluster has more than a few
FEW = 3  # titles, of which one is enough
LENGTHS = (0.8, 1.0, 1.05)  # what a name of one, two or more words is worth
GENERIC_WORTH = 0.6  # and one word said of many trades
UNKNOWN_WORTH = 0.5  # and a phrase without an occupation: "Nurse" names a role, "Intensive Care" a place of work
STEM = 4  # letters by which words are one: "analyst" and "analytics"
# Occupations said in so many trades that alone they name none.
_GENERIC = frozenset(
    "administrator adviser advisor agent analyst assistant associate consultant coordinator developer director "
    "engineer executive expert head lead manager officer operator professional representative scientist specialist "
    "supervisor technician worker strategist mitarbeiter fachkraft leiter sachbearbeiter techniker ingenieur berater "
    "responsable chargé chargée technicien technicienne ingénieur directeur conseiller medewerker adviseur "
    "técnico técnica responsabile tecnico impiegato operatore gerente director directora specjalista pracownik "
    "kierownik technik inżynier auxiliar analista operario asistent".split()
)


@dataclass(frozen=True)
class _Market:
    """How often each phrase is said: in each cluster, by how many of its postings, and over all."""

    jobs: Sequence[Sequence[NamedJobs]]  # of the postings of each cluster that name one
    counts: Sequence[Counter[str]]
    overall: Counter[str]
    total: int
    speech: Speech

    def is_titled(self, index: int) -> bool:
        """Tell whether the jobs of a cluster are those of its titles: many bodies name some job in one general word."""
        return all(named.said_by == "title" for named in self.jobs[index])


def name_clusters(
    titles: Sequence[Sequence[str]],
    keywords: Sequence[Sequence[str]],
    *,
    bodies: Sequence[Sequence[Sequence[str]]] = (),
    words: Callable[[int], Sequence[str]] = lambda index: (),
    places: Collection[str] = (),
) -> list[str]:
    """Return a unique name for each cluster, given its members' titles and its keywords, most telling first.

    A name is a phrase that several of the cluster's titles write, whole and in order, and that covers the cluster and
    no other as well as can be (the F-measure of the two). Where none covers half of it, up to three phrases say what it
    is mixed of. `bodies` gives what each member's body calls the job, which counts where its title names none;
    `places` are employers and places, which name no role. A cluster without jobs is named by its keywords, and one
    without those by its `words`, asked for by its number. Where clusters come to the same name, each adds a keyword
    that the others lack.
    """
    market = _read_market(titles, bodies or [[()] * len(group) for group in titles], places)
    names = []
    for index, (group, pool) in enumerate(zip(titles, keywords, strict=True)):
        parts, is_whole = _parts(market, index, group)
        if parts:
            names.append(_joined(parts, pool, is_whole=is_whole))
        else:
            names.append(_from_keywords(pool or words(index)))
    return _tell_apart(names, keywords)


def _read_market(
    titles: Sequence[Sequence[str]], bodies: Sequence[Sequence[Sequence[str]]], places: Collection[str]
) -> _Market:
    flat, speech = read_jobs(
        [title for group in titles for title in group],
        [body for group in bodies for body in group],
        frozenset(" ".join(place.casefold().split()) for place in places),
    )
    each = iter(flat)
    jobs = [_heard([next(each) for _ in group]) for group in titles]
    counts = [Counter(phrase for named in group for phrase in named.phrases) for group in jobs]
    return _Market(jobs, counts, sum(counts, Counter[str]()), sum(map(len, jobs)), speech)


def _heard(jobs: Sequence[NamedJobs]) -> list[NamedJobs]:
    """Return the postings of a cluster whose jobs count: those that name one in words known as an occupation.

    Where most titles do, bodies add nothing but noise; where next to no posting does, any part of a title counts.
    """
    told = [named for named in jobs if named.phrases]
    titled = [named for named in told if named.said_by == "title"]
    if len(titled) >= MOSTLY_TITLED * len(jobs):
        return titled
    known = [named for named in told if named.said_by != "nobody"]
    return known if len(known) >= KNOWN * len(jobs) else told


def says_little(name: str) -> bool:
    """Tell whether a name is an occupation said in so many trades that it names none, whatever keyword follows it."""
    return name.partition(": ")[0].lower() in _GENERIC


def _is_telling(phrase: str) -> bool:
    return phrase not in _GENERIC


def _is_any(phrase: str) -> bool:
    return True


def _is_one_word(phrase: str) -> bool:
    return " " not in phrase


def _parts(market: _Market, index: int, titles: Sequence[str]) -> tuple[list[str], bool]:
    """Return the phrases that name a cluster, as its titles write them, and whether they cover most of it.

    Where phrases that tell something do not, one that is said of many trades may: "Director". Of bodies, such words say
    nothing: most name some engineer.
    """
    first = _parts_among(market, index, titles, _is_telling)
    admitted = (_is_any, _is_one_word) if market.is_titled(index) or not first[0] else ()
    tried = (_parts_among(market, index, titles, admits) for admits in admitted)
    found = first if first[1] else next((each for each in tried if each[1]), first)
    parts, is_whole = found if found[0] else _parts_among(market, index, titles, _is_any)
    return [_said_in_full(part, market, index, titles) for part in parts], is_whole


def _said_in_full(part: str, market: _Market, index: int, titles: Sequence[str]) -> str:
    """Return a general word with what most of those titles put before it that say it: "Engineer", in full."""
    word = part.lower()
    saying = [named for named in market.jobs[index] if word in named.phrases]
    if _is_telling(word) or not market.is_titled(index):
        return part
    counts = Counter(phrase for named in saying for phrase in named.phrases if phrase.endswith(f" {word}"))
    usual = [phrase for phrase, count in counts.items() if count > ENOUGH * len(saying)]
    best = max(usual, key=lambda phrase: (counts[phrase], len(phrase), phrase), default=word)
    return as_written(spellings(best, titles, market.speech), ATTESTED) or part


def _parts_among(
    market: _Market, index: int, titles: Sequence[str], admits: Callable[[str], bool]
) -> tuple[list[str], bool]:
    rest = list(market.jobs[index])
    size = len(rest)
    parts: dict[str, str] = {}
    covered = 0
    while rest and len(parts) < MAX_PARTS and covered <= ENOUGH * size:
        best = _best_phrase(market, index, rest, titles, admits, parts)
        if best is None:
            break
        phrase, written = best
        met = sum(phrase in named.phrases for named in rest)
        if parts and met < GOOD_PART * size:
            break
        parts[phrase] = written
        covered += met
        rest = [named for named in rest if phrase not in named.phrases]
    counts = Counter(phrase for named in market.jobs[index] for phrase in named.phrases)
    return [parts[phrase] for phrase in sorted(parts, key=lambda p: (-counts[p], p))], covered >= MOST * size


def _best_phrase(
    market: _Market,
    index: int,
    rest: Sequence[NamedJobs],
    titles: Sequence[str],
    admits: Callable[[str], bool],
    chosen: Collection[str],
) -> tuple[str, str] | None:
    """Return the phrase that names those postings best, and how titles write it; no last word of one chosen already."""
    heads = {part.split()[-1] for part in chosen}
    own = Counter(phrase for named in rest for phrase in named.phrases)
    size = len(market.jobs[index])

    def score(phrase: str) -> tuple[float, int, str]:
        inside = own[phrase] / len(rest)
        outside = (market.overall[phrase] - market.counts[index][phrase]) / max(market.total - size, 1)
        return round(_f_measure(inside, inside / (inside + outside)) * _worth(phrase), 9), len(phrase), phrase

    ranked = sorted((phrase for phrase in own if admits(phrase) and phrase not in heads), key=score, reverse=True)
    needed = ATTESTED if sum(map(bool, titles)) > FEW else 1
    for phrase in ranked[:40]:
        if own[phrase] < needed:
            continue
        written = as_written(spellings(phrase, titles, market.speech), needed if market.is_titled(index) else 1)
        if written:
            return phrase, written
        if not market.is_titled(index):
            return phrase, _capitalised(" ".join(map(_cased, phrase.split())))
    return None


def _f_measure(recall: float, precision: float) -> float:
    return 2 * recall * precision / (recall + precision)


def _worth(phrase: str) -> float:
    """Return how good a name a phrase makes, whatever it covers."""
    words = phrase.split()
    worth = LENGTHS[min(len(words), len(LENGTHS)) - 1]
    if phrase in _GENERIC:
        worth *= GENERIC_WORTH
    return worth if names_occupation(words[-1]) or names_occupation(words[0]) else worth * UNKNOWN_WORTH


def as_written(met: Counter[str], needed: int) -> str | None:
    """Return the usual spelling of a phrase, where enough titles use it; capitals are no other spelling."""
    folded: dict[str, Counter[str]] = {}
    for written, count in met.items():
        folded.setdefault(written.casefold(), Counter())[written] += count
    known = {key: sum(spelled.values()) for key, spelled in folded.items() if sum(spelled.values()) >= needed}
    if not known:
        return None
    # The singular names a kind better: the plural only where no title has the other.
    best = min(known, key=lambda key: (_is_plural(key), -known[key], key))
    spelled = folded[best]
    chosen = max(spelled, key=lambda s: (not s.islower(), not _is_shouted(s), spelled[s], s))
    return _capitalised(chosen.lower() if _is_shouted(chosen) else chosen)


def _is_plural(phrase: str) -> bool:
    last = phrase.split()[-1]
    return occupation_of(last) not in (None, last)


def _is_shouted(text: str) -> bool:
    return text.isupper() and len(text) > 5


def _capitalised(text: str) -> str:
    """Return a name with a capital for each word that has none, but for small ones."""
    return " ".join(
        w if w in SMALL_WORDS or not w.islower() or not w[0].isalpha() else w[:1].upper() + w[1:] for w in text.split()
    )


def _cased(word: str) -> str:
    """Return a word of a body's with the capitals that it has as a keyword: "PHP", "iOS"."""
    label = keyword_label(word)
    return label if label.casefold() == word else word


def _joined(parts: Sequence[str], keywords: Sequence[str], *, is_whole: bool) -> str:
    """Return the name made of phrases: "A", "A and B", "A, B and others"; a lone generic word is given a keyword."""
    if not is_whole:
        return f"{', '.join(parts)} and others"
    if len(parts) > 1:
        return f"{', '.join(parts[:-1])} and {parts[-1]}"
    name = parts[0]
    telling = _first_new(name, keywords)
    return f"{name}: {telling}" if telling and name.lower() in _GENERIC else name


def _from_keywords(pool: Sequence[str]) -> str:
    return " and ".join(keyword[:1].upper() + keyword[1:] for keyword in pool[:2]) or "Other roles"


def _tell_apart(names: list[str], keywords: Sequence[Sequence[str]]) -> list[str]:
    """Return unique names; those that several clusters share are told apart by what differs."""
    shared = Counter(name.casefold() for name in names)
    told: list[str] = []
    for index, name in enumerate(names):
        chosen = name
        if shared[name.casefold()] > 1:
            rivals = [j for j, other in enumerate(names) if j != index and other.casefold() == name.casefold()]
            lacked = [k for k in keywords[index] if not any(k in keywords[j] for j in rivals)]
            differing = _first_new(name, lacked)
            chosen = f"{name.partition(': ')[0]}: {differing}" if differing else name
        number, base = 2, chosen
        while chosen.casefold() in {t.casefold() for t in told}:
            chosen, number = f"{base} ({number})", number + 1
        told.append(chosen)
    return told


def _first_new(name: str, keywords: Sequence[str]) -> str | None:
    """Return the first keyword that is no echo of a name, as "data science" is of "Data Scientist"."""
    known = _stems(name.partition(": ")[0])
    return next((keyword for keyword in keywords if not _stems(keyword) <= known), None)


def _stems(text: str) -> set[str]:
    return {word[:STEM] for word in re.findall(r"[^\W_]+", text.lower())}


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
