"""What the line model sees of a line: its shape, its first and last words, and what stands around it.

Nothing here knows a word: which words matter, and how much, is learned.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from pipeline.resumes.reading.addresses import CONTACT, EMAIL
from pipeline.resumes.reading.dates import find_dates
from pipeline.resumes.reading.learned.headings import heading_of
from pipeline.resumes.reading.lines import LETTER, UNSPACED, Line, cell_text, close_letter_spacing

_WORD = re.compile(rf"[{UNSPACED}]|{LETTER}+")
_MARKS = re.compile(r"[|•·⋄]|\s[-–—/:@∙]\s|--")
NEIGHBOURS = (-2, -1, 1, 2)


@dataclass(frozen=True, slots=True)
class Shape:
    """How one line looks, told in a few short words."""

    words: tuple[str, ...]
    dates: str
    length: str
    case: str
    end: str
    style: str
    look: tuple[object, ...]
    line: Line

    @property
    def gist(self) -> str:
        """The shape in one word, for features of pairs of lines."""
        bullet = "b" if self.line.is_bullet else ""
        return f"{self.dates}{self.length}{bullet}{'g' if self.line.has_gap else ''}"


def shape_of(line: Line) -> Shape:
    """Return how a line looks."""
    text = close_letter_spacing(line.text)
    words = tuple(word.lower() for word in _WORD.findall(text))
    letters = [character for character in text if character.isalpha()]
    starts = [word[:1] for word in text.split() if word[:1].isalpha()]
    upper = sum(map(str.isupper, letters)) / max(len(letters), 1)
    title = sum(map(str.isupper, starts)) / max(len(starts), 1)
    case = "C" if upper > 0.85 and len(letters) > 2 else "T" if title > 0.7 else "l" if text[:1].islower() else "s"
    end = text[-1:] if text[-1:] in ".:,;)?!-–" else "d" if text[-1:].isdigit() else ""
    style = f"{'B' if line.is_bold else 'b' if line.starts_bold else ''}{'I' if line.is_italic else ''}"
    size = round(min(line.size, 2.0) * 5)
    dates = _dates(line)
    length = str(min((0, 1, 2, 3, 4, 5, 6, 6, 8, 8, 8, 11, 11, 11, 11)[min(len(words), 14)], 11))
    look = (
        style,
        size,
        case,
        len(line.cells) > 1,
        dates,
        line.is_bullet,
        line.level,
        line.heading,
        round(line.left / 6),
    )
    return Shape(words, dates, length, case, end, style, look, line)


def _dates(line: Line) -> str:
    """Say whether and where a line has dates: alone, first, last, inside; of a span or single."""
    text = line.text
    found = find_dates(text)
    if not found:
        return "n"
    kind = "r" if any(date.is_range for date in found) else "y"
    rest = text[: found[0].begin] + text[found[-1].finish :]
    if not _WORD.search(rest):
        return f"{kind}a"
    if not _WORD.search(text[: found[0].begin]):
        return f"{kind}f"
    return f"{kind}l" if not _WORD.search(text[found[-1].finish :]) else f"{kind}i"


def features_of(lines: Sequence[Line]) -> list[list[str]]:
    """Return the features of each line of a resume."""
    shapes = [shape_of(line) for line in lines]
    page = _Page(shapes, lines)
    result = []
    since_gap = 0
    for index, shape in enumerate(shapes):
        since_gap = 0 if shape.line.has_gap else since_gap + 1
        own = _own(shape)
        own += _place(index, shapes, since_gap, page.edges)
        own += page.repeated(shape)
        own += _around(index, shapes, page.dated)
        own += _headings(shape, page.titles[index], page.marked)
        if shape.line.heading:
            own.append(f"rank={sum(level < shape.line.heading for level in page.levels)}|{index == 0}")
        result.append(own)
    return result


class _Page:
    """What is counted over a whole resume: which looks come again, what follows them, what looks like a heading."""

    def __init__(self, shapes: Sequence[Shape], lines: Sequence[Line]) -> None:
        self.looks = Counter(shape.look for shape in shapes)
        self.after = _what_follows(shapes)
        self.edges = _edges(lines)
        self.dated = [index for index, shape in enumerate(shapes) if shape.dates[0] == "r"]
        self.heads = Counter(_head_look(shape) for shape in shapes if len(shape.words) <= 5)
        self.titles = [heading_of(shape.line.text) if len(shape.words) <= 6 else ("-", 1.0) for shape in shapes]
        self.levels = {shape.line.heading for shape in shapes[1:] if shape.line.heading}
        self.marked = Counter(
            _head_look(shape) for shape, title in zip(shapes, self.titles, strict=True) if _is_sure(title)
        )

    def repeated(self, shape: Shape) -> list[str]:
        """Say how often a line's look comes again, and what mostly stands below it."""
        count, below = self.looks[shape.look], self.after[shape.look]
        found = [f"look#{min(count, 5)}", f"after={below}", f"look#{min(count, 3)}|{below}|{shape.dates}"]
        if len(shape.words) <= 5:
            found.append(f"head#{min(self.heads[_head_look(shape)], 4)}|{_head_look(shape)[1]}")
        return found


def _is_sure(title: tuple[str, float]) -> bool:
    return title[0] != "-" and title[1] > 0.8


def _headings(shape: Shape, title: tuple[str, float], marked: Counter[tuple[object, ...]]) -> list[str]:
    """Say what a line's words would head, and whether it looks as the lines do whose words surely head something."""
    like = marked[_head_look(shape)] - _is_sure(title)
    sure = "sure" if title[1] > 0.9 else "likely" if title[1] > 0.6 else "maybe"
    alike = f"like={min(like, 3)}|{shape.line.has_gap}|{min(len(shape.words), 6)}"
    return [
        f"title={title[0]}|{sure}",
        alike,
        f"title={title[0]}|{sure}|{min(like, 2)}",
        f"{alike}|{shape.style}{shape.case}",
    ]


def _head_look(shape: Shape) -> tuple[object, ...]:
    return (shape.style, shape.case, round(min(shape.line.size, 2.0) * 5), shape.line.heading, shape.line.is_bullet)


def _what_follows(shapes: Sequence[Shape]) -> dict[tuple[object, ...], str]:
    """Say of each look what mostly stands below lines of it."""
    below: dict[tuple[object, ...], Counter[str]] = {}
    for shape, following in zip(shapes, [*shapes[1:], None], strict=True):
        kind = "end" if following is None else "b" if following.line.is_bullet else following.dates[0]
        below.setdefault(shape.look, Counter())[kind] += 1
    return {look: counts.most_common(1)[0][0] for look, counts in below.items()}


def _edges(lines: Sequence[Line]) -> dict[tuple[int, int], tuple[float, float]]:
    """Return where the lines of each column start and end."""
    found: dict[tuple[int, int], tuple[float, float]] = {}
    for line in lines:
        key = (line.page, line.column)
        left, end = found.get(key, (line.left, line.end))
        found[key] = (min(left, line.left), max(end, line.right))
    return found


def _own(shape: Shape) -> list[str]:
    line, words = shape.line, shape.words
    text = line.text
    found = [
        "bias",
        f"len={shape.length}",
        f"dates={shape.dates}",
        f"case={shape.case}|{shape.length}",
        f"end={shape.end}",
        f"style={shape.style}|{shape.length}",
        f"cells={min(len(line.cells), 4)}",
        f"heading={line.heading}",
        f"bullet={line.is_bullet}|{min(line.level, 2)}",
        f"gap={line.has_gap}",
        f"size={round(min(line.size, 2.4) * 5)}",
        f"commas={min(text.count(','), 4)}|{shape.dates[0]}",
        f"whole={line.is_whole}|{shape.length}",
    ]
    found += [f"mark={mark.strip()}" for mark in sorted(set(_MARKS.findall(text)))]
    if EMAIL.search(text):
        found.append("email")
    if CONTACT.search(text):
        found.append("contact")
    if "(" in text:
        found.append("bracket")
    if ":" in text:
        found.append(f"colon|{len(_WORD.findall(text.split(':', 1)[0]))}")
    found += [f"first={word}" for word in words[:1]] + [f"last={word}" for word in words[-1:]]
    found += [f"w={word}" for word in words[:12]]
    found += [f"e={word[-4:]}" for word in words[:6] if len(word) > 4]
    found += [f"b={left} {right}" for left, right in pairwise(words[:4])]
    if len(words) <= 4:
        found += [f"t={' '.join(words)}", f"t={''.join(words)}"]
        found += [f"h={word[:5]}" for word in words]
    if len(line.cells) > 1:
        first = " ".join(_WORD.findall(cell_text(line.cells[0]).lower())[:4])
        found += [f"cell={first}", f"celllen={len(first.split())}"]
    return found


def _place(
    index: int, shapes: Sequence[Shape], since_gap: int, edges: dict[tuple[int, int], tuple[float, float]]
) -> list[str]:
    line = shapes[index].line
    left, end = edges[(line.page, line.column)]
    above = shapes[index - 1] if index else None
    indent = min(round((line.left - left) / 5), 8)
    found = [
        f"at={min(index, 8)}",
        f"part={index * 5 // len(shapes)}",
        f"since={min(since_gap, 4)}",
        f"indent={indent}",
        f"column={line.column}",
    ]
    if above is not None:
        reach = above.line.right / end if end else 0.0
        full = "f" if reach > 0.85 else "m" if reach > 0.6 else "s"
        step = round(line.left - above.line.left)
        turn = "=" if abs(step) < 3 else ">" if step > 0 else "<"
        found += [
            f"full={full}|{shapes[index].case}|{turn}",
            f"full={full}|{above.end}|{shapes[index].case}|{above.line.is_bullet}",
            f"turn={turn}|{above.line.is_bullet}|{line.is_bullet}",
            f"newpage={line.page != above.line.page}|{line.column != above.line.column}",
        ]
    return found


def _around(index: int, shapes: Sequence[Shape], dated: Sequence[int]) -> list[str]:
    found = []
    own = shapes[index]
    for offset in NEIGHBOURS:
        if not 0 <= index + offset < len(shapes):
            found.append(f"{offset}:none")
            continue
        other = shapes[index + offset]
        found += [
            f"{offset}:dates={other.dates}",
            f"{offset}:len={other.length}|{other.line.is_bullet}",
            f"{offset}:style={other.style}|{own.style}",
            f"{offset}:case={other.case}|{own.case}",
            f"{offset}:gap={other.line.has_gap}|{own.line.has_gap}",
            f"{offset}:heading={other.line.heading}",
            f"{offset}:end={other.end}",
        ]
        if abs(offset) == 1:
            found += [f"{offset}:{own.gist}|{other.gist}"]
            found += [f"{offset}:w={word}" for word in other.words[:2]]
            found += [f"{offset}:same={other.look == own.look}|{own.dates}"]
            if len(other.words) <= 3:
                found.append(f"{offset}:t={' '.join(other.words)}")
    before = min((index - place for place in dated if place < index), default=9)
    ahead = min((place - index for place in dated if place > index), default=9)
    found += [f"before={min(before, 5)}", f"ahead={min(ahead, 5)}|{own.dates[0]}", f"ahead={min(ahead, 4)}|{own.gist}"]
    return found
