"""What the file of postings beside a light artifact says: by id, by cluster, and of all postings in batches."""

from collections.abc import ItemsView, Iterator, Mapping, ValuesView
from dataclasses import dataclass, field
from functools import cached_property, partial
from typing import Any

from pipeline.cluster_artifacts.model import Cluster, VacancyRecord
from pipeline.core import ColumnFile, Facts, LazyList

RECORD_COLUMNS = ("title", "company", "location", "posted_on", "second_best", "margin", "is_unlike", "facts")


class PostingRows:
    """The rows of the file, those of repeats aside."""

    def __init__(self, file: ColumnFile) -> None:
        self.file = file

    @cached_property
    def ids(self) -> list[str]:
        """The id in each row."""
        return self.file.values("id")

    @cached_property
    def own(self) -> Any:
        """The rows of postings that are no repeat, as an array."""
        import numpy as np

        return np.flatnonzero(self.file.column("repeats").is_null().to_numpy(zero_copy_only=False))

    @cached_property
    def by_id(self) -> dict[str, int]:
        """The row of each posting that is no repeat."""
        return {self.ids[row]: row for row in self.own.tolist()}

    @cached_property
    def repeats(self) -> dict[str, str]:
        """The posting that each repeat is one of."""
        pairs = zip(self.ids, self.file.values("repeats"), strict=True)
        return {vacancy_id: kept for vacancy_id, kept in pairs if kept is not None}

    @cached_property
    def _members(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for vacancy_id, slug in zip(self.ids, self.file.values("cluster"), strict=True):
            found.setdefault(slug, []).append(vacancy_id)
        return found

    @cached_property
    def _naming(self) -> dict[tuple[str, str], list[str]]:
        found: dict[tuple[str, str], list[str]] = {}
        columns = (self.ids, self.file.values("cluster"), self.file.values("keywords"))
        for vacancy_id, slug, keywords in zip(*columns, strict=True):
            for keyword in keywords or ():
                found.setdefault((slug, keyword), []).append(vacancy_id)
        return found

    def filled(self, cluster: Cluster, *, is_sample: bool) -> Cluster:
        """Return a cluster with its postings, and those of its evidence, to be read when they are asked for.

        How many there are is known without reading them, unless these are a sample.
        """
        evidence = {
            keyword: found.model_copy(
                update={
                    "vacancy_ids": LazyList(
                        None if is_sample else found.count or 0,
                        partial(self.naming, cluster.slug, keyword),
                        () if is_sample else found.vacancy_ids,
                    )
                }
            )
            for keyword, found in cluster.evidence.items()
        }
        members = LazyList(None if is_sample else cluster.size or 0, partial(self.members, cluster.slug))
        return cluster.model_copy(update={"vacancy_ids": members, "evidence": evidence})

    def members(self, slug: str) -> list[str]:
        """Return a cluster's postings."""
        return self._members.get(slug, [])

    def naming(self, slug: str, keyword: str) -> list[str]:
        """Return a cluster's postings that name a keyword."""
        return self._naming.get((slug, keyword), [])

    def position(self, row: int) -> tuple[float, float]:
        """Return where a posting lies on the map."""
        x, y = (self.file.column(axis)[row].as_py() for axis in "xy")
        return round(x, 3), round(y, 3)

    def positions(self) -> dict[str, tuple[float, float]]:
        """Return where all postings lie, for those who draw them."""
        rows = zip(self.ids, self.file.values("x"), self.file.values("y"), strict=True)
        return {vacancy_id: (round(x, 3), round(y, 3)) for vacancy_id, x, y in rows if x is not None}


@dataclass(frozen=True)
class Grouping:
    """Which group of a layer each posting is in: by its id where that is named, else by its role."""

    by_role: Mapping[str, str]
    by_id: Mapping[str, str] = field(default_factory=dict)

    def group(self, vacancy_id: str, role: str) -> str | None:
        """Return the key of the group; None where the layer has none for it."""
        return self.by_id.get(vacancy_id) or self.by_role.get(role)

    def seen(self, record: VacancyRecord, own: str | None) -> VacancyRecord:
        """Return what is kept of a posting of a group; the next best role of its own group is no other group."""
        second = self.by_role.get(record.second_best or "")
        return record.model_copy(update={"second_best": None if second == own else second})


class PostingRecords(Mapping[str, VacancyRecord]):
    """What is kept of each posting, by its id; to look at all, take `items` or `batches`, in the order of the file."""

    def __init__(self, rows: PostingRows, count: int, grouping: Grouping | None = None) -> None:
        """`grouping` is that of a layer other than the roles."""
        self._rows, self._count, self._grouping = rows, count, grouping

    def at_layer(self, grouping: Grouping) -> "PostingRecords":
        """Return the same records as another layer has them."""
        return PostingRecords(self._rows, self._count, grouping)

    def __len__(self) -> int:
        return self._count

    def __iter__(self) -> Iterator[str]:
        return iter(self._rows.by_id)

    def __contains__(self, key: object) -> bool:
        return key in self._rows.by_id

    def __getitem__(self, key: str) -> VacancyRecord:
        return self._record(key, self._rows.file.row(self._rows.by_id[key], self._names))

    def items(self) -> ItemsView[str, VacancyRecord]:
        """Return ids and records; going through them reads the file once, in its order."""
        return _Items(self)

    def values(self) -> ValuesView[VacancyRecord]:
        """Return the records; going through them reads the file once, in its order."""
        return _Values(self)

    def batches(self, names: tuple[str, ...]) -> Iterator[Any]:
        """Yield Arrow tables of `id`, `cluster`, which is the group of the layer, and columns that are named."""
        import pyarrow as pa
        import pyarrow.compute as pc

        for table in self._rows.file.batches(["repeats", "id", "cluster", *names]):
            own = table.filter(pc.is_null(table.column("repeats"))).drop_columns("repeats")
            if self._grouping:
                pairs = zip(own.column("id").to_pylist(), own.column("cluster").to_pylist(), strict=True)
                groups = [self._grouping.group(*pair) for pair in pairs]
                own = own.set_column(1, "cluster", pa.array(groups, pa.string()))
            yield own

    def each(self) -> Iterator[tuple[str, VacancyRecord]]:
        """Yield ids and records in the order of the file."""
        for table in self._rows.file.batches(["id", "repeats", *self._names]):
            columns = [table.column(name).to_pylist() for name in self._names]
            pairs = zip(table.column("id").to_pylist(), table.column("repeats").to_pylist(), strict=True)
            for (vacancy_id, repeats), row in zip(pairs, zip(*columns, strict=True), strict=True):
                if repeats is None:
                    yield vacancy_id, self._record(vacancy_id, dict(zip(self._names, row, strict=True)))

    @cached_property
    def _names(self) -> tuple[str, ...]:
        return ("cluster", *(name for name in RECORD_COLUMNS if name in self._rows.file.names))

    def _record(self, vacancy_id: str, cells: dict[str, Any]) -> VacancyRecord:
        role, facts = cells.pop("cluster"), cells.pop("facts", None)
        stated = Facts.model_validate_json(facts) if facts else None
        record = VacancyRecord.model_construct(**cells, facts=stated)  # the columns have their types
        if self._grouping is None:
            return record
        return self._grouping.seen(record, self._grouping.group(vacancy_id, role))


class _Items(ItemsView[str, VacancyRecord]):
    _mapping: PostingRecords

    def __iter__(self) -> Iterator[tuple[str, VacancyRecord]]:
        return self._mapping.each()


class _Values(ValuesView[VacancyRecord]):
    _mapping: PostingRecords

    def __iter__(self) -> Iterator[VacancyRecord]:
        return (record for _, record in self._mapping.each())
