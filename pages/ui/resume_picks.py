"""What goes into one variant: sections, jobs and bullets ticked, a headline and a summary of its own."""

from collections.abc import Iterator

import pandas as pd
import streamlit as st

from pages.ui.display import plain
from pipeline.core import content_key
from pipeline.resume_generator import (
    SECTIONS,
    SUMMARY,
    Selection,
    ThemeConfig,
    doubtful_words,
    hidden_by,
    own_titles,
    parts_of,
    propose,
)
from pipeline.resumes import Resume

SELECTIONS = "resume_variants.selections"  # by slug
HEIGHT = 420
_NAMES = {"work": "Jobs", SUMMARY: "Summary"} | {name: name.capitalize() for name in SECTIONS if name != "work"}


def selection_of(resume: Resume, theme: ThemeConfig) -> Selection:
    """Return what the user has chosen for a role; the proposal until then, and where it was for another resume."""
    chosen: Selection | None = st.session_state.get(SELECTIONS, {}).get(theme["slug"])
    if chosen is None or set(chosen.left_out) - set(parts_of(resume)):
        return propose(resume, theme)
    return chosen


def _keep(slug: str, selection: Selection) -> None:
    st.session_state[SELECTIONS] = {**st.session_state.get(SELECTIONS, {}), slug: selection}


def pick_parts(resume: Resume, theme: ThemeConfig) -> None:
    """Let the user tick what goes into the variant of a role, from a proposal where it is wanted."""
    slug = theme["slug"]
    chosen = selection_of(resume, theme)
    propose_it, all_of_it = st.columns(2)
    if propose_it.button("Propose: what tells most", key="resume_variants.propose", width="stretch"):
        _keep(slug, chosen.model_copy(update={"left_out": propose(resume, theme).left_out}))
        st.rerun()
    if all_of_it.button("Tick everything", key="resume_variants.everything", width="stretch"):
        _keep(slug, chosen.model_copy(update={"left_out": ()}))
        st.rerun()
    table = parts_table(resume, chosen)
    edited = st.data_editor(
        table,
        height=HEIGHT,
        hide_index=True,
        width="stretch",
        disabled=["What"],
        column_config={"In": st.column_config.CheckboxColumn(width="small"), "What": st.column_config.TextColumn()},
        key=f"resume_variants.parts.{slug}.{content_key(resume.model_dump_json(), *chosen.left_out)[:10]}",
    )
    paths = [*parts_of(resume)]
    left_out = tuple(path for path, is_in in zip(paths, edited["In"], strict=True) if not is_in)
    if left_out != chosen.left_out:
        _keep(slug, chosen.model_copy(update={"left_out": left_out}))
        st.rerun()
    for told in hidden_by(resume, chosen):
        st.warning(plain(told))
    count = sum(".highlights[" in path for path in chosen.left_out)
    st.caption(f"{count} bullets are ticked off. Nothing that is ticked off is lost: tick it again at any time.")


def parts_table(resume: Resume, chosen: Selection) -> pd.DataFrame:
    """Return every part of a resume with whether it is in; jobs and bullets are set in below what they belong to."""
    out = set(chosen.left_out)
    return pd.DataFrame({"In": [path not in out for path in parts_of(resume)], "What": [*_labels(resume)]})


def _labels(resume: Resume) -> Iterator[str]:
    """Yield what each part is called, in the order of `parts_of`."""
    for path in parts_of(resume):
        name, _, rest = path.partition("[")
        if not rest:
            yield _NAMES[name]
            continue
        item = getattr(resume, name)[int(rest.split("]")[0])]
        if path.endswith("]") and ".highlights[" in path:
            yield f"\u2003\u2003• {item.highlights[int(path.rpartition('[')[2][:-1])]}"
        else:
            yield f"\u2003{_title(item)}"


def _title(item: object) -> str:
    fields = ("position", "study_type", "title", "name", "language", "organization", "institution", "area")
    told = [str(getattr(item, field)) for field in fields if getattr(item, field, None)]
    return " · ".join(told) or "(no title)"


def _offer_titles(titles: list[str], key: str) -> None:
    """Offer titles of the resume's own as the headline."""
    if not titles:
        return
    st.caption("Titles of your own that are nearest to this role:")
    for number, (title, column) in enumerate(zip(titles, st.columns(len(titles)), strict=True)):
        column.button(plain(title), on_click=_take, args=(key, title), key=f"{key}.{number}", width="stretch")


def _take(key: str, title: str) -> None:
    st.session_state[key] = title


def own_words(resume: Resume, theme: ThemeConfig) -> None:
    """Take a headline and a summary of the user's own for a role, and say what the resume does not bear out."""
    slug, chosen = theme["slug"], selection_of(resume, theme)
    key = f"resume_variants.headline.{slug}"
    headline = st.text_input("Headline of this variant", chosen.headline or resume.basics.label or "", key=key)
    _offer_titles([title for title in own_titles(resume, theme) if title != headline], key)
    summary = st.text_area(
        "Summary of this variant", chosen.summary or resume.basics.summary or "", key=f"resume_variants.own.{slug}"
    )
    now = chosen.model_copy(
        update={
            "headline": "" if headline == (resume.basics.label or "") else headline,
            "summary": "" if summary == (resume.basics.summary or "") else summary,
        }
    )
    for told in doubtful_words(resume, now):
        st.warning(plain(told))
    if now != chosen:
        _keep(slug, now)
        st.rerun()
