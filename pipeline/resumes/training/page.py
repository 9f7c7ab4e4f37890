"""One person's data on one page: its headings, its list items and what they start with."""

from pipeline.resumes.training.content import Person
from pipeline.resumes.training.lists import headings, languages, unusual
from pipeline.resumes.training.marked import Marked, Piece
from pipeline.resumes.training.style import GLYPHS, LOST, Style, spaced

SCRIPTS = {"ru": "ru", "zh": "zh", "ar": "ar"}


class Marks:
    """What list items of one layout start with."""

    def __init__(self, style: Style) -> None:
        self.kind = style.bullet
        self.glyph = style.rng.choice(GLYPHS if style.bullet == "glyph" else ["-", "-", "*", "–"])
        self.lost = style.rng.choice(LOST)
        self.number = 0

    def following(self) -> str:
        """Return what stands before a list item; nothing where Word or Markdown draws it."""
        self.number += 1
        if self.kind in ("glyph", "dash"):
            return self.glyph
        if self.kind == "lost":
            return self.lost
        return f"{self.number % 9 + 1}." if self.kind == "number" else ""


class Page:
    """What all sections of a page have in common."""

    def __init__(self, person: Person, style: Style) -> None:
        self.person, self.style, self.rng = person, style, style.rng
        self.words = languages()[person.language]
        self.marks = Marks(style)

    def title(self, name: str) -> str:
        """Return a heading's words: the language's own, English ones, or unusual ones."""
        rng = self.rng
        script = SCRIPTS.get(self.person.language, "latin")
        is_english = self.person.language == "en"
        options = headings(name, script) or headings(name, "latin")
        if is_english and rng.random() < 0.55:
            options = options[:30]
        text = rng.choice(options)
        if rng.random() < 0.12 and is_english:
            text = rng.choice(unusual("unusual", name) or [text])
        if name == "other":
            titles = unusual("others", self.person.extras["other"][0])
            text = rng.choice(titles) if titles and is_english else text
        if rng.random() < 0.07 and script == "latin":
            other = rng.choice(["skills", "education", "certificates", "languages", "other", "awards"])
            text = f"{text} {rng.choice(['&', 'and', '/', '+'])} {rng.choice(headings(other, 'latin')[:20])}"
        if rng.random() < 0.03:
            text = f"{rng.choice(['1.', 'II.', 'A.', '2', '3)'])} {text}"
        return {
            "upper": text.upper(),
            "title": text.title(),
            "sentence": text[:1].upper() + text[1:],
            "lower": text,
            "spaced": spaced(text.upper()),
        }[self.style.case]

    def heading(self, text: str, name: str) -> Marked:
        """Return a heading's line."""
        style = self.style
        if style.heading_mark == ":":
            text += ":"
        elif style.heading_mark == "deco" and style.medium in ("text", "docx"):
            text = self.rng.choice(["=== {} ===", "--- {} ---", "*** {} ***", "[ {} ]", "## {}", "<{}>"]).format(text)
        elif style.heading_mark == "glyph":
            text = f"{self.rng.choice(['▪', '■', '➢', '🎓', '★', '|', '»', '💼'])} {text}"
        return Marked(
            [[Piece(text, "heading", bold=style.bold_heads)]],
            f"{name}.heading",
            heading=style.level,
            gap=self.rng.random() < 0.85,
            size=style.head_size,
            underlined=style.heading_mark == "rule",
        )

    def items(self, texts: list[str], label: str, level: int = 0) -> list[Marked]:
        """Return list items in the style's form."""
        bullet, indent = self.style.bullet != "none", self.style.indent + 2 * level
        return [
            Marked(
                [[Piece(text, "text")]],
                label,
                bullet=bullet,
                level=level,
                indent=indent,
            )
            for text in texts
        ]
