"""The market at a glance, in one screen: the map, the kinds of role, what rises, what is new, what fits."""

from collections.abc import Mapping
from itertools import islice

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from pages.ui import fit_reading, market_map, market_reading, work
from pages.ui.colours import cluster_glyphs
from pages.ui.display import is_dark, money, plain, shortened
from pages.ui.links import link
from pages.ui.reading import UNSTORED, file_states, is_unstored, stored_corpus
from pages.ui.tables import percent, show_table
from pipeline.cluster_artifacts import ClusterArtifact
from pipeline.core import content_key
from pipeline.keyword_engine import keyword_label
from pipeline.market_trends import PayRange, PostingFacts, TrendReport, pay_by_role
from pipeline.resumes import Resume

MAP_HEIGHT, TABLE_HEIGHT, ROW_HEIGHT = 350, 352, 29  # pixels
LISTED = 4  # of what rises, what is new, what fits
MARKS = 5  # keywords that mark a kind of role out
RISING = "rising"  # the kind of work that finds what rises


def show(artifact: ClusterArtifact, resume: Resume | None) -> None:
    """Show the market at a glance."""
    facts = market_reading.posting_facts(artifact, is_named=False)
    left, right = st.columns([1, 1])
    with left:
        _show_map(artifact, facts)
    with right:
        _show_roles(artifact, facts)
    if is_unstored(artifact):
        st.caption(f"{UNSTORED}: what rises, what is new and what fits is read from stored ones.")
        return
    rises, news, fits = st.columns([5, 6, 9])
    with rises.container(gap="xsmall"):
        _show_rising()
    with news.container(gap="xsmall"):
        _show_new(artifact)
    with fits.container(gap="xsmall"):
        _show_fit(resume)


def _show_map(artifact: ClusterArtifact, facts: Mapping[str, PostingFacts]) -> None:
    if not artifact.map:
        st.info("These clusters were made by an earlier version, without a map. Cluster again to have one.")
        return
    figure = _map(file_states(), is_dark(), artifact, facts)
    words = f"Map of {len(facts):,} postings in {len(artifact.clusters)} kinds of role."
    st.plotly_chart(figure, key="start_here.map", config={"displayModeBar": False}, alt=words)
    if note := market_reading.sample_note(artifact):
        st.caption(note)


@st.cache_resource(max_entries=8, show_spinner=False)
def _map(states: object, on_dark: bool, _artifact: ClusterArtifact, _facts: Mapping[str, PostingFacts]) -> go.Figure:
    view = market_map.MapView(_facts.keys(), on_dark=on_dark, density=market_reading.density(_artifact))
    figure = market_map.market_map(_artifact, _facts, view)
    return figure.update_layout(height=MAP_HEIGHT, dragmode=False)


@st.cache_resource(max_entries=4, show_spinner=False)
def _roles(states: object, _artifact: ClusterArtifact, _facts: Mapping[str, PostingFacts]) -> pd.DataFrame:
    return roles_table(_artifact, pay_by_role(_artifact.clusters, _facts, _facts))


def _show_roles(artifact: ClusterArtifact, facts: Mapping[str, PostingFacts]) -> None:
    show_table(
        _roles(file_states(), artifact, facts),
        {
            "Kind of role": st.column_config.Column(width=190),
            "Share": percent("Of all postings that count"),
            "Median pay a year": st.column_config.Column(
                width=130, help="Of the postings that state it, in the currency that most of them state it in"
            ),
        },
        height=min(TABLE_HEIGHT, ROW_HEIGHT * len(artifact.clusters) + 40),
        row_height=ROW_HEIGHT,
        key="start_here.roles",
    )


def roles_table(artifact: ClusterArtifact, pay: list[PayRange]) -> pd.DataFrame:
    """Return the kinds of role with their share, their pay and what marks each out."""
    total = max(1, sum(len(cluster.vacancy_ids) for cluster in artifact.clusters))
    best = {each.slug: each for each in sorted(pay, key=lambda each: each.count)}
    glyphs = cluster_glyphs(artifact)
    rows = [
        (
            f"{glyphs[cluster.slug]} {cluster.name}",
            len(cluster.vacancy_ids) / total,
            money(best[cluster.slug].currency, best[cluster.slug].median) if cluster.slug in best else None,
            ", ".join(keyword_label(keyword, artifact.labels) for keyword in cluster.top_keywords[:MARKS]),
        )
        for cluster in artifact.clusters
    ]
    return pd.DataFrame(rows, columns=["Kind of role", "Share", "Median pay a year", "What marks it out"])


def _show_rising() -> None:
    _head("Asked for more", "market_trends", "Trends")
    report = _trends()
    if report is None:
        return
    rising = report.of("rising", "new")
    if not rising:
        st.caption(f"Nothing that is sure: {report.compared_count:,} keywords were compared.")
    for trend in rising[:LISTED]:
        course = ""
        if trend.share_start is not None and trend.share_end is not None:
            course = f"{trend.share_start:.0%} → {trend.share_end:.0%}"
        st.markdown(f":green[▲] {plain(shortened(trend.label, 24))} :small[{plain(course)}]")
    if len(rising) > LISTED:
        st.caption(f"And {len(rising) - LISTED} more. Of a month’s postings, as fitted.")


def _trends() -> TrendReport | None:
    """Return the trends of all postings, found beside the page; None until they are there, or where there are none."""
    key = content_key(str(file_states()))
    if work.mine(RISING, key) is None:
        reader = market_reading.keyword_reader()
        work.start(RISING, "Looking for what rises", lambda report: reader.trends({}, report), key=key)
    found = work.mine(RISING, key)
    if found is not None and found.is_active:
        work.show(found, can_stop=False)
        return None
    if found is None or found.result is None:
        st.caption(plain(found.error) if found and found.error else "Nothing is known yet.")
        return None
    report: TrendReport = found.result
    return report


def _show_new(artifact: ClusterArtifact) -> None:
    _head("New postings", "browse_vacancies", "All")
    stored = [vacancy for vacancy in stored_corpus().vacancies if vacancy.id not in artifact.duplicates]
    fresh = fit_reading.unseen()
    shown = [vacancy for vacancy in stored if vacancy.id in fresh] or stored
    dated = sorted(shown, key=lambda v: (v.posted_on is None, v.posted_on and -v.posted_on.toordinal(), v.id))
    for vacancy in islice(dated, LISTED):
        title = vacancy.title or vacancy.id
        st.markdown(f"{plain(shortened(title, 36))} :small[{plain(shortened(vacancy.company or '', 20))}]")
    if fresh:
        st.caption(f"{len(fresh):,} since you last looked at your fit.")


def _show_fit(resume: Resume | None) -> None:
    _head("My fit", "my_fit", "All of them")
    if resume is None:
        st.caption("With your resume at hand, the postings that fit it best stand here, with what each lacks.")
        return
    found = fit_reading.find_fit(resume, ())
    if found is None:
        return
    label = market_reading.labelled()
    for posting in found.postings[:LISTED]:
        missing = ", ".join(map(label, posting.missing[:3]))
        words = shortened(posting.title or posting.id, 36)
        lacks = f"lacks {missing}" if missing else "you show all that is usual"
        st.markdown(f"**{posting.fit:.0%}** {plain(words)} :small[{plain(shortened(lacks, 48))}]")
    if found.advice:
        best = found.advice[0]
        opens = f"it opens {best.opens:,} more" if best.opens else f"{best.asking:,} near ones ask for it"
        st.markdown(f"**To learn next:** {plain(f'{best.label}, {opens}.')}")


def _head(title: str, page: str, label: str) -> None:
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
        st.subheader(title, anchor=False, width="content")
        link(page, label)
