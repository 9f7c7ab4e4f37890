import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from pipeline.cluster_matcher.calibration import Array, Calibration, calibrate, fit_weights, softmax

DEFAULT = Calibration(weights=[5.0, 1.0], typical=[0.4, 0.6, 0.8])


def drawn(weights: list[float], count: int = 600, clusters: int = 4, seed: int = 0) -> tuple[Array, NDArray[np.int64]]:
    """Draw features, and labels from the probabilities that the weights give them."""
    generator = np.random.default_rng(seed)
    features = generator.normal(size=(count, clusters, len(weights)))
    chances = softmax(features @ np.array(weights))
    labels = np.array([generator.choice(clusters, p=row) for row in chances])
    return features, labels


def test_the_fit_finds_the_weights_that_made_the_labels() -> None:
    features, labels = drawn([2.0, 0.7])
    found = fit_weights(features, labels, [0.0, 0.0])
    assert np.allclose(found, [2.0, 0.7], atol=0.35)


def test_stated_probabilities_come_true_on_new_data() -> None:
    features, labels = drawn([2.0, 0.7])
    weights = fit_weights(features, labels, [1.0, 1.0])
    fresh, truth = drawn([2.0, 0.7], count=2000, seed=1)
    chances = softmax(fresh @ weights)
    right = chances.argmax(axis=1) == truth
    assert abs(chances.max(axis=1).mean() - right.mean()) < 0.04


def test_labels_that_are_told_apart_without_fail_still_leave_doubt() -> None:
    features = np.zeros((80, 4, 1))
    labels = np.arange(80) % 4
    features[np.arange(80), labels, 0] = 1.0
    chances = softmax(features @ fit_weights(features, labels, [25.0]))
    assert 0.9 < chances.max(axis=1).mean() < 0.999


def test_a_feature_that_speaks_against_its_cluster_gets_no_weight() -> None:
    features, labels = drawn([2.0, -2.0])
    weights = fit_weights(features, labels, [1.0, 1.0])
    assert weights[1] == 0
    assert weights[0] > 0.5


def test_one_posting_or_none_leaves_the_default() -> None:
    for count in (0, 1):
        features, labels = drawn([1.0, 1.0], count=count)
        assert calibrate(features, labels, np.ones(count), DEFAULT) == DEFAULT


def test_equal_inputs_give_equal_weights() -> None:
    features, labels = drawn([2.0, 0.7], count=50)
    one, two = (calibrate(features, labels, np.linspace(0.3, 0.9, 50), DEFAULT) for _ in range(2))
    assert one == two


@given(st.floats(0, 1), st.floats(0, 1))
def test_what_is_more_typical_never_fits_worse(one: float, two: float) -> None:
    low, high = sorted((one, two))
    assert 0 <= DEFAULT.fit(low) <= DEFAULT.fit(high) <= 1


@given(st.lists(st.floats(-50, 50), min_size=1, max_size=6))
def test_probabilities_add_up_to_one(scores: list[float]) -> None:
    assert abs(softmax(np.array(scores)).sum() - 1) < 1e-9
