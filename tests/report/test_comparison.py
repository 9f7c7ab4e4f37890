from hypothesis import given
from hypothesis import strategies as st

from pipeline.report import find_differences

POSTINGS = st.lists(st.sets(st.sampled_from("abcd")), min_size=1, max_size=30)


@given(POSTINGS, POSTINGS)
def test_a_difference_lies_in_its_interval_and_turns_round_with_the_sets(
    first: list[set[str]], second: list[set[str]]
) -> None:
    found = find_differences(first, second)
    turned = {each.name: each for each in find_differences(second, first)}
    for each in found:
        assert each.low <= each.difference <= each.high
        assert -1 <= each.low <= each.high <= 1
        other = turned[each.name]
        assert (round(-other.difference, 5), other.is_sure) == (round(each.difference, 5), each.is_sure)


def test_what_is_sure_comes_first_and_chance_is_not_called_sure() -> None:
    first = [{"sql", "luck"} if n % 2 else {"sql"} for n in range(60)]
    second = [{"luck"} if n % 2 == 0 else set() for n in range(60)]
    sql, luck = find_differences(first, second)
    assert (sql.name, sql.is_sure, sql.difference) == ("sql", True, 1.0)
    assert (luck.name, luck.is_sure) == ("luck", False)


def test_too_few_and_empty_sets_are_not_compared() -> None:
    assert find_differences([{"sql"}] * 2, [{"sql"}] * 2) == []
    assert find_differences([], [{"sql"}] * 20) == []
