"""A resume in, a variant for each kind of role out: the reading, the order, what is missing, the files."""

import streamlit as st

from pages.ui.colours import BLUE, cluster_colours
from pages.ui.display import plain
from pages.ui.reading import artifact_or_stop
from pages.ui.resume_files import files_of, show_downloads, show_page
from pages.ui.resume_look import choose_look
from pages.ui.resume_order import order_table, show_coverage, show_gaps, show_moves, show_skills
from pages.ui.resume_reading import accepts_reading, resume_in_use, show_reading
from pages.ui.rewrites import with_rewrites
from pipeline import services
from pipeline.core import RolemapError
from pipeline.resume_generator import Demand, ThemeConfig, analyze_gaps, cluster_demand, generate_variants


def job_description() -> tuple[ThemeConfig, dict[str, Demand]] | None:
    """Take a job description, if the user has one, as one more thing to make a variant for."""
    with st.expander("Also for one job description"):
        title = st.text_input(
            "Its title, for the names of the files", key="resume_variants.job_title", persist_state="session"
        )
        text = st.text_area("Its text", key="resume_variants.job_text", height=160, persist_state="session")
        if not text.strip():
            return None
        try:
            return services.job_theme(text, title)
        except RolemapError as error:
            st.warning(str(error))
            return None


st.title("Resume")
st.write("Your resume goes in; one variant for each kind of role comes out, in your own words, what it asks for first.")
base = resume_in_use()
if base is None:
    artifact_or_stop("Variants")
    st.stop()
resume = base.reading.resume

st.subheader("Was it read as you meant it?")
show_reading(base)
if not accepts_reading(base):
    st.stop()

artifact = artifact_or_stop("Variants")
_, themes = services.variant_themes()
job = job_description()
if job:
    themes = [*themes, job[0]]

st.subheader("What comes first for each kind of role?")
reorders_bullets = st.toggle(
    "Also put the most relevant bullets of each job first", key="resume_variants.bullets", persist_state="session"
)
variants = generate_variants(resume, themes, reorders_bullets=reorders_bullets)
st.dataframe(order_table(variants), width="stretch")
st.caption("Arrows say how many places a category of skills has moved. None is added, lost or changed.")
for notice in services.variant_notices(resume, variants):
    st.info(plain(notice))

demands = {job[0]["slug"]: job[1]} if job else {}
show_coverage(
    [analyze_gaps(resume, each, demands.get(each["slug"]) or cluster_demand(artifact, each["slug"])) for each in themes]
)

names = {variant.slug: variant.name for variant in variants}
slug = st.selectbox(
    "Look at one kind of role",
    list(names),
    format_func=names.__getitem__,
    key="resume_variants.chosen",
    persist_state="session",
)
variant = next(variant for variant in variants if variant.slug == slug)
theme = next(theme for theme in themes if theme["slug"] == slug)
show_moves(variant, cluster_colours(artifact).get(slug, BLUE))
skills, gaps = st.columns([2, 3])
with skills:
    show_skills(resume, variant)
with gaps:
    demand = job[1] if job and slug == job[0]["slug"] else cluster_demand(artifact, slug)
    show_gaps(analyze_gaps(resume, theme, demand))

variants = with_rewrites(resume, themes, variants, slug)
variant = next(variant for variant in variants if variant.slug == slug)

st.subheader("The files")
look = choose_look(variant.resume)
show_page(variant, look)
finished = files_of(variants, look)
if finished:
    show_downloads(finished, slug)
