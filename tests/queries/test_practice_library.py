"""The library: what bends the text or goes beyond it, what it leads to, and what of it is fragile."""

from dashboard.measures import practice_library

FRAGILE = "practice is_helpful is_one_voice is_against_text is_on_private_tools is_fragile"


def test_what_is_adapted_worked_around_left_out_or_added_stands_here_and_nothing_else(tiny, only, within):
    connection = tiny(
        """
        participant | step_id | stance        | phase  | practice
        P1          | V1      | adapted       |        | By phone
        P1          | V1      | worked_around |        | Tablet
        P1          | V1      | left_out      |        | Skips
        P1          | V1      | added         | ending | Lingers
        P1          |         | added         | before | Rings
        P1          | V1      | as_written    |        | As it says
        P1          | V1      | unclear       |        | Hard to tell
        """,
        steps="step_id | phase  | text  | text_sv\nV1      | during | Check | Kontrollera",
    )
    columns = "practice stance component_id phase phase_position step_id step step_sv"
    assert only(practice_library(connection, within()), columns) == [
        ("Rings", "added", "video_calls", "before", 1, "", "", ""),
        ("By phone", "adapted", "video_calls", "during", 3, "V1", "Check", "Kontrollera"),
        ("Tablet", "worked_around", "video_calls", "during", 3, "V1", "Check", "Kontrollera"),
        ("Skips", "left_out", "video_calls", "during", 3, "V1", "Check", "Kontrollera"),
        ("Lingers", "added", "video_calls", "ending", 5, "V1", "Check", "Kontrollera"),  # near the step, not on it
    ]


def test_what_most_say_helps_comes_first_then_what_most_tell_then_the_order_of_the_work(tiny, only, within):
    connection = tiny(
        """
        participant | step_id | stance  | practice | effect
        P1          | M1      | adapted | Paper    | helps
        P1          | V2      | adapted | Later    |
        P1          | V1      | adapted | Early    |
        P1          | M1      | adapted | Aloud    | harms
        P2          | M1      | adapted | Aloud    | harms
        P1          | V1      | adapted | By phone | helps
        P2          | V1      | adapted | By phone | helps
        """,
        steps="step_id | component | phase\nV1 | Video calls | before\nV2 | Video calls | ending\nM1 | Tests | before",
    )
    assert only(practice_library(connection, within()), "practice n_helps n_voices") == [
        ("By phone", 2, 2),
        ("Paper", 1, 1),
        ("Aloud", 0, 2),
        ("Early", 0, 1),
        ("Later", 0, 1),
    ]


def test_voices_count_once_by_what_they_say_it_leads_to(tiny, only, within):
    connection = tiny(
        """
        participant | step_id | stance  | practice | effect | quote
        P1          | V1      | adapted | By phone | helps  | Once.
        P1          | V1      | adapted | By phone | helps  | Again.
        P2          | V1      | adapted | By phone | helps  |
        P2          | V1      | adapted | By phone | harms  |
        P3          | V1      | adapted | BY PHONE | harms  |
        P4          | V1      | adapted | By phone |        |
        """
    )
    assert only(practice_library(connection, within()), "n_voices n_helps n_mixed n_harms n_not_known") == [
        (4, 1, 1, 1, 1)
    ]


def test_helpful_is_more_help_than_harm_and_only_what_helps_can_be_fragile(tiny, only, within):
    connection = tiny(
        """
        participant | step_id | stance        | practice | effect | fidelity     | rests_on
        P1          | V1      | adapted       | One      | helps  | consistent   |
        P1          | V1      | adapted       | Two      | helps  | inconsistent |
        P2          | V1      | adapted       | Two      | helps  | inconsistent |
        P1          | V1      | worked_around | Own      | helps  | consistent   | private_tools
        P2          | V1      | worked_around | Own      |        | consistent   | private_tools
        P1          | V1      | adapted       | Sound    | helps  | consistent   |
        P2          | V1      | adapted       | Sound    |        | consistent   |
        P1          | V1      | adapted       | Even     | helps  | inconsistent | private_tools
        P2          | V1      | adapted       | Even     | mixed  | inconsistent | private_tools
        P1          | V1      | left_out      | Harm     | harms  | inconsistent | private_tools
        P1          | V1      | adapted       | All      | helps  | inconsistent | private_tools
        """
    )
    assert sorted(only(practice_library(connection, within()), FRAGILE)) == [
        ("All", True, True, True, True, True),
        ("Even", False, False, False, False, False),
        ("Harm", False, False, False, False, False),
        ("One", True, True, False, False, True),
        ("Own", True, False, False, True, True),
        ("Sound", True, False, False, False, False),
        ("Two", True, False, True, False, True),
    ]


def test_at_least_drops_what_fewer_tell(tiny, only, within):
    connection = tiny(
        """
        participant | step_id | stance  | practice
        P1          | V1      | adapted | By phone
        P2          | V1      | adapted | By phone
        P3          | V1      | adapted | Tablet
        P3          |         | added   | Lingers
        """
    )
    found = [only(practice_library(connection, within(at_least=k)), "practice n_voices") for k in (1, 2, 3)]
    assert found == [[("By phone", 2), ("Tablet", 1), ("Lingers", 1)], [("By phone", 2)], []]


def test_filters_hold_and_a_source_filters_only_what_has_one(tiny, only, within):
    connection = tiny(
        """
        participant | component   | step_id | stance  | phase  | practice
        P1          | Video calls | V1      | adapted |        | By phone
        P1          | iCBT        | I1      | adapted |        | Spreads
        P1          | iCBT        | I1      | added   | ending | Writes
        P1          | Video calls |         | adapted | before | Stands
        """,
        steps=(
            "step_id | component | phase | obligation_level | jurisdiction\n"
            "V1 | Video calls | before | law | SE\nI1 | iCBT | during | advice | EU"
        ),
    )

    def practices(**filters):
        return [name for (name,) in only(practice_library(connection, within(**filters)), "practice")]

    assert practices() == ["By phone", "Stands", "Spreads", "Writes"]
    assert practices(component_ids=("icbt",)) == ["Spreads", "Writes"]
    assert practices(phases=("before",)) == ["By phone", "Stands"]
    assert practices(phases=("ending",)) == ["Writes"]  # its own phase, not that of the step near it
    assert practices(obligation_levels=("law",)) == ["By phone", "Writes"]  # what names no step has no source
    assert practices(jurisdictions=("EU",)) == ["Spreads", "Writes"]


def test_a_practice_is_described_by_the_row_that_names_it_first(tiny, only, within):
    connection = tiny(
        """
        participant|step_id|stance|practice|practice_sv|frame_nature|reason|reason_sv|alliance_aspect|resilience_potential
        P1 | V1 | adapted | By phone | Per telefon | tailoring | patient: hears badly | hör dåligt | bond | respond
        P2 | V1 | adapted | BY PHONE | Annat       | drift     | provider             |            | goal | learn
        """
    )
    columns = "practice practice_sv frame_nature reason reason_sv reason_level alliance_aspect resilience_potential"
    described = ("Per telefon", "tailoring", "patient: hears badly", "hör dåligt", "recipient", "bond", "respond")
    assert only(practice_library(connection, within()), columns) == [("By phone", *described)]
