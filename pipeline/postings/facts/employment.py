"""The kinds of contract that a posting offers: as its field, its title or a line of its own says, or a plain phrase."""

import re
from collections.abc import Mapping

from pipeline.core import EMPLOYMENTS, Employment, EmploymentFact, Where
from pipeline.postings.facts.passages import quote_at
from pipeline.postings.facts.vocabulary import either, pattern


def _heading(kind: Employment) -> str:
    return kind.replace("_", " ")


_PATTERNS = {kind: re.compile(rf"(?<![\w-])(?:{either(_heading(kind))})(?![\w-])", re.I) for kind in EMPLOYMENTS}
_PHRASES = {kind: re.compile(either(f"{_heading(kind)} phrases"), re.I) for kind in EMPLOYMENTS}
HINTS: dict[Employment, str] = {  # what every phrase of a kind holds: looked for first, since phrases are slow to find
    "full_time": "full[- ]?time",
    "part_time": "part[- ]?time",
    "contract": "contract",
    "temporary": "temporary|fixed[- ]term|seasonal",
    "internship": "internship|interns",
}
_HINTS = {kind: re.compile(hint, re.I) for kind, hint in HINTS.items()}
_NO_CONTRACT = re.compile(
    either("no contract"), re.I
)  # a stage, a temp or a contract in a title may be the work itself
_ELSEWHERE = pattern("not of this contract")
_SHOUTED = re.compile(r"(?<![\w-])(?:FULL[- ]?TIME|PART[- ]?TIME|INTERNS?|CONTRACT)(?![\w-])")  # as threads of ads do
_ANY = "|".join(either(_heading(kind)) for kind in EMPLOYMENTS)
_LABELLED = re.compile(
    rf"^[\W_]{{0,6}}(?:{either('contract label')})\b[\W_]{{0,6}}[:\n][\W_]{{0,6}}(?P<value>[^\n]{{2,70}})", re.I | re.M
)
_OWN_LINE = re.compile(
    rf"^[\W_]{{0,4}}(?P<value>(?>{_ANY}|permanent|regular|exempt|on-?site|remote|hybrid|[ ,/()|&-]|and|or|\.)++)$",
    re.I | re.M,
)


def find_employment(fields: Mapping[str, str], title: str | None, text: str) -> tuple[EmploymentFact, ...]:
    """Return each kind of contract once, with the words that say it."""
    stated = fields.get("employment", "").strip()
    if found := _kinds_in(stated):
        return tuple(EmploymentFact(value=kind, quote=stated[:120], where="field") for kind in found)
    facts: dict[Employment, EmploymentFact] = {}
    for where, passage, words in _passages(title, text):
        for kind in _kinds_in(passage):
            facts.setdefault(kind, EmploymentFact(value=kind, quote=words, where=where))
    for match in _SHOUTED.finditer(text[:500]):
        for kind in _kinds_in(match[0]):
            facts.setdefault(kind, EmploymentFact(value=kind, quote=quote_at(text, *match.span()), where="text"))
    for kind, phrase in _PHRASES.items():
        if kind not in facts and _HINTS[kind].search(text) and (quote := _said(phrase, text)):
            facts[kind] = EmploymentFact(value=kind, quote=quote, where="text")
    return tuple(facts[kind] for kind in EMPLOYMENTS if kind in facts)


def _kinds_in(passage: str) -> list[Employment]:
    plain = _NO_CONTRACT.sub(" ", passage)
    return [kind for kind, word in _PATTERNS.items() if word.search(plain)]


def _passages(title: str | None, text: str) -> list[tuple[Where, str, str]]:
    """Return the title, the headline and the labelled or lonely lines, each with its quotation."""
    passages: list[tuple[Where, str, str]] = [("title", title, title[:120])] if title else []
    first = text.split("\n", 1)[0]
    if 0 < len(first) <= 200 and first != title:
        passages.append(("text", first, first[:120]))
    for line in (_LABELLED, _OWN_LINE):
        for match in line.finditer(text[:30_000]):
            passages.append(("text", match["value"], " ".join(match[0].split())[:120]))
    return passages


def _said(phrase: re.Pattern[str], text: str) -> str | None:
    """Return the words of the first passage that speaks of this job, not of experience or of other staff."""
    for match in phrase.finditer(text):
        before = re.split(r"\n|[.!?] ", text[max(0, match.start() - 40) : match.start()])[-1]
        around = before + match[0] + text[match.end() : match.end() + 15].split("\n")[0]
        if not _ELSEWHERE.search(around):
            return quote_at(text, match.start(), match.end())
    return None
