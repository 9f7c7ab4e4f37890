"""A resume read with the help of a language model: it says of lines, by their numbers, what they are.

It writes no word of the resume: every field is text of the file, put together as after a person's corrections. The
lines of the head stay here, and names and contact details are taken out of all others.
"""

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass, replace

from pydantic import BaseModel

from pipeline.bullet_rewriter import PersonalData
from pipeline.core import ProgressCallback, ProgressEvent, RolemapError, get_settings, ignore_progress, stoppable
from pipeline.llm import DATA_RULE, LanguageModel, Prompt, describe_destination, fence, open_language_model
from pipeline.resumes import LINE_TAGS, ResumeReading, correct_lines, is_of_head
from pipeline.services.base_resume import BaseResume, editable_fields

STAGE = "Reading a resume"
MAX_LINES = 600  # that one request takes
MAX_CHARACTERS = 300  # of a line, which tell what it is
_INSTRUCTIONS = f"""You say what the lines of a resume are. Each line stands after its number.

{DATA_RULE}

Answer with `lines`: for each line that belongs to a job, to education, to skills or to another section its number and
one of these tags:
{chr(10).join(f"- {tag}: {meaning}" for tag, meaning in LINE_TAGS.items())}

A line that holds both position and employer gets the tag that names both, in their order. Write nothing else."""


class SaidLine(BaseModel):
    """What the model says of one line."""

    line: int
    tag: str


class SaidLines(BaseModel):
    """What the model answers."""

    lines: list[SaidLine]


@dataclass(frozen=True)
class ModelReading:
    """The resume as it is read with the model's help, and each field that was read otherwise without it."""

    base: BaseResume
    differences: tuple[str, ...]


def describe_model_reading() -> str:
    """Return what would be sent, and where. Raises ModelNotConfigured."""
    return (
        f"The lines of your resume below its head go to {describe_destination(get_settings())}. Your name, email "
        "address, telephone number, address and links are taken out before."
    )


def read_with_model(base: BaseResume, on_progress: ProgressCallback = ignore_progress) -> ModelReading:
    """Return the resume read with a language model's help.

    Raises LanguageModelError, and RolemapError for a resume that is too long; a resume that is data needs no reading.
    """
    if base.reading.is_data:
        return ModelReading(base, ())

    async def run(report: ProgressCallback) -> ModelReading:
        async with open_language_model(get_settings()) as llm:
            tags = await ask_what_lines_are(base.reading, llm)
        report(ProgressEvent(STAGE, 1, 1))
        corrected = replace(base, reading=correct_lines(base.reading, tags))
        return ModelReading(corrected, tuple(_differences(base.reading, corrected.reading)))

    return asyncio.run(stoppable(run, on_progress))


async def ask_what_lines_are(reading: ResumeReading, llm: LanguageModel) -> dict[int, str]:
    """Return the tags of lines that the model knows; what is no tag or no line that it was shown is left out."""
    shown = shown_lines(reading)
    answer = await llm.ask(Prompt(_INSTRUCTIONS, fence("\n".join(shown.values()), "resume")), SaidLines, stage=STAGE)
    return {said.line: said.tag for said in answer.lines if said.line in shown and said.tag in LINE_TAGS}


def shown_lines(reading: ResumeReading) -> dict[int, str]:
    """Return the lines that a model is shown, by number: none of the head, no name, no contact details."""
    if len(reading.lines) > MAX_LINES:
        raise RolemapError(f"The resume has {len(reading.lines)} lines; a model is asked about {MAX_LINES} at most.")
    personal = PersonalData(reading.resume)
    return {
        number: f"{number}: {'- ' * line.is_bullet}{personal.mask(line.text[:MAX_CHARACTERS]).text}"
        for number, line in enumerate(reading.lines)
        if not is_of_head(reading, number)
    }


def _differences(before: ResumeReading, after: ResumeReading) -> Iterator[str]:
    one, other = ({field.path: field.value for field in editable_fields(reading)} for reading in (before, after))
    for path in dict.fromkeys((*one, *other)):
        if one.get(path, "") != other.get(path, ""):
            yield f"{path}: “{one.get(path, '')}” without the model, “{other.get(path, '')}” with it"
