"""The closed word lists: other words for the same, the nearest known word, and what an empty cell means."""

import pytest

from dashboard import model
from dashboard.errors import ImportProblem
from dashboard.importers import vocabulary


@pytest.mark.parametrize("column", vocabulary.KNOWN)
def test_every_word_of_a_list_is_itself(column):
    assert [vocabulary.word(column, word, where="here") for word in vocabulary.KNOWN[column]] == list(
        vocabulary.KNOWN[column]
    )


@pytest.mark.parametrize(
    ("column", "written", "read"),
    [
        ("stance", "As prescribed", "as_written"),
        ("stance", "adaptation", "adapted"),
        ("stance", "Workaround", "worked_around"),
        ("stance", "work-around", "worked_around"),
        ("stance", "omission", "left_out"),
        ("stance", "omitted", "left_out"),
        ("stance", "addition", "added"),
        ("effect", "unknown", "not_known"),
        ("effect", "Helps", "helps"),
        ("fidelity", "not known", "unknown"),
        ("fidelity", "unclear", "unknown"),
    ],
)
def test_other_words_for_the_same_are_understood(column, written, read):
    assert vocabulary.word(column, written, where="here") == read


@pytest.mark.parametrize(
    ("column", "read"),
    [("effect", "not_known"), ("fidelity", "unknown"), ("alliance_aspect", ""), ("resilience_potential", "")],
)
@pytest.mark.parametrize("cell", ["", " ", "–"])
def test_an_empty_cell_says_that_it_is_not_known(column, read, cell):
    assert vocabulary.word(column, cell, where="here") == read


@pytest.mark.parametrize("cell", ["", "–", "?"])
def test_a_stance_is_never_empty(cell):
    with pytest.raises(ImportProblem, match="is not a known stance"):
        vocabulary.word("stance", cell, where="here")


@pytest.mark.parametrize(
    ("column", "written", "near"),
    [
        ("stance", "adaptated", "adapted"),
        ("stance", "left-outt", "left_out"),
        ("effect", "helpful", "helps"),
        ("alliance_aspect", "bonds", "bond"),
        ("fidelity", "consistant", "consistent"),
        ("resilience_potential", "learning", "learn"),
    ],
)
def test_an_unknown_word_names_the_nearest_one(column, written, near):
    with pytest.raises(ImportProblem) as caught:
        vocabulary.word(column, written, where="t.csv, row 7, column stance")
    assert caught.value.what == f"{written!r} is not a known {column}."
    assert caught.value.where == "t.csv, row 7, column stance"
    assert caught.value.remedy == f"Did you mean {near!r}?"


def test_a_word_that_is_near_to_none_names_them_all():
    with pytest.raises(ImportProblem, match=r"Known: 'bond', 'goal', 'task'\."):
        vocabulary.word("alliance_aspect", "zzzz", where="here")


@pytest.mark.parametrize("phase", model.PHASES)
def test_the_usual_phases_are_themselves(phase):
    assert vocabulary.phase(phase) == (phase, "")


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("", ""),
        ("Session start", "session_start"),
        ("start", "session_start"),
        ("Before / intake", "before"),
        ("between sessions", "between"),
        ("Ending, follow-up", "ending"),
    ],
)
def test_other_words_for_a_phase_are_understood(written, read):
    assert vocabulary.phase(written) == (read, "")


def test_phases_are_an_open_list_and_an_unknown_one_is_kept_and_pointed_out():
    assert vocabulary.phase("Durring") == (
        "Durring",
        "The phase 'Durring' is not one of the usual ones. Did you mean 'during'?",
    )


@pytest.mark.parametrize("cell", ["true", "Yes", "ja", "1", "x", "y"])
def test_yes(cell):
    assert vocabulary.yes_or_no(cell, where="here") is True


@pytest.mark.parametrize("cell", ["", "false", "No", "nej", "0", "n"])
def test_no(cell):
    assert vocabulary.yes_or_no(cell, where="here") is False


def test_neither_yes_nor_no_is_refused_with_its_place():
    with pytest.raises(ImportProblem, match=r"^row 2: 'maybe' is neither yes nor no\. Write true or false\.$"):
        vocabulary.yes_or_no("maybe", where="row 2")


@pytest.mark.parametrize(
    ("name", "identifier"),
    [("Video calls", "video_calls"), (" iCBT-program ", "icbt_program"), ("Ödegård/Å", "ödegård_å"), ("—", "")],
)
def test_a_slug_keeps_the_letters_of_any_script(name, identifier):
    assert vocabulary.slug(name) == identifier
