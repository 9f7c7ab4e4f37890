"""Skills, languages, and all that the schema lacks."""

from collections.abc import Sequence
from dataclasses import replace

from pipeline.resumes.model import Language, Skill
from pipeline.resumes.reading.learned.tagging import Field, Tagged
from pipeline.resumes.reading.lines import cell_text
from pipeline.resumes.reading.list_items import split_items
from pipeline.resumes.reading.notes import Noted

Fields = Sequence[Sequence[Field]]
COLONS, COMMAS = (":", "："), (",", "，", "、", "،")


def read_skills(lines: Sequence[Tagged], numbers: Sequence[int], fields: Fields) -> list[Noted[Skill]]:
    """Return the skills of a section under their labels; a label's own line announces the lines below it."""
    groups: list[Noted[Skill]] = []
    announced = is_cut = False
    for number in numbers:
        line = lines[number]
        if line.role == "label":
            groups.append(_group(line.line.text.strip(" :："), line.probability))
            announced = True
            continue
        found = with_labels(line, _whole(line, fields[number]))
        if any(one.tag == "label" for one in found):
            announced = False
        elif _opens(line, groups, announced):
            groups.append(_group(None, line.probability))
        for index, one in enumerate(found):
            _put_skill(one, groups, line.probability, goes_on=is_cut and not index and one.text[:1].islower())
        is_cut = _is_cut(line, found)
    return _joined([group for group in groups if group.part.keywords or group.part.name])


def _opens(line: Tagged, groups: Sequence[Noted[Skill]], announced: bool) -> bool:
    """Tell whether a line without a label is not part of the list above it."""
    return not groups or (not announced and bool(groups[-1].part.name) and not line.role.endswith("+"))


def _is_cut(line: Tagged, found: Sequence[Field]) -> bool:
    """Tell whether a list goes on below, its last skill perhaps in two: no mark ends the line."""
    return len(found) > 1 and found[-1].tag == "skill" and line.line.text.endswith(found[-1].text)


def _whole(line: Tagged, fields: Sequence[Field]) -> list[Field]:
    """Put together the skills of a line that a bracket holds together."""
    found: list[Field] = []
    for one in fields:
        last = found[-1] if found else None
        if last and last.tag == "skill" and last.cell == one.cell and last.text.count("(") > last.text.count(")"):
            text = cell_text(line.line.cells[one.cell])[last.begin : one.begin + len(one.text)]
            closed = text.count("(") == text.count(")")
            found[-1] = replace(last, text=text, probability=min(last.probability, one.probability))
            if closed or one.tag == "skill":
                continue
            found[-1] = last
        found.append(one)
    return found


def with_labels(line: Tagged, fields: Sequence[Field]) -> list[Field]:
    """Take the words before a colon for a label, and those before a comma for none."""
    found = []
    for index, one in enumerate(fields):
        after = cell_text(line.line.cells[one.cell])[one.begin + len(one.text) :][:9].lstrip()
        if one.tag == "skill" and not index and after[:1] in COLONS and after[1:].strip():
            one = replace(one, tag="label")
        elif one.tag == "label" and (after[:1] in COMMAS or (one.begin and after[:1] not in COLONS)):
            one = replace(one, tag="skill")
        found.append(one)
    return found


def _put_skill(one: Field, groups: list[Noted[Skill]], probability: float, goes_on: bool) -> None:
    """Put words of a skills section where they belong: a new group, the last one's skills or its notes.

    A skill that goes on from the line above, where no mark ended that, is the rest of the last one.
    """
    if one.tag == "label":
        groups.append(_group(one.text.strip(" :："), one.probability))
    elif not groups:
        groups.append(_group(None, probability))
    group = groups[-1]
    if one.tag == "skill":
        above = group.part.keywords.pop() + " " if goes_on and group.part.keywords else ""
        group.part.keywords += split_items(above + one.text)[0]
        group.rate("keywords", min(one.probability * probability, group.fields["keywords"].confidence))
    elif one.tag not in ("label", "heading") and any(map(str.isalpha, one.text)):
        group.part.notes.append(one.text)


def _group(name: str | None, probability: float) -> Noted[Skill]:
    noted = Noted(Skill(name=name))
    if name:
        noted.rate("name", probability)
    noted.rate("keywords", probability)
    return noted


def _joined(groups: Sequence[Noted[Skill]]) -> list[Noted[Skill]]:
    """Put the lists of one label together where the source has it more than once."""
    found: dict[str | None, Noted[Skill]] = {}
    for group in groups:
        first = found.setdefault(group.part.name, group)
        if first is not group and group.part.name:
            first.part.keywords += group.part.keywords
            first.part.notes += group.part.notes
            first.rate(
                "keywords",
                group.fields["keywords"].confidence,
                "The source has this label more than once; its lists are joined.",
            )
        elif first is not group:
            found[f"\0{len(found)}"] = group
    return list(found.values())


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
