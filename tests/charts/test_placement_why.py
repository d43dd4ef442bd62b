"""Each placed gap says in one sentence, from its own numbers, why it stands where it does."""

import pytest

from dashboard.charts.placement_why import placement_why
from dashboard.i18n import translator
from dashboard.intake import default_placement_rules
from dashboard.measures import placement_by_step
from dashboard.measures.placement import rules_of
from dashboard.model import Filters, PlacementCondition
from dashboard.query import records

EN, SV = translator("en", "synthetic"), translator("sv", "synthetic")
NOBODY = dict.fromkeys(
    [
        "n_clear",
        "n_differ",
        "n_worked_around",
        "n_helps",
        "n_mixed",
        "n_harms",
        "n_not_known",
        "n_consistent",
        "n_inconsistent",
        "n_condition",
    ],
    0,
)


def row(placement, rank, *, is_core=False, **counts):
    return {**NOBODY, "placement": placement, "placement_rank": rank, "is_core": is_core, **counts}


def test_too_few_voices_says_how_few():
    said = placement_why(row("look_closer", 1, n_clear=2, n_differ=1), default_placement_rules(), EN)
    assert said == "Only 2 spoke clearly."


def test_guard_names_the_core_step_and_the_share_that_sees_harm():
    found = row("guard", 2, is_core=True, n_clear=9, n_differ=6, n_helps=2, n_mixed=1, n_harms=3)
    assert placement_why(found, default_placement_rules(), EN) == (
        "It is a core step and 4 of 6 with a known effect tell of harm or a mixed one."
    )


def test_revise_lists_every_condition():
    found = row("revise", 7, n_clear=8, n_differ=6, n_helps=5, n_mixed=1, n_inconsistent=4)
    assert placement_why(found, default_placement_rules(), SV) == (
        "6 av 8 gör annorlunda, 5 av 6 med känd verkan berättar att det hjälper och "
        "4 av 6 som gör annorlunda gör det som texten utesluter."
    )


@pytest.mark.parametrize(
    ("placement", "rank", "said"),
    [
        ("not_raised", 0, "Nobody spoke about it"),
        ("look_closer", 10, "No other rule fits."),
        ("look_closer", 0, "No other rule fits."),
    ],
)
def test_silence_and_the_last_rule_have_their_own_words(placement, rank, said):
    assert placement_why(row(placement, rank), default_placement_rules(), EN) == said


def test_a_study_s_own_rules_are_put_into_words_as_well():
    own = [
        PlacementCondition(1, "guard", "n_harms_or_mixed", 1, None),
        PlacementCondition(1, "guard", "gap", None, 0.5),
    ]
    found = row("guard", 1, n_clear=4, n_differ=2, n_harms=1)
    assert placement_why(found, own, EN) == "Only 2 of 4 differ and 1 tells of harm or a mixed effect."


@pytest.mark.parametrize(
    ("quantity", "counts", "said"),
    [
        ("gap", {"n_clear": 7}, "None of 7 differs."),
        ("n_differ", {"n_clear": 7}, "Nobody differs."),
        (
            "share_helps",
            {"n_clear": 7, "n_differ": 3, "n_harms": 2},
            "None of 2 with a known effect tells that it helps.",
        ),
        ("share_helps", {"n_clear": 7, "n_differ": 3, "n_not_known": 3}, "No effect is known."),
        ("share_known", {"n_clear": 7}, "Nobody differs."),
    ],
)
def test_none_and_of_nobody_are_said_as_a_person_would(quantity, counts, said):
    rules = [PlacementCondition(1, "holds", quantity, None, 0.5)]
    assert placement_why(row("holds", 1, **counts), rules, EN) == said


@pytest.mark.parametrize("study", ["demo-round-1", "demo-round-2", "evidence"])
@pytest.mark.parametrize("t", [EN, SV, translator("en", "evidence", 2)])
def test_every_step_of_the_shipped_studies_has_its_sentence(shipped, study, t):
    rules = rules_of(shipped, study)
    for found in records(placement_by_step(shipped, Filters(study))):
        assert placement_why(found, rules, t)
