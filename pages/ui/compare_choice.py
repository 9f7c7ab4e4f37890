"""Which two sets of postings are compared: by one thing they state, by two questions, or with another market."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from urllib.parse import parse_qs, urlencode

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from pages.ui import display, market_reading, work
from pages.ui.reading import file_states
from pipeline import services
from pipeline.cluster_artifacts import ClusterArtifact
from pipeline.core import RolemapError, content_key
from pipeline.market_trends import NOT_SAID, MarketQuestion, PostingFacts
from pipeline.report import admitted
from pipeline.services import ComparedSet, OtherMarket

Facts = Mapping[str, PostingFacts]
Sets = tuple[ComparedSet, ComparedSet]

REST = "all the others"
STATED = {  # what postings state, and what they can be asked by
    "Place": "places",
    "Company": "companies",
    "Kind of role": "roles",
    "Seniority": "seniorities",
    "Place of work": "workplaces",
}
PERIOD, QUESTIONS, VIEWS = "Period", "Two questions", "Two saved views"
EARLIER, ANOTHER = "An earlier clustering", "Another collection"
HELD = "held"  # the parameter of the address that holds the first of two questions
READING = "other market"


@dataclass(frozen=True)
class Asked:
    """The market at hand, all of it, and the question that is asked of it."""

    artifact: ClusterArtifact
    facts: Facts
    question: MarketQuestion

    @property
    def shown(self) -> Facts:
        """The postings that answer the question."""
        ids = admitted(self.facts, self.question)
        return {i: fact for i, fact in self.facts.items() if i in ids}

    @property
    def roles(self) -> Mapping[str, str]:
        """The names of the kinds of role."""
        return market_reading.role_names(self.artifact)

    def part(self, name: str, facts: Facts) -> ComparedSet:
        """Return some postings of the market under a name."""
        return ComparedSet(name, [facts[i] for i in sorted(facts)], self.roles)


def choose(asked: Asked) -> Sets | None:
    """Show the choice and return the two sets; None where there is nothing to compare yet."""
    by, *places = st.columns(3)
    other: dict[str, Callable[..., Sets | None]] = {
        PERIOD: _periods,
        QUESTIONS: _questions,
        VIEWS: _views,
        EARLIER: _earlier,
        ANOTHER: _another,
    }
    dimension = by.selectbox("Compare by", [*STATED, *other], key="by", bind="query-params")
    step = other.get(dimension) or partial(_values, STATED[dimension])
    return step(asked, *places)


def _values(name: str, asked: Asked, first: DeltaGenerator, second: DeltaGenerator) -> Sets | None:
    facts, roles = asked.shown, asked.roles
    values = _counted(facts, name)
    if len(values) < 2:
        st.info("The postings at hand have fewer than two of these to compare. Ask more widely, or compare by another.")
        return None

    def shown(value: str) -> str:
        return roles.get(value, value)

    one = first.selectbox("This one", values, format_func=shown, key="this", bind="query-params")
    others = [REST, *(value for value in values if value != one)]
    other = second.selectbox("Beside", others, format_func=shown, key="beside", bind="query-params")
    ids = admitted(facts, MarketQuestion(**{name: frozenset({one})}))
    beside = frozenset(facts) - ids if other == REST else admitted(facts, MarketQuestion(**{name: frozenset({other})}))
    return _part(asked, shown(one), ids), _part(asked, shown(other), beside)


def _part(asked: Asked, name: str, ids: frozenset[str]) -> ComparedSet:
    return asked.part(name, {i: asked.facts[i] for i in ids})


def _counted(facts: Facts, name: str) -> list[str]:
    """Return the values of one kind that the postings have, the most frequent first."""
    single = {"companies": "company", "roles": "role", "seniorities": "seniority", "workplaces": "workplace"}
    counted: Counter[str] = Counter()
    for fact in facts.values():
        counted.update(fact.place_names if name == "places" else [getattr(fact, single[name])])
    return [value for value, _ in counted.most_common() if value and value != NOT_SAID]


def _periods(asked: Asked, first: DeltaGenerator, *_: object) -> Sets | None:
    facts = asked.shown
    days = sorted(fact.posted_on for fact in facts.values() if fact.posted_on)
    if not days or days[0] == days[-1]:
        st.info("The postings at hand have no two days to part them by.")
        return None
    middle: date = days[len(days) // 2]
    day = first.date_input("From this day on, beside before", middle, days[0], days[-1], key="day", bind="query-params")
    later = {i: fact for i, fact in facts.items() if fact.posted_on and fact.posted_on >= day}
    earlier = {i: fact for i, fact in facts.items() if fact.posted_on and fact.posted_on < day}
    return asked.part(f"from {day} on", later), asked.part(f"before {day}", earlier)


def _questions(asked: Asked, first: DeltaGenerator, second: DeltaGenerator) -> Sets | None:
    held = services.question_of(parse_qs(st.query_params.get(HELD, "")))
    first.button("Take the question above as the first", on_click=_hold, args=(asked.question,), key="compare.hold")
    if HELD not in st.query_params:
        second.caption("Take the question above as the first; then change it, and both stand side by side.")
        return None
    if held == asked.question:
        second.caption("Now change the question above: it becomes the second.")
        return None
    names = [services.question_in_words(each, asked.roles) or "all postings" for each in (held, asked.question)]
    return _part(asked, names[0], admitted(asked.facts, held)), asked.part(names[1], asked.shown)


def _hold(question: MarketQuestion) -> None:
    st.query_params[HELD] = urlencode(services.query_of(question), doseq=True)


def _views(asked: Asked, first: DeltaGenerator, second: DeltaGenerator) -> Sets | None:
    try:
        kept = services.saved_views()
    except RolemapError as error:
        st.error(display.plain(str(error)))
        return None
    if not kept:
        st.info("No view is kept yet. Ask a question above and keep it under Views; then it can be compared here.")
        return None
    one = first.selectbox("This one", list(kept), key="compare.first.view")
    other = second.selectbox("Beside", [REST, *(name for name in kept if name != one)], key="compare.second.view")
    ids = admitted(asked.facts, kept[one])
    beside = frozenset(asked.facts) - ids if other == REST else admitted(asked.facts, kept[other])
    return _part(asked, one, ids), _part(asked, other, beside)


def _earlier(asked: Asked, first: DeltaGenerator, *_: object) -> Sets | None:
    versions = services.earlier_artifacts()
    if not versions:
        st.info("No earlier clustering is kept yet. One is kept each time the postings are clustered anew.")
        return None
    version = first.selectbox("Beside", versions, format_func=services.version_name, key="compare.version")
    try:
        return _beside(asked, services.earlier_market(version, market_reading.mentions()))
    except (RolemapError, OSError) as error:
        st.error(display.plain(str(error)))
        return None


def _another(asked: Asked, first: DeltaGenerator, *_: object) -> Sets | None:
    file = first.file_uploader(
        "A colleague's file",
        key="compare.file",
        help="Their cluster artifact (vacancy_clusters.json), or postings in any format. Nothing of it is stored.",
    )
    if file is None:
        st.info(
            "Open a colleague's cluster artifact, or postings they took away from Vacancies or from anywhere else: the "
            "two collections then stand side by side. Their postings come under your kinds of role, by what they say."
        )
        return None
    data, artifact = file.getvalue(), asked.artifact
    key = content_key(data, str(file_states()))
    if work.mine(READING, key) is None:
        work.start(
            READING,
            "Reading the other collection",
            lambda report: services.market_of_file(file.name, data, artifact, report),
            key=key,
        )
    other: OtherMarket | None = work.result_of(READING, key)
    return None if other is None else _beside(asked, other)


def _beside(asked: Asked, other: OtherMarket) -> Sets:
    """Return what answers the question here, and there."""
    ids = admitted(other.facts, asked.question)
    theirs = ComparedSet(other.name, [other.facts[i] for i in sorted(ids)], other.roles, other.keywords)
    if other.keywords is not None:
        st.caption(
            display.plain(
                f"Of {other.name} {len(other.keywords):,} keywords are known in full: those that its kinds of "
            )
            + "role ask for. Only these are compared."
        )
    return asked.part("the market at hand", asked.shown), theirs
