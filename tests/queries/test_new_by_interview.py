"""What each interview brought: practices told, those that nobody had told before, and how many so far."""

import pytest

from dashboard.measures import new_by_interview

COUNTS = "participant_id n_practices n_new n_so_far"
TOLD = """
    participant | step_id | stance        | practice
    P1          | V1      | adapted       | By phone
    P1          | V1      | as_written    |
    P2          | V1      | adapted       | by PHONE
    P2          | V2      | worked_around | Tablet
    P2          | V2      | worked_around | Tablet
    P3          | V1      | unclear       |
    P3          |         | added         | Lingers
    P4          | V2      | left_out      |
"""
STEPS = """
    step_id | component        | phase  | obligation_level | jurisdiction
    V1      | Video calls      | before | law              | SE
    V2      | Outcome measures | during | advice           | EU
"""


def test_a_practice_is_new_once_and_what_is_written_or_unclear_brings_nothing(tiny, only, within):
    told = TOLD.replace("P3          |         |", "P3          | V1      |")
    assert only(new_by_interview(tiny(told, steps=STEPS), within()), COUNTS) == [
        ("P1", 1, 1, 1),
        ("P2", 2, 1, 2),
        ("P3", 1, 1, 3),
        ("P4", 1, 1, 4),
    ]


def test_the_order_is_that_in_which_the_study_names_its_voices(tiny, only, within):
    rows = new_by_interview(tiny(TOLD, steps=STEPS, voices="participant\nP2\nP9\nP4\nP3\nP1"), within())
    assert only(rows, f"position {COUNTS}") == [
        (1, "P2", 2, 2, 2),
        (2, "P9", 0, 0, 2),
        (3, "P4", 1, 1, 3),
        (4, "P3", 1, 1, 4),
        (5, "P1", 1, 0, 4),
    ]


@pytest.mark.parametrize(
    ("filters", "so_far"),
    [
        ({"component_ids": ("outcome_measures",)}, [0, 1, 1, 2]),
        ({"phases": ("before",)}, [1, 1, 1, 1]),
        ({"obligation_levels": ("law",)}, [1, 1, 2, 2]),  # no source can filter what nobody wrote
        ({"jurisdictions": ("EU",)}, [0, 1, 2, 3]),
        ({"at_least": 2}, [1, 1, 1, 1]),
    ],
)
def test_filters_choose_the_practices_and_keep_the_voices(tiny, within, filters, so_far):
    assert list(new_by_interview(tiny(TOLD, steps=STEPS), within(**filters))["n_so_far"]) == so_far
