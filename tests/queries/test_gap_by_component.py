"""The gap of a tool: how many voices differ on at least half of what they said clearly about it."""

import pytest

from dashboard.measures import gap_by_component

VOICES = "n_voices n_raised n_mostly_as_written n_mostly_differ n_unclear n_not_raised"
FOUR = "step_id\nV1\nV2\nV3\nV4"


@pytest.mark.parametrize(
    ("told", "counts"),
    [
        ("V1 adapted", (1, 1, 0, 1, 0, 0)),
        ("V1 as_written", (1, 1, 1, 0, 0, 0)),
        ("V1 adapted, V2 as_written", (1, 1, 0, 1, 0, 0)),  # half is enough
        ("V1 left_out, V2 as_written, V3 as_written", (1, 1, 1, 0, 0, 0)),
        ("V1 worked_around, V2 as_written, V3 unclear, V4 unclear", (1, 1, 0, 1, 0, 0)),  # unclear is not counted in
        ("V1 unclear", (1, 1, 0, 0, 1, 0)),
        ("V1 adapted, V1 as_written", (1, 1, 0, 1, 0, 0)),  # one step told both ways differs
    ],
)
def test_a_voice_counts_once_by_what_it_mostly_does(tiny, only, told, counts, within):
    rows = "\n".join(f"P1 | {' | '.join(each.split())}" for each in told.split(", "))
    connection = tiny(f"participant | step_id | stance\n{rows}", steps=FOUR)
    assert only(gap_by_component(connection, within()), VOICES) == [counts]


def test_a_voice_that_speaks_of_another_tool_only_is_not_raised_here(tiny, only, within):
    connection = tiny(
        "participant | step_id | stance\nP1 | V1 | adapted\nP2 | M1 | as_written",
        steps="step_id | component\nV1 | Video calls\nM1 | Outcome measures",
    )
    assert only(gap_by_component(connection, within()), f"component_id {VOICES} gap") == [
        ("video_calls", 2, 1, 0, 1, 0, 1, 1.0),
        ("outcome_measures", 2, 1, 1, 0, 0, 1, 0.0),
    ]


def test_steps_are_counted_raised_and_half_or_more_differing(tiny, only, within):
    connection = tiny(
        """
        participant | step_id | stance
        P1          | V1      | adapted
        P2          | V1      | as_written
        P1          | V2      | left_out
        P2          | V2      | as_written
        P3          | V2      | as_written
        P1          | V3      | unclear
        """,
        steps=FOUR,
    )
    assert only(gap_by_component(connection, within()), "n_steps n_steps_raised n_steps_half") == [(4, 3, 1)]


def test_the_gap_is_the_share_of_voices_that_mostly_differ_with_its_range(tiny, only, within):
    connection = tiny(
        """
        participant | step_id | stance
        P1          | V1      | adapted
        P2          | V1      | adapted
        P3          | V2      | as_written
        P4          | V1      | unclear
        """,
        steps="step_id\nV1\nV2",
    )
    columns = "n_clear gap gap_min_without_one gap_max_without_one"
    assert only(gap_by_component(connection, within()), columns) == [(3, pytest.approx(2 / 3), 0.5, 1.0)]


def test_at_least_lets_a_voice_fall_back(tiny, only, within):
    connection = tiny(
        """
        participant | step_id | stance     | practice
        P1          | V1      | adapted    | By phone
        P1          | V1      | as_written |
        P2          | V1      | as_written |
        """
    )
    found = [only(gap_by_component(connection, within(at_least=k)), VOICES)[0] for k in (1, 2, 3)]
    assert found == [(2, 2, 1, 1, 0, 0), (2, 2, 2, 0, 0, 0), (2, 0, 0, 0, 0, 2)]


def test_filters_choose_the_steps_that_a_voice_is_weighed_on(tiny, only, within):
    connection = tiny(
        "participant | step_id | stance\nP1 | V1 | adapted\nP1 | V2 | as_written\nP1 | V3 | as_written",
        steps="step_id | phase | obligation_level | jurisdiction\n"
        "V1 | before | law | SE\nV2 | during | law | SE\nV3 | during | advice | EU",
    )
    columns = "n_steps n_mostly_as_written n_mostly_differ"
    assert only(gap_by_component(connection, within()), columns) == [(3, 1, 0)]
    assert only(gap_by_component(connection, within(phases=("before",))), columns) == [(1, 0, 1)]
    assert only(gap_by_component(connection, within(obligation_levels=("law",))), columns) == [(2, 0, 1)]
    assert only(gap_by_component(connection, within(jurisdictions=("EU",))), columns) == [(1, 1, 0)]
    assert only(gap_by_component(connection, within(component_ids=("fax",))), columns) == []


def test_tools_come_in_the_order_that_the_study_gives_them(tiny, only, within):
    connection = tiny(
        "participant | step_id | stance\nP1 | V1 | adapted",
        steps="step_id | component\nV1 | Video calls\nM1 | Outcome measures\nI1 | iCBT programs",
        about='[[component]]\nid = "icbt"\nname = "iCBT programs"\nname_sv = "iKBT-program"',
    )
    assert only(gap_by_component(connection, within()), "component_id component component_sv n_raised") == [
        ("icbt", "iCBT programs", "iKBT-program", 0),
        ("video_calls", "Video calls", "", 1),
        ("outcome_measures", "Outcome measures", "", 0),
    ]
