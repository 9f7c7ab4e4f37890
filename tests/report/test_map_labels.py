from hypothesis import given
from hypothesis import strategies as st

from pipeline.report.map_labels import LETTER, LINE, PADDING, place_labels

WIDTH, HEIGHT = 640.0, 520.0
COORDINATE = st.floats(-50, 50, allow_nan=False)
GROUPS = st.dictionaries(
    st.text("abcdefg", min_size=1, max_size=4),
    st.tuples(st.text("NurseCook ", min_size=1, max_size=40), st.lists(st.tuples(COORDINATE, COORDINATE), max_size=6)),
    max_size=30,
)


@given(GROUPS)
def test_no_name_lies_over_another_and_each_is_on_the_map(
    groups: dict[str, tuple[str, list[tuple[float, float]]]],
) -> None:
    labels = place_labels(groups, WIDTH, HEIGHT)
    points = [point for _, own in groups.values() for point in own]
    if not points:
        assert labels == []
        return
    xs, ys = [x for x, _ in points], [y for _, y in points]
    across, up = WIDTH / ((max(xs) - min(xs)) or 1), HEIGHT / ((max(ys) - min(ys)) or 1)
    placed = [((b.x - min(xs)) * across, (b.y - min(ys)) * up, len(b.text) * LETTER / 2 + PADDING) for b in labels]
    assert labels, "the first has room always"
    assert len({label.key for label in labels}) == len(labels)
    for number, (x, y, half) in enumerate(placed):
        for other_x, other_y, wide in placed[:number]:
            assert abs(y - other_y) >= LINE - 0.01 or abs(x - other_x) >= half + wide - 0.01


def test_a_name_stands_above_a_small_group_and_in_the_middle_of_a_large_one() -> None:
    spread = [(float(n), float(n)) for n in range(101)]
    groups = {"a": ("Nurse", spread), "b": ("Cook", [(80.0, 10.0), (82.0, 12.0)])}
    nurse, cook = place_labels(groups, WIDTH, HEIGHT)
    assert (nurse.x, nurse.y) == (50.0, 50.0)
    assert cook.y > 12.0
    assert round(cook.x, 6) == 81.0
