"""The gap of a step: of the voices who raised it and were clear, how many do not work as it is written."""

import pytest

from dashboard.measures import gap_by_step

STATES = "step_id n_as_written n_adapted n_worked_around n_not_done n_unclear n_not_raised"
STEPS = """
    step_id | component        | phase         | position | obligation_level | jurisdiction | is_core
    M1      | Outcome measures | between       | 1        | local routine    | SE           | no
    V2      | Video calls      | session_start | 2        | law              | SE           | yes
    V1      | Video calls      | session_start | 1        | guidance         | EU           | no
    V3      | Video calls      | before        | 3        | guidance         | SE           | no
"""
TOLD = """
    participant | step_id | stance
    P1          | V1      | adapted
    P1          | V2      | as_written
    P1          | M1      | worked_around
"""


def test_every_voice_stands_once_in_each_step(tiny, only, within):
    connection = tiny(
        """
        participant | step_id | stance        | practice
        P1          | V1      | as_written    |
        P2          | V1      | adapted       | By phone
        P3          | V1      | worked_around | Own tablet
        P4          | V1      | left_out      |
        P5          | V1      | unclear       |
        P5          | V1      | unclear       | Says little
        P6          | V2      | adapted       | By letter
        """,
        steps="step_id\nV1\nV2\nV3",
    )
    rows = gap_by_step(connection, within())
    assert only(rows, STATES) == [
        ("V1", 1, 1, 1, 1, 1, 1),
        ("V2", 0, 1, 0, 0, 0, 5),
        ("V3", 0, 0, 0, 0, 0, 6),
    ]
    assert only(rows, "n_voices n_raised n_clear n_differently n_differ") == [
        (6, 5, 4, 2, 3),
        (6, 1, 1, 1, 1),
        (6, 0, 0, 0, 0),
    ]


def test_the_gap_is_over_the_clear_voices_and_empty_where_there_is_none(tiny, only, within):
    connection = tiny(
        """
        participant | step_id | stance
        P1          | V1      | adapted
        P2          | V1      | left_out
        P3          | V1      | as_written
        P4          | V1      | unclear
        P4          | V2      | unclear
        """,
        steps="step_id\nV1\nV2\nV3",
        voices="participant\nP1\nP2\nP3\nP4\nP5",
    )
    columns = "step_id n_raised n_clear gap gap_min_without_one gap_max_without_one interval_low interval_high"
    assert only(gap_by_step(connection, within()), columns) == [
        ("V1", 4, 3, pytest.approx(2 / 3), 0.5, 1.0, pytest.approx(0.2077, abs=1e-4), pytest.approx(0.9385, abs=1e-4)),
        ("V2", 1, 0, None, None, None, None, None),
        ("V3", 0, 0, None, None, None, None, None),
    ]


def test_one_clear_voice_has_a_gap_and_no_range(tiny, only, within):
    connection = tiny("participant | step_id | stance\nP1 | V1 | adapted")
    assert only(gap_by_step(connection, within()), "gap gap_min_without_one gap_max_without_one") == [(1.0, None, None)]


def test_a_voice_that_tells_both_differs_and_is_also_as_written(tiny, only, within):
    connection = tiny("participant | step_id | stance\nP1 | V1 | adapted\nP1 | V1 | as_written\nP2 | V1 | as_written")
    columns = "n_raised n_as_written n_differently n_also_as_written"
    assert only(gap_by_step(connection, within()), columns) == [(2, 1, 1, 1)]


def test_an_addition_changes_no_gap(tiny, only, within):
    connection = tiny("participant | step_id | stance | practice\nP1 | V1 | added | Lingers\nP2 | V1 | as_written |")
    assert only(gap_by_step(connection, within()), STATES) == [("V1", 1, 0, 0, 0, 0, 1)]


def test_at_least_drops_a_practice_and_its_voice_falls_back_to_what_else_it_told(tiny, only, within):
    connection = tiny(
        """
        participant | step_id | stance        | practice
        P1          | V1      | worked_around | Own tablet
        P1          | V1      | adapted       | By phone
        P2          | V1      | adapted       | By phone
        P2          | V1      | as_written    |
        P3          | V1      | adapted       | By letter
        P3          | V1      | as_written    |
        P4          | V1      | left_out      |
        """
    )
    found = [only(gap_by_step(connection, within(at_least=k)), STATES)[0] for k in (1, 2, 3)]
    assert found == [
        ("V1", 0, 2, 1, 1, 0, 0),
        ("V1", 1, 2, 0, 0, 0, 1),  # P1 by phone, P3 as written, P4 as if it had said nothing
        ("V1", 0, 0, 0, 0, 0, 4),
    ]
    also = [only(gap_by_step(connection, within(at_least=k)), "n_also_as_written")[0] for k in (1, 2, 3)]
    assert also == [(2,), (1,), (0,)]


def test_steps_come_in_the_order_of_the_work_tools_as_the_protocol_names_them(tiny, only, within):
    rows = gap_by_step(tiny(TOLD, steps=STEPS), within())
    assert only(rows, "step_id component_id phase phase_position is_core") == [
        ("M1", "outcome_measures", "between", 4, False),
        ("V3", "video_calls", "before", 1, False),
        ("V1", "video_calls", "session_start", 2, False),
        ("V2", "video_calls", "session_start", 2, True),
    ]


@pytest.mark.parametrize(
    ("filters", "steps"),
    [
        ({}, ["M1", "V3", "V1", "V2"]),
        ({"component_ids": ("video_calls",)}, ["V3", "V1", "V2"]),
        ({"component_ids": ("video_calls", "outcome_measures")}, ["M1", "V3", "V1", "V2"]),
        ({"component_ids": ("fax",)}, []),
        ({"phases": ("before", "between")}, ["M1", "V3"]),
        ({"obligation_levels": ("guidance",)}, ["V3", "V1"]),
        ({"jurisdictions": ("SE",)}, ["M1", "V3", "V2"]),
        ({"obligation_levels": ("guidance",), "jurisdictions": ("SE",)}, ["V3"]),
    ],
)
def test_filters_choose_steps_and_all_of_them_must_hold(tiny, filters, steps, within):
    assert list(gap_by_step(tiny(TOLD, steps=STEPS), within(**filters))["step_id"]) == steps


def test_a_filter_leaves_the_voices_of_a_step_as_they_are(tiny, only, within):
    connection = tiny(TOLD, steps=STEPS, voices="participant\nP1\nP2")
    rows = gap_by_step(connection, within(component_ids=("outcome_measures",)))
    assert only(rows, "step_id n_voices n_raised n_not_raised gap") == [("M1", 2, 1, 1, 1.0)]
