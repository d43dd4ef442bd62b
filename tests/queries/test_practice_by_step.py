"""The distinct practices behind each written step: named once, with the voices that tell them."""

from dashboard.measures import practice_by_step

EFFECTS = "n_helps n_mixed n_harms n_not_known"


def test_a_practice_is_named_once_and_counts_voices_not_excerpts(tiny, only, within):
    connection = tiny(
        """
        participant | step_id | stance  | practice | effect    | quote
        P1          | V1      | adapted | By phone | helps     | Once.
        P1          | V1      | adapted | By phone | helps     | And again.
        P2          | V1      | adapted | by PHONE | not_known | I ring.
        """
    )
    assert only(practice_by_step(connection, within()), f"step_id practice stance n_voices {EFFECTS}") == [
        ("V1", "By phone", "adapted", 2, 1, 0, 0, 1)
    ]


def test_the_same_name_is_another_practice_on_another_step_or_with_another_stance(tiny, only, within):
    connection = tiny(
        """
        participant | step_id | stance        | practice
        P1          | V1      | adapted       | By phone
        P1          | V1      | worked_around | By phone
        P1          | V2      | adapted       | By phone
        """,
        steps="step_id\nV1\nV2",
    )
    assert only(practice_by_step(connection, within()), "step_id practice_id stance n_voices") == [
        ("V1", "p1", "adapted", 1),
        ("V1", "p2", "worked_around", 1),
        ("V2", "p3", "adapted", 1),
    ]


def test_every_stance_toward_a_step_stands_and_neither_additions_nor_what_has_no_step(tiny, only, within):
    connection = tiny(
        """
        participant | step_id | stance        | practice
        P1          | V1      | as_written    | Asks
        P1          | V1      | adapted       | Sings
        P1          | V1      | worked_around | Rings
        P1          | V1      | left_out      | Skips
        P1          | V1      | unclear       | Mumbles
        P1          | V1      | added         | Lingers
        P1          |         | adapted       | Stands
        """
    )
    assert only(practice_by_step(connection, within()), "practice") == [
        ("Asks",), ("Sings",), ("Rings",), ("Skips",), ("Mumbles",),
    ]  # fmt: skip


def test_a_voice_with_two_known_effects_of_one_practice_is_mixed(tiny, only, within):
    connection = tiny(
        """
        participant | step_id | stance  | practice  | effect
        P1          | V1      | adapted | By phone  | helps
        P1          | V1      | adapted | By phone  | harms
        P2          | V1      | adapted | By phone  | helps
        P2          | V1      | adapted | By phone  | not_known
        P3          | V1      | adapted | By phone  | harms
        P4          | V1      | adapted | By phone  | mixed
        P1          | V1      | adapted | By letter | harms
        """
    )
    assert only(practice_by_step(connection, within()), f"practice n_voices {EFFECTS}") == [
        ("By phone", 4, 1, 2, 1, 0),
        ("By letter", 1, 0, 0, 1, 0),
    ]


def test_what_a_practice_is_comes_from_the_row_that_named_it_first(tiny, only, within):
    words = "frame_nature | fidelity | reason | alliance_aspect | resilience_potential"
    connection = tiny(
        f"participant | step_id | stance | practice | practice_sv | {words}\n"
        "P1 | V1 | adapted | By phone | Per telefon | tailoring | consistent | provider | bond | respond\n"
        "P2 | V1 | adapted | BY PHONE | Annat | skipping | inconsistent | organisation | goal | learn"
    )
    columns = f"component_id practice practice_sv {words.replace('|', '')}"
    assert only(practice_by_step(connection, within()), columns) == [
        ("video_calls", "By phone", "Per telefon", "tailoring", "consistent", "provider", "bond", "respond")
    ]


def test_at_least_keeps_the_practices_that_so_many_tell(tiny, only, within):
    connection = tiny(
        """
        participant | step_id | stance  | practice
        P1          | V1      | adapted | By phone
        P2          | V1      | adapted | By phone
        P1          | V1      | adapted | By letter
        """
    )
    found = [only(practice_by_step(connection, within(at_least=k)), "practice n_voices") for k in (1, 2, 3)]
    assert found == [[("By phone", 2), ("By letter", 1)], [("By phone", 2)], []]


def test_steps_come_in_the_order_of_the_work_and_the_best_supported_practice_first(tiny, only, within):
    connection = tiny(
        """
        participant | step_id | stance  | practice
        P1          | V1      | adapted | By letter
        P1          | V1      | adapted | By phone
        P2          | V1      | adapted | By phone
        P1          | V2      | adapted | By fax
        """,
        steps="step_id | phase\nV1 | during\nV2 | before",
    )
    assert only(practice_by_step(connection, within()), "step_id practice") == [
        ("V2", "By fax"), ("V1", "By phone"), ("V1", "By letter"),
    ]  # fmt: skip


def test_filters_are_of_the_step_also_where_the_row_names_another_phase(tiny, only, within):
    connection = tiny(
        "participant | step_id | stance | phase\nP1 | V1 | adapted | ending\nP1 | V2 | adapted |",
        steps="step_id | component | phase | obligation_level | jurisdiction\n"
        "V1 | Video calls | before | law | SE\nV2 | iCBT | during | advice | EU",
    )

    def steps(**filters):
        return only(practice_by_step(connection, within(**filters)), "step_id")

    assert steps() == [("V1",), ("V2",)]
    assert steps(phases=("before",)) == [("V1",)]
    assert steps(phases=("ending",)) == []
    assert steps(component_ids=("icbt",)) == [("V2",)]
    assert steps(obligation_levels=("law",)) == [("V1",)]
    assert steps(jurisdictions=("EU",)) == [("V2",)]
