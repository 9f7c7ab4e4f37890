"""The kinds of contract that a posting offers: as its field, its title or a line of its own says, or a plain phrase."""

import re
from collections.abc import Mapping

from pipeline.core import Employment, EmploymentFact, Where
from pipeline.postings.facts.passages import quote_at

_WORDS: dict[Employment, str] = {
    "full_time": r"full[- _]?time|fulltime|ft|vollzeit\w*|temps plein|temps complet|jornada completa|tiempo completo|tempo pieno|"
    r"tempo inteiro|tempo integral|voltijds?|pełny etat|pełen etat|plný úvazek|heltid|kokopäiväi\w+|teljes munkaidő\w*|"
    r"tam zamanlı|полная занятость|повна зайнятість|正社員|全职",
    "part_time": r"part[- _]?time|parttime|pt|teilzeit\w*|temps partiel|media jornada|jornada parcial|tiempo parcial|part[- ]time|"
    r"tempo parziale|deeltijds?|pół etatu|część etatu|částečný úvazek|deltid|osa-aikai\w+|yarı zamanlı|частичная занятость|パート|兼职",
    "contract": r"contract(?:or|[- ]to[- ]hire)?|c2c|freelancer?|freelance|self[- ]employed|freiberuflich\w*|b2b|umowa b2b|contractor position|"
    r"w2 contract|corp[- ]to[- ]corp|独立|業務委託",
    "temporary": r"temporary|temp|temp[- ]to[- ]hire|fixed[- ]term|seasonal|befristet\w*|cdd|intérim|interim|contrato temporal|"
    r"tempo determinato|umowa na zastępstwo|vikariat|契約社員",
    "internship": r"internships?|interns?|praktikum|praktikant\w*|werkstudent\w*|stage|stagiaires?|alternance|prácticas|becari[oa]s?|tirocinio|"
    r"estágio|staż|praktyki|apprenticeships?|co-op|インターン|实习",
}
_CODES: dict[str, Employment] = {
    "fulltime": "full_time", "full_time": "full_time", "permanent": "full_time", "parttime": "part_time", "part_time": "part_time",
    "contractor": "contract", "contract": "contract", "temporary": "temporary", "temp": "temporary", "intern": "internship",
    "internship": "internship",
}  # fmt: skip
_PATTERNS = {kind: re.compile(rf"(?<![\w-])(?:{words})(?![\w-])", re.I) for kind, words in _WORDS.items()}
# In a title or a headline the word alone says it; a stage, a temp or a contract there may be the work itself.
_NOT_IN_TITLES = re.compile(
    r"\bcontracts? (?:manager|admin\w*|specialist|lawyer|analyst|negotiat\w*)|\binternal\b|\bsmart contracts?|\bstage [a-z]|"
    r"\bcontract (?:specialist|research)|\bseries [a-z] stage|\b(?:early|late)[- ]stage|\bintern(?:ship)? (?:program )?(?:coordinator|manager)|\bft\b|\bpt\b",
    re.I,
)
_ANY = "|".join(words for words in _WORDS.values())
_LABELLED = re.compile(
    r"^[\W_]{0,6}(?:job|employment|position|contract|engagement|work|vacancy|role)?[ -]?(?:types?|status|schedule|hours|term|category)\b[\W_]{0,6}"
    r"(?::|\n)[\W_]{0,6}(?P<value>[^\n]{2,70})|"
    r"^[\W_]{0,6}(?:anstellungsart|beschäftigungsart|arbeitszeit|vertragsart|type de contrat|contrat|tipo de contrato|jornada|"
    r"tipo di contratto|rodzaj umowy|wymiar pracy|typ úvazku|dienstverband|anställningsform|appointment type)\b[\W_]{0,6}[:\n][\W_]{0,6}(?P<other>[^\n]{2,70})",
    re.I | re.M,
)
_OWN_LINE = re.compile(rf"^[\W_]{{0,4}}(?P<value>(?:{_ANY}|permanent|regular|exempt|on-?site|onsite|remote|hybrid|[ ,/()|&-]|and|or|\.)+)$", re.I | re.M)
_FULL = r"full[- ]?time"
_PART = r"part[- ]?time"
_PHRASES: tuple[tuple[Employment, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(pattern, re.I))
    for kind, pattern in (
        ("full_time", rf"\b{_FULL},? (?:\w+,? ){{0,4}}?(?:position|role|job|opportunity|opening|employment|engineer|developer|designer|hire|"
                      rf"perm\b|permanent|salaried|contract worker)\b"),
        ("full_time", rf"\b(?:position|role|job|opportunity|this) (?:is|will be) (?:a )?(?:\w+ )?{_FULL}\b|\b(?:hiring|looking for|seeking|prefer) (?:\w+ ){{0,3}}{_FULL}\b"),
        ("part_time", rf"\b{_PART},? (?:\w+,? ){{0,3}}?(?:position|role|job|opportunity|opening|employment)\b"),
        ("part_time", rf"\b(?:position|role|job|this) (?:is|will be) (?:a )?{_PART}\b"),
        ("contract", r"\b(?:this is an?|is an?|on an?) (?:[\w-]+ ){0,4}contract(?:or)?(?: (?:position|role|job|opportunity|basis|to hire))?\b(?! (?:with|for) )|"
                     r"\b(?:[\d-]+ ?\+?|six|three|twelve|long[- ]term|short[- ]term) ?(?:months? |weeks? |years? )?contract(?:[- ]to[- ]hire| position| role| to hire)\b|"
                     r"\bcontract(?:[- ]to[- ]hire| position| role| opportunity| worker)\b"),
        ("temporary", r"\b(?:this is an?|is an?) (?:[\w-]+ ){0,3}(?:temporary|fixed[- ]term|seasonal) (?:position|role|job|assignment|contract|appointment)\b"),
        ("internship", r"\b(?:this is an?|this|paid|summer|our) (?:[\w-]+ ){0,3}internship\b(?! (?:program|experience))|\balso hir(?:e|ing) interns\b|\bhiring (?:\w+ )?interns\b"),
    )
)  # fmt: skip
_ELSEWHERE = re.compile(
    rf"\b(?:experience|years?|equivalent|student|stud(?:y|ies)|enrolled|employees?|staff|team members|working|worked|benefits|master|mba|"
    rf"offer (?:our )?{_FULL}|for {_FULL}|all {_FULL}|eligible|convert\w*|lead to|possibility|potential|become|into an?)\b",
    re.I,
)


def find_employment(fields: Mapping[str, str], title: str | None, text: str) -> tuple[EmploymentFact, ...]:
    """Return each kind of contract once, with the words that say it."""
    if stated := fields.get("employment", "").strip():
        found = _kinds_in(stated) or [code for part in re.split(r"[,;/|]", stated) if (code := _CODES.get(_key(part)))]
        if found:
            return tuple(EmploymentFact(value=kind, quote=stated[:120], where="field") for kind in dict.fromkeys(found))
    facts: dict[Employment, EmploymentFact] = {}
    for where, passage, quote in _passages(title, text):
        for kind in _kinds_in(passage):
            facts.setdefault(kind, EmploymentFact(value=kind, quote=quote, where=where))
    for kind, pattern in _PHRASES:
        if kind not in facts and (quote := _said(pattern, text)):
            facts[kind] = EmploymentFact(value=kind, quote=quote, where="text")
    return tuple(facts[kind] for kind in _WORDS if kind in facts)


def _key(part: str) -> str:
    return re.sub(r"[^a-z]+", "_", part.strip().lower()).strip("_")


def _kinds_in(passage: str) -> list[Employment]:
    plain = _NOT_IN_TITLES.sub(" ", passage)
    return [kind for kind, pattern in _PATTERNS.items() if pattern.search(plain)]


def _passages(title: str | None, text: str) -> list[tuple[Where, str, str]]:
    """Return the title, the headline and the labelled or lonely lines, each with its quotation."""
    passages: list[tuple[Where, str, str]] = [("title", title, title[:120])] if title else []
    first = text.split("\n", 1)[0]
    if 0 < len(first) <= 200 and first != title:
        passages.append(("text", first, first[:120]))
    for pattern in (_LABELLED, _OWN_LINE):
        for match in pattern.finditer(text[:30_000]):
            groups = match.groupdict()
            value = groups.get("value") or groups.get("other") or ""
            passages.append(("text", value, " ".join(match[0].split())[:120]))
    return passages


def _said(pattern: re.Pattern[str], text: str) -> str | None:
    """Return the words of the first passage that speaks of this job, not of experience or of other staff."""
    for match in pattern.finditer(text):
        before = re.split(r"\n|[.!?] ", text[max(0, match.start() - 40) : match.start()])[-1]
        around = before + match[0] + text[match.end() : match.end() + 15].split("\n")[0]
        if not _ELSEWHERE.search(around):
            return quote_at(text, match.start(), match.end())
    return None
