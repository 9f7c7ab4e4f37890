"""The seam to language models: prompts in which texts are data, answers that are checked, what is spent.

Only this package imports openai. `open_language_model` is the way in; nothing is sent before `describe_destination`
could say where.
"""

from pipeline.llm.answers import strict_schema
from pipeline.llm.client import describe_destination, open_language_model
from pipeline.llm.contacts import CONTACT, without_contacts
from pipeline.llm.destination import Destination
from pipeline.llm.errors import (
    LanguageModelError,
    ModelNotConfigured,
    RateLimited,
    TimedOut,
    TruncatedAnswer,
    one_line,
)
from pipeline.llm.model import LanguageModel
from pipeline.llm.prompts import DATA_RULE, Prompt, clean_text, fence
from pipeline.llm.usage import StageUsage, estimate_tokens, read_model_terms

__all__ = [
    "CONTACT",
    "DATA_RULE",
    "Destination",
    "LanguageModel",
    "LanguageModelError",
    "ModelNotConfigured",
    "Prompt",
    "RateLimited",
    "StageUsage",
    "TimedOut",
    "TruncatedAnswer",
    "clean_text",
    "describe_destination",
    "estimate_tokens",
    "fence",
    "one_line",
    "open_language_model",
    "read_model_terms",
    "strict_schema",
    "without_contacts",
]
