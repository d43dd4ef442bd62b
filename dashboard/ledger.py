"""The ledger of decisions: an append-only file beside the generations, so that no import can lose what was decided.

One JSON object a line in UTF-8. An entry is written whole and made durable before `append` returns; nothing is ever
rewritten. A line that a crash left half-written is passed over, and the next entry begins on a line of its own.
"""

import json
import os
import secrets
import unicodedata
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import asdict, fields, replace
from datetime import date, datetime
from pathlib import Path

from filelock import FileLock, Timeout

from dashboard.errors import GapError, StoreProblem, nearest
from dashboard.model import ENTRIES, Decision

FILE = "decisions.jsonl"
LOCK = "decisions.lock"
WAIT = 10.0  # seconds; an append takes milliseconds
LONGEST = 5000
LONGEST_NAME = 200
NAMES = ("by", "who_decides")
TEXTS = ("why", "text")
GIVEN = ("entry_id", "at", "study_id", "step_id", "by", "why")
"""What no entry lacks, beside its decision."""


class EntryProblem(GapError):
    """An entry that cannot be written as it stands; `rule` names what it goes against."""

    def __init__(self, rule: str, what: str, remedy: str) -> None:
        self.rule = rule
        super().__init__(what, remedy=remedy)


def new_id() -> str:
    """Return an id for a coming entry. Given to `append` twice, as by a double click, it is written once."""
    return secrets.token_hex(6)


def append(folder: Path, entry: Decision) -> Decision:
    """Write an entry durably and return it with its id and its time; when this returns, it is kept.

    An entry whose id already stands in the ledger is not written again. Raises where a rule is not met.
    """
    sound = checked(entry)
    with _only_writer(folder):
        known = read(folder)
        if written := next((other for other in known if other.entry_id == sound.entry_id), None):
            return written
        _check_withdrawal(sound, known)
        now = datetime.now().astimezone().isoformat(timespec="seconds")
        sound = replace(sound, entry_id=sound.entry_id or new_id(), at=now)
        _write(folder / FILE, json.dumps(asdict(sound), ensure_ascii=False).encode("utf-8") + b"\n")
    return sound


def read(folder: Path) -> list[Decision]:
    """Return the entries in the order of writing, each once; lines that are no entries are passed over."""
    found: dict[str, Decision] = {}
    for entry in _lines(folder):
        if entry is not None:
            found.setdefault(entry.entry_id, entry)
    return list(found.values())


def unread(folder: Path) -> int:
    """Return how many lines of the ledger are no entries: half-written in a crash, or written by something else."""
    return sum(entry is None for entry in _lines(folder))


def stamp(folder: Path) -> tuple[int, int]:
    """Return what changes whenever an entry is added: the file's size, and when it was last written."""
    try:
        found = (folder / FILE).stat()
    except OSError:
        return 0, 0
    return found.st_size, found.st_mtime_ns


def withdrawn(entries: Sequence[Decision]) -> dict[str, Decision]:
    """Return, per entry that no longer stands, its withdrawal."""
    return {entry.withdraws: entry for entry in entries if entry.decision == "withdrawal"}


def standing(entries: Sequence[Decision]) -> list[Decision]:
    """Return the decisions and proposals that still stand, in the order of writing."""
    gone = withdrawn(entries)
    return [entry for entry in entries if entry.decision != "withdrawal" and entry.entry_id not in gone]


def checked(entry: Decision) -> Decision:
    """Return an entry with its texts trimmed and freed of control signs. Raises, naming the rule that it breaks."""
    if entry.decision not in ENTRIES:
        raise EntryProblem("decision", f"There is no decision {entry.decision!r}.", nearest(entry.decision, ENTRIES))
    sound = replace(entry, **{field.name: _clean(getattr(entry, field.name)) for field in fields(Decision)})
    if not sound.by:
        raise EntryProblem("by", "A decision needs somebody who takes it.", "Say who: a name, a role or a group.")
    if not sound.why:
        raise EntryProblem("why", "A decision needs a reason.", "Say why in a sentence or two.")
    for name, most in (*((name, LONGEST_NAME) for name in NAMES), *((name, LONGEST) for name in TEXTS)):
        if (n := len(getattr(sound, name))) > most:
            raise EntryProblem("long", f"{name} has {n:,} characters of {most:,}.", "Shorten it, and name the source.")
    if sound.review_on and not _is_day(sound.review_on):
        raise EntryProblem("review", f"{sound.review_on!r} is no date.", "Write it as 2026-11-24, or leave it out.")
    if sound.decision == "proposal" and not sound.text:
        raise EntryProblem("text", "A proposal needs the text that it proposes.", "Write the text.")
    if sound.decision == "proposal" and not sound.who_decides:
        raise EntryProblem("who_decides", "A proposal needs somebody who decides on it.", "Say who decides.")
    if (sound.decision == "withdrawal") != bool(sound.withdraws):
        raise EntryProblem("withdraws", "A withdrawal names the entry that it withdraws.", "Give that entry's id.")
    return sound


def _check_withdrawal(entry: Decision, known: Sequence[Decision]) -> None:
    """Raise where a withdrawal names nothing that stands on its own step."""
    if entry.decision != "withdrawal":
        return
    own = [other for other in standing(known) if (other.study_id, other.step_id) == (entry.study_id, entry.step_id)]
    if entry.withdraws not in {other.entry_id for other in own}:
        raise EntryProblem(
            "withdraws",
            f"No entry {entry.withdraws!r} stands on {entry.step_id} of {entry.study_id}.",
            nearest(entry.withdraws, [other.entry_id for other in own]),
        )


def _clean(text: str) -> str:
    """Return a text as it can be kept and shown: line ends alike, no control signs, nothing that is no text."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n").encode("utf-8", "replace").decode("utf-8")
    return "".join(sign for sign in plain if sign in "\n\t" or unicodedata.category(sign) != "Cc").strip()


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _lines(folder: Path) -> list[Decision | None]:
    """Return each line of the ledger as the entry that it is, None where it is none."""
    try:
        written = (folder / FILE).read_bytes()
    except FileNotFoundError:
        return []
    except OSError as problem:
        raise StoreProblem(
            f"The decisions cannot be read ({problem.strerror}).", where=str(folder / FILE),
            remedy="Give the program the right to read this file.",
        ) from None  # fmt: skip
    return [_entry(line) for line in written.split(b"\n") if line.strip()]


def _entry(line: bytes) -> Decision | None:
    try:
        found = json.loads(line.decode("utf-8"))
    except (ValueError, RecursionError):
        return None
    if not isinstance(found, dict):
        return None
    values = {field.name: found.get(field.name, "") for field in fields(Decision)}
    if not all(isinstance(value, str) for value in values.values()):
        return None
    is_whole = values["decision"] in ENTRIES and all(values[name] for name in GIVEN)
    return Decision(**values) if is_whole else None


@contextmanager
def _only_writer(folder: Path) -> Iterator[None]:
    """Hold the ledger for one entry; a second writer waits for it. A killed holder lets go by itself."""
    try:
        with FileLock(folder / LOCK, timeout=WAIT):
            yield
    except Timeout:
        raise StoreProblem(
            "Somebody else has been writing decisions for a while.", where=str(folder),
            remedy="Nothing was saved; try again.",
        ) from None  # fmt: skip
    except OSError as problem:
        raise StoreProblem(
            f"The decision could not be written ({problem.strerror}).", where=str(folder),
            remedy="Nothing was saved; make room or give the program the right to write here, and try again.",
        ) from None  # fmt: skip


def _write(path: Path, line: bytes) -> None:
    """Add a line and wait until it is on the disk; what cannot be written whole is taken back."""
    with path.open("ab+", buffering=0) as file:
        size = file.seek(0, os.SEEK_END)
        if size:
            file.seek(size - 1)
            if file.read(1) != b"\n":  # a crash left half a line: it stays, and this entry has a line of its own
                line = b"\n" + line
        try:
            while line:
                line = line[file.write(line) :]
            os.fsync(file.fileno())
            _sync(path.parent)
        except OSError:
            with suppress(OSError):
                file.truncate(size)
            raise


def _sync(folder: Path) -> None:
    if os.name == "nt":
        return  # Windows cannot sync a folder; a file is durable with its own name
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
