"""Kinds of servers that answer, one file each.

A new one is a module that offers what `Provider` asks for, and its name here. The first that the settings set up is
used; where none is, the last says what to set.
"""

from pipeline.llm.model import Provider
from pipeline.llm.providers import openai_compatible

__all__ = ["PROVIDERS"]

PROVIDERS: tuple[Provider, ...] = (openai_compatible,)
