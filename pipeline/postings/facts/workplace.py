"""Where the work is done: on site, hybrid or remote, where the posting says so of the job itself."""

import re
from collections.abc import Mapping

from pipeline.core import Where, Workplace, WorkplaceFact
from pipeline.postings.facts.passages import quote_at
from pipeline.postings.facts.vocabulary import either, pattern

_ORDER: tuple[Workplace, ...] = ("hybrid", "remote", "onsite")  # the first that a headline names
_WORDS = {kind: re.compile(rf"(?<![\w-])(?:{either(kind)})(?!\w)", re.I) for kind in _ORDER}
_PHRASES = {kind: re.compile(either(f"{kind} phrases"), re.I | re.M) for kind in _ORDER}
_NOT_THE_JOB = re.compile(either("not the place of work"), re.I)
_REFUSED = re.compile(either("remote refused"), re.I)
_AT_TIMES = pattern("only at times")
_HINT = re.compile(r"remot|home|anywhere|hybrid|híbrid|site|office|person|local|télétrav|tele|praca|zdaln", re.I)
_LABELLED = re.compile(
    rf"^[\W_]{{0,6}}(?:{either('workplace label')})\b[\W_]{{0,6}}[:\n][\W_]{{0,6}}(?P<value>[^\n]{{2,90}})", re.I | re.M
)
_YES = re.compile(r"^\W*(?:yes|ja|oui|sí|true)\b", re.I)
_NO = re.compile(r"^\W*(?:no|nein|non|false)\b", re.I)
_SHOUTED = re.compile(r"(?<![\w-])(?:(?P<remote>REMOTE|WFH)|(?P<onsite>ONSITE|ON-SITE))(?![\w-])")
HEAD = 250  # characters of a headline
SHORT_VALUE = 4  # words of a value that names no place beside how work is done


def find_workplace(
    fields: Mapping[str, str], location: str | None, title: str | None, text: str
) -> WorkplaceFact | None:
    """Return where the work is done; remote where a headline offers both remote and on site."""
    for key, value in (("workplace", fields.get("workplace", "")), ("location", location or "")):
        if found := _stated(value, bare=key == "workplace"):
            return WorkplaceFact(value=found, quote=value.strip()[:120], where="field")
    first = text.split("\n", 1)[0][:HEAD]
    headlines: list[tuple[Where, str]] = [("title", title or ""), ("text", first)]
    for where, headline in headlines:
        if found := _stated(headline):
            return WorkplaceFact(value=found, quote=headline.strip()[:120], where=where)
    head = text[: 2 * HEAD]
    for match in _LABELLED.finditer(text[:30_000]):
        if found := _labelled(match):
            return WorkplaceFact(value=found, quote=" ".join(match[0].split())[:120], where="text")
    return _phrased(text) or _shouted(head)


def names_workplace(value: str) -> bool:
    """Tell whether a short value says how work is done, as "Remote" or "On-site" do, and names no place beside it.

    >>> [names_workplace(value) for value in ("Remote", "hybrid (2 days)", "On-site", "Berlin", "Remote, Berlin")]
    [True, True, True, False, False]
    """
    words = re.findall(r"[^\W\d_]+", value)
    return len(words) <= SHORT_VALUE and "," not in value and _stated(value) is not None


def _phrased(text: str) -> WorkplaceFact | None:
    """Return what a sentence says of this job."""
    text = "\n".join(line for line in text.split("\n") if _HINT.search(line))  # the phrases are slow to look for
    for kind, phrase in _PHRASES.items():
        for match in phrase.finditer(text):
            around = text[max(0, match.start() - 40) : match.end() + 40]
            is_doubtful = kind == "remote" and (_REFUSED.search(around) or _AT_TIMES.search(around))
            if not is_doubtful and not _NOT_THE_JOB.match(text, match.start()):
                return WorkplaceFact(value=kind, quote=quote_at(text, match.start(), match.end()), where="text")
    return None


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
    found = next((kind for kind, word in _WORDS.items() if word.search(plain)), None)
    return None if found == "remote" and not bare and _AT_TIMES.search(words) else found


def _labelled(match: re.Match[str]) -> Workplace | None:
    value, label = match["value"], match[0].split(":")[0].lower()
    if _AT_TIMES.search(value):
        return None
    if "remote" in label or "telework" in label:
        if _YES.match(value):
            return "remote"
        if _NO.match(value):
            return "onsite"
    return _stated(value)


def _shouted(head: str) -> WorkplaceFact | None:
    """Return what the capitals of a thread of ads say: REMOTE or ONSITE in the first lines."""
    found = list(_SHOUTED.finditer(head))
    best = next((match for match in found if match["remote"]), found[0] if found else None)
    if best is None:
        return None
    value: Workplace = "remote" if best["remote"] and not _REFUSED.search(head) else "onsite"
    return WorkplaceFact(value=value, quote=quote_at(head, best.start(), best.end()), where="text")
