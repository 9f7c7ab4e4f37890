"""Where the work is done: on site, hybrid or remote, where the posting says so of the job itself."""

import re
from collections.abc import Mapping

from pipeline.core import Where, Workplace, WorkplaceFact
from pipeline.postings.facts.passages import quote_at

_REMOTE = r"remote(?:ly)?|wfh|work(?:ing)? from (?:home|anywhere)|home[- ]?office|homeoffice|télétravail|teletrabajo|teletrabalho|telelavoro|smart working|remoto|remota|en remoto|thuiswerken|zdaln\w+|praca zdalna|na dálku|home-office|distansarbete|på distans|etätyö|удал[её]нн\w+|віддален\w+|リモート|远程|재택|telecommut\w*|telework\w*|anywhere"
_HYBRID = r"hybrid\w*|hybride|híbrid[oa]|ibrid[oa]|hybrydow\w+|hybridní|hibrid|гибрид\w*|гібрид\w*|ハイブリッド"
_ONSITE = r"on[- ]?site|in[- ]office|in[- ]person|in[- ]house position|local (?:only|candidates? only)|local-only|vor ort|présentiel|sur site|presencial|in sede|op locatie|stacjonarn\w+|na miejscu|no remote|not remote|non[- ]remote"
_PATTERNS: tuple[tuple[Workplace, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(rf"(?<![\w-])(?:{words})(?![\w])", re.I))
    for kind, words in (("hybrid", _HYBRID), ("remote", _REMOTE), ("onsite", _ONSITE))
)  # type: ignore[assignment]
_NOT_THE_JOB = re.compile(
    r"\b(?:no|not|non|un|without|zero)[- ](?:\w+ )?(?:remotes?\b|remotely|telecommut\w*|telework)|\bremote(?:ly)?\W{0,3}(?:is )?(?:no\b|not\b|unavailable)|"
    r"\bremote[- ](?:sens\w+|control\w*|access|desktop|procedure|monitoring|server\w*|site\w*|api|location\w*|office\w*|area\w*|team\w*|patient|hands|support|"
    r"worker\w*|employee\w*|work tool\w*|device\w*|diagnos\w+|machine|data|clinic\w*|client\w*|customer\w*|offices|village\w*|developers|engineers|colleagues)|"
    r"\bhybrid[- ](?:cloud\w*|it\b|vehicle\w*|car\w*|app\w*|mobile|infrastructure|approach\w*|env\w+|electric|model\w* (?:of|for)|event\w*|architect\w*|"
    r"search|system\w*|solution\w*|role between|of\b|plat\w+|integrat\w+)|"
    r"\bon[- ]?site (?:gym|interview\w*|fitness|cafe\w*|restaurant|parking|meals?|child\w*|day ?care|massage\w*|chef|customer\w*|visit\w*|training|support|"
    r"yoga|health|clinic|doctor|kitchen|lunch\w*|to hire|final|technical|with (?:our )?(?:customers?|clients?)|at (?:customers?|clients?))|"
    r"\b(?:customers?|clients?)['’]? on[- ]?site|\bfrom anywhere in\b|\banywhere else\b",
    re.I,
)
_REFUSED = re.compile(
    r"\b(?:no|not|non|without|zero)[- ](?:\w+ )?(?:remotes?\b|remotely|telecommut\w*|telework)|\bremote\W{0,3}(?:is )?(?:no\b|not\b|unavailable)|"
    r"\b(?:local|locals|local candidates?) only\b|\bonly local\b",
    re.I,
)
_LABELLED = re.compile(
    r"^[\W_]{0,6}(?:work(?:ing)? ?(?:place|location|model|arrangement|mode|remotely|setting)(?: type)?|remote(?: status| work| ok)?|location(?: type)?|telework(?: eligible)?|"
    r"arbeitsort|standort|arbeitsmodell|lieu|modalidad|tryb pracy|job location|duty location|locations?)\b[\W_]{0,6}[:\n][\W_]{0,6}(?P<value>[^\n]{2,90})",
    re.I | re.M,
)
_YES = re.compile(r"^\W*(?:yes|ja|oui|sí|true)\b", re.I)
_NO = re.compile(r"^\W*(?:no|nein|non|false)\b", re.I)
_PHRASES: tuple[tuple[Workplace, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(pattern, re.I | re.M))
    for kind, pattern in (
        ("hybrid", r"\bhybrid (?:work\w*|role|position|schedule|job|remote)\b|\b(?:role|position|job|this) (?:is|will be) (?:a )?hybrid\b|"
                   r"\b(?:[1-4]|one|two|three|four|\d-\d) days? (?:a|per) week (?:in|at|from) (?:the|our) office\b|\b(?:[1-4]|one|two|three|four) days? (?:in|at) (?:the|our) office\b|"
                   r"\bhybrides? arbeiten|\btélétravail (?:partiel|hybride|\d)|\bmodelo híbrido|\bpraca hybrydowa"),
        ("remote", r"\((?:100 ?% |fully )?remote(?:,? (?:us|usa|uk|eu))?\)|^\W*(?:full[- ]?time,? )?remote(?:,? full[- ]?time)?\W*$|\b(?:100 ?%|fully|completely|permanently|full[- ]time|primarily|entirely)[- ]remote\b|\b(?:position|role|job|opportunity|this) (?:is|can be|will be|may be) (?:an? )?(?:\w+ )?(?:remote|performed remotely)\b|"
                   r"\bremote (?:position|role|job|opportunity|ok(?:ay)?|friendly|possible|welcome|considered|candidates?|applicants?|first|work(?:ers)? (?:is |are )?(?:ok|welcome|possible|considered))\b|"
                   r"\b(?:open to|consider|accept|welcome|ok with) (?:\w+ )?remotes?\b|\bwork (?:remotely )?from (?:home|anywhere)\b(?! (?:polic|days|on|when|occasion|option|flex|one|two|\d|some|once|as|if|stipend|sometimes|equip))|"
                   r"\bwork remotely (?:from anywhere|full)|\bdistributed team\b.{0,40}\bremote\b|\b(?:can|may) (?:live and )?work (?:from )?anywhere\b|\bremote[- ](?:us|usa|eu|uk|europe|only)\b|"
                   r"\b100 ?% (?:home[- ]?office|télétravail|remoto|zdalnie)|\bpraca (?:w pełni )?zdalna|\bfull[- ]remote"),
        ("onsite", r"\(on-?site\)|^\W*(?:full[- ]?time,? )?on-?site(?:,? full[- ]?time)?\W*$|\b(?:position|role|job|this|work) (?:is|will be|must be) (?:performed |a |an |fully )?(?:on[- ]?site|in[- ]office|in[- ]person)\b|\b(?:fully |100 ?% |must (?:be|work) )on[- ]?site\b|"
                   r"\bno remote\b|\bnot (?:a )?remote (?:position|role|job)|\b(?:full|part)[- ]?time,? on[- ]?site\b|\bon[- ]?site (?:position|role|only|full[- ]time)\b|\blocal candidates only\b|\bin-house position\b"),
    )
)  # fmt: skip
_MAYBE = re.compile(r"\b(?:temporar\w+|during (?:the )?(?:covid|pandemic)|due to (?:covid|the pandemic)|covid|until|occasional\w*|sometimes|initially|some(?:times| days)?|few days|one day|day a week|days a week|flex\w*)\b", re.I)
_SHOUTED = re.compile(r"(?<![\w-])(?:(?P<remote>REMOTE|WFH)|(?P<onsite>ONSITE|ON-SITE))(?![\w-])")
HEAD = 250  # characters of a headline


def find_workplace(fields: Mapping[str, str], location: str | None, title: str | None, text: str) -> WorkplaceFact | None:
    """Return where the work is done; remote where a headline offers both remote and on site."""
    for key, value in (("workplace", fields.get("workplace", "")), ("location", location or "")):
        if found := _stated(value, bare=key == "workplace"):
            return WorkplaceFact(value=found, quote=value.strip()[:120], where="field")
    first = text.split("\n", 1)[0][:HEAD]
    headlines: list[tuple[Where, str]] = [("title", title or ""), ("text", first)]
    for where, headline in headlines:
        if found := _stated(headline):
            return WorkplaceFact(value=found, quote=headline.strip()[:120], where=where)
    for match in _LABELLED.finditer(text[:30_000]):
        if found := _labelled(match):
            return WorkplaceFact(value=found, quote=" ".join(match[0].split())[:120], where="text")
    for kind, pattern in _PHRASES:
        for match in pattern.finditer(text):
            around = text[max(0, match.start() - 40) : match.end() + 40]
            is_refused = kind == "remote" and _REFUSED.search(around)
            if not _MAYBE.search(around) and not is_refused and not _NOT_THE_JOB.match(text, match.start()):
                return WorkplaceFact(value=kind, quote=quote_at(text, match.start(), match.end()), where="text")
    return _shouted(text)


def _stated(words: str, *, bare: bool = False) -> Workplace | None:
    """Return what a headline says: hybrid before remote before on site, unless remote is refused."""
    if not words.strip():
        return None
    if bare and (_YES.match(words) or _NO.match(words)):
        return "remote" if _YES.match(words) else None
    refused = _REFUSED.search(words)
    if refused:
        return "onsite"
    plain = _NOT_THE_JOB.sub(" ", words)
    found = next((kind for kind, pattern in _PATTERNS if pattern.search(plain)), None)
    return None if found and _MAYBE.search(words) and not bare and found != "onsite" else found


def _labelled(match: re.Match[str]) -> Workplace | None:
    value, label = match["value"], match[0].split(":")[0].lower()
    if _MAYBE.search(value):
        return None
    if "remote" in label or "telework" in label:
        if _YES.match(value):
            return "remote"
        if _NO.match(value):
            return "onsite"
    return _stated(value)


def _shouted(text: str) -> WorkplaceFact | None:
    """Return what the capitals of a thread of ads say: REMOTE or ONSITE in the first lines."""
    head = text[: 2 * HEAD]
    found = list(_SHOUTED.finditer(head))
    best = next((match for match in found if match["remote"]), found[0] if found else None)
    if best is None:
        return None
    value: Workplace = "remote" if best["remote"] and not _REFUSED.search(head) else "onsite"
    return WorkplaceFact(value=value, quote=quote_at(text, best.start(), best.end()), where="text")
