"""Between Pydantic types and chat completions: the schema asked for, and the answer found in what comes back."""

import json
import re
from collections.abc import Iterator
from enum import IntEnum
from typing import Any, TypeVar

from pydantic import BaseModel, Field, ValidationError

from pipeline.llm.errors import InvalidAnswer, RefusedAnswer, TruncatedAnswer
from pipeline.llm.prompts import Prompt, clean_text

MAX_ANSWER_CHARACTERS = 400_000
MAX_ATTEMPTS = 50  # at reading an object out of one answer
SHOWN_PROBLEMS = 3
# What strict schemas admit everywhere; limits on values are for validation here, since servers differ over them.
SCHEMA_KEYWORDS = {"$ref", "$defs", "type", "properties", "items", "enum", "const", "anyOf", "description"}

Answer = TypeVar("Answer", bound=BaseModel)


class AnswerFormat(IntEnum):
    """How the answer's form is asked for, from what holds the model to it most to what every server takes."""

    JSON_SCHEMA = 0
    JSON_OBJECT = 1
    PLAIN = 2


class _Message(BaseModel):
    content: str | None = None
    refusal: str | None = None


class _Choice(BaseModel):
    message: _Message
    finish_reason: str | None = None


class TokenCounts(BaseModel):
    """What the server says one request took, in tokens."""

    prompt_tokens: int = Field(ge=0)
    completion_tokens: int = Field(ge=0)


class Reply(BaseModel):
    """The parts of a chat completion that are used here."""

    choices: list[_Choice] = Field(min_length=1)
    usage: Any = None

    @property
    def tokens(self) -> TokenCounts | None:
        """The counts, or None where the server gives none that make sense."""
        try:
            return TokenCounts.model_validate(self.usage)
        except ValidationError:
            return None

    def text(self, model: str) -> str:
        """Return what the model wrote. Raises RefusedAnswer, TruncatedAnswer or InvalidAnswer."""
        choice = self.choices[0]
        if choice.message.refusal or choice.finish_reason == "content_filter":
            raise RefusedAnswer(f"{model} declines to answer this request.")
        if choice.finish_reason == "length":
            raise TruncatedAnswer(f"{model} reached its length limit before the answer was whole.")
        text = choice.message.content or ""
        if not text.strip():
            raise InvalidAnswer("the answer is empty")
        if len(text) > MAX_ANSWER_CHARACTERS:
            raise InvalidAnswer(f"the answer has {len(text):,} characters")
        return text


def read_reply(body: bytes) -> Reply:
    """Read the body of a response. Raises InvalidAnswer where it is no chat completion."""
    try:
        return Reply.model_validate_json(body)
    except ValidationError as error:
        raise InvalidAnswer(f"the server sends something other than a chat completion ({_problems(error)})") from None


def parse_answer(text: str, answer_type: type[Answer]) -> tuple[Answer, str]:
    """Return the first object in the text that is of the type, and its JSON. Raises InvalidAnswer.

    Why not the whole text: models without enforced schemas wrap the object in fences, thoughts and politeness.
    """
    problem = "it holds no JSON object"
    for candidate in _json_objects(text.rpartition("</think>")[2]):
        try:
            return answer_type.model_validate_json(candidate), candidate
        except ValidationError as error:
            problem = _problems(error)
    raise InvalidAnswer(problem)


def _json_objects(text: str) -> Iterator[str]:
    """Yield the JSON objects of a text that do not lie inside one another, as they are written."""
    decoder = json.JSONDecoder(parse_constant=_refuse_constant)
    position = text.find("{")
    for _ in range(MAX_ATTEMPTS):
        if position < 0:
            return
        try:
            _, end = decoder.raw_decode(text, position)
        except (ValueError, RecursionError):
            end = position + 1
        else:
            yield text[position:end]
        position = text.find("{", end)


def _refuse_constant(name: str) -> float:
    raise ValueError(f"{name} is not JSON")


def _problems(error: ValidationError) -> str:
    """Name the kinds of problem and the fields, and nothing that the answer brought: this goes into the next prompt."""
    listed = []
    for each in error.errors(include_url=False, include_context=False, include_input=False)[:SHOWN_PROBLEMS]:
        kind = each["type"]
        path = each["loc"][:-1] if kind == "extra_forbidden" else each["loc"]
        listed.append(f"{'.'.join(map(str, path)) or 'the whole'}: {kind.replace('_', ' ')}")
    return "; ".join(listed)


def strict_schema(answer_type: type[BaseModel]) -> dict[str, Any]:
    """Return the JSON schema of a type as strict structured outputs want it: closed, and every field required.

    Raises TypeError for a type with an open dictionary, which no strict schema can describe.
    """
    return _strict(answer_type.model_json_schema())


def _strict(schema: dict[str, Any]) -> dict[str, Any]:
    if "$ref" in schema and "$defs" not in schema:
        return {"$ref": schema["$ref"]}  # strict mode admits nothing beside a reference
    renamed = {"anyOf" if word == "oneOf" else word: value for word, value in schema.items()}
    strict = {word: value for word, value in renamed.items() if word in SCHEMA_KEYWORDS}
    for word in ("properties", "$defs"):
        if word in strict:
            strict[word] = {name: _strict(each) for name, each in strict[word].items()}
    if "items" in strict:
        strict["items"] = _strict(strict["items"])
    if "anyOf" in strict:
        strict["anyOf"] = [_strict(each) for each in strict["anyOf"]]
    if strict.get("type") == "object":
        if schema.get("additionalProperties"):
            raise TypeError("An answer type cannot hold a dictionary of any keys; use a list of key and value.")
        strict |= {"required": list(strict.setdefault("properties", {})), "additionalProperties": False}
    return strict


def response_format(answer_format: AnswerFormat, answer_type: type[BaseModel]) -> dict[str, Any] | None:
    """Return the request's `response_format`, or None where it is to have none."""
    if answer_format is AnswerFormat.JSON_SCHEMA:
        name = re.sub(r"\W", "_", answer_type.__name__, flags=re.ASCII)[:64]
        return {
            "type": "json_schema",
            "json_schema": {"name": name, "strict": True, "schema": strict_schema(answer_type)},
        }
    return {"type": "json_object"} if answer_format is AnswerFormat.JSON_OBJECT else None


def build_messages(
    prompt: Prompt, answer_type: type[BaseModel], answer_format: AnswerFormat, problem: str | None = None
) -> list[dict[str, str]]:
    """Return the messages of one request; `problem` says what was wrong with the answer before.

    The schema is spelled out where the server is not sent it, or where sending it has not helped. The plain form
    has one message, since the templates of some models know no system text.
    """
    system = [prompt.system]
    if problem:
        system.append(f"An earlier answer to this request could not be used: {problem}.")
    if problem or answer_format is not AnswerFormat.JSON_SCHEMA:
        schema = json.dumps(strict_schema(answer_type), ensure_ascii=False)
        system.append(f"Answer with one JSON object and nothing else. It fits this JSON Schema:\n{schema}")
    instructions, question = clean_text("\n\n".join(system)), clean_text(prompt.user)
    if answer_format is AnswerFormat.PLAIN:
        return [{"role": "user", "content": f"{instructions}\n\n{question}"}]
    return [{"role": "system", "content": instructions}, {"role": "user", "content": question}]
