"""A model says of lines what they are: no word of the resume is its own, and nothing of the person reaches it."""

import asyncio
from pathlib import Path

import pytest

from pipeline import services
from pipeline.core import RolemapError
from pipeline.resumes import correct_lines
from pipeline.services.base_resume import BaseResume
from pipeline.services.model_reading import ask_what_lines_are, shown_lines
from tests.fake_llm import FakeLanguageModelServer, Request, ScriptedLanguageModel, answer
from tests.sandbox import run_command

TEXT = """Oda Brandt
oda@example.org | +47 22 00 11 22

Experience

Zorbulon Quux
Flimmer
2019 - 2021
- Glazed 40 bowls with Oda Brandt's own glaze, see github.com/odabrandt
"""


def base_of(text: str = TEXT) -> BaseResume:
    return services.read_uploaded_resume("oda.txt", text.encode())


def number_of(base: BaseResume, text: str) -> int:
    return next(number for number, line in enumerate(base.reading.lines) if line.text == text)


def test_tags_of_lines_become_the_resume_and_what_is_no_tag_or_line_is_left_out() -> None:
    base = base_of()
    position, employer = number_of(base, "Zorbulon Quux"), number_of(base, "Flimmer")
    given = [(position, "position"), (employer, "employer"), (employer, "wizard"), (999, "item"), (0, "position")]
    llm = ScriptedLanguageModel({"lines": [{"line": line, "tag": tag} for line, tag in given]})
    tags = asyncio.run(ask_what_lines_are(base.reading, llm))
    assert tags == {position: "position", employer: "employer"}
    (job,) = correct_lines(base.reading, tags).resume.work
    assert (job.name, job.position, job.start_date) == ("Flimmer", "Zorbulon Quux", "2019")


def test_nothing_of_the_person_is_shown() -> None:
    shown = "\n".join(shown_lines(base_of().reading).values())
    assert "Zorbulon Quux" in shown and "Glazed 40 bowls" in shown
    for private in ("Oda", "Brandt", "oda@example.org", "22 00 11 22", "odabrandt"):
        assert private not in shown


def test_a_resume_of_very_many_lines_is_not_sent() -> None:
    with pytest.raises(RolemapError, match="at most"):
        shown_lines(base_of(TEXT + "- Glazed a bowl\n" * 700).reading)


def test_differences_are_told_and_data_needs_no_model(monkeypatch: pytest.MonkeyPatch) -> None:
    base = base_of()
    employer, position = number_of(base, "Flimmer"), number_of(base, "Zorbulon Quux")
    said = [{"line": employer, "tag": "position"}, {"line": position, "tag": "employer"}]

    def respond(request: Request) -> object:
        assert "oda@example.org" not in request.text
        return answer({"lines": said})

    with FakeLanguageModelServer() as server:
        server.respond = respond  # type: ignore[assignment]
        monkeypatch.setattr("pipeline.services.model_reading.get_settings", server.settings)
        found = services.read_with_model(base)
        data = BaseResume(base.reading.model_copy(update={"is_data": True}), "x")
        assert services.read_with_model(data) == services.ModelReading(data, ())
    (job,) = found.base.reading.resume.work
    assert (job.name, job.position) == ("Zorbulon Quux", "Flimmer")
    before = base.reading.resume.work[0]
    if (before.name, before.position) != (job.name, job.position):
        assert any(text.startswith("work[0].") for text in found.differences)


def test_a_command_reads_with_a_model_and_without_one_says_so(workspace: Path) -> None:
    file = workspace / "oda.txt"
    file.write_text(TEXT, encoding="utf-8")
    done = run_command("parse-resume", str(file), "--reading-model", home=workspace)
    assert done.status == 0
    assert "read without a model" in done.err
    assert "Flimmer" in done.out
