"""What the drawings and the scatter are given to draw, on the shipped invented study."""

import pytest

from dashboard.charts.gap_map import gap_map
from dashboard.charts.placement_scatter import LARGEST, placement_counts, placement_scatter
from dashboard.charts.ranked_gaps import ranked_gaps
from dashboard.charts.step_words import step_words
from dashboard.charts.theme import level
from dashboard.i18n import translator
from dashboard.measures import placement_by_step, practice_by_step, words_behind
from dashboard.measures.placement import ranked, rules_of
from dashboard.model import Filters

EN = translator("en", "synthetic")
ROUND_2 = Filters("demo-round-2")


def to(page, key="", **values):
    return {"page": page, "values": {page: key, **values}, "href": f"{page}?{page}={key}"}


@pytest.fixture
def placed(shipped):
    return placement_by_step(shipped, ROUND_2)


def test_the_map_has_a_tile_for_each_step_with_how_many_raised_it(placed):
    tiles = {t["step"]: t for row in gap_map(placed, to, EN)["rows"] for cell in row["cells"] for t in cell}
    assert set(tiles) == set(placed["step_id"])
    for row in placed.to_dict("records"):
        assert tiles[row["step_id"]]["n"] == (str(row["n_raised"]) if row["n_raised"] else "–")


def test_not_raised_has_no_shade_and_nobody_differs_has_the_lightest(placed):
    tiles = {t["step"]: t for row in gap_map(placed, to, EN)["rows"] for cell in row["cells"] for t in cell}
    assert (tiles["M10"]["level"], tiles["V04"]["level"]) == (None, 0)


@pytest.mark.parametrize(
    ("gap", "shade"), [(None, None), (float("nan"), None), (0, 0), (0.1, 1), (0.25, 1), (0.5, 2), (0.75, 3), (1, 4)]
)
def test_five_shades_from_none_to_all(gap, shade):
    assert level(gap) == shade


def test_each_gap_has_one_dot_a_voice(shipped, placed):
    drawing = ranked_gaps(ranked(placed), practice_by_step(shipped, ROUND_2), rules_of(shipped, "demo-round-2"), to, EN)
    assert {sum(item["strip"]["counts"].values()) for item in drawing["items"]} == {16}


def test_the_scatter_has_a_point_for_each_step_on_which_somebody_differs(placed):
    figure = placement_scatter(placed, "light", EN)
    differing = ranked(placed)
    assert [point[0] for point in figure.data[0].customdata] == list(differing["step_id"])
    assert max(figure.data[0].marker.size) <= LARGEST


def test_points_that_would_hide_each_other_stay_near_their_place(placed):
    figure = placement_scatter(placed, "light", EN)
    for y, gap in zip(figure.data[0].y, ranked(placed)["gap"], strict=True):
        assert abs(y - gap) <= 0.1
        assert 0 <= y <= 1


def test_nobody_differs_gives_no_figure(placed):
    assert placement_scatter(placed[placed["n_differ"] == 0], "light", EN) is None


def test_a_steps_own_words_cannot_write_a_tag_into_the_scatter(placed):
    rows = placed.assign(step="<a href='http://x'>go</a>", step_sv="")
    assert "<a " not in "".join(placement_scatter(rows, "light", EN).data[0].hovertext)


def test_the_counts_of_placements_add_up_to_the_steps_that_were_raised(placed):
    items = placement_counts(placed, EN)["items"]
    assert sum(int(item["n"]) for item in items) == int((placed["n_clear"] > 0).sum())


def test_the_words_of_those_who_differ_come_before_those_who_follow(shipped):
    practices, told = practice_by_step(shipped, ROUND_2), words_behind(shipped, ROUND_2, step="M02")
    stances = [practice["stance"] for practice in step_words(told, practices, None, to, EN)["practices"]]
    assert stances == ["worked_around", "left_out", "adapted", "worked_around", "as_written"]
