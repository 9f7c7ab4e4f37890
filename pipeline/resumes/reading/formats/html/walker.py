"""The elements of a page as blocks: headings, paragraphs, list items, table rows, and what stands beside what."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Any

from pipeline.core import UnreadableDocument
from pipeline.resumes.reading.formats.blocks import Block, paragraph
from pipeline.resumes.reading.formats.html.styles import Look, StyleSheet
from pipeline.resumes.reading.learned.headings import heads_section

MAX_DEPTH = 150
_SKIPPED = frozenset(
    "head script style noscript template iframe svg math button input select textarea dialog object canvas video audio "
    "img -comment".split()
)
_BLOCKS = frozenset(
    "address article aside blockquote body caption center dd details dialog div dl dt fieldset figcaption figure "
    "footer form h1 h2 h3 h4 h5 h6 header hgroup hr html li main menu nav ol p pre section summary table tbody td "
    "tfoot th thead tr ul".split()
)
_LISTS = frozenset(("ul", "ol", "menu"))
_BOLD = frozenset("b strong h1 h2 h3 h4 h5 h6 th dt".split())
_ITALIC = frozenset("i em cite dfn address".split())
_ANY_BLOCK = ",".join(sorted(_BLOCKS - {"html"}))
_PLAIN = Look()
_SIZES = {"h1": 2.0, "h2": 1.5, "h3": 1.17}  # of the body's, where the page does not say
_CONTACT_LINK = 'a[href^="mailto:"], a[href^="tel:"]'
_HEADINGS = "h1, h2, h3, h4, h5, h6"


def parsed(html: str) -> Any:
    """Return the root element of a page or a piece of one."""
    from selectolax.lexbor import LexborHTMLParser

    return LexborHTMLParser(html).root


def page_blocks(root: Any) -> tuple[list[Block], list[Block]]:
    """Return the blocks of a page, and those of its frame, which is no part of the resume."""
    walker = _Walker(StyleSheet.of(root))
    blocks = walker.blocks(root)
    return blocks, walker.frame


@dataclass(frozen=True, slots=True)
class _Context:
    """What the elements around one say of it."""

    look: Look = _PLAIN
    heading: int = 0
    level: int = -1
    link: str | None = None
    keeps_spaces: bool = False
    depth: int = 0


@dataclass
class _Walker:
    styles: StyleSheet
    frame: list[Block] = field(default_factory=list)

    def blocks(self, element: Any, context: _Context | None = None) -> list[Block]:
        """Return the blocks below an element; runs of text between them are paragraphs."""
        context = context or _Context()
        if context.depth > MAX_DEPTH:
            raise UnreadableDocument("its elements are nested deeper than those of a resume")
        found: list[Block] = []
        spans: list[list[Any]] = []
        starts_item = context.level >= 0

        def end_paragraph() -> None:
            nonlocal starts_item
            if any(span[0].strip() for span in spans):
                level = context.level if starts_item else -1
                found.append(paragraph(_tidied(spans, context.keeps_spaces), heading=context.heading, level=level))
                starts_item = False
            spans.clear()

        for child in element.iter(include_text=True) if element is not None else ():
            if self._is_hidden(child):
                continue
            if not self._holds_blocks(child):
                spans += self._spans(child, context)
                continue
            end_paragraph()
            found += self._block(child, self._inside(child, context), starts_item)
            starts_item = starts_item and not found
        end_paragraph()
        return found

    def _inside(self, element: Any, context: _Context) -> _Context:
        tag = element.tag
        look = self.styles.look(element, replace(context.look, size=_SIZES.get(tag, 1.0) * context.look.size))
        return replace(
            context,
            look=replace(look, bold=True) if tag in _BOLD else replace(look, italic=True) if tag in _ITALIC else look,
            heading=int(tag[1]) if re.fullmatch("h[1-6]", tag) else context.heading,
            link=(element.attributes.get("href") or None) if tag == "a" else context.link,
            keeps_spaces=context.keeps_spaces or tag == "pre",
            depth=context.depth + 1,
        )

    def _block(self, element: Any, inside: _Context, starts_item: bool) -> list[Block]:
        tag = element.tag
        if self._is_frame(element):
            self.frame += self.blocks(element, inside)
            return []
        if tag in _LISTS:
            is_list = self.styles.shows_marks(element)
            return self.blocks(element, replace(inside, level=inside.level if is_list else -2))
        if tag == "li":
            level = -1 if inside.level == -2 else inside.level + 1
            return self.blocks(element, replace(inside, level=level))
        if tag == "tr":
            return self._row(list(element.iter()), inside)
        if tag == "dl":
            return self._definitions(element, inside)
        if self.styles.is_row(element):
            children = [child for child in element.iter() if not self._is_hidden(child)]
            if len(children) > 1:
                return self._row(children, inside)
        return self.blocks(element, inside if starts_item else replace(inside, level=min(inside.level, -1)))

    def _row(self, elements: list[Any], inside: _Context) -> list[Block]:
        """Return elements that stand beside each other as a row, those of one element as they are."""
        plain = replace(inside, level=-1)
        cells = [
            self.blocks(_Wrapped(each), self._inside(each, plain)) for each in elements if not self._is_hidden(each)
        ]
        cells = [cell for cell in cells if cell]
        return cells[0] if len(cells) == 1 else [{"cells": cells}] if cells else []

    def _definitions(self, element: Any, inside: _Context) -> list[Block]:
        """Return each term of a definition list with what stands below it as a row."""
        rows: list[list[list[Block]]] = []
        waiting = [child for group in element.iter() for child in (group.iter() if group.tag == "div" else [group])]
        for child in waiting:
            if child.tag not in ("dt", "dd"):
                continue
            blocks = self.blocks(child, self._inside(child, replace(inside, level=-1)))
            if not rows or (child.tag == "dt" and len(rows[-1]) > 1):
                rows.append([])
            rows[-1] += [blocks] if blocks else []
        return [{"cells": cells} for cells in rows if cells]

    def _is_hidden(self, element: Any) -> bool:
        if element.tag == "-text":
            return False
        attributes = element.attributes
        return (
            element.tag in _SKIPPED
            or "hidden" in attributes
            or attributes.get("aria-hidden") == "true"
            or self.styles.is_hidden(element)
        )

    def _holds_blocks(self, element: Any) -> bool:
        tag = element.tag
        return tag in _BLOCKS or (tag not in ("-text", "br") and element.css_first(_ANY_BLOCK) is not None)

    def _is_frame(self, element: Any) -> bool:
        """Tell whether an element is navigation, or an aside or a footer without a section or a contact link."""
        if element.tag == "nav" or element.attributes.get("role") == "navigation":
            return True
        if element.tag not in ("aside", "footer") or element.css_first(_CONTACT_LINK) is not None:
            return False
        titles = [heading.text().strip() for heading in element.css(_HEADINGS)]
        return not any(map(heads_section, titles))

    def _spans(self, element: Any, context: _Context) -> Iterator[list[Any]]:
        """Yield text, bold, italic, size and link of what an element of a paragraph holds."""
        if element.tag == "-text":
            look = context.look
            yield [element.text(deep=False) or "", look.bold, look.italic, look.size, context.link]
            return
        if element.tag == "br":
            yield ["\n" if context.keeps_spaces else "\v", False, False, context.look.size, None]
            return
        if context.depth > MAX_DEPTH:
            raise UnreadableDocument("its elements are nested deeper than those of a resume")
        inside = self._inside(element, context)
        is_apart = self.styles.stands_apart(element)
        if is_apart:
            yield ["\t", False, False, inside.look.size, None]
        for child in element.iter(include_text=True):
            if not self._is_hidden(child):
                yield from self._spans(child, inside)
        if is_apart:
            yield ["\t", False, False, inside.look.size, None]


class _Wrapped:
    """An element as the one child of another, for reading it whole."""

    def __init__(self, element: Any) -> None:
        self.element = element

    def iter(self, include_text: bool = True) -> list[Any]:
        """Return the element."""
        return [self.element]


def _tidied(spans: list[list[Any]], keeps_spaces: bool) -> list[list[Any]]:
    """Even out white space as browsers do: one blank for any run, line breaks only where the page breaks them."""
    if keeps_spaces:
        return spans
    result: list[list[Any]] = []
    before = "\v"
    for text, *rest in spans:
        even = re.sub(r"[ \r\n\f]+", " ", text) if text not in ("\t", "\v") else text
        even = re.sub("[ \u00a0]*\u00a0[ \u00a0]{3,}", "\t", even).replace("\u00a0", " ")
        if before[-1] in " \v\t" and even[:1] == " ":
            even = even[1:]
        if even:
            result.append([even.replace("\v", "\n"), *rest])
            before = even
    return result
