"""What the network learns from, and that its sums at work are those of training."""

import random
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import pytest

from pipeline.resumes.reading import read_resume_bytes
from pipeline.resumes.reading.learned import line_features
from pipeline.resumes.reading.learned.network import ids_of, in_sequence, network, unpacked
from pipeline.resumes.reading.lines import cell_text
from pipeline.resumes.training.examples import LINE_ROWS, example_of
from pipeline.resumes.training.learn import learn
from pipeline.resumes.training.own_exports import write_own_export
from pipeline.resumes.training.people import write_person
from pipeline.resumes.training.writing import write_resume


@pytest.mark.parametrize("seed", [3, 11, 42])
def test_a_written_resume_is_the_same_for_its_seed_and_every_letter_has_its_tag(seed: int) -> None:
    resume = write_resume(seed)
    assert resume == write_resume(seed)
    for one in resume:
        assert len(one.tags) == len("".join(one.line.text.split()))
        assert "." in one.label


def test_an_export_of_our_own_is_labelled_by_what_was_put_in() -> None:
    rng = random.Random(4)
    person = write_person(rng)
    found: dict[str, list[str]] = {}
    for one in write_own_export(rng, person):
        letters = "".join("".join(map(cell_text, one.line.cells)).split())
        for tag in ("employer", "position", "institution"):
            text = "".join(letter for letter, own in zip(letters, one.tags, strict=True) if own == tag)
            found.setdefault(tag, []).append(text)
    jobs = [job for group in person.jobs for job in group]
    for tag, texts in (
        ("employer", [job.employer for job in jobs]),
        ("position", [job.position for job in jobs]),
        ("institution", [study.institution for study in person.studies]),
    ):
        assert [text for text in found[tag] if text] == ["".join(text.split()) for text in texts if text]


def test_many_threads_read_at_once_what_one_reads() -> None:
    texts = [
        f"Ann Lee\nann@example.org\n\nExperience\n\nBaker, Old Mill, {year} – {year + 2}\n"
        for year in range(1990, 2014)
    ]
    alone = [read_resume_bytes(text.encode(), ".txt").resume for text in texts]
    with ThreadPoolExecutor(8) as pool:
        together = [*pool.map(lambda text: read_resume_bytes(text.encode(), ".txt").resume, texts)]
    assert together == alone


def test_what_is_learned_is_what_reads() -> None:
    import torch

    from pipeline.resumes.training.learn import Both

    found = [example_of(write_resume(seed)) for seed in (5, 6)]
    start = network()
    model = Both(len(start.lines), len(start.words))
    known = {name: torch.from_numpy(values) for name, values in start.weights.items() if ".follow" not in name}
    model.load_state_dict(known)
    model.eval()
    resume = [one.line for one in write_resume(5)]
    features = line_features.features_of(resume)
    assert [list(ids_of(one, LINE_ROWS)) for one in features] == [list(one) for one in found[0].lines]
    with torch.no_grad():
        logits, _ = model(found[:1])
    expected = torch.softmax(logits[0], dim=1).numpy()
    assert np.allclose(start.read_lines(features)[0], expected, atol=1e-4)


def test_learning_fits_what_it_is_shown_and_packs_it_small() -> None:
    found = [example_of(write_resume(5))]
    learned = unpacked(learn(found, epochs=15, batch_size=1))
    read = learned.read_lines(line_features.features_of([one.line for one in write_resume(5)]))[0]
    right = [learned.lines[label] == own for label, own in zip(read.argmax(axis=1), found[0].line_labels, strict=True)]
    assert np.mean(right) > 0.5


def test_labels_follow_each_other_as_they_do_where_items_are_linked() -> None:
    unsure = np.array([[0.9, 0.1], [0.45, 0.55]], dtype=np.float32)
    follow = np.array([[2.0, -2.0], [-2.0, 2.0]], dtype=np.float32)
    assert in_sequence(unsure, follow, [False, False])[0] == [0, 1]
    labels, sureness = in_sequence(unsure, follow, [False, True])
    assert labels == [0, 0]
    assert all(0 <= one <= 1 for one in sureness)
