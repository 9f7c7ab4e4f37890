import json
from collections.abc import Collection

import pandas as pd
import plotly.graph_objects as go
import pytest

from pages.ui.chart_frame import table_csv
from pages.ui.charts import cluster_bars, count_curve, keyword_bars
from pages.ui.cluster_views import heat_table
from pages.ui.colours import cluster_colours, cluster_symbols
from pages.ui.market_map import COLOURED_BY, KEYWORD, MapView, family_count, market_map
from pages.ui.matrix_charts import coverage_chart, keyword_heat_map
from pages.ui.move_chart import moves_chart
from pages.ui.taxonomy_chart import taxonomy_treemap
from pipeline.cluster_artifacts import (
    Cluster,
    ClusterArtifact,
    CurvePoint,
    Family,
    KeywordEvidence,
    Quality,
    Tree,
    VacancyRecord,
)
from pipeline.keyword_engine import KeywordCount, KeywordReport
from pipeline.report import cluster_sizes, keyword_matrix, pool_counts, posting_facts
from pipeline.resume_generator import CoverageMatrix, Move

HOSTILE = '<b>x</b> <a href="javascript:alert(1)">y</a> %{evil} مهندس'


def market(count: int, name: str = "Role") -> ClusterArtifact:
    """Return an artifact of so many clusters with three postings each."""
    clusters, records, points = [], {}, {}
    for number in range(count):
        ids = [f"{number}-{i}" for i in range(3)]
        clusters.append(
            Cluster(
                slug=f"role-{number}",
                name=f"{name} {number}",
                vacancy_ids=ids,
                top_keywords=[f"skill {number}", "sql"],
                evidence={f"skill {number}": KeywordEvidence(vacancy_ids=ids[:2], share=0.67)},
            )
        )
        for i, vacancy_id in enumerate(ids):
            records[vacancy_id] = VacancyRecord(title=f"{name} {i}", company=name)
            points[vacancy_id] = (float(number), float(i))
    curve = [CurvePoint(clusters=n, silhouette=0.1, stability=0.9) for n in (2, 3)]
    return ClusterArtifact(clusters=clusters, vacancies=records, map=points, quality=Quality(curve=curve))


def mapped(artifact: ClusterArtifact, shown: Collection[str] | None = None, by: str = "Kind of role") -> go.Figure:
    """Return the map of an artifact's postings, or of some."""
    return market_map(artifact, posting_facts(artifact), MapView(artifact.map if shown is None else shown, None, by))


def test_points_keep_their_places_whatever_the_filters_leave_out() -> None:
    artifact = market(3)
    everything, some = mapped(artifact), mapped(artifact, {"0-0", "2-1"})
    assert everything.layout.xaxis.range == some.layout.xaxis.range
    assert everything.layout.yaxis.range == some.layout.yaxis.range
    assert [list(trace.x) for trace in some.data[1:]] == [[0.0], [], [2.0]]
    assert len(some.data[0].x) == 7  # in grey


def test_a_point_carries_the_id_of_its_posting_and_says_title_and_company() -> None:
    trace = mapped(market(1, "Nurse")).data[1]
    assert trace.customdata[0][0] == "0-0"
    assert "Nurse 0" in trace.text[0]
    assert trace.text[0].count("Nurse") == 3  # title, company, kind of role


def test_forty_clusters_are_each_told_apart_by_colour_and_shape() -> None:
    artifact = market(40)
    colours, symbols = cluster_colours(artifact), cluster_symbols(artifact)
    assert len({(colours[c.slug], symbols[c.slug]) for c in artifact.clusters}) == 40


@pytest.mark.parametrize("count", [1, 4, 40])
def test_every_chart_of_a_market_can_be_drawn_and_escapes_names(count: int) -> None:
    artifact = market(count, HOSTILE)
    shown = set(artifact.map)
    mentions = {i: frozenset({HOSTILE, "sql"}) for i in shown}
    first = artifact.clusters[0].model_copy(
        update={"top_keywords": [HOSTILE], "evidence": {HOSTILE: KeywordEvidence(vacancy_ids=["0-0"])}}
    )
    matrix = keyword_matrix([first, *artifact.clusters[1:]], mentions, shown, artifact.labels)
    names = [cluster.name for cluster in artifact.clusters]
    slugs = [cluster.slug for cluster in artifact.clusters]
    ones = (1,) * count
    coverage = CoverageMatrix((HOSTILE,), (HOSTILE,), tuple(slugs), tuple(names), (ones,), ones, ones)
    report = KeywordReport(
        vacancy_count=3,
        artifact=True,
        categories={
            slug: [KeywordCount(keyword=HOSTILE, label=HOSTILE, kind="skill", vacancy_count=2, share=0.5)]
            for slug in slugs
        },
    )
    figures = [
        mapped(artifact),
        cluster_bars(cluster_sizes(artifact, shown), artifact),
        cluster_bars(cluster_sizes(artifact, {"0-0"}), artifact),
        count_curve(artifact),
        keyword_bars(pool_counts(first, shown, artifact.labels), "#112233"),
        keyword_heat_map(matrix),
        coverage_chart(coverage),
        taxonomy_treemap(report, dict(zip(slugs, names, strict=True)), cluster_colours(artifact), {}),
        moves_chart([Move(HOSTILE, 1, 2), Move("Cloud", 2, 1)], HOSTILE, "#112233"),
    ]
    for figure in figures:
        drawn = json.dumps(_shown(json.loads(figure.to_json())))
        assert "<a href" not in drawn
        assert "<b>x" not in drawn
        assert "evil" not in json.dumps([trace.hovertemplate for trace in figure.data])


def _shown(drawn: object) -> object:
    """Return a figure without the ids that are never shown."""
    if isinstance(drawn, dict):
        return {key: _shown(value) for key, value in drawn.items() if key not in ("ids", "parents")}
    return [_shown(value) for value in drawn] if isinstance(drawn, list) else drawn


def test_many_clusters_stand_in_rows_and_few_in_columns() -> None:
    for count, across in ((4, 4), (40, 30)):
        artifact = market(count)
        figure = keyword_heat_map(keyword_matrix(artifact.clusters, {}, set(artifact.map), artifact.labels))
        assert len(figure.data[0].x) == across


def test_bars_say_how_many_of_how_many_when_filtered() -> None:
    artifact = market(2)
    texts = cluster_bars(cluster_sizes(artifact, {"0-0", "1-0", "1-1"}), artifact).data[-1].text
    assert list(texts) == ["1 of 3", "2 of 3"]


def test_a_slope_leads_every_category_from_its_place_to_its_new_one() -> None:
    lines = moves_chart([Move("A", 2, 1), Move("B", 1, 2), Move("C", 3, 3)], "Nurse", "#112233").data[:3]
    assert sorted(tuple(line.y) for line in lines) == [(1, 2), (2, 1), (3, 3)]
    assert [line.line.dash for line in lines if line.y[1] > line.y[0]] == ["dash"]


def test_clusters_of_one_name_have_columns_of_their_own() -> None:
    artifact = market(2)
    twins = [cluster.model_copy(update={"name": "Keyword"}) for cluster in artifact.clusters]
    table = heat_table(keyword_matrix(twins, {}, set(artifact.map), artifact.labels))
    assert list(table.columns) == ["Keyword", "Keyword (role-0)", "Keyword (role-1)"]


def test_a_downloaded_table_runs_nothing_in_a_spreadsheet_and_leaves_gaps_empty() -> None:
    table = pd.DataFrame({"=A": ["=1+1", "@x"], "Share": [0.5, None]})
    assert table_csv(table).splitlines() == ["'=A,Share", "'=1+1,0.5", "'@x,"]


@pytest.mark.parametrize("by", COLOURED_BY)
def test_the_map_is_coloured_by_what_the_postings_state_and_none_is_lost(by: str) -> None:
    artifact = market(12, HOSTILE)
    figure = mapped(artifact, by=by)
    assert sum(len(trace.x) for trace in figure.data) == len(artifact.map)
    assert "<a " not in figure.to_json()
    assert figure.layout.annotations


def test_a_word_lights_up_its_postings_and_leaves_the_others_in_grey() -> None:
    artifact = market(3)
    figure = market_map(artifact, posting_facts(artifact), MapView(artifact.map, {"0-0", "1-1"}))
    assert len(figure.data[0].x) == 7
    assert [point[0] for trace in figure.data[1:] for point in trace.customdata] == ["0-0", "1-1"]


def names_on(figure: go.Figure) -> list[str]:
    return [name.text for name in figure.layout.annotations]


def test_families_are_named_from_afar_only_where_there_are_many_kinds_of_role() -> None:
    many = market(14)
    families = [
        Family(slug="north", name="North", roles=[cluster.slug for cluster in many.clusters[:7]]),
        Family(slug="south", name="South", roles=[cluster.slug for cluster in many.clusters[7:]]),
    ]
    many = many.model_copy(update={"tree": Tree(families=families)})
    assert family_count(many) == 2
    assert set(names_on(mapped(many))[:2]) == {"<b>North</b>", "<b>South</b>"}
    assert "<b>Role 3</b>" in names_on(mapped(many))[2:]
    few = market(3).model_copy(update={"tree": Tree(families=[Family(slug="north", name="North", roles=["role-0"])])})
    assert family_count(few) == 0
    assert "<b>North</b>" not in names_on(mapped(few))


def test_postings_that_name_a_keyword_are_coloured_and_counted() -> None:
    artifact = market(2)
    facts = posting_facts(artifact, {"0-0": frozenset({"sql"}), "1-2": frozenset({"sql", "dbt"})})
    figure = market_map(artifact, facts, MapView(artifact.map, None, KEYWORD, "sql", "SQL"))
    naming = figure.data[-1]
    assert sorted(point[0] for point in naming.customdata) == ["0-0", "1-2"]
    assert [trace.name for trace in figure.data[1:]] == ["do not name it (4)", "name SQL (2)"]
