"""One colour and one shape for each cluster, on every page."""

from collections.abc import Iterable

from pipeline.cluster_artifacts import GENERAL, ClusterArtifact, cluster_marks
from pipeline.report import COLOURS, colour_of

# Eight shapes and twenty colours: forty clusters before a pair comes again.
SYMBOLS = ("circle", "diamond", "square", "triangle-up", "x", "star", "hexagon", "cross")
GLYPHS = ("●", "◆", "■", "▲", "✖", "★", "⬢", "✚")
GREY = "#8C8C8C"
BLUE, RED, GREEN, _, SKY = COLOURS[:5]


def cluster_colours(artifact: ClusterArtifact) -> dict[str, str]:
    """Return each cluster's colour, the same on every page."""
    return {slug: colour_of(mark) for slug, mark in cluster_marks(artifact).items()} | {GENERAL: GREY}


def colours_of(slugs: Iterable[str]) -> dict[str, str]:
    """Return a colour for each key of the static taxonomy, by its place; what is general is grey."""
    return {slug: colour_of(number) for number, slug in enumerate(slugs)} | {GENERAL: GREY}


def cluster_symbols(artifact: ClusterArtifact) -> dict[str, str]:
    """Return each cluster's shape on the map, so that colour is not all that tells clusters apart."""
    return {slug: SYMBOLS[mark % len(SYMBOLS)] for slug, mark in cluster_marks(artifact).items()}


def cluster_glyphs(artifact: ClusterArtifact) -> dict[str, str]:
    """Return each cluster's shape as a character, to stand before its name."""
    return {slug: GLYPHS[mark % len(GLYPHS)] for slug, mark in cluster_marks(artifact).items()}


def pale(colour: str, opacity: float) -> str:
    """Return a colour that lets the ground through.

    >>> pale("#4477AA", 0.5)
    'rgba(68, 119, 170, 0.5)'
    """
    red, green, blue = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
    return f"rgba({red}, {green}, {blue}, {opacity})"
