"""Where talks lie: an edit is kept whole, goes before what came with the study, and no import loses it."""

import pytest

from dashboard import intake, shipped_studies, talks
from dashboard.errors import ImportProblem, StoreProblem
from dashboard.importers import scenes
from dashboard.model import Filters
from dashboard.talk import Scene, Talk

MAP = Scene("map", "map", Filters("tiny"))
WORDS = Scene("words", "words", Filters("tiny"), sentence="Yes.")
THIRD = Scene("third", "gaps", Filters("tiny"))


def test_a_study_without_a_talk_has_one_without_scenes(tmp_path):
    assert talks.load(tmp_path, "tiny") == Talk("tiny")


def test_an_edited_talk_goes_before_the_one_that_came_and_can_be_given_up(tmp_path):
    came, edited = Talk("tiny", (MAP,)), Talk("tiny", (WORDS, MAP))
    talks.keep_shipped(tmp_path, "tiny", scenes.written(came))
    assert (talks.load(tmp_path, "tiny"), talks.is_edited(tmp_path, "tiny")) == (came, False)
    talks.save(tmp_path, edited)
    talks.keep_shipped(tmp_path, "tiny", scenes.written(came))
    assert (talks.load(tmp_path, "tiny"), talks.is_edited(tmp_path, "tiny")) == (edited, True)
    talks.discard(tmp_path, "tiny")
    assert talks.load(tmp_path, "tiny") == came


def test_a_talk_that_breaks_a_rule_is_not_kept_and_the_old_one_stands(tmp_path):
    talks.save(tmp_path, Talk("tiny", (MAP,)))
    with pytest.raises(ImportProblem, match="a number of its own"):
        talks.save(tmp_path, Talk("tiny", (Scene("a", "words", Filters("tiny"), sentence="9 of 10"),)))
    assert talks.load(tmp_path, "tiny") == Talk("tiny", (MAP,))
    assert sorted(path.name for path in (tmp_path / "talks").iterdir()) == ["tiny.toml"]


def test_the_stamp_changes_with_every_edit_and_with_nothing_else(tmp_path):
    before = talks.stamp(tmp_path, "tiny")
    talks.save(tmp_path, Talk("tiny", (MAP,)))
    after = talks.stamp(tmp_path, "tiny")
    assert before != after == talks.stamp(tmp_path, "tiny")


def test_no_study_can_name_a_file_elsewhere(tmp_path):
    with pytest.raises(StoreProblem, match="cannot be a study's id"):
        talks.load(tmp_path, "../other")


def test_a_talk_that_cannot_be_written_says_so(tmp_path):
    (tmp_path / "talks").write_text("a file in the way")
    with pytest.raises(StoreProblem, match=r"could not be written.*The old one stands"):
        talks.save(tmp_path, Talk("tiny", (MAP,)))


def test_the_shipped_talk_comes_with_the_shipped_study_and_an_import_keeps_an_edit(shipped_store, tmp_path):
    assert [scene.scene_id for scene in talks.load(shipped_store, "demo-round-2").scenes][:2] == [
        "welcome", "why-safety-ii",
    ]  # fmt: skip
    request = next(one for one in shipped_studies.requests() if one.study_id == "demo-round-2")
    intake.publish(tmp_path, [intake.prepare(request)])
    edited = talks.load(tmp_path, "demo-round-2").without("welcome")
    talks.save(tmp_path, edited)
    intake.publish(tmp_path, [intake.prepare(request)])
    assert talks.load(tmp_path, "demo-round-2") == edited


def test_a_study_whose_talk_breaks_a_rule_is_not_imported(tmp_path):
    (tmp_path / "study.toml").write_text('title = "T"')
    (tmp_path / "talk.toml").write_text('[[scene]]\nid = "a"\nview = "mapp"\n')
    (tmp_path / "practice.csv").write_text("participant,component,stance\nP1,Video calls,adapted\n")
    request = intake.Request("tiny", [tmp_path / "practice.csv"], about=tmp_path / "study.toml")
    with pytest.raises(ImportProblem, match=r"talk.toml, scene 1 \('a'\), view: 'mapp' is not a view"):
        intake.prepare(request)


@pytest.mark.parametrize(
    ("scene_id", "by", "order"),
    [
        ("map", 1, ["words", "map", "third"]),
        ("third", -1, ["map", "third", "words"]),
        ("map", -1, ["map", "words", "third"]),
        ("third", 1, ["map", "words", "third"]),
    ],
)
def test_a_scene_moves_one_place_and_the_ends_hold_it(scene_id, by, order):
    moved = Talk("tiny", (MAP, WORDS, THIRD)).moved(scene_id, by)
    assert [scene.scene_id for scene in moved.scenes] == order
