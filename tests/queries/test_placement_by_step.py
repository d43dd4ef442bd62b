"""What those who differ say of a step: effect, fidelity and reason, each voice once."""

import pytest

from dashboard.measures import placement_by_step

EFFECTS = "n_helps n_mixed n_harms n_not_known"


@pytest.mark.parametrize(
    ("told", "counts"),
    [
        ("helps", (1, 0, 0, 0)),
        ("mixed", (0, 1, 0, 0)),
        ("harms", (0, 0, 1, 0)),
        ("not_known", (0, 0, 0, 1)),
        ("helps harms", (0, 1, 0, 0)),
        ("helps mixed", (0, 1, 0, 0)),
        ("mixed harms", (0, 1, 0, 0)),
        ("helps harms mixed", (0, 1, 0, 0)),
        ("helps not_known", (1, 0, 0, 0)),
        ("harms not_known", (0, 0, 1, 0)),
    ],
)
def test_a_voice_counts_once_and_two_known_effects_are_mixed(tiny, only, told, counts, within):
    rows = "\n".join(f"P1 | V1 | adapted | way {i} | {effect}" for i, effect in enumerate(told.split()))
    connection = tiny(f"participant | step_id | stance | practice | effect\n{rows}")
    assert only(placement_by_step(connection, within()), EFFECTS) == [counts]


@pytest.mark.parametrize(
    ("told", "counts"),
    [
        ("consistent", (1, 0)),
        ("inconsistent", (0, 1)),
        ("unknown", (0, 0)),
        ("consistent inconsistent", (0, 1)),  # one way that loses the purpose is enough
        ("consistent unknown", (1, 0)),
    ],
)
def test_a_voice_keeps_to_the_purpose_only_if_nothing_it_does_loses_it(tiny, only, told, counts, within):
    rows = "\n".join(f"P1 | V1 | adapted | way {i} | {fidelity}" for i, fidelity in enumerate(told.split()))
    connection = tiny(f"participant | step_id | stance | practice | fidelity\n{rows}")
    assert only(placement_by_step(connection, within()), "n_consistent n_inconsistent") == [counts]


@pytest.mark.parametrize(
    ("reason", "count"),
    [
        ("organisation: no time", 1),
        ("Organisation : the tool", 1),
        ("organisation", 1),
        ("provider: habit", 0),
        ("the organisation: no time", 0),
        ("", 0),
    ],
)
def test_a_condition_is_a_reason_that_lies_with_the_organisation(tiny, only, reason, count, within):
    connection = tiny(f"participant | step_id | stance | reason\nP1 | V1 | worked_around | {reason}")
    assert only(placement_by_step(connection, within()), "n_condition") == [(count,)]


def test_only_what_differs_has_an_effect_here(tiny, only, within):
    connection = tiny(
        """
        participant | step_id | stance        | practice | effect
        P1          | V1      | adapted       | By phone | helps
        P2          | V1      | worked_around | Tablet   | helps
        P3          | V1      | left_out      |          | helps
        P4          | V1      | as_written    |          | harms
        P5          | V1      | unclear       |          | harms
        P6          | V1      | added         | Lingers  | harms
        P7          |         | adapted       | Stands   | harms
        """
    )
    assert only(placement_by_step(connection, within()), f"n_differ {EFFECTS}") == [(3, 3, 0, 0, 0)]


def test_a_voice_that_tells_both_keeps_the_effect_of_what_differs(tiny, only, within):
    connection = tiny(
        "participant | step_id | stance | effect\nP1 | V1 | adapted | helps\nP1 | V1 | as_written | harms"
    )
    assert only(placement_by_step(connection, within()), EFFECTS) == [(1, 0, 0, 0)]


def test_at_least_drops_the_effects_of_what_too_few_told(tiny, only, within):
    connection = tiny(
        """
        participant | step_id | stance  | practice  | effect | fidelity     | reason
        P1          | V1      | adapted | By phone  | helps  | consistent   | provider
        P1          | V1      | adapted | By letter | harms  | inconsistent | organisation
        P2          | V1      | adapted | By phone  | helps  | consistent   | provider
        """
    )
    columns = f"{EFFECTS} n_consistent n_inconsistent n_condition"
    found = [only(placement_by_step(connection, within(at_least=k)), columns)[0] for k in (1, 2, 3)]
    assert found == [(1, 1, 0, 0, 1, 1, 1), (2, 0, 0, 0, 2, 0, 0), (0, 0, 0, 0, 0, 0, 0)]


def test_the_mean_effect_and_the_priority_follow_from_the_counts(tiny, only, within):
    connection = tiny(
        """
        participant | step_id | stance     | effect
        P1          | V1      | adapted    | helps
        P2          | V1      | adapted    | helps
        P3          | V1      | adapted    | harms
        P4          | V1      | left_out   | mixed
        P5          | V1      | left_out   | not_known
        P6          | V1      | as_written | harms
        P1          | V2      | adapted    | not_known
        """,
        steps="step_id\nV1\nV2\nV3",
    )
    assert only(placement_by_step(connection, within()), "step_id n_differ priority mean_effect") == [
        ("V1", 5, 7, 0.25),
        ("V2", 1, 1, None),
        ("V3", 0, 0, None),
    ]


def test_a_step_that_nobody_raised_stays_with_zeros_and_is_not_placed(tiny, only, within):
    connection = tiny("participant | step_id | stance\nP1 | V1 | unclear", steps="step_id\nV1\nV2")
    assert only(placement_by_step(connection, within()), f"step_id {EFFECTS} placement placement_rank") == [
        ("V1", 0, 0, 0, 0, "not_raised", 0),
        ("V2", 0, 0, 0, 0, "not_raised", 0),
    ]


def test_filters_choose_steps(tiny, only, within):
    connection = tiny(
        "participant | step_id | stance | effect\nP1 | V1 | adapted | helps\nP1 | V2 | adapted | harms",
        steps="step_id | phase | obligation_level | jurisdiction\nV1 | before | law | SE\nV2 | during | advice | EU",
    )
    for filters in ({"phases": ("during",)}, {"obligation_levels": ("advice",)}, {"jurisdictions": ("EU",)}):
        assert only(placement_by_step(connection, within(**filters)), "step_id n_harms") == [("V2", 1)]
    assert only(placement_by_step(connection, within(component_ids=("fax",))), "step_id") == []
