"""The words behind a number are those of exactly the voices that it counts, for every number on random studies."""

import pytest
from hypothesis import example, given, settings

from dashboard.charts.opens import LENS_OF
from dashboard.measures import MEASURES, words_behind
from dashboard.measures.words_behind import COMPONENT_NUMBERS, LENS_NUMBERS, PRACTICE_NUMBERS, STEP_NUMBERS
from dashboard.query import records
from tests.measures.test_measures_equal_naive import RANDOM, built, case_of, cases

TOLD = """
    participant | step_id | stance        | practice | effect | quote
    P1          | V1      | adapted       | By phone | helps  | I phone.
    P1          | V1      | worked_around | Tablet   | harms  | My tablet.
    P1          | V1      | as_written    |          |        | As it says.
    P2          | V1      | adapted       | By phone | mixed  | Me too.
    P2          |         | added         | Lingers  | helps  | I stay.
"""


@pytest.mark.parametrize(
    ("asked", "quotes"),
    [
        ({"step": "V1"}, ["As it says.", "I phone.", "Me too.", "My tablet."]),
        ({"step": "V1", "number": "n_differ"}, ["I phone.", "Me too.", "My tablet."]),
        ({"step": "V1", "number": "n_worked_around"}, ["My tablet."]),
        ({"step": "V1", "number": "n_adapted"}, ["Me too."]),  # P1 adapts as well, and counts as working around
        ({"step": "V1", "number": "n_also_as_written"}, ["As it says."]),
        ({"step": "V1", "number": "n_mixed"}, ["I phone.", "Me too.", "My tablet."]),
        ({"step": "V1", "number": "n_helps"}, []),
        ({"practice": "p1", "number": "n_mixed"}, ["Me too."]),
        ({"voice": "P2"}, ["I stay.", "Me too."]),
        (
            {"component": "video_calls", "number": "n_mostly_differ"},
            ["As it says.", "I phone.", "Me too.", "My tablet."],
        ),
    ],
)
def test_the_words_of_a_number(tiny, within, asked, quotes):
    assert sorted(words_behind(tiny(TOLD), within(), **asked)["quote"]) == quotes


@settings(RANDOM, max_examples=12)
@given(case=cases())
@example(case=case_of(("P1", "V1", "adapted"), ("P1", "V1", "as_written"), ("P2", "V1", "unclear"), at_least=2))
def test_as_many_voices_as_the_number_says(case):
    connection = built(case)

    def voices(**asked):
        return words_behind(connection, case.filters, **asked)["participant_id"].nunique()

    for row in records(MEASURES["placement_by_step"](connection, case.filters)):
        said = {number: voices(step=row["step_id"], number=number) for number in STEP_NUMBERS}
        assert said == {number: row[number] for number in STEP_NUMBERS}, row["step_id"]
    for name in ("practice_by_step", "unwritten_practice"):
        for row in records(MEASURES[name](connection, case.filters)):
            said = {number: voices(practice=row["practice_id"], number=number) for number in PRACTICE_NUMBERS}
            assert said == {number: row[number] for number in PRACTICE_NUMBERS}, row["practice_id"]
    for row in records(MEASURES["practice_by_lens"](connection, case.filters)):
        lens, category = LENS_OF[row["lens"]], row["category"]
        said = {number: voices(through=lens, category=category, number=number) for number in LENS_NUMBERS}
        assert said == {number: row[number] for number in LENS_NUMBERS}, (lens, category)
    for row in records(MEASURES["gap_by_component"](connection, case.filters)):
        said = {number: voices(component=row["component_id"], number=number) for number in COMPONENT_NUMBERS}
        assert said == {number: row[number] for number in COMPONENT_NUMBERS}, row["component_id"]
    connection.close()


def test_of_a_group_only_its_voices_speak(tiny, within):
    connection = tiny(TOLD, voices="participant | site\nP1 | North\nP2 | South")
    asked = {"step": "V1", "number": "n_differ"}
    assert list(words_behind(connection, within(), **asked, group="site:South")["quote"]) == ["Me too."]
    assert list(words_behind(connection, within(), **asked, group="site:East")["quote"]) == []
