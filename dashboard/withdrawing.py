"""A voice withdraws: the store is built again without them, and nothing older is kept."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import duckdb
import pandas as pd

from dashboard import generations, query, store, traces, withdrawn
from dashboard.errors import GapError, StoreProblem, nearest
from dashboard.model import Progress
from dashboard.query import records
from dashboard.store import Row

Tables = Mapping[str, list[Row]]
QUOTED = {"code": ("description",), "excerpt": ("memo",), "practice": ("reason", "reason_sv"),
          "reporting_answer": ("answer", "answer_sv")}  # fmt: skip
"""Where researchers may have quoted somebody, by table."""
COUNTED = ("document", "code", "excerpt", "coding", "participant", "practice", "practice_voice")


@dataclass
class Withdrawal:
    """What leaves the store with one voice, over all rounds of a series."""

    participant_id: str
    series: str
    studies: dict[str, dict[str, list[Row]]] = field(default_factory=dict)
    """Each round that they are in, without them."""
    removed: dict[str, Counter[str]] = field(default_factory=dict)
    documents: list[Row] = field(default_factory=list)
    codes: list[str] = field(default_factory=list)
    """Codes that were called by their own words."""
    quotes: list[str] = field(default_factory=list)
    emptied: list[str] = field(default_factory=list)
    """Transcripts that others speak in as well, whose text goes while the others' quotes stay."""
    unknown: list[str] = field(default_factory=list)
    """Transcripts of which nobody said whose words they hold."""


def plan(folder: Path, study_id: str, participant_id: str) -> dict[str, object]:
    """Return what `withdraw` would take out and where else they are named; nothing is changed."""
    connection = store.open_generation(generations.current(folder))
    try:
        return _report(folder, _worked_out(connection, study_id, participant_id), None)
    finally:
        connection.close()


def withdraw(folder: Path, study_id: str, participant_id: str, progress: Progress | None = None) -> dict[str, object]:
    """Build the store without a voice of a study and its other rounds, keep that generation only, and report.

    Killed at any moment it has happened or it has not; what was left to remove then, goes when the store is opened
    next. Raises where there is no such voice, and where an older generation cannot be removed.
    """
    found: list[Withdrawal] = []

    def change(connection: duckdb.DuckDBPyConnection | None) -> store.Change:
        if connection is None:
            raise StoreProblem("There is no store here yet.", where=str(folder))
        found.append(_worked_out(connection, study_id, participant_id))
        return _change(connection, found[0], datetime.now(UTC).replace(tzinfo=None, microsecond=0))

    generation = store.publish_from(folder, change, kept=1, progress=progress)
    if left := generations.forget_before(folder, generation.number):
        raise StoreProblem(
            f"{participant_id} is out of the current generation, but older files cannot be removed: "
            f"{', '.join(path.name for path in left)}.",
            where=str(folder),
            remedy="Close the dashboards that hold them open, then run `beyond check`: it removes them.",
        )
    return _report(folder, found[0], generation.number)


def _worked_out(connection: duckdb.DuckDBPyConnection, study_id: str, participant_id: str) -> Withdrawal:
    studies = records(query.run(connection, "lists/studies", {}))
    series = {str(s["study_id"]): str(s["series"]) for s in studies}
    if study_id not in series:
        raise GapError(f"There is no study {study_id!r}.", remedy=nearest(study_id, series))
    found = Withdrawal(participant_id, series[study_id])
    for round_ in [study for study, of in series.items() if of == series[study_id]]:
        tables = store.rows_of(connection, round_)
        if participant_id in {row["participant_id"] for row in tables["participant"]}:
            found.studies[round_] = _without(tables, found, round_)
    if not found.studies:
        if withdrawn.marks_of(connection, [found.series]).names("participant", participant_id):
            raise GapError(f"{participant_id} has withdrawn from {study_id!r} already; nothing is left to take out.")
        voices = query.run(connection, "lists/participants", {"study_id": study_id})["participant_id"]
        raise GapError(f"There is no voice {participant_id!r} in {study_id!r}.", remedy=nearest(participant_id, voices))
    return found


def _without(tables: Tables, found: Withdrawal, study_id: str) -> dict[str, list[Row]]:
    """Return a study's tables without the voice, and note in `found` what left them."""
    voice = found.participant_id
    theirs, speakers = _theirs(tables, voice)
    own = {document for document, who in speakers.items() if who == {voice}}
    shared = {document for document, who in speakers.items() if voice in who} - own
    kept = {name: list(rows) for name, rows in tables.items()}
    kept["document"] = [
        {**d, "text": "", "sha256": withdrawn.NO_TEXT} if d["document_id"] in shared else d
        for d in tables["document"]
        if d["document_id"] not in own
    ]
    kept["excerpt"] = [
        {**e, "start_at": None, "end_at": None} if e["document_id"] in shared else e
        for e in tables["excerpt"]
        if e["excerpt_id"] not in theirs
    ]
    quotes = [str(e[text]) for e in tables["excerpt"] if e["excerpt_id"] in theirs for text in ("text", "text_en")]
    _told_by_others(kept, tables, voice, theirs, quotes)
    left = {c["code_id"] for c in kept["code"]}
    for name, columns in QUOTED.items():
        kept[name] = [row | {c: withdrawn.blanked(str(row[c]), quotes) for c in columns} for row in kept[name]]
    found.removed[study_id] = Counter({name: len(tables[name]) - len(kept[name]) for name in COUNTED})
    sound = {e["excerpt_id"] for e in tables["excerpt"] if e["verification"] == "verified"} & theirs
    found.removed[study_id]["verified_excerpt"] = len(sound)
    found.removed[study_id]["verified_coding"] = sum(c["excerpt_id"] in sound for c in tables["coding"])
    found.codes += [str(c["name"]) for c in tables["code"] if c["code_id"] not in left]
    found.quotes += [quote for quote in quotes if quote]
    found.documents += [d for d in tables["document"] if d["document_id"] in own]
    found.emptied += [str(d["name"]) for d in tables["document"] if d["document_id"] in shared and d["text"]]
    found.unknown += [str(d["name"]) for d in tables["document"] if d["text"] and not speakers[d["document_id"]] - {""}]
    return kept


def _theirs(tables: Tables, voice: str) -> tuple[set[object], dict[object, set[object]]]:
    """Return the excerpts that are the voice's, and who speaks in each document, "" for somebody unknown."""
    tellers: dict[object, set[object]] = {}
    for told in tables["practice_voice"]:
        tellers.setdefault(told["excerpt_id"], set()).add(told["participant_id"])
    speakers: dict[object, set[object]] = {d["document_id"]: {d["participant_id"]} - {""} for d in tables["document"]}
    theirs: set[object] = set()
    for excerpt in tables["excerpt"]:
        who = excerpt["participant_id"] or next(iter(tellers.get(excerpt["excerpt_id"], {""})), "")
        speakers.setdefault(excerpt["document_id"], set()).add(who)
        if who == voice:
            theirs.add(excerpt["excerpt_id"])
    return theirs, speakers


def _told_by_others(
    kept: dict[str, list[Row]], tables: Tables, voice: str, theirs: set[object], quotes: Sequence[str]
) -> None:
    """Leave in `kept` the tellings, practices, codings and codes that stand without the voice."""
    kept["participant"] = [p for p in tables["participant"] if p["participant_id"] != voice]
    kept["participant_attribute"] = [a for a in tables["participant_attribute"] if a["participant_id"] != voice]
    kept["practice_voice"] = [
        {**t, "excerpt_id": ""} if t["excerpt_id"] in theirs else t
        for t in tables["practice_voice"]
        if t["participant_id"] != voice
    ]
    told = {t["practice_id"] for t in kept["practice_voice"]}
    kept["practice"] = [p for p in tables["practice"] if p["practice_id"] in told]
    kept["coding"] = [c for c in tables["coding"] if c["excerpt_id"] not in theirs]
    others = {c["code_id"] for c in kept["coding"]}
    alone = {c["code_id"] for c in tables["coding"]} - others - {c["parent_id"] for c in tables["code"]}
    kept["code"] = [
        c for c in tables["code"] if c["code_id"] not in alone or not withdrawn.is_in_vivo(str(c["name"]), quotes)
    ]


def _change(connection: duckdb.DuckDBPyConnection, found: Withdrawal, at: datetime) -> store.Change:
    names = [found.participant_id, *found.codes, *(str(d["name"]) for d in found.documents)]

    def retold(log: pd.DataFrame) -> pd.DataFrame:
        its = log["study_id"].isin(list(found.studies))
        for column in ("warnings", "source_name", "files"):
            log.loc[its, column] = [
                "\n".join(withdrawn.unnamed(str(text).split("\n"), names)) if text else ""
                for text in log.loc[its, column]
            ]
        return log

    last = {study: _last_import(connection, study) for study in found.studies}
    logged = {study: _log_row(study, found, last[study], names, at) for study in found.studies}
    told = [(found.series, at, *mark) for mark in withdrawn.marks_for(found.participant_id, found.documents)]
    studies = {
        study: {name: [tuple(row.values()) for row in rows] for name, rows in tables.items()}
        for study, tables in found.studies.items()
    }
    return store.Change(studies, logged, told, retold)


def _last_import(connection: duckdb.DuckDBPyConnection, study_id: str) -> Row:
    return records(query.run(connection, "lists/study_checks", {"study_id": study_id}))[0]


def _log_row(study: str, found: Withdrawal, last: Row, names: Sequence[str], at: datetime) -> tuple[object, ...]:
    """Return the row of import_log of a withdrawal: the counts that are left, and no fingerprint of any file."""
    tables, removed = found.studies[study], found.removed[study]
    checks = withdrawn.Checks(last["quotes_verified"], last["quotes_total"], last["codings"], last["excerpts"])
    verified, total = withdrawn.checks_left(
        checks,
        excerpts=withdrawn.Lost(removed["verified_excerpt"], removed["excerpt"]),
        codings=withdrawn.Lost(removed["verified_coding"], removed["coding"]),
    )
    counts = [len(tables[name]) for name in COUNTED[:-1]]
    said = [line for line in str(last["warnings"]).split("\n") if line]
    said = [*withdrawn.unnamed(said, names), "A voice withdrew; what they said was taken out."]
    source = "".join(withdrawn.unnamed([str(last["source_name"])], names))
    return (study, at, source, "", last["producer"], *counts, verified, total, "\n".join(said), "", "withdrawal")


def _words(found: Withdrawal) -> list[str]:
    """Return the words by which the voice is searched for in all that is kept."""
    kept = [str(d["text"]) for tables in found.studies.values() for d in tables["document"]]
    return traces.words_of(found.quotes, [str(d["text"]) for d in found.documents], kept)


def _report(folder: Path, found: Withdrawal, generation: int | None) -> dict[str, object]:
    """Return what was taken out by study, and where else in the store's folder they or their words stand."""
    words = _words(found)
    return {
        "participant": found.participant_id,
        "series": found.series,
        "generation": generation,
        "removed": {
            study: {name: counts[name] for name in COUNTED} for study, counts in found.removed.items()
        },
        "transcripts_emptied": found.emptied,
        "documents_of_nobody_known": found.unknown,
        "named_elsewhere": traces.named_in(folder, found.participant_id),
        "words_found_in": [] if generation is None else traces.words_in(folder, words, found.studies),
        "searched_for": len(words),
    }  # fmt: skip
