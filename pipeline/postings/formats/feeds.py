"""XML as feeds and applicant systems write it: elements become mappings, repeated ones lists."""

from collections import defaultdict
from typing import Any

from pipeline.core import UnreadableDocument
from pipeline.postings.formats.content import Content, Format

MAX_DEPTH = 60


def _read(data: bytes) -> Content:
    from lxml import etree  # type: ignore[import-untyped]

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, recover=True)
    try:
        root = etree.fromstring(data.lstrip(), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise UnreadableDocument("it is not readable XML") from error
    if root is None:
        raise UnreadableDocument("it is not readable XML")
    if _name(root) == "html":
        from pipeline.postings.encodings import decode
        from pipeline.postings.formats.pages import read_page

        return read_page(decode(data))
    return Content(tree={_name(root): _as_data(root, 0)}, what="XML")


def _as_data(element: Any, depth: int) -> Any:
    """Return an element as text, or as a mapping where it has elements or attributes of its own."""
    from lxml import etree

    children = [child for child in element if isinstance(child.tag, str)]
    own = "".join([element.text or "", *(child.tail or "" for child in element)]).strip()
    attributes = _attributes(element)
    if (children and _is_markup(children, own)) or depth > MAX_DEPTH:
        return etree.tostring(element, encoding="unicode", method="html", with_tail=False)
    if not children:
        return own if own or not attributes else attributes
    fields: dict[str, list[Any]] = defaultdict(list)
    for child in children:
        fields[_name(child)].append(_as_data(child, depth + 1))
    return attributes | {name: values[0] if len(values) == 1 else values for name, values in fields.items()}


def _attributes(element: Any) -> dict[str, str]:
    """Return what an element says of itself beside its content, without what only tells of its type."""
    named = {_local(key): value for key, value in element.attrib.items()}
    return {name: value for name, value in named.items() if name not in ("nil", "type", "lang")}


_MARKUP = frozenset("p br ul ol li div span b i strong em h1 h2 h3 h4 a table u".split())


def _is_markup(children: list[Any], own: str) -> bool:
    """Tell whether an element holds a text with marks in it rather than fields."""
    return all(_name(child).lower() in _MARKUP for child in children)


def _name(element: Any) -> str:
    return _local(str(element.tag))


def _local(name: Any) -> str:
    return str(name).rsplit("}", 1)[-1]


FORMATS = (Format((".xml", ".rss", ".atom"), _read, holds_rows=True, max_bytes=100_000_000),)
