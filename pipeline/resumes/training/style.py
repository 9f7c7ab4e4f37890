"""What one layout decides once: the medium, how headings look, what stands before list items."""

import random
from dataclasses import dataclass, field

GLYPHS = "• - * – ● ▪ ◦ ○ · ➢ ✓ ▸ ■ o — » →".split(" ")
LOST = ["(cid:123)", "?", "\uf0b7", "\uf0a7", "§", "Ø", "v", "¢", "(cid:127)", "·"]
BETWEEN = [
    ", ",
    " | ",
    " - ",
    " – ",
    " — ",
    " / ",
    " · ",
    ": ",
    "; ",
    " • ",
    " @ ",
    ",  ",
    " -- ",
    " ∙ ",
    "  ",
    " : ",
    "| ",
]
SCRIPTS = {"ru": "ru", "zh": "zh", "ar": "ar"}


@dataclass
class Style:
    """All that one layout decides once."""

    rng: random.Random
    medium: str
    language: str
    case: str
    bold_heads: bool
    head_size: float
    heading_mark: str
    beside: bool
    no_headings: bool
    table: bool  # of two columns: what it is on the left, all else on the right
    apart: bool  # every line is a table's row, which counts as standing apart
    bullet: str
    indent: int
    level: int  # of the headings of sections, 0 where the markup names none
    sections: list[str] = field(default_factory=list)


def draw_style(rng: random.Random, language: str) -> Style:
    """Draw a layout."""
    medium = rng.choices(["docx", "pdf", "text", "markdown", "latex"], [30, 34, 18, 11, 7])[0]
    table = medium in ("docx", "pdf") and rng.random() < 0.11
    return Style(
        rng=rng,
        medium=medium,
        language=language,
        case=rng.choices(["upper", "title", "sentence", "spaced", "lower"], [40, 30, 22, 5, 3])[0],
        bold_heads=rng.random() < 0.6,
        head_size=rng.choice([1.0, 1.0, 1.1, 1.2, 1.3, 1.5]),
        heading_mark=rng.choices(["", ":", "rule", "deco", "glyph"], [72, 10, 8, 6, 4])[0],
        beside=medium in ("pdf", "docx", "text", "latex") and rng.random() < 0.08,
        no_headings=rng.random() < 0.16,
        table=table,
        apart=table and medium == "docx" and rng.random() < 0.6,
        bullet=rng.choices(["glyph", "dash", "list", "none", "lost", "number"], [40, 14, 20, 14, 8, 4])[0]
        if medium != "markdown"
        else rng.choice(["list", "list", "list", "none"]),
        indent=rng.choice([0, 0, 2, 4]),
        level={
            "markdown": rng.choice([1, 2, 2, 2, 3]),
            "latex": 1,
            "docx": rng.choice([0, 0, 1, 1, 2]),
        }.get(medium, 0),
    )


def spaced(text: str) -> str:
    """Return letters set apart, words by three blanks."""
    return "   ".join(" ".join(word) for word in text.split())
