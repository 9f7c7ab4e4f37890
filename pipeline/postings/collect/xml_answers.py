"""XML answers as objects and lists, so that a board's file reads them like JSON."""

from typing import Any
from xml.etree import ElementTree


def read_xml(body: bytes) -> Any:
    """Return what an XML document holds: an element's children by their names, as a list where a name recurs; an
    element without children is its text.

    Raises ValueError, RecursionError or SyntaxError for what is no XML, or declares a document type.
    """
    if b"<!DOCTYPE" in body[:4000]:
        raise ValueError("a document type may declare entities that grow without end")
    return _content(ElementTree.fromstring(body))


def _content(element: ElementTree.Element) -> Any:
    children: dict[str, Any] = {}
    for child in element:
        found = _content(child)
        if child.tag not in children:
            children[child.tag] = found
        elif isinstance(children[child.tag], list):
            children[child.tag].append(found)
        else:
            children[child.tag] = [children[child.tag], found]
    return children or element.text or ""
