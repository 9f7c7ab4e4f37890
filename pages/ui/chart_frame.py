"""What stands round every chart: the question it answers, its table, and its downloads."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from pages.ui.display import plain
from pages.ui.tables import show_table
from pipeline.services import harmless_cell, to_csv

_BUTTONS = """<span><button type="button" data-format="png">PNG</button>
<button type="button" data-format="svg">SVG</button></span>"""
_STYLE = """
span { display: inline-flex; gap: 0.5rem; }
button { font: inherit; font-size: 0.875rem; color: var(--st-text-color); background: transparent; cursor: pointer;
  border: 1px solid var(--st-border-color); border-radius: var(--st-button-radius, 0.5rem);
  padding: 0.25rem 0.75rem; min-height: 2.5rem; }
button:hover, button:focus-visible { border-color: var(--st-primary-color); }
button:focus-visible { outline: 2px solid var(--st-primary-color); outline-offset: 1px; }
"""
# A chart's own button saves one format, which is fixed when the chart is drawn; here the format is set first.
_SCRIPT = """
export default function ({ parentElement, data }) {
  const host = parentElement.host ?? parentElement
  for (const button of parentElement.querySelectorAll("button")) {
    const format = button.dataset.format
    button.setAttribute("aria-label", `${button.textContent}: ${data.title}`)
    button.onclick = () => {
      const chart = host.closest('[class*="st-key-chart-"]')?.querySelector(".js-plotly-plot")
      const save = chart?.querySelector('.modebar-btn[data-title^="Download plot"]')
      if (!save) return
      const before = chart._context.toImageButtonOptions
      chart._context.toImageButtonOptions = { format, filename: data.file, scale: format === "png" ? 2 : 1 }
      save.click()
      chart._context.toImageButtonOptions = before
    }
  }
}
"""


@st.cache_resource(show_spinner=False)
def _image_buttons() -> Any:
    return st.components.v2.component("rolemap_chart_images", html=_BUTTONS, css=_STYLE, js=_SCRIPT)


def show_chart(
    question: str,
    figure: go.Figure,
    table: pd.DataFrame,
    *,
    key: str,
    note: str | None = None,
    is_selectable: bool = False,
    columns: Mapping[str, Any] | None = None,
    alt: str = "",
    beside: Callable[[], None] | None = None,
) -> list[str]:
    """Show a chart under the question it answers, with its table and its downloads in a row below.

    `beside` puts more into the chart's container.

    Returns the first custom value of every point that is picked, where the chart is selectable.
    """
    picked: list[str] = []
    with st.container(key=f"chart-{key.replace('.', '-')}"):
        st.subheader(plain(question), anchor=False)
        if note:
            st.caption(plain(note))
        file = key.replace(".", "-").replace("_", "-")
        config = {
            "toImageButtonOptions": {"format": "png", "filename": file, "scale": 2},
            "modeBarButtonsToRemove": ["zoomIn2d", "zoomOut2d", "autoScale2d"],
            "displaylogo": False,
            "scrollZoom": is_selectable,
        }
        words = alt or f"{question} The table below the chart has its figures."
        if is_selectable:
            event = st.plotly_chart(
                figure, key=key, config=config, alt=words, on_select="rerun", selection_mode=("points", "lasso")
            )
            picked = [point["customdata"][0] for point in event.selection.points if point.get("customdata")]
        else:
            st.plotly_chart(figure, key=key, config=config, alt=words)
        if beside:
            beside()
        _show_row(question, table, key, file, dict(columns or {}))
    return picked


@st.fragment
def _show_row(question: str, table: pd.DataFrame, key: str, file: str, columns: dict[str, Any]) -> None:
    """Show the table on demand, and the downloads; a fragment, so that the chart itself is left alone."""
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        is_open = st.toggle("Table", key=f"{key}.table", help="The figures behind the chart")
        st.download_button(
            "CSV", table_csv(table), f"{file}.csv", "text/csv", on_click="ignore", key=f"{key}.csv", width="content"
        )
        _image_buttons()(key=f"{key}.images", data={"file": file, "title": question}, height="content", width="content")
    if is_open:
        show_table(table, columns)


def column_heads(names: Sequence[str], slugs: Sequence[str], taken: Sequence[str] = ()) -> list[str]:
    """Return names as heads of columns: one that is used twice, or is taken, is told apart by its key.

    >>> column_heads(["Nurse", "Nurse", "Month"], ["a", "b", "c"], ["Month"])
    ['Nurse (a)', 'Nurse (b)', 'Month (c)']
    """
    used = [*names, *taken]
    return [name if used.count(name) == 1 else f"{name} ({slug})" for name, slug in zip(names, slugs, strict=True)]


def table_csv(table: pd.DataFrame) -> str:
    """Return a table as CSV that a spreadsheet can open without harm; a missing figure is an empty cell."""
    rows = [["" if _is_missing(cell) else cell for cell in row] for row in table.itertuples(index=False)]
    heads = [str(harmless_cell(str(column))) for column in table.columns]  # names of clusters are among them
    return to_csv(heads, rows)


def _is_missing(cell: object) -> bool:
    return cell is None or cell is pd.NaT or (isinstance(cell, float) and cell != cell)
