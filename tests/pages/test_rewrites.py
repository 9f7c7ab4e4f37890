"""The section where a user has variants reworded: consent first, then their say over each passage."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from tests.fake_llm import FakeLanguageModelServer, Reply, Request, answer, failure
from tests.pages.dashboard import SECONDS, assert_well, finish_work, texts

NIGHTLY = "Cut the nightly load from six hours to one"
TIGHTER = "Reduced the nightly load from six hours to one"
STREAM = "Moved 40 jobs to an event stream"


def page() -> None:
    """Show the section for two kinds of role, then the bullets of the first variant as they would be exported."""
    import streamlit as st

    from pages.ui.rewrites import with_rewrites
    from pipeline.resume_generator import generate_variants
    from tests.sample_resumes import full_resume

    themes = [
        {"slug": "data-engineer", "name": "Data Engineer", "keywords": ["sql"]},
        {"slug": "nurse", "name": "Nurse", "keywords": ["triage"]},
    ]
    resume = full_resume()
    variants = with_rewrites(resume, themes, generate_variants(resume, themes), "data-engineer")  # type: ignore[arg-type]
    st.text("\n".join(["Exported:", *variants[0].resume.work[0].highlights]))


def reply(request: Request) -> Reply:
    if "Nurse" in request.user:
        return failure(401)
    passages = re.findall(r"<passage-\w+>\n(.*?)\n</passage", request.user, re.S)
    changed = [said.replace(NIGHTLY, TIGHTER).replace("40 jobs", "400 *jobs* <b>now</b>") for said in passages]
    return answer({"passages": [{"number": number, "text": text} for number, text in enumerate(changed, start=1)]})


@pytest.fixture
def server(workspace: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeLanguageModelServer]:
    with FakeLanguageModelServer() as fake:
        fake.respond = reply
        monkeypatch.setenv("OPENAI_BASE_URL", fake.url)
        monkeypatch.setenv("OPENAI_MODEL", "fake")
        yield fake


def opened() -> AppTest:
    section = AppTest.from_function(page, default_timeout=SECONDS).run()
    assert_well(section)
    return section


def reworded() -> AppTest:
    section = opened()
    section.button(key="resume_variants.reword").click().run()
    return finish_work(section, "rewriting")


def exported(section: AppTest) -> list[str]:
    shown = next(element.value for element in section.text if element.value.startswith("Exported:"))
    return shown.splitlines()[1:]


def test_what_goes_where_is_said_and_nothing_is_sent_before_the_user_agrees(server: FakeLanguageModelServer) -> None:
    section = opened()
    said = texts(section).replace("\\", "")
    assert "the model fake at 127.0.0.1" in said
    assert "tokens" in said
    assert server.requests == []
    assert exported(section) == [NIGHTLY, STREAM]


def test_rewrites_are_shown_beside_their_originals_and_the_truthful_ones_are_used(
    server: FakeLanguageModelServer,
) -> None:
    section = reworded()
    shown = [element.value for element in section.markdown]
    assert any(":red-background[Cut]" in text for text in shown)
    assert any(":green-background[Reduced]" in text for text in shown)
    assert exported(section) == [TIGHTER, STREAM]
    assert not any("<b>" in text for text in shown)
    assert any("reverted" in caption.value.lower() for caption in section.caption)


def test_a_rewrite_can_be_rejected_and_taken_back(server: FakeLanguageModelServer) -> None:
    section = reworded()
    use = next(control for control in section.segmented_control if "Rewrite" in control.options)
    use.set_value("Original")
    section.run()
    assert exported(section) == [NIGHTLY, STREAM]
    next(c for c in section.segmented_control if "Rewrite" in c.options).set_value("Rewrite")
    section.run()
    assert exported(section) == [TIGHTER, STREAM]


def test_own_words_are_checked_and_stand_against_the_guard_only_if_the_user_vouches(
    server: FakeLanguageModelServer,
) -> None:
    section = reworded()
    next(control for control in section.segmented_control if "Rewrite" in control.options).set_value("My own words")
    section.run()
    section.text_area[0].set_value("Cut the nightly load from six hours to one with Snowflake")
    section.run()
    assert "Snowflake" in section.warning[-1].value
    assert exported(section)[0] == NIGHTLY
    section.checkbox[0].check()
    section.run()
    assert_well(section)
    assert exported(section)[0] == "Cut the nightly load from six hours to one with Snowflake"


def test_without_a_model_the_section_says_how_to_get_one(workspace: Path) -> None:
    section = opened()
    assert "OPENAI_API_KEY" in texts(section).replace("\\", "")
    assert not section.button
