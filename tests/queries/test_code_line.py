"""The line above a code: itself and every folder that it stands in, up to the top."""

from tests.measures.test_measures_equal_naive import built
from tests.measures.test_themes import analysed, codebook


def lines(*paths):
    case = analysed(codebook(*paths), (), ())
    connection = built(case)
    asked = "select code_id, above_id, depth from code_line where study_id = 's' order by all"
    found = connection.execute(asked).fetchall()
    connection.close()
    return found


def test_a_code_stands_under_itself_and_each_folder_above_it():
    assert lines("a", "a/b", "a/b/å") == [
        ("a", "a", 0),
        ("a/b", "a", 1),
        ("a/b", "a/b", 0),
        ("a/b/å", "a", 2),
        ("a/b/å", "a/b", 1),
        ("a/b/å", "a/b/å", 0),
    ]


def test_a_code_whose_folder_is_not_in_the_codebook_stands_on_top():
    assert lines("gone/a", "gone/a/b") == [
        ("gone/a", "gone/a", 0),
        ("gone/a/b", "gone/a", 1),
        ("gone/a/b", "gone/a/b", 0),
    ]


def test_names_that_begin_alike_are_not_folders_of_each_other():
    assert lines("a", "ab") == [("a", "a", 0), ("ab", "ab", 0)]
