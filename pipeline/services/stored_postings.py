"""The stored postings as a list to work with: what each states, setting aside, taking a selection away."""

import io
import json
from collections.abc import Collection, Mapping, Sequence
from typing import Literal

from pipeline.cluster_artifacts import ClusterArtifact, groups_of_postings
from pipeline.core import get_settings
from pipeline.market_trends import NOT_SAID, PostingFacts, facts_of_record
from pipeline.postings import Vacancy, facts_of, read_set_aside, write_set_aside
from pipeline.services.tables import CELL_LIMIT, to_csv, workbook_cell

ExportFormat = Literal["csv", "xlsx", "jsonl"]
EXPORT_TYPES: dict[ExportFormat, str] = {
    "csv": "text/csv",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "jsonl": "application/x-ndjson",
}
EXPORT_COLUMNS = (
    *("id", "title", "company", "location", "posted_on", "kind_of_role", "seniority", "place_of_work", "contract"),
    *("yearly_pay_low", "yearly_pay_high", "currency", "country", "language", "url", "text"),
)


def facts_of_stored(
    vacancies: Sequence[Vacancy],
    artifact: ClusterArtifact | None,
    mentions: Mapping[str, frozenset[str]] | None = None,
    roles: Mapping[str, str] | None = None,
) -> dict[str, PostingFacts]:
    """Return what each stored posting can be asked by: as the artifact keeps it, else found anew.

    A repeat has the role of the posting that it counts as; `roles` gives those of postings that are not clustered.
    """
    named = mentions or {}
    role_of = dict(roles or {})
    role_of |= {i: cluster.slug for cluster in artifact.clusters for i in cluster.vacancy_ids} if artifact else {}
    groups_of = groups_of_postings(artifact)
    same_as = artifact.duplicates if artifact else {}
    facts = {}
    for vacancy in vacancies:
        record = artifact.vacancies.get(vacancy.id) if artifact else None
        counted_as = same_as.get(vacancy.id, vacancy.id)
        role, groups = role_of.get(counted_as, ""), groups_of.get(counted_as, frozenset())
        keywords = named.get(vacancy.id, frozenset())
        if record and record.facts:
            facts[vacancy.id] = facts_of_record(record, role, keywords, groups)
        else:
            stated = facts_of(vacancy)
            facts[vacancy.id] = PostingFacts(
                *(vacancy.title, vacancy.company, vacancy.location, vacancy.posted_on),
                *(stated, role, keywords, groups),
            )
    return facts


def set_aside(ids: Collection[str]) -> None:
    """Leave stored postings out of everything from now on; nothing is deleted. Raises RolemapError."""
    folder = get_settings().vacancies_path
    write_set_aside(folder, [*read_set_aside(folder), *ids])


def bring_back(ids: Collection[str]) -> None:
    """Have postings that were set aside count again. Raises RolemapError."""
    folder = get_settings().vacancies_path
    write_set_aside(folder, [each for each in read_set_aside(folder) if each not in ids])


def postings_set_aside() -> list[str]:
    """Return the ids of the postings that were set aside. Raises RolemapError."""
    return read_set_aside(get_settings().vacancies_path)


def export_postings(
    vacancies: Sequence[Vacancy], facts: Mapping[str, PostingFacts], roles: Mapping[str, str], kind: ExportFormat
) -> bytes:
    """Return postings with what they state as one file, which Rolemap can read again. `roles` names the roles."""
    rows = [_row(vacancy, facts[vacancy.id], roles) for vacancy in vacancies]
    if kind == "csv":
        return to_csv(EXPORT_COLUMNS, [["" if cell is None else cell for cell in row] for row in rows]).encode()
    if kind == "jsonl":
        records = (dict(zip(EXPORT_COLUMNS, row, strict=True)) for row in rows)
        lines = ({name: value for name, value in record.items() if value is not None} for record in records)
        return "".join(json.dumps(line, ensure_ascii=False, default=str) + "\n" for line in lines).encode()
    return _workbook(rows)


def _row(vacancy: Vacancy, facts: PostingFacts, roles: Mapping[str, str]) -> list[object]:
    pay = facts.facts.pay
    return [
        *(vacancy.id, vacancy.title, vacancy.company, vacancy.location, vacancy.posted_on),
        roles.get(facts.role),
        *(said(facts.seniority), said(facts.workplace), said(", ".join(sorted(facts.employment)))),
        *((pay.yearly_low, pay.yearly_high, pay.currency) if pay else (None, None, None)),
        *(said(facts.country), said(facts.language), vacancy.url, vacancy.text),
    ]


def said(value: str) -> str | None:
    """Return what a posting says of itself; None where it says nothing."""
    return None if value == NOT_SAID else value


def _workbook(rows: Sequence[Sequence[object]]) -> bytes:
    import xlsxwriter

    out = io.BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "default_date_format": "yyyy-mm-dd",
    }
    with xlsxwriter.Workbook(out, options) as book:
        sheet = book.add_worksheet("Postings")
        cells = [[workbook_cell(cell) for cell in row] for row in rows]
        heads = [{"header": name} for name in EXPORT_COLUMNS]
        sheet.add_table(0, 0, max(1, len(cells)), len(heads) - 1, {"data": cells, "columns": heads, "name": "Postings"})
        sheet.freeze_panes(1, 2)
        sheet.set_column(0, len(heads) - 1, 16)
    return out.getvalue()


def too_long_for_a_cell(vacancies: Sequence[Vacancy]) -> int:
    """Return how many texts a workbook would cut."""
    return sum(len(vacancy.text) > CELL_LIMIT for vacancy in vacancies)
