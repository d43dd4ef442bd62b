"""The scatter names the steps to look at first, also where points stand close."""

import math

from dashboard.charts.placement_scatter import LABELLED, _labels

CROWD = [(0.0, 0.6), (0.08, 0.6), (-0.08, 0.6), (0.0, 0.66), (0.0, 0.54), (0.08, 0.66), (-0.08, 0.54)]


def test_a_step_with_room_beside_it_carries_its_name_there():
    assert _labels([(0.0, 0.5)]) == (["middle right"], {})


def test_a_step_in_a_crowd_is_named_afar_with_a_line_that_touches_no_other_point():
    sides, lines = _labels(CROWD)
    named = [at for at in range(len(CROWD)) if sides[at] or at in lines]
    assert named == list(range(LABELLED))
    for at, (x, y) in lines.items():
        start = CROWD[at]
        others = [point for point in CROWD if point != start]
        for share in (0.25, 0.5, 0.75, 1.0):
            on_line = (start[0] + (x - start[0]) * share, start[1] + (y - start[1]) * share)
            assert all(math.dist(on_line, other) > 0.02 for other in others)
