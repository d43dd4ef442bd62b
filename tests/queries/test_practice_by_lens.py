"""The lenses: alliance, nature, fidelity, reason and potential of what is not done as written."""

from dashboard.measures import practice_by_lens

COLUMNS = "category n_voices n_practices n_unwritten"


def alliance(rows):
    return rows[rows["lens"] == "alliance_aspect"]


def test_voices_are_counted_once_per_category(tiny, only, within):
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
    assert only(alliance(practice_by_lens(connection, within())), COLUMNS) == [
        ("bond", 2, 4, 1),
        ("task", 1, 1, 0),
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
    assert only(alliance(practice_by_lens(connection, within())), COLUMNS) == []


def test_an_aspect_is_of_the_practice_as_it_was_named_first(tiny, only, within):
    connection = tiny(
        """
        participant | step_id | stance  | practice | alliance_aspect
        P1          | V1      | adapted | By phone | bond
        P2          | V1      | adapted | By phone | goal
        """
    )
    assert only(alliance(practice_by_lens(connection, within())), COLUMNS) == [("bond", 2, 1, 0)]


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
    found = [only(alliance(practice_by_lens(connection, within(at_least=k))), COLUMNS) for k in (1, 2, 3)]
    assert found == [
        [("bond", 3, 2, 0), ("goal", 1, 1, 1)],
        [("bond", 2, 1, 0)],
        [],
    ]


def test_in_a_category_a_voice_has_the_colour_of_the_strongest_that_it_does(tiny, only, within):
    connection = tiny(
        """
        participant | step_id | stance        | practice  | alliance_aspect | effect
        P1          | V1      | adapted       | By phone  | bond            | helps
        P1          | V1      | worked_around | Tablet    | bond            | harms
        P2          |         | added         | Lingers   | bond            | helps
        P2          | V1      | left_out      | Skips     | bond            |
        P3          |         | added         | Lingers   | bond            | helps
        """
    )
    rows = alliance(practice_by_lens(connection, within()))
    assert only(rows, "n_worked_around n_adapted n_left_out n_added") == [(1, 0, 1, 1)]
    assert only(rows, "n_helps n_mixed n_harms n_not_known") == [(2, 1, 0, 0)]


def test_each_lens_has_its_own_categories(tiny, only, within):
    connection = tiny(
        """
        participant|step_id|stance|practice|frame_nature   | fidelity   | reason          | resilience_potential
        P1          | V1      | adapted | By phone | tailoring      | consistent | provider: trust | learn
        P2          | V1      | adapted | Tablet   | not_applicable |            | organisation    |
        """
    )
    assert only(practice_by_lens(connection, within()), "lens category n_voices") == [
        ("fidelity", "consistent", 1),
        ("fidelity", "unknown", 1),
        ("frame_nature", "tailoring", 1),
        ("reason_level", "organisation", 1),
        ("reason_level", "provider", 1),
        ("resilience_potential", "learn", 1),
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
        return only(alliance(practice_by_lens(connection, within(**filters))), "category n_practices n_unwritten")

    bond, task, lingers = ("bond", 1, 0), ("task", 1, 0), ("goal", 1, 1)
    assert aspects() == [bond, ("goal", 2, 1), task]
    assert aspects(component_ids=("icbt",)) == [lingers, task]
    assert aspects(phases=("before",)) == [bond]
    assert aspects(obligation_levels=("law",)) == [bond, lingers]  # what has neither step nor "added" has no source
    assert aspects(jurisdictions=("EU",)) == [lingers, task]
