"""The rewriting stage: a resume's summary and bullets, reworded for a kind of role by a language model, each checked.

Nothing that a model says is taken on trust: what the fact guard does not let through goes back to the original.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from pydantic import BaseModel

from pipeline.bullet_rewriter.fact_guard import check_rewrite
from pipeline.bullet_rewriter.mending import mend_rewrite
from pipeline.bullet_rewriter.personal_data import MaskedText, PersonalData
from pipeline.bullet_rewriter.second_opinion import Pair, ask_second_opinion
from pipeline.core import ContentCache, content_key
from pipeline.llm import DATA_RULE, LanguageModel, LanguageModelError, Prompt, RateLimited, TruncatedAnswer, fence
from pipeline.resumes import Resume

REWRITING_STAGE = "Rewriting"
REWRITE_KIND = "rewrite-v1"
SHOWN_KEYWORDS = 25  # of a role's pool, in the prompt
KEPT_AS_IT_IS = "the model leaves it as it is"
REJECTED = "you prefer the original"
LEFT_OUT = "the model's answer leaves it out"

Outcome = Literal["rewritten", "kept", "reverted", "edited"]


class RewrittenPassage(BaseModel):
    """One passage, by its number in the request."""

    number: int
    text: str


class RewrittenPassages(BaseModel):
    """What a model answers for one kind of role."""

    passages: list[RewrittenPassage]


@dataclass(frozen=True)
class RoleBrief:
    """What passages are reworded for: a cluster, or one job description, with its keywords, most telling first."""

    slug: str
    name: str
    keywords: tuple[str, ...] = ()


@dataclass(frozen=True)
class Passage:
    """One text of a resume; `work_index` counts in its jobs, and None means the summary."""

    text: str
    work_index: int | None = None


@dataclass(frozen=True)
class Rewrite:
    """What became of a passage: the text to use, what the model proposed where it did, and why it is not used.

    Where a rewrite's text is not what was proposed, it was mended: words that nothing bears out are gone from it.
    """

    passage: Passage
    outcome: Outcome
    text: str
    proposed: str | None = None
    reasons: tuple[str, ...] = ()

    @property
    def is_mended(self) -> bool:
        """Tell whether the rewrite stands without some of the words proposed."""
        return self.outcome == "rewritten" and self.proposed is not None and self.text != self.proposed

    def record(self) -> dict[str, Any]:
        """Return it as the manifest keeps it."""
        return {
            "job": self.passage.work_index,
            "outcome": self.outcome,
            "original": self.passage.text,
            "proposed": self.proposed,
            "text": self.text,
            "reasons": list(self.reasons),
        }


def resume_passages(resume: Resume) -> list[Passage]:
    """Return what may be reworded, each once: the summary, and every bullet of every job."""
    summary = [Passage(resume.basics.summary)] if resume.basics.summary else []
    bullets = [Passage(text, index) for index, job in enumerate(resume.work) for text in job.highlights if text.strip()]
    return list(dict.fromkeys([*summary, *bullets]))


def apply_rewrites(resume: Resume, rewrites: Iterable[Rewrite]) -> Resume:
    """Return the resume with the texts of the rewrites in place of their passages, wherever in its job each stands."""
    texts = {rewrite.passage: rewrite.text for rewrite in rewrites}
    changes: dict[str, Any] = {}
    summary = resume.basics.summary
    if summary and texts.get(Passage(summary), summary) != summary:
        changes["basics"] = resume.basics.model_copy(update={"summary": texts[Passage(summary)]})
    work = []
    for index, job in enumerate(resume.work):
        highlights = [texts.get(Passage(text, index), text) for text in job.highlights]
        work.append(job if highlights == job.highlights else job.model_copy(update={"highlights": highlights}))
    if any(new is not old for new, old in zip(work, resume.work, strict=True)):
        changes["work"] = work
    return resume.model_copy(update=changes) if changes else resume


def rewrite_prompt(role: RoleBrief, texts: Sequence[str]) -> Prompt:
    """Return the one question for a kind of role: its description and the numbered passages, all fenced as data."""
    passages = "\n\n".join(f"Passage {number}:\n{fence(text, 'passage')}" for number, text in enumerate(texts, start=1))
    return Prompt(_INSTRUCTIONS, f"The kind of role:\n{_role_block(role)}\n\nThe passages:\n\n{passages}")


_INSTRUCTIONS = f"""You edit the passages of a person's resume for one kind of role: clearer, tighter, the point first.

{DATA_RULE}

Rules:
- Keep every fact as it is. Add no number, tool, technology, employer, title, date, result, scope or duty.
- Do not make a claim larger: "helped" does not become "led", "a pilot" not "a product", "most" not "all".
- Use a word of the role's where the passage already says the same thing in another word; never to add something.
- Keep numbers with what they count, and names as they are written.
- Keep placeholders such as [private-1] exactly as they are.
- Write each passage as plain text on one line, in its own language, without first person or markup, and no longer.
- Where a passage is good already, give it back unchanged.

Answer with every passage under its number, and with nothing else."""


def _role_block(role: RoleBrief) -> str:
    return fence(f"{role.name}\nIts keywords: {', '.join(role.keywords[:SHOWN_KEYWORDS])}", "role")


@dataclass(frozen=True)
class _Item:
    passage: Passage
    masked: MaskedText
    key: str


@dataclass(frozen=True)
class _Answer:
    """What a model said of one passage: nothing where it left it out, or why it said nothing at all."""

    text: str | None = None
    failure: str = ""


class BulletRewriter:
    """Rewrites the passages of one resume. Answers are cached passage by passage, without personal data.

    `model` is the name under which answers are cached: that of the language model that is asked. With
    `asks_twice` it is asked for a second opinion on what the fact guard lets through, and may hold that back.
    """

    def __init__(
        self,
        resume: Resume,
        *,
        model: str,
        cache: ContentCache | None = None,
        read_cache: bool = True,
        asks_twice: bool = False,
    ) -> None:
        self.resume = resume
        self._model = model
        self._cache = cache
        self._read_cache = read_cache
        self._asks_twice = asks_twice
        self._personal = PersonalData(resume)

    async def rewrite(self, role: RoleBrief, *, llm: LanguageModel) -> list[Rewrite]:
        """Return what became of every passage, in the order of the resume. A failure is a reason, never raised."""
        items = [self._item(passage, role) for passage in resume_passages(self.resume)]
        known = self._recall(items)
        unknown = [item for item in items if item.key not in known]
        answers = known | await self._ask(llm, role, unknown, may_split=True)
        rewrites = [self._judge(item, answers[item.key]) for item in items]
        return await self._judge_again(rewrites, llm) if self._asks_twice else rewrites

    async def _judge_again(self, rewrites: list[Rewrite], llm: LanguageModel) -> list[Rewrite]:
        """Put back what a second opinion holds against a rewrite; what is not reworded is not asked about."""
        reworded = [n for n, rewrite in enumerate(rewrites) if rewrite.outcome == "rewritten"]
        pairs = [
            Pair(*(self._personal.mask(t).text for t in (rewrites[n].passage.text, rewrites[n].text))) for n in reworded
        ]
        doubts = await ask_second_opinion(pairs, llm=llm, cache=self._cache, read_cache=self._read_cache)
        for n, doubt in zip(reworded, doubts, strict=True):
            if doubt:
                one = rewrites[n]
                rewrites[n] = Rewrite(one.passage, "reverted", one.passage.text, one.proposed, (doubt,))
        return rewrites

    def pending(self, role: RoleBrief) -> tuple[Prompt, list[str]] | None:
        """Return what would be asked and the texts in it, or None where every answer is known already."""
        items = [self._item(passage, role) for passage in resume_passages(self.resume)]
        known = self._recall(items)
        texts = [item.masked.text for item in items if item.key not in known]
        return (rewrite_prompt(role, texts), texts) if texts else None

    def _item(self, passage: Passage, role: RoleBrief) -> _Item:
        masked = self._personal.mask(passage.text)
        return _Item(passage, masked, content_key(self._model, _INSTRUCTIONS, _role_block(role), masked.text))

    def _recall(self, items: Sequence[_Item]) -> dict[str, _Answer]:
        if self._cache is None or not self._read_cache:
            return {}
        found = self._cache.get_many(REWRITE_KIND, [item.key for item in items])
        return {key: answer for key, value in found.items() if (answer := _read_answer(value))}

    def _remember(self, answers: Mapping[str, _Answer]) -> None:
        if self._cache is not None:
            self._cache.put_many(
                REWRITE_KIND, {key: json.dumps(answer.text).encode() for key, answer in answers.items()}
            )

    async def _ask(
        self, llm: LanguageModel, role: RoleBrief, items: Sequence[_Item], *, may_split: bool
    ) -> dict[str, _Answer]:
        """Ask for all items in one request; one that was cut off is asked again in two halves, once."""
        if not items:
            return {}
        prompt = rewrite_prompt(role, [item.masked.text for item in items])
        try:
            given = await llm.ask(prompt, RewrittenPassages, stage=REWRITING_STAGE)
        except TruncatedAnswer as error:
            if not may_split or len(items) == 1:
                return {item.key: _Answer(failure=_reason(error)) for item in items}
            middle = (len(items) + 1) // 2
            first = await self._ask(llm, role, items[:middle], may_split=False)
            return first | await self._ask(llm, role, items[middle:], may_split=False)
        except LanguageModelError as error:
            return {item.key: _Answer(failure=_reason(error)) for item in items}
        texts: dict[int, str] = {}
        for passage in given.passages:
            texts.setdefault(passage.number, passage.text)
        answers = {item.key: _Answer(texts.get(number)) for number, item in enumerate(items, start=1)}
        self._remember(answers)
        return answers

    def _judge(self, item: _Item, answer: _Answer) -> Rewrite:
        original = item.passage.text
        if answer.failure:
            return Rewrite(item.passage, "kept", original, reasons=(answer.failure,))
        if answer.text is None:
            return Rewrite(item.passage, "kept", original, reasons=(LEFT_OUT,))
        proposed = " ".join(item.masked.restore(answer.text).split())
        if proposed == " ".join(original.split()):
            return Rewrite(item.passage, "kept", original, reasons=(KEPT_AS_IT_IS,))
        return _mended(check_passage(item.passage, proposed, resume=self.resume), self.resume)


def _mended(rewrite: Rewrite, resume: Resume) -> Rewrite:
    """Return a reverted rewrite without the words at fault, where that is all that is wrong with it."""
    if rewrite.outcome != "reverted" or not rewrite.proposed:
        return rewrite
    passage = rewrite.passage
    text = mend_rewrite(passage.text, rewrite.proposed, resume=resume, work_index=passage.work_index)
    return Rewrite(passage, "rewritten", text, rewrite.proposed) if text else rewrite


def check_passage(passage: Passage, proposed: str, *, resume: Resume) -> Rewrite:
    """Return the passage rewritten where the fact guard lets the proposal stand, else reverted with its reasons."""
    violations = check_rewrite(passage.text, proposed, resume=resume, work_index=passage.work_index)
    if violations:
        return Rewrite(passage, "reverted", passage.text, proposed, tuple(dict.fromkeys(map(str, violations))))
    return Rewrite(passage, "rewritten", proposed, proposed)


def reject_rewrite(rewrite: Rewrite) -> Rewrite:
    """Return the passage as it was, at the user's wish."""
    return Rewrite(rewrite.passage, "kept", rewrite.passage.text, rewrite.proposed, (REJECTED,))


def edit_passage(passage: Passage, text: str, *, resume: Resume, is_vouched_for: bool = False) -> Rewrite:
    """Return the passage in the user's own words; what the fact guard rejects stands only if they vouch for it."""
    own = " ".join(text.split())
    checked = check_passage(passage, own, resume=resume)
    if checked.outcome == "reverted" and not (is_vouched_for and own):
        return checked
    return Rewrite(passage, "edited", own, own, checked.reasons)


def _read_answer(value: bytes) -> _Answer | None:
    try:
        text = json.loads(value)
    except ValueError:
        return None
    return _Answer(text) if text is None or isinstance(text, str) else None


def _reason(error: LanguageModelError) -> str:
    if isinstance(error, RateLimited):
        return f"{error} Lower GPT_REWRITE_CONCURRENCY, or rerun with --no-gpt-rewrite."
    return str(error)
