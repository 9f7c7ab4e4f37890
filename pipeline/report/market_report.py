"""A report of the market as one HTML file to send to a colleague: clusters, keyword pools, trends, method."""

import math
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from pipeline.cluster_artifacts import Cluster, ClusterArtifact, cluster_marks
from pipeline.market_trends import CategoryTrend, KeywordTrend, TrendReport
from pipeline.report.extra_table import ReportTable
from pipeline.report.facts_section import facts_section
from pipeline.report.map_labels import place_labels
from pipeline.report.market_view import Mentions, cluster_sizes, keyword_matrix, pool_counts
from pipeline.report.marks import MAP_HEIGHT, MAP_WIDTH, bar, escaped, heat_cell, interval, mark, point_map, table, text
from pipeline.report.method import method_section
from pipeline.report.page import page
from pipeline.report.palette import colour_of

POOL_SHOWN = 15  # keywords of a cluster
TRENDS_SHOWN = 15  # rising, and as many fading
TABLE_ROWS = 30  # of what else there is to show
HEAT_CLUSTERS = 12  # in one table, so that it can be printed
GREEN, RED, GREY = "#228833", "#BB5566", "#767676"


@dataclass(frozen=True)
class MarketFindings:
    """What a report says. `filters` puts in words what was left out; `trends_notice` why there are no trends.

    `tables` are what else there is to show.
    """

    artifact: ClusterArtifact
    shown: Collection[str]
    mentions: Mentions
    trends: TrendReport | None = None
    trends_notice: str = ""
    filters: str = ""
    tables: Sequence[ReportTable] = ()


def market_report(findings: MarketFindings) -> str:
    """Return the report: the same findings give the same text, and it needs no other file."""
    artifact, shown = findings.artifact, findings.shown
    total = sum(size.shown for size in cluster_sizes(artifact, shown))
    kinds = len(artifact.clusters)
    title = f"The job market in {total:,} {'posting' if total == 1 else 'postings'}"
    introduction = f"<p>{_overview(findings, total)}</p>"
    if findings.filters:
        introduction += f"<p><strong>Only a part of the postings:</strong> {text(findings.filters)}.</p>"
    sections = [
        ("kinds", f"Which {kinds} kinds of role are there?" if kinds > 1 else "Which kind of role is there?", ""),
        ("map", "Which postings are alike?", _map(artifact, shown)),
        ("apart", "Which keywords set the kinds of role apart?", _heat_tables(findings)),
        ("pools", "What does each kind of role ask for?", "".join(_pools(artifact, shown))),
        ("facts", "What do the postings state?", facts_section(artifact, shown, lambda n: _name(artifact, n))),
        ("trends", "What is asked for more, and what less?", _trends(findings)),
        *((table.key, table.question, table.html(TABLE_ROWS)) for table in findings.tables),
        ("method", "How was this found?", method_section(artifact, findings.trends)),
    ]
    sections[0] = (*sections[0][:2], _sizes(artifact, shown, total))
    return page(title, introduction, [section for section in sections if section[2]])


def _overview(findings: MarketFindings, total: int) -> str:
    records = [findings.artifact.vacancies[i] for i in findings.shown if i in findings.artifact.vacancies]
    companies = {" ".join(record.company.split()).casefold() for record in records if record.company}
    days = sorted(record.posted_on for record in records if record.posted_on)
    words = f"{total:,} different postings"
    if companies:
        words += f" of {len(companies):,} {'company' if len(companies) == 1 else 'companies'}"
    if days:
        words += f", posted from {days[0]} to {days[-1]}"
    return f"{words}. {len(findings.artifact.clusters)} kinds of role were found in them by what they say."


def _name(artifact: ClusterArtifact, number: int) -> str:
    return mark(_mark_of(artifact, number), _colour(artifact, number)) + text(artifact.clusters[number].name)


def _mark_of(artifact: ClusterArtifact, number: int) -> int:
    return cluster_marks(artifact)[artifact.clusters[number].slug]


def _colour(artifact: ClusterArtifact, number: int) -> str:
    return colour_of(_mark_of(artifact, number))


def _sizes(artifact: ClusterArtifact, shown: Collection[str], total: int) -> str:
    sizes = cluster_sizes(artifact, shown)
    most = max((size.shown for size in sizes), default=0)
    rows = [
        (
            _name(artifact, number),
            bar(
                size.shown,
                most,
                _colour(artifact, number),
                f"{size.shown:,} ({size.shown / total:.0%})" if total else "0",
            ),
            text(artifact.clusters[number].summary),
        )
        for number, size in enumerate(sizes)
    ]
    return table(["Kind of role", "Postings", "In short"], rows)


def _map(artifact: ClusterArtifact, shown: Collection[str]) -> str:
    groups = []
    for number, cluster in enumerate(artifact.clusters):
        points = [
            (*artifact.map[i], _point_title(artifact, i))
            for i in cluster.vacancy_ids
            if i in artifact.map and i in shown
        ]
        groups.append((_mark_of(artifact, number), _colour(artifact, number), points))
    if not any(points for _, _, points in groups):
        return ""
    pairs = zip(artifact.clusters, groups, strict=True)
    named = {cluster.slug: (cluster.name, [(x, y) for x, y, _ in own]) for cluster, (_, _, own) in pairs}
    labels = place_labels(named, MAP_WIDTH, MAP_HEIGHT)
    keys = "".join(f'<span class="key">{_name(artifact, number)}</span>' for number in range(len(artifact.clusters)))
    return f"<p>Each mark is a posting; near ones are alike.</p>{point_map(groups, labels)}<p>{keys}</p>"


def _point_title(artifact: ClusterArtifact, vacancy_id: str) -> str:
    record = artifact.vacancies.get(vacancy_id)
    title = (record.title if record else None) or vacancy_id
    return f"{title[:120]}, {record.company[:80]}" if record and record.company else title[:120]


def _heat_tables(findings: MarketFindings) -> str:
    clusters = findings.artifact.clusters
    parts = [clusters[i : i + HEAT_CLUSTERS] for i in range(0, len(clusters), HEAT_CLUSTERS)]
    tables = [_heat_table(part, findings) for part in parts]
    if not any(tables):
        return ""
    return "<p>The part of a kind's postings that name each keyword.</p>" + "".join(tables)


def _heat_table(clusters: Sequence[Cluster], findings: MarketFindings) -> str:
    matrix = keyword_matrix(clusters, findings.mentions, findings.shown, findings.artifact.labels)
    if not matrix.keywords or not any(map(any, matrix.counts)):
        return ""
    heads = "".join(f'<th scope="col" class="heat">{text(cluster.name)}</th>' for cluster in clusters)
    rows = "".join(
        f'<tr><th scope="row">{text(label)}</th>{"".join(heat_cell(share) for share in shares)}</tr>'
        for label, shares in zip(matrix.labels, matrix.shares, strict=True)
    )
    return (
        f'<div class="wide"><table><thead><tr><th>Keyword</th>{heads}</tr></thead><tbody>{rows}</tbody></table></div>'
    )


def _pools(artifact: ClusterArtifact, shown: Collection[str]) -> list[str]:
    parts = []
    for number, cluster in enumerate(artifact.clusters):
        pool = pool_counts(cluster, shown, artifact.labels, POOL_SHOWN)
        most = max((each.count for each in pool), default=0)
        rows = [
            (
                text(each.label),
                bar(each.count, most, _colour(artifact, number), f"{each.count:,} ({each.share:.0%})"),
                f"{each.share_elsewhere:.0%}",
                text(each.example.sentence) if each.example else "",
            )
            for each in pool
        ]
        typical = "".join(f"<li>{text(_point_title(artifact, i))}</li>" for i in cluster.typical)
        parts.append(
            f"<h3>{_name(artifact, number)}</h3><p class='quiet'>{text(cluster.summary)}</p>"
            + (table(["Keyword", "Postings that name it", "Of all others", "For example"], rows) if rows else "")
            + (f"<p>Most typical postings:</p><ul>{typical}</ul>" if typical else "")
        )
    return parts


def _trends(findings: MarketFindings) -> str:
    report = findings.trends
    if report is None:
        return f"<p>{text(findings.trends_notice or 'There are no trends.')}</p>"
    span = f"{report.vacancy_count:,} dated postings, {report.months[0]} to {report.months[-1]}."
    parts = [
        f"<p>{text(span)} Odds are the postings that name a keyword for each one that does not; the line holds the "
        "true value 19 times out of 20, and 1 is no change.</p>"
    ]
    fitted = sorted((c for c in report.categories if c.slope), key=lambda c: -(c.slope.per_month if c.slope else 0))
    groups: tuple[tuple[str, Sequence[KeywordTrend | CategoryTrend]], ...] = (
        ("Kinds of role", fitted),
        ("Asked for more", report.of("rising", "new")[:TRENDS_SHOWN]),
        ("Asked for less", report.of("fading")[:TRENDS_SHOWN]),
    )
    for title, trends in groups:
        known = [trend for trend in trends if trend.slope]
        if known:
            parts.append(f"<h3>{title}</h3>{_trend_table(known)}")
        elif title != "Kinds of role":
            parts.append(
                f"<h3>{title}</h3><p>Nothing that is sure: {report.compared_count:,} keywords were compared.</p>"
            )
    return "".join(parts)


def _trend_table(trends: Sequence[KeywordTrend | CategoryTrend]) -> str:
    slopes = [(trend, trend.slope) for trend in trends if trend.slope]
    ends = (
        min(1.0, *(math.exp(slope.low) for _, slope in slopes)),
        max(1.0, *(math.exp(slope.high) for _, slope in slopes)),
    )
    rows = []
    for trend, slope in slopes:
        middle, low, high = (math.exp(value) for value in (slope.per_month, slope.low, slope.high))
        is_up = trend.direction in ("rising", "new")
        colour = GREEN if is_up else RED if trend.direction == "fading" else GREY
        rows.append(
            (
                text(trend.label if isinstance(trend, KeywordTrend) else trend.name),
                escaped(trend.direction),
                f"{trend.vacancy_count:,}",
                f"{_share(trend.share_start)} → {_share(trend.share_end)}",
                interval(middle, low, high, ends, colour),
                f"×{middle:.2f} ({low:.2f} to {high:.2f})",
            )
        )
    return table(["Name", "Direction", "Postings", "Fitted share, start to end", "Odds a month", ""], rows)


def _share(share: float | None) -> str:
    return "–" if share is None else f"{share:.1%}"
