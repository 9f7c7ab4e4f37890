from hypothesis import given
from hypothesis import strategies as st

from pipeline.report import companions, skills_together

NAMED = [{"sql", "dbt"}] * 20 + [{"sql", "python"}] * 10 + [{"icu", "triage"}] * 20 + [{"sql", "icu"}] * 5


def test_what_is_named_together_more_than_by_chance_is_linked() -> None:
    graph = skills_together(NAMED)
    assert graph.counts["sql"] == 35
    pairs = {(link.first, link.second) for link in graph.links}
    assert {("dbt", "sql"), ("icu", "triage")} <= pairs
    assert ("icu", "sql") not in pairs


@given(st.lists(st.sets(st.sampled_from("abcdefgh")), max_size=60))
def test_the_graph_has_a_place_for_every_keyword_and_is_the_same_every_time(named: list[set[str]]) -> None:
    graph = skills_together(named)
    assert graph.places.keys() == graph.counts.keys()
    assert all(0 <= end <= 1 for place in graph.places.values() for end in place)
    assert all({link.first, link.second} <= graph.counts.keys() for link in graph.links)
    assert skills_together(named) == graph


def test_companions_are_what_postings_name_besides_and_never_what_one_has() -> None:
    found = companions(NAMED, ["sql"])
    assert [each.keyword for each in found] == ["dbt", "python", "icu"]
    assert (found[0].count, round(found[0].share, 2)) == (20, 0.57)
    assert companions(NAMED, []) == companions(NAMED, ["sql", "triage"]) == []
