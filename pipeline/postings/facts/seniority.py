"""The level of the one role that a posting speaks of, as its field or its title says it."""

import re
from collections.abc import Mapping

from pipeline.core import SENIORITIES, Seniority, SeniorityFact, Where
from pipeline.postings.facts.passages import quote_at
from pipeline.postings.facts.vocabulary import either, pattern
from pipeline.postings.titles import title_levels

# What the levels of titles call senior takes mid in; these words tell the two apart, and name who leads people.
_MID = pattern("mid")
_DIRECTOR = pattern("director")
_MANAGER = re.compile(either("manager"), re.I)
_LEAD = pattern("lead")
_NO_LEVEL = pattern("no level")
_FIELDS = {level: re.compile(rf"(?:{either(f'field {level}')})(?:[- ]?level)?", re.I) for level in SENIORITIES}
_LABELLED = re.compile(
    r"^[\W_]{0,6}(?:seniority|career|experience|job|position)[ -]?(?:level|stufe)\b[\W_]{0,6}[:\n][\W_]{0,6}"
    r"(?P<value>[^\n]{2,40})$",
    re.I | re.M,
)
_PHRASE = re.compile(
    r"\b(?:this is|seeking|looking for|hiring|need|for|want)(?: an?)? (?:[\w-]+ ){0,2}?"
    r"(?:(?P<level>senior|mid|entry|junior)[- ]level\b|(?P<short>senior|sr\.?|junior|jr\.?|mid[- ]level) "
    r"(?:[\w.+#/-]+ ){0,4}?"
    r"(?:engineer|developer|analyst|scientist|designer|administrator|consultant|nurse|accountant|programmer|architect)\b)",
    re.I,
)


def find_seniority(fields: Mapping[str, str], title: str | None, text: str) -> SeniorityFact | None:
    """Return the level; None where the title names several, as an ad for several roles does."""
    stated = fields.get("seniority", "").strip()
    if stated and (value := _level_named(stated)):
        return SeniorityFact(value=value, quote=stated[:120], where="field")
    headlines: list[tuple[Where, str]] = [("title", title)] if title else [("text", text.split("\n", 1)[0][:200])]
    for where, headline in headlines:
        if levels := levels_of_title(headline):
            value = _one(levels)
            return SeniorityFact(value=value, quote=headline[:120], where=where) if value else None
    for match in _LABELLED.finditer(text[:30_000]):
        if value := _level_named(match["value"]):
            return SeniorityFact(value=value, quote=" ".join(match[0].split())[:120], where="text")
    return _one_phrase(text)


def _one_phrase(text: str) -> SeniorityFact | None:
    """Return the level that the text looks for; None where it looks for people of several."""
    found = {_IN_PHRASE[(match["level"] or match["short"]).lower()[:2]]: match for match in _PHRASE.finditer(text)}
    if len(found) != 1:
        return None
    value, match = next(iter(found.items()))
    return SeniorityFact(value=value, quote=quote_at(text, match.start(), match.end()), where="text")


_IN_PHRASE: dict[str, Seniority] = {
    "se": "senior", "sr": "senior", "mi": "mid", "en": "junior", "ju": "junior", "jr": "junior",
}  # fmt: skip


def levels_of_title(title: str) -> set[Seniority]:
    """Return the levels that a title names.

    >>> levels_of_title("Senior Staff Engineer"), levels_of_title("Senior or Junior Nurse") == {"senior", "junior"}
    ({'senior'}, True)
    """
    plain = _NO_LEVEL.sub(" ", title)
    levels: set[Seniority] = set()
    if _DIRECTOR.search(plain):
        return {"director"}
    if _MANAGER.search(plain):
        return {"manager"}
    named = title_levels(plain)
    mids = _MID.search(plain)
    if mids:
        levels.add("mid")
    if "senior" in named and title_levels(_MID.sub(" ", plain)) & {"senior"}:
        levels.add("senior")
    levels |= {level for level in ("intern", "junior") if level in named}
    if ("lead" in named or _LEAD.search(plain)) and "senior" not in levels:
        levels.add("lead")
    return levels


def _one(levels: set[Seniority]) -> Seniority | None:
    """Return the level that a title's levels come to; junior beside intern is an intern, other pairs are two roles."""
    if levels == {"intern", "junior"}:
        return "intern"
    return next(iter(levels)) if len(levels) == 1 else None


def _level_named(words: str) -> Seniority | None:
    plain = words.strip(" .")
    for level, named in _FIELDS.items():
        if named.fullmatch(plain):
            return level
    levels = levels_of_title(words)
    return _one(levels)
