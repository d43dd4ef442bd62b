"""The sentences: they never say more than the measures do."""

import itertools

import pandas as pd
import pytest

from dashboard.charts.headline import (
    direction,
    followers_doubt,
    overview_caution,
    overview_sentence,
    step_firmness,
    step_sentence,
)
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
        "6 of the 9 who spoke clearly about it work differently. Of these, 4 say that it helps and 2 that it is mixed."
    )


def test_no_majority_is_claimed_where_effects_are_spread():
    row = step(n_clear=11, n_differ=8, n_helps=2, n_mixed=3, n_harms=2, n_not_known=1)
    assert said(step_sentence(row, EN)).endswith(
        "Of these, 2 say that it helps, 3 that it is mixed, 2 that it harms and 1 does not say."
    )
    assert said(step_sentence(row, SV)).endswith(
        "Av dem säger 2 att det hjälper, 3 att det är blandat, 2 att det skadar och 1 säger det inte."
    )
    assert said(step_sentence(step(n_clear=3, n_differ=2, n_harms=2), EN)).endswith("Both say that it harms.")
    assert said(step_sentence(step(n_clear=5, n_differ=4, n_not_known=4), EN)).endswith(
        "None of them says what it leads to."
    )


@pytest.mark.parametrize("kind", ["", "evidence"])
@pytest.mark.parametrize("language", ["en", "sv"])
def test_every_mix_of_effects_has_its_sentence(language, kind):
    for counts in itertools.product((0, 1, 2, 3), repeat=4):
        if total := sum(counts):
            row = step(
                n_clear=total + 1, n_differ=total,
                **dict(zip(("n_helps", "n_mixed", "n_harms", "n_not_known"), counts, strict=True)),
            )  # fmt: skip
            words = said(step_sentence(row, translator(language, kind)))
            assert words.endswith(".")
            assert not {"{", "  ", ".."} & {words[at : at + size] for at in range(len(words)) for size in (1, 2)}


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


@pytest.mark.parametrize(
    ("effects", "seen"),
    [
        (["mixed", "mixed"], "2 see a mixed effect."),
        (["harms"], "1 sees harm."),
        (["mixed", "harms"], "2 see a mixed effect or harm."),
    ],
)
def test_doubts_of_those_who_follow_the_text_name_only_what_was_told(effects, seen):
    rows = [{"participant_id": f"P{at}", "effect": effect} for at, effect in enumerate(effects)]
    assert followers_doubt(rows, EN) == f"Of those who work as it is written, {seen}"
    assert followers_doubt([], EN) == ""


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


def test_a_list_of_steps_that_few_spoke_about_is_not_called_a_finding():
    placed = pd.DataFrame(
        {"gap": [1.0, 1.0, 0.0], "n_harms": [1, 0, 0], "placement": ["look_closer", "look_closer", "look_closer"]}
    )
    assert overview_caution(placed, EN) == (
        "On 1 step somebody sees harm in what is done instead; harm and mixed effects count double in the ranking. "
        "For 2 of the 2 steps on which at least half differ, too little is known to say what to do: look closer."
    )
    known = placed.assign(placement=["guard", "revise", "look_closer"], n_harms=0)
    assert overview_caution(known, EN) == ""
    few = pd.DataFrame({"gap": [1.0] * 3, "n_harms": [0] * 3, "placement": ["look_closer", "guard", "guard"]})
    assert overview_caution(few, EN) == ""
