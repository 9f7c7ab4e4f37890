"""The labels of lines and words that the reader's models know.

A line's label is its section and its role, `work.entry`; a word's tag is the field that it belongs to.
"""

HEADED = ("work", "education", "projects", "listed", "skills", "languages")
ALIKE = {"volunteer": "work", "certificates": "listed", "awards": "listed", "publications": "listed"}
BODY = frozenset({"item", "item+", "prose", "prose+", "label"})
OPENS = frozenset({"entry", "headed"})


def merged(label: str) -> str:
    """Return a label with the sections as one that are written alike; what tells them is their heading."""
    section, role = parted(label)
    return label if role == "heading" else f"{ALIKE.get(section, section)}.{role}"


def parted(label: str) -> tuple[str, str]:
    """Return a label's section and role."""
    section, role = label.split(".", 1)
    return section, role


def word_role(label: str) -> str | None:
    """Return what a line is to the word model: `entry`, `more`, `body`, or None where its words are not looked at."""
    section, role = parted(label)
    if role == "headed":
        return "entry"
    if section in ("head", "contact"):
        return "entry" if role == "name" else "more" if role != "heading" else None
    if section in ("skills", "languages"):
        return "more" if role.endswith("+") else "entry" if role != "heading" else None
    if section not in HEADED or role in ("heading", "columns"):
        return None
    return "body" if role in BODY else "entry" if role == "entry" else "more"


def runs(labels: list[str]) -> list[tuple[str, list[int]]]:
    """Return the stretches of lines of one section that the word model reads together: (section, line numbers)."""
    found: list[tuple[str, list[int]]] = []
    for number, label in enumerate(labels):
        section = parted(label)[0]
        if word_role(label) is None:
            continue
        if found and found[-1][0] == section:
            found[-1][1].append(number)
        else:
            found.append((section, [number]))
    return found
