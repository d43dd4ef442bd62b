"""How firm a gap is: its range without any one voice, and the Wilson interval."""

import pytest

from dashboard.measures.firmness import gap, range_without_one, wilson_interval


@pytest.mark.parametrize(
    ("n_differ", "n_clear", "share"), [(0, 4, 0.0), (1, 4, 0.25), (4, 4, 1.0), (6, 9, 2 / 3), (0, 1, 0.0)]
)
def test_the_gap_is_the_share_of_clear_voices_that_differ(n_differ, n_clear, share):
    assert gap(n_differ, n_clear) == share


def test_where_nobody_was_clear_there_is_no_gap_and_not_a_gap_of_zero():
    assert gap(0, 0) is None
    assert range_without_one(0, 0) == (None, None)
    assert wilson_interval(0, 0) == (None, None)


@pytest.mark.parametrize(
    ("n_differ", "n_clear", "least", "most"),
    [
        (0, 1, None, None),  # without its one voice there is no gap
        (1, 1, None, None),
        (0, 2, 0, 0),
        (1, 2, 0, 1),
        (2, 2, 1, 1),
        (0, 9, 0, 0),  # everyone as written: no voice can change that
        (9, 9, 1, 1),
        (1, 9, 0, 1 / 8),
        (6, 9, 5 / 8, 6 / 8),
        (8, 9, 7 / 8, 1),
    ],
)
def test_the_range_is_the_least_and_the_most_when_any_one_voice_is_dropped(n_differ, n_clear, least, most):
    assert range_without_one(n_differ, n_clear) == (least, most)


@pytest.mark.parametrize("n_clear", range(2, 15))
def test_the_gap_itself_always_lies_in_its_range(n_clear):
    for n_differ in range(n_clear + 1):
        least, most = range_without_one(n_differ, n_clear)
        assert 0 <= least <= n_differ / n_clear <= most <= 1


@pytest.mark.parametrize(
    ("n_differ", "n_clear", "low", "high"),
    [
        (0, 5, 0.0, 0.4345),  # 0 of 5 must not look certain
        (5, 5, 0.5655, 1.0),
        (1, 1, 0.2065, 1.0),
        (6, 9, 0.3542, 0.8794),
        (81, 263, 0.2553, 0.3662),  # Newcombe 1998, table I, method 3
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_wilson_gives_the_published_intervals(n_differ, n_clear, low, high):
    assert wilson_interval(n_differ, n_clear) == pytest.approx((low, high), abs=5e-5)
