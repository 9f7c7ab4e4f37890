import json
import re
from pathlib import Path

import pandas
import pytest
from streamlit.testing.v1 import AppTest

from pages.ui.resume_order import gap_table, order_table
from pages.ui.resume_reading import field_label
from pipeline import services
from pipeline.cluster_artifacts import Cluster, ClusterArtifact, load_artifact, save_artifact
from pipeline.resume_generator import Demand, KeywordGap, Selection, Showing, ThemeConfig, generate_variants
from pipeline.resumes import Look, theme_names
from tests.fake_llm import FakeLanguageModelServer, Request, answer
from tests.pages.dashboard import assert_well, finish_work, html_of, open_page, texts
from tests.sample_files import picture_pdf
from tests.sample_resumes import plain_resume

RESUME = """# Jane Doe

jane@example.com

## Skills

- **Office:** Excel, Word
- **Cloud:** Terraform, AWS

## Experience

### Engineer | Acme
2019 – 2021

- Kept the office
- Ran Terraform on AWS
"""
ARTIFACT = ClusterArtifact(
    clusters=[
        Cluster(slug="cloud", name="Cloud Engineer", top_keywords=["aws", "terraform", "kafka"]),
        Cluster(slug="office", name="Office Clerk", top_keywords=["excel"]),
    ]
)


READ, ROLES, ORDER, WORDS, LOOK, FILES = "1 Read", "2 Roles", "3 Order and pick", "4 Words", "5 Look", "6 Files"


def upload(page: AppTest, name: str, data: str | bytes) -> None:
    content = data.encode() if isinstance(data, str) else data
    page.file_uploader[0].set_value([(name, content, "application/octet-stream")]).run()
    assert_well(page)


def open_with_artifact(home: Path) -> AppTest:
    save_artifact(ARTIFACT, home / "output/vacancy_clusters.json")
    return open_page("resume_variants")


def go_to(page: AppTest, step: str) -> None:
    """Show another step of the page."""
    page.radio(key="resume_variants.step").set_value(step).run()
    assert_well(page)


def gaps_of(page: AppTest) -> pandas.DataFrame:
    """Return the table of a role's keywords."""
    return next(table.value for table in page.dataframe if "Keyword" in table.value.columns)


def plainly(page: AppTest) -> str:
    return texts(page).replace("\\", "")


def order_of(page: AppTest) -> pandas.DataFrame:
    """Return the table of what comes first for each role."""
    return next(table.value for table in page.dataframe if "Your resume" in table.value.columns)


def files_under(folder: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_the_sample_is_one_click_away_and_said_to_be_one(clustered_copy: Path) -> None:
    artifact = load_artifact(clustered_copy / "output/vacancy_clusters.json")
    page = open_page("resume_variants")
    assert not page.dataframe
    page.button(key="resume_variants.sample").click().run()
    go_to(page, ORDER)
    assert "This is the sample resume of a person who does not exist" in plainly(page)
    orders = order_of(page)
    assert orders.columns[0] == "Your resume"
    assert len(orders.columns) > 1
    assert set(orders.columns[1:]) <= {cluster.name for cluster in artifact.clusters}
    for column in orders.columns:
        assert sorted(cell.split(" ▲")[0].split(" ▼")[0] for cell in orders[column]) == sorted(orders["Your resume"])


def test_an_upload_is_read_ordered_and_compared_with_each_role(workspace: Path) -> None:
    page = open_with_artifact(workspace)
    upload(page, "jane.md", RESUME)
    go_to(page, ORDER)
    assert "In use: jane.md" in plainly(page)
    orders, gaps = order_of(page), gaps_of(page)
    assert list(orders["Cloud Engineer"]) == ["Cloud ▲1", "Office ▼1"]
    assert list(orders["Office Clerk"]) == ["Office", "Cloud"]
    assert list(gaps["Keyword"]) == ["Kafka"]
    assert "AWS, Terraform" in plainly(page)
    page.selectbox(key="resume_variants.chosen").set_value("office").run()
    assert_well(page)
    assert "Excel, Word" in plainly(page)


def test_nothing_of_a_resume_is_kept_on_disk_and_the_page_says_so(workspace: Path) -> None:
    page = open_with_artifact(workspace)
    assert "Nothing of a resume is kept on disk" in texts(page)
    upload(page, "jane.md", RESUME)
    go_to(page, FILES)
    page.button(key="resume_variants.make").click().run()
    finish_work(page, "files")
    for name, data in files_under(workspace).items():  # what the market shows may be cached meanwhile
        assert "Jane" not in name
        assert b"jane@example.com" not in data
        assert b"Ran Terraform on AWS" not in data


def test_a_forgotten_resume_is_gone(workspace: Path) -> None:
    page = open_with_artifact(workspace)
    upload(page, "jane.md", RESUME)
    page.button(key="resume_variants.forget").click().run()
    assert_well(page)
    assert "Jane Doe" not in plainly(page)
    assert page.button(key="resume_variants.sample")


def test_what_was_read_can_be_corrected(workspace: Path) -> None:
    page = open_with_artifact(workspace)
    upload(page, "jane.md", RESUME)
    page.selectbox(key="resume_variants.section").set_value("Skills").run()
    [office] = [area for area in page.text_area if area.value == "Excel\nWord"]
    office.set_value("Excel\nKafka")
    next(button for button in page.button if button.label == "Save corrections").click().run()
    assert_well(page)
    go_to(page, ORDER)
    shown = [block.value for block in page.markdown if block.value.startswith("**Office")]
    assert shown == ["**Office ▼1**  \nKafka, Excel"]


def test_another_upload_replaces_all_that_was_read_of_the_first(workspace: Path) -> None:
    page = open_with_artifact(workspace)
    upload(page, "jane.md", RESUME)
    upload(page, "joan.md", RESUME.replace("Jane", "Joan"))
    values = [field.value for field in page.text_input]
    assert "Joan Doe" in values
    assert "Jane Doe" not in values


def test_a_doubtful_reading_is_marked(workspace: Path) -> None:
    page = open_with_artifact(workspace)
    upload(page, "nobody.md", "# Skills\n\nTools: Excel, Word\n")
    assert "fields should be checked" in plainly(page)
    assert any("not found" in field.label for field in page.text_input)


def test_the_files_are_made_once_and_made_anew_when_something_changes(workspace: Path) -> None:
    page = open_with_artifact(workspace)
    upload(page, "jane.md", RESUME)
    go_to(page, FILES)
    page.button(key="resume_variants.make").click().run()
    finish_work(page, "files")
    labels = [button.label for button in page.download_button]
    assert labels == [
        *("PDF", "Word", "Markdown", "JSON"),
        *("Everything", "PDF", "Word", "Markdown", "JSON", "Save what you chose"),
    ]
    assert "8 of 8 files are ready" in plainly(page)
    go_to(page, ORDER)
    page.toggle(key="resume_variants.bullets").set_value(True).run()
    go_to(page, FILES)
    assert [button.label for button in page.download_button] == ["Save what you chose"]
    assert page.button(key="resume_variants.make")


def test_the_resume_that_the_settings_name_is_in_use_and_said(
    workspace: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "jane.md").write_text(RESUME)
    monkeypatch.setenv("ROLEMAP_RESUME", str(tmp_path / "jane.md"))
    page = open_with_artifact(workspace)
    assert "which ROLEMAP_RESUME names" in plainly(page)
    go_to(page, ORDER)
    assert "Cloud ▲1" in list(order_of(page)["Cloud Engineer"])


def test_a_page_is_shown_as_a_picture(workspace: Path) -> None:
    page = open_with_artifact(workspace)
    page.button(key="resume_variants.sample").click().run()
    go_to(page, ROLES)
    assert len(page.get("image")) == 2
    assert "Mara-Lindqvist-Cloud-Engineer.pdf, 2 pages" in plainly(page)
    page.radio(key="resume_variants.view").set_value("Next to your resume").run()
    assert len(page.get("image")) == 4
    page.radio(key="resume_variants.view").set_value("What moved").run()
    assert "from place" in plainly(page)


def test_a_job_description_is_one_more_role_as_long_as_it_is_there(workspace: Path) -> None:
    page = open_with_artifact(workspace)
    upload(page, "jane.md", RESUME)
    go_to(page, ROLES)
    page.text_input(key="resume_variants.job_title").set_value("Stream Engineer")
    page.text_area(key="resume_variants.job_text").set_value("You run Kafka and Excel.").run()
    page.selectbox(key="resume_variants.chosen").set_value("job description").run()
    go_to(page, ORDER)
    assert "Stream Engineer" in order_of(page).columns
    assert list(gaps_of(page)["Keyword"]) == ["Kafka"]
    go_to(page, ROLES)
    page.text_area(key="resume_variants.job_text").set_value("").run()
    go_to(page, ORDER)
    assert "Stream Engineer" not in order_of(page).columns
    go_to(page, ROLES)
    page.text_area(key="resume_variants.job_text").set_value("Be nice.").run()
    assert_well(page)
    assert "names no skill" in page.warning[0].value


def test_a_file_that_cannot_be_read_is_refused_with_the_reason_and_no_placeholder(workspace: Path) -> None:
    page = open_with_artifact(workspace)
    upload(page, "![x](http:a.b).pdf", picture_pdf())
    [error] = page.error
    assert "cannot be read" in error.value
    assert "![x](" not in error.value
    assert not page.dataframe


def test_hostile_text_in_a_resume_is_shown_as_text(workspace: Path) -> None:
    page = open_with_artifact(workspace)
    image = "![x](http://192.0.2.1/a.png)"
    document = {
        "basics": {"name": f"<b>Jane</b> {image}"},
        "skills": [{"name": f"Tools {image}", "keywords": ["<script>alert(1)</script>", "*Excel*"]}],
        image: "<img src=x>",
    }
    upload(page, "jane.json", json.dumps(document))
    shown = [element.value for kind in (page.markdown, page.caption, page.info, page.success) for element in kind]
    assert not any("![x](" in text or "*Excel*" in text for text in shown)
    assert "*odd*" not in field_label(services.ResumeField("work[0].*odd* field", "value"))
    assert not html_of(page)


def test_a_resume_without_skills_is_handled_and_said(workspace: Path) -> None:
    page = open_with_artifact(workspace)
    upload(
        page,
        "jane.md",
        "# Jane Doe\n\njane@example.com\n\n## Experience\n\n### Engineer | Acme Ltd\n2019 – 2021\n\n- Ran AWS for us\n",
    )
    go_to(page, ORDER)
    assert "no skills section" in plainly(page)


def test_roles_of_one_name_have_columns_of_their_own() -> None:
    themes: list[ThemeConfig] = [{"slug": slug, "name": "Nurse", "keywords": ["aws"]} for slug in ("nurse", "nurse-2")]
    table = order_table(generate_variants(plain_resume(), themes))
    assert list(table.columns) == ["Your resume", "Nurse (nurse)", "Nurse (nurse-2)"]
    assert list(table["Nurse (nurse)"]) == ["Cloud ▲1", "Languages ▼1"]


def test_the_gap_table_has_just_the_columns_that_say_something() -> None:
    showing = Showing(where="Engineer at Acme", text="Ran AWS", is_listed=False)
    gaps = [
        KeywordGap(keyword="aws", label="AWS", demand=Demand(role_share=0.128, market_share=0.052), showings=[showing])
    ]
    table = gap_table(gaps)
    assert table.to_dict("records") == [
        {
            "Keyword": "AWS",
            "Of this role": 0.13,
            "Of the market": 0.05,
            "Where you show it": "Engineer at Acme",
            "In these words": "Ran AWS",
        }
    ]
    assert list(gap_table([KeywordGap(keyword="aws", label="AWS")]).columns) == ["Keyword"]


def test_a_theme_is_chosen_by_its_picture(workspace: Path) -> None:
    page = open_with_artifact(workspace)
    page.button(key="resume_variants.sample").click().run()
    go_to(page, LOOK)
    assert len(page.get("image")) == 2 + len(theme_names())
    page.button(key="resume_variants.theme.compact").click().run()
    assert_well(page)
    assert page.button(key="resume_variants.theme.compact").proto.type == "primary"
    assert page.button(key="resume_variants.theme.classic").proto.type == "secondary"


def test_a_role_that_asks_for_nothing_of_the_resume_is_not_ticked_and_can_be(workspace: Path) -> None:
    nurse = Cluster(slug="nurse", name="Nurse", top_keywords=["triage", "phlebotomy"])
    save_artifact(ClusterArtifact(clusters=[*ARTIFACT.clusters, nurse]), workspace / "output/vacancy_clusters.json")
    page = open_page("resume_variants")
    upload(page, "jane.md", RESUME)
    go_to(page, ROLES)
    assert "Nothing of yours is asked for here." in plainly(page)
    assert not page.checkbox(key="resume_variants.ticked.nurse").value
    assert "Nurse" not in page.selectbox(key="resume_variants.chosen").options
    page.checkbox(key="resume_variants.ticked.nurse").check().run()
    assert_well(page)
    assert "Nurse" in page.selectbox(key="resume_variants.chosen").options
    go_to(page, FILES)
    assert page.button(key="resume_variants.make").label == "Make the files of all 3 variants"


def test_a_headline_of_its_own_is_checked_and_stays_with_its_variant(workspace: Path) -> None:
    page = open_with_artifact(workspace)
    upload(page, "jane.md", RESUME)
    go_to(page, WORDS)
    page.text_input(key="resume_variants.headline.cloud").set_value("Kafka Engineer").run()
    assert "does not bear this out" in plainly(page)
    go_to(page, FILES)
    go_to(page, WORDS)
    assert page.text_input(key="resume_variants.headline.cloud").value == "Kafka Engineer"
    page.radio(key="resume_variants.view").set_value("What moved").run()
    assert "the headline is another" in plainly(page)


def test_a_title_of_ones_own_is_one_click_away_from_being_the_headline(workspace: Path) -> None:
    page = open_with_artifact(workspace)
    upload(page, "jane.md", RESUME)
    go_to(page, WORDS)
    page.button(key="resume_variants.headline.cloud.0").click().run()
    assert_well(page)
    assert page.text_input(key="resume_variants.headline.cloud").value == "Engineer"
    page.radio(key="resume_variants.view").set_value("What moved").run()
    assert "the headline is another" in plainly(page)


def test_the_steps_are_gone_through_one_after_the_other(workspace: Path) -> None:
    page = open_with_artifact(workspace)
    upload(page, "jane.md", RESUME)
    for step in (ROLES, ORDER, WORDS, LOOK, FILES):
        page.button(key="resume_variants.next").click().run()
        assert_well(page)
        assert page.radio(key="resume_variants.step").value == step
    assert page.button(key="resume_variants.make")


def test_a_letter_is_written_for_the_job_description(workspace: Path) -> None:
    page = open_with_artifact(workspace)
    upload(page, "jane.md", RESUME)
    go_to(page, ROLES)
    page.text_area(key="resume_variants.job_text").set_value("You run Terraform on AWS.").run()
    go_to(page, FILES)
    page.toggle(key="resume_variants.letter_model").set_value(True).run()
    assert "Without a model the letter is in your own words." in plainly(page)
    page.button(key="resume_variants.letter").click().run()
    finish_work(page, "letter")
    assert_well(page)
    assert "- Ran Terraform on AWS" in page.text[0].value
    assert {"PDF", "Word", "Text"} <= {button.label for button in page.download_button}


def test_what_was_saved_comes_back(workspace: Path) -> None:
    page = open_with_artifact(workspace)
    page.button(key="resume_variants.sample").click().run()
    go_to(page, FILES)
    selection = Selection(left_out=("work[0]",), headline="Cloud Engineer")
    roles = (services.RoleChoice(slug="cloud", name="Cloud Engineer", is_ticked=True, selection=selection),)
    saved = services.VariantSet(resume=plain_resume(), look=Look(theme="modern"), roles=roles)
    content = services.write_set(saved).encode()
    page.file_uploader[1].set_value([("my.json", content, "application/json")]).run()
    assert_well(page)
    assert "In use: my.json" in plainly(page)
    assert "Acme GmbH is not named any more" in plainly(page)
    page.radio(key="resume_variants.view").set_value("What moved").run()
    assert "the headline is another" in plainly(page)


def test_a_model_says_what_lines_are_and_its_reading_is_shown_before_it_counts(
    workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = open_with_artifact(workspace)
    upload(
        page,
        "oda.txt",
        "Oda Brandt\noda@example.org\n\nExperience\n\nZorbulon Quux\nFlimmer\n2019 - 2021\n- Glazed 40 bowls\n",
    )
    assert not any(button.key == "resume_variants.ask_model" for button in page.button)
    (before,) = page.session_state["resume_variants.base"].reading.resume.work

    def respond(request: Request) -> object:
        assert "oda@example.org" not in request.text
        lines = {said: int(number) for number, said in re.findall(r"^(\d+): (.*)$", request.user, re.M)}
        tags = {before.position: "employer", before.name: "position"}  # the other way round
        return answer({"lines": [{"line": lines[said], "tag": tag} for said, tag in tags.items()]})

    with FakeLanguageModelServer() as server:
        server.respond = respond  # type: ignore[assignment]
        monkeypatch.setenv("OPENAI_BASE_URL", server.url)
        monkeypatch.setenv("OPENAI_MODEL", "fake")
        page.run()
        assert "the model fake at 127.0.0.1" in texts(page).replace("\\", "")
        assert server.requests == []
        page.button(key="resume_variants.ask_model").click().run()
        finish_work(page, "model-reading")
    assert page.session_state["resume_variants.base"].reading.resume.work == [before]
    assert f"“{before.position}” with it" in texts(page)
    page.button(key="resume_variants.take_model").click().run()
    assert_well(page)
    (after,) = page.session_state["resume_variants.base"].reading.resume.work
    assert (after.name, after.position) == (before.position, before.name)
