"""A resume in, a variant for each kind of role out: one step after the other, with the page beside them."""

import streamlit as st

from pages.ui.colours import BLUE, cluster_colours
from pages.ui.display import plain
from pages.ui.reading import artifact_or_stop
from pages.ui.resume_files import files_of, show_downloads, show_letter
from pages.ui.resume_look import choose_look, look_in_use
from pages.ui.resume_order import order_table, show_coverage, show_gaps, show_moves, show_skills
from pages.ui.resume_picks import own_words, pick_parts, selection_of
from pages.ui.resume_preview import LARGE, show_preview
from pages.ui.resume_reading import accepts_reading, resume_in_use, show_reading
from pages.ui.resume_roles import choose_roles, is_ticked, job_description
from pages.ui.resume_sets import show_set
from pages.ui.rewrites import decided_rewrites, with_rewrites
from pipeline import services
from pipeline.resume_generator import analyze_gaps, cluster_demand, role_fit

READ, ROLES, ORDER, WORDS, LOOK, FILES = "1 Read", "2 Roles", "3 Order and pick", "4 Words", "5 Look", "6 Files"
STEPS = [READ, ROLES, ORDER, WORDS, LOOK, FILES]
STEP, BULLETS, CHOSEN = "resume_variants.step", "resume_variants.bullets", "resume_variants.chosen"


def go_on() -> None:
    """Go to the next step."""
    st.session_state[STEP] = STEPS[min(STEPS.index(st.session_state[STEP]) + 1, len(STEPS) - 1)]


st.title("Resume")
base = resume_in_use()
if base is None:
    st.write(
        "Your resume goes in; a variant for each kind of role comes out, what it asks for first, nothing invented."
    )
    artifact_or_stop("Variants")
    st.stop()
if not accepts_reading(base):
    show_reading(base)
    st.stop()
resume = base.reading.resume
artifact = artifact_or_stop("Variants")
_, themes = services.variant_themes()
job = job_description()
if job:
    themes = [*themes, job[0]]
demands = {theme["slug"]: cluster_demand(artifact, theme["slug"]) for theme in themes} | (
    {job[0]["slug"]: job[1]} if job else {}
)
gaps = {theme["slug"]: analyze_gaps(resume, theme, demands[theme["slug"]]) for theme in themes}
fits = [role_fit(gaps[theme["slug"]]) for theme in themes]
ticked = {fit.slug: fit.name for fit in fits if is_ticked(fit)}

steps, role = st.columns([3, 1], vertical_alignment="bottom")
step = steps.radio("Step", STEPS, horizontal=True, key=STEP, persist_state="session")
shown = ticked or {fit.slug: fit.name for fit in fits}
if st.session_state.get(CHOSEN) not in shown:
    st.session_state[CHOSEN] = next(iter(shown))
slug = role.selectbox("Variant", list(shown), format_func=shown.__getitem__, key=CHOSEN, persist_state="session")
theme = next(theme for theme in themes if theme["slug"] == slug)

if step == READ:
    show_reading(base)
    st.button("Next: Roles", on_click=go_on, key="resume_variants.next", type="primary")
    st.stop()
is_large = st.session_state.get(LARGE, False)
work, page = st.columns([1, 2] if is_large else [1, 1])
with work:
    if step == ROLES:
        choose_roles(fits)
    elif step == ORDER:
        st.toggle("Also put the most relevant bullets of each job first", key=BULLETS, persist_state="session")
        pick_parts(resume, theme)
    elif step == WORDS:
        own_words(resume, theme)
        with_rewrites(resume, [each for each in themes if each["slug"] in shown], [], slug)
    elif step == LOOK:
        choose_look(resume)
    look = look_in_use()
    chosen = services.VariantSet(
        resume=resume,
        look=look,
        reorders_bullets=bool(st.session_state.get(BULLETS)),
        roles=tuple(
            services.RoleChoice(
                slug=each["slug"], name=each["name"], is_ticked=True, selection=selection_of(resume, each)
            )
            for each in themes
            if each["slug"] in shown
        ),
    )
    variants, hidden = services.variants_of(chosen, themes, decided_rewrites(resume))
    variant = next(each for each in variants if each.slug == slug)
    if step == FILES:
        finished = files_of(variants, look)
        for told in hidden:
            st.warning(plain(told))
        if finished:
            show_downloads(finished, slug, chosen, hidden)
        show_set(chosen)
        if job:
            show_letter(resume, str(st.session_state["resume_variants.job_text"]), look)
    else:
        st.button(
            f"Next: {STEPS[STEPS.index(step) + 1][2:]}", on_click=go_on, key="resume_variants.next", type="primary"
        )
with page:
    show_preview(resume, variant, look)

for notice in services.variant_notices(resume, variants):
    st.info(plain(notice))
if step == ROLES:
    with st.expander("How much of each kind of role your resume shows"):
        show_coverage(list(gaps.values()))
if step == ORDER:
    with st.expander("What came first for each kind of role"):
        st.dataframe(order_table(variants), width="stretch")
        st.caption("Arrows say how many places a category of skills has moved. None is added, lost or changed.")
    with st.expander(f"Skills, moves and gaps for {plain(variant.name)}"):
        show_moves(variant, cluster_colours(artifact).get(slug, BLUE))
        skills, lacking = st.columns([2, 3])
        with skills:
            show_skills(variant.resume, variant)
        with lacking:
            show_gaps(gaps[slug])
