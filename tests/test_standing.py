"""A talk comes back to its scene after the program was killed; its room only while that was the same day."""

import os
from pathlib import Path

from dashboard import standing


def test_the_last_talk_comes_back_to_its_scene(tmp_path: Path) -> None:
    assert (standing.place(tmp_path, "one"), standing.latest(tmp_path)) == ({}, {})
    standing.keep_place(tmp_path, "one", "map", 2, 1000)
    standing.keep_place(tmp_path, "two", "words", 0, 0)
    os.utime(tmp_path / "talks" / "one.stage.json", (1, 1))
    assert standing.place(tmp_path, "one") == {"study": "one", "scene": "map", "reveal": 2, "began": 1000}
    assert standing.latest(tmp_path)["study"] == "two"
    (tmp_path / "talks" / "two.stage.json").write_text("{half")
    assert standing.place(tmp_path, "two") == {}


def test_a_room_that_nobody_closed_is_open_again_for_a_day_at_most(tmp_path: Path) -> None:
    standing.keep_room(tmp_path, "10.0.0.2", 8600)
    assert standing.open_room(tmp_path) == {"address": "10.0.0.2", "port": 8600}
    os.utime(tmp_path / "talks" / "room.json", (1, 1))
    assert standing.open_room(tmp_path) == {}
    standing.keep_room(tmp_path, "10.0.0.2", 8600)
    standing.forget_room(tmp_path)
    assert standing.open_room(tmp_path) == {}


def test_a_folder_that_cannot_be_written_ends_no_talk(tmp_path: Path) -> None:
    (tmp_path / "talks").write_text("a file where the folder should be")
    standing.keep_place(tmp_path, "one", "map", 0, 0)
    assert standing.place(tmp_path, "one") == {}


def test_the_room_of_a_talk_is_kept_for_half_a_day_and_a_damaged_one_is_none(tmp_path: Path) -> None:
    room = {"book": "b", "shown": {"map": 1}, "is_rehearsal": True}
    standing.keep_place(tmp_path, "one", "map", 1, 0, room)
    kept = dict(standing.place(tmp_path, "one"))
    assert standing.room_of(kept) == room
    old = {**kept["room"], "kept": kept["room"]["kept"] - 2 * standing.FRESH}
    for damaged in (old, {**kept["room"], "shown": {"map": None}}, {**kept["room"], "book": 3}, "no", None):
        assert standing.room_of({**kept, "room": damaged}) == {}
