"""Names of a map by how near one looks: families of roles from afar, kinds of role near by."""

from typing import Any

import streamlit as st

NEAR = 1.8  # times as near as the whole map, from which kinds of role are named

# The names are annotations of the chart; which of them are seen follows from how much of the map is in view.
_SCRIPT = """
export default function ({ parentElement, data }) {
  const host = parentElement.host ?? parentElement
  let chart = null
  const apply = () => {
    const [low, high] = chart._fullLayout.xaxis.range
    const isNear = data.width / Math.abs(high - low) >= data.near
    for (const name of chart.querySelectorAll(".annotation")) {
      const isFamily = Number(name.dataset.index) < data.families
      name.style.display = isFamily === isNear ? "none" : ""
    }
  }
  // The chart is drawn after this, and anew when what it shows changes.
  const attach = () => {
    const found = host.closest('[class*="st-key-chart-"]')?.querySelector(".js-plotly-plot")
    if (!found?.on || !found._fullLayout || found === chart) return
    chart = found
    chart.on("plotly_afterplot", apply)
    apply()
  }
  const watch = setInterval(attach, 300)
  return () => {
    clearInterval(watch)
    chart?.removeListener?.("plotly_afterplot", apply)
  }
}
"""


@st.cache_resource(show_spinner=False)
def _component() -> Any:
    return st.components.v2.component("rolemap_map_zoom", html="<span></span>", js=_SCRIPT)


def follow_zoom(key: str, families: int, width: float) -> None:
    """Show the first `families` names of the chart in the same container from afar and the others near by.

    `width` is the whole map's extent along the horizontal axis.
    """
    _component()(key=key, data={"families": families, "width": width, "near": NEAR}, height="content", width="content")
