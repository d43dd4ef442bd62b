"""Quotes that are held back for review, because personal data stands in them: found, listed, released or kept back."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import duckdb
import pandas as pd

from dashboard import generations, query, store
from dashboard.errors import GapError, StoreProblem, nearest
from dashboard.importers.names import counted, listed
from dashboard.importers.personal_data import kinds_in
from dashboard.model import Bundle
from dashboard.query import records

Decided = Mapping[tuple[str, str], str]
"""(document's name, words) → what was decided on it: released or withheld."""
LOGGED = (
    "source_name", "sha256", "producer", "documents", "codes", "excerpts", "codings", "participants", "practices",
    "quotes_verified", "quotes_total",
)  # fmt: skip


def held_back(bundle: Bundle, decided: Decided) -> Bundle:
    """Return the bundle with every quote that holds personal data held back, and a warning that lists the places.

    A quote that was decided on before stays as it was decided. The personal data itself is not told.
    """
    names = {d.document_id: d.name for d in bundle.documents}
    places, excerpts = [], []
    for excerpt in bundle.excerpts:
        kinds = kinds_in(f"{excerpt.text}\n{excerpt.text_en}\n{excerpt.memo}")
        name = names.get(excerpt.document_id, "")
        state = decided.get((name, excerpt.text), "held") if kinds else excerpt.release_state
        excerpts.append(replace(excerpt, release_state=state) if kinds else excerpt)
        if state == "held":
            at = f" at {excerpt.start}" if excerpt.start is not None else ""
            places.append(f"{excerpt.excerpt_id} in {name!r}{at} ({', '.join(kinds).replace('_', ' ')})")
    warning = (
        f"{counted(len(places), 'quote')} with personal data held back for review: {listed(places)}. They count, and "
        "their words are not shown. `beyond review` lists and releases them."
    )
    return replace(bundle, excerpts=tuple(excerpts)).with_warnings(*([warning] if places else []))


def decided_before(connection: duckdb.DuckDBPyConnection, study_id: str) -> Decided:
    """Return what was decided on the quotes of a study that were held back once."""
    rows = records(query.run(connection, "lists/held_back", {"study_id": study_id}))
    return {
        (str(r["document"]), str(r["quote"])): str(r["release_state"]) for r in rows if r["release_state"] != "held"
    }


def waiting(connection: duckdb.DuckDBPyConnection, study_id: str) -> pd.DataFrame:
    """Return each quote that was held back, with its place, the kinds of personal data in it, and its state.

    Columns: excerpt_id, participant_id, document, start_at, release_state, kinds, quote. The quote is for the reviewer.
    """
    rows = query.run(connection, "lists/held_back", {"study_id": study_id})
    texts = rows["quote"] + "\n" + rows["quote_en"] + "\n" + rows["memo"]
    rows["kinds"] = [" ".join(kinds_in(str(text))) for text in texts]
    rows["start_at"] = rows["start_at"].astype(object).where(rows["start_at"].notna(), None)
    return rows[["excerpt_id", "participant_id", "document", "start_at", "release_state", "kinds", "quote"]]


def decide(folder: Path, study_id: str, release: Collection[str], keep: Collection[str]) -> int:
    """Release quotes or keep them back for good, in a new generation, and return its number."""
    if both := set(release) & set(keep):
        raise GapError(f"{listed(sorted(both))}: released and kept back at once.")

    def change(connection: duckdb.DuckDBPyConnection | None) -> store.Change:
        if connection is None:
            raise StoreProblem("There is no store here yet.", where=str(folder))
        known = set(waiting(connection, study_id)["excerpt_id"])
        for excerpt_id in (*release, *keep):
            if excerpt_id not in known:
                raise GapError(f"{excerpt_id!r} is not held back in {study_id!r}.", remedy=nearest(excerpt_id, known))
        tables = store.rows_of(connection, study_id)
        for row in tables["excerpt"]:
            if row["excerpt_id"] in release:
                row["release_state"] = "released"
            elif row["excerpt_id"] in keep:
                row["release_state"] = "withheld"
        rows = {name: [tuple(row.values()) for row in table] for name, table in tables.items()}
        last = records(query.run(connection, "lists/study_checks", {"study_id": study_id}))[0]
        at = datetime.now(UTC).replace(tzinfo=None, microsecond=0)
        log = (study_id, at, *(last[name] for name in LOGGED), last["warnings"], last["files"], "review")
        return store.Change({study_id: rows}, {study_id: log})

    return store.publish_from(folder, change).number


def waiting_in(folder: Path, study_id: str) -> pd.DataFrame:
    """Return `waiting` of the current generation. Raises where there is no such study."""
    connection = store.open_generation(generations.current(folder))
    try:
        studies = set(query.run(connection, "lists/studies", {})["study_id"])
        if study_id not in studies:
            raise GapError(f"There is no study {study_id!r}.", remedy=nearest(study_id, studies))
        return waiting(connection, study_id)
    finally:
        connection.close()
