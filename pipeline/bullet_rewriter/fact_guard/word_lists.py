"""The word lists that the guard reads: lines and sections of the files beside it in pipeline/data/fact_guard."""

from functools import lru_cache

from pipeline.core import DATA

WORD_LISTS = DATA / "fact_guard"


def read_lines(name: str) -> list[str]:
    """Return the lines of a list without comments and blank ones."""
    lines = (WORD_LISTS / name).read_text(encoding="utf-8").splitlines()
    return [line.strip() for line in lines if line.strip() and not line.startswith("#")]


@lru_cache(maxsize=8)
def read_sections(name: str) -> dict[str, tuple[str, ...]]:
    """Return the lines of a list by its section headings, which stand in brackets."""
    sections: dict[str, list[str]] = {}
    current: list[str] = []
    for line in read_lines(name):
        if line.startswith("["):
            current = sections.setdefault(line.strip("[]"), [])
        else:
            current.append(line)
    return {heading: tuple(lines) for heading, lines in sections.items()}


def read_table(name: str, section: str) -> list[tuple[str, list[str]]]:
    """Return the lines of a section as what stands before the colon, and the words after it."""
    lines = [line.split(":") for line in read_sections(name)[section]]
    return [(head, words.split()) for head, words in lines]


def read_ordered(name: str, section: str) -> list[str]:
    """Return the single words of a section in their order."""
    return [word for line in read_sections(name)[section] for word in line.split()]


@lru_cache(maxsize=32)
def read_words(name: str, section: str) -> frozenset[str]:
    """Return the single words of a section."""
    return frozenset(read_ordered(name, section))
