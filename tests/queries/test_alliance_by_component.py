"""Bond, task and goal: which side of the alliance practice serves where it is not as written."""

from dashboard.measures import alliance_by_component

COLUMNS = "component_id alliance_aspect n_voices n_practices n_unwritten"


def test_voices_are_counted_once_per_tool_and_aspect(tiny, only, within):
    connection = tiny(
        """
        participant | step_id | stance        | practice  | alliance_aspect
        P1          | V1      | adapted       | By phone  | bond
        P1          | V1      | worked_around | Tablet    | bond
        P2          | V1      | left_out      | Skips     | bond
        P2          | V1      | adapted       | By letter | task
        P1          |         | added         | Lingers   | bond
        """
    )
    assert only(alliance_by_component(connection, within()), COLUMNS) == [
        ("video_calls", "bond", 2, 4, 1),
        ("video_calls", "task", 1, 1, 0),
    ]


def test_what_is_as_written_unclear_or_without_an_aspect_does_not_stand_here(tiny, only, within):
    connection = tiny(
        """
        participant | step_id | stance     | practice | alliance_aspect
        P1          | V1      | as_written | Asks     | bond
        P1          | V1      | unclear    | Mumbles  | task
        P1          | V1      | adapted    | By phone |
        """
    )
    assert only(alliance_by_component(connection, within()), COLUMNS) == []


def test_an_aspect_is_of_the_practice_as_it_was_named_first(tiny, only, within):
    connection = tiny(
        """
        participant | step_id | stance  | practice | alliance_aspect
        P1          | V1      | adapted | By phone | bond
        P2          | V1      | adapted | By phone | goal
        """
    )
    assert only(alliance_by_component(connection, within()), COLUMNS) == [("video_calls", "bond", 2, 1, 0)]


def test_at_least_drops_a_practice_with_the_voices_behind_it(tiny, only, within):
    connection = tiny(
        """
        participant | step_id | stance  | practice  | alliance_aspect
        P1          | V1      | adapted | By phone  | bond
        P2          | V1      | adapted | By phone  | bond
        P3          | V1      | adapted | By letter | bond
        P3          |         | added   | Lingers   | goal
        """
    )
    found = [only(alliance_by_component(connection, within(at_least=k)), COLUMNS) for k in (1, 2, 3)]
    assert found == [
        [("video_calls", "bond", 3, 2, 0), ("video_calls", "goal", 1, 1, 1)],
        [("video_calls", "bond", 2, 1, 0)],
        [],
    ]


def test_tools_come_in_the_order_of_the_study_and_aspects_by_name(tiny, only, within):
    connection = tiny(
        """
        participant | step_id | stance  | practice  | alliance_aspect
        P1          | V1      | adapted | By phone  | task
        P1          | V1      | adapted | By letter | goal
        P1          | M1      | adapted | On paper  | task
        """,
        steps="step_id | component\nV1 | Video calls\nM1 | Measures",
        about='[[component]]\nname = "Measures"\nname_sv = "Mått"',
    )
    assert only(alliance_by_component(connection, within()), "component component_sv alliance_aspect") == [
        ("Measures", "Mått", "task"),
        ("Video calls", "", "goal"),
        ("Video calls", "", "task"),
    ]


def test_filters_hold_and_a_source_filters_only_what_has_one(tiny, only, within):
    connection = tiny(
        """
        participant | step_id | stance  | phase  | practice | alliance_aspect
        P1          | V1      | adapted | before | By phone | bond
        P1          | V2      | adapted | during | Tablet   | task
        P1          | V2      | added   | during | Lingers  | goal
        P1          |         | adapted | ending | Stands   | goal
        """,
        steps="step_id | component | obligation_level | jurisdiction | phase\n"
        "V1 | Video calls | law | SE | before\nV2 | iCBT | advice | EU | during",
    )

    def aspects(**filters):
        return only(alliance_by_component(connection, within(**filters)), "component_id alliance_aspect n_unwritten")

    bond, stands = ("video_calls", "bond", 0), ("video_calls", "goal", 0)
    task, lingers = ("icbt", "task", 0), ("icbt", "goal", 1)
    assert aspects() == [bond, stands, lingers, task]
    assert aspects(component_ids=("icbt",)) == [lingers, task]
    assert aspects(phases=("before",)) == [bond]
    assert aspects(obligation_levels=("law",)) == [bond, lingers]  # what has neither step nor "added" has no source
    assert aspects(jurisdictions=("EU",)) == [lingers, task]
