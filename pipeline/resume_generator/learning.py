"""What to learn next: the few skills that would open the most postings. Advice only: no resume is changed."""

import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence

from pydantic import BaseModel, ConfigDict

OPEN_SHARE = 0.6  # of what a posting asks for that its kind of role asks for, too, for it to count as open
ADVISED = 6
IN_TITLES = 0.1  # of the postings that name a skill, from which it is a field of work
STEM = 5  # letters


class LearnNext(BaseModel):
    """A skill that opens postings to who learns it and those before it; `asking` is all near ones that name it."""

    model_config = ConfigDict(frozen=True)

    keyword: str
    opened: list[str]
    asking: list[str]


def open_share(asked: Collection[str], shown: Collection[str]) -> float:
    """Return the part of what a posting asks for that is shown; one that asks for nothing is open to all."""
    return sum(keyword in shown for keyword in asked) / len(asked) if asked else 1.0


def fields_of_work(
    titles: Mapping[str, str], named: Mapping[str, frozenset[str]], skills: Collection[str]
) -> frozenset[str]:
    """Return the skills that are whole fields of work: the postings that name them name them in their titles, too.

    "Data engineering" is what data engineers do: nobody learns it as one skill beside others. `titles` and `named` are
    by posting.
    """
    stems = {i: _stems(title) for i, title in titles.items()}
    counts: Counter[str] = Counter()
    titled: Counter[str] = Counter()
    own = {skill: _stems(skill) for skill in skills}
    for i, keywords in named.items():
        for keyword in keywords & own.keys():
            counts[keyword] += 1
            titled[keyword] += own[keyword] <= stems.get(i, frozenset())
    return frozenset(skill for skill, count in titled.items() if count >= max(2, IN_TITLES * counts[skill]))


def _stems(text: str) -> frozenset[str]:
    """Return what words of one family share, roughly: "engineer" and "engineering" begin alike."""
    return frozenset(word[:STEM] for word in re.findall(r"\w+", text.casefold()))


def what_to_learn(
    near: Mapping[str, frozenset[str]],
    shown: Collection[str],
    limit: int = ADVISED,
    fields: Collection[str] = (),
) -> list[LearnNext]:
    """Choose skills one after the other, each time the one that opens the most of the near postings not open yet.

    `near` has what each posting asks for; `fields` of work are never advised. Where no single skill opens any, the one
    that brings most of them nearest comes next (a greedy cover: nothing better than 1 - 1/e of the best choice can be
    had quickly). Ties fall to the skill that more postings name, then to its name.
    """
    known = set(shown)
    closed = {i: asked for i, asked in near.items() if open_share(asked, known) < OPEN_SHARE}
    advice: list[LearnNext] = []
    while closed and len(advice) < limit:
        asking: dict[str, list[str]] = {}
        for vacancy_id, asked in closed.items():
            for keyword in asked - known - set(fields):
                asking.setdefault(keyword, []).append(vacancy_id)
        if not asking:
            break
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
