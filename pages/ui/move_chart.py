"""Where each category of skills moved for one kind of role: a pure function from data to a figure."""

from collections.abc import Sequence

import plotly.graph_objects as go

from pages.ui.colours import GREY
from pages.ui.display import hover
from pipeline.resume_generator import Move

_SHOWN = 24  # characters of a category's name


def moves_chart(moves: Sequence[Move], name: str, colour: str) -> go.Figure:
    """Draw a line for each category from its place in the resume to its place in the variant.

    What rose has the colour of the kind of role and is drawn bold; what fell is dashed, what stayed is a thin line.
    """
    figure = go.Figure()
    for move in sorted(moves, key=lambda move: move.before - move.after):
        rise = move.before - move.after
        figure.add_scatter(
            x=[0, 1],
            y=[move.before, move.after],
            mode="lines+markers",
            line={
                "color": colour if rise > 0 else GREY,
                "width": 4 if rise > 0 else 2,
                "dash": "dash" if rise < 0 else "solid",
            },
            marker={"size": 9},
            customdata=[[hover(move.label, 60), _words(move)]] * 2,
            hovertemplate="%{customdata[0]}<br>%{customdata[1]}<extra></extra>",
        )
    before = sorted(moves, key=lambda move: move.before)
    places = [move.before for move in before]
    figure.update_layout(
        height=90 + 34 * len(moves),
        margin={"l": 0, "r": 0, "t": 8, "b": 0},
        showlegend=False,
        xaxis={
            "range": [-0.03, 1.03],
            "side": "top",
            "tickvals": [0, 1],
            "ticktext": ["Your resume", hover(name, _SHOWN)],
            "showgrid": False,
            "zeroline": False,
            "fixedrange": True,
        },
        yaxis={
            "range": [len(moves) + 0.5, 0.5],
            "tickvals": places,
            "ticktext": [f"{move.before}. {hover(move.label, _SHOWN)}" for move in before],
            "showgrid": False,
            "zeroline": False,
            "fixedrange": True,
        },
        yaxis2={
            "overlaying": "y",
            "side": "right",
            "range": [len(moves) + 0.5, 0.5],
            "tickvals": [move.after for move in moves],
            "ticktext": [f"{move.after}. {hover(move.label, _SHOWN)}" for move in moves],
            "showgrid": False,
            "zeroline": False,
            "fixedrange": True,
        },
    )
    # An axis without a trace of its own is not drawn.
    figure.add_scatter(x=[None], y=[None], yaxis="y2", hoverinfo="skip")
    return figure


def _words(move: Move) -> str:
    if move.before == move.after:
        return f"stays in place {move.before}"
    return f"from place {move.before} to {move.after}"
