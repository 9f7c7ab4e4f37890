"""Walks the XML of a Word document: paragraphs with their styles, lists, tables, text boxes, headers and footers.

Part of the resume worker. Elements are told by their local names, so that strict and transitional files read alike.
"""

import io
import re
import zipfile
from collections.abc import Iterator
from typing import Any
from xml.etree import ElementTree

from pipeline.workers.document_worker import MAX_TEXT, Unreadable, check_zip

MAX_DEPTH = 60  # of nested tables and text boxes
_SKIPPED = {"del", "moveFrom", "Fallback", "instrText", "delText", "pPr", "rPr", "sectPr", "tblPr", "tcPr", "trPr"}
_TEXT_OF = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "softHyphen": "", "ptab": "\t", "sym": "•"}
_HEADING_STYLE = re.compile(r"(?:heading|überschrift|titre|título|titolo|kop|rubrik|section) ?([1-9])?\b", re.I)


def read_docx(data: bytes) -> dict[str, Any]:
    """Return the document's blocks in reading order: page header, body, footer."""
    check_zip(data)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        word = WordFile(archive)
        blocks = word.part_blocks("header") + word.body_blocks() + word.part_blocks("footer")
    if not any(text.strip() for block in blocks for text in _texts_of(block)):
        raise Unreadable("it holds no text")
    return {"blocks": blocks}


def _texts_of(block: dict[str, Any]) -> Iterator[str]:
    for span in block.get("spans", []):
        yield span[0]
    for cell in block.get("cells", []):
        for inner in cell:
            yield from _texts_of(inner)


def _name(element: Any) -> str:
    return element.tag.rsplit("}", 1)[-1] if isinstance(element.tag, str) else ""


def _child(element: Any, *path: str) -> Any:
    for name in path:
        element = next((child for child in element if _name(child) == name), None) if element is not None else None
    return element


def _attribute(element: Any, name: str = "val") -> str | None:
    if element is None:
        return None
    return next((value for key, value in element.attrib.items() if key.rsplit("}", 1)[-1] == name), None)


def _is_on(element: Any) -> bool | None:
    """Read a switch such as bold: None where it is not set."""
    return None if element is None else _attribute(element) not in ("0", "false", "none", "off")


class Style:
    """What a paragraph style sets, its ancestors' settings included."""

    name: str
    bold: bool | None
    italic: bool | None
    size: float | None
    list_level: int | None
    heading: int

    def __init__(self, element: Any, parent: "Style | None") -> None:
        run, paragraph = _child(element, "rPr"), _child(element, "pPr")
        self.name = _attribute(_child(element, "name")) or ""
        self.bold = _first(_is_on(_child(run, "b")), parent and parent.bold)
        self.italic = _first(_is_on(_child(run, "i")), parent and parent.italic)
        self.size = _first(_number(_attribute(_child(run, "sz"))), parent and parent.size)
        self.list_level = _first(_list_level(paragraph), parent and parent.list_level)
        self.heading = _heading_of(self.name, paragraph) or (parent.heading if parent else 0)


def _first(*values: Any) -> Any:
    return next((value for value in values if value is not None), None)


def _number(text: str | None) -> float | None:
    try:
        return float(text) if text else None
    except ValueError:
        return None


def _list_level(properties: Any) -> int | None:
    numbering = _child(properties, "numPr")
    if numbering is None:
        return None
    if _attribute(_child(numbering, "numId")) == "0":
        return -1
    return int(_number(_attribute(_child(numbering, "ilvl"))) or 0)


def _heading_of(style_name: str, properties: Any) -> int:
    match = _HEADING_STYLE.match(style_name)
    if match:
        return int(match[1] or 1)
    level = _number(_attribute(_child(properties, "outlineLvl")))
    return int(level) + 1 if level is not None and level < 9 else 0


class WordFile:
    """The parts of one archive, with what they share: styles and link targets."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self.archive = archive
        self.names = archive.namelist()
        body = [name for name in self.names if name.endswith("document.xml")]
        self.body_name = "word/document.xml" if "word/document.xml" in body else body[0]
        self.folder = self.body_name.rsplit("/", 1)[0] + "/" if "/" in self.body_name else ""
        self.styles: dict[str, Style] = {}
        self.default_style: Style | None = None
        self._read_styles()

    def _parse(self, name: str) -> Any:
        return ElementTree.fromstring(self.archive.read(name))  # check_zip let no entities in

    def _read_styles(self) -> None:
        name = f"{self.folder}styles.xml"
        if name not in self.names:
            return
        root = self._parse(name)
        elements = {_attribute(e, "styleId") or "": e for e in root if _name(e) == "style"}
        defaults = _child(root, "docDefaults", "rPrDefault")
        base = Style(defaults, None) if defaults is not None else None

        def build(style_id: str, depth: int = 0) -> Style | None:
            if style_id in self.styles or style_id not in elements or depth > 20:
                return self.styles.get(style_id, base)
            parent = _attribute(_child(elements[style_id], "basedOn"))
            self.styles[style_id] = Style(elements[style_id], build(parent, depth + 1) if parent else base)
            return self.styles[style_id]

        for style_id, element in elements.items():
            build(style_id)
            if _attribute(element, "default") in ("1", "true") and _attribute(element, "type") == "paragraph":
                self.default_style = self.styles[style_id]
        self.default_style = self.default_style or base

    def part_blocks(self, kind: str) -> list[dict[str, Any]]:
        """Return the blocks of all page headers or footers, what they repeat once."""
        blocks: list[dict[str, Any]] = []
        for name in sorted(n for n in self.names if re.fullmatch(rf"{re.escape(self.folder)}{kind}\d*\.xml", n)):
            for block in Walker(self, self._links(name)).blocks(self._parse(name)):
                if block not in blocks:
                    blocks.append(block | {"part": kind})
        return blocks

    def body_blocks(self) -> list[dict[str, Any]]:
        """Return the blocks of the document itself."""
        root = self._parse(self.body_name)
        return Walker(self, self._links(self.body_name)).blocks(_child(root, "body"))

    def _links(self, part: str) -> dict[str, str]:
        folder, _, stem = part.rpartition("/")
        name = f"{folder}/_rels/{stem}.rels" if folder else f"_rels/{stem}.rels"
        if name not in self.names:
            return {}
        targets = {_attribute(e, "Id") or "": _attribute(e, "Target") or "" for e in self._parse(name)}
        return {key: url for key, url in targets.items() if url.startswith(("http://", "https://", "mailto:"))}


class Walker:
    """Turns one part's elements into blocks: paragraphs, and table rows with blocks in their cells."""

    def __init__(self, word: WordFile, links: dict[str, str]) -> None:
        self.word, self.links = word, links
        self.character_count = 0

    def blocks(self, parent: Any, depth: int = 0) -> list[dict[str, Any]]:
        """Return the blocks below an element, text boxes before the paragraph that anchors them."""
        if parent is None or depth > MAX_DEPTH:
            return []
        found: list[dict[str, Any]] = []
        for element in parent:
            name = _name(element)
            if name == "p":
                found += self._boxes(element, depth)
                found.append(self._paragraph(element))
            elif name == "tr":
                cells = [cell for cell in self._cells(element, depth) if cell]
                found += [{"cells": cells}] if cells else []
            elif name not in _SKIPPED:
                found += self.blocks(element, depth + 1)
        return found

    def _cells(self, row: Any, depth: int) -> Iterator[list[dict[str, Any]]]:
        for element in row:
            if _name(element) == "tc":
                yield [b for b in self.blocks(element, depth + 1) if any(t.strip() for t in _texts_of(b))]
            elif _name(element) in ("sdt", "sdtContent", "customXml", "ins"):
                yield from self._cells(element, depth)

    def _boxes(self, element: Any, depth: int) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = []
        for child in element:
            if _name(child) == "txbxContent":
                found += [block | {"box": True} for block in self.blocks(child, depth + 1)]
            elif _name(child) not in _SKIPPED and depth < MAX_DEPTH:
                found += self._boxes(child, depth + 1)
        return found

    def _paragraph(self, element: Any) -> dict[str, Any]:
        properties = _child(element, "pPr")
        style = self.word.styles.get(_attribute(_child(properties, "pStyle")) or "") or self.word.default_style
        level = _first(_list_level(properties), style.list_level if style else None)
        spans = list(self._spans(element, style, None, 0))
        self.character_count += sum(len(span[0]) for span in spans)
        if self.character_count > MAX_TEXT:
            raise Unreadable("it holds more text than a resume should")
        return {
            "spans": spans,
            "style": style.name if style else "",
            "heading": _heading_of("", properties) or (style.heading if style else 0),
            "level": -1 if level is None else level,
        }

    def _spans(self, element: Any, style: Style | None, link: str | None, depth: int) -> Iterator[list[Any]]:
        """Yield text, bold, italic, size and link of each run; what tabs and breaks stand for is in the text."""
        for child in element:
            name = _name(child)
            if name == "r":
                yield from self._run(child, style, link)
            elif name == "hyperlink":
                yield from self._spans(child, style, self.links.get(_attribute(child, "id") or "", link), depth + 1)
            elif name not in _SKIPPED and name != "txbxContent" and depth < MAX_DEPTH:
                yield from self._spans(child, style, link, depth + 1)

    def _run(self, run: Any, style: Style | None, link: str | None) -> Iterator[list[Any]]:
        own = _child(run, "rPr")
        if _is_on(_child(own, "vanish")):
            return
        character = self.word.styles.get(_attribute(_child(own, "rStyle")) or "")
        bold = _first(_is_on(_child(own, "b")), character and character.bold, style and style.bold)
        italic = _first(_is_on(_child(own, "i")), character and character.italic, style and style.italic)
        size = _first(_number(_attribute(_child(own, "sz"))), style and style.size)
        text = "".join((child.text or "") if _name(child) == "t" else _TEXT_OF.get(_name(child), "") for child in run)
        if text:
            yield [text, bool(bold), bool(italic), (size or 22) / 2, link]
