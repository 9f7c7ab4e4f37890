"""Tables as people read them: shares as whole percent, and an empty cell where nothing is known."""

from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd
import streamlit as st

_SHARE = "%.0f%%"


def show_table(data: Any, columns: Mapping[str, Any] | None = None, **options: Any) -> Any:
    """Show a table; columns that are `percent` hold parts of one. Returns what `st.dataframe` does."""
    table = pd.DataFrame(data)
    shares = [name for name, config in (columns or {}).items() if _is_share(config) and name in table]
    if shares:
        table = table.assign(**{name: pd.to_numeric(table[name]) * 100 for name in shares})
    shown: dict[str, Any] = {"hide_index": True, "width": "stretch", "placeholder": ""} | options
    return st.dataframe(table, column_config=dict(columns or {}), **shown)


def _is_share(config: Any) -> bool:
    return isinstance(config, dict) and (config.get("type_config") or {}).get("format") == _SHARE


def percent(help_text: str | None = None) -> Any:
    """Return the format of a column of shares."""
    return st.column_config.NumberColumn(format=_SHARE, help=help_text)


def percents(names: Iterable[str]) -> dict[str, Any]:
    """Return the format of several columns of shares."""
    return {name: percent() for name in names}
