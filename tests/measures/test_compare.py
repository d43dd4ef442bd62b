"""Two sides compared: exact rows by hand, and column by column against naive_compare.py on random pairs of studies."""

from dataclasses import dataclass, replace

import duckdb
import pandas as pd
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from dashboard import settings as program
from dashboard import store
from dashboard.importers import rows as bundle_rows
from dashboard.measures import compare_by_step
from dashboard.measures.compare import COLUMNS, groups, is_same_people, side_of
from dashboard.model import Bundle, Filters, Participant, Side, Study
from tests.measures import naive_compare
from tests.measures.naive_compare import Half
from tests.measures.test_measures_equal_naive import RANDOM, about, case_of, cases, examples, plain, tellings

SIDES = ("site", "work")
SERIES = "series"


@dataclass(frozen=True)
class Pair:
    """Two sides of a comparison, and whether an id is one person on both."""

    one: Half
    other: Half
    same_people: bool = False


def half(case, study_id, voices=None):
    study = replace(case.study, study_id=study_id, series=SERIES)
    return Half(study, case.bundle, replace(case.filters, study_id=study_id), voices)


@st.composite
def pairs(draw):
    """Draw two studies, two rounds of a study, or two groups of one; each with filters of its own or the same."""
    one = draw(cases())
    kind = draw(st.sampled_from(("studies", "rounds", "groups")))
    if kind == "groups":
        ids = [voice.participant_id for voice in one.bundle.participants]
        parts = draw(st.lists(st.sampled_from((0, 1, 2)), min_size=len(ids), max_size=len(ids)))
        chosen = [tuple(name for name, part in zip(ids, parts, strict=True) if part == at) for at in (0, 1)]
        return Pair(half(one, "s", chosen[0]), half(one, "s", chosen[1]))
    other = draw(cases()) if kind == "studies" else draw(next_rounds(one))
    pair = Pair(half(one, "s"), half(other, "t"), kind == "rounds")
    if draw(st.booleans()):
        pair = replace(pair, other=replace(pair.other, filters=replace(pair.one.filters, study_id="t")))
    return replace(pair, same_people=draw(st.booleans())) if kind == "studies" else pair


@st.composite
def next_rounds(draw, case):
    """Draw the round after: some voices gone and some new, some steps worded anew, dropped or moved, all told anew."""
    own = [voice for voice in case.bundle.participants if draw(st.integers(0, 3))]
    voices = (*own, *(Participant(f"N{n}") for n in range(draw(st.integers(0, 2)))))
    kept = [step for step in case.bundle.steps if draw(st.integers(0, 5))]
    steps = tuple(replace(step, text=draw(st.sampled_from((step.text, "Do it anew")))) for step in kept)
    told = draw(st.lists(tellings(voices, steps), min_size=draw(st.integers(0, 30)), max_size=40)) if voices else ()
    return replace(case, bundle=Bundle("Test", "test", "", participants=voices, steps=steps, tellings=tuple(told)))


def built(*sides):
    """Return a store in memory with the studies of the given sides."""
    connection = duckdb.connect(":memory:", config={"threads": "1"})
    folder = program.queries_folder()
    for path in sorted((folder / "schema").glob("*.sql")):
        connection.execute(path.read_text(encoding="utf-8"))
    of_each = [bundle_rows.of(side.study, side.bundle) for side in {s.study.study_id: s for s in sides}.values()]
    for table in of_each[0]:
        if values := [row for rows in of_each for row in rows[table]]:
            connection.append(table, pd.DataFrame(values, dtype=object))
    for view in store.VIEWS:
        connection.execute((folder / "views" / f"{view}.sql").read_text(encoding="utf-8"))
    return connection


AGREES = [("P1", "V1", "as_written"), ("P2", "V1", "as_written"), ("P3", "V1", "adapted")]
TURNED = [("P1", "V1", "adapted"), ("P2", "V1", "unclear"), ("P3", "V1", "as_written")]


@settings(RANDOM, max_examples=examples(100))
@given(pair=pairs())
@example(pair=Pair(half(case_of(voices=(), steps=()), "s"), half(case_of(voices=(), steps=()), "t")))
@example(pair=Pair(half(case_of(), "s"), half(case_of(*AGREES), "t")))  # nobody raised anything on a side
@example(pair=Pair(half(case_of(*AGREES, voices=("P1",)), "s"), half(case_of(*TURNED), "t"), True))
@example(pair=Pair(half(case_of(*AGREES), "s"), half(case_of(*TURNED), "t"), True))
@example(pair=Pair(half(case_of(*AGREES), "s"), half(case_of(*TURNED), "t"), False))
@example(pair=Pair(half(case_of(*AGREES), "s", ("P1", "P3")), half(case_of(*AGREES), "s", ("P2",))))
@example(pair=Pair(half(case_of(*AGREES), "s", ()), half(case_of(*AGREES), "s", ("P1", "P2", "P3"))))
@example(pair=Pair(half(case_of(*AGREES, at_least=2), "s"), half(case_of(*TURNED, at_least=2), "t"), True))
def test_the_comparison_equals_its_naive_twin(pair):
    connection = built(pair.one, pair.other)
    one, other = (Side(side.filters, side.voices) for side in (pair.one, pair.other))
    found = compare_by_step(connection, one, other, same_people=pair.same_people)
    connection.close()
    assert tuple(found.columns) == COLUMNS
    assert plain(found) == about(naive_compare.compare_by_step(pair.one, pair.other, pair.same_people))


@settings(RANDOM, max_examples=examples(50))
@given(st.data())
def test_groups_are_the_voices_of_each_value(data):
    values = st.dictionaries(st.sampled_from(SIDES), st.sampled_from(["", *"ABCDEFGH"]))
    told = data.draw(st.lists(values, max_size=10))
    people = tuple(Participant(f"P{at:02}", attributes=known) for at, known in enumerate(told))
    bundle = Bundle("Test", "test", "", participants=people)
    connection = built(Half(Study("s", "S"), bundle, Filters("s")))
    found = groups(connection, "s")
    connection.close()
    assert found == naive_compare.groups(bundle)
    for listed in found.values():
        sizes = [len(voices) for voices in listed.values()]
        assert sizes == sorted(sizes, reverse=True)


# --- by hand ------------------------------------------------------------------------------------------------

ROUND_1 = """
    participant | step_id | stance     | effect
    P1          | V1      | adapted    | helps
    P2          | V1      | left_out   | helps
    P3          | V1      | as_written | helps
    P4          | V1      | adapted    | helps
    P1          | V2      | as_written | helps
    P2          | V2      | unclear    | helps
    P4          | V3      | adapted    | helps
"""
ROUND_2 = """
    participant | step_id | stance     | effect
    P1          | V1      | as_written | helps
    P2          | V1      | adapted    | helps
    P3          | V1      | as_written | helps
    N5          | V1      | as_written | helps
    N5          | V2      | adapted    | helps
    P2          | V2      | adapted    | helps
    P2          | V4      | adapted    | helps
"""


@pytest.fixture
def rounds(two_rounds):
    """Two rounds of one series: P4 leaves, N5 comes, V1 is worded anew, V3 is dropped and V4 is new."""
    return two_rounds(
        (ROUND_1, "step_id | text\nV1 | Do V1\nV2 | Do V2\nV3 | Do V3"),
        (ROUND_2, "step_id | text\nV1 | Do V1 in time\nV2 | Do V2\nV4 | Do V4"),
    )


def test_two_studies_of_their_own_pair_only_steps_that_say_the_same(two_rounds, only):
    told = "participant | step_id | stance\nP1 | V1 | adapted\nP1 | V2 | adapted"
    steps = "step_id | text\nV1 | {}\nV2 | Do V2"
    connection = two_rounds((told, steps.format("Do V1")), (told, steps.format("Feed the cat")))
    one, other = Side(Filters("round-1")), Side(Filters("round-2"))
    rows = compare_by_step(connection, one, other, one_protocol=False)
    columns = "step_id step is_in_one is_in_other is_revised n_clear_one n_clear_other"
    assert sorted(only(rows, columns)) == [
        ("V1", "Do V1", True, False, False, 1, 0),
        ("V1", "Feed the cat", False, True, False, 0, 1),
        ("V2", "Do V2", True, True, False, 1, 1),
    ]


def compared(connection, same_people=True):
    sides = (Side(Filters("round-1")), Side(Filters("round-2")))
    return compare_by_step(connection, *sides, same_people=same_people)


def test_two_rounds_step_by_step(rounds, only):
    counts = "n_raised_one n_clear_one n_differ_one n_raised_other n_clear_other n_differ_other"
    assert only(compared(rounds), f"step_id {counts} gap_one gap_other change") == [
        ("V2", 2, 1, 0, 2, 2, 2, 0.0, 1.0, 1.0),
        ("V1", 4, 4, 3, 4, 4, 1, 0.75, 0.25, -0.5),
        ("V3", 1, 1, 1, 0, 0, 0, 1.0, None, None),
        ("V4", 0, 0, 0, 1, 1, 1, None, 1.0, None),
    ]


def test_what_is_written_on_which_side(rounds, only):
    columns = "step_id step step_one is_in_one is_in_other is_revised"
    assert only(compared(rounds), columns) == [
        ("V2", "Do V2", "Do V2", True, True, False),
        ("V1", "Do V1 in time", "Do V1", True, True, True),
        ("V3", "Do V3", "Do V3", True, False, False),
        ("V4", "Do V4", "", False, True, False),
    ]


def test_the_same_voices_are_told_from_those_of_one_round_only(rounds, only):
    people = "n_both_clear n_both_differ_one n_both_differ_other n_only_one n_only_other"
    assert only(compared(rounds), f"step_id {people}") == [
        ("V2", 0, 0, 0, 1, 2),  # P2 is in both rounds, and was unclear in the first
        ("V1", 3, 2, 1, 1, 1),
        ("V3", 0, 0, 0, 1, 0),
        ("V4", 0, 0, 0, 0, 1),
    ]
    assert only(compared(rounds, same_people=False), f"step_id {people}")[1] == ("V1", 0, 0, 0, 4, 4)


def test_one_who_is_on_both_sides_leaves_both_at_once(rounds, only):
    ends = "step_id change_min_without_one change_max_without_one"
    # V1: without P1 2/3 → 1/3; without P2 2/3 → 0/3; without P3 3/3 → 1/3; without P4 2/3 → 1/4; without N5 3/4 → 1/3.
    found = only(compared(rounds), ends)
    assert found[1] == ("V1", pytest.approx(-2 / 3), pytest.approx(-1 / 3))
    assert [row[1:] for row in (found[0], *found[2:])] == [(None, None)] * 3  # fewer than two clear on a side
    # As other people: without a round-1 voice that differs 2/3 → 1/4, without N5 3/4 → 1/3, and so on.
    apart = only(compared(rounds, same_people=False), ends)[1]
    assert apart == ("V1", pytest.approx(-3 / 4), pytest.approx(-5 / 12))


def test_two_groups_of_one_study(tiny, only, within):
    connection = tiny(
        "participant | step_id | stance\nP1 | V1 | adapted\nP2 | V1 | adapted\nP3 | V1 | as_written\nP4 | V2 | adapted",
        steps="step_id\nV1\nV2",
        voices="participant | site\nP1 | North\nP2 | North\nP3 | South\nP4 | South",
    )
    sides = [side_of(connection, within(), "tiny", "site", value) for value in ("North", "South")]
    assert [side.participant_ids for side in sides] == [("P1", "P2"), ("P3", "P4")]
    columns = "step_id n_clear_one n_differ_one n_clear_other n_differ_other change is_revised"
    assert only(compare_by_step(connection, *sides), columns) == [
        ("V1", 2, 2, 1, 0, -1.0, False),
        ("V2", 0, 0, 1, 1, None, False),
    ]


def test_filters_choose_the_steps_of_each_side(rounds, only):
    sides = (Side(Filters("round-1", phases=("during",))), Side(Filters("round-2")))
    rows = only(compare_by_step(rounds, *sides), "step_id is_in_one is_in_other")
    assert sorted(rows) == [("V1", True, True), ("V2", True, True), ("V4", False, True)]  # a filter unwrites no text


def test_an_attribute_makes_groups_where_it_has_two_to_six_values(tiny):
    ids = [f"P{n}" for n in range(8)]
    voices = "\n".join(f"{name} | {'North' if n < 3 else 'South'} | same | {name} |" for n, name in enumerate(ids))
    connection = tiny(
        "participant | step_id | stance\n" + "\n".join(f"{name} | V1 | adapted" for name in ids),
        voices=f"participant | site | alike | each | blank\n{voices}",
    )
    assert groups(connection, "tiny") == {"site": {"South": tuple(ids[3:]), "North": tuple(ids[:3])}}
    assert side_of(connection, Filters("tiny"), "tiny", "each", "P0").participant_ids == ()
    assert side_of(connection, Filters("tiny"), "tiny").participant_ids is None


def test_an_id_is_the_same_person_only_in_two_rounds_of_a_series(shipped):
    one, other, published = (Side(Filters(study)) for study in ("demo-round-1", "demo-round-2", "evidence"))
    assert is_same_people(shipped, one, other)
    assert not is_same_people(shipped, one, published)
    assert is_same_people(shipped, one, one)
    assert not is_same_people(shipped, one, Side(Filters("no such study")))
