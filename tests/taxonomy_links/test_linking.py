"""From keywords and roles to concepts: which name counts, what is near enough in meaning, and what is not."""

import numpy as np
import pytest

from pipeline.taxonomy_links import Asked, Concept, Link, asked_keyword, link_all
from pipeline.taxonomy_links.linking import chance_of, nearest_places

MEANINGS = {"bookkeeping": (1.0, 0.0, 0.0), "bookkeeping chores": (0.99, 0.14, 0.0), "sail boats": (0.0, 0.0, 1.0)}


def embed(texts: list[str]) -> np.ndarray:
    """Stand in for a model: texts that it does not know are unlike all others."""
    return np.array([MEANINGS.get(text, (0.0, 1.0, 0.0)) for text in texts])


def linked(concepts: list[Concept], *asked: Asked, meaning: bool = False) -> dict[str, Link]:
    return link_all(asked, concepts, embed if meaning else None)  # type: ignore[arg-type]


def skill(label: str, *others: str) -> Concept:
    return Concept(f"uri:{label}", label, "skill", others)


@pytest.mark.parametrize(
    ("keyword", "kind", "concept", "matched"),
    [
        ("sql", "technology", skill("SQL"), "label"),
        ("python", "technology", skill("Python (computer programming)"), "label"),
        ("ledger balancing", "skill", skill("balance the ledger", "ledger balancing"), "other label"),
        ("embedded systems", "skill", skill("embedded system"), "label"),
        ("aws", "technology", Concept("43", "Amazon Web Services AWS software", "technology", ("AWS",)), "other label"),
        ("kubernetes", "technology", skill("k8s"), "other label"),  # the lexicon's other spelling
    ],
)
def test_a_keyword_is_linked_by_any_of_its_names(keyword: str, kind: str, concept: Concept, matched: str) -> None:
    link = linked([skill("sail boats"), concept], asked_keyword(keyword, kind, {}))[keyword]
    assert (link.code, link.label, link.score, link.matched) == (concept.code, concept.label, 1.0, matched)


def test_a_preferred_label_goes_before_another_concepts_other_label() -> None:
    link = linked([skill("abc", "SQL"), skill("SQL")], asked_keyword("sql", "technology", {}))["sql"]
    assert link.label == "SQL"


def test_a_skill_is_never_linked_to_a_product() -> None:
    product = Concept("43", "Accounting software", "technology", ("Accounting",))
    assert not linked([product], asked_keyword("accounting", "skill", {}), meaning=True)


def test_a_near_meaning_is_linked_with_its_chance_and_a_far_one_is_not() -> None:
    books = Asked("bookkeeping", "bookkeeping")
    link = linked([skill("bookkeeping chores"), skill("sail boats")], books, meaning=True)["bookkeeping"]
    assert (link.label, link.matched) == ("bookkeeping chores", "meaning")
    assert 0.85 <= link.score < 1
    assert not linked([skill("sail boats")], books, meaning=True)
    assert not linked([skill("bookkeeping chores")], books)


@pytest.mark.parametrize("asked", [Asked("bookkeeping", "bookkeeping", is_technology=True), Asked("vat", "VAT")])
def test_names_of_products_and_bare_acronyms_are_not_linked_by_meaning(asked: Asked) -> None:
    MEANINGS["VAT"] = MEANINGS["bookkeeping"]
    assert not linked([skill("bookkeeping chores")], asked, meaning=True)


def test_a_role_whose_name_fits_none_goes_by_the_titles_of_most_of_its_postings() -> None:
    skipper = Concept("83-1.00", "Trawler Skippers", "occupation", ("Boat Captain",))
    titles = ("Senior Trawler Skipper (m/f/d)", "Boat Captain - Oslo", "Deckhand")
    (link,) = linked([skipper], Asked("crew", "Skipper, Deckhand and others", titles=titles)).values()
    assert (link.code, link.matched, link.score) == ("83-1.00", "titles", 0.667)
    assert not linked([skipper], Asked("crew", "Skipper and others", titles=(*titles, "Cook", "Cook")))


def test_of_two_occupations_of_one_title_the_nearer_in_meaning_is_taken() -> None:
    MEANINGS.update({"Plumber": (0.0, 0.0, 1.0), "Pipe Fitters": (0.0, 0.1, 0.99), "Gas Men": (1.0, 0.0, 0.0)})
    two = [
        Concept("1", "Gas Men", "occupation", ("Plumber",)),
        Concept("2", "Pipe Fitters", "occupation", ("Plumber",)),
    ]
    assert linked(two, Asked("plumber", "Plumber"), meaning=True)["plumber"].code == "2"


def test_more_in_common_is_always_the_better_chance() -> None:
    assert chance_of(0.6, 0.5, False) < chance_of(0.8, 0.5, False) < chance_of(0.8, 0.7, False)
    assert chance_of(0.6, 0.5, False) < chance_of(0.6, 0.5, True) <= 1


def test_of_equal_cosines_the_first_is_the_nearest() -> None:
    assert nearest_places(np.array([0.2, 0.5, 0.5]), 2) == [1, 2]
