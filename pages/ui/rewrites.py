"""Rewriting by a language model: consent, original and rewrite side by side, and the user's say over each."""

from collections.abc import Sequence
from dataclasses import replace
from difflib import SequenceMatcher

import streamlit as st

from pages.ui import work
from pages.ui.display import plain
from pipeline import services
from pipeline.bullet_rewriter import ClusterRewrite, Rewrite, edit_passage, reject_rewrite
from pipeline.core import RolemapError, content_key
from pipeline.resume_generator import ResumeVariant, ThemeConfig, reworded
from pipeline.resumes import Resume

REWRITING = "rewriting"
DECIDED = "resume_variants.decided"  # what the user makes of the model's proposals, by slug
DECIDED_FOR = "resume_variants.decided_for"  # the resume that they are for
DECIDED_OF = "resume_variants.decided_of"  # the key of the proposals
USE_REWRITE, USE_ORIGINAL, USE_OWN = "Rewrite", "Original", "My own words"
MENDED = "Rewrite, mended: words that your resume does not bear out are gone"


def with_rewrites(
    resume: Resume, themes: Sequence[ThemeConfig], variants: Sequence[ResumeVariant], slug: str
) -> list[ResumeVariant]:
    """Offer to have the variants reworded, show what became of one, and return all with what the user accepts."""
    st.subheader("In the words of each kind of role")
    key = _key(resume, themes)
    proposed = _proposals(key, resume, themes)
    if proposed is None:
        return list(variants)
    decided: dict[str, ClusterRewrite] = st.session_state[DECIDED]
    if slug in proposed:
        decided[slug] = _review(resume, proposed[slug], decided[slug])
    return [reworded(variant, decided[variant.slug]) if variant.slug in decided else variant for variant in variants]


def decided_rewrites(resume: Resume) -> dict[str, ClusterRewrite]:
    """Return what the user has made of a model's proposals for this resume, by slug; nothing until one was asked."""
    if st.session_state.get(DECIDED_FOR) != resume.model_dump_json():
        return {}
    return dict(st.session_state.get(DECIDED, {}))


def _key(resume: Resume, themes: Sequence[ThemeConfig]) -> str:
    return content_key(
        resume.model_dump_json(), *(f"{theme['slug']} {theme['name']} {theme['keywords']}" for theme in themes)
    )


def _proposals(key: str, resume: Resume, themes: Sequence[ThemeConfig]) -> dict[str, ClusterRewrite] | None:
    """Return what the model proposes; until the user has asked for it, say what would be sent, and offer to."""
    run: services.RewriteRun | None = work.result_of(REWRITING, key)
    if work.is_running(REWRITING, key):
        return None
    if run is not None:
        found = {variant.slug: variant.rewriting for variant in run.variants if variant.rewriting}
        if st.session_state.get(DECIDED_OF) != key:
            st.session_state[DECIDED_OF], st.session_state[DECIDED] = key, dict(found)
            st.session_state[DECIDED_FOR] = resume.model_dump_json()
        st.caption(plain(f"Took {run.usage}"))
        return found
    try:
        st.caption(plain(str(services.plan_rewrites(resume, themes))))
    except RolemapError as error:
        st.caption(plain(f"Optional: a language model can reword your summary and bullets. {error}"))
        return None
    if st.button(f"Send it and reword all {len(themes)} variants", key="resume_variants.reword"):
        work.start(
            REWRITING,
            "Rewording",
            lambda report: services.rewrite_variants(resume, themes, on_progress=report),
            key=key,
        )
        st.rerun()
    return None


def _review(resume: Resume, proposed: ClusterRewrite, decided: ClusterRewrite) -> ClusterRewrite:
    """Show every passage that the model would change, and return what the user makes of each."""
    columns = st.columns(3)
    for column, outcome, label in zip(
        columns, ("rewritten", "kept", "reverted"), ("Rewritten", "Left as it is", "Reverted"), strict=True
    ):
        column.metric(label, proposed.count(outcome), border=True)  # type: ignore[arg-type]
    for reason, count in proposed.reasons.items():
        if reason not in services.ORDINARY and not any(r.proposed and reason in r.reasons for r in proposed.rewrites):
            st.warning(plain(f"{count} passages were not reworded: {reason}"))
    rewrites = [
        _decide(resume, rewrite, now, f"resume_variants.rewrite.{proposed.slug}.{number}")
        if rewrite.proposed
        else rewrite
        for number, (rewrite, now) in enumerate(zip(proposed.rewrites, decided.rewrites, strict=True))
    ]
    return replace(proposed, rewrites=tuple(rewrites))


def _decide(resume: Resume, proposed: Rewrite, now: Rewrite, key: str) -> Rewrite:
    """Show one passage before and after with its changes marked, and return the user's choice."""
    key = f"{key}.{content_key(proposed.passage.text, proposed.proposed or '')[:8]}"
    is_allowed = proposed.outcome == "rewritten"
    with st.container(border=True):
        before, after = st.columns(2)
        old, new = marked_changes(proposed.passage.text, proposed.text if is_allowed else proposed.proposed or "")
        before.caption("Original" + _place(resume, proposed))
        before.markdown(old)
        after.caption(MENDED if proposed.is_mended else "Rewrite" if is_allowed else "Reverted: the original stands")
        after.markdown(new)
        if not is_allowed:
            for reason in proposed.reasons:
                after.markdown(f"- {plain(reason)}")
        options = [*([USE_REWRITE] if is_allowed else []), USE_ORIGINAL, USE_OWN]
        current = {"rewritten": USE_REWRITE, "edited": USE_OWN}.get(now.outcome, USE_ORIGINAL)
        chosen = st.segmented_control("Use", options, default=current, key=f"{key}.use", label_visibility="collapsed")
        if chosen == USE_OWN:
            return _own_words(resume, proposed, now, key)
        if chosen == USE_REWRITE:
            return proposed
        return reject_rewrite(proposed) if is_allowed else proposed


def _own_words(resume: Resume, proposed: Rewrite, now: Rewrite, key: str) -> Rewrite:
    start = now.text if now.outcome == "edited" or proposed.is_mended else proposed.proposed or ""
    text = st.text_area("My own words", start, key=f"{key}.text", label_visibility="collapsed") or ""
    checked = edit_passage(proposed.passage, text, resume=resume)
    if checked.outcome == "edited":
        return checked
    st.warning(plain("Your resume does not bear this out, so the original stands: " + "; ".join(checked.reasons)))
    was_vouched = now.outcome == "edited" and bool(now.reasons)
    is_vouched = st.checkbox("It is true, and I can prove it: use my words", was_vouched, key=f"{key}.vouch")
    return edit_passage(proposed.passage, text, resume=resume, is_vouched_for=is_vouched)


def _place(resume: Resume, rewrite: Rewrite) -> str:
    if rewrite.passage.work_index is None:
        return ", summary"
    job = resume.work[rewrite.passage.work_index]
    return plain("".join(f", {part}" for part in (job.position, job.name) if part))


def marked_changes(before: str, after: str) -> tuple[str, str]:
    """Return both texts as Markdown, with the words that only one of them has marked; all else is plain.

    >>> marked_changes("Cut costs", "Reduced costs")
    (':red-background[Cut] costs', ':green-background[Reduced] costs')
    """
    old, new = before.split(), after.split()
    marked: tuple[list[str], list[str]] = ([], [])
    for kind, i1, i2, j1, j2 in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        for side, words, colour in ((marked[0], old[i1:i2], "red"), (marked[1], new[j1:j2], "green")):
            if words:
                text = plain(" ".join(words))
                side.append(text if kind == "equal" else f":{colour}-background[{text}]")
    return " ".join(marked[0]), " ".join(marked[1])
