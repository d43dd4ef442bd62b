"""Those who withdrew: their marks, and what they said left out of whatever is imported later."""

import hashlib
import re
import secrets
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import NamedTuple

import duckdb

from dashboard import generations, query
from dashboard.importers.names import counted
from dashboard.model import Bundle, Code
from dashboard.query import records

GONE = "[withdrawn]"
WORDS = 20  # characters; what is shorter, somebody else may have said as well
IN_VIVO = 12  # characters of a code's name that is somebody's own words
NO_TEXT = hashlib.sha256(b"").hexdigest()
Mark = tuple[str, str, str]
"""Kind (participant, name or text), salt and mark."""


class Checks(NamedTuple):
    """How many quotes of an import stand as its file says, of how many, beside what it holds."""

    verified: int
    total: int
    codings: int
    excerpts: int


class Lost(NamedTuple):
    """How many leave, and how many of these were verified."""

    verified: int
    all: int


@dataclass(frozen=True)
class Marks:
    """Whom and what no import of a series may bring back."""

    found: frozenset[Mark] = frozenset()

    def names(self, kind: str, value: str) -> bool:
        """Tell whether this voice, document's name or text is a withdrawn one's."""
        salts = {salt for known, salt, _mark in self.found if known == kind}
        return bool(value) and any((kind, salt, _hashed(salt, value)) in self.found for salt in salts)


def marks_of(connection: duckdb.DuckDBPyConnection, several: Collection[str]) -> Marks:
    """Return the marks of everybody who withdrew from these series of rounds."""
    try:
        rows = [
            row for series in several for row in records(query.run(connection, "lists/withdrawals", {"series": series}))
        ]
    except duckdb.CatalogException:
        return Marks()  # a store of a time when nobody could withdraw
    return Marks(frozenset((str(r["kind"]), str(r["salt"]), str(r["mark"])) for r in rows))


def marks_for(participant_id: str, documents: Sequence[Mapping[str, object]]) -> list[Mark]:
    """Return the marks that tell a voice again: by its id, and its documents by name and by text."""
    salt = secrets.token_hex(16)
    told = [("participant", participant_id), *(("name", str(d["name"])) for d in documents)]
    told += [("text", str(d["sha256"])) for d in documents if d["text"]]
    return [(kind, salt, _hashed(salt, value)) for kind, value in told if value]


def finish(folder: Path, connection: duckdb.DuckDBPyConnection) -> None:
    """Remove what a withdrawal that was killed could not: every generation older than the first without the voice."""
    try:
        first = query.run(connection, "lists/newest_withdrawal", {})["generation"][0]
    except duckdb.CatalogException:
        return
    generations.forget_before(folder, int(first))


def kept_out(bundle: Bundle, marks: Marks) -> Bundle:
    """Return the bundle without those who withdrew, and a warning that counts what was kept out."""
    gone = {p.participant_id for p in bundle.participants if marks.names("participant", p.participant_id)}
    texts = {
        d.document_id
        for d in bundle.documents
        if d.participant_id in gone - {""} or marks.names("name", d.name) or (d.text and marks.names("text", d.sha256))
    }
    speaking = {d.participant_id for d in bundle.documents if d.document_id not in texts}
    gone |= {d.participant_id for d in bundle.documents if d.document_id in texts and d.participant_id} - speaking
    if not gone and not texts:
        return bundle
    return without(bundle, gone, texts, "Participant withdrawn")


def without_consent(bundle: Bundle) -> Bundle:
    """Return the bundle without the voices who give no consent, and a warning that counts what was kept out."""
    gone = {p.participant_id for p in bundle.participants if not p.consents}
    if not gone:
        return bundle
    speaking = {d.document_id: {d.participant_id} for d in bundle.documents}
    for excerpt in bundle.excerpts:
        speaking[excerpt.document_id].add(excerpt.participant_id)
    documents = {one for one, voices in speaking.items() if voices - {""} and voices - {""} <= gone}
    return without(bundle, gone, documents, "Participant without consent")


def without(bundle: Bundle, gone: Collection[str], documents: Collection[str], why: str) -> Bundle:
    """Return the bundle without these voices and documents, and with a warning that says why and how much."""
    lost = {
        e.excerpt_id for e in bundle.excerpts if e.participant_id in gone or e.document_id in documents
    }  # fmt: skip
    tellings = tuple(t for t in bundle.tellings if t.participant_id not in gone and t.excerpt_id not in lost)
    codings = tuple(c for c in bundle.codings if c.excerpt_id not in lost)
    quotes = [e.text for e in bundle.excerpts if e.excerpt_id in lost]
    in_vivo = _in_vivo(bundle, lost, quotes)
    called = [c.name for c in bundle.codes if c.path in in_vivo]
    n_excerpts, n_tellings = len(lost), len(bundle.tellings) - len(tellings)
    names = [d.name for d in bundle.documents if d.document_id in documents]
    told = [
        counted(len(gone), "voice"), counted(len(names), "document"), counted(n_excerpts, "excerpt"),
        counted(len(bundle.codings) - len(codings), "coding"),
    ]  # fmt: skip
    warning = f"{why}: {counted(max(n_excerpts, n_tellings), 'row')} kept out ({', '.join(told)})."
    sound = {e.excerpt_id for e in bundle.excerpts if e.excerpt_id in lost and e.verification == "verified"}
    verified, total = checks_left(
        Checks(bundle.quotes_verified, bundle.quotes_total, len(bundle.codings), len(bundle.excerpts)),
        excerpts=Lost(len(sound), n_excerpts),
        codings=Lost(sum(c.excerpt_id in sound for c in bundle.codings), len(bundle.codings) - len(codings)),
    )
    return replace(
        bundle,
        documents=tuple(d for d in bundle.documents if d.document_id not in documents),
        codes=tuple(
            replace(c, description=blanked(c.description, quotes)) for c in bundle.codes if c.path not in in_vivo
        ),
        excerpts=tuple(replace(e, memo=blanked(e.memo, quotes)) for e in bundle.excerpts if e.excerpt_id not in lost),
        codings=tuple(c for c in codings if c.code_path not in in_vivo),
        cases=tuple(c for c in bundle.cases if not set(c.document_ids) & set(documents)),
        participants=tuple(p for p in bundle.participants if p.participant_id not in gone),
        tellings=tellings,
        quotes_verified=verified,
        quotes_total=total,
        warnings=(*unnamed(bundle.warnings, [*gone, *names, *called]), warning),
    )


def checks_left(checks: "Checks", excerpts: "Lost", codings: "Lost") -> tuple[int, int]:
    """Return how many of the quotes that are left were checked and stand so, and how many were checked.

    A program that checks each coding counts codings, one that checks each place counts excerpts.
    """
    lost = codings if checks.total == checks.codings != checks.excerpts else excerpts
    total = max(0, checks.total - lost.all)
    return min(total, max(0, checks.verified - lost.verified)), total


def blanked(text: str, quotes: Sequence[str]) -> str:
    """Return a text of others (a definition, a memo) with somebody's own sentences taken out."""
    for quote in quotes:
        if len(quote) >= WORDS and quote in text:
            text = text.replace(quote, GONE)
    return text


def is_in_vivo(name: str, quotes: Sequence[str]) -> bool:
    """Tell whether a code is called by somebody's own words."""
    wanted = " ".join(name.casefold().split())
    return len(wanted) >= IN_VIVO and any(wanted in " ".join(quote.casefold().split()) for quote in quotes)


def whole(name: str) -> re.Pattern[str]:
    """Return what finds a name as a word of its own: "P1" in "P1.docx" and not in "P10"."""
    return re.compile(rf"(?<!\w){re.escape(name)}(?!\w)")


def unnamed(lines: Sequence[str], names: Sequence[str]) -> tuple[str, ...]:
    """Return the lines of a report that name none of these as a word; what named them says that it did."""
    wanted = [whole(name) for name in names if name]
    kept = [line for line in lines if not any(name.search(line) for name in wanted)]
    hidden = len(lines) - len(kept)
    return (*kept, f"{counted(hidden, 'note')} that named a withdrawn voice or document left out.") if hidden else (
        *kept,
    )  # fmt: skip


def _in_vivo(bundle: Bundle, lost: Collection[str], quotes: Sequence[str]) -> set[str]:
    """Return the codes that are somebody's own words and that nobody else's words were given."""
    others = {c.code_path for c in bundle.codings if c.excerpt_id not in lost}
    theirs = {c.code_path for c in bundle.codings if c.excerpt_id in lost} - others
    parents = {c.parent for c in bundle.codes}
    alone: list[Code] = [c for c in bundle.codes if c.path in theirs and c.path not in parents]
    return {c.path for c in alone if is_in_vivo(c.name, quotes)}


def _hashed(salt: str, value: str) -> str:
    return hashlib.sha256(f"{salt} {' '.join(value.casefold().split())}".encode()).hexdigest()
