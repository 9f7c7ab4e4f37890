"""What a posting states of itself: pay, contract, place of work, level, years asked, country, language."""

from pipeline.postings.facts.finding import facts_of, find_facts
from pipeline.postings.facts.keeping import kept_facts

__all__ = ["facts_of", "find_facts", "kept_facts"]
