"""What comes first for each kind of role, and what of its keywords a resume shows."""

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from pages.ui.chart_frame import column_heads, show_chart
from pages.ui.display import plain
from pages.ui.matrix_charts import coverage_chart
from pages.ui.move_chart import moves_chart
from pages.ui.tables import percent, show_table
from pipeline.resume_generator import (
    STATES,
    CoverageMatrix,
    GapAnalysis,
    KeywordGap,
    Move,
    ResumeVariant,
    coverage_matrix,
)
from pipeline.resumes import Resume

_GAP_COLUMNS = ["Keyword", "Of this role", "Of the market", "Where you show it", "In these words", "A posting says"]


def order_table(variants: Sequence[ResumeVariant]) -> pd.DataFrame:
    """Return the skill categories of every variant side by side, with how far each has moved."""
    names = [variant.name for variant in variants]
    base = [move.label for move in sorted(variants[0].moves, key=lambda move: move.before)] if variants else []
    columns = {"Your resume": base}
    for variant in variants:
        title = variant.name if names.count(variant.name) == 1 else f"{variant.name} ({variant.slug})"
        columns[title] = [moved_label(move) for move in variant.moves]
    return pd.DataFrame(columns, index=range(1, len(base) + 1))


def moved_label(move: Move) -> str:
    """Return a category with an arrow that says how many places it has risen or fallen.

    >>> moved_label(Move("Cloud", before=4, after=1)), moved_label(Move("Languages", before=1, after=1))
    ('Cloud ▲3', 'Languages')
    """
    rise = move.before - move.after
    return f"{move.label} {'▲' if rise > 0 else '▼'}{abs(rise)}" if rise else move.label


def show_moves(variant: ResumeVariant, colour: str) -> None:
    """Show which category of skills moved where for one kind of role."""
    if len(variant.moves) < 2:
        return
    moved = sum(move.before != move.after for move in variant.moves)
    note = f"{moved} of {len(variant.moves)} categories have moved." if moved else "None has moved: it is in order."
    show_chart(
        f"Which of your skills moved where for {variant.name}?",
        moves_chart(variant.moves, variant.name, colour),
        moves_table(variant.moves),
        key="resume_variants.moves",
        note=note,
    )


def moves_table(moves: Sequence[Move]) -> pd.DataFrame:
    """Return every category with its place in the resume and in the variant."""
    rows = [(move.label, move.before, move.after) for move in moves]
    return pd.DataFrame(rows, columns=["Skills", "Place in your resume", "Place in this variant"])


def show_coverage(gaps: Sequence[GapAnalysis]) -> None:
    """Show what the resume has of every kind of role, as a matrix."""
    matrix = coverage_matrix(gaps)
    if not matrix.keywords:
        return
    best = max(gaps, key=lambda gap: gap.shown_fraction)
    show_chart(
        "How much of each kind of role does your resume show?",
        coverage_chart(matrix),
        coverage_table(matrix),
        key="resume_variants.coverage",
        note="✓ among your skills, ○ shown elsewhere in the resume, ✕ missing, empty: fewer than one in ten of "
        f"its postings ask for it. Your resume shows most of {best.name}: {best.keyword_count - len(best.missing)} of "
        f"{best.keyword_count} keywords.",
    )


def coverage_table(matrix: CoverageMatrix) -> pd.DataFrame:
    """Return keywords in rows, kinds of role in columns, and in words what the resume has of each."""
    rows = [[STATES[state] for state in row] for row in matrix.states]
    table = pd.DataFrame(rows, columns=column_heads(matrix.names, matrix.slugs, ["Keyword"]))
    table.insert(0, "Keyword", list(matrix.labels))
    return table


def show_skills(resume: Resume, variant: ResumeVariant) -> None:
    """Show the skills of a variant as it has them."""
    if not variant.resume.skills:
        st.info("The resume has no skills section that could be ordered.")
        return
    for move, skill in zip(variant.moves, variant.resume.skills, strict=True):
        skills = ", ".join(skill.keywords)
        st.markdown(f"**{plain(moved_label(move))}**" + (f"  \n{plain(skills)}" if skills else ""))
    if variant.resume.work != resume.work:
        moved = sum(after != before for after, before in zip(variant.resume.work, resume.work, strict=True))
        st.caption(f"The bullets of {moved} jobs are in another order too.")


def show_gaps(gaps: GapAnalysis) -> None:
    """Show which of a role's keywords the resume lists, shows elsewhere or lacks, with the evidence."""
    st.metric(
        "Keywords of this role that your resume shows",
        f"{gaps.keyword_count - len(gaps.missing)} of {gaps.keyword_count}",
        border=True,
    )
    kinds = {
        f"Missing ({len(gaps.missing)})": gaps.missing,
        f"Shown, but not among the skills ({len(gaps.unlisted)})": gaps.unlisted,
        f"Among the skills ({len(gaps.listed)})": gaps.listed,
    }
    chosen = st.radio("Keywords", list(kinds), horizontal=True, label_visibility="collapsed")
    found = kinds.get(chosen or "", gaps.missing)
    if not found:
        st.caption("None.")
        return
    shares = {"Of this role": percent("Of the postings of this kind"), "Of the market": percent("Of all postings")}
    show_table(gap_table(found), shares)
    st.caption("Advice only: nothing is ever added to your resume. Add what is true yourself, and upload it again.")


def gap_table(gaps: Sequence[KeywordGap]) -> pd.DataFrame:
    """Return keywords with how much of the market asks for them, where the resume shows each, and the evidence."""
    rows = [
        (
            gap.label,
            _rounded(gap.demand.role_share),
            _rounded(gap.demand.market_share),
            "; ".join(dict.fromkeys(showing.where for showing in gap.showings)),
            next((showing.text for showing in gap.showings if not showing.is_listed), ""),
            gap.demand.example.sentence if gap.demand.example else "",
        )
        for gap in gaps
    ]
    table = pd.DataFrame(rows, columns=_GAP_COLUMNS)
    empty = [column for column in _GAP_COLUMNS[1:] if table[column].isna().all() or (table[column] == "").all()]
    return table.drop(columns=empty)


def _rounded(share: float | None) -> float | None:
    return None if share is None else round(share, 2)
