"""What asking a language model took: answers and tokens by stage, and their cost at the user's own prices."""

import math
from dataclasses import dataclass

from pydantic import Field, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from pipeline.core import Settings
from pipeline.llm.answers import TokenCounts
from pipeline.llm.errors import ModelNotConfigured

BYTES_PER_TOKEN = 4  # a rule of thumb, good enough to say what a run may cost
PRICED_TOKENS = 1_000_000


class ModelTerms(BaseSettings):
    """How long the user waits for an answer (seconds), and what a million tokens costs, in any currency.

    Why no table of prices: it would be out of date before long.
    """

    model_config = SettingsConfigDict(
        env_file=Settings.model_config.get("env_file"),
        env_ignore_empty=True,
        extra="ignore",
        frozen=True,
        populate_by_name=True,
    )

    timeout: float = Field(default=180.0, gt=0, allow_inf_nan=False, alias="OPENAI_TIMEOUT")
    price_input: float | None = Field(default=None, ge=0, allow_inf_nan=False, alias="OPENAI_PRICE_INPUT")
    price_output: float | None = Field(default=None, ge=0, allow_inf_nan=False, alias="OPENAI_PRICE_OUTPUT")

    def cost(self, input_tokens: int, output_tokens: int) -> float | None:
        """Return the price of the tokens, or None unless the user has given both prices."""
        if self.price_input is None or self.price_output is None:
            return None
        return (input_tokens * self.price_input + output_tokens * self.price_output) / PRICED_TOKENS


def read_model_terms() -> ModelTerms:
    """Read the terms from the environment or `.env`. Raises ModelNotConfigured for a value that is none."""
    try:
        return ModelTerms()
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        raise ModelNotConfigured(f"{first['loc'][0]} cannot be used: {first['msg']}.") from None


@dataclass
class StageUsage:
    """What one stage has asked for so far. Tokens of answers that could not be used count too: they are paid for."""

    answered: int = 0
    cached: int = 0
    failed: int = 0
    uncounted: int = 0
    input_tokens: int = 0
    output_tokens: int = 0

    def add(self, tokens: TokenCounts | None) -> None:
        """Count the tokens of one reply; a server that gives none is noted."""
        if tokens is None:
            self.uncounted += 1
            return
        self.input_tokens += tokens.prompt_tokens
        self.output_tokens += tokens.completion_tokens

    def describe(self, terms: ModelTerms) -> str:
        """Return one line for the user, with the cost where there are prices."""
        line = f"{self.answered} answered, {self.cached} from the cache, {self.failed} failed; "
        line += f"{self.input_tokens:,} tokens in and {self.output_tokens:,} out"
        if self.uncounted:
            line += f" (replies without a count: {self.uncounted})"
        cost = terms.cost(self.input_tokens, self.output_tokens)
        return line if cost is None else f"{line}; cost about {cost:.4f} at your prices"


def estimate_tokens(*texts: str) -> int:
    """Return roughly how many tokens the texts have, to say before a run what it may cost.

    >>> estimate_tokens("Led a team of four.", "Ran the migration.")
    10
    """
    return sum(math.ceil(len(text.encode("utf-8", "replace")) / BYTES_PER_TOKEN) for text in texts)
