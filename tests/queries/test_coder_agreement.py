"""Whether coders gave the same codes, on excerpts that at least two of them coded."""

import pytest

from dashboard.measures import coder_agreement
from dashboard.model import Coding
from tests.measures.test_measures_equal_naive import built
from tests.measures.test_themes import analysed, codebook, excerpt

COLUMNS = "code_id n_units n_coders n_given alpha"


def agreed(codings, only, codes=("a", "b"), n_excerpts=4):
    case = analysed(codebook(*codes), [excerpt(n, n * 10, n * 10 + 5) for n in range(n_excerpts)], codings)
    connection = built(case)
    found = only(coder_agreement(connection, case.filters), COLUMNS)
    connection.close()
    return found


def given(*said):
    """Return codings from excerpt, coder and code, as in "0 1 a"."""
    return [Coding(f"e{e}", code, f"coder {coder}") for e, coder, code in (text.split() for text in said)]


def test_coders_who_always_agree_have_an_alpha_of_one(only):
    assert agreed(given("0 1 a", "0 2 a", "1 1 b", "1 2 b"), only) == [
        ("", 2, 2, 4, 1.0),
        ("a", 2, 2, 2, 1.0),
        ("b", 2, 2, 2, 1.0),
    ]


def test_coders_who_differ_have_less(only):
    found = agreed(given("0 1 a", "0 2 a", "1 1 a", "1 2 b", "2 1 b", "2 2 b"), only)
    # a: units 11, 10, 00 are three of each value in six, two of six coincidences unlike: 1 - 5 * 2 / 18
    assert found == [("", 3, 2, 6, pytest.approx(1 - 11 * 4 / 72)), *((c, 3, 2, 3, pytest.approx(4 / 9)) for c in "ab")]


def test_an_excerpt_of_one_coder_is_no_unit_nor_is_one_whose_coder_is_not_named(only):
    assert agreed([*given("0 1 a", "1 2 a"), Coding("e0", "a"), Coding("e1", "b")], only) == []


def test_a_coder_who_gave_an_excerpt_nothing_is_missing_there(only):
    said = given("0 1 a", "0 2 a", "0 3 b", "1 1 a", "1 2 b")
    found = agreed(said, only)
    assert [row[:4] for row in found] == [("", 2, 3, 5), ("a", 2, 3, 3), ("b", 2, 3, 2)]


def test_one_excerpt_alone_gives_no_alpha(only):
    assert agreed(given("0 1 a", "0 2 b"), only) == [("", 1, 2, 2, None), ("a", 1, 2, 1, None), ("b", 1, 2, 1, None)]


def test_a_code_that_all_gave_each_time_has_no_alpha_and_one_that_none_gave_no_row(only):
    said = given("0 1 a", "0 2 a", "1 1 a", "1 2 a")
    assert agreed(said, only, codes=("a", "b")) == [("", 2, 2, 4, None), ("a", 2, 2, 4, None)]


def test_a_table_names_no_coders(tiny, only, within):
    connection = tiny("participant | step_id | stance | quote\nP1 | V1 | adapted | Yes.")
    assert only(coder_agreement(connection, within()), COLUMNS) == []
