"""Which codes are told together: on the same excerpt, or on stretches of one document that overlap."""

import pytest

from dashboard.measures import code_co_occurrence
from dashboard.model import Coding
from tests.measures.test_measures_equal_naive import built
from tests.measures.test_themes import analysed, codebook, excerpt

COUNTS = "down_id across_id n_down n_across n_both n_voices_both c"
TOLD = """
    participant | step_id | stance        | alliance_aspect | quote
    P1          | V1      | adapted       | bond            | a
    P1          | V1      | adapted       | bond            | b
    P2          | V1      | adapted       | task            | c
    P2          | V1      | worked_around | bond            | d
"""


def pairs(codes, excerpts, codings, only, *sides):
    case = analysed(codes, excerpts, codings)
    connection = built(case)
    found = only(code_co_occurrence(connection, case.filters, *sides), COUNTS)
    connection.close()
    return {row[:2]: row[2:] for row in found}


def test_rows_of_a_table_meet_by_what_they_state(tiny, only, within):
    found = only(code_co_occurrence(tiny(TOLD), within(), "Alliance", "Stance"), COUNTS)
    assert found == [
        ("Alliance/bond", "Stance/adapted", 3, 3, 2, 1, 0.5),
        ("Alliance/bond", "Stance/worked_around", 3, 1, 1, 1, pytest.approx(1 / 3)),
        ("Alliance/task", "Stance/adapted", 1, 3, 1, 1, pytest.approx(1 / 3)),
        ("Alliance/task", "Stance/worked_around", 1, 1, 0, 0, 0.0),
    ]


def test_stretches_that_overlap_meet_and_those_that_only_touch_do_not(only):
    excerpts = [excerpt(1, 0, 10), excerpt(2, 9, 20), excerpt(3, 20, 30)]
    codings = [Coding("e1", "a"), Coding("e2", "b"), Coding("e3", "å")]
    found = pairs(codebook("a", "b", "å"), excerpts, codings, only)
    assert found["a", "b"] == (1, 1, 1, 1, 1.0)
    assert found["b", "å"] == (1, 1, 0, 0, 0.0)


def test_the_same_place_of_two_documents_is_not_the_same_place(only):
    excerpts = [excerpt(1, 0, 10), excerpt(2, 0, 10, document="d2")]
    assert pairs(codebook("a", "b"), excerpts, [Coding("e1", "a"), Coding("e2", "b")], only)["a", "b"][2] == 0


def test_one_long_stretch_over_many_short_ones_counts_once(only):
    excerpts = [excerpt(0, 0, 90), *(excerpt(n, n * 10, n * 10 + 5) for n in range(1, 5))]
    codings = [Coding("e0", "a"), *(Coding(f"e{n}", "b") for n in range(1, 5))]
    assert pairs(codebook("a", "b"), excerpts, codings, only)["a", "b"] == (1, 4, 1, 1, 0.25)


def test_a_code_is_taken_with_what_stands_below_it_and_not_set_against_it(only):
    codes = codebook("a", "a/b", "b")
    found = pairs(codes, [excerpt(1, 0, 5)], [Coding("e1", "a/b"), Coding("e1", "b")], only)
    assert found["a", "b"] == (1, 1, 1, 1, 1.0)
    assert set(pairs(codes, [], [], only, "", "a")) == {("b", "a/b")}


def test_two_coders_who_gave_the_same_code_are_one_coding(only):
    codings = [Coding("e1", code, coder) for code in ("a", "b") for coder in ("coder 1", "coder 2")]
    assert pairs(codebook("a", "b"), [excerpt(1, 0, 5)], codings, only)["a", "b"] == (1, 1, 1, 1, 1.0)


def test_codes_that_nobody_was_given_have_no_coefficient(only):
    assert pairs(codebook("a", "b"), [], [], only)["a", "b"] == (0, 0, 0, 0, None)


def test_words_of_nobody_known_are_excerpts_without_a_voice(only):
    codings = [Coding("e1", "a"), Coding("e1", "b")]
    assert pairs(codebook("a", "b"), [excerpt(1, 0, 5, voice="")], codings, only)["a", "b"] == (1, 1, 1, 0, 1.0)
