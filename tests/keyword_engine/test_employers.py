import pytest

from pipeline.keyword_engine import find_terms_in_context


def named(text: str, employer: str | None = None) -> set[str]:
    return {match.entry.keyword for match, _ in find_terms_in_context(text, employer)}


@pytest.mark.parametrize(
    "text",
    [
        "At Acme Analytics we build forms for towns. You write Python.",
        "Join Harrow Machine Learning and write Python.",
        "Harrow Robotics Ltd, of Leeds, hires people who write Python.",
        "About Acme Analytics\nAcme Analytics has offices in Bonn.\nYou write Python.",
        "Acme Analytics is a small firm in Bonn. You write Python.",
    ],
)
def test_a_skill_in_the_name_that_a_text_gives_its_employer_is_none(text: str) -> None:
    assert named(text) == {"python"}


def test_a_skill_in_the_name_of_a_known_employer_is_none() -> None:
    text = "Blue River Accounting looks for a driver. Blue River Accounting pays on time."
    assert named(text, "Blue River Accounting GmbH\n3.9") == set()


def test_the_same_skill_elsewhere_in_the_text_still_counts() -> None:
    text = "At Acme Analytics we care. You have five years of experience in analytics and accounting."
    assert named(text, "Acme Analytics") == {"data analytics", "accounting"}


def test_an_employers_product_counts_where_it_is_to_be_known() -> None:
    assert named("Snowflake is hiring in Ghent. Snowflake pays well.", "Snowflake") == set()
    assert named("Snowflake is hiring. Experience with Snowflake is needed.", "Snowflake") == {"snowflake"}
    assert named("Snowflake is needed here.", "Acme") == {"snowflake"}


def test_what_is_a_plus_is_no_employer() -> None:
    assert "spark" in named("Apache Spark Experience is a plus.")


def test_a_skill_of_the_employers_description_is_not_asked_for() -> None:
    text = "About us\nWe lead the world in accounting and machine learning, on Kafka.\n\nYour tasks\nPayroll for Leeds."
    assert named(text) == {"kafka", "payroll"}


@pytest.mark.parametrize("heading", ["About the role", "About you", "About this job", "What you do"])
def test_a_heading_about_the_work_is_no_description_of_the_employer(heading: str) -> None:
    assert "accounting" in named(f"{heading}\nYou take over accounting for four towns.")
