"""The lists of records in a file of data, wherever they stand, and what the fields of a record are called."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

MAX_DEPTH = 12
LONG_LEAF = 80  # characters from which a list of objects is a text in parts
Record = Mapping[str, Any]


@dataclass(frozen=True)
class UnreadableRow:
    """A row of a file that is no record, and why."""

    reason: str


@dataclass
class RecordList:
    """Records that stand at one place of a file, `results[].jobs[]` for instance, each with the objects around it."""

    path: str
    records: list[Any] = field(default_factory=list)
    around: list[tuple[Record, ...]] = field(default_factory=list)  # the outermost first

    def sample(self, count: int) -> list[Record]:
        """Return at most so many records, from all over the list."""
        readable = [record for record in self.records if isinstance(record, Mapping)]
        return readable[:: max(1, -(-len(readable) // count))]


def find_record_lists(tree: Any) -> list[RecordList]:
    """Return every list of records in a tree of mappings and lists, those around others first.

    A mapping of keys to records of one shape and tables written by columns count as lists; the tree itself is a list
    of one where it is a mapping.
    """
    found: dict[str, RecordList] = {}
    _search(tree, "", (), found)
    return list(found.values())


def _search(node: Any, path: str, around: tuple[Record, ...], found: dict[str, RecordList]) -> None:
    if len(around) > MAX_DEPTH:
        return
    rows = as_rows(node)
    if rows is not None:
        _add(rows, f"{path}[]", around, found)
    elif isinstance(node, Mapping):
        if not path:
            _add([node], "", around, found)
            return
        for key, value in node.items():
            if isinstance(value, (Mapping, list)):
                _search(value, f"{path}.{key}".removeprefix("."), (*around, node), found)


def _add(rows: Sequence[Any], path: str, around: tuple[Record, ...], found: dict[str, RecordList]) -> None:
    here = found.setdefault(path, RecordList(path))
    here.records.extend(rows)
    here.around.extend([around] * len(rows))
    for row in rows:
        if isinstance(row, Mapping):
            for key, value in row.items():
                if isinstance(value, (Mapping, list)):
                    _search(value, f"{path}.{key}".removeprefix("."), (*around, row), found)


def as_rows(node: Any) -> list[Any] | None:
    """Return a node as rows where it is a table in one of the ways that tables are written, else None.

    >>> as_rows({"columns": ["a"], "data": [[1]]})
    [{'a': 1}]
    >>> as_rows({"a": {"0": 1, "1": 2}, "b": {"0": 3, "1": 4}})
    [{'a': 1, 'b': 3}, {'a': 2, 'b': 4}]
    """
    if isinstance(node, list):
        return _list_as_rows(node)
    if not isinstance(node, Mapping) or not node:
        return None
    if (rows := _cells_under_columns(node)) is not None:
        return rows
    values = list(node.values())
    if all(isinstance(value, Mapping) for value in values):
        return _keyed_records(node)
    return _columns_as_rows(node) if all(isinstance(value, list) for value in values) else None


def _list_as_rows(node: list[Any]) -> list[Any] | None:
    if len(node) > 1 and all(isinstance(row, list) for row in node) and _is_header(node[0]):
        return [dict(zip(map(str, node[0]), row, strict=False)) for row in node[1:]]
    return node if any(isinstance(row, (Mapping, UnreadableRow)) for row in node) else None


def _cells_under_columns(node: Record) -> list[Any] | None:
    """Return the rows of a table that names its columns apart from its cells."""
    columns = node.get("columns") or node.get("fields") or node.get("headers")
    data = node.get("data") or node.get("rows")
    if not isinstance(columns, list) or not isinstance(data, list) or not all(isinstance(row, list) for row in data):
        return None
    names = [str(c.get("name", c.get("id", "")) if isinstance(c, Mapping) else c) for c in columns]
    return [dict(zip(names, row, strict=False)) for row in data]


def _columns_as_rows(node: Record) -> list[Any] | None:
    """Return the rows of a table that is written as one list a column."""
    values = list(node.values())
    is_even = len(values) > 1 and all(len(value) == len(values[0]) > 1 for value in values)
    if not is_even or any(isinstance(member, (Mapping, list)) for value in values for member in value[:3]):
        return None
    return [dict(zip(node, row, strict=True)) for row in zip(*values, strict=True)]


def _shared_keys(records: Sequence[Record]) -> list[str]:
    """Return the keys that more than half of some records have."""
    keys = Counter(key for record in records for key in record)
    return [key for key, count in keys.items() if count > len(records) / 2]


def _are_plain(values: Sequence[Any]) -> bool:
    return not any(isinstance(value, (Mapping, list)) for value in values)


def _is_header(row: Any) -> bool:
    return len(row) > 1 and all(isinstance(cell, str) and cell.strip() for cell in row) and len(set(row)) == len(row)


def _keyed_records(node: Record) -> list[Any] | None:
    """Return the records of a mapping of mappings: by key, or by column and then by key."""
    values = list(node.values())
    shared = _shared_keys(values)
    if len(values) < 2 or not shared:
        return None
    if all(_are_plain(list(value.values())[:3]) for value in values) and all(str(key).isdecimal() for key in shared):
        return [{column: value.get(key) for column, value in node.items()} for key in values[0]]
    return [{"key": key, **value} for key, value in node.items()] if len(shared) > 1 else None


def flatten(record: Record, depth: int = 0) -> dict[str, Any]:
    """Return the fields of a record by path: `company.name`, `places[].city`; a list of long texts stays whole.

    >>> flatten({"company": {"name": "Odal"}, "places": [{"city": "Linz"}, {"city": "Graz"}]})
    {'company.name': 'Odal', 'places[].city': ['Linz', 'Graz']}
    """
    fields: dict[str, Any] = {}
    for key, value in record.items():
        name = str(key).strip()
        if isinstance(value, Mapping) and depth < MAX_DEPTH:
            fields.update((f"{name}.{path}", leaf) for path, leaf in flatten(value, depth + 1).items())
        elif isinstance(value, list) and any(isinstance(member, Mapping) for member in value) and depth < MAX_DEPTH:
            fields.update(_flat_list(name, value, depth))
        else:
            fields[name] = value
    return fields


def _flat_list(name: str, members: Sequence[Any], depth: int) -> dict[str, Any]:
    if any(len(leaf) >= LONG_LEAF for leaf in _strings(members)):
        return {name: list(members)}
    columns: dict[str, list[Any]] = defaultdict(list)
    for member in members:
        if isinstance(member, Mapping):
            for path, leaf in flatten(member, depth + 1).items():
                columns[f"{name}[].{path}"].append(leaf)
    return dict(columns)


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, Mapping):
        for member in value.values():
            yield from _strings(member)
    elif isinstance(value, list):
        for member in value:
            yield from _strings(member)


def find_value(record: Record, path: str) -> Any:
    """Return what stands at a path of a record, or None; `[]` goes through all members of a list.

    >>> find_value({"places": [{"city": "Linz"}, {"city": "Graz"}]}, "places[].city")
    ['Linz', 'Graz']
    """
    if path in record:
        return record[path]
    head, _, rest = path.partition(".")
    while head.removesuffix("[]") not in record and rest:
        more, _, rest = rest.partition(".")
        head = f"{head}.{more}"
    value = record.get(head.removesuffix("[]"))
    if head.endswith("[]") and isinstance(value, list):
        return _values_of(value, rest)
    if not rest:
        return value
    if isinstance(value, list):
        value = next((member for member in value if isinstance(member, Mapping)), None)
    return find_value(value, rest) if isinstance(value, Mapping) else None


def _values_of(members: Sequence[Any], path: str) -> list[Any] | None:
    found = [find_value(member, path) for member in members if isinstance(member, Mapping)]
    return [value for value in found if value not in (None, "", [])] or None
