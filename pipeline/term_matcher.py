"""Finds lexicon names in a text: all spellings at once, whole names only, ambiguous ones only in a telling context."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import ahocorasick_rs

from pipeline.lexicon import Case, Entry, Kind, fold
from pipeline.sentences import sentence_span, sentence_starts

_TO_SPACE = str.maketrans({c: " " for c in "\n\r\t\v\f\u00a0\u2007\u202f\u200b-\u2010\u2011\u2012\u2013\u2014\u2015"})
_RUN = re.compile(r" {2,}")

# Words that stand glued to a name in carelessly exported postings ("SQLExperience", "mustPython").
_GLUED_AFTER = re.compile(
    r"(?:Ability|Able|About|Additional|Advanced|And|Basic|Bachelor|Benefits|Certification|Communication|Demonstrated|Design|Desired|Develop|Due|Education|Excellent|Experience|"
    r"Experienced|Familiar|Familiarity|For|Good|Have|Highly|In|Job|Knowledge|Location|Minimum|Must|Nice|Our|Passion|Please|Plus|Preferred|Prior|Proficien\w*|Proven|"
    r"Qualifications|Required|Requirements|Responsibilities|Salary|Should|Skills|Solid|Some|Strong|The|This|Understanding|Using|We|What|With|Work|Working|Years|You|Your)(?![a-z])"
)
_CUE_BEFORE = re.compile(
    r"(?:experience(?:d)?|expertise|proficien(?:t|cy)|knowledge|familiar(?:ity)?|skills?|skilled|fluen(?:t|cy)|competen(?:t|ce|cy)|background|exposure|understanding|grasp|hands[- ]on|"
    r"certifi(?:ed|cation)|expert|command|mastery|versed|trained|comfortable|written|coding|programming|scripting|development|develop|build|built|building|stack|tools?|languages?|frameworks?|software|technologies|platforms?)"
    r"(?:\s+(?:in|of|with|using|on|working|writing|as|include[sd]?|including|like|such|is|are|level|user|advanced|strong|good|solid|intermediate|either|both|one|or more|at least|some|the|e\.g\.|and|languages?|tools?|skills?|programming)){0,5}"
    r"\s*[:(–-]?\s*$|"
    r"\b(?:using|in|with|via|such as|like|e\.g\.,?|including|plus|use|uses|used|know|knows|code|program|write|script)(?:\s+(?:either|both|modern|pure|raw))?\s*[:(]?\s*$",
    re.I,
)
_CUE_AFTER = re.compile(
    r"^['’]?s?\s*(?:(?:programming|scripting|coding|query|markup)\s+)?(?:language|programming|developers?|development|engineers?|framework|scripts?|scripting|code\b|codebase|coding|sdk|api\b|apis\b|"
    r"libraries|library|packages?|skills?|experience|knowledge|proficiency|expertise|certifi\w+|administrat\w+|dashboards?|spreadsheets?|macros?|formulas?|pivot|models?\b|apps?\b|applications?\b|clusters?|jobs?\b|"
    r"services\b|microservices|backend|back[- ]end|front[- ]?end|stack|consultants?|implementation|configuration|templates?|workbooks?|recipes|cookbooks|manifests|\d+(?:\.\d+)*\b)",
    re.I,
)
_LIST_GAP = re.compile(r"^\s*(?:[,/;|+&•·]|\band\b|\bor\b|\bund\b|\bet\b|\by\b|\bo\b|\bou\b|\boder\b|\n\s*[-*•]?)(?:\s|and\b|or\b|\bund\b|&)*$|^\s*\(\s*$|^\s*\)\s*[,/]\s*$", re.I)
_COMPOUND_AFTER = re.compile(r"^(?:[&'’+#@]|\s?&\s?[A-Z]\b)")
_NEXT_CAPITALISED = re.compile(r"^\s+[A-Z][a-z]")
_DOMAIN_TAIL = re.compile(r"\.[a-z0-9]")
_VERSION = re.compile(r"(?:v?\d{1,4}(?:\.\d+|\.x)*\+?)(?![\w])")


@dataclass(frozen=True)
class TermMatch:
    """One name found: the entry it belongs to and where it stands in the text."""

    entry: Entry
    start: int
    end: int


@dataclass(frozen=True)
class _Pattern:
    entry: int
    text: str
    case: Case


class TermMatcher:
    """An automaton over every spelling; reading a text takes time linear in its length. Safe under threads."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        self.entries = tuple(entries)
        self._patterns: list[list[_Pattern]] = []
        index: dict[str, int] = {}
        folded: list[str] = []
        for number, entry in enumerate(self.entries):
            for spelling in entry.spellings:
                for text in _inflections(spelling.text, entry.kind) if spelling.case is Case.ANY else [spelling.text]:
                    key = fold(text)
                    if key not in index:
                        index[key] = len(folded)
                        folded.append(key)
                        self._patterns.append([])
                    self._patterns[index[key]].append(_Pattern(number, " ".join(text.split()), spelling.case))
        self._automaton = ahocorasick_rs.AhoCorasick(folded, matchkind=ahocorasick_rs.MatchKind.Standard)

    def find(self, text: str) -> list[TermMatch]:
        """Return every name in the text, longest first where two overlap, in the order of the text."""
        view, offsets = _fold_with_offsets(text)
        candidates: list[tuple[int, int, _Pattern]] = []
        for number, start, end in self._automaton.find_matches_as_indexes(view, overlapping=True):
            begin, stop = _original(offsets, start), _original(offsets, end - 1) + 1
            extended = _whole_name(text, begin, stop)
            if extended is None:
                continue
            pattern = self._best(number, text[begin:stop])
            if pattern is not None:
                candidates.append((begin, extended, pattern))
        return self._judge(text, _longest(candidates))

    def _best(self, number: int, surface: str) -> _Pattern | None:
        """Return the pattern that the surface meets, an exact one before an ambiguous one before any case."""
        met = [p for p in self._patterns[number] if p.case is Case.ANY or _same_case(surface, p)]
        order = {Case.EXACT: 0, Case.ANY: 1, Case.AMBIGUOUS: 2}
        return min(met, key=lambda p: (order[p.case], p.entry), default=None)

    def _judge(self, text: str, candidates: list[tuple[int, int, _Pattern]]) -> list[TermMatch]:
        """Keep the sure names, and of the ambiguous ones those that their surroundings bear out."""
        sure = [pattern.case is not Case.AMBIGUOUS for _, _, pattern in candidates]
        if not all(sure):
            starts = sentence_starts(text)
            doubtful = [i for i, is_sure in enumerate(sure) if not is_sure]
            # A list is borne out from its sure members outwards: forwards, then backwards.
            for order in (doubtful, doubtful[::-1]):
                for i in order:
                    sure[i] = sure[i] or self._is_borne_out(text, starts, candidates, sure, i)
        return [
            TermMatch(self.entries[pattern.entry], begin, end)
            for (begin, end, pattern), is_sure in zip(candidates, sure, strict=True)
            if is_sure
        ]

    def _is_borne_out(
        self, text: str, starts: list[int], candidates: list[tuple[int, int, _Pattern]], sure: list[bool], i: int
    ) -> bool:
        begin, end, pattern = candidates[i]
        entry = self.entries[pattern.entry]
        first, last = sentence_span(text, starts, begin)
        before, after = text[first:begin], text[end:last]
        sentence = text[first:last].lower()
        if _COMPOUND_AFTER.match(after) or before.endswith(("&", "'", "’", "@", "#", "$")):
            return False
        if any(_has_words(sentence, phrase) for phrase in entry.not_near):
            return False
        if self._stands_in_list(text, candidates, sure, i):
            return True
        if text[begin:end].isupper() and len(pattern.text) > 3 and text[begin:end] != pattern.text:
            return False  # a shouted word tells nothing
        if before.endswith("-") or after.startswith("-"):
            return False
        if any(_has_words(sentence, word) for word in entry.near):
            return True
        if _CUE_AFTER.match(after):
            return True
        return bool(_CUE_BEFORE.search(before[-80:])) and not _NEXT_CAPITALISED.match(after)

    def _stands_in_list(self, text: str, candidates: list[tuple[int, int, _Pattern]], sure: list[bool], i: int) -> bool:
        begin, end, _ = candidates[i]
        for j in (i - 1, i + 1):
            if not (0 <= j < len(candidates) and sure[j] and self.entries[candidates[j][2].entry].kind == "technology"):
                continue
            other_begin, other_end, _ = candidates[j]
            gap = text[other_end:begin] if j < i else text[end:other_begin]
            if len(gap) <= 12 and _LIST_GAP.match(gap):
                return True
        return False


def _inflections(text: str, kind: Kind) -> Iterable[str]:
    """Yield a spelling and, of its last word, the plural or singular that adding or cutting an s does not give."""
    yield text
    if kind == "skill" and len(text) > 4:
        if text.endswith("y") and text[-2] not in "aeiou":
            yield text[:-1] + "ies"
        elif text.endswith("ies"):
            yield text[:-3] + "y"
        elif " " in text and text.endswith("s") and not text.endswith(("ss", "is", "us", "ics")):
            yield text[:-1]


def _same_case(surface: str, pattern: _Pattern) -> bool:
    written = " ".join(surface.replace("-", " ").split())
    wanted = " ".join(pattern.text.replace("-", " ").split())
    if written == wanted:
        return True
    return pattern.case is Case.AMBIGUOUS and len(wanted) > 3 and written == wanted.upper()


def _fold_with_offsets(text: str) -> tuple[str, list[tuple[int, int]]]:
    """Return the text as spellings are folded, and pairs (position in it, position in the text) where the two shift."""
    view = text.lower()
    if len(view) != len(text):  # a few capitals grow when lowered: İ
        view = "".join(low if len(low := c.lower()) == 1 else c for c in text)
    view = view.translate(_TO_SPACE)
    pieces, offsets, last, removed = [], [(0, 0)], 0, 0
    for run in _RUN.finditer(view):
        pieces.append(view[last : run.start() + 1])
        last = run.end()
        removed += run.end() - run.start() - 1
        offsets.append((last - removed, last))
    pieces.append(view[last:])
    return "".join(pieces), offsets


def _original(offsets: list[tuple[int, int]], position: int) -> int:
    folded, original = offsets[bisect_right(offsets, position, key=lambda pair: pair[0]) - 1]
    return original + position - folded


def _whole_name(text: str, begin: int, end: int) -> int | None:
    """Return where a name ends, its plural or version included; None where it is part of a longer word."""
    if begin and not _starts_freely(text, begin):
        return None
    rest = text[end : end + 16]
    if not rest or not (rest[0].isalnum() or rest[0] in "_+#"):
        return None if _DOMAIN_TAIL.match(rest) else end
    if rest[0] == "+" and not rest[1:2].isalnum() and text[end - 1].isdigit():
        return end
    if rest[0] == "s" and not _continues(rest, 1):
        return end + 1
    if rest[:2] == "es" and not _continues(rest, 2):
        return end + 2
    if text[end - 1].isalpha() and (version := _VERSION.match(rest)) and end - begin > 2:
        return end + version.end()
    return end if _GLUED_AFTER.match(text[end : end + 24]) else None


def _continues(rest: str, at: int) -> bool:
    return len(rest) > at and (rest[at].isalnum() or rest[at] == "_")


def _starts_freely(text: str, begin: int) -> bool:
    before, first = text[begin - 1], text[begin]
    if before in "_+#@\\":
        return before == "+" and begin > 1 and text[begin - 2] == "+"  # "C++/Java" keeps its slash, "C++Java" does not
    if before == "." and begin > 1 and text[begin - 2].isalnum() and first.islower():
        return False
    if not before.isalnum():
        return True
    # "skillsSQL": a capital after a small letter starts a new word where the words before it are glued to it.
    return before.islower() and first.isupper() and bool(re.search(r"(?:^|[^A-Za-z])[A-Za-z]?[a-z]{3,}(?:s|ed|ing|in|of|and|or|with|using)$", text[max(0, begin - 16) : begin]))


def _longest(candidates: list[tuple[int, int, _Pattern]]) -> list[tuple[int, int, _Pattern]]:
    """Keep, from left to right, the longest of the names that overlap."""
    kept: list[tuple[int, int, _Pattern]] = []
    reach = 0
    for candidate in sorted(candidates, key=lambda c: (c[0], -c[1], c[2].entry)):
        if candidate[0] >= reach:
            kept.append(candidate)
            reach = candidate[1]
    return kept


def _has_words(sentence: str, phrase: str) -> bool:
    return phrase in sentence and re.search(rf"(?<!\w){re.escape(phrase)}(?!\w)", sentence) is not None
