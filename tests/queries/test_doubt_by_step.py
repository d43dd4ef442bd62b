"""Who follows the text and has doubts: not those who also differ, and not those who see only good in it."""

from dashboard.measures import doubt_by_step

TOLD = """
    participant | step_id | stance     | practice | effect
    P1          | V1      | as_written | Asks     | mixed
    P2          | V1      | as_written | Asks     | harms
    P3          | V1      | as_written | Asks     | helps
    P4          | V1      | as_written | Asks     | harms
    P4          | V1      | adapted    | By phone | helps
    P5          | V2      | as_written | Waits    | helps
    P5          | V2      | as_written | Sits     | harms
"""


def test_a_doubt_is_of_a_voice_that_only_follows_the_text(tiny, only, within):
    connection = tiny(TOLD, steps="step_id\nV1\nV2")
    assert only(doubt_by_step(connection, within()), "step_id participant_id effect") == [
        ("V1", "P1", "mixed"), ("V1", "P2", "harms"), ("V2", "P5", "mixed"),
    ]  # fmt: skip


def test_what_fewer_share_is_not_counted_and_neither_makes_a_voice_differ(tiny, only, within):
    connection = tiny(TOLD, steps="step_id\nV1\nV2")
    assert only(doubt_by_step(connection, within(at_least=2)), "step_id participant_id effect") == [
        ("V1", "P1", "mixed"), ("V1", "P2", "harms"), ("V1", "P4", "harms"),
    ]  # fmt: skip
