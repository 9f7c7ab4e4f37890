"""Two sets of postings side by side: their kinds of role, what one asks for more, pay, place of work and level."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import parse_qs

from pydantic import BaseModel, ConfigDict

from pipeline.cluster_artifacts import Cluster, ClusterArtifact
from pipeline.core import RolemapError
from pipeline.keyword_engine import keyword_label
from pipeline.market_trends import NOT_SAID, PayRange, PostingFacts, pay_by_role
from pipeline.report import Difference, find_differences
from pipeline.services.questions import question_in_words, question_of
from pipeline.services.tables import to_csv

COLUMNS = (
    *("what", "name", "first", "first_total", "first_share", "second", "second_total", "second_share", "difference"),
    *("low", "high", "is_sure"),
)


class Comparison(BaseModel):
    """Two sets of postings; in each list what surely differs comes first. Shares are parts of one."""

    model_config = ConfigDict(frozen=True)

    first_name: str
    second_name: str
    first_count: int
    second_count: int
    roles: list[Difference]
    keywords: list[Difference]
    stated: list[Difference]
    first_pay: list[PayRange]
    second_pay: list[PayRange]

    @property
    def all_differences(self) -> list[tuple[str, Difference]]:
        """Every difference with what it is one of: the sure ones first, then the larger."""
        groups = (("kind of role", self.roles), ("keyword", self.keywords), ("stated", self.stated))
        found = [(what, each) for what, listed in groups for each in listed]
        return sorted(found, key=lambda pair: (not pair[1].is_sure, -abs(pair[1].difference), pair[1].name))


@dataclass(frozen=True)
class ComparedSet:
    """Postings under a name, with the names of their kinds of role by key.

    `keywords` are those of which each posting is known to name them or not; None where that is all.
    """

    name: str
    postings: Sequence[PostingFacts]
    roles: Mapping[str, str]
    keywords: frozenset[str] | None = None


def compare_postings(
    artifact: ClusterArtifact,
    facts: Mapping[str, PostingFacts],
    first: tuple[str, Collection[str]],
    second: tuple[str, Collection[str]],
) -> Comparison:
    """Compare two named sets of postings by their ids; `facts` know the postings' keywords.

    Raises RolemapError where a set is empty, or the two are one.
    """
    if first[1] and set(first[1]) == set(second[1]):
        raise RolemapError("Both sets hold the same postings, so there is nothing to compare.")
    names = {cluster.slug: cluster.name for cluster in artifact.clusters}
    one, other = (ComparedSet(name, [facts[i] for i in sorted(ids)], names) for name, ids in (first, second))
    return compare_sets(one, other, artifact.labels)


def compare_sets(first: ComparedSet, second: ComparedSet, labels: Mapping[str, str]) -> Comparison:
    """Compare two sets of postings, of one market or of two; `labels` are the artifact's. Raises RolemapError.

    Of two markets only the keywords are compared that are known in full of both. A kind of role that both know by the
    same key goes by its name in the first.
    """
    for each in (first, second):
        if not each.postings:
            raise RolemapError(f"No posting is in the set {each.name!r}, so there is nothing to compare.")
    names = {**second.roles, **first.roles}
    known = [each.keywords for each in (first, second) if each.keywords is not None]

    def differences(named: Callable[[PostingFacts], Iterable[str]]) -> list[Difference]:
        return find_differences(*([list(named(fact)) for fact in each.postings] for each in (first, second)))

    def keywords(fact: PostingFacts) -> frozenset[str]:
        return fact.keywords.intersection(*known)

    return Comparison(
        first_name=first.name,
        second_name=second.name,
        first_count=len(first.postings),
        second_count=len(second.postings),
        roles=differences(lambda fact: [names.get(fact.role, fact.role)]),
        keywords=[each.model_copy(update={"name": keyword_label(each.name, labels)}) for each in differences(keywords)],
        stated=differences(_stated),
        first_pay=_pay(first),
        second_pay=_pay(second),
    )


def _stated(facts: PostingFacts) -> list[str]:
    values = {"level": {facts.seniority}, "place of work": {facts.workplace}, "contract": facts.employment}
    return [f"{what}: {value}" for what, said in values.items() for value in said if value != NOT_SAID]


def _pay(compared: ComparedSet) -> list[PayRange]:
    facts = {str(number): fact for number, fact in enumerate(compared.postings)}
    return pay_by_role([Cluster(slug="all", name=compared.name, vacancy_ids=list(facts))], facts, facts)


def named_set(query: str, facts: Mapping[str, PostingFacts], roles: Mapping[str, str]) -> tuple[str, frozenset[str]]:
    """Return the postings that answer a question written as an address has it, under its words. Raises RolemapError.

    An empty query is all postings.
    """
    question = question_of(parse_qs(query, keep_blank_values=False))
    words = question_in_words(question, roles)
    if query.strip() and not words:
        raise RolemapError(f"{query!r} asks nothing. Write it as in an address: place=Berlin&level=senior")
    return words or "all postings", frozenset(i for i, fact in facts.items() if question.admit(fact))


def comparison_csv(comparison: Comparison) -> str:
    """Return every difference as CSV, sure ones first."""
    rows = [
        [
            *(what, each.name, each.first, each.first_total, round(each.first_share, 4), each.second),
            *(each.second_total, round(each.second_share, 4), each.difference, each.low, each.high, each.is_sure),
        ]
        for what, each in comparison.all_differences
    ]
    return to_csv(COLUMNS, rows)
