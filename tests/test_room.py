"""What the room holds: one answer a device, what came too late, a rehearsal apart, totals without anybody in them."""

import pytest

from dashboard import room as rooms
from dashboard.errors import GapError
from dashboard.room import Answer, Room


def device(n: int) -> str:
    return f"{n:032x}"


@pytest.fixture
def clock() -> list[float]:
    return [0.0]


@pytest.fixture
def room(clock: list[float]) -> Room:
    made = Room(lambda: clock[0])
    made.stand("s", "guess", 2, 0)
    return made


def test_the_last_answer_of_a_device_is_its_only_one(room: Room, clock: list[float]) -> None:
    room.answer(device(1), "guess", 3, 5)
    room.answer(device(2), "guess", 3, 5)
    clock[0] = 1.0
    assert room.answer(device(1), "guess", 5, 5) == Answer(5, False)
    assert room.tally("guess", 5) == [0, 0, 0, 1, 0, 1]


def test_who_answers_after_the_reveal_is_late_and_in_no_tally_and_nobody_changes_then(
    room: Room, clock: list[float]
) -> None:
    room.answer(device(1), "guess", 3, 5)
    room.stand("s", "guess", 2, 1)
    room.stand("s", "guess", 2, 0)  # the presenter goes back: the answer was seen all the same
    clock[0] = 1.0
    with pytest.raises(GapError, match="shown already"):
        room.answer(device(1), "guess", 5, 5)
    assert room.answer(device(2), "guess", 5, 5) == Answer(5, True)
    assert (room.tally("guess", 5), room.n_late("guess")) == ([0, 0, 0, 1, 0, 0], 1)
    assert room.totals() == [
        {"scene": "guess", "value": 3, "n_answers": 1, "n_late": 0},
        {"scene": "guess", "value": 5, "n_answers": 0, "n_late": 1},
    ]


@pytest.mark.parametrize(
    ("token", "scene", "value"),
    [(device(1), "guess", -1), (device(1), "guess", 6), ("Anna", "guess", 3), (device(1), "later", 3)],
)
def test_what_is_no_answer_is_not_taken(room: Room, token: str, scene: str, value: int) -> None:
    with pytest.raises(GapError):
        room.answer(token, scene, value, 5)
    assert room.totals() == []


def test_a_device_cannot_answer_faster_than_a_hand_and_a_room_has_an_end(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rooms, "MOST_DEVICES", 200)
    room.answer(device(0), "guess", 3, 5)
    with pytest.raises(GapError, match="Too fast"):
        room.answer(device(0), "guess", 4, 5)
    for n in range(1, 200):
        room.answer(device(n), "guess", 3, 5)
    with pytest.raises(GapError, match="full"):
        room.answer(device(999), "guess", 3, 5)
    assert sum(room.tally("guess", 5)) == 200


def test_every_reset_and_every_turn_of_the_rehearsal_opens_another_book(room: Room) -> None:
    books = [room.book]
    for turn in (room.reset, lambda: room.rehearse(True), lambda: room.rehearse(False)):
        room.stand("s", "guess", 2, 1)
        turn()
        books.append(room.book)
        assert room.shown("guess") == -1
    assert len(set(books)) == 4


def test_a_room_is_taken_up_with_its_book_and_what_it_was_shown(room: Room) -> None:
    room.rehearse(True)
    room.stand("s", "guess", 2, 1)
    kept = room.kept("s")
    again = Room()
    again.take_up("s", str(kept["book"]), {"guess": 1}, is_rehearsal=True)
    assert again.kept("s") == kept
    assert again.answer(device(1), "guess", 3, 5).is_late


def test_a_talk_tried_alone_tells_the_room_nothing_and_a_door_opened_again_forgets_nothing(room: Room) -> None:
    room.stand("s", "guess", 2, 1)
    room.stand("s", "guess", 2, 0)
    room.begin()
    assert (room.shown("guess"), room.answer(device(1), "guess", 3, 5)) == (0, Answer(3, False))
    room.stand("s", "guess", 2, 1)
    room.begin()
    assert (room.tally("guess", 5), room.shown("guess")) == ([0, 0, 0, 1, 0, 0], 1)
    assert room.answer(device(2), "guess", 5, 5) == Answer(5, True)


def test_a_rehearsal_never_mixes_with_the_room_and_a_reset_forgets_only_its_own(room: Room) -> None:
    room.answer(device(1), "guess", 3, 5)
    room.rehearse(True)
    assert (room.place.scene_id, room.place.is_rehearsal, room.totals()) == ("", True, [])
    room.stand("s", "guess", 2, 1)
    room.answer(device(2), "guess", 1, 5)
    room.reset()
    assert room.totals() == []
    room.rehearse(False)
    assert room.tally("guess", 5) == [0, 0, 0, 1, 0, 0]
    assert room.shown("guess") == -1


def test_a_change_is_told_once_and_the_same_place_again_is_no_change(room: Room) -> None:
    heard: list[int] = []
    quiet = room.hear(lambda: heard.append(room.place.revision))
    before = room.place.revision
    room.stand("s", "map", 3, 0)
    room.stand("s", "map", 3, 0)
    room.stand("s", "guess", 2, 0)
    assert heard == [before + 1, before + 2]
    quiet()
    room.stand("s", "map", 3, 0)
    assert heard == [before + 1, before + 2]
