"""How work on a file tells of itself: often enough to be watched and stopped, and not so often that telling slows it.

A `say` may raise to end the work, so it is called for each section, for every few rows, and whenever a part of an
office file is written.
"""

import io
import time
from collections.abc import Iterator, Sequence
from typing import TypeVar

from dashboard.model import Progress

T = TypeVar("T")
EVERY = 0.05  # seconds from one telling to the next
WRITTEN = 0.9  # the share of writing after which a file is only put together
READ = 0.5  # the share of the whole that reading takes, as progress tells it


def reading(say: Progress) -> Progress:
    """Return a way to tell the progress of reading, the first part of the whole."""
    return lambda what, share: say(what, READ * share)


def writing(say: Progress) -> Progress:
    """Return a way to tell the progress of writing, the second part of the whole."""
    return lambda what, share: say(what, READ + (1 - READ) * share)


def each(items: Sequence[T], say: Progress, what: str, start: float, end: float) -> Iterator[T]:
    """Give the items one by one, and tell now and then how far they are between two shares of the work."""
    last = 0.0
    for at, item in enumerate(items):
        if (now := time.monotonic()) - last >= EVERY:
            last = now
            say(what, start + (end - start) * at / len(items))
        yield item


class Written(io.BytesIO):
    """A file in memory that tells whenever something is written to it: a library that saves tells nothing itself."""

    def __init__(self, say: Progress, what: str) -> None:
        super().__init__()
        self._say, self._what, self._is_over = say, what, False

    def write(self, data: object) -> int:
        """Write, unless the work is to end; then raise once, and let whoever closes the file on the way do so."""
        if not self._is_over:
            try:
                self._say(self._what, WRITTEN)
            except BaseException:
                self._is_over = True
                raise
        # What a file may be given has a name only from Python 3.12 on (collections.abc.Buffer).
        return super().write(data)  # type: ignore[arg-type]
