"""The cell: what one voice said of one written step, by precedence; an addition never enters it."""

import pytest


@pytest.fixture
def cells(only):
    """Return the cells of a study in the order of voices and steps."""

    def read(connection, columns="participant_id step_id state stance also_as_written"):
        return only(connection.execute("from cell order by participant_id, step_id").df(), columns)

    return read


@pytest.mark.parametrize(
    ("told", "state", "stance", "also"),
    [
        ("worked_around", "differently", "worked_around", False),
        ("adapted", "differently", "adapted", False),
        ("left_out", "not_done", "left_out", False),
        ("as_written", "as_written", "as_written", False),
        ("unclear", "unclear", "unclear", False),
        ("adapted worked_around", "differently", "worked_around", False),
        ("left_out adapted", "differently", "adapted", False),
        ("left_out worked_around", "differently", "worked_around", False),
        ("as_written worked_around", "differently", "worked_around", True),
        ("as_written adapted", "differently", "adapted", True),
        ("as_written left_out", "not_done", "left_out", True),
        ("unclear as_written", "as_written", "as_written", False),
        ("unclear left_out", "not_done", "left_out", False),
        ("unclear as_written left_out adapted worked_around", "differently", "worked_around", True),
    ],
)
def test_the_strongest_difference_that_a_voice_told_is_its_state(tiny, cells, told, state, stance, also):
    rows = "\n".join(f"P1 | V1 | {each}" for each in told.split())
    assert cells(tiny(f"participant | step_id | stance\n{rows}")) == [("P1", "V1", state, stance, also)]


def test_there_is_a_cell_for_every_voice_and_step_also_the_silent_ones(tiny, cells):
    connection = tiny(
        "participant | step_id | stance\nP1 | V1 | adapted",
        steps="step_id\nV1\nV2",
        voices="participant\nP1\nP2",
    )
    assert cells(connection) == [
        ("P1", "V1", "differently", "adapted", False),
        ("P1", "V2", "not_raised", "not_raised", False),
        ("P2", "V1", "not_raised", "not_raised", False),
        ("P2", "V2", "not_raised", "not_raised", False),
    ]


def test_an_addition_never_enters_a_cell_even_where_it_names_a_step(tiny, cells):
    connection = tiny("participant | step_id | stance | practice\nP1 | V1 | added | Lingers")
    assert cells(connection) == [("P1", "V1", "not_raised", "not_raised", False)]


def test_a_row_without_a_step_enters_no_cell(tiny, cells):
    connection = tiny("participant | step_id | stance | practice\nP1 |  | worked_around | By phone")
    assert cells(connection) == [("P1", "V1", "not_raised", "not_raised", False)]


def test_support_is_of_the_best_supported_practice_of_that_stance_that_this_voice_told(tiny, cells):
    connection = tiny(
        """
        participant | step_id | stance  | practice
        P1          | V1      | adapted | By phone
        P1          | V1      | adapted | In the car
        P2          | V1      | adapted | By phone
        P3          | V1      | adapted | In the car
        P4          | V1      | adapted | By phone
        P4          | V1      | unclear | Something
        """
    )
    assert cells(connection, "participant_id support_adapted support_unclear support_left_out") == [
        ("P1", 3, 0, 0),  # told both; "By phone" is told by three
        ("P2", 3, 0, 0),
        ("P3", 2, 0, 0),
        ("P4", 3, 1, 0),
    ]


def test_support_counts_voices_and_never_excerpts(tiny, cells):
    connection = tiny(
        """
        participant | step_id | stance  | practice | quote
        P1          | V1      | adapted | By phone | Once.
        P1          | V1      | adapted | By phone | And again.
        P1          | V1      | adapted | BY PHONE | And in capitals.
        """
    )
    assert cells(connection, "support_adapted") == [(1,)]
