"""What is made of dated postings: directions, counts and evidence; repeats, gaps, roles and employers."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from itertools import count
from pathlib import Path
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.cluster_artifacts import Cluster, ClusterArtifact, VacancyRecord, save_artifact
from pipeline.core import RolemapError
from pipeline.market_trends.corpus import DatedPosting, read_trend_corpus
from pipeline.market_trends.corpus_trends import find_trends
from pipeline.market_trends.questions import MarketQuestion
from pipeline.market_trends.results import KeywordTrend, TrendReport
from pipeline.postings import Vacancy
from tests.sample_trends import corpus, day, posting

MONTHS = 12
ALIKE = "We look for people who like their work. You plan, build and explain. Apply with a letter."


def made(
    shares: dict[str, Callable[[int], float]], *, each: int = 30, months: Sequence[int] = range(MONTHS)
) -> list[DatedPosting]:
    """Return postings of which each month names every keyword as often as its share asks, spread evenly."""
    number = count()
    return [
        posting(next(number), month, [k for k, share in shares.items() if _is_due(i, each, share(month))])
        for month in months
        for i in range(each)
    ]


def _is_due(index: int, each: int, share: float) -> bool:
    return int((index + 1) * share + 0.5) > int(index * share + 0.5)


def trend(report: TrendReport, keyword: str) -> KeywordTrend:
    return next(each for each in report.trends if each.keyword == keyword)


def vacancy(number: int, text: str, posted_on: date | None, **fields: str) -> Vacancy:
    return Vacancy(id=f"{number}.txt", text=f"{text}\n{ALIKE}", posted_on=posted_on, **fields)


def test_each_direction_is_called_by_its_name() -> None:
    report = find_trends(
        corpus(
            made(
                {
                    "rises": lambda month: 0.1 + 0.05 * month,
                    "fades": lambda month: 0.7 - 0.05 * month,
                    "stays": lambda month: 0.5,
                    "comes": lambda month: 0.0 if month < 7 else 0.1 * (month - 6),
                    "rare": lambda month: 0.034 if month in (2, 5, 9) else 0.0,
                }
            )
        )
    )
    assert {each.keyword: each.direction for each in report.trends} == {
        "rises": "rising",
        "fades": "fading",
        "stays": "steady",
        "comes": "new",
        "rare": "too few to tell",
    }
    assert trend(report, "rare").slope is None
    assert report.compared_count == 4


def test_a_trend_carries_its_counts_its_postings_and_a_sentence() -> None:
    postings = made({"rises": lambda month: 0.1 + 0.05 * month})
    report = find_trends(corpus(postings))
    found = trend(report, "rises")
    naming = [p.vacancy.id for p in postings if "rises" in p.mentions]
    assert found.vacancy_ids == naming
    assert found.vacancy_count == len(naming) == sum(found.monthly)
    assert found.share == pytest.approx(len(naming) / len(postings), rel=1e-3)
    assert (found.first_posted, found.last_posted) == (day(0), day(11))
    assert found.example.vacancy_id == naming[-1]
    assert "rises" in found.example.sentence
    assert found.share_start is not None
    assert found.share_end is not None
    assert found.share_start < 0.2
    assert found.share_end > 0.5


def test_the_share_counts_not_the_number_of_postings() -> None:
    number = count()
    postings = [
        posting(next(number), month, ["steady"] if i % 2 else [])
        for month in range(MONTHS)
        for i in range(6 + 8 * month)
    ]
    assert trend(find_trends(corpus(postings)), "steady").direction == "steady"


def test_months_without_postings_are_gaps_not_zeros() -> None:
    whole = find_trends(corpus(made({"stays": lambda month: 0.5})))
    gapped = find_trends(corpus(made({"stays": lambda month: 0.5}, months=[0, 1, 2, 6, 9, 10, 11])))
    assert gapped.months == whole.months
    assert gapped.postings[3:6] == [0, 0, 0]
    slope = trend(gapped, "stays").slope
    assert slope is not None
    assert slope.per_month == pytest.approx(0, abs=1e-3)


def test_a_keyword_that_grows_only_with_its_role_is_said_to_be_carried_by_it() -> None:
    number = count()
    postings = []
    for month in range(MONTHS):
        for i in range(40):
            is_nurse = i < 4 + 3 * month
            keywords = (["charts"] if is_nurse and i % 2 else []) + (["own"] if i % 40 < 3 * month else [])
            postings.append(posting(next(number), month, keywords, role="nurse" if is_nurse else "cook"))
    report = find_trends(corpus(postings, {"cook": "Cook", "nurse": "Nurse"}))
    assert {c.slug: c.direction for c in report.categories} == {"nurse": "rising", "cook": "fading"}
    carried = trend(report, "charts")
    assert (carried.direction, carried.carried_by) == ("rising", "nurse")
    assert carried.within is not None
    assert carried.within.low < 0 < carried.within.high


def test_a_keyword_that_grows_in_every_role_is_carried_by_none() -> None:
    postings = [
        DatedPosting(p.vacancy, p.posted_on, ("cook", "nurse")[i % 2], p.mentions)
        for i, p in enumerate(made({"rises": lambda month: 0.1 + 0.05 * month}))
    ]
    found = trend(find_trends(corpus(postings, {"cook": "Cook", "nurse": "Nurse"})), "rises")
    assert (found.direction, found.within_direction, found.carried_by) == ("rising", "rising", None)


def test_what_a_single_employer_asks_for_is_no_trend() -> None:
    number = count()
    postings = [
        posting(next(number), month, ["ours"] if i < month else [], company="Acme" if i < month else f"firm {i}")
        for month in range(MONTHS)
        for i in range(30)
    ]
    assert trend(find_trends(corpus(postings)), "ours").direction == "too few to tell"


def test_within_one_employer_its_keywords_are_compared() -> None:
    postings = [
        DatedPosting(p.vacancy.model_copy(update={"company": "Acme"}), p.posted_on, p.role, p.mentions)
        for p in made({"rises": lambda month: 0.1 + 0.05 * month})
    ]
    assert trend(find_trends(corpus(postings)), "rises").slope is not None


def test_postings_that_name_fewer_keywords_are_remarked_upon() -> None:
    falling = {f"k{i}": (lambda month: 0.8 - 0.05 * month) for i in range(6)}
    assert any("fewer keywords" in notice for notice in find_trends(corpus(made(falling))).notices)
    even = {f"k{i}": (lambda month: 0.5) for i in range(6)}
    assert not find_trends(corpus(made(even))).notices


def test_two_months_are_refused_with_what_is_missing() -> None:
    with pytest.raises(RolemapError, match=r"2024-01 and 2024-02: trends need postings of at least 3 different months"):
        find_trends(corpus(made({"a": lambda month: 0.5}, months=[0, 1])))


def test_filters_that_admit_nothing_are_refused() -> None:
    with pytest.raises(RolemapError, match="No dated posting answers this question"):
        find_trends(corpus(made({"a": lambda month: 0.5})).where(MarketQuestion(companies=frozenset({"nobody"}))))


def test_filters_narrow_the_postings() -> None:
    postings = [
        posting(1, 0, company="Acme", title="Senior Cook"),
        posting(2, 1, company="Acme", title="Junior Cook"),
        posting(3, 2, company="Other", title="Cook"),
    ]
    whole = corpus(postings)

    def ids(**filters: object) -> list[str]:
        return [p.vacancy.id for p in whole.where(MarketQuestion(**filters)).postings]

    assert ids(companies=frozenset({"Acme"})) == ["00001", "00002"]
    assert ids(seniorities=frozenset({"senior", "not said"})) == ["00001", "00003"]
    assert ids(since=day(1), until=day(1)) == ["00002"]
    assert ids(places=frozenset({"Oslo"})) == []
    assert ids() == ["00001", "00002", "00003"]


def test_postings_without_dates_are_met_with_what_to_add(workspace: Path) -> None:
    with pytest.raises(
        RolemapError, match=r"None of the 2 postings has a date.*Add posted_on \(YYYY-MM-DD\)"
    ) as caught:
        read_trend_corpus([vacancy(1, "Python", None), vacancy(2, "SQL", None)])
    assert "\n" not in str(caught.value)


def test_undated_postings_are_left_out_and_counted(workspace: Path) -> None:
    read = read_trend_corpus([vacancy(1, "Python for pipelines", day(0)), vacancy(2, "SQL for analysts", None)])
    assert [p.vacancy.id for p in read.postings] == ["1.txt"]
    assert read.undated_count == 1
    assert any("1 of 2 postings has no date" in notice for notice in read.notices)


def test_a_repost_counts_once_when_it_was_first_posted(workspace: Path) -> None:
    text = "You keep Kafka and Python services alive for a bank that never sleeps, with people who care."
    read = read_trend_corpus(
        [vacancy(2, text, day(5)), vacancy(1, text, day(2)), vacancy(3, "You cook soup in Oslo.", day(3))]
    )
    assert [(p.vacancy.id, p.posted_on) for p in read.postings] == [("1.txt", day(2)), ("3.txt", day(3))]
    assert read.repeat_count == 1


def test_the_artifact_says_what_repeats_and_which_role_a_posting_is(workspace: Path) -> None:
    vacancies = [vacancy(i, f"Python and SQL number {i}", day(i), title="Engineer") for i in range(3)]
    artifact = ClusterArtifact(
        clusters=[Cluster(slug="engineer", name="Engineer", vacancy_ids=["0.txt", "2.txt"], top_keywords=["python"])],
        duplicates={"1.txt": "0.txt"},
        vacancies={"0.txt": VacancyRecord(), "2.txt": VacancyRecord()},
    )
    path = workspace / "artifact.json"
    save_artifact(artifact, path)
    read = read_trend_corpus(vacancies, path)
    assert [(p.vacancy.id, p.role) for p in read.postings] == [("0.txt", "engineer"), ("2.txt", "engineer")]
    assert read.roles == {"engineer": "Engineer"}
    assert read.category_of["python"] == "engineer"


def test_a_broken_artifact_is_named_and_done_without(workspace: Path) -> None:
    path = workspace / "broken.json"
    path.write_text("{")
    read = read_trend_corpus([vacancy(1, "Python", day(0))], path)
    assert not read.roles
    assert any("broken.json is broken" in notice for notice in read.notices)


def test_a_mistaken_year_does_not_stretch_the_window(workspace: Path) -> None:
    vacancies = [
        vacancy(i, f"You cook dish number {i} of {'many ' * (i % 7)} in Python", day(i % 10)) for i in range(30)
    ]
    read = read_trend_corpus([*vacancies, vacancy(99, "You bake bread with SQL", date(1970, 1, 1))])
    assert {p.posted_on.year for p in read.postings} == {2024}
    assert any("99.txt" in notice for notice in read.notices)


def test_unknown_employers_are_remarked_upon(workspace: Path) -> None:
    named = [vacancy(i, f"You cook dish {i}", day(i), company="Acme") for i in range(3)]
    nameless = [v.model_copy(update={"company": None}) for v in named]
    assert not any("name no employer" in notice for notice in read_trend_corpus(named).notices)
    assert any("name no employer" in notice for notice in read_trend_corpus(nameless).notices)


@settings(max_examples=20)
@given(
    st.lists(
        st.tuples(st.integers(0, 14), st.sets(st.sampled_from("abcd")), st.sampled_from(["", "x", "y"])),
        min_size=4,
        max_size=60,
    ).filter(lambda rows: len({row[0] for row in rows}) >= 3),
    st.randoms(use_true_random=False),
)
def test_counts_add_up_and_the_order_of_postings_makes_no_difference(
    rows: list[tuple[int, set[str], str]], random: Random
) -> None:
    postings = [posting(i, month, sorted(names), role=role) for i, (month, names, role) in enumerate(rows)]
    roles = {"x": "X", "y": "Y"}
    report = find_trends(corpus(postings, roles))
    random.shuffle(postings)
    assert find_trends(corpus(postings, roles)) == report
    assert sum(report.postings) == report.vacancy_count == len(rows)
    for each in report.trends:
        assert (
            each.vacancy_count == sum(each.monthly) == len(each.vacancy_ids) == sum(each.keyword in r[1] for r in rows)
        )
        assert each.slope is None or each.slope.low <= each.slope.per_month <= each.slope.high
        assert each.slope is None or each.slope.p_value <= each.slope.q_value
        if each.direction in ("rising", "new"):
            assert each.slope is not None
            assert each.slope.low > 0
        if each.direction == "fading":
            assert each.slope is not None
            assert each.slope.high < 0


@pytest.mark.parametrize(
    ("first", "last", "part"),
    [
        (date(2026, 1, 1), date(2026, 3, 31), set()),
        (date(2026, 1, 12), date(2026, 3, 29), {"2026-01"}),
        (date(2026, 1, 2), date(2026, 3, 9), {"2026-03"}),
    ],
)
def test_months_that_postings_cover_in_part_are_known(first: date, last: date, part: set[str]) -> None:
    ends = [replace(posting(number, 0), posted_on=day) for number, day in enumerate((first, last))]
    assert corpus(ends).part_months == part
