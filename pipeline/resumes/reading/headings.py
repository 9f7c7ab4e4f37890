"""Section headings in many wordings and languages, and which lines of a resume are headings."""

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from pipeline.resumes.model import SECTION_NAMES, SectionName
from pipeline.resumes.reading.learned.headings import heading_of
from pipeline.resumes.reading.lines import Line, cell_text, close_letter_spacing, plain
from pipeline.resumes.reading.words import wordings

_SECTION_OF: dict[str, SectionName] = {
    wording: section for section in SECTION_NAMES for wording in reversed(wordings("headings", section))
}
CONTACT_WORDS = frozenset(wordings("headings", "contact"))
DOCUMENT_WORDS = frozenset(wordings("headings", "document"))

_QUALIFIER = re.compile(
    r"^(?:my|top|selected|key|relevant|professional|recent|other|additional|further|main|some|notable|major|general|core|personal|"
    r"technical|current|academic|latest)\s+"
)
_AND = re.compile(r"\s+(?:and|und|et|y|e|en|och|&|\+|/)\s+|\s*[&/,|+]\s*")
SURE, LIKELY = 0.95, 0.75  # that words are those of a heading: of any line, of one that looks like a heading
MAX_HEADING = 60  # characters


def fold(text: str) -> str:
    """Return a heading as the lists above spell it: lower case, no decoration, one space between words."""
    text = unicodedata.normalize("NFKC", close_letter_spacing(text)).lower().replace("i\u0307", "i")  # Turkish İ
    text = re.sub(r"(?<=\s)&(?=\s)", "and", text)
    # The vowels of Devanagari are no letters to a regular expression.
    return " ".join(re.sub(r"[^\w\s&/,|+\u0900-\u097f]|_", " ", text).split()).strip(" &/,|+")


def section_of(text: str) -> SectionName | None:
    """Return the section that a heading opens, None where the words are not those of a heading."""
    folded = fold(text)
    if not folded or len(folded) > MAX_HEADING:
        return None
    folded = re.sub(r"^(?:[ivx]{1,4}|\d{1,2}|[a-h]) (?=\w{3})", "", folded)
    if folded in _SECTION_OF:
        return _SECTION_OF[folded]
    joined = folded.replace(" ", "")
    if joined != folded and joined in _SECTION_OF:  # "E D U C A T I O N", "E ducation"
        return _SECTION_OF[joined]
    shorter = _QUALIFIER.sub("", folded)
    return _section_of_parts(folded) or _SECTION_OF.get(shorter) or _learned_section(text, SURE)


def _section_of_parts(folded: str) -> SectionName | None:
    """Read "Education and Certifications" by its first part; a part called additional comes last."""
    parts = [part for part in _AND.split(folded) if part]
    if len(parts) < 2 or len(parts) > 4:
        return None
    found = [(part, section_of(part)) for part in parts]
    if any(section is None for _, section in found):
        return None
    first = [section for part, section in found if not part.startswith(("additional", "other"))]
    return next((section for section in first if section != "other"), None) or "other"


def _learned_section(text: str, least: float) -> SectionName | None:
    label, probability = heading_of(text)
    return label if label in SECTION_NAMES and probability > least else None


def likely_section(text: str) -> SectionName | None:
    """Return the section that the words of a line known to be a heading point to."""
    return section_of(text) or _learned_section(text, LIKELY)


def is_contact_heading(text: str) -> bool:
    """Tell whether a line announces contact details."""
    return fold(text) in CONTACT_WORDS


def is_document_title(text: str) -> bool:
    """Tell whether a line only says that this is a resume."""
    return fold(text) in DOCUMENT_WORDS


def mark_headings(lines: Sequence[Line]) -> list[Line]:
    """Set `heading` to 1 on the section headings, to 2 or more on those below them, to 0 on all other lines."""
    headed = any(line.heading and not is_contact_heading(line.text) for line in lines)
    marked = _by_level(lines) if headed else _hanging_apart(lines)
    sure = [index for index, line in enumerate(marked) if _is_sure(line, marked, index)]
    looks = Counter(_look(marked[index]) for index in sure)
    strong = {look for look, count in looks.items() if _tells_apart(look, count, marked)}
    explicit = headed and any(line.heading == 1 for line in marked)
    apart = {look for look in strong if all(marked[index].has_gap for index in sure if _look(marked[index]) == look)}
    result = []
    for index, line in enumerate(marked):
        if line.heading:
            result.append(line)
        elif (index in sure and _fits(line, looks, explicit)) or (
            not explicit
            and index
            and _look(line) in strong
            and _may_be_heading(line)
            and (line.has_gap or _look(line) not in apart)
        ):
            result.append(replace(line, heading=1))
        else:
            result.append(line)
    return result


def _hanging_apart(lines: Sequence[Line]) -> list[Line]:
    """Where headings stand beside their sections, give each a line of its own."""
    named = [
        section_of(cell_text(line.cells[0])) if len(line.cells) > 1 and not line.is_bullet else None for line in lines
    ]
    alone = sum(len(line.cells) == 1 and section_of(line.text) in ("work", "education", "skills") for line in lines)
    found = {name for name in named if name}
    if alone or len(found) < 3 or not found & {"work", "education"}:
        return list(lines)
    result = []
    for line, name in zip(lines, named, strict=True):
        if name:
            result.append(replace(line, cells=line.cells[:1], heading=1, has_gap=True))
            lefts = line.lefts[1:] if len(line.lefts) > 1 else line.lefts
            line = replace(line, cells=line.cells[1:], has_gap=False, lefts=lefts)
            if lefts:
                line = replace(line, left=lefts[0], right=line.end if len(line.cells) == 1 else line.right)
        result.append(line)
    return result


def _by_level(lines: Sequence[Line]) -> list[Line]:
    """Number heading levels so that the level of the known section headings is 1."""
    known = Counter(line.heading for line in lines if line.heading and section_of(line.text))
    if not known:
        top = min((line.heading for line in lines if line.heading), default=1)
        first = next(index for index, line in enumerate(lines) if line.heading)
        alone = sum(line.heading == top for line in lines) == 1 and first < 3
        base = top + 1 if alone else top
    else:
        base = min(level for level, count in known.items() if count == max(known.values()) or count > 1)
    result = []
    for line in lines:
        level = max(line.heading - base + 1, 0) if line.heading else 0
        if line.heading and not level and section_of(line.text):
            level = 1
        result.append(
            replace(line, heading=level, size=line.size if level or not line.heading else max(line.size, 2.0))
        )
    return result


def _may_be_heading(line: Line) -> bool:
    text = line.text
    return (
        len(line.cells) == 1
        and not line.is_bullet
        and len(text) <= MAX_HEADING
        and len(text.split()) <= 6
        and bool(re.search(r"\w", text))
        and not re.search(r"[@\d]|https?:|[.;,]$", text)
        and not is_document_title(text)
    )


def _is_sure(line: Line, lines: Sequence[Line], index: int) -> bool:
    """Tell whether the words are those of a heading and the line stands like one."""
    text = line.text
    if line.heading > 1 or not _may_be_heading(line) or (section_of(text) is None and not is_contact_heading(text)):
        return False
    follows = index + 1 < len(lines)
    stands_out = line.is_bold or line.size > 1.08 or text.isupper() or text.rstrip().endswith(":") or line.has_gap
    return follows and (stands_out or text[:1].isupper() or not text[:1].isascii())


def _look(line: Line) -> tuple[object, ...]:
    text = line.text
    return (round(line.size * 10), line.is_bold, line.is_italic, text.isupper(), text.rstrip().endswith(":"))


def _tells_apart(look: tuple[object, ...], count: int, lines: Sequence[Line]) -> bool:
    """Tell whether a look is that of headings alone, so that unknown words in it are a heading too."""
    size, bold, _, upper, colon = look
    if not (upper or colon or bold or (isinstance(size, int) and size > 10)) or count < 2:
        return False
    others = [line for line in lines if _look(line) == look and not section_of(line.text)]
    odd = sum(not _may_be_heading(line) for line in others)
    return len(others) <= 1.5 * count + 1 and odd <= count / 2


def _fits(line: Line, looks: Counter[tuple[object, ...]], explicit: bool) -> bool:
    """Tell whether a line with a heading's words looks like the other headings."""
    if explicit:
        return False
    most = looks.most_common(1)[0][1]
    return looks[_look(line)] >= min(2, most) or most == 1 or _stands_out_more(line, looks)


def _stands_out_more(line: Line, looks: Counter[tuple[object, ...]]) -> bool:
    usual = looks.most_common(1)[0][0]
    size = usual[0]
    return isinstance(size, int) and round(line.size * 10) >= size and (line.is_bold or not usual[1]) and line.has_gap


def heading_line(text: str, level: int = 1) -> Line:
    """Return a heading made of plain text."""
    return Line(plain(text), heading=level, is_whole=True, has_gap=True)
