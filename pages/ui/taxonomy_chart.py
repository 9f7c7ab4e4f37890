"""The taxonomy as areas: a pure function from data to a figure."""

from collections.abc import Mapping

import plotly.graph_objects as go

from pages.ui.colours import GREY
from pages.ui.display import hover, shortened
from pipeline.keyword_engine import KeywordReport

DARKEST_TEXT, LIGHTEST_TEXT = "#111111", "#FFFFFF"
LONGEST = 22  # letters of a keyword on its tile
BREAK = "<br>"  # a tile is rather high than wide


def taxonomy_treemap(
    report: KeywordReport,
    names: Mapping[str, str],
    colours: Mapping[str, str],
    above: Mapping[str, str],
    limit: int = 8,
) -> go.Figure:
    """Draw categories and their most asked-for keywords as areas that grow with the number of vacancies.

    `above` gives the key of the group that a category lies in, where it lies in one. Few keywords of each, so that
    every tile has room for its text; a long one is cut there, and whole on hover.
    """
    ids, labels, texts, parents, values, fill = [], [], [], [], [], []
    sizes = {slug: sum(each.vacancy_count for each in counts[:limit]) for slug, counts in report.categories.items()}
    for outer in dict.fromkeys(above[slug] for slug, size in sizes.items() if size and slug in above):
        ids.append(outer)
        labels.append(hover(names.get(outer, outer), 40))
        texts.append(labels[-1])
        parents.append("")
        values.append(sum(size for slug, size in sizes.items() if above.get(slug) == outer))
        fill.append(GREY)
    for slug, counts in report.categories.items():
        shown = counts[:limit]
        if not shown:
            continue
        colour = colours.get(slug, GREY)
        ids.append(slug)
        labels.append(hover(names.get(slug, slug), 40))
        texts.append(labels[-1])
        parents.append(above.get(slug, ""))
        values.append(sizes[slug])
        fill.append(colour)
        for count in shown:
            ids.append(f"{slug}/{count.keyword}")
            labels.append(hover(count.label, 40))
            words = hover(shortened(count.label, LONGEST)).replace(" ", BREAK)
            texts.append(f"{words}{BREAK}{count.vacancy_count:,}")
            parents.append(slug)
            values.append(count.vacancy_count)
            fill.append(colour)
    figure = go.Figure(
        go.Treemap(
            ids=ids,
            labels=labels,
            text=texts,
            parents=parents,
            values=values,
            branchvalues="total",
            marker={"colors": fill, "line": {"width": 1}, "cornerradius": 3},
            textfont={"color": [readable_on(colour) for colour in fill]},
            hovertemplate="%{label}<br>%{value:,} postings<extra></extra>",
            texttemplate="%{text}",
            tiling={"pad": 1},
        )
    )
    figure.update_layout(
        height=600,
        margin={"l": 0, "r": 0, "t": 0, "b": 0},
        treemapcolorway=[GREY],
    )
    return figure


def readable_on(colour: str) -> str:
    """Return black or white, whichever stands out more from a ground.

    >>> readable_on("#CCBB44"), readable_on("#AA3377")
    ('#111111', '#FFFFFF')
    """
    light = _luminance(colour)
    return DARKEST_TEXT if (light + 0.05) ** 2 > (_luminance(DARKEST_TEXT) + 0.05) * 1.05 else LIGHTEST_TEXT


def _luminance(colour: str) -> float:
    """Return the relative luminance that contrast is reckoned with, from 0 to 1."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
