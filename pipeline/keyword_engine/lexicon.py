"""The lexicon: names of technologies and hard skills with their spellings, from data files anyone can extend.

A file is CSV with the columns `name, kind, aliases, near, not_near`; lists inside a field are separated by
semicolons. A spelling led by `=` counts only in that case, or in capitals; one led by `~` is ambiguous and counts only
in that case and in a telling context, for which `near` and `not_near` name words and phrases of the same sentence.
"""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from functools import cache
from pathlib import Path
from typing import Literal, cast

from pipeline.core import DATA, RolemapError

LEXICON_FOLDER = DATA / "lexicon"
COLUMNS = ("name", "kind", "aliases", "near", "not_near")

_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])")
_HUMPS = re.compile(r"(?:[A-Z][a-z]{2,}){2,3}")
_CAPITALISED = re.compile(r"[A-Z][a-z]{2,}(?: [A-Z][A-Za-z]+){1,2}")
_PLAIN = re.compile(r"[a-z]+(?: [a-z]+)*")  # as most spellings are already
_GAPS = re.compile(r"[\s\u00a0\-\u2010-\u2015]+")

Kind = Literal["technology", "skill"]


class Case(Enum):
    """How strictly a spelling must be met."""

    ANY = ""
    EXACT = "="
    AMBIGUOUS = "~"


@dataclass(frozen=True)
class Spelling:
    """One way a name is written."""

    text: str
    case: Case


@dataclass(frozen=True)
class Entry:
    """One technology or skill. `keyword` is its canonical name in lower case."""

    name: str
    kind: Kind
    spellings: tuple[Spelling, ...]
    near: tuple[str, ...] = ()
    not_near: tuple[str, ...] = ()

    @property
    def keyword(self) -> str:
        """The canonical name in lower case, as it stands in taxonomies."""
        return self.name.lower()


def fold(text: str) -> str:
    """Return the form in which two spellings are compared: case, hyphens and kinds of space do not count.

    >>> fold("Scikit-Learn") == fold("scikit  learn")
    True
    """
    lower = text.lower()
    return lower if _PLAIN.fullmatch(lower) else " ".join(_GAPS.sub(" ", lower).split())


def parse_spelling(text: str) -> Spelling:
    """Read a spelling with its mark.

    >>> parse_spelling("~Go")
    Spelling(text='Go', case=<Case.AMBIGUOUS: '~'>)
    """
    text = text.strip()
    if text[:1] in ("=", "~") and len(text) > 1:
        return Spelling(text[1:].strip(), Case(text[0]))
    return Spelling(text, Case.ANY)


def _entry(row: dict[str, str]) -> Entry:
    name = parse_spelling(row["name"])
    aliases = [parse_spelling(alias) for alias in (row.get("aliases") or "").split(";") if alias.strip()]
    if row["kind"] not in ("technology", "skill"):
        raise ValueError(f"kind is {row['kind']!r}; it must be technology or skill")
    if not name.text:
        raise ValueError("the name is empty")
    return Entry(
        name=name.text,
        kind=cast(Kind, row["kind"]),
        spellings=(name, *aliases),
        near=_words(row.get("near")),
        not_near=_words(row.get("not_near")),
    )


def _words(text: str | None) -> tuple[str, ...]:
    return tuple(part.strip().lower() for part in (text or "").split(";") if part.strip())


def read_lexicon_file(path: Path) -> list[Entry]:
    """Read one file of entries. Raises RolemapError with the file, the line and what is wrong."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise RolemapError(f"The lexicon {path} cannot be read: {error}.") from error
    return list(_read_entries(text, path.name))


def _read_entries(text: str, name: str) -> Iterator[Entry]:
    reader = csv.DictReader(io.StringIO(text))
    if not reader.fieldnames or not {"name", "kind"} <= set(reader.fieldnames):
        raise RolemapError(f"The lexicon {name} needs a first line with the columns {', '.join(COLUMNS)}.")
    for row in reader:
        try:
            yield _entry({key: value or "" for key, value in row.items() if key})
        except ValueError as error:
            raise RolemapError(f"The lexicon {name}, line {reader.line_num}: {error}.") from error


def merge_entries(base: Iterable[Entry], added: Iterable[Entry]) -> list[Entry]:
    """Return the entries of both.

    An added spelling takes over one that is there, so that a user's file has the last word.
    """
    added = list(added)
    taken = {fold(spelling.text) for entry in added for spelling in entry.spellings}
    merged = []
    for entry in base:
        rest = tuple(s for s in entry.spellings if fold(s.text) not in taken)
        if rest:
            merged.append(Entry(entry.name, entry.kind, rest, entry.near, entry.not_near))
    return merged + added


def with_other_spacings(entries: Sequence[Entry]) -> list[Entry]:
    """Return entries whose names may also be written apart or together, as "Test Stand" and "SpringBoot" are.

    Words apart may mean themselves, so they need a telling context. No spelling is taken from another entry.
    """
    taken = {fold(spelling.text) for entry in entries for spelling in entry.spellings}
    widened = []
    for entry in entries:
        is_plain = entry.kind == "technology" and entry.spellings[0].case is not Case.AMBIGUOUS
        other = _other_spacing(entry.name) if is_plain else None
        if other and fold(other.text) not in taken:
            taken.add(fold(other.text))
            entry = replace(entry, spellings=(*entry.spellings, other))
        widened.append(entry)
    return widened


def _other_spacing(name: str) -> Spelling | None:
    """Return a name's humps written apart, or its capitalised words written together.

    >>> _other_spacing("TestStand").text, _other_spacing("Spring Boot").text, _other_spacing("iOS")
    ('Test Stand', 'SpringBoot', None)
    """
    if _HUMPS.fullmatch(name):
        return Spelling(_HUMP.sub(" ", name), Case.AMBIGUOUS)
    return Spelling(name.replace(" ", ""), Case.EXACT) if _CAPITALISED.fullmatch(name) else None


@cache
def _built_in() -> tuple[Entry, ...]:
    entries = [entry for path in sorted(LEXICON_FOLDER.glob("*.csv")) for entry in read_lexicon_file(path)]
    return tuple(with_other_spacings(entries))


def load_lexicon(extra: Sequence[Path] = ()) -> list[Entry]:
    """Return the built-in entries, and those of the user's own files beside them.

    Raises RolemapError where a file of the user's cannot be used.
    """
    entries = list(_built_in())
    for path in extra:
        entries = merge_entries(entries, read_lexicon_file(path))
    return entries
