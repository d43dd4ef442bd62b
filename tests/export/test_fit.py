"""Text that fits its box, by its own measure."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.export import fit
from dashboard.export.fit import Face, fitted, height, lines, width


def test_a_text_is_as_wide_as_its_letters():
    assert width("WWW", 10) == pytest.approx(3 * 9.44)
    assert width("Å", 10) == width("A", 10)
    assert width("é", 10, Face(is_bold=True)) == pytest.approx(width("e", 10) * fit.BOLD)


def test_lines_break_at_words_and_only_a_word_that_is_too_wide_is_broken():
    assert lines("aa aa aa", 10, width("aa aa", 10)) == 2
    assert lines("a" * 30, 10, width("a" * 10, 10) + 0.1) == 3
    assert lines("a\nb", 10, 1000) == 2
    assert lines("", 10, 100) == 1


def test_what_fits_stays_as_it_is():
    assert fitted("6 of 9 differ", 200, 30, 24) == fit.Fitted("6 of 9 differ", 24)


def test_what_is_too_large_becomes_smaller_before_it_is_shortened():
    found = fitted("Ask where the patient is, every session", 200, 40, 24)
    assert found.text == "Ask where the patient is, every session"
    assert fit.SMALLEST <= found.size < 24


def test_what_does_not_fit_is_shortened_at_a_word():
    found = fitted("Ask where the patient is, every session and write it down", 120, 30, 24)
    assert found == fit.Fitted("Ask where the patient is, every session…", 12)


@given(st.text(max_size=300), st.floats(20, 400), st.floats(16, 200), st.integers(12, 40))
def test_whatever_comes_fits_in_the_end(text, room, tall, size):
    found = fitted(text, room, tall, size)
    assert found.size >= fit.SMALLEST
    assert height(found.text, found.size, room) <= tall
