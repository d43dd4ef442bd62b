"""What became of a decision: exact rows on two rounds of a few voices."""

from dataclasses import replace

import pytest

from dashboard.measures.follow_up import follow_up
from dashboard.model import DECISIONS, Decision, Filters

STEPS = "step_id | text\nV1 | Ask each time\nV2 | Check the name\nV3 | Write it down"
STEPS_NOW = "step_id | text\nV1 | Ask when it is new\nV2 | Check the name\nV4 | Say goodbye"
# On V1: A, B, C differ and D does as written; then A and B do as written, C still differs, E is new and D is silent.
THEN = """participant | stance | step_id | practice
A | adapted | V1 | Asks by telephone
B | worked_around | V1 | Asks a colleague
C | left_out | V1 |
D | as_written | V1 |
A | as_written | V2 |
B | unclear | V2 |
A | adapted | V3 | Keeps it in mind
D | adapted | V2 | Looks it up"""
NOW = """participant | stance | step_id | practice
A | as_written | V1 |
B | as_written | V1 |
C | adapted | V1 | Asks by telephone
E | adapted | V1 | Asks by telephone
B | as_written | V2 |
E | as_written | V4 |"""
EXACT = (
    "entry_id step_id decision study_id round is_written_now is_revised n_differ_then n_clear_then n_differ_now "
    "n_clear_now n_both n_both_differ_then n_both_differ_now"
)
REVISE = Decision("round-1", "V1", "revise", "Ann", "It helps.", at="2026-03-01T10:00:00+01:00", entry_id="e1")
SECOND = Filters("round-2")


@pytest.fixture
def rounds(two_rounds):
    return two_rounds((THEN, STEPS), (NOW, STEPS_NOW))


def test_the_gap_then_and_now_among_the_voices_of_both_rounds(rounds, only):
    # Clear on V1 in both rounds: A, B and C. All three differed; of them only C does now.
    assert only(follow_up(rounds, SECOND, [REVISE]), EXACT) == [
        ("e1", "V1", "revise", "round-1", 1, True, True, 3, 4, 2, 4, 3, 3, 1)
    ]


def test_a_step_on_which_no_voice_is_clear_in_both_rounds(rounds, only):
    # On V2 A does as written and D differs, B is unclear; then only B is clear.
    assert only(follow_up(rounds, SECOND, [replace(REVISE, step_id="V2")]), EXACT) == [
        ("e1", "V2", "revise", "round-1", 1, True, False, 1, 2, 0, 1, 0, 0, 0)
    ]


def test_a_step_that_is_no_longer_written(rounds, only):
    assert only(follow_up(rounds, SECOND, [replace(REVISE, step_id="V3")]), EXACT) == [
        ("e1", "V3", "revise", "round-1", 1, False, False, 1, 1, 0, 0, 0, 0, 0)
    ]


def test_at_least_k_voices_hold_in_both_rounds(rounds, only):
    # Then each voice stood alone with what it told, D with working as written too; now two pairs of voices are left.
    found = follow_up(rounds, replace(SECOND, at_least=2), [REVISE])
    assert only(found, "n_differ_then n_clear_then n_differ_now n_clear_now") == [(0, 0, 2, 4)]


def test_each_decision_has_a_row_in_the_order_of_writing(rounds, only):
    entries = [replace(REVISE, entry_id=name, decision=name) for name in DECISIONS]
    assert only(follow_up(rounds, SECOND, entries), "entry_id") == [(name,) for name in DECISIONS]


@pytest.mark.parametrize(
    "entry",
    [
        replace(REVISE, study_id="round-2"),
        replace(REVISE, study_id="elsewhere"),
        replace(REVISE, step_id="V9"),
        replace(REVISE, decision="proposal", text="Ask when it is new", who_decides="The region"),
    ],
)
def test_only_decisions_of_an_earlier_round_are_followed(rounds, entry):
    assert follow_up(rounds, SECOND, [entry]).empty


def test_the_first_round_follows_nothing(rounds):
    entries = [REVISE, replace(REVISE, study_id="round-2")]
    assert follow_up(rounds, Filters("round-1"), entries).empty


def test_what_was_withdrawn_is_not_followed(rounds):
    gone = replace(REVISE, decision="withdrawal", withdraws="e1", entry_id="e2")
    assert follow_up(rounds, SECOND, [REVISE, gone]).empty


def test_a_study_without_a_series_follows_nothing(tiny):
    connection = tiny("participant | stance | step_id\nA | as_written | V1")
    assert follow_up(connection, Filters("tiny"), [replace(REVISE, study_id="tiny")]).empty


def test_the_shipped_rounds_tell_what_became_of_a_revised_text(shipped, only):
    found = follow_up(shipped, Filters("demo-round-2"), [replace(REVISE, study_id="demo-round-1", step_id="I04")])
    assert only(found, "is_revised n_differ_then n_clear_then n_differ_now n_clear_now") == [
        tuple(
            shipped.execute(
                "select true, max(case when study_id = 'demo-round-1' then d end), "
                "max(case when study_id = 'demo-round-1' then n end), "
                "max(case when study_id = 'demo-round-2' then d end), "
                "max(case when study_id = 'demo-round-2' then n end) from (select study_id, "
                "count(*) filter (state in ('differently', 'not_done')) as d, "
                "count(*) filter (state not in ('unclear', 'not_raised')) as n "
                "from cell where step_id = 'I04' group by study_id)"
            ).fetchone()
        )
    ]
