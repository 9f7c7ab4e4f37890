import csv
import io
from pathlib import Path

import pytest

from pipeline import services
from pipeline.core import MissingArtifact, RolemapError
from pipeline.services import ResumeFit
from pipeline.services.fitting import resume_as_text
from tests.sandbox import run_command


@pytest.fixture(scope="module")
def found(clustered: Path) -> ResumeFit:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ROLEMAP_HOME", str(clustered))
        resume = services.load_sample_resume().reading.resume
        return services.fit_postings(resume, use_semantic=False)


def test_every_posting_is_ranked_with_what_is_shown_and_missing(found: ResumeFit) -> None:
    fits = [posting.fit for posting in found.postings]
    assert fits == sorted(fits, reverse=True)
    assert all(0 <= fit <= 1 for fit in fits)
    for posting in found.postings:
        assert not set(posting.shown) & set(posting.missing)
        assert set(posting.shown) <= found.showings.keys()
        assert not set(posting.missing) & found.showings.keys()


def test_advice_counts_postings_that_name_the_skill(found: ResumeFit) -> None:
    by_id = {posting.id: posting for posting in found.postings}
    for step in found.advice:
        assert step.opens == len(step.opened) <= step.asking
        assert all(step.keyword in by_id[i].missing for i in step.opened)


def test_what_its_owner_knows_counts_and_is_not_added_to_the_resume(clustered_copy: Path, found: ResumeFit) -> None:
    resume = services.load_sample_resume().reading.resume
    before = resume.model_dump_json()
    skill = next(posting for posting in found.postings if posting.missing).missing[0]
    more = services.fit_postings(resume, known=[skill], use_semantic=False)
    assert all(skill not in posting.missing for posting in more.postings)
    assert skill not in {step.keyword for step in more.advice}
    assert more.showings[skill][0].where == "your own word"
    assert resume.model_dump_json() == before


def test_no_name_and_no_contact_of_a_resume_is_compared() -> None:
    resume = services.load_sample_resume().reading.resume
    text = resume_as_text(resume).text
    assert resume.basics.name
    assert resume.basics.email
    assert resume.basics.name not in text
    assert resume.basics.email not in text


def test_without_clusters_or_their_postings_it_is_said(workspace: Path, clustered: Path) -> None:
    resume = services.load_sample_resume().reading.resume
    with pytest.raises(MissingArtifact):
        services.fit_postings(resume, mentions={})
    artifact = clustered / "output/vacancy_clusters.json"
    with pytest.raises(RolemapError, match="not stored any more"):
        services.fit_postings(resume, artifact=artifact, mentions={}, use_semantic=False)


def test_ranked_postings_are_taken_away_as_csv(found: ResumeFit) -> None:
    rows = list(csv.DictReader(io.StringIO(services.fit_csv(found))))
    assert [row["posting"] for row in rows] == [posting.id for posting in found.postings]


def test_marks_are_kept_and_only_what_came_since_the_visit_before_is_new(workspace: Path) -> None:
    assert services.visit({"a", "b"}) == frozenset()
    services.mark_wanted("a", is_wanted=True)
    assert services.visit({"a", "b", "c"}) == {"c"}
    assert services.visit({"a", "c"}) == frozenset()
    assert services.read_marks().wanted == {"a"}
    services.mark_wanted("a", is_wanted=False)
    assert services.read_marks().wanted == frozenset()
    (workspace / "output/marks.json").write_text("[")
    with pytest.raises(RolemapError, match="marks"):
        services.read_marks()


def test_the_command_lists_postings_and_what_to_learn(clustered_copy: Path) -> None:
    done = run_command("fit", "--no-semantic", "--top", "3", home=clustered_copy)
    assert done.status == 0, done.err
    assert "What to learn next" in done.out
    assert "Advice only" in done.out
