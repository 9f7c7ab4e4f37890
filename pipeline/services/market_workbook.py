"""The market as an Excel workbook: real tables with real charts, to go on working with."""

import io
from collections.abc import Collection, Sequence
from typing import Any

from pipeline.cluster_artifacts import ClusterArtifact, get_cluster_categories
from pipeline.keyword_engine import keyword_label
from pipeline.market_trends import COUNTED, FactShares, pay_by_role, shares_by_role
from pipeline.report import MarketFindings, cluster_sizes, keyword_matrix, posting_facts
from pipeline.services.tables import workbook_cell

SHARE, COUNT = "0%", "#,##0"
MATRIX_KEYWORDS = 40
MOST_SHEET_LETTERS = 31  # that Excel allows in a sheet's name
Rows = Sequence[Sequence[object]]


def market_workbook(findings: MarketFindings) -> bytes:
    """Return what the report says as a workbook: a sheet a question, each with a table and, where it helps, a chart."""
    import xlsxwriter

    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(out, options) as book:
        book.set_properties({"title": "The job market", "comments": str(workbook_cell(findings.filters))})
        sheets = _Sheets(book)
        artifact, shown = findings.artifact, findings.shown
        _kinds(sheets, artifact, shown)
        _keywords(sheets, findings)
        _pay(sheets, artifact, shown)
        facts = posting_facts(artifact)
        for fact in COUNTED:
            _shares(sheets, shares_by_role(fact, artifact.clusters, facts, shown))
        _trends(sheets, findings)
        for table in findings.tables:
            sheets.add(table.short, table.heads, table.rows, [(column, SHARE) for column in sorted(table.shares)])
    return out.getvalue()


class _Sheets:
    """Adds sheets with one table each."""

    def __init__(self, book: Any) -> None:
        self.book = book
        self._formats = {name: book.add_format({"num_format": name}) for name in (SHARE, COUNT)}

    def add(self, title: str, heads: Sequence[str], rows: Rows, formats: Collection[tuple[int, str]] = ()) -> Any:
        """Return a new sheet that holds a table; `formats` gives some columns' number formats."""
        sheet = self.book.add_worksheet(title[:MOST_SHEET_LETTERS])
        styles = dict(formats)
        columns: list[dict[str, Any]] = []
        for number, head in enumerate(_apart(heads)):
            style = {"format": self._formats[styles[number]]} if number in styles else {}
            columns.append({"header": head, **style})
        cells = [[workbook_cell(cell) for cell in row] for row in rows]
        last = max(1, len(cells))
        sheet.add_table(
            0, 0, last, len(columns) - 1, {"data": cells, "columns": columns, "style": "Table Style Light 9"}
        )
        sheet.freeze_panes(1, 1)
        sheet.set_column(0, 0, 32)
        sheet.set_column(1, max(1, len(columns) - 1), 15)
        return sheet

    def bars(self, sheet: Any, column: int, rows: int, heads: int, title: str) -> None:
        """Draw one column of a sheet's table as bars beside it, the first row on top."""
        chart = self.book.add_chart({"type": "bar"})
        name = sheet.get_name()
        chart.add_series(
            {
                "categories": [name, 1, 0, rows, 0],
                "values": [name, 1, column, rows, column],
                "data_labels": {"value": True},
                "gap": 60,
            }
        )
        chart.set_title({"name": title, "overlay": False})
        chart.set_legend({"none": True})
        chart.set_y_axis({"reverse": True})
        chart.set_size({"width": 620, "height": 90 + 26 * rows})
        sheet.insert_chart(1, heads + 1, chart)


def _apart(heads: Sequence[str]) -> list[str]:
    """Return heads of which no two are alike to Excel, which minds no capitals."""
    taken: set[str] = set()
    apart = []
    for head in heads:
        plain = str(workbook_cell(head)) or "-"
        own, number = plain, 2
        while own.casefold() in taken:
            own, number = f"{plain} {number}", number + 1
        taken.add(own.casefold())
        apart.append(own)
    return apart


def _kinds(sheets: _Sheets, artifact: ClusterArtifact, shown: Collection[str]) -> None:
    sizes = cluster_sizes(artifact, shown)
    total = sum(size.shown for size in sizes) or 1
    pools = {category.slug: category.keywords for category in get_cluster_categories(artifact)}
    rows = [
        (
            size.name,
            size.shown,
            size.shown / total,
            ", ".join(keyword_label(each, artifact.labels) for each in pools.get(size.slug, [])[:8]),
        )
        for size in sizes
    ]
    heads = ["Kind of role", "Postings", "Share", "What marks it out"]
    sheet = sheets.add("Kinds of role", heads, rows, [(1, COUNT), (2, SHARE)])
    sheets.bars(sheet, 1, len(rows), len(heads), "Postings of each kind of role")


def _keywords(sheets: _Sheets, findings: MarketFindings) -> None:
    artifact = findings.artifact
    matrix = keyword_matrix(artifact.clusters, findings.mentions, findings.shown, artifact.labels, MATRIX_KEYWORDS)
    rows = [[label, *shares] for label, shares in zip(matrix.labels, matrix.shares, strict=True)]
    heads = ["Keyword", *(cluster.name for cluster in matrix.clusters)]
    sheet = sheets.add("Keywords", heads, rows, [(n, SHARE) for n in range(1, len(heads))])
    scale = {"type": "2_color_scale", "min_color": "#FFFFFF", "max_color": "#4477AA"}
    sheet.conditional_format(1, 1, max(1, len(rows)), max(1, len(heads) - 1), scale)


def _pay(sheets: _Sheets, artifact: ClusterArtifact, shown: Collection[str]) -> None:
    ranges = pay_by_role(artifact.clusters, posting_facts(artifact), shown)
    if not ranges:
        return
    rows = [(p.name, p.currency, p.count, p.total, p.lower_quarter, p.median, p.upper_quarter) for p in ranges]
    heads = ["Kind of role", "Currency", "State their pay", "Postings", "Lower quarter", "Median", "Upper quarter"]
    sheet = sheets.add("Pay a year", heads, rows, [(n, COUNT) for n in range(2, 7)])
    if len({p.currency for p in ranges}) == 1:  # currencies are never mixed in a picture
        sheets.bars(sheet, 5, len(rows), len(heads), f"Median pay a year, {ranges[0].currency}")


def _shares(sheets: _Sheets, shares: FactShares) -> None:
    titles = {"workplace": "Place of work", "seniority": "Level", "employment": "Contract"}
    rows = [
        [name, total, *counts] for name, total, counts in zip(shares.names, shares.totals, shares.counts, strict=True)
    ]
    sheets.add(titles[shares.fact], ["Kind of role", "Postings", *shares.values], rows)


def _trends(sheets: _Sheets, findings: MarketFindings) -> None:
    report = findings.trends
    if report is None:
        return
    rows = [
        (t.label, t.direction, t.vacancy_count, t.share, t.share_start, t.share_end)
        for t in (*report.of("rising", "new"), *report.of("fading"), *report.of("steady"))
    ]
    heads = ["Keyword", "Direction", "Postings", "Share", "Fitted at the start", "Fitted at the end"]
    if rows:
        sheets.add("Trends", heads, rows, [(2, COUNT), (3, SHARE), (4, SHARE), (5, SHARE)])
    months = [
        [month, count, *(category.monthly[number] for category in report.categories)]
        for number, (month, count) in enumerate(zip(report.months, report.postings, strict=True))
    ]
    heads = ["Month", "Postings", *(category.name for category in report.categories)]
    sheet = sheets.add("By month", heads, months)
    chart = sheets.book.add_chart({"type": "column", "subtype": "percent_stacked"})
    for number in range(2, len(heads)):
        name = sheet.get_name()
        chart.add_series(
            {
                "name": [name, 0, number],
                "categories": [name, 1, 0, len(months), 0],
                "values": [name, 1, number, len(months), number],
            }
        )
    if len(heads) > 2:
        chart.set_title({"name": "How the market is shared, by month"})
        chart.set_size({"width": 720, "height": 380})
        sheet.insert_chart(1, len(heads) + 1, chart)
