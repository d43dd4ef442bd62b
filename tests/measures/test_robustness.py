"""What one voice, or one more voice asked for, would change: by hand, and against studies without the voice."""

from dataclasses import replace

from hypothesis import example, given, settings

from dashboard.measures import DERIVED, hidden_practice, ranking_without_one, sensitivity_by_k
from dashboard.model import Filters
from tests.measures import naive_robustness
from tests.measures.test_measures_equal_naive import RANDOM, about, built, case_of, cases, examples, plain

TOLD = """
    participant | step_id | stance        | practice  | effect
    P1          | V1      | adapted       | By phone  | helps
    P2          | V1      | adapted       | By phone  | helps
    P3          | V1      | as_written    |           |
    P3          | V2      | worked_around | Tablet    | harms
    P1          |         | added         | Lingers   | helps
"""
STEPS = "step_id\nV1\nV2\nV3"


def test_a_gap_that_one_voice_carries_needs_that_voice(tiny, only, within):
    rows = ranking_without_one(tiny(TOLD, steps=STEPS), within())
    assert only(rows, "step_id rank rank_best rank_worst n_needed needed n_voices_in_turn") == [
        ("V2", 1, 1, 2, 1, "P3", 3),  # as much to look at as V1, and the larger gap; without P3 nothing is left
        ("V1", 2, 1, 2, 0, "", 3),
    ]


def test_a_placement_that_one_voice_decides_says_which_others_it_could_be(tiny, only, within):
    told = """
        participant | step_id | stance     | practice | effect | fidelity
        P1          | V1      | adapted    | By phone | helps  | consistent
        P2          | V1      | as_written |          |        |
        P3          | V1      | as_written |          |        |
        P4          | V1      | as_written |          |        |
    """
    rows = ranking_without_one(tiny(told), within())
    assert only(rows, "placement placements needed") == [("holds", "spread, holds", "P1")]


def test_what_k_hides_is_listed_the_nearest_to_k_first(tiny, only, within):
    connection = tiny(TOLD, steps=STEPS)
    columns = "step_id stance practice n_voices"
    assert only(hidden_practice(connection, within()), columns) == []
    assert only(hidden_practice(connection, within(at_least=3)), columns) == [
        ("V1", "adapted", "By phone", 2),
        ("V1", "as_written", "", 1),
        ("V2", "worked_around", "Tablet", 1),
        ("", "added", "Lingers", 1),
    ]


def test_each_k_says_what_is_left(tiny, only, within):
    rows = sensitivity_by_k(tiny(TOLD, steps=STEPS), within(at_least=4))
    assert only(rows, "k n_practices n_steps_raised n_steps_half n_moved") == [
        (1, 4, 2, 2, 0),
        (2, 1, 1, 1, 1),  # nothing is left on V2
        (3, 0, 0, 0, 2),
        (4, 0, 0, 0, 2),
        (5, 0, 0, 0, 2),
    ]


@settings(RANDOM, max_examples=examples(100))
@given(case=cases())
@example(case=case_of(voices=(), steps=()))
@example(case=case_of(("P1", "V1", "adapted"), voices=("P1",)))
def test_each_equals_its_naive_twin(case):
    connection = built(case)
    for name in ("hidden_practice", "sensitivity_by_k", "library_without_one"):
        expected = getattr(naive_robustness, name)(case.study, case.bundle, case.filters)
        assert plain(DERIVED[name](connection, case.filters)) == about(expected), name
    at_one: Filters = replace(case.filters, at_least=1)
    expected = naive_robustness.ranking_without_one(case.study, case.bundle, at_one)
    assert plain(ranking_without_one(connection, at_one)) == expected
    connection.close()
