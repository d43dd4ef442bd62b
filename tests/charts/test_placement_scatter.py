"""The scatter names the steps to look at first, also where points stand close."""

import math
import random

import pytest

from dashboard.charts.placement_scatter import ACROSS, INSIDE, LABEL, LABELLED, LABELS_APART, SIDES, UP, _labels

CROWD = [(0.0, 0.6), (0.08, 0.6), (-0.08, 0.6), (0.0, 0.66), (0.0, 0.54), (0.08, 0.66), (-0.08, 0.54)]


def drawn(seed):
    """Twelve points, some of them in a crowd."""
    at = random.Random(seed)
    middle = (at.uniform(-1, 1), at.uniform(0.2, 0.9))
    close = [(middle[0] + at.uniform(-0.2, 0.2), middle[1] + at.uniform(-0.1, 0.1)) for _point in range(8)]
    return [*close, *((at.uniform(-1, 1), at.uniform(0, 1)) for _point in range(4))]


def stands_free(spot, other, room):
    return abs(spot[0] - other[0]) > room[0] or abs(spot[1] - other[1]) > room[1]


def test_a_step_with_room_beside_it_carries_its_name_there():
    assert _labels([(0.0, 0.5)]) == (["middle right"], {})


def test_in_a_crowd_every_first_step_is_named():
    sides, lines = _labels(CROWD)
    assert [at for at in range(len(CROWD)) if sides[at] or at in lines] == list(range(LABELLED))


@pytest.mark.parametrize("seed", range(40))
def test_no_name_stands_on_a_point_or_a_name_and_no_line_touches_another_point(seed):
    points = drawn(seed)
    sides, lines = _labels(points)
    spots = {
        at: (points[at][0] + SIDES[side][0], points[at][1] + SIDES[side][1]) for at, side in enumerate(sides) if side
    }
    spots |= lines
    for at, spot in spots.items():
        others = [point for point in points if point != points[at]]
        assert all(stands_free(spot, other, LABEL) for other in others)
        assert all(stands_free(spot, other, LABELS_APART) for one, other in spots.items() if one != at)
    for at, (x, y) in lines.items():
        assert all(low <= place <= high for place, (low, high) in zip((x, y), INSIDE, strict=True))
        start = points[at]
        for n in range(9):
            on_line = (start[0] + (x - start[0]) * n / 8, start[1] + (y - start[1]) * n / 8)
            for other in (point for point in points if point != start):
                assert math.hypot((on_line[0] - other[0]) / ACROSS, (on_line[1] - other[1]) / UP) >= 0.6
