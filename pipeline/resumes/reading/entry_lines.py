"""What a single line of an entry is: running text, a date's line, a listing, a line set further in."""

import re

from pipeline.resumes.reading.dates import find_dates, is_date_text, is_duration
from pipeline.resumes.reading.lines import Line, cell_text

INDENT = 8.0  # points
_SMALL_WORDS = frozenset(
    "a an the of and or for in on at to by with from as is via de la le les du des et en au aux und der "
    "die das mit für von im am zu y el los las del con per di da e il van het een och".split()
)
_ABBREVIATED = re.compile(r"\b(?:inc|ltd|co|corp|llc|jr|sr|st|dept|univ|bros|gmbh|[A-Za-z])\.$", re.I)
_LISTING = re.compile(
    r"^(?:tech(?:nolog\w*|nical)?|tools?|stack|environment|skills?|keywords?|technologies used|tech stack|umgebung|"
    r"outils|gpa|grade|note|"
    r"coursework|relevant coursework|courses|thesis|advisor|activities|honors|awards|responsibilities|achievements|"
    r"key \w+|focus)\b[^:]{0,25}:",
    re.I,
)


def is_sentence(line: Line) -> bool:
    """Tell whether a line is running text rather than names, titles and dates."""
    if line.heading or len(line.cells) > 1:
        return False
    text = line.text
    for found in reversed(find_dates(text)):
        text = text[: found.begin] + text[found.finish :] if found.is_range else text
    words = re.findall(r"[^\W\d_][\w'’-]*", text)
    if len(words) < 4 or line.is_bold:
        return False
    telling = [word for word in words[1:] if word.lower() not in _SMALL_WORDS and len(word) > 1]
    lower = sum(word[0].islower() for word in telling)
    ends = line.text.endswith((".", "。")) and not _ABBREVIATED.search(line.text) and lower > 0.3 * len(telling)
    return (lower > 0.5 * max(len(telling), 1) and len(words) > 4) or ends or len(line.text) > 140


def anchor_of(line: Line) -> bool:
    """Tell whether a line holds a date where headings have theirs: alone, at an end, in brackets, in a cell."""
    if line.is_bullet or is_sentence(line):
        return False
    for cell in line.cells:
        text = cell_text(cell)
        for found in find_dates(text):
            before, after = text[: found.begin].strip(), text[found.finish :].strip()
            bracketed = text[found.begin : found.finish].strip().startswith("(")
            at_edge = not before or not after or is_duration(after) or bracketed
            parted = re.search(r"[|·•,–—-]\s*$", before) or (found.is_range and re.match(r"[|·•,–—-]", after))
            if at_edge or parted:
                return True
    return False


def is_listing(line: Line) -> bool:
    """Tell whether a line lists tools, courses and the like after a label, as `Technologies: Java, Spring`."""
    return bool(_LISTING.match(line.text))


def is_set_in(line: Line, head: Line) -> bool:
    """Tell whether a line stands further in than a heading, and not under one of its cells."""
    if not head.lefts or line.is_whole or line.page != head.page or is_date_text(head.text):
        return False
    return line.left > head.left + INDENT and all(abs(line.left - left) > INDENT for left in head.lefts)


def may_head(line: Line) -> bool:
    """Tell whether a line may be part of an entry's heading."""
    return not line.is_bullet and not is_sentence(line) and not is_listing(line)
