"""What each voice that raised a step does there, and what it tells of doing it otherwise."""

import pytest

from dashboard.measures import state_by_voice
from dashboard.measures.gap import gap_by_step
from dashboard.measures.placement import placement_by_step
from dashboard.model import Filters

STATE = "participant_id stance is_clear is_differ"
ABOUT = "effect is_consistent is_inconsistent is_condition"


def test_one_row_for_each_voice_that_raised_the_step(tiny, only, within):
    connection = tiny(
        """
        participant | step_id | stance
        P1          | V1      | adapted
        P2          | V1      | worked_around
        P3          | V1      | left_out
        P4          | V1      | as_written
        P5          | V1      | unclear
        P6          | V1      | added
        P7          |         | adapted
        """
    )
    assert only(state_by_voice(connection, within()), STATE) == [
        ("P1", "adapted", True, True),
        ("P2", "worked_around", True, True),
        ("P3", "left_out", True, True),
        ("P4", "as_written", True, False),
        ("P5", "unclear", False, False),
    ]


def test_a_voice_that_tells_several_things_has_one_state(tiny, only, within):
    connection = tiny("participant | step_id | stance\nP1 | V1 | as_written\nP1 | V1 | adapted\nP1 | V1 | unclear")
    assert only(state_by_voice(connection, within()), STATE) == [("P1", "adapted", True, True)]


@pytest.mark.parametrize(
    ("told", "effect"),
    [("helps", "helps"), ("mixed", "mixed"), ("harms", "harms"), ("not_known", "not_known"),
     ("helps harms", "mixed"), ("helps not_known", "helps"), ("mixed harms", "mixed")],
)  # fmt: skip
def test_the_effect_is_of_all_that_the_voice_does_otherwise(tiny, only, told, effect, within):
    rows = "\n".join(f"P1 | V1 | adapted | way {i} | {effect}" for i, effect in enumerate(told.split()))
    connection = tiny(f"participant | step_id | stance | practice | effect\n{rows}\nP1 | V1 | as_written | | harms")
    assert only(state_by_voice(connection, within()), "effect") == [(effect,)]


def test_who_does_not_differ_has_no_effect_and_no_reason(tiny, only, within):
    connection = tiny(
        """
        participant | step_id | stance     | effect | fidelity     | reason
        P1          | V1      | as_written | helps  | consistent   | organisation
        P2          | V1      | unclear    | harms  | inconsistent | organisation
        """
    )
    assert only(state_by_voice(connection, within()), ABOUT) == [("", False, False, False)] * 2


def test_a_way_that_loses_the_purpose_outweighs_one_that_keeps_it(tiny, only, within):
    connection = tiny(
        """
        participant | step_id | stance        | practice  | fidelity     | reason
        P1          | V1      | adapted       | By phone  | consistent   | provider
        P2          | V1      | worked_around | By letter | inconsistent | organisation: no time
        P2          | V1      | adapted       | By phone  | consistent   | provider
        """
    )
    assert only(state_by_voice(connection, within()), f"participant_id {ABOUT}") == [
        ("P1", "not_known", True, False, False),
        ("P2", "not_known", False, True, True),
    ]


def test_at_least_drops_what_too_few_told(tiny, only, within):
    connection = tiny(
        """
        participant | step_id | stance        | practice  | effect
        P1          | V1      | worked_around | By letter | harms
        P1          | V1      | adapted       | By phone  | helps
        P2          | V1      | adapted       | By phone  | helps
        P3          | V1      | left_out      |           | helps
        """
    )
    columns = "participant_id stance effect"
    assert only(state_by_voice(connection, within(at_least=2)), columns) == [
        ("P1", "adapted", "helps"),
        ("P2", "adapted", "helps"),
    ]
    assert only(state_by_voice(connection, within(at_least=3)), columns) == []


def test_rows_come_in_the_order_of_the_work(tiny, only, within):
    connection = tiny(
        "participant | step_id | stance\nP2 | A1 | adapted\nP1 | A1 | adapted\nP1 | B2 | adapted\nP1 | C3 | adapted",
        steps="step_id | phase | position\nA1 | during | 2\nB2 | during | 1\nC3 | before | 9",
    )
    assert only(state_by_voice(connection, within()), "step_id participant_id") == [
        ("C3", "P1"),
        ("B2", "P1"),
        ("A1", "P1"),
        ("A1", "P2"),
    ]


def test_filters_choose_steps(tiny, only, within):
    connection = tiny(
        "participant | step_id | stance\nP1 | V1 | adapted\nP1 | V2 | adapted",
        steps="step_id | phase | obligation_level | jurisdiction\nV1 | before | law | SE\nV2 | during | advice | EU",
    )
    for filters in ({"phases": ("during",)}, {"obligation_levels": ("advice",)}, {"jurisdictions": ("EU",)}):
        assert only(state_by_voice(connection, within(**filters)), "step_id") == [("V2",)]
    assert only(state_by_voice(connection, within(component_ids=("fax",))), "step_id") == []


@pytest.mark.parametrize("study", ["demo-round-1", "demo-round-2", "evidence"])
@pytest.mark.parametrize("at_least", [1, 2, 3])
def test_added_up_over_voices_it_is_the_gap_and_the_placement(shipped, study, at_least):
    filters = Filters(study, at_least=at_least)
    voices = state_by_voice(shipped, filters)
    steps = gap_by_step(shipped, filters).merge(
        placement_by_step(shipped, filters)[["step_id", "n_helps", "n_mixed", "n_harms", "n_not_known", "n_consistent",
                                             "n_inconsistent", "n_condition"]], on="step_id",
    )  # fmt: skip
    for step in steps.to_dict("records"):
        own = voices[voices["step_id"] == step["step_id"]]
        assert len(own) == step["n_raised"]
        assert own["is_clear"].sum() == step["n_clear"]
        assert own["is_differ"].sum() == step["n_differ"]
        for stance in ("as_written", "adapted", "worked_around", "left_out", "unclear"):
            assert (own["stance"] == stance).sum() == step["n_not_done" if stance == "left_out" else f"n_{stance}"]
        for effect in ("helps", "mixed", "harms", "not_known"):
            assert (own["effect"] == effect).sum() == step[f"n_{effect}"]
        for mark in ("consistent", "inconsistent", "condition"):
            assert own[f"is_{mark}"].sum() == step[f"n_{mark}"]
