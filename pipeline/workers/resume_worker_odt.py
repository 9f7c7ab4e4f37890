"""Walks the XML of an OpenDocument text: paragraphs with their styles, lists, tables, text boxes, headers and footers.

Part of the resume worker. Its blocks are those of the Word walker.
"""

import io
import re
import zipfile
from collections.abc import Iterator
from typing import Any, NamedTuple
from xml.etree import ElementTree

from pipeline.workers.document_worker import MAX_TEXT, Unreadable, check_zip

MAX_DEPTH = 60  # of nested tables, lists and text boxes
USUAL_SIZE = 12.0  # points
_SKIPPED = frozenset(
    "tracked-changes annotation annotation-end note sequence-decls forms bookmark bookmark-start bookmark-end "
    "table-of-content-source index-title-template soft-page-break".split()
)
_HEADING_STYLE = re.compile(r"heading_20_(\d)$", re.I)
_LENGTH = re.compile(r"([\d.]+)(pt|%|in|cm|mm)?")
_POINTS = {"pt": 1.0, "in": 72.0, "cm": 28.35, "mm": 2.835}


def read_odt(data: bytes) -> dict[str, Any]:
    """Return the document's blocks in reading order: page header, body, footer."""
    content, styles = _parts(data)
    known = Styles([styles, content])
    blocks = [
        *_part_blocks(styles, known, "header"),
        *Walker(known).blocks(_find(content, "body")),
        *_part_blocks(styles, known, "footer"),
    ]
    if not any(text.strip() for block in blocks for text in _texts_of(block)):
        raise Unreadable("it holds no text")
    return {"blocks": blocks}


def _parts(data: bytes) -> tuple[Any, Any]:
    """Return the content and the styles; an archive that is none of a document, or hostile, is refused."""
    check_zip(data, "an OpenDocument text", "content.xml")
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = archive.namelist()
        if "META-INF/manifest.xml" in names and b"encryption-data" in archive.read("META-INF/manifest.xml"):
            raise Unreadable("it is encrypted; save it without a password")
        content = archive.read("content.xml")
        styles = archive.read("styles.xml") if "styles.xml" in names else b"<styles/>"
    return ElementTree.fromstring(content), ElementTree.fromstring(styles)


def _texts_of(block: dict[str, Any]) -> Iterator[str]:
    for span in block.get("spans", []):
        yield span[0]
    for cell in block.get("cells", []):
        for inner in cell:
            yield from _texts_of(inner)


def _name(element: Any) -> str:
    return element.tag.rsplit("}", 1)[-1] if isinstance(element.tag, str) else ""


def _attribute(element: Any, name: str) -> str | None:
    if element is None:
        return None
    return next((value for key, value in element.attrib.items() if key.rsplit("}", 1)[-1] == name), None)


def _find(root: Any, name: str) -> Any:
    return next((element for element in root.iter() if _name(element) == name), None)


class Style:
    """What a style says of its text: None is what it leaves open, as does what it is built on."""

    def __init__(self, element: Any, parent: "Style | None") -> None:
        text = next((child for child in element if _name(child) == "text-properties"), None)
        weight, slant = _attribute(text, "font-weight"), _attribute(text, "font-style")
        self.bold: bool | None = parent.bold if parent else None
        self.italic: bool | None = parent.italic if parent else None
        if weight:
            self.bold = weight not in ("normal", "300", "400", "500")
        if slant:
            self.italic = slant in ("italic", "oblique")
        self.size: float | None = _size(_attribute(text, "font-size"), parent.size if parent else None)
        self.is_hidden: bool = _attribute(text, "display") == "none" or bool(parent and parent.is_hidden)
        level = _attribute(element, "default-outline-level") or ""
        named = _HEADING_STYLE.search(_attribute(element, "name") or "")
        own = int(level) if level.isdigit() else int(named[1]) if named else 0
        self.heading: int = own or (parent.heading if parent else 0)


class Look(NamedTuple):
    """How a run of text looks."""

    bold: bool = False
    italic: bool = False
    size: float = USUAL_SIZE
    is_hidden: bool = False

    def with_style(self, style: Style | None) -> "Look":
        """Return the look with what a style says."""
        if style is None:
            return self
        return Look(
            self.bold if style.bold is None else style.bold,
            self.italic if style.italic is None else style.italic,
            style.size or self.size,
            self.is_hidden or style.is_hidden,
        )


def _size(written: str | None, inherited: float | None) -> float | None:
    match = _LENGTH.fullmatch(written or "")
    if not match:
        return inherited
    if match[2] == "%":
        return (inherited or USUAL_SIZE) * float(match[1]) / 100
    return float(match[1]) * _POINTS.get(match[2] or "pt", 1.0)


class Styles:
    """The styles of a document, by kind and name."""

    def __init__(self, roots: list[Any]) -> None:
        self._elements: dict[tuple[str, str], Any] = {}
        self._styles: dict[tuple[str, str], Style] = {}
        self._base: Style | None = None
        for root in roots:
            for element in root.iter():
                family = _attribute(element, "family") or ""
                if _name(element) == "default-style" and family == "paragraph":
                    self._base = Style(element, None)
                elif _name(element) == "style":
                    self._elements[(family, _attribute(element, "name") or "")] = element

    def of(self, family: str, name: str | None, depth: int = 0) -> Style | None:
        """Return a style; paragraphs without one have the document's."""
        base = self._base if family == "paragraph" else None
        key = (family, name or "")
        if key not in self._elements or depth > 20:
            return base
        if key not in self._styles:
            parent = _attribute(self._elements[key], "parent-style-name")
            self._styles[key] = Style(self._elements[key], self.of(family, parent, depth + 1) if parent else base)
        return self._styles[key]


def _part_blocks(styles: Any, known: Styles, part: str) -> list[dict[str, Any]]:
    """Return the blocks of all page headers or footers, what they repeat once."""
    blocks: list[dict[str, Any]] = []
    for element in styles.iter():
        if _name(element) in (part, f"{part}-left", f"{part}-first"):
            for block in Walker(known).blocks(element):
                if block | {"part": part} not in blocks and any(text.strip() for text in _texts_of(block)):
                    blocks.append(block | {"part": part})
    return blocks


class Walker:
    """Turns elements into blocks: paragraphs, and table rows with blocks in their cells."""

    def __init__(self, styles: Styles) -> None:
        self.styles = styles
        self.character_count = 0

    def blocks(self, parent: Any, level: int = -1, depth: int = 0) -> list[dict[str, Any]]:
        """Return the blocks below an element, text boxes before the paragraph that anchors them."""
        found: list[dict[str, Any]] = []
        mark = level
        if parent is None or depth > MAX_DEPTH:
            return found
        for element in parent:
            name = _name(element)
            if name in ("p", "h"):
                found += self._boxes(element, depth)
                found.append(self._paragraph(element, mark))
                mark = -1  # a second paragraph of an item has none
            elif name == "list":
                found += self._list(element, level, depth)
            elif name == "table-row":
                cells = [self.blocks(cell, -1, depth + 1) for cell in element if _name(cell) == "table-cell"]
                cells = [[b for b in cell if any(text.strip() for text in _texts_of(b))] for cell in cells]
                found += [{"cells": [cell for cell in cells if cell]}] if any(cells) else []
            elif name in ("frame", "text-box"):
                found += self._boxes([element] if name == "text-box" else element, depth)
            elif name not in _SKIPPED:
                found += self.blocks(element, level, depth + 1)
        return found

    def _list(self, element: Any, level: int, depth: int) -> list[dict[str, Any]]:
        found = []
        for item in element:
            is_item = _name(item) == "list-item"
            found += self.blocks(item, level + 1 if is_item else -1, depth + 1)
        return found

    def _boxes(self, element: Any, depth: int) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = []
        for child in element:
            if _name(child) == "text-box":
                found += [block | {"box": True} for block in self.blocks(child, -1, depth + 1)]
            elif _name(child) not in _SKIPPED and depth < MAX_DEPTH:
                found += self._boxes(child, depth + 1)
        return found

    def _paragraph(self, element: Any, level: int) -> dict[str, Any]:
        style = self.styles.of("paragraph", _attribute(element, "style-name"))
        spans = list(self._spans(element, Look().with_style(style), None, 0))
        self.character_count += sum(len(span[0]) for span in spans)
        if self.character_count > MAX_TEXT:
            raise Unreadable("it holds more text than a resume should")
        outline = _attribute(element, "outline-level") if _name(element) == "h" else None
        heading = int(outline) if outline and outline.isdigit() else style.heading if style else 0
        return {"spans": spans, "heading": heading, "level": level if not heading else -1}

    def _spans(self, element: Any, look: Look, link: str | None, depth: int) -> Iterator[list[Any]]:
        """Yield text, bold, italic, size and link of each run; what tabs and breaks stand for is in the text."""
        yield from _text(element.text, look, link)
        for child in element:
            name = _name(child)
            if name == "span":
                own = self.styles.of("text", _attribute(child, "style-name"))
                yield from self._spans(child, look.with_style(own), link, depth + 1)
            elif name == "a":
                yield from self._spans(child, look, _web_link(_attribute(child, "href")) or link, depth + 1)
            elif name == "s":
                count = _attribute(child, "c") or "1"
                yield from _text(" " * min(int(count) if count.isdigit() else 1, 200), look, link)
            elif name in ("tab", "line-break"):
                yield from _text("\t" if name == "tab" else "\n", look, link)
            elif name not in _SKIPPED and name != "frame" and depth < MAX_DEPTH:
                yield from self._spans(child, look, link, depth + 1)
            yield from _text(child.tail, look, link)


def _text(text: str | None, look: Look, link: str | None) -> Iterator[list[Any]]:
    if text and not look.is_hidden:
        even = re.sub(r"\s*\n\s*", " ", text) if text.strip("\n\t") else text
        yield [even, look.bold, look.italic, look.size, link]


def _web_link(target: str | None) -> str | None:
    return target if target and target.startswith(("http://", "https://", "mailto:", "tel:")) else None
