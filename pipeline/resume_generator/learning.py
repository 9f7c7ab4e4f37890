"""What to learn next: the few skills that would open the most postings. Advice only: no resume is changed."""

from collections.abc import Collection, Mapping, Sequence

from pydantic import BaseModel, ConfigDict

OPEN_SHARE = 0.6  # of what a posting asks for that its kind of role asks for, too, for it to count as open
ADVISED = 6


class LearnNext(BaseModel):
    """A skill that opens postings to who learns it and those before it; `asking` is all near ones that name it."""

    model_config = ConfigDict(frozen=True)

    keyword: str
    opened: list[str]
    asking: list[str]


def open_share(asked: Collection[str], shown: Collection[str]) -> float:
    """Return the part of what a posting asks for that is shown; one that asks for nothing is open to all."""
    return sum(keyword in shown for keyword in asked) / len(asked) if asked else 1.0


def what_to_learn(near: Mapping[str, frozenset[str]], shown: Collection[str], limit: int = ADVISED) -> list[LearnNext]:
    """Choose skills one after the other, each time the one that opens the most of the near postings not open yet.

    `near` has what each posting asks for. Where no single skill opens any, the one that brings most of them nearest
    comes next (a greedy cover: nothing better than 1 - 1/e of the best choice can be had quickly). Ties fall to the
    skill that more postings name, then to its name.
    """
    known = set(shown)
    closed = {i: asked for i, asked in near.items() if open_share(asked, known) < OPEN_SHARE}
    advice: list[LearnNext] = []
    while closed and len(advice) < limit:
        asking: dict[str, list[str]] = {}
        for vacancy_id, asked in closed.items():
            for keyword in asked - known:
                asking.setdefault(keyword, []).append(vacancy_id)
        gain = {keyword: _gain(keyword, ids, closed, known) for keyword, ids in asking.items()}
        keyword = min(asking, key=lambda each: (-gain[each][0], -gain[each][1], -len(asking[each]), each))
        known.add(keyword)
        opened = [i for i in sorted(asking[keyword]) if open_share(closed[i], known) >= OPEN_SHARE]
        named = sorted(i for i, asked in near.items() if keyword in asked)
        advice.append(LearnNext(keyword=keyword, opened=opened, asking=named))
        for vacancy_id in opened:
            del closed[vacancy_id]
    return advice


def _gain(
    keyword: str, ids: Sequence[str], closed: Mapping[str, frozenset[str]], known: Collection[str]
) -> tuple[int, float]:
    """Return how many postings a skill opens, and how much nearer it brings all that name it."""
    with_it = {*known, keyword}
    opened = sum(open_share(closed[i], with_it) >= OPEN_SHARE for i in ids)
    return opened, round(sum(1 / len(closed[i]) for i in ids), 9)
