"""Where a text names an employer: "Acme Analytics" is a firm, and no evidence of analytics."""

import re
from collections.abc import Iterable, Sequence

from pipeline.keyword_engine.term_matcher import TermMatch, reads_as_known

Span = tuple[int, int]

_WORD = r"[A-Z][\w&'’+-]*"
_NAME = rf"{_WORD}(?: (?:& )?{_WORD}){{1,3}}"  # of one word alone nothing says that it is no technology
_FORM = (
    r"(?:Inc|LLC|Ltd|Limited|Corp|Corporation|Company|GmbH|AG|SARL|S\.A\.|S\.L\.|S\.r\.l\.|B\.V\.|N\.V\.|PLC|plc|LLP)\b"
)
_FIRM = (
    r"(?:company|firm|provider|agency|start-?up|scale-?up|business|organi[sz]ation|bank|consultancy|charity|hospital|"
    r"practice|publisher|manufacturer|maker|supplier|retailer|insurer|employer|studio)s?\b"
)
# Where a text says itself who hires: "About Acme Analytics", "At Acme Analytics, we", "Acme Analytics Inc".
_NAMED = re.compile(
    rf"^\W*About ({_NAME})\W*$|\b[Aa]t ({_NAME})(?=,? (?:we|you|our)\b)|\b[Jj]oin(?:ing)? ({_NAME})"
    rf"|\b({_NAME}),? {_FORM}|\b({_NAME}) (?:is|was) (?:founded|(?:an?|the|one of)\b[^.\n]{{0,60}}?\b{_FIRM})",
    re.M,
)
_LEGAL_END = re.compile(rf"[,\s]+{_FORM}\.?$")
_FEWEST_LETTERS = 3


def without_employers(
    text: str, matches: Sequence[TermMatch], employers: Iterable[str] = (), hiring: str | None = None
) -> list[TermMatch]:
    """Return the matches that are no part of an employer's name: of those that are known, or of one the text gives.

    Who is `hiring` may go by the name of what it makes: that counts only where the text speaks of knowing it.
    """
    own = _places(text, _bare(hiring or ""))
    names = {name for found in _NAMED.finditer(text) for name in found.groups() if name} | set(map(_bare, employers))
    spans = {*own, *(span for name in names for span in _places(text, name))}
    if not spans:
        return list(matches)
    return [match for match in matches if not any(_is_name(text, match, span, own) for span in spans)]


def _bare(employer: str) -> str:
    """Return an employer's name without its legal form; some exports add a rating on a line of its own."""
    name = _LEGAL_END.sub("", employer.strip().split("\n")[0].strip())
    return name if len(name) >= _FEWEST_LETTERS else ""


def _places(text: str, name: str) -> list[Span]:
    if not name or name not in text:
        return []
    return [found.span() for found in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", text)]


def _is_name(text: str, match: TermMatch, span: Span, own: Sequence[Span]) -> bool:
    start, end = span
    if not (start <= match.start and match.end <= end):
        return False
    if (match.start, match.end) != span:
        return True
    return span in own and not reads_as_known(text[max(0, start - 80) : start], text[end : end + 40])
