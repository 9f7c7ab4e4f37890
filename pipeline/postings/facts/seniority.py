"""The level of the one role that a posting speaks of, as its field or its title says it."""

import re
from collections.abc import Mapping

from pipeline.core import Seniority, SeniorityFact
from pipeline.postings.facts.passages import quote_at
from pipeline.postings.titles import title_levels

# What the levels of titles call senior takes mid in; these words tell the two apart, and name who leads people.
_MID = re.compile(r"\b(?:mid|mid[- ]?level|mid[- ]career|intermediate|medior|confirmé[e]?|pleno|regular|middle|mid[- ]weight)\b", re.I)
_DIRECTOR = re.compile(
    r"\b(?:director|directeur|directrice|director[a]?|direktor\w*|dyrektor\w*|vp|svp|evp|vice[- ]president|head of|chief [a-z]+ officer|c[teofim]o|"
    r"leiter(?:in)? (?:der|des)|geschäftsführer\w*|responsable de (?:la )?direction)\b",
    re.I,
)
_MANAGER = re.compile(
    r"\b(?:engineering|development|software|data(?: science| engineering)?|analytics|team|qa|it|nurse|store|branch|office|operations|finance|accounting|sales|restaurant|"
    r"kitchen|warehouse|production|ward|department|people|research|support|marketing|hr|general|assistant|regional|area|shift) manager\b|\bmanager,|\bsupervis(?:or|ory)\b|\bteamleiter\w*|"
    r"\b(?:abteilungs|gruppen|filial|stations)leit\w+|\bchef d['’]équipe|\bjefe de|\bkierowni\w+|\bvedoucí\b|\bmanager of\b",
    re.I,
)
_LED = re.compile(r"\b(?:principal|staff|lead|leads|architect lead|leader|distinguished|chief)\b", re.I)
_NOT_LEVELS = re.compile(
    r"\b(?:lead generation|lead gen|leads? (?:qualification|conversion)|staff (?:nurse|accountant|attorney|writer|assistant|sergeant)|staffing|chief of staff|"
    r"director['’]s|art director|creative director|principal (?:office|investigator)|associate director|assistant director|funeral director|"
    r"internal|international|mid[- ]?(?:town|west|market|peninsula|century|atlantic)|deputy|"
    r"(?:program|project|product|account|community|content|case|property|client|customer success|social media|brand|campaign|portfolio|contract|risk|category|vendor|relationship|delivery|service|release|change|configuration|facility|facilities|site|territory) manager)\b",
    re.I,
)
_ORDER: tuple[Seniority, ...] = ("director", "manager", "lead", "senior", "mid", "junior", "intern")
_IN_FIELD = (
    ("intern", r"intern\w*|trainee|praktik\w*|stage|stagiaire|apprentic\w*|werkstudent"),
    ("junior", r"junior|jr|entry|entry[- ]level|graduate|associate|débutant|einsteiger|berufseinsteiger|einstieg|młodszy"),
    ("mid", r"mid|mid[- ]?level|intermediate|medior|middle|regular|berufserfahren|confirmé|experienced"),
    ("senior", r"senior|sr|mid[- ]senior(?: level)?|expert|starszy"),
    ("lead", r"lead|principal|staff"),
    ("manager", r"manager|supervisor|management"),
    ("director", r"director|executive|vp|head|c[- ]level"),
)
_LABELLED = re.compile(
    r"^[\W_]{0,6}(?:seniority|career|experience|job|position)[ -]?(?:level|stufe)\b[\W_]{0,6}[:\n][\W_]{0,6}(?P<value>[^\n]{2,40})$", re.I | re.M
)
_PHRASE = re.compile(
    r"\b(?:this is|seeking|looking for|hiring|need|for|want)(?: an?)? (?:[\w-]+ ){0,2}?"
    r"(?:(?P<level>senior|mid|entry|junior)[- ]level\b|(?P<short>senior|sr\.?|junior|jr\.?|mid[- ]level) (?:[\w.+#/-]+ ){0,4}?"
    r"(?:engineer|developer|analyst|scientist|designer|administrator|consultant|nurse|accountant|programmer|architect)\b)",
    re.I,
)


def find_seniority(fields: Mapping[str, str], title: str | None, text: str) -> SeniorityFact | None:
    """Return the level; None where the title names several, as an ad for several roles does."""
    if stated := fields.get("seniority", "").strip():
        if value := _level_named(stated):
            return SeniorityFact(value=value, quote=stated[:120], where="field")
    if title:
        levels = levels_of_title(title)
        if levels:
            value = _one(levels)
            return SeniorityFact(value=value, quote=title[:120], where="title") if value else None
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
    plain = _NOT_LEVELS.sub(" ", title)
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
    levels |= {level for level in ("intern", "junior") if level in named}  # type: ignore[misc]
    if ("lead" in named or _LED.search(plain)) and "senior" not in levels:
        levels.add("lead")
    return levels


def _one(levels: set[Seniority]) -> Seniority | None:
    """Return the level that a title's levels come to; junior beside intern is an intern, other pairs are two roles."""
    if levels == {"intern", "junior"}:
        return "intern"
    return next(iter(levels)) if len(levels) == 1 else None


def _level_named(words: str) -> Seniority | None:
    plain = words.strip(" .").lower()
    for level, pattern in _IN_FIELD:
        if re.fullmatch(rf"(?:{pattern})(?:[- ]?level)?", plain):
            return level  # type: ignore[return-value]
    levels = levels_of_title(words)
    return _one(levels)
