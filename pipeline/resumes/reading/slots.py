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
    slots: dict[tuple[object, ...], _Sum] = {}
    blocks: dict[int, _Peaks] = {}
    for run, thought in zip(runs, thoughts, strict=True):
        for key in _keys(run, lines[run.begin]):
            slots.setdefault(key, _Sum()).add(thought)
        blocks.setdefault(entries[run.begin], _Peaks()).add(thought)
    found: list[list[str]] = [[] for _ in tokens]
    for run, thought in zip(runs, thoughts, strict=True):
        own = _named("own", thought, 1)
        for name, key in zip(("slot", "loose"), _keys(run, lines[run.begin]), strict=True):
            own += _named(name, *slots[key].mean_without(thought))
        own += blocks[entries[run.begin]].beside(thought)
        found[run.begin : run.finish] = [own] * (run.finish - run.begin)
    return found


class _Sum:
    """What was thought of all runs in one place, added up."""

    def __init__(self) -> None:
        self.count = 0
        self.total = dict.fromkeys(TOLD, 0.0)

    def add(self, thought: Thought) -> None:
        """Add one run's."""
        self.count += 1
        for tag in TOLD:
            self.total[tag] += thought[tag]

    def mean_without(self, thought: Thought) -> tuple[Thought, int]:
        """Return the mean over the others, and how many they are."""
        others = self.count - 1
        return {tag: (self.total[tag] - thought[tag]) / max(others, 1) for tag in TOLD}, others


class _Peaks:
    """The two highest probabilities of each tag among an entry's runs."""

    def __init__(self) -> None:
        self.first, self.second = dict.fromkeys(TOLD, 0.0), dict.fromkeys(TOLD, 0.0)

    def add(self, thought: Thought) -> None:
        """Take one run into account."""
        for tag in TOLD:
            if thought[tag] > self.first[tag]:
                self.first[tag], self.second[tag] = thought[tag], self.first[tag]
            else:
                self.second[tag] = max(self.second[tag], thought[tag])

    def beside(self, thought: Thought) -> list[str]:
        """Say what the other runs of the entry are."""
        most = {tag: self.second[tag] if thought[tag] == self.first[tag] else self.first[tag] for tag in TOLD}
        return [f"has:{tag}={_step(most[tag])}" for tag in TOLD if most[tag] > 0.3]


def _thought(run: Run, probability: Probability) -> Thought:
    places = range(run.begin, min(run.finish, run.begin + 3))
    return {tag: sum(probability(tag, index) for index in places) / len(places) for tag in TOLD}


def _step(probability: float) -> int:
    return int(probability * 5)


def _named(name: str, thought: Thought, count: int) -> list[str]:
    if not count:
        return [f"{name}:none"]
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
