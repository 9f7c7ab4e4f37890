"""A second opinion on rewrites: a language model may hold back what the fact guard let through, never the reverse."""

import json
from collections.abc import Sequence
from dataclasses import dataclass

from pydantic import BaseModel

from pipeline.core import ContentCache, content_key
from pipeline.llm import DATA_RULE, LanguageModel, LanguageModelError, Prompt, fence, one_line

REWRITING_STAGE = "Second opinion"
OPINION_KIND = "opinion-v1"
MAX_REASON_CHARACTERS = 160


class Doubt(BaseModel):
    """One rewrite that says more than its original, by its number in the request, and what it adds."""

    number: int
    adds: str


class Doubts(BaseModel):
    """What a model answers: the rewrites it would not let stand."""

    doubts: list[Doubt]


@dataclass(frozen=True)
class Pair:
    """An original and its rewrite, both without personal data."""

    original: str
    rewritten: str


def opinion_prompt(pairs: Sequence[Pair]) -> Prompt:
    """Return the question about numbered pairs, all fenced as data."""
    blocks = (
        f"Pair {number}:\n{fence(pair.original, 'original')}\n{fence(pair.rewritten, 'rewrite')}"
        for number, pair in enumerate(pairs, start=1)
    )
    return Prompt(_INSTRUCTIONS, "\n\n".join(blocks))


_INSTRUCTIONS = f"""You compare rewritten passages of a resume with their originals.

{DATA_RULE}

A rewrite must not claim more than its original: no new number, tool, employer, title, result or duty, no wider scope,
no greater part in the work. Other words for the same thing, another order or tense and leaving things out are fine.

Answer with the number of each pair whose rewrite claims more, and what it adds, in a few words. Where none does,
answer with an empty list."""


async def ask_second_opinion(
    pairs: Sequence[Pair], *, llm: LanguageModel, cache: ContentCache | None = None, read_cache: bool = True
) -> list[str]:
    """Return for each pair why the model would hold it back, nothing where it would not.

    Who asks for a second opinion wants no rewrite without one: where the model fails, all that is not known is held
    back.
    """
    keys = [content_key(llm.name, _INSTRUCTIONS, pair.original, pair.rewritten) for pair in pairs]
    known = _kept_opinions(cache, keys) if cache is not None and read_cache else {}
    missing = [number for number, key in enumerate(keys) if key not in known]
    if missing:
        try:
            opinions = await _ask([pairs[number] for number in missing], llm)
        except LanguageModelError as error:
            failed = f"no second opinion could be had: {error}"
            return [known.get(key, failed) for key in keys]
        given = dict(zip((keys[number] for number in missing), opinions, strict=True))
        if cache is not None:
            cache.put_many(OPINION_KIND, {key: json.dumps(opinion).encode() for key, opinion in given.items()})
        known |= given
    return [known[key] for key in keys]


async def _ask(pairs: Sequence[Pair], llm: LanguageModel) -> list[str]:
    """Return the model's opinion of each pair, nothing where it has no doubt. Raises LanguageModelError."""
    answer = await llm.ask(opinion_prompt(pairs), Doubts, stage=REWRITING_STAGE)
    doubts = {doubt.number: one_line(doubt.adds, MAX_REASON_CHARACTERS) or "something" for doubt in answer.doubts}
    return [
        f"the second opinion: it adds {doubts[number]}" if number in doubts else ""
        for number in range(1, len(pairs) + 1)
    ]


def _kept_opinions(cache: ContentCache, keys: Sequence[str]) -> dict[str, str]:
    """Return the opinions that the cache holds, by key; a damaged one counts as none."""
    found = cache.get_many(OPINION_KIND, keys)
    return {key: opinion for key, value in found.items() if (opinion := _read(value)) is not None}


def _read(value: bytes) -> str | None:
    try:
        reason = json.loads(value)
    except ValueError:
        return None
    return reason if isinstance(reason, str) else None
