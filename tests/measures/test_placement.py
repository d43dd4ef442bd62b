"""What a gap asks for: each rule of data/placement_rules.toml places the step that it should, the first one wins."""

import pandas as pd
import pytest

from dashboard.intake import default_placement_rules
from dashboard.measures.placement import place, placement_by_step, quantities, ranked
from dashboard.model import PLACEMENTS, PlacementCondition

NOTHING = dict.fromkeys(
    ("n_differ", "n_worked_around", "n_helps", "n_mixed", "n_harms", "n_not_known", "n_consistent", "n_inconsistent",
     "n_condition"), 0,
)  # fmt: skip


def placed(n_clear, *, is_core=False, **counts):
    """Return the placement of a step with these voices, and the rank of the rule that placed it."""
    row = {**NOTHING, "n_clear": n_clear, "is_core": is_core, **counts}
    return place(quantities(row), default_placement_rules())


@pytest.mark.parametrize(
    ("why", "expected", "n_clear", "counts"),
    [
        ("one voice is too few, whatever it tells", ("look_closer", 1), 1, {"n_differ": 1, "n_harms": 1}),
        ("two voices are too few", ("look_closer", 1), 2, {"n_differ": 2, "n_harms": 2, "is_core": True}),
        ("core, and half see harm", ("guard", 2), 6, {"n_differ": 4, "n_helps": 2, "n_mixed": 2, "is_core": 1}),
        ("core, harm or mix is one", ("guard", 2), 9, {"n_differ": 2, "n_mixed": 1, "n_harms": 1, "is_core": 1}),
        ("any step where half see harm", ("guard", 3), 6, {"n_differ": 4, "n_helps": 2, "n_harms": 2}),
        ("most work as written", ("holds", 4), 8, {"n_differ": 2, "n_helps": 2}),
        ("all work as written", ("holds", 4), 3, {}),
        ("half of the effects are not known", ("look_closer", 5), 4, {"n_differ": 4, "n_helps": 2, "n_not_known": 2}),
        ("worked around, for want of time or tool", ("support", 6), 6,
         {"n_differ": 4, "n_worked_around": 2, "n_condition": 2, "n_helps": 4, "n_inconsistent": 4}),
        ("it helps, and the text says no", ("revise", 7), 6, {"n_differ": 3, "n_helps": 3, "n_inconsistent": 2}),
        ("it helps and keeps to the purpose", ("spread", 8), 6, {"n_differ": 2, "n_helps": 2, "n_consistent": 1}),
        ("fewer than half differ, in no direction", ("holds", 9), 7, {"n_differ": 3, "n_helps": 3}),
        ("many differ, in different directions", ("look_closer", 10), 4, {"n_differ": 3, "n_helps": 1, "n_mixed": 2}),
    ],
)  # fmt: skip
def test_each_rule_places_the_step_that_it_is_made_for(why, expected, n_clear, counts):
    assert placed(n_clear, **counts) == expected, why


@pytest.mark.parametrize(
    ("why", "expected", "n_clear", "counts"),
    [
        ("one harmed voice alone is not yet a guard", ("holds", 4), 8, {"n_differ": 1, "n_harms": 1, "is_core": True}),
        ("mixed on a step that is not core is no guard", ("look_closer", 10), 4, {"n_differ": 4, "n_mixed": 4}),
        ("under half of the known effects on a core step", ("spread", 8), 8,
         {"n_differ": 5, "n_helps": 3, "n_mixed": 2, "n_consistent": 5, "is_core": True}),
        ("harm is looked at before agreement", ("guard", 3), 12, {"n_differ": 2, "n_harms": 2}),
        ("worked around, but not for want of time or tool", ("spread", 8), 4,
         {"n_differ": 4, "n_worked_around": 4, "n_condition": 1, "n_helps": 4, "n_consistent": 4}),
        ("the condition comes before the text", ("support", 6), 4,
         {"n_differ": 4, "n_worked_around": 4, "n_condition": 4, "n_helps": 4, "n_inconsistent": 4}),
        ("the text is not revised for fewer than half", ("holds", 9), 8,
         {"n_differ": 3, "n_helps": 3, "n_inconsistent": 3}),
        ("just over a quarter no longer holds", ("spread", 8), 7, {"n_differ": 2, "n_helps": 2, "n_consistent": 2}),
        ("three voices are enough", ("spread", 8), 3, {"n_differ": 3, "n_helps": 3, "n_consistent": 3}),
    ],
)  # fmt: skip
def test_the_first_rule_wins_and_its_limits_are_exact(why, expected, n_clear, counts):
    assert placed(n_clear, **counts) == expected, why


def test_a_step_on_which_no_voice_was_clear_is_placed_nowhere():
    assert placed(0) == ("not_raised", 0)


def test_the_rules_use_every_placement_and_the_last_always_holds():
    rules = default_placement_rules()
    assert {rule.placement for rule in rules} == set(PLACEMENTS)
    assert rules[-1] == PlacementCondition(10, "look_closer", "always", None, None)


def test_a_study_of_its_own_rules_is_placed_by_them_and_else_looked_at_closer(tiny, only, within):
    connection = tiny(
        "participant | step_id | stance | effect\nP1 | V1 | adapted | helps\nP1 | V2 | adapted | harms",
        steps="step_id\nV1\nV2",
        about='[[placement]]\nplace = "spread"\nwhen = { share_helps = { least = 1 }, gap = { least = 0.5 } }',
    )
    assert only(placement_by_step(connection, within()), "step_id placement placement_rank") == [
        ("V1", "spread", 1),
        ("V2", "look_closer", 0),
    ]


def test_shares_of_effects_are_among_the_known_and_other_shares_among_all_who_differ():
    row = {**NOTHING, "n_clear": 10, "is_core": True, "n_differ": 8, "n_worked_around": 2, "n_helps": 1, "n_mixed": 1,
           "n_harms": 2, "n_not_known": 4, "n_consistent": 2, "n_inconsistent": 6, "n_condition": 4}  # fmt: skip
    assert quantities(row) == {
        "always": 1, "n_clear": 10, "n_differ": 8, "gap": 0.8, "is_core": 1, "n_harms_or_mixed": 3,
        "share_known": 0.5, "share_helps": 0.25, "share_harms": 0.5, "share_harms_or_mixed": 0.75,
        "share_consistent": 0.25, "share_inconsistent": 0.75, "share_worked_around": 0.25, "share_condition": 0.5,
    }  # fmt: skip


def test_the_ranking_is_by_priority_then_core_then_gap_then_the_order_of_the_work(only):
    rows = pd.DataFrame(
        [
            ("silent", 0, 0, True, None),
            ("small", 1, 1, False, 0.1),
            ("second", 3, 2, False, 0.9),
            ("twin", 3, 2, False, 0.9),
            ("narrow", 3, 3, False, 0.5),
            ("core", 3, 3, True, 0.2),
            ("first", 4, 2, False, 0.2),
        ],
        columns=["step_id", "priority", "n_differ", "is_core", "gap"],
    )
    assert only(ranked(rows), "step_id") == [
        ("first",), ("core",), ("second",), ("twin",), ("narrow",), ("small",),
    ]  # fmt: skip
