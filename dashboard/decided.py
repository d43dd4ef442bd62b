"""What was decided, for the pages and the command line alike: taken down for a step that there is, and listed."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd

from dashboard import ledger, query
from dashboard.errors import GapError, nearest
from dashboard.measures.follow_up import follow_up
from dashboard.model import DECISIONS, Decision, Filters
from dashboard.query import records

SHORT = ("day", "study_id", "step_id", "decision", "by", "why", "review_on", "stands", "entry_id")
LONG = ("text", "who_decides", "withdraws", "series", "at")
"""What the table on a terminal leaves out."""

Ask = Callable[..., pd.DataFrame]
"""The name of a list and its parameters → its rows."""


@dataclass(frozen=True)
class OnStep:
    """What was written on one step in the reader's round and the earlier ones, and what became of it."""

    study_id: str
    step_id: str
    rounds: Mapping[str, int]
    """The studies that it is from → their rounds."""
    entries: tuple[Decision, ...]
    """Decisions and proposals, the newest first; those that were withdrawn as well."""
    withdrawn: Mapping[str, Decision]
    """Entry → its withdrawal."""
    after: Mapping[str, Mapping[str, Any]]
    """Decision of an earlier round → its row of follow_up."""
    unread: int
    """Lines of the ledger that are no entries."""

    @property
    def own(self) -> list[Decision]:
        """What stands of the reader's own round, the newest first."""
        return [e for e in self.entries if e.study_id == self.study_id and e.entry_id not in self.withdrawn]

    @property
    def proposal(self) -> Decision | None:
        """The newest text that is proposed in the reader's round."""
        return next((entry for entry in self.own if entry.decision == "proposal"), None)

    @property
    def decision(self) -> Decision | None:
        """The newest decision of the reader's round."""
        return next((entry for entry in self.own if entry.decision in DECISIONS), None)

    @property
    def answer(self) -> Decision | None:
        """The newest decision that was taken after that text was proposed."""
        since = self.own[: self.own.index(self.proposal)] if self.proposal else []
        return next((entry for entry in since if entry.decision in DECISIONS), None)


def take_down(folder: Path, entry: Decision, ask: Ask) -> Decision:
    """Write an entry on a step of a study and return it as it is kept. Raises where there is no such step."""
    series = {str(row["study_id"]): str(row["series"]) for row in records(ask("lists/studies"))}
    _check_known(entry.study_id, series)
    steps = ask("lists/steps", study_id=entry.study_id)["step_id"]
    if entry.step_id not in set(steps):
        what = f"There is no step {entry.step_id!r} in {entry.study_id!r}."
        raise GapError(what, remedy=nearest(entry.step_id, steps))
    return ledger.append(folder, replace(entry, series=series[entry.study_id]))


def standing_on(entries: Sequence[Decision], study_id: str, step_ids: Collection[str]) -> list[Decision]:
    """Return what stands of a study's decisions and proposals on these steps, in the order of writing."""
    return [e for e in ledger.standing(entries) if e.study_id == study_id and e.step_id in step_ids]


def latest(entries: Sequence[Decision], study_id: str) -> dict[str, Decision]:
    """Return, per step of a study, the decision taken last of those that stand; a proposal is none."""
    return {
        entry.step_id: entry
        for entry in ledger.standing(entries)
        if entry.study_id == study_id and entry.decision in DECISIONS
    }


def on_step(
    entries: Sequence[Decision],
    after: pd.DataFrame,
    rounds: Mapping[str, int],
    study_id: str,
    step_id: str,
    unread: int,
) -> OnStep:
    """Return what was written on a step in the given rounds; `after` holds the rows of follow_up."""
    written = [entry for entry in entries if entry.step_id == step_id and entry.study_id in rounds]
    said = tuple(entry for entry in reversed(written) if entry.decision != "withdrawal")
    followed = {str(row["entry_id"]): row for row in records(after)}
    return OnStep(study_id, step_id, rounds, said, ledger.withdrawn(written), followed, unread)


def rounds_until(studies: Sequence[Mapping[str, Any]], study_id: str) -> dict[str, int]:
    """Return a study and the earlier ones of its series, each with its round."""
    here = next(row for row in studies if row["study_id"] == study_id)
    series = [row for row in studies if here["series"] and row["series"] == here["series"]]
    earlier = {str(row["study_id"]): int(row["round"]) for row in series if row["round"] < here["round"]}
    return earlier | {study_id: int(here["round"])}


def listing(entries: Sequence[Decision]) -> pd.DataFrame:
    """Return the entries as a table, one row each in the order of writing, with whether each still stands."""
    stands = {entry.entry_id for entry in ledger.standing(entries)}
    rows = [asdict(entry) | {"day": entry.at[:10], "stands": entry.entry_id in stands} for entry in entries]
    return pd.DataFrame(rows, columns=[*SHORT, *LONG])


def listed(folder: Path, connection: duckdb.DuckDBPyConnection, study_id: str = "") -> dict[str, Any]:
    """Return the ledger as one object: its entries, how many lines cannot be read, and what became of decisions.

    With a study, its own entries and, as follow_up, those of its earlier rounds. Raises where nobody knows the study.
    """
    entries, studies = ledger.read(folder), list(query.run(connection, "lists/studies", {})["study_id"])
    if study_id:
        _check_known(study_id, {*studies, *(entry.study_id for entry in entries)})
    own = [entry for entry in entries if study_id in ("", entry.study_id)]
    found: dict[str, Any] = {"decisions": listing(own), "unread": ledger.unread(folder)}
    if study_id in studies:
        found["follow_up"] = follow_up(connection, Filters(study_id), entries)
    return found


def _check_known(study_id: str, known: Collection[str]) -> None:
    if study_id not in known:
        raise GapError(f"There is no study {study_id!r}.", remedy=nearest(study_id, known))
