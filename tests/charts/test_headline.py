"""The sentences: they never say more than the measures do."""

import pandas as pd
import pytest

from dashboard.charts.headline import direction, overview_sentence, step_firmness, step_sentence
from dashboard.i18n import translator

EN, SV = translator("en"), translator("sv")
COUNTS = (
    "n_differ", "n_adapted", "n_worked_around", "n_not_done", "n_helps", "n_mixed", "n_harms", "n_not_known",
)  # fmt: skip


def said(parts):
    return "".join(text for text, _strong in parts)


def step(**counts):
    return {**dict.fromkeys(COUNTS, 0), "n_raised": counts.get("n_clear", 0), **counts}


@pytest.mark.parametrize(
    ("helps", "mixed", "harms", "not_known", "points"),
    [
        (4, 1, 0, 0, "helps"),
        (1, 0, 0, 0, "helps"),
        (2, 0, 0, 1, "helps"),
        (1, 0, 0, 1, "unknown"),  # half of them do not know
        (0, 1, 0, 4, "unknown"),
        (1, 4, 0, 0, "mixed"),  # nobody sees harm, so harm is not named
        (3, 3, 0, 0, "partly"),
        (1, 1, 1, 0, "harms"),
        (0, 0, 2, 0, "harms"),
        (2, 1, 1, 0, "varies"),
    ],
)
def test_effects_point_where_most_of_those_who_differ_do(helps, mixed, harms, not_known, points):
    row = {"n_helps": helps, "n_mixed": mixed, "n_harms": harms, "n_not_known": not_known}
    assert direction(row) == points


def test_a_step_says_how_many_of_those_who_were_clear_differ():
    row = step(n_clear=9, n_differ=6, n_raised=10, n_helps=4, n_mixed=2)
    assert said(step_sentence(row, EN)) == (
        "6 of the 9 who spoke clearly about it work differently. Most of them say that it helps."
    )


def test_one_voice_is_not_most_of_them():
    row = step(n_clear=9, n_differ=1, n_harms=1)
    assert said(step_sentence(row, EN)) == (
        "1 of the 9 who spoke clearly about it works differently. That voice says that it harms."
    )


def test_silence_is_not_a_no_and_unclear_is_not_silence():
    assert said(step_sentence(step(n_clear=0), EN)) == (
        "Nobody raised this step. That says nothing about whether it is done."
    )
    assert said(step_sentence(step(n_clear=0, n_raised=2), EN)).startswith("2 raised it")


def test_what_a_filter_hides_is_not_called_silence():
    hidden = translator("en", "synthetic", 3)
    assert said(step_sentence(step(n_clear=0), hidden)) == "No practice on this step is shared by at least 3."


def test_a_publication_is_never_a_voice():
    row = step(n_clear=1, n_differ=1, n_adapted=1, n_helps=1)
    for language in ("en", "sv"):
        words = said(step_sentence(row, translator(language, "evidence")))
        assert not any(word in words.lower() for word in ("voice", "röst"))


def test_the_range_without_one_is_said_where_it_is_a_range():
    row = {"gap_min_without_one": 0.5, "gap_max_without_one": 4 / 6, "n_clear": 7}
    assert step_firmness(row, EN) == "Leave out any one voice, and it is between 3 of 6 and 4 of 6."
    assert step_firmness({**row, "gap_min_without_one": 1.0, "gap_max_without_one": 1.0}, EN) == ""


def test_the_overview_counts_steps_on_which_at_least_half_differ():
    placed = pd.DataFrame(
        {
            "n_raised": [4, 2, 0], "gap": [0.5, 0.0, float("nan")], "n_differ": [2, 0, 0],
            "n_helps": [2, 0, 0], "n_mixed": [0, 0, 0], "n_harms": [0, 0, 0], "n_not_known": [0, 0, 0],
        }
    )  # fmt: skip
    assert said(overview_sentence(placed, EN)).startswith("On 1 of the 2 steps that anyone raised")
    assert said(overview_sentence(placed, SV)).startswith("På 1 av de 2 steg som någon tog upp")
