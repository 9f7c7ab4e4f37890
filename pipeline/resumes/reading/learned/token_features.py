"""What the word model sees of a word: its letters, the run of words it stands in, and where that run stands."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from pipeline.resumes.reading.learned.tokens import Token

BREAKS = ("cell", "line", "entry", "body")
_INSIDE = frozenset("&'’.+#°\"“”%№")  # marks that do not end a run of words


@dataclass
class Run:
    """Words that nothing parts: begin and end among the tokens, and what stands before and after."""

    begin: int
    finish: int
    before: str = "start"
    after: str = "end"
    words: tuple[str, ...] = ()
    place: int = 0  # among the runs of its line
    of: int = 1  # how many runs its line has


def runs_of(tokens: Sequence[Token]) -> list[Run]:
    """Return the runs of words between marks, dates and breaks."""
    runs: list[Run] = []
    before = "start"
    for index, token in enumerate(tokens):
        goes_on = bool(runs) and runs[-1].finish == index
        if goes_on and (token.kind == "word" or (token.kind == "mark" and token.text in _INSIDE)):
            runs[-1].finish += 1
        elif token.kind == "word":
            runs.append(Run(index, index + 1, before))
        else:
            before = token.kind if token.kind != "mark" else token.text
            if goes_on:
                runs[-1].after = before
    _place_in_lines(runs, tokens)
    return runs


def _place_in_lines(runs: Sequence[Run], tokens: Sequence[Token]) -> None:
    """Give each run its words and its place among the runs of its line."""
    by_line: dict[int, list[Run]] = {}
    for run in runs:
        words = [token for token in tokens[run.begin : run.finish] if token.kind == "word"]
        run.words = tuple(token.text.lower() for token in words)
        by_line.setdefault(tokens[run.begin].line, []).append(run)
    for group in by_line.values():
        for place, run in enumerate(group):
            run.place, run.of = place, len(group)


def shape(text: str) -> str:
    """Return a word's shape: capitals, small letters, digits."""
    if text.isdigit():
        return f"d{min(len(text), 4)}"
    if text.isupper():
        return "X" if len(text) > 1 else "X1"
    if text[:1].isupper():
        return "Xx"
    return "x" if text.isalpha() else "m"


def features_of(tokens: Sequence[Token], section: str) -> list[list[str]]:
    """Return the features of each word of a section's headings."""
    runs = runs_of(tokens)
    run_at = {index: place for place, run in enumerate(runs) for index in range(run.begin, run.finish)}
    blocks = _blocks(tokens)
    result = []
    for index, token in enumerate(tokens):
        found = [f"s={section}", f"kind={token.kind}|{section}"]
        found += blocks[index]
        found += _letters(token, tokens, index)
        place = run_at.get(index)
        if place is not None:
            found += _run(runs, place, index, section)
        result.append(found)
    return result


def _letters(token: Token, tokens: Sequence[Token], index: int) -> list[str]:
    word = token.text.lower()
    found = []
    if token.kind == "mark":
        found.append(f"mark={word}")
    elif token.kind == "word":
        found += [
            f"w={word}",
            f"shape={shape(token.text)}",
            f"e3={word[-3:]}",
            f"bold={token.bold}",
            f"italic={token.italic}",
        ]
        if len(word) > 5:
            found += [f"e4={word[-4:]}", f"e5={word[-5:]}", f"p4={word[:4]}"]
    for offset in (-2, -1, 1, 2):
        if 0 <= index + offset < len(tokens):
            other = tokens[index + offset]
            text = other.text.lower() if other.kind in ("word", "mark") else f"<{other.kind}>"
            found.append(f"{offset}={text}")
    return found


def _run(runs: Sequence[Run], place: int, index: int, section: str) -> list[str]:
    run, words = runs[place], runs[place].words
    at = _at(run, index)
    last = words[-1] if words else ""
    found = [
        f"at={at}",
        f"run={min(run.place, 3)}/{min(run.of, 4)}|{section}",
        f"before={run.before}|{at}",
        f"after={run.after}|{at}",
        f"sides={run.before}|{run.after}|{section}",
        f"words={min(len(words), 7)}",
        f"rfirst={words[0] if words else ''}",
        f"rlast={last}",
        f"rlast3={last[-3:]}",
        f"rlast5={last[-5:]}",
    ]
    found += [f"r={word}" for word in words[:8]]
    found += [f"re={word[-4:]}" for word in words[:8] if len(word) > 4]
    for offset in (-2, -1, 1, 2):
        there = 0 <= place + offset < len(runs)
        found += _other(runs[place + offset], offset, words) if there else [f"{offset}none"]
    return found


def _at(run: Run, index: int) -> str:
    """Say where in its run a word stands."""
    if len(run.words) == 1:
        return "only"
    return "first" if index == run.begin else "last" if index == run.finish - 1 else "mid"


def _other(other: Run, offset: int, words: Sequence[str]) -> list[str]:
    if not other.words:
        return [f"{offset}none"]
    last = other.words[-1]
    found = [f"{offset}rlast={last}", f"{offset}re={last[-4:]}", f"{offset}rfirst={other.words[0]}"]
    if abs(offset) == 1:
        found += [f"{offset}r={word}" for word in other.words[:6]]
        found.append(f"{offset}len={min(len(other.words), 5)}|{min(len(words), 5)}")
    return found


def _blocks(tokens: Sequence[Token]) -> list[list[str]]:
    """Return what each word's entry looks like: how many lines, where the date stands, what comes below."""
    starts = [index for index, token in enumerate(tokens) if token.kind in ("entry", "body")]
    bounds = sorted({0, *starts, len(tokens)})
    result: list[list[str]] = []
    for begin, finish in pairwise(bounds):
        block = tokens[begin:finish]
        lines = list(dict.fromkeys(token.line for token in block))
        date = next((token for token in block if token.kind == "date"), None)
        below = tokens[finish].kind if finish < len(tokens) else "end"
        row = lines.index(date.line) if date else -1
        for token in block:
            own = lines.index(token.line)
            beside = "" if date is None else "=" if row == own else "<" if row < own else ">"
            result.append([
                f"line={min(own, 3)}/{min(len(lines), 4)}",
                f"date={beside}|{min(own, 2)}/{min(len(lines), 3)}",
                f"below={below}|{min(len(lines), 3)}",
                f"cellno={min(token.cell, 3)}|{beside}",
            ])  # fmt: skip
    return result
