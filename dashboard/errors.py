"""What can go wrong that a person can mend: shown as a message, never as a traceback."""

from collections.abc import Iterable
from difflib import get_close_matches


class GapError(Exception):
    """A user's mistake or a file's: what is wrong, where, and what to do about it."""

    def __init__(self, what: str, *, where: str = "", remedy: str = "") -> None:
        self.what, self.where, self.remedy = what, where, remedy
        super().__init__(" ".join(part for part in (f"{where}: {what}" if where else what, remedy) if part))


class ImportProblem(GapError):
    """A file that cannot become a study as it stands; the store keeps what it had."""


class StoreProblem(GapError):
    """The store cannot be opened, built or published."""


class QueryError(GapError):
    """A question was asked by the wrong name or with the wrong parameters."""


def nearest(word: str, known: Iterable[str]) -> str:
    """Return a hint that names the closest known word, or lists a few when none is close."""
    words = sorted({str(k) for k in known})
    close = get_close_matches(word, words, n=1, cutoff=0.5)
    if close:
        return f"Did you mean {close[0]!r}?"
    listed = ", ".join(repr(w) for w in words[:12])
    return f"Known: {listed}{', …' if len(words) > 12 else ''}." if words else "None is known."
