from itertools import combinations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from pipeline.resume_generator import (
    OPEN_SHARE,
    SUREST,
    FitScale,
    fields_of_work,
    fit_scale,
    named_keywords,
    open_share,
    pieces_of,
    shown_keywords,
    what_to_learn,
)
from pipeline.resume_generator.posting_fit import stand_ins
from pipeline.resumes import Resume

NEAR = {
    "a": frozenset({"sql", "dbt"}),
    "b": frozenset({"sql", "dbt"}),
    "c": frozenset({"sql", "spark"}),
    "d": frozenset({"icu", "triage", "wards"}),
}


def test_the_skill_that_opens_the_most_comes_first_and_what_it_opened_counts_once() -> None:
    advice = what_to_learn(NEAR, {"sql"})
    assert [(step.keyword, step.opened) for step in advice[:2]] == [("dbt", ["a", "b"]), ("spark", ["c"])]
    assert advice[0].asking == ["a", "b"]


def test_where_no_single_skill_opens_anything_the_one_that_brings_nearest_comes_next() -> None:
    advice = what_to_learn({"d": NEAR["d"]}, ())
    assert [len(step.opened) for step in advice] == [0, 1]
    assert what_to_learn({}, ()) == []
    assert what_to_learn(NEAR, {"sql", "dbt", "spark", "icu", "triage", "wards"}) == []


POSTINGS = st.dictionaries(
    st.text("abcdef", min_size=1, max_size=3), st.frozensets(st.sampled_from("pqrstu"), min_size=1), max_size=8
)


@given(POSTINGS, st.sets(st.sampled_from("pqrstu")), st.integers(1, 4))
def test_advice_names_nothing_that_is_known_and_never_opens_a_posting_twice(
    near: dict[str, frozenset[str]], known: set[str], limit: int
) -> None:
    advice = what_to_learn(near, known, limit)
    keywords = [step.keyword for step in advice]
    assert len(set(keywords)) == len(keywords) <= limit
    assert not known & set(keywords)
    opened = [i for step in advice for i in step.opened]
    assert len(set(opened)) == len(opened)
    assert all(open_share(near[i], known) < OPEN_SHARE <= open_share(near[i], known | set(keywords)) for i in opened)


@given(POSTINGS.filter(lambda near: len(near) > 1))
def test_the_first_advice_is_as_good_as_any_single_skill(near: dict[str, frozenset[str]]) -> None:
    first = what_to_learn(near, (), 1)[0]

    def opened(keyword: str) -> int:
        return sum(open_share(asked, {keyword}) >= OPEN_SHARE for asked in near.values())

    assert len(first.opened) == max(opened(keyword) for asked in near.values() for keyword in asked)


def test_the_scale_tells_alike_postings_from_others() -> None:
    kinds = {"cook": ["baking", "haccp", "menus", "grill"], "dba": ["sql", "backups", "linux", "tuning"]}
    named = {
        f"{kind}{n}": frozenset(pair)
        for kind, words in kinds.items()
        for n, pair in enumerate([*combinations(words, 2), *combinations(words, 3)] * 2)
    }
    matrix = named_keywords(named)
    roles = [vacancy_id.rstrip("0123456789") for vacancy_id in matrix.ids]
    scale = fit_scale(matrix, roles, None)
    cook = np.array([[keyword in ("baking", "haccp", "menus") for keyword in matrix.keywords]], dtype=float)
    chances = scale.chance(matrix.shown_part(cook)[0], np.zeros(len(roles)))
    of = {role: [c for c, own in zip(chances, roles, strict=True) if own == role] for role in kinds}
    assert min(of["cook"]) > max(of["dba"])
    assert max(of["dba"]) < 0.5 < float(np.median(of["cook"]))


def test_few_postings_or_one_kind_leave_a_plain_scale() -> None:
    few = named_keywords({"a": frozenset({"sql"}), "b": frozenset()})
    assert fit_scale(few, ["x", "y"], None) == FitScale()
    same = named_keywords({str(n): frozenset({"sql"}) for n in range(30)})
    assert fit_scale(same, ["x"] * 30, None) == FitScale()


def test_a_resume_shows_a_keyword_where_it_stands() -> None:
    resume = Resume.model_validate(
        {
            "skills": [{"name": "Data", "keywords": ["SQL"]}],
            "work": [{"position": "Cook", "highlights": ["Ran Kafka."]}],
        }
    )
    shown = shown_keywords(resume, ["sql", "kafka", "spark"])
    assert {keyword: found[0].where for keyword, found in shown.items()} == {"sql": "Skills, Data", "kafka": "Cook"}


def test_no_resume_is_said_to_fit_for_certain() -> None:
    chances = FitScale(shown=40.0, alike=40.0, base=0.0).chance(np.array([0.0, 1.0]), np.array([0.0, 1.0]))
    assert chances.tolist() == [0.5, SUREST]


def test_the_name_of_an_employer_shows_no_skill() -> None:
    resume = Resume.model_validate(
        {
            "work": [
                {"name": "Acme Analytics", "position": "Driver", "highlights": ["Drove for Acme Analytics in Bonn"]},
                {"name": "Salesforce", "position": "Admin", "highlights": ["Set up Salesforce for the post office"]},
            ]
        }
    )
    assert set(shown_keywords(resume, ["data analytics", "salesforce"])) == {"salesforce"}


def test_a_field_of_work_is_no_advice_and_a_technology_may_stand_in_titles() -> None:
    titles = {"a": "Senior Data Engineer", "b": "Data Engineer", "c": "Java Developer"}
    named = {
        "a": frozenset({"data engineering", "sql"}),
        "b": frozenset({"data engineering", "java"}),
        "c": frozenset({"java"}),
    }
    fields = fields_of_work(titles, named, ["data engineering", "code review"])
    assert fields == {"data engineering"}
    assert {step.keyword for step in what_to_learn(named, (), fields=fields)} == {"java", "sql"}


def test_a_resume_that_shows_much_is_held_against_as_many_postings_together() -> None:
    named = named_keywords({str(n): frozenset({f"k{n}", f"k{n + 1}", f"k{n + 2}"}) for n in range(40)})
    assert [pieces_of(named, count) for count in (0, 3, 6, 100)] == [1, 1, 2, 4]


def test_a_fit_rises_with_what_is_shown_and_means_how_often_it_comes_true() -> None:
    roles = ["cook" if n % 2 else "clerk" for n in range(120)]
    words = {"cook": ["baking", "haccp", "pastry", "menus"], "clerk": ["excel", "filing", "post", "telephone"]}
    named = named_keywords(
        {f"{n:03}": frozenset({words[role][n % 4], words[role][n % 3], f"own{n % 7}"}) for n, role in enumerate(roles)}
    )
    scale = fit_scale(named, roles, None, pieces=2)
    chances = scale.chance(np.linspace(0, 1, 50), np.zeros(50))
    assert (np.diff(chances) >= 0).all()
    found = stand_ins(named, roles, None, 2)
    fits = scale.chance(found.features[:, 0], found.features[:, 1])
    assert abs(fits.mean() - found.same.mean()) < 0.05
