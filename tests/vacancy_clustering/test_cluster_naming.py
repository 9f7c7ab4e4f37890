import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.postings import typical_seniority
from pipeline.vacancy_clustering.naming import name_clusters, summarise


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


def test_a_manager_by_trade_and_an_assistant_are_no_seniority() -> None:
    assert typical_seniority(["Product Manager", "Account Manager"]) is None
    assert typical_seniority(["Dental Assistant"]) is None
    assert typical_seniority(["Leitende Pflegefachkraft"]) == "lead or principal"


def test_a_unit_an_employer_or_a_place_is_no_name() -> None:
    titles = [["TTS Talent - Account Manager", "Login.gov: Account Manager (GS-14)"], ["Leeds - Nurse", "Nurse, Acme"]]
    assert name_clusters(titles, [[], []], places=["Leeds", "Acme"]) == ["Account Manager", "Nurse"]


def test_one_word_said_of_many_trades_is_given_what_it_goes_with() -> None:
    titles = [["Data Analyst", "Data Analyst", "Product Analyst", "Product Analyst", "Pricing Analyst"], ["Cook"]]
    assert name_clusters(titles, [[], []])[0] == "Data Analyst and Product Analyst"


@pytest.mark.parametrize(
    ("titles", "name"),
    [
        (["Infirmier de nuit", "Infirmier en bloc", "Infirmière libérale", "Infirmier (H/F)"], "Infirmier"),
        (["Softwareentwickler Java", "Softwareentwickler (m/w/d)", "Softwareentwickler:in"], "Softwareentwickler"),
        (["Magazynier", "Młodszy magazynier", "Magazynier - Łódź"], "Magazynier"),
        (["Fullstack Engineers", "Fullstack Engineer"], "Fullstack Engineer"),
    ],
)
def test_roles_that_stand_first_compounds_and_plurals_are_named(titles: list[str], name: str) -> None:
    assert name_clusters([titles, ["Comptable", "Buchhalter"]], [[], []])[0] == name


@pytest.mark.parametrize(
    ("titles", "name"),
    [
        ([".NET Developer", "Senior .NET Developer (Leeds)", ".NET developer"], ".NET Developer"),
        (
            ["Front-End Developer", "Front-End Developer", "Front End Developer", "Frontend Developer"],
            "Front-End Developer",
        ),
        (["SIGNAL FITTER", "SIGNAL FITTER", "Depot Signal Fitter"], "Signal Fitter"),
        (["UI/UX Designer", "UI/UX Designer - Remote", "Junior UI/UX Designer"], "UI/UX Designer"),
        (["Kiln Engineer/Analyst", "Kiln Engineer/Analyst", "Kiln Engineer"], "Kiln Engineer"),
        (["Lock Operators", "Lock Operators wanted"], "Lock Operators"),
        (["AB12 Engine Driver GS13", "AB14 Engine Driver GS14"], "Engine Driver"),
    ],
)
def test_a_name_is_written_as_its_titles_write_it_and_never_starts_inside_a_word(titles: list[str], name: str) -> None:
    assert name_clusters([titles, ["Cook", "Baker"]], [[], []])[0] == name


def test_a_mixed_cluster_says_of_what_it_is_mixed() -> None:
    mixed = ["Tile Designer"] * 4 + ["Boat Tester"] * 4
    assert name_clusters([mixed, ["Baker"] * 4], [[], []])[0] == "Boat Tester and Tile Designer"
    rest = "Plumber Pilot Mason Actor Cook Nurse Porter Editor Painter Butcher Drafter Midwife Surgeon Welder".split()
    assert name_clusters([mixed + rest, ["Baker"] * 4], [[], []])[0] == "Boat Tester, Tile Designer and others"


def test_one_phrase_is_enough_where_it_covers_half() -> None:
    titles = [["Reed Cutter"] * 6 + ["Rope Splicer"] * 3, ["Baker"]]
    assert name_clusters(titles, [[], []])[0] == "Reed Cutter"


def test_titles_that_name_no_job_are_read_in_their_bodies() -> None:
    titles = [["Acme | Leeds | Full-time", "Bolt | Leeds", "Crane | Leeds | Sluice Operator"], ["Baker", "Baker"]]
    bodies: list[list[list[str]]] = [[["sluice operator"], ["night sluice operator"], []], [[], []]]
    assert name_clusters(titles, [[], []], bodies=bodies)[0] == "Sluice Operator"


def test_what_tells_equal_names_apart_is_no_echo_of_them() -> None:
    titles = [["Data Scientist"] * 3, ["Data Scientist"] * 3]
    names = name_clusters(titles, [["data science", "R"], ["simulation"]])
    assert names == ["Data Scientist: R", "Data Scientist: simulation"]


def test_a_general_word_is_said_in_full_where_most_who_say_it_do() -> None:
    security = ["Security Engineer - Audits", "Security Engineer"] * 2
    others = ["Platform Engineer", "Field Engineer", "Cook", "Nurse", "Welder", "Teacher", "Baker", "Driver"]
    assert name_clusters([security + others], [["pki"]]) == ["Security Engineer"]
    each_another = [f"{field} Engineer" for field in ("Security", "Platform", "Network", "Test", "Field", "Sound")]
    assert name_clusters([each_another], [["pki"]]) == ["Engineer: pki"]
