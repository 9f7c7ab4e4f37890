"""Which keywords are asked for together: a small graph that can be read, and what goes with what one has."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from itertools import combinations

from pydantic import BaseModel, ConfigDict

NODES, LINKS = 28, 45
FEWEST = 5  # postings that name both, below which nothing is said
LEAST_LIFT = 1.15  # times as often together as by chance
HELD_BACK = 5.0  # postings' worth of chance that a link is held to, so that a rare pair does not lead


class Link(BaseModel):
    """Two keywords: `together` postings name both, `lift` times as many as by chance."""

    model_config = ConfigDict(frozen=True)

    first: str
    second: str
    together: int
    lift: float


class SkillGraph(BaseModel):
    """The most asked-for keywords with their counts and their places from 0 to 1, and the links between them."""

    model_config = ConfigDict(frozen=True)

    total: int
    counts: dict[str, int]
    places: dict[str, tuple[float, float]]
    links: list[Link]


class Companion(BaseModel):
    """A keyword that goes with others: `share` of the postings that name those name it too, `share_all` of all."""

    model_config = ConfigDict(frozen=True)

    keyword: str
    count: int
    share: float
    share_all: float


def skills_together(named: Sequence[Collection[str]]) -> SkillGraph:
    """Return the graph of what postings name; each item is the keywords of one."""
    every = Counter(keyword for keywords in named for keyword in set(keywords))
    most = [keyword for keyword, count in sorted(every.items(), key=lambda i: (-i[1], i[0])) if count >= FEWEST][:NODES]
    kept = set(most)
    pairs = Counter(pair for keywords in named for pair in combinations(sorted(kept & set(keywords)), 2))
    total = len(named)
    links = [
        Link(first=a, second=b, together=count, lift=round(_lift(count, every[a], every[b], total), 3))
        for (a, b), count in pairs.items()
        if count >= FEWEST
    ]
    links = sorted((x for x in links if x.lift >= LEAST_LIFT), key=lambda x: (-x.lift, -x.together, x.first, x.second))
    chosen = links[:LINKS]
    return SkillGraph(
        total=total, counts={keyword: every[keyword] for keyword in most}, places=_places(most, chosen), links=chosen
    )


def _lift(together: int, first: int, second: int, total: int) -> float:
    expected = first * second / total
    return (together + HELD_BACK) / (expected + HELD_BACK)


def _places(keywords: Sequence[str], links: Sequence[Link]) -> dict[str, tuple[float, float]]:
    """Return where each keyword goes: linked ones near each other, the same every time."""
    import networkx

    graph = networkx.Graph()
    graph.add_nodes_from(keywords)
    graph.add_weighted_edges_from((link.first, link.second, link.lift) for link in links)
    found = networkx.spring_layout(graph, k=1.6 / max(len(keywords), 1) ** 0.5, iterations=200, seed=7, scale=0.5)
    return {keyword: (round(float(x) + 0.5, 4), round(float(y) + 0.5, 4)) for keyword, (x, y) in found.items()}


def companions(named: Sequence[Collection[str]], have: Collection[str], limit: int = 12) -> list[Companion]:
    """Return the keywords that postings which name all of what one has name besides, the most telling first."""
    own = set(have)
    with_them = [set(keywords) for keywords in named if own <= set(keywords)]
    if not own or len(with_them) < FEWEST:
        return []
    every: Mapping[str, int] = Counter(keyword for keywords in named for keyword in set(keywords))
    beside = Counter(keyword for keywords in with_them for keyword in keywords - own)
    found = [
        Companion(keyword=keyword, count=count, share=count / len(with_them), share_all=every[keyword] / len(named))
        for keyword, count in beside.items()
        if count >= FEWEST
    ]
    gain = {x.keyword: _lift(x.count, len(with_them), every[x.keyword], len(named)) for x in found}
    return sorted(found, key=lambda x: (-gain[x.keyword], -x.count, x.keyword))[:limit]
