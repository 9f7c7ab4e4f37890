"""XML elements told by their local names, whatever namespace a version puts them in."""

import io
from collections.abc import Iterator
from typing import Any
from xml.etree import ElementTree

from pipeline.core import UnreadableDocument
from pipeline.resumes.reading.formats.rich_text import lines_of

MAX_DEPTH = 60


def root_of(data: bytes) -> Any:
    """Parse XML. Raises UnreadableDocument where it is damaged, nested too deep, or declares entities."""
    if b"<!DOCTYPE" in data or b"<!ENTITY" in data:
        raise UnreadableDocument("it declares XML entities, which a Europass CV never does")
    depth, root = 0, None
    try:
        for event, element in ElementTree.iterparse(io.BytesIO(data), ("start", "end")):
            root = element if root is None else root
            depth += 1 if event == "start" else -1
            if depth > MAX_DEPTH:
                raise UnreadableDocument("its elements are nested deeper than those of a resume")
    except (ElementTree.ParseError, ValueError) as error:
        raise UnreadableDocument("it is not valid XML, or is damaged") from error
    return root


def name_of(element: Any) -> str:
    """Return an element's name without its namespace."""
    return element.tag.rsplit("}", 1)[-1] if isinstance(element.tag, str) else ""


def children(element: Any, name: str) -> list[Any]:
    """Return the elements of a name right below one."""
    return [child for child in element if name_of(child) == name] if element is not None else []


def child(element: Any, *path: str) -> Any:
    """Return the first element at a path below one; None where there is none."""
    for name in path:
        element = next(iter(children(element, name)), None)
    return element


def descendants(element: Any, *names: str) -> Iterator[Any]:
    """Yield the elements of these names anywhere below one, in order."""
    for found in element.iter() if element is not None else ():
        if name_of(found) in names:
            yield found


def text(element: Any, *path: str) -> str | None:
    """Return the text at a path as one line, without markup; None where there is none."""
    found = child(element, *path) if path else element
    if found is None:
        return None
    return " ".join(line.text for line in lines_of("".join(found.itertext()))).strip() or None


def raw(element: Any, *path: str) -> str:
    """Return the text at a path as it is written, which may be HTML."""
    found = child(element, *path)
    return "".join(found.itertext()).strip() if found is not None else ""


def words_of(name: str) -> str:
    """Return an element's name as words.

    >>> words_of("HobbiesAndInterests")
    'Hobbies and interests'
    """
    spaced = "".join(f" {letter.lower()}" if letter.isupper() else letter for letter in name).strip()
    return spaced[:1].upper() + spaced[1:]


def joined(*texts: str | None, by: str = ", ") -> str | None:
    """Join the texts that are there."""
    return by.join(text for text in texts if text) or None
