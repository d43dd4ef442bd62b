"""What nobody wrote but somebody does: additions, by tool and phase."""

from dashboard.measures import unwritten_practice

COLUMNS = "component_id phase near_step_id practice n_voices"


def test_only_additions_stand_here_and_the_step_they_name_is_only_near(tiny, only, within):
    connection = tiny(
        """
        participant | step_id | stance  | phase  | practice
        P1          | V1      | added   | ending | Lingers
        P2          | V1      | added   | ending | Lingers
        P2          |         | added   | before | Rings
        P2          | V1      | adapted | ending | Lingers
        """
    )
    assert only(unwritten_practice(connection, within()), COLUMNS) == [
        ("video_calls", "before", "", "Rings", 1),
        ("video_calls", "ending", "V1", "Lingers", 2),
    ]


def test_the_same_practice_near_two_steps_or_in_two_phases_is_two(tiny, only, within):
    connection = tiny(
        """
        participant | step_id | stance | phase  | practice
        P1          | V1      | added  | during | Lingers
        P1          | V2      | added  | during | Lingers
        P1          | V2      | added  | ending | Lingers
        """,
        steps="step_id\nV1\nV2",
    )
    assert only(unwritten_practice(connection, within()), COLUMNS) == [
        ("video_calls", "during", "V1", "Lingers", 1),
        ("video_calls", "during", "V2", "Lingers", 1),
        ("video_calls", "ending", "V2", "Lingers", 1),
    ]


def test_an_addition_without_a_phase_takes_that_of_the_step_it_is_near_and_else_stands_last(tiny, only, within):
    connection = tiny(
        "participant | step_id | stance | practice\nP1 | | added | Rings\nP1 | V1 | added | Lingers",
        steps="step_id | phase\nV1 | ending",
    )
    assert only(unwritten_practice(connection, within()), "practice phase phase_position") == [
        ("Lingers", "ending", 5),
        ("Rings", "", 6),
    ]


def test_effects_are_of_voices_and_two_known_ones_are_mixed(tiny, only, within):
    connection = tiny(
        """
        participant | stance | practice | effect    | quote
        P1          | added  | Lingers  | helps     | Once.
        P1          | added  | Lingers  | helps     | Again.
        P2          | added  | Lingers  | helps     |
        P2          | added  | Lingers  | harms     |
        P3          | added  | Lingers  | harms     |
        P4          | added  | Lingers  |           |
        """
    )
    assert only(unwritten_practice(connection, within()), "n_voices n_helps n_mixed n_harms n_not_known") == [
        (4, 1, 1, 1, 1)
    ]


def test_at_least_keeps_what_so_many_do_and_the_best_supported_comes_first(tiny, only, within):
    connection = tiny(
        """
        participant | stance | practice
        P1          | added  | Rings
        P1          | added  | Lingers
        P2          | added  | Lingers
        """
    )
    found = [only(unwritten_practice(connection, within(at_least=k)), "practice n_voices") for k in (1, 2, 3)]
    assert found == [[("Lingers", 2), ("Rings", 1)], [("Lingers", 2)], []]


def test_tool_and_phase_choose_and_no_source_can(tiny, only, within):
    connection = tiny(
        """
        participant | component   | stance | phase  | practice
        P1          | Video calls | added  | ending | Lingers
        P1          | iCBT        | added  | during | Writes
        """,
        steps="step_id | component | obligation_level | jurisdiction\nV1 | Video calls | law | SE",
    )

    def practices(**filters):
        return only(unwritten_practice(connection, within(**filters)), "practice")

    assert practices() == [("Lingers",), ("Writes",)]
    assert practices(component_ids=("icbt",)) == [("Writes",)]
    assert practices(phases=("ending",)) == [("Lingers",)]
    assert practices(component_ids=("icbt",), phases=("ending",)) == []
    assert practices(obligation_levels=("advice",), jurisdictions=("EU",)) == [("Lingers",), ("Writes",)]


def test_a_practice_is_called_what_the_first_row_calls_it(tiny, only, within):
    connection = tiny(
        """
        participant | stance | practice | practice_sv | reason   | frame_nature | alliance_aspect | resilience_potential
        P1          | added  | Lingers  | Dröjer kvar | provider | lengthening  | bond            | respond
        P2          | added  | LINGERS  | Något annat | patient  | other        | goal            | learn
        """
    )
    columns = "practice practice_sv reason frame_nature alliance_aspect resilience_potential"
    assert only(unwritten_practice(connection, within()), columns) == [
        ("Lingers", "Dröjer kvar", "provider", "lengthening", "bond", "respond")
    ]
