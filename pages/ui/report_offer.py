"""The report of what is at hand, to send to a colleague or to go on with: made when it is asked for."""

import streamlit as st

from pages.ui import fit_reading, market_reading
from pipeline.cluster_artifacts import ClusterArtifact
from pipeline.market_trends import MarketQuestion
from pipeline.services import EXPORT_TYPES, Comparison, ReportKind, make_market_report


def show(artifact: ClusterArtifact, chosen: MarketQuestion, page: str, comparison: Comparison | None = None) -> None:
    """Offer the report of what answers the question, with a comparison and the fit of the resume at hand."""
    # Made outside of the session, so everything the session knows goes along.
    reader, fit = market_reading.keyword_reader(), fit_reading.fit_at_hand()

    def make(kind: ReportKind) -> bytes:
        hits = reader.hits()
        return make_market_report(artifact, reader.artifact_path, reader.vacancies, hits, chosen, kind, fit, comparison)

    with st.popover("Report", icon=":material/ios_share:", key=f"{page}.take"):
        st.download_button(
            "Report to send to a colleague",
            lambda: make("html"),
            "market-report.html",
            "text/html",
            on_click="ignore",
            key=f"{page}.report",
            help="One file with the kinds of role, the map, their keywords, trends and the method. It opens in any "
            "browser, prints well, and needs no network.",
        )
        st.download_button(
            "Workbook to go on with",
            lambda: make("xlsx"),
            "market-report.xlsx",
            EXPORT_TYPES["xlsx"],
            on_click="ignore",
            key=f"{page}.workbook",
            help="The same figures as an Excel workbook, with tables and charts.",
        )
        if fit is not None:
            st.caption("Both carry how your resume fits. Nothing else of it is in them.")
