"""What runs of words in the same place of other entries were taken for: resumes repeat one pattern down the page.

A first model tags the words of a section; a second one sees, besides what the first saw, what it thought of the runs
that stand in the same place of the other entries, and of the other runs of the same entry.
"""

from collections.abc import Callable, Sequence

from pipeline.resumes.reading.token_features import Run, runs_of
from pipeline.resumes.reading.tokens import Token

TOLD = ("employer", "position", "place", "note", "institution", "degree", "area", "name", "issuer", "label")
Probability = Callable[[str, int], float]
Thought = dict[str, float]


def slot_features(tokens: Sequence[Token], probability: Probability) -> list[list[str]]:
    """Return for each word what the first model thinks of its run, of runs in its place, and of its entry's others."""
    runs = runs_of(tokens)
    thoughts = [_thought(run, probability) for run in runs]
    entries = _entries(tokens)
    lines = _lines(tokens, entries)
    slots: dict[tuple[object, ...], list[int]] = {}
    blocks: dict[int, list[int]] = {}
    for place, run in enumerate(runs):
        for key in _keys(run, lines[run.begin]):
            slots.setdefault(key, []).append(place)
        blocks.setdefault(entries[run.begin], []).append(place)
    found: list[list[str]] = [[] for _ in tokens]
    for place, run in enumerate(runs):
        own = _named("own", thoughts[place], 1)
        for name, key in zip(("slot", "loose"), _keys(run, lines[run.begin]), strict=True):
            others = [thoughts[other] for other in slots[key] if other != place]
            own += _named(name, _mean(others), len(others)) if others else [f"{name}:none"]
        beside = [thoughts[other] for other in blocks[entries[run.begin]] if other != place]
        own += [
            f"has:{tag}={_step(max(one[tag] for one in beside))}"
            for tag in TOLD
            if beside and max(one[tag] for one in beside) > 0.3
        ]
        for index in range(run.begin, run.finish):
            found[index] = own
    return found


def _thought(run: Run, probability: Probability) -> Thought:
    places = range(run.begin, min(run.finish, run.begin + 3))
    return {tag: sum(probability(tag, index) for index in places) / len(places) for tag in TOLD}


def _mean(thoughts: Sequence[Thought]) -> Thought:
    return {tag: sum(one[tag] for one in thoughts) / len(thoughts) for tag in TOLD}


def _step(probability: float) -> int:
    return int(probability * 5)


def _named(name: str, thought: Thought, count: int) -> list[str]:
    top = max(TOLD, key=lambda tag: thought[tag])
    features = [f"{name}:{tag}={_step(thought[tag])}" for tag in TOLD if thought[tag] > 0.08]
    return [*features, f"{name}top={top}|{_step(thought[top])}|{min(count, 3)}"]


def _entries(tokens: Sequence[Token]) -> list[int]:
    """Number the entries that the words stand in."""
    numbers, number = [], 0
    for token in tokens:
        number += token.kind == "entry"
        numbers.append(number)
    return numbers


def _lines(tokens: Sequence[Token], entries: Sequence[int]) -> list[int]:
    """Number the line of each word within its entry."""
    first: dict[int, list[int]] = {}
    result = []
    for token, entry in zip(tokens, entries, strict=True):
        seen = first.setdefault(entry, [])
        if token.line not in seen:
            seen.append(token.line)
        result.append(seen.index(token.line))
    return result


def _keys(run: Run, line: int) -> tuple[tuple[object, ...], tuple[object, ...]]:
    return (line, run.place, run.before, run.after), (run.before, run.after, min(line, 2))
