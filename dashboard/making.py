"""Files in the making: each says how far it is, and can be stopped by whoever asked for it.

Nothing here knows of a page. The work runs on the thread of whoever asks, and somebody else looks at how far it is.
At each thing that it says, it asks whether it is still wanted.
"""

import threading
import time
from collections.abc import Callable, Hashable
from itertools import count

LEFT_ALONE = 150.0  # seconds without a look; a browser looks from a hidden tab only once a minute
AT_A_TIME = 2  # files on the whole server: more of them would only slow each other and every page

_numbers = count(1)
_turns = threading.BoundedSemaphore(AT_A_TIME)


class Cancelled(Exception):
    """The work is not wanted any more."""


class Job:
    """One file in the making."""

    def __init__(self, name: str) -> None:
        self.number, self.name = next(_numbers), name
        self.what, self.share = "", 0.0
        """What is being done, and how much of the whole is done, from 0 to 1."""
        self.begun = self._looked = time.monotonic()
        self._is_stopped = threading.Event()

    def say(self, what: str, share: float) -> None:
        """Note how far it is. Raises where it is not wanted any more."""
        self.heed()
        self.what, self.share = what, max(self.share, min(1.0, share))

    def heed(self) -> None:
        """Go on, or raise `Cancelled` where the work was stopped or nobody has looked at it for long."""
        if self._is_stopped.is_set() or time.monotonic() - self._looked > LEFT_ALONE:
            raise Cancelled

    def look(self) -> None:
        """Note that somebody still waits for it."""
        self._looked = time.monotonic()

    def stop(self) -> None:
        """Stop the work at its next word."""
        self._is_stopped.set()

    @property
    def is_stopped(self) -> bool:
        """Whether it ends at its next word."""
        return self._is_stopped.is_set()


class Desk:
    """The files that one reader waits for; all of one view, so that leaving it stops them."""

    def __init__(self) -> None:
        self._view: Hashable = None
        self._jobs: dict[int, Job] = {}
        self.unmade: dict[str, Exception] = {}
        """Name → why there is no such file; until it is asked for again, or the view is left."""
        self.n_unmade = 0

    def look(self, view: Hashable) -> None:
        """Note what the reader looks at now; what was asked for in another view is stopped."""
        if view != self._view:
            for job in self.jobs:
                job.stop()
            self._view, self.unmade = view, {}
        for job in self.jobs:
            job.look()

    @property
    def jobs(self) -> list[Job]:
        """Return the files in the making, in the order in which they were asked for."""
        return list(self._jobs.values())

    def make(self, name: str, work: Callable[[Job], bytes]) -> bytes:
        """Return the file that the work makes, when its turn has come. Raises what the work raises, or `Cancelled`."""
        job = Job(name)
        self._jobs[job.number] = job
        self.unmade.pop(name, None)
        try:
            while not _turns.acquire(timeout=0.1):
                job.heed()
            try:
                made = work(job)
            finally:
                _turns.release()
            job.heed()
            return made
        except Exception as problem:
            self.unmade[name] = problem.with_traceback(None)  # which would hold on to all that the work has read
            self.n_unmade += 1
            raise
        finally:
            del self._jobs[job.number]
