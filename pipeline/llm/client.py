"""The way to a language model: said where it is, then opened for a run, whichever provider the settings name."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from pipeline.core import ContentCache, Settings
from pipeline.llm.destination import Destination
from pipeline.llm.model import OpenLanguageModel, Provider
from pipeline.llm.providers import PROVIDERS

MAX_RETRIES = 3  # of one request, after a failure that may pass


def describe_destination(settings: Settings) -> Destination:
    """Return where data would go under these settings. Raises ModelNotConfigured where no model is set up."""
    return _provider(settings).describe(settings)


@asynccontextmanager
async def open_language_model(
    settings: Settings,
    *,
    cache: ContentCache | None = None,
    read_cache: bool = True,
    max_retries: int = MAX_RETRIES,
) -> AsyncIterator[OpenLanguageModel]:
    """Open the run's one client; it is closed with the block. Nothing is sent until something is asked.

    Answers are always written to the cache, where there is one; `read_cache=False` asks again for those it holds.
    Raises ModelNotConfigured where the settings name no model that could be asked.
    """
    provider = _provider(settings)
    async with provider.open_model(settings, cache=cache, read_cache=read_cache, max_retries=max_retries) as model:
        yield model


def _provider(settings: Settings) -> Provider:
    return next((provider for provider in PROVIDERS if provider.is_set_up(settings)), PROVIDERS[-1])
