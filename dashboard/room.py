"""The room: where a talk stands, and what its phones answered. Held in memory only, one value a device, never a name.

A device is a random token that its page made and forgets when it is closed. What a rehearsal answers lies in a book of
its own and never mixes with what the real room says.
"""

import re
import secrets
import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from threading import RLock

from dashboard.errors import GapError

MOST_DEVICES = 2000
"""Devices that may answer in one room; a whole hall may stand behind one address, so that addresses are not counted."""
LEAST_BETWEEN = 0.15  # seconds between two answers of a device
TOKEN = re.compile(r"[0-9a-f]{32}\Z")


@dataclass(frozen=True)
class Place:
    """Where the talk stands."""

    study_id: str = ""
    scene_id: str = ""
    at: int = 0
    """The scene's place, from 0."""
    reveal: int = 0
    revision: int = 0
    """Grows with every change that a phone must hear of."""
    is_rehearsal: bool = False


@dataclass(frozen=True)
class Answer:
    """What a device answered, and whether it knew the answer by then."""

    value: int
    is_late: bool


@dataclass
class _Book:
    """What one room, or one rehearsal, has seen and said of a study."""

    answers: dict[str, dict[str, Answer]] = field(default_factory=dict)
    shown: dict[str, int] = field(default_factory=dict)
    """The furthest reveal of every scene that was shown since the room began anew."""
    told: set[str] = field(default_factory=set)
    """The scenes whose answer was shown at any time: who answers them now is late."""


class Room:
    """The state of the talk that is being given; every method may be called from any thread."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self.boot = secrets.token_hex(8)
        """Another one after every start of the program, so that a phone knows to send its answer again."""
        self.book = secrets.token_hex(8)
        """Another one after every reset and every turn of the rehearsal, so that nobody claims an answer of before."""
        self._clock, self._lock = clock, RLock()
        self._place = Place()
        self._books: dict[tuple[str, bool], _Book] = {}
        self._last: dict[str, float] = {}
        self._devices: set[str] = set()
        self._listeners: list[Callable[[], None]] = []

    def hear(self, listener: Callable[[], None]) -> Callable[[], None]:
        """Call a function after every change, from the thread that made it; return how to stop that."""
        with self._lock:
            self._listeners.append(listener)
        return lambda: self._listeners.remove(listener) if listener in self._listeners else None

    @property
    def place(self) -> Place:
        """Where the talk stands now."""
        with self._lock:
            return self._place

    def stand(self, study_id: str, scene_id: str, at: int, reveal: int) -> Place:
        """Go to a scene and return the new place; the same place again changes nothing."""
        with self._lock:
            known = self._place
            book = self._book(study_id)
            book.shown[scene_id] = max(book.shown.get(scene_id, 0), reveal)
            if reveal >= 1:
                book.told.add(scene_id)
            if (known.study_id, known.scene_id, known.at, known.reveal) == (study_id, scene_id, at, reveal):
                return known
            self._move(Place(study_id, scene_id, at, reveal, known.revision, known.is_rehearsal))
            found = self._place
        self._say()
        return found

    def rehearse(self, is_rehearsal: bool) -> None:
        """Turn the rehearsal on, with an empty book, or off: the room has its answers, and begins anew."""
        with self._lock:
            known = self._place
            if known.is_rehearsal == is_rehearsal:
                return
            if is_rehearsal:
                self._books = {key: book for key, book in self._books.items() if not key[1]}
            for book in self._books.values():
                book.shown.clear()
            self.book = secrets.token_hex(8)
            self._move(Place(known.study_id, "", 0, 0, known.revision, is_rehearsal))
        self._say()

    def reset(self) -> None:
        """Forget every answer, and what was shown, of this room or of this rehearsal."""
        with self._lock:
            known = self._place
            self._books.pop((known.study_id, known.is_rehearsal), None)
            self._last.clear()
            self._devices.clear()
            self.book = secrets.token_hex(8)
            self._move(Place(known.study_id, "", 0, 0, known.revision, known.is_rehearsal))
        self._say()

    def begin(self) -> None:
        """Forget what was shown before any phone could come in: a talk that was tried alone told nobody anything.

        Where somebody answered already the room goes on, as a door that is opened again at another address must.
        """
        with self._lock:
            if any(book.answers for book in self._books.values()):
                return
            self._books.clear()
            known = self._place
            if known.scene_id:
                self.stand(known.study_id, known.scene_id, known.at, known.reveal)
            self._move(known)
        self._say()

    def kept(self, study_id: str) -> dict[str, object]:
        """Return what a program that is started again must know of the room; no answer of anybody is in it."""
        with self._lock:
            shown = dict(self._book(study_id).shown)
            return {"book": self.book, "shown": shown, "is_rehearsal": self._place.is_rehearsal}

    def take_up(self, study_id: str, book: str, shown: Mapping[str, int], *, is_rehearsal: bool) -> None:
        """Go on with the book that a program kept before it ended."""
        with self._lock:
            self.book = book
            self._move(Place(study_id, "", 0, 0, self._place.revision, is_rehearsal))
            known = self._book(study_id)
            known.shown = {**shown, **known.shown}
            known.told |= {scene_id for scene_id, reveal in shown.items() if reveal >= 1}
        self._say()

    def answer(self, device: str, scene_id: str, value: int, n: int) -> Answer:
        """Take an answer 0…n in the place of the device's former one, and return it.

        Raises where the value or the device cannot be taken, where the scene was not shown yet, and where the device
        answered before the reveal and wants to answer otherwise after it.
        """
        with self._lock:
            book = self._book()
            if scene_id not in book.shown:
                raise GapError("This question was not asked yet.")
            if not TOKEN.match(device) or not 0 <= value <= n:
                raise GapError("This is not an answer to the question.")
            self._admit(device)
            given = book.answers.setdefault(scene_id, {})
            is_late = scene_id in book.told
            if is_late and device in given:
                raise GapError("The answer was shown already; what you sent before it counts.")
            given[device] = Answer(value, is_late)
            return given[device]

    def given(self, device: str, scene_id: str) -> Answer | None:
        """Return what a device answered to a scene."""
        with self._lock:
            return self._book().answers.get(scene_id, {}).get(device)

    def tally(self, scene_id: str, n: int) -> Sequence[int]:
        """Return how many answered 0, 1, … n before the answer was shown."""
        with self._lock:
            given = Counter(a.value for a in self._book().answers.get(scene_id, {}).values() if not a.is_late)
        return [given[value] for value in range(n + 1)]

    def n_late(self, scene_id: str) -> int:
        """Return how many answered only when the answer was shown; they are in no tally."""
        with self._lock:
            return sum(answer.is_late for answer in self._book().answers.get(scene_id, {}).values())

    def shown(self, scene_id: str) -> int:
        """Return the furthest reveal of a scene that the room saw, -1 where it saw none of it."""
        with self._lock:
            return self._book().shown.get(scene_id, -1)

    def totals(self) -> Sequence[dict[str, object]]:
        """Return a row per scene and value: scene, value, how many before the answer was shown, how many after it."""
        with self._lock:
            book = self._book()
            found = []
            for scene_id, given in book.answers.items():
                both = Counter((answer.value, answer.is_late) for answer in given.values())
                for value in sorted({value for value, _late in both}):
                    found.append({"scene": scene_id, "value": value, "n_answers": both[value, False],
                                  "n_late": both[value, True]})  # fmt: skip
            return found

    def _book(self, study_id: str = "") -> _Book:
        key = (study_id or self._place.study_id, self._place.is_rehearsal)
        return self._books.setdefault(key, _Book())

    def _move(self, place: Place) -> None:
        self._place = Place(**{**vars(place), "revision": place.revision + 1})

    def _admit(self, device: str) -> None:
        """Let a device answer. Raises where there are too many, or where one answers faster than a hand can."""
        now = self._clock()
        if device not in self._devices:
            if len(self._devices) >= MOST_DEVICES:
                raise GapError("The room is full.")
            self._devices.add(device)
        elif now - self._last.get(device, 0.0) < LEAST_BETWEEN:
            raise GapError("Too fast; send it again.")
        self._last[device] = now

    def _say(self) -> None:
        for listener in list(self._listeners):
            listener()
