"""Lists and mappings that are read when somebody looks into them; how long they are is mostly known before."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any, TypeVar, overload

Key = TypeVar("Key")
Value = TypeVar("Value")


class LazyList(Sequence[Value]):
    """A list equal to any list with the same members."""

    def __init__(self, length: int | None, load: Callable[[], Sequence[Value]], first: Sequence[Value] = ()) -> None:
        """`length` is known before, or None; `first` are the members it starts with: an example then reads nothing."""
        self._length, self._load, self.first = length, load, list(first)

    @cached_property
    def _members(self) -> list[Value]:
        return list(self._load())

    def __len__(self) -> int:
        return len(self._members) if self._length is None else self._length

    @overload
    def __getitem__(self, index: int) -> Value: ...
    @overload
    def __getitem__(self, index: slice) -> list[Value]: ...
    def __getitem__(self, index: Any) -> Any:
        if isinstance(index, slice):
            start, stop, _ = index.indices(len(self))
            if start >= 0 and stop <= len(self.first):
                return self.first[index]
        elif 0 <= index < len(self.first):
            return self.first[index]
        return self._members[index]

    def __iter__(self) -> Iterator[Value]:
        return iter(self._members)

    def __eq__(self, other: object) -> bool:
        if other is self:
            return True
        return isinstance(other, Sequence) and len(self) == len(other) and self._members == list(other)

    __hash__ = None  # type: ignore[assignment]  # as of a list


class LazyDict(Mapping[Key, Value]):
    """A mapping of a known length; each value is made when it is asked for."""

    def __init__(self, length: int, load: Callable[[], Mapping[Key, Any]], make: Callable[[Any], Value]) -> None:
        self._length, self._load, self._make = length, load, make

    @cached_property
    def _items(self) -> Mapping[Key, Any]:
        return self._load()

    def __len__(self) -> int:
        return self._length

    def __getitem__(self, key: Key) -> Value:
        return self._make(self._items[key])

    def __iter__(self) -> Iterator[Key]:
        return iter(self._items)

    def __contains__(self, key: object) -> bool:
        return key in self._items
