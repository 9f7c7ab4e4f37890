"""Skills: categories with their labels, and lists with none."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from pipeline.resumes.model import Skill
from pipeline.resumes.reading.lines import BULLET_GLYPHS, Cell, Line, Span, cell_text
from pipeline.resumes.reading.notes import Noted

MAX_LABEL = 60  # characters
_LABEL = re.compile(rf"\s*(?P<label>[^:：{BULLET_GLYPHS}|;]{{1,{MAX_LABEL}}}?)\s*[:：]\s*(?P<items>.*)", re.S)
_DASHED = re.compile(r"(?P<label>[^,;:|]{2,40}?)\s+[–—-]\s+(?P<items>[^,]+,.+)", re.S)
_LIST_MARKS = rf"[;|{BULLET_GLYPHS}、،]|\s{{3,}}|\t|\n"
_COMMA = r",(?!\d{3}\b)|，"
_RATING = re.compile(r"\s*(?:[★☆●○◐■□▪▫]{2,}|\b\d{1,2}\s*/\s*(?:5|10)\b|\b\d{1,3}\s?%)\s*$")
_COLUMN = re.compile(
    r"(?:skills?|skill (?:set|area|group|category)|category|area|domain|field|group|type|tools?|technolog(?:y|ies)|"
    r"items?|details?|description|keywords|topic|bereich|kategorie|thema|technologien|kenntnisse|fähigkeit(?:en)?|werkzeuge|"
    r"domaine|catégorie|compétences?|outils|área|categoría|habilidades?|herramientas|categoria|competenze|strumenti)",
    re.I,
)
_GRADE_COLUMN = re.compile(
    r"(?:skill )?(?:level|proficiency|rating|experience|years?(?: of experience| used)?|last used|"
    r"niveau|stufe|erfahrung|jahre|années|nivel|años|livello|anni)",
    re.I,
)
_LEAD_IN = re.compile(
    r"^(?:(?:highly |very )?(?:proficient|experienced|skilled|fluent|competent|expert|familiar|"
    r"comfortable)\s+(?:with|in|at)|"
    r"(?:good|solid|strong|deep|basic|working|excellent)?\s*(?:understanding|knowledge|command|experience|background|"
    r"skills)\s+(?:of|in|with)|"
    r"(?:hands-on )?experience (?:with|in)|familiarity with|proficiency in|including|such as|e\.g\.)\s+",
    re.I,
)


def read_skills(lines: Sequence[Line]) -> list[Noted[Skill]]:
    """Return the categories of a skills section in order; those that share a label are one."""
    groups: dict[str, Noted[Skill]] = {}
    open_label = ""
    lines = _with_whole_brackets(_without_column_names(lines))
    is_table = _is_table(lines)
    for line, following in zip(lines, [*lines[1:], None], strict=True):
        for label, items in _labelled(line, following, is_table):
            if label and not items:
                open_label = label
                continue
            name = label or open_label
            group = groups.setdefault(name, Noted(Skill(name=name or None)))
            _add(group, items, merges=bool(label) and bool(group.part.keywords))
            if label:
                open_label = "" if not line.heading else label
    if open_label and open_label not in groups:
        groups.setdefault("", Noted(Skill())).part.keywords.append(open_label)
    return list(groups.values())


def _without_column_names(lines: Sequence[Line]) -> list[Line]:
    """Drop a table's first row where it names the columns, and the columns that say how well or how long."""
    if len(lines) < 2 or len(lines[0].cells) < 2:
        return list(lines)
    names = [cell_text(cell) for cell in lines[0].cells]
    if not all(_COLUMN.fullmatch(name) or _GRADE_COLUMN.fullmatch(name) for name in names):
        return list(lines)
    graded = {place for place, name in enumerate(names) if _GRADE_COLUMN.fullmatch(name)}
    kept = []
    for line in lines[1:]:
        if len(line.cells) == len(names) and len(graded) < len(names):
            line = replace(line, cells=tuple(cell for place, cell in enumerate(line.cells) if place not in graded))
        kept.append(line)
    return kept


def _with_whole_brackets(lines: Sequence[Line]) -> list[Line]:
    """Bring the end of a bracket up from the line below to the cell, in a row of several, that opens it."""
    result = list(lines)
    for index, line in enumerate(result[:-1]):
        below = result[index + 1]
        if len(line.cells) == len(below.cells) == 1 and line.text.count("(") - line.text.count(")") == 1:
            closes = re.match(r"[^()]{0,120}\)", below.text)
            if closes and not below.heading and not _LABEL.match(below.text[: closes.end()]):
                result[index + 1] = replace(below, cells=((*line.cells[0], Span(" "), *below.cells[0]),))
                result[index + 1] = replace(result[index + 1], is_bullet=line.is_bullet, left=line.left)
                result[index] = replace(line, cells=())
            continue
        for place, left in enumerate(line.lefts if len(line.lefts) == len(line.cells) > 1 else ()):
            below = result[index + 1]
            text = cell_text(line.cells[place])
            if text.count("(") <= text.count(")") or len(below.lefts) != len(below.cells):
                continue
            at = next((k for k, other in enumerate(below.lefts) if abs(other - left) < 2), None)
            if at is None or cell_text(below.cells[at]).count(")") <= cell_text(below.cells[at]).count("("):
                continue
            cells = list(line.cells)
            cells[place] = (*cells[place], Span(" "), *below.cells[at])
            line = result[index] = replace(line, cells=tuple(cells))
            result[index + 1] = replace(
                below,
                cells=(*below.cells[:at], *below.cells[at + 1 :]),
                lefts=(*below.lefts[:at], *below.lefts[at + 1 :]),
            )
    return [line for line in result if line.cells]


def _is_table(lines: Sequence[Line]) -> bool:
    """Tell whether most lines of two cells are a label and its items, so that the others are too."""
    rows = [line.cells for line in lines if len(line.cells) == 2]
    labelled = sum(_is_label_cell(*row) for row in rows)
    return labelled >= 2 and labelled > len(rows) / 2


def _labelled(line: Line, following: Line | None, is_table: bool) -> list[tuple[str, str]]:
    """Return the labels of a line with the text of their items; a label alone announces the lines below."""
    text = line.text
    if line.heading > 1 or _announces(line, following):
        return [(text.strip(" :："), "")]
    cells = [cell for cell in line.cells if cell_text(cell)]
    labels = [_LABEL.fullmatch(cell_text(cell)) for cell in cells]
    if len(cells) > 1 and all(labels) and any(match["items"] for match in labels if match):
        return [(match["label"].strip(), match["items"]) for match in labels if match]
    if len(cells) == 2 and (is_table or _is_label_cell(cells[0], cells[1])):
        return [(cell_text(cells[0]).strip(" :：–-"), cell_text(cells[1]).lstrip(":： "))]
    several = [_LABEL.fullmatch(piece) for piece in re.split(r";\s+", text)]
    if len(several) > 1 and all(match and len(match["label"].split()) < 4 and match["items"] for match in several):
        return [(match["label"].strip(), match["items"]) for match in several if match]
    joined = "\t".join(map(cell_text, cells))
    match = _LABEL.fullmatch(joined)
    if match:
        return [(match["label"].strip(" *-–"), match["items"])]
    bold, rest = _bold_start(line)
    if bold and rest:
        return [(bold, rest)]
    dashed = _DASHED.fullmatch(text)
    if dashed and len(cells) == 1 and len(dashed["label"].split()) <= 4:
        return [(dashed["label"], dashed["items"])]
    bracketed = re.fullmatch(r"([^,;|()]{2,40}?)\s*\(([^()]*[,;][^()]*[,;][^()]*)\)\.?", text)
    if bracketed and not line.is_bullet:
        return [(bracketed[1], bracketed[2])]
    return [("", joined)]


def _announces(line: Line, following: Line | None) -> bool:
    """Tell whether a short line is a label for the lines below it."""
    text = line.text
    if following is None or len(line.cells) > 1 or len(text) > MAX_LABEL or re.search(r"[,;|•]", text):
        return False
    if text.rstrip().endswith((":", "：")):
        return True
    below = following.text
    separators = len(re.findall(r"[,;|•]", below))
    lists_below = following.is_bullet or len(following.cells) > 1 or separators > (0 if line.is_bold else 1)
    differs = (line.is_bold and not following.is_bold) or (not line.is_bullet and following.is_bullet)
    return not line.is_bullet and differs and lists_below


def _is_label_cell(first: Cell, second: Cell) -> bool:
    """Tell whether the first of two cells is the label of the second."""
    label, items = cell_text(first), cell_text(second)
    marked = (
        label.endswith((":", "："))
        or items.startswith((":", "："))
        or all(span.bold for span in first if span.text.strip())
    )
    return len(label) <= MAX_LABEL and "," not in label and (marked or len(re.findall(r"[,;|•]", items)) > 0)


def _bold_start(line: Line) -> tuple[str, str]:
    """Return the bold start of a line and the rest, where the bold words are a label."""
    spans = [span for cell in line.cells for span in (*cell,)]
    bold = []
    while spans and (spans[0].bold or not spans[0].text.strip()):
        bold.append(spans.pop(0).text)
    label, rest = " ".join("".join(bold).split()), "".join(span.text for span in spans)
    rest = re.sub(r"^[\s:–—-]+", "", rest)
    if (
        not label
        or "," in label
        or any(span.bold and len(span.text.strip()) > 1 for span in spans)
        or len(label) > MAX_LABEL
    ):
        return "", ""
    return label.strip(" :"), rest if "," in rest or ";" in rest or len(rest.split()) <= 3 else ""


def _add(group: Noted[Skill], text: str, merges: bool) -> None:
    items, spoken = split_items(text)
    group.part.keywords += items
    if spoken:
        group.part.notes.append(" ".join(text.split()))
        group.rate("keywords", 0.6, "Taken out of running text, which is kept as a note.")
    elif merges:
        group.rate("keywords", 0.8, "The source has this label more than once; its lists are joined.")
    else:
        group.rate("keywords", 0.95 if len(items) > 1 else 0.8)


def split_items(text: str) -> tuple[list[str], bool]:
    """Split a list at its separators outside brackets; say whether it was running text."""
    strong = list(_split_outside_brackets(text, _LIST_MARKS))
    pieces = [piece for part in strong for piece in _split_outside_brackets(part, _COMMA)]
    items: list[str] = []
    is_spoken = False
    for piece in pieces:
        item = _RATING.sub("", re.sub(r"\s+", " ", piece)).strip(" \t" + BULLET_GLYPHS)
        if len(pieces) > 1:
            item = re.sub(r"^(?:and|und|et|y)\s+(?=\S)", "", item)
        bare = _LEAD_IN.sub("", item)
        is_spoken = is_spoken or bare != item
        items += _split_last_and(
            bare.rstrip(".") if not re.search(r"\.\w+$", bare) and len(bare) > 4 else bare, is_spoken
        )
    return [item for item in items if re.search(r"\w", item)], is_spoken


def _split_last_and(item: str, is_spoken: bool) -> Iterable[str]:
    """Part `calculus and linear algebra`, the end of a sentence, in two."""
    return re.split(r"\s+and\s+", item) if is_spoken and len(item.split()) <= 6 else [item]


def _split_outside_brackets(text: str, pattern: str) -> Iterable[str]:
    depth, start = 0, 0
    separator = re.compile(pattern)
    index = 0
    while index < len(text):
        depth += (text[index] in "([{（") - (text[index] in ")]}）")
        match = separator.match(text, index) if depth <= 0 else None
        if match and match.end() > index:
            yield text[start:index]
            start = index = match.end()
            depth = 0
        else:
            index += 1
    if depth > 0 and start < len(text):  # a bracket that never closes holds nothing together
        yield from re.split(pattern, text[start:])
    else:
        yield text[start:]
