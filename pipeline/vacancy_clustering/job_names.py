"""Which jobs each posting names, as phrases that can be counted: those of its title, else those of its body."""

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from pipeline.postings import SMALL_WORDS, head_words, names_occupation, occupation_of, role_segments

MAX_NAME_WORDS = 5
ENGLISH_SHARE = 0.3  # of a corpus's parts of titles that end in an English occupation, for every role to stand last
_TOKEN = re.compile(r"\.?[^\W_](?:[\w+#'’.]*[\w+#])?(?:[-/][^\W_](?:[\w+#'’.]*[\w+#])?)*")
_SLASH = re.compile(r"([^\W\d_]+)\s*/\s*([^\W\d_]+)")
_LIST = frozenset("and or & und oder et ou y e o i en of".split()) & SMALL_WORDS - {"of", "en", "i"}


@dataclass(frozen=True)
class NamedJobs:
    """The phrases that one posting's jobs are called by. They are keys: lower case, no hyphens, in the singular."""

    phrases: frozenset[str]
    said_by: Literal["title", "body", "nobody"]  # "nobody" where no word is known as an occupation


@dataclass(frozen=True)
class Speech:
    """How a corpus writes its titles: words that it joins at times ("front-end"), and whether roles stand last."""

    joined: frozenset[str]
    is_english: bool


def read_jobs(
    titles: Sequence[str], bodies: Sequence[Sequence[str]], places: Collection[str]
) -> tuple[list[NamedJobs], Speech]:
    """Return the jobs that each posting names, and how the corpus writes them.

    `bodies` gives what each body calls the job; it counts where the title names no occupation. `places`, in lower
    case, are employers and places, which name no role.
    """
    segments = [_parted(role_segments(title, places)) for title in titles]
    every = [segment for parts in segments for segment in parts]
    jobs = [segment for segment in every if any(map(names_occupation, _TOKEN.findall(segment)))]
    roles_last = sum(occupation_of(segment.split()[-1]) is not None for segment in jobs)
    speech = replace(speech_of(titles), is_english=roles_last >= ENGLISH_SHARE * len(jobs))
    return [_named(parts, body, speech) for parts, body in zip(segments, bodies, strict=True)], speech


def speech_of(titles: Sequence[str]) -> Speech:
    """Return which words titles join at times; where roles stand in them is not looked at."""
    return Speech(_joined(titles), is_english=True)


def phrase_key(phrase: str, speech: Speech) -> str:
    """Return what a phrase is counted by: lower case, no hyphens where titles do without, in the singular."""
    words = [key for key, _, _ in word_keys(phrase, speech)]
    return " ".join([*words[:-1], occupation_of(words[-1]) or words[-1]]) if words else ""


def _named(segments: Sequence[str], body: Sequence[str], speech: Speech) -> NamedJobs:
    is_job = any(names_occupation(word) for segment in segments for word in _TOKEN.findall(segment))
    said = segments if is_job or not body else body
    phrases = {phrase for segment in said for phrase in _phrases(segment, speech)}
    return NamedJobs(frozenset(phrases), "title" if is_job else "body" if body else "nobody")


def _parted(segments: Sequence[str]) -> list[str]:
    """Return parts of titles, cut at a stroke between two jobs: "Developer/Analyst", but "UI/UX Designer"."""
    cut = (_SLASH.sub(_stroke, segment) for segment in segments)
    return [part.strip() for segment in cut for part in segment.split(" / ") if part.strip()]


def _stroke(match: re.Match[str]) -> str:
    return f"{match[1]} / {match[2]}" if names_occupation(match[1]) else match[0]


def _joined(titles: Sequence[str]) -> frozenset[str]:
    """Return the words that titles write with a hyphen, without it: "frontend" of "Front-End"."""
    return frozenset(
        token.replace("-", "").lower()
        for title in titles
        for token in _TOKEN.findall(title)
        if token.count("-") == 1 and token.replace("-", "").isalpha()
    )


def word_keys(text: str, speech: Speech) -> list[tuple[str, int, int]]:
    """Return the words of a text as they are counted, each with where it stands; "front end" is one as "Front-End"."""
    keys: list[tuple[str, int, int]] = []
    for match in _TOKEN.finditer(text):
        key = match[0].lower()
        key = key.replace("-", "") if key.replace("-", "") in speech.joined else key
        if keys and keys[-1][0] + key in speech.joined and not text[keys[-1][2] : match.start()].strip():
            key, start = keys[-1][0] + key, keys.pop()[1]
        else:
            start = match.start()
        keys.append((key, start, match.end()))
    return keys


def _phrases(segment: str, speech: Speech) -> Iterator[str]:
    """Yield the phrases of a part of a title that may name its job: those that end in an occupation.

    In English a role stands last, "registered nurse"; elsewhere it may stand first too, "technicien réseau". Where no
    word is known as an occupation, the whole part and its head may end in one.
    """
    words = [key for key, _, _ in word_keys(segment, speech)]
    before_of = len(word_keys(" ".join(head_words(segment)), speech))
    heads = [i for i, word in enumerate(words) if names_occupation(word)]
    if speech.is_english:  # a "Fellows Programme Director" is a director
        heads = [i for i in heads if i < before_of][-1:] or heads[:1]
    ends = [i + 1 for i in heads] or sorted({len(words), before_of})
    for end in ends:
        for start in range(max(0, end - MAX_NAME_WORDS), end):
            yield from _phrase(words[start:end])
    if not speech.is_english:
        for start in heads or [0]:
            for end in range(start + 1, min(len(words), start + MAX_NAME_WORDS) + 1):
                yield from _phrase(words[start:end])


def _phrase(words: Sequence[str]) -> Iterator[str]:
    is_whole = words and not {words[0], words[-1]} & SMALL_WORDS and not _LIST & {*words}
    if is_whole and all(_may_name(word) for word in words):
        yield " ".join([*words[:-1], occupation_of(words[-1]) or words[-1]])


def _may_name(word: str) -> bool:
    """Tell whether a word may stand in the name of a job: a number, a grade or a programme's code may not."""
    return sum(map(str.isdigit, word)) < 2 and any(map(str.isalpha, word)) and not word[0].isdigit()


def spellings(phrase: str, titles: Sequence[str], speech: Speech) -> Counter[str]:
    """Return how titles write a phrase, whole and in order, with how many of them do."""
    wanted = phrase.split()
    met: Counter[str] = Counter()
    for title in titles:
        keys = word_keys(title, speech)
        words = [key for key, _, _ in keys]
        for start in range(len(words) - len(wanted) + 1):
            last = words[start + len(wanted) - 1]
            found = [*words[start : start + len(wanted) - 1], occupation_of(last) or last]
            written = title[keys[start][1] : keys[start + len(wanted) - 1][2]]
            if found == wanted and "," not in written:
                met[" ".join(written.split())] += 1
                break
    return met
