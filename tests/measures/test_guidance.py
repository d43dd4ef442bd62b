"""What becomes of each written source: by hand, and against a second implementation on random studies."""

from dataclasses import replace

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from dashboard.measures import guidance_by_document, guidance_by_step, placement_by_step
from dashboard.measures.guidance import counts
from dashboard.model import Filters
from tests.measures import naive_guidance
from tests.measures.test_measures_equal_naive import RANDOM, about, built, case_of, cases, examples, plain

LEVELS = ("law or regulation", "service routine", "national guidance", "house rule", "advice", "")
STEPS = """
    step_id | document   | issuer | obligation_level  | jurisdiction | year | position | is_core
    A1      | The act    | Crown  | law or regulation | SE           | 2008 | 2        | true
    A2      | The act    | Crown  | law or regulation | SE           | 2008 | 1        | false
    A3      | The act    | Crown  | law or regulation | SE           | 2008 | 3        | false
    R1      | Routine    | Ward   | service routine   | SE           |      | 4        | false
    R2      | A routine  | Ward   | service routine   | SE           |      | 5        | false
    N1      | Guide      | Board  | national guidance | UK           |      | 6        | false
    H1      | House rule | Ward   | house rule        |              |      | 7        | false
    X1      |            |        |                   |              |      | 8        | false
"""
TOLD = """
    participant | step_id | stance        | practice | effect | fidelity
    P1          | A1      | adapted       | By phone | harms  |
    P2          | A1      | adapted       | By phone | mixed  |
    P3          | A1      | as_written    |          |        |
    P1          | A2      | as_written    |          |        |
    P2          | A2      | as_written    |          |        |
    P3          | A2      | as_written    |          |        |
    P1          | A3      | unclear       |          |        |
    P1          | R1      | left_out      | Skips it | helps  | consistent
    P2          | R1      | left_out      | Skips it | helps  | consistent
    P3          | R1      | as_written    |          |        |
    P1          | N1      | as_written    |          |        |
    P1          | X1      | worked_around | Paper    | helps  |
"""
COUNTED = "document n_steps n_raised n_hold n_bend n_open n_not_raised"


def test_each_source_says_how_many_of_its_steps_hold_bend_are_open_or_were_not_raised(tiny, only, within):
    rows = guidance_by_document(tiny(TOLD, steps=STEPS), within())
    assert only(rows, COUNTED) == [
        ("The act", 3, 3, 1, 1, 0, 1),  # A3 was raised, but nobody was clear about it
        ("Guide", 1, 1, 0, 0, 1, 0),  # one voice works as written: too few to say that it holds, and nobody differs
        ("Routine", 1, 1, 0, 1, 0, 0),
        ("A routine", 1, 0, 0, 0, 0, 1),  # fewer bend, so after "Routine"
        ("House rule", 1, 0, 0, 0, 0, 1),  # a level of the study's own follows the known ones
        ("", 1, 1, 0, 1, 0, 0),
    ]
    assert only(rows, "document n_guard n_revise n_support n_spread n_look_closer")[:4] == [
        ("The act", 1, 0, 0, 0, 0),
        ("Guide", 0, 0, 0, 0, 1),
        ("Routine", 0, 0, 0, 1, 0),
        ("A routine", 0, 0, 0, 0, 0),
    ]
    assert only(rows, "document issuer obligation_level jurisdiction version year address")[0] == (
        "The act", "Crown", "law or regulation", "SE", "", "2008", "",
    )  # fmt: skip


def test_the_steps_of_a_source_stand_in_the_order_of_the_work(tiny, only, within):
    rows = guidance_by_step(tiny(TOLD, steps=STEPS), within(), ("Crown",))
    assert only(rows, "step_id document year placement") == [
        ("A2", "The act", "2008", "holds"),
        ("A1", "The act", "2008", "guard"),
        ("A3", "The act", "2008", "not_raised"),
    ]


@pytest.mark.parametrize(
    ("issuers", "documents"),
    [
        (("Ward",), ["Routine", "A routine", "House rule"]),
        ("Ward", ["Routine", "A routine", "House rule"]),  # one name, as the command line gives it
        (("Crown", "Board"), ["The act", "Guide"]),
        (("Nobody",), []),
    ],
)
def test_a_reader_may_look_at_some_issuers(tiny, within, issuers, documents):
    connection = tiny(TOLD, steps=STEPS)
    assert list(guidance_by_document(connection, within(), issuers)["document"]) == documents
    assert set(guidance_by_step(connection, within(), issuers)["document"]) == set(documents)


def test_at_least_k_voices_hides_what_bends(tiny, only, within):
    rows = guidance_by_document(tiny(TOLD, steps=STEPS), within(at_least=3))
    assert only(rows, COUNTED)[0] == ("The act", 3, 1, 1, 0, 0, 2)


def test_nothing_written_gives_no_row(tiny, within):
    rows = guidance_by_document(tiny(TOLD, steps=STEPS), within(obligation_levels=("no such level",)))
    assert rows.empty
    assert rows["n_bend"].sum() == 0


def test_the_sources_of_the_shipped_study_add_up_to_its_steps(shipped):
    filters = Filters("demo-round-2")
    steps, sources = placement_by_step(shipped, filters), guidance_by_document(shipped, filters)
    assert sources["n_steps"].sum() == len(steps) == 48
    assert {name: int(sources[name].sum()) for name in counts([])} == counts(steps.to_dict("records"))
    assert sources["n_hold"].sum() == (steps["placement"] == "holds").sum() == 11
    assert sources["n_bend"].sum() == 33


@st.composite
def sourced(draw):
    """Draw a study whose steps name few sources, so that some share one, and a reader's issuers."""
    case, one = draw(cases()), st.sampled_from
    steps = tuple(
        replace(
            step, document=draw(one(("", "Act", "Guide"))), issuer=draw(one(("", "Board", "Ward"))),
            place=draw(one(("", "p. 2"))), obligation_level=draw(one(LEVELS)), version=draw(one(("", "2"))),
            year=draw(one(("", "2024"))), address=draw(one(("", "https://example.org"))),
        )
        for step in case.bundle.steps
    )  # fmt: skip
    levels = draw(st.one_of(st.just(()), st.lists(one(LEVELS), max_size=3, unique=True).map(tuple)))
    issuers = draw(st.one_of(st.just(()), st.lists(one(("", "Board", "Ward")), max_size=2, unique=True).map(tuple)))
    filters = replace(case.filters, obligation_levels=levels)
    return replace(case, bundle=replace(case.bundle, steps=steps), filters=filters), issuers


@settings(RANDOM, max_examples=examples(100))
@given(drawn=sourced())
@example(drawn=(case_of(voices=(), steps=()), ()))
@example(drawn=(case_of(steps=()), ("Ward",)))
@example(drawn=(case_of(), ()))  # nobody raised anything
@example(drawn=(case_of(("P1", "V1", "adapted"), voices=("P1",)), ()))
@example(drawn=(case_of(("P1", "V1", "as_written"), voices=("P1",)), ()))
def test_both_equal_their_naive_twins(drawn):
    case, issuers = drawn
    connection = built(case)
    for measure in (guidance_by_document, guidance_by_step):
        expected = getattr(naive_guidance, measure.__name__)(case.study, case.bundle, case.filters, issuers)
        assert plain(measure(connection, case.filters, issuers)) == about(expected), measure.__name__
    connection.close()
