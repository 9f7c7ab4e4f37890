"""Skills, languages, and all that the schema lacks."""

import re
from collections.abc import Sequence

from pipeline.resumes.model import Language, OtherItem, OtherSection, Skill
from pipeline.resumes.reading.lines import BULLET_GLYPHS
from pipeline.resumes.reading.notes import Noted
from pipeline.resumes.reading.tagging import Field, Tagged

Fields = Sequence[Sequence[Field]]
_LIST_MARKS = re.compile(rf"[,;|{BULLET_GLYPHS}\t，、；]\s*")


def read_skills(lines: Sequence[Tagged], numbers: Sequence[int], fields: Fields) -> list[Noted[Skill]]:
    """Return the skills of a section under their labels; a label's own line announces the lines below it."""
    groups: list[Noted[Skill]] = []
    announced = False
    for number in numbers:
        line = lines[number]
        found = fields[number]
        labels = [one for one in found if one.tag == "label"]
        starts = not groups or line.role == "label" or (not labels and not announced and bool(groups[-1].part.name) and not line.role.endswith("+"))
        if line.role == "label":
            groups.append(_group(line.line.text.strip(" :："), line.probability))
            announced = True
            continue
        if labels:
            announced = False
        elif starts:
            groups.append(_group(None, line.probability))
        for one in found:
            if one.tag == "label":
                groups.append(_group(one.text.strip(" :："), one.probability))
            elif one.tag == "skill":
                group = groups[-1] if groups else _group(None, one.probability)
                group.part.keywords += split_items(one.text)
                group.rate("keywords", min(one.probability * line.probability, group.fields["keywords"].confidence))
            elif one.tag in ("note", "-") and any(map(str.isalpha, one.text)) and groups:
                groups[-1].part.notes.append(one.text)
    return [group for group in groups if group.part.keywords or group.part.name]


def _group(name: str | None, probability: float) -> Noted[Skill]:
    noted = Noted(Skill(name=name))
    if name:
        noted.rate("name", probability)
    noted.rate("keywords", probability)
    return noted


def split_items(text: str) -> list[str]:
    """Split a list at its marks outside brackets."""
    items, depth, start = [], 0, 0
    for index, character in enumerate(text):
        depth = max(depth + (character in "([{（") - (character in ")]}）"), 0)
        mark = _LIST_MARKS.match(text, index) if not depth else None
        if mark:
            items.append(text[start:index])
            start = mark.end()
    return [item for item in (part.strip(" .") for part in (*items, text[start:])) if re.search(r"\w", item)]


def read_languages(lines: Sequence[Tagged], numbers: Sequence[int], fields: Fields) -> list[Noted[Language]]:
    """Return the languages spoken, with how well."""
    found: list[Noted[Language]] = []
    for number in numbers:
        for one in fields[number]:
            if one.tag == "language":
                found.append(Noted(Language(language=one.text)))
                found[-1].rate("language", one.probability * lines[number].probability)
            elif one.tag == "level" and found:
                level = found[-1].part.fluency
                found[-1].part.fluency = f"{level}, {one.text}" if level else one.text
            elif found and one.tag in ("note", "-") and any(map(str.isalpha, one.text)):
                found[-1].part.notes.append(one.text)
    return found


def read_other(title: str, lines: Sequence[Tagged]) -> OtherSection:
    """Keep a section that the schema lacks as it stands."""
    items = [
        OtherItem(text=one.line.text.strip(BULLET_GLYPHS + " "), is_bullet=one.line.is_bullet)
        for one in lines
        if one.line.text
    ]
    return OtherSection(title=title or None, items=items)
