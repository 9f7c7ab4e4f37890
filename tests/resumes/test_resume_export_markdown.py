from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from pipeline.resumes.writing.export import export_resume
from pipeline.resumes.writing.markdown import escape
from pipeline.resumes.writing.outline import clean
from tests.sample_resumes import full_resume

RENDERER = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
MARKUP = st.text(alphabet="ab1 *_`~[]()<>#+-=.|\\&;:!\"'xé", max_size=40)


@given(st.one_of(MARKUP, st.text(max_size=60)))
@example("1. one")
@example("# not a heading")
@example("- not an item")
@example("---")
@example("&lt;b&gt; &#35;")
@example("<script>alert(1)</script>")
@example("[x](javascript:alert(1))")
@example("snake_case _and_ __this__")
@example("![x](https://tracker.example/x.png)")
def test_any_text_is_shown_as_it_stands(text: str) -> None:
    text = clean(text)
    tokens = RENDERER.parse(escape(text))
    children = [child for token in tokens for child in token.children or []]
    assert [token.type for token in tokens] == (["paragraph_open", "inline", "paragraph_close"] if text else [])
    assert {child.type for child in children} <= {"text", "text_special"}
    assert "".join(child.content for child in children) == text


def test_sections_and_entries_are_headings_and_bullets_a_list() -> None:
    lines = export_resume(full_resume(), "md").data.decode().splitlines()
    for line in (
        "# Jane Doe",
        "## Experience",
        "### Senior Data Engineer",
        "[Acme GmbH](https://acme.example.com) | Berlin, Germany | Mar 2021 – Present",
        "- Moved 40 jobs to an event stream",
        "**Languages:** Python, SQL, Scala",
        "### [Tidemark](https://github.com/example-jane/tidemark)",
        "**Best Internal Tool** | Acme GmbH | Nov 2023",
    ):
        assert line in lines


def test_nothing_empty_is_printed() -> None:
    text = export_resume(full_resume(), "md").data.decode()
    assert "\n\n\n" not in text
    assert "None" not in text
    assert "| |" not in text


def test_an_address_cannot_break_out_of_its_link() -> None:
    resume = full_resume(projects=[{"name": "Tidemark", "url": "https://x.example/a)[b](c"}])
    tokens = RENDERER.parse(export_resume(resume, "md").data.decode())
    children = [child for token in tokens for child in token.children or []]
    assert "https://x.example/a%29%5Bb%5D%28c" in [child.attrs.get("href") for child in children]
    assert not [child for child in children if child.content.startswith("[b]")]
