"""What a page's styles say of its elements, as far as reading needs it: weight, slant, size, what stands beside what.

Selectors are matched by their last part alone, which is right for the pages that people have resumes on.
"""

import re
from dataclasses import dataclass, replace
from typing import Any

MAX_CSS = 300_000  # characters
MAX_RULES = 3_000
_RULE = re.compile(r"([^{}@;]{1,400})\{([^{}]{0,4000})\}")
_COMMENT = re.compile(r"/\*.*?\*/", re.S)
_MEDIA = re.compile(r"@(?:media|supports|import|font-face|page)[^{};]{0,400}(?:;|\{(?:[^{}]|\{[^{}]*\})*\})")
_LAST = re.compile(r"([a-z][a-z0-9]*)?((?:\.[\w-]+)*)$", re.I)
_POINTS = {"pt": 1.0, "px": 0.75}
BODY = 11.0  # points

Properties = dict[str, str]


@dataclass(frozen=True, slots=True)
class Look:
    """How the letters of an element look; `size` is in points."""

    bold: bool = False
    italic: bool = False
    size: float = BODY


class StyleSheet:
    """The rules of a page."""

    def __init__(self, rules: list[tuple[str, frozenset[str], Properties]]) -> None:
        self.rules = rules
        self._known: dict[tuple[str, str, str], Properties] = {}

    @classmethod
    def of(cls, root: Any) -> "StyleSheet":
        """Collect the rules of a page's style elements."""
        texts = [node.text() for node in root.css("style")] if root is not None else []
        css = _MEDIA.sub("", _COMMENT.sub("", "\n".join(texts)[:MAX_CSS]))
        rules = []
        for selectors, body in _RULE.findall(css)[:MAX_RULES]:
            properties = _properties(body)
            for selector in selectors.split(","):
                last = _LAST.fullmatch(re.split(r"[\s>+~]+", selector.strip())[-1])
                if last and last[0] and properties:
                    rules.append(((last[1] or "").lower(), frozenset(last[2].split(".")[1:]), properties))
        return cls(rules)

    def properties(self, element: Any) -> Properties:
        """Return what the rules and the element's own style say of it."""
        attributes = element.attributes
        key = (element.tag, attributes.get("class") or "", attributes.get("style") or "")
        if key not in self._known:
            classes = set(key[1].split())
            found: Properties = {}
            for tag, wanted, properties in self.rules:
                if (not tag or tag == element.tag) and wanted <= classes:
                    found |= properties
            self._known[key] = found | _properties(key[2])
        return self._known[key]

    def look(self, element: Any, around: Look) -> Look:
        """Return how an element's letters look."""
        given = self.properties(element)
        look = around
        weight = given.get("font-weight", "")
        if weight:
            look = replace(look, bold=weight in ("bold", "bolder") or (weight.isdigit() and int(weight) >= 600))
        if "font-style" in given:
            look = replace(look, italic=given["font-style"] in ("italic", "oblique"))
        size = re.fullmatch(r"(\d{1,3}(?:\.\d+)?)(pt|px)", given.get("font-size", ""))
        return replace(look, size=float(size[1]) * _POINTS[size[2]]) if size else look

    def is_hidden(self, element: Any) -> bool:
        """Tell whether an element is not shown."""
        given = self.properties(element)
        return given.get("display") == "none" or given.get("visibility") == "hidden"

    def is_row(self, element: Any) -> bool:
        """Tell whether the children of an element stand beside each other."""
        given = self.properties(element)
        if given.get("display") in ("flex", "inline-flex"):
            return not given.get("flex-direction", "row").startswith("column")
        return given.get("display") == "grid" and "grid-template-columns" in given

    def stands_apart(self, element: Any) -> bool:
        """Tell whether an element of a line is set apart from the rest of it."""
        return self.properties(element).get("float") in ("left", "right")

    def shows_marks(self, element: Any) -> bool:
        """Tell whether the items of a list have marks."""
        given = self.properties(element)
        return "none" not in given.get("list-style", given.get("list-style-type", "")).split()


def _properties(body: str) -> Properties:
    pairs = [piece.split(":", 1) for piece in body.split(";") if ":" in piece]
    return {name.strip().lower(): value.strip().lower().removesuffix("!important").strip() for name, value in pairs}
