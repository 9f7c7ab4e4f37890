from hypothesis import given
from hypothesis import strategies as st

from pipeline.cluster_naming import name_clusters, summarise, typical_seniority


def test_a_cluster_is_named_by_the_role_in_its_titles() -> None:
    titles = [
        ["Senior Data Engineer", "Data Engineer (Berlin)", "data engineer", "Staff Data Engineer - Remote"],
        ["Staff Nurse", "Registered Nurse ICU", "Nurse", "Charge Nurse"],
    ]
    assert name_clusters(titles, [["sql"], ["triage"]]) == ["Data Engineer", "Nurse"]


def test_clusters_of_one_title_are_told_apart_by_a_keyword() -> None:
    names = name_clusters([["Data Engineer"] * 3, ["Data Engineer"] * 3], [["sql", "airflow"], ["sql", "kafka"]])
    assert len(set(names)) == 2
    assert all(name.startswith("Data Engineer") for name in names)
    assert "kafka" in names[1]


def test_a_cluster_without_titles_is_named_by_its_keywords() -> None:
    assert name_clusters([["", ""], ["Nurse"]], [["airflow", "sql"], []])[0].lower() == "airflow and sql"


TITLES = st.one_of(st.sampled_from(["Nurse", "Senior Nurse", "", "Data Engineer", "(m/f/d)"]), st.text(max_size=20))


@given(st.lists(st.lists(TITLES, min_size=1, max_size=4), min_size=1, max_size=5), st.data())
def test_names_are_unique_and_never_empty(titles: list[list[str]], data: st.DataObject) -> None:
    words = st.lists(st.sampled_from(["sql", "kafka", "triage"]), max_size=3, unique=True)
    keywords = [data.draw(words) for _ in titles]
    names = name_clusters(titles, keywords)
    assert len(names) == len(titles)
    assert len({name.casefold() for name in names}) == len(names)
    assert all(name.strip() for name in names)


def test_a_seniority_is_typical_where_a_third_of_the_titles_name_it() -> None:
    assert typical_seniority(["Senior Nurse", "Nurse", "Nurse"]) == "senior"
    assert typical_seniority(["Senior Nurse", "Nurse", "Nurse", "Nurse"]) is None
    assert typical_seniority(["Staff Nurse"]) is None


def test_a_summary_says_how_many_at_which_level_and_what_marks_them_out() -> None:
    text = summarise("Nurse", ["Senior Nurse", "Senior Nurse"], 0.25, ["epic"], ["triage"])
    assert all(part in text for part in ("2 postings", "25%", "senior", "epic", "triage"))
