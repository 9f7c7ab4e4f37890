"""What the market asks for more and less: trends of the dated postings, and a model's opinion beside them."""

from datetime import date

import pandas as pd
import streamlit as st

from pages.ui import charts, display, trend_charts
from pipeline import services
from pipeline.cluster_artifacts import GENERAL
from pipeline.errors import RolemapError
from pipeline.services import trends as trend_services
from pipeline.trend_corpus import TrendCorpus, TrendFilters
from pipeline.trend_report import KeywordTrend, ModelOpinion, TrendReport

SHOWN = 15  # keywords in a chart


@st.cache_resource(max_entries=2, show_spinner="Finding keywords in the dated postings")
def read_corpus(corpus: object, artifact: object) -> TrendCorpus:
    return trend_services.trend_corpus()


@st.cache_data(max_entries=16, show_spinner="Fitting trends")
def find_trends(corpus: object, artifact: object, filters: TrendFilters) -> TrendReport:
    return trend_services.market_trends(read_corpus(corpus, artifact), filters)


def choose_filters(corpus: TrendCorpus) -> TrendFilters:
    vacancies = [posting.vacancy for posting in corpus.postings]
    companies = sorted({vacancy.company for vacancy in vacancies if vacancy.company})
    places = sorted({vacancy.location for vacancy in vacancies if vacancy.location})
    first, last = corpus.postings[0].posted_on, corpus.postings[-1].posted_on
    company, place, level, days = st.columns(4)
    chosen = days.date_input("Posted", (first, last), first, last, key="market_trends.dates")
    bounds: list[date] = list(chosen) if isinstance(chosen, tuple) else [chosen]
    return TrendFilters(
        companies=frozenset(company.multiselect("Company", companies, key="market_trends.companies")),
        places=frozenset(place.multiselect("Place", places, key="market_trends.places")),
        seniorities=frozenset(
            level.multiselect("Seniority", sorted({p.seniority for p in corpus.postings}), key="market_trends.levels")
        ),
        since=bounds[0] if bounds else None,
        until=bounds[1] if len(bounds) > 1 else None,
    )


def show_directions(report: TrendReport) -> None:
    rising, fading = report.of("rising", "new")[:SHOWN], report.of("fading")[:SHOWN]
    for title, shown, key in (("Asked for more", rising, "rising"), ("Asked for less", fading, "fading")):
        st.subheader(title)
        if shown:
            st.plotly_chart(trend_charts.slope_intervals(shown), key=f"market_trends.{key}")
        else:
            st.write(f"Nothing sure: {report.compared_count:,} keywords were compared.")
        lean = "up" if key == "rising" else "down"
        leaning = [t.keyword for t in report.of("too few to tell") if t.lean == lean]
        if leaning:
            st.caption(f"Leaning {lean}, but too few postings to be sure:")
            display.keyword_badges(leaning[:SHOWN])


def show_keyword(report: TrendReport, names: dict[str, str]) -> None:
    by_keyword = {trend.keyword: trend for trend in report.trends}
    keyword = st.selectbox("Search a keyword", sorted(by_keyword), index=None, key="market_trends.keyword")
    if keyword is None:
        return
    trend = by_keyword[keyword]
    st.plotly_chart(trend_charts.keyword_course(trend, report), key="market_trends.course")
    st.markdown(f"**{display.plain(keyword)}**: {display.plain(course_in_words(trend, names))}")
    st.text(f"“{trend.example.sentence}” ({trend.example.vacancy_id})")
    with st.expander(f"The {trend.vacancy_count:,} postings that name it"):
        st.dataframe({"Posting": trend.vacancy_ids}, hide_index=True)


def course_in_words(trend: KeywordTrend, names: dict[str, str]) -> str:
    words = f"{trend.direction}, {trend.vacancy_count:,} postings of {trend.employer_count:,} employers"
    if trend.share_start is not None and trend.share_end is not None:
        words += f", from {trend.share_start:.1%} to {trend.share_end:.1%} of a month's postings"
    if trend.within_direction:
        words += f"; within the kinds of role it is: {trend.within_direction}"
    if trend.carried_by:
        words += f"; carried by the change in how many postings are for {names.get(trend.carried_by, trend.carried_by)}"
    return words


def show_table(report: TrendReport, names: dict[str, str]) -> None:
    rows = [
        {
            "Keyword": t.keyword,
            "Kind of role": names.get(t.category, t.category),
            "Direction": t.direction,
            "Leaning": t.lean or "",
            "Postings": t.vacancy_count,
            "Share": t.share,
            "First month": t.share_start,
            "Last month": t.share_end,
            "Log-odds a month": t.slope.per_month if t.slope else None,
            "From": t.slope.low if t.slope else None,
            "To": t.slope.high if t.slope else None,
            "Within roles": t.within.per_month if t.within else None,
        }
        for t in report.trends
    ]
    percent = st.column_config.NumberColumn(format="percent")
    shares = dict.fromkeys(("Share", "First month", "Last month"), percent)
    st.dataframe(pd.DataFrame(rows), hide_index=True, width="stretch", column_config=shares)
    csv = trend_services.trends_csv(report)
    st.download_button(
        "Download as CSV", csv, "market_trends.csv", "text/csv", on_click="ignore", key="market_trends.download"
    )


def show_opinion(report: TrendReport, corpus: TrendCorpus, state: tuple[object, ...]) -> None:
    st.subheader("What does a language model think?")
    try:
        st.caption(display.plain(trend_services.trends_consent()))
    except RolemapError as error:
        st.caption(display.plain(str(error)))
        return
    if st.button("Ask the model", key="market_trends.ask"):
        with st.spinner("Asking the model"):
            asked = trend_services.with_opinion(report, corpus)
        st.session_state["market_trends.opinion"] = (state, asked.opinion)
    asked_for, opinion = st.session_state.get("market_trends.opinion", (None, None))
    if asked_for == state and isinstance(opinion, ModelOpinion):
        if opinion.notice:
            st.warning(display.plain(opinion.notice))
            return
        st.caption("This is the model's opinion, set beside what the postings say.")
        rows = [
            {
                "Skill": each.skill.name,
                "Kind of role": each.skill.category,
                "The model says": each.skill.direction,
                "The postings": each.verdict,
                "Postings": each.vacancy_count,
                "Confidence": each.skill.confidence,
                "The model's reason": each.skill.reason,
            }
            for each in opinion.skills
        ]
        st.dataframe(pd.DataFrame(rows), hide_index=True, width="stretch")


st.title("Market trends")
state = (services.corpus_state(), services.artifact_state())
if not state[0]:
    st.info("There are no postings yet, and trends need dated ones from several months.")
    st.page_link("pages/browse_vacancies.py", label="Add postings", icon="📄")
    st.stop()
try:
    corpus = read_corpus(*state)
    filters = choose_filters(corpus)
    report = find_trends(*state, filters)
except RolemapError as error:
    st.info(display.plain(str(error)))
    st.stop()
for notice in report.notices:
    st.caption(display.plain(notice))
names = dict(corpus.roles) | {GENERAL: "General"}
if report.categories:
    st.subheader("Kinds of role over time")
    colours = {category.slug: charts.COLOURS[i % len(charts.COLOURS)] for i, category in enumerate(report.categories)}
    st.plotly_chart(trend_charts.category_shares(report, colours), key="market_trends.categories")
show_directions(report)
st.subheader("One keyword")
show_keyword(report, names)
st.subheader("All keywords")
show_table(report, names)
show_opinion(report, corpus, (state, filters))
