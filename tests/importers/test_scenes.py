"""The scene file: what it holds, that it comes back the same, and that no scene may say a number of its own."""

import pytest

from dashboard.errors import ImportProblem
from dashboard.importers import scenes
from dashboard.model import Filters
from dashboard.talk import Scene, Talk


def read(text: str) -> Talk:
    return scenes.read(text.encode("utf-8"), "talk.toml", "tiny")


def scene(more: str, view: str = "map") -> str:
    return f'[[scene]]\nid = "a"\nview = "{view}"\n{more}\n'


def test_a_scene_file_is_a_talk():
    talk = read("""
title = "Beyond"
minutes = 20
[[scene]]
id = "where"
view = "estimate"
title = "Guess"
title_sv = "Gissa"
steps = ["V05"]
sentence = "{clear_word} of **{spoke}**"
filters = { tool = ["video_calls"], voices = 2 }
minutes = 2.5
notes = "Say 12 things."
""")
    assert talk == Talk(
        "tiny",
        (
            Scene(
                "where", "estimate", Filters("tiny", ("video_calls",), at_least=2), title="Guess", title_sv="Gissa",
                steps=("V05",), sentence="{clear_word} of **{spoke}**", minutes=2.5, notes="Say 12 things.",
            ),
        ),
        "Beyond", minutes=20,
    )  # fmt: skip


AWKWARD = 'A "quote", a \\ and a\ttab\n\nand """ three', "åäö 🎈 \x07"


def test_what_is_written_comes_back_the_same():
    talk = Talk("tiny", (
        Scene("a", "words", Filters("tiny"), sentence="Yes.", points=(("One", "Ett"), ("Another", "Annat")),
              figure="two_lines", one_by_one=True, notes=AWKWARD[0], notes_sv=AWKWARD[1]),
        Scene("b", "compare", Filters("tiny", ("video_calls",), ("during",), ("law",), ("SE",), 3), page="compare",
              choices={"by": "attribute:site", "one": "North", "aspect": ("bond", "goal")}, steps=("V1", "V2")),
        Scene("c", "practices", Filters("tiny"), practices=('He said "no"',), minutes=0.5),
    ), "T", "T sv", 45)  # fmt: skip
    assert scenes.read(scenes.written(talk), "again", "tiny") == talk


@pytest.mark.parametrize(
    "text",
    [
        'sentence = "6 of {clear} differ"',
        'sentence_sv = "Av 16 psykologer"',
        'title = "Six gaps"',
        'title_sv = "De sju"',
        'points = ["Then 3.5"]',
    ],
)
def test_no_text_for_the_room_may_hold_a_number_of_its_own(text):
    with pytest.raises(ImportProblem, match=r"a number of its own.*Name the number, as in \{differ\} of \{clear\}"):
        read(scene(text + '\nsteps = ["V1"]'))


@pytest.mark.parametrize("text", ['sentence = "PHQ-9 and GAD-7"', 'sentence = "One gap"', 'notes = "12 minutes"'])
def test_a_name_an_article_and_the_notes_may_hold_figures(text):
    assert len(read(scene(text)).scenes) == 1


def test_words_without_data_may_count_in_words():
    assert read(scene('sentence = "Three promises"', "words")).scenes[0].sentence == "Three promises"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("title = 3", "talk.toml, title: 3 is no text. Write title = \"…\"."),
        ("titel = 'x'", "talk.toml: 'titel' is not known here. Did you mean 'title'?"),
        ("minutes = 0", "talk.toml, minutes: 0 is no number of minutes. Write minutes = 2."),
        ("[scene]\nid = 'a'", "talk.toml: 'scene' is not a list of tables. Write [[scene]], then its keys."),
        (scene("", "mapp"), "talk.toml, scene 1 ('a'), view: 'mapp' is not a view. Did you mean 'map'?"),
        (scene("") * 2, "talk.toml: The id 'a' stands twice. Give each scene an id of its own."),
        (scene("sentense = 'x'"), "scene 1 ('a'): 'sentense' is not known here. Did you mean 'sentence'?"),
        (scene("", "step"), "scene 1 ('a'), steps: The scene names no step. Write steps = [\"V05\"]."),
        (scene("", "words"), "scene 1 ('a'), sentence: The scene says nothing. Write its sentence."),
        (scene("sentence = '{differ}'"), "{differ} is no number of this scene."),
        (scene("sentence = '{stepz}'"), "{stepz} is no number of this scene. Did you mean 'steps'?"),
        (scene("notes = '{stepz}'"), "scene 1 ('a'), notes: {stepz} is no number of this scene."),
        (scene("sentence = 'a { b'"), "A brace stands alone. Write {differ}, with both braces."),
        (scene("sentence = '**a'"), "A ** has no other ** to close it. Add or drop one."),
        (scene("points = ['a', 'b']\npoints_sv = ['c']"), "points_sv: 2 points and 1 in Swedish."),
        (scene("filters = { tol = ['x'] }"), "scene 1 ('a'), filters: 'tol' is not known here. Did you mean 'tool'?"),
        (scene("filters = { voices = 0 }"), "0 is no number of voices. Write voices = 2."),
        (scene("steps = 'V1'"), "scene 1 ('a'), steps: 'V1' is no list of texts."),
        (scene("figure = 'voices'"), "'voices' is not a figure of a scene of map. Only view = \"words\" has one."),
        (scene("one_by_one = 'yes'"), "'yes' is neither true nor false."),
        (scene("").replace('"a"', '"A b"'), "scene 1, id: 'A b' is not an id."),
        ("a = ", "talk.toml: The file is not TOML in UTF-8"),
    ],
)  # fmt: skip
def test_a_rule_that_is_broken_is_told_with_its_place_and_the_way_out(text, message):
    with pytest.raises(ImportProblem) as raised:
        read(text)
    assert message in str(raised.value)
