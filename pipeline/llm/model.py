"""What a language model is to the rest of the project, and what a provider of models has to offer."""

from contextlib import AbstractAsyncContextManager
from typing import Protocol

from pipeline.core import ContentCache, Settings
from pipeline.llm.answers import Answer
from pipeline.llm.destination import Destination
from pipeline.llm.prompts import Prompt
from pipeline.llm.usage import StageUsage


class LanguageModel(Protocol):
    """Anything that answers a prompt with an object of the type asked for."""

    @property
    def name(self) -> str:
        """The model's name, for provenance and for the keys of caches."""
        ...

    async def ask(self, prompt: Prompt, answer_type: type[Answer], *, stage: str) -> Answer:
        """Return a valid answer; `stage` says what it is for. Raises LanguageModelError."""
        ...


class OpenLanguageModel(LanguageModel, Protocol):
    """A model of a run: where it is, and what was spent on it, by stage."""

    destination: Destination
    usage: dict[str, StageUsage]


class Provider(Protocol):
    """One kind of server that answers; each is a module of `pipeline.llm.providers`."""

    def is_set_up(self, settings: Settings) -> bool:
        """Tell whether the settings name a server of this kind."""
        ...

    def describe(self, settings: Settings) -> Destination:
        """Return where data would go. Raises ModelNotConfigured where no model is set up."""
        ...

    def open_model(
        self, settings: Settings, *, cache: ContentCache | None, read_cache: bool, max_retries: int
    ) -> AbstractAsyncContextManager[OpenLanguageModel]:
        """Open the run's one client; nothing is sent until something is asked."""
        ...
