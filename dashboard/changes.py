"""What an import changes of a study that the store holds already: told before it happens, and again after it."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

import duckdb

from dashboard import store
from dashboard.importers.vocabulary import slug
from dashboard.model import Bundle, Study

Changes = dict[str, dict[str, list[str] | int]]
"""Noun → how it changed → their names, or how many there are."""
Span = tuple[str, int | None, int | None, str, str]
"""Document, start, end, words and voice of an excerpt."""
What = TypeVar("What")


@dataclass(frozen=True)
class _Outline:
    """What is compared of a study; every name is one that its people know."""

    documents: Mapping[str, tuple[str, str]]
    """Id → name, hash of the text; "" where a study brings quotes without their transcript."""
    voices: Sequence[str]
    steps: Mapping[str, tuple[str, ...]]
    """Id → text, component, phase."""
    codes: Sequence[str]
    practices: Mapping[str, str]
    """What makes a practice distinct → what to call it."""
    tellings: Counter[tuple[str, str]]
    """(practice, voice)."""
    excerpts: Mapping[str, Span]
    codings: Sequence[tuple[str, str]]
    """(excerpt, code)."""


def beside(study: Study, bundle: Bundle, connection: duckdb.DuckDBPyConnection | None) -> Changes:
    """Return what an import would change of the study in this store; empty where the store does not hold it.

    A document is the same where its text is, whatever it is called now, and changed where another text has its name. An
    excerpt is unchanged where document, span, words and voice are the same, and moved where its words stand elsewhere
    in the same document. Codings count only where their excerpt is still there.
    """
    held = store.rows_of(connection, study.study_id) if connection is not None else {}
    if not held.get("study"):
        return {}
    before, after = _held(held), _coming(bundle)
    same, documents = _documents(before.documents, after.documents)
    places = {key: (same.get(span[0], span[0]), *span[1:]) for key, span in before.excerpts.items()}
    moved, excerpts = _excerpts(places, after.excerpts)
    return {
        "voices": _names(before.voices, after.voices),
        "steps": _named_texts(before.steps, after.steps),
        "practices": _called(before.practices, after.practices),
        "tellings": _counted(before.tellings, after.tellings),
        "documents": documents,
        "excerpts": excerpts,
        "codes": _names(before.codes, after.codes),
        "codings": _counted(
            Counter((moved[excerpt], code) for excerpt, code in before.codings if excerpt in moved),
            Counter((excerpt, code) for excerpt, code in after.codings if excerpt in set(moved.values())),
        ),
    }


def _held(held: Mapping[str, list[store.Row]]) -> _Outline:
    components = {row["component_id"]: slug(str(row["name"])) for row in held["digital_component"]}
    names, described = {}, {}
    for row in held["practice"]:
        place = str(row["step_id"] or row["near_step_id"])
        what = (components.get(row["component_id"], ""), place, *(str(row[c]) for c in ("phase", "stance", "name")))
        names[row["practice_id"]] = _practice_key(*what)
        described[names[row["practice_id"]]] = _practice_name(*what)
    return _Outline(
        documents={str(row["document_id"]): (str(row["name"]), _text_hash(str(row["text"]), row["sha256"]))
                   for row in held["document"]},
        voices=[str(row["participant_id"]) for row in held["participant"]],
        steps={
            str(row["step_id"]): (str(row["text"]), components.get(row["component_id"], ""), str(row["phase"]))
            for row in held["protocol_step"]
        },
        codes=[str(row["code_id"]) for row in held["code"]],
        practices=described,
        tellings=Counter((names[row["practice_id"]], str(row["participant_id"])) for row in held["practice_voice"]),
        excerpts={
            str(r["excerpt_id"]): (str(r["document_id"]), r["start_at"], r["end_at"], str(r["text"]),
                                   str(r["participant_id"])) for r in held["excerpt"]
        },
        codings=[(str(row["excerpt_id"]), str(row["code_id"])) for row in held["coding"]],
    )  # fmt: skip


def _coming(bundle: Bundle) -> _Outline:
    described: dict[str, str] = {}
    tellings: Counter[tuple[str, str]] = Counter()
    for telling in bundle.tellings:
        what = (slug(telling.component), telling.step_id, telling.phase, telling.stance, telling.practice)
        described.setdefault(_practice_key(*what), _practice_name(*what))
        tellings[_practice_key(*what), telling.participant_id] += 1
    return _Outline(
        documents={d.document_id: (d.name, _text_hash(d.text, d.sha256)) for d in bundle.documents},
        voices=[voice.participant_id for voice in bundle.participants],
        steps={step.step_id: (step.text, slug(step.component), step.phase) for step in bundle.steps},
        codes=[code.path for code in bundle.codes],
        practices=described,
        tellings=tellings,
        excerpts={e.excerpt_id: (e.document_id, e.start, e.end, e.text, e.participant_id) for e in bundle.excerpts},
        codings=[(coding.excerpt_id, coding.code_path) for coding in bundle.codings],
    )


def _text_hash(text: str, sha256: object) -> str:
    return str(sha256) if text else ""


def _practice_key(component: str, step: str, phase: str, stance: str, name: str) -> str:
    return "\0".join((component, step, phase, stance, name.casefold()))


def _practice_name(component: str, step: str, _phase: str, stance: str, name: str) -> str:
    return f"{step or component}: {name or stance.replace('_', ' ')}"


def _documents(
    before: Mapping[str, tuple[str, str]], after: Mapping[str, tuple[str, str]]
) -> tuple[dict[str, str], dict[str, list[str] | int]]:
    """Return which document of before is which of now, and how documents changed: by text and name, text, then name."""
    same, _numbers = _paired(before, after, (lambda d: d, lambda d: d[1] or d, lambda d: d[0]))
    taken = set(same.values())
    pairs = [(before[old], after[now]) for old, now in same.items()]
    return same, {
        "added": [name for now, (name, _hash) in after.items() if now not in taken],
        "removed": [name for old, (name, _hash) in before.items() if old not in same],
        "changed": [now[0] for old, now in pairs if old[1] != now[1]],
        "renamed": [f"{old[0]} → {now[0]}" for old, now in pairs if old[0] != now[0] and old[1] == now[1]],
        "unchanged": sum(old == now for old, now in pairs),
    }


def _excerpts(
    before: Mapping[str, Span], after: Mapping[str, Span]
) -> tuple[dict[str, str], dict[str, list[str] | int]]:
    """Return which excerpt of before is which of now, and how many are added, removed, moved and unchanged."""
    same, numbers = _paired(before, after, (lambda span: span, lambda span: (span[0], *span[3:])))
    unchanged, either = numbers
    return same, {
        "added": len(after) - either, "removed": len(before) - either, "moved": either - unchanged,
        "unchanged": unchanged,
    }  # fmt: skip


def _paired(
    before: Mapping[str, What], after: Mapping[str, What], keys: Sequence[Callable[[What], object]]
) -> tuple[dict[str, str], list[int]]:
    """Return what of before is what of now, one for one, by the first key under which they are equal.

    With it goes how many were paired by the first key, by the first two, and so on.
    """
    same: dict[str, str] = {}
    taken: set[str] = set()
    numbers = []
    for key in keys:
        waiting: dict[object, list[str]] = {}
        for now, what in reversed(list(after.items())):
            if now not in taken:
                waiting.setdefault(key(what), []).append(now)
        for old, what in before.items():
            if old not in same and waiting.get(key(what)):
                same[old] = waiting[key(what)].pop()
                taken.add(same[old])
        numbers.append(len(same))
    return same, numbers


def _names(before: Iterable[str], after: Iterable[str]) -> dict[str, list[str] | int]:
    then, now = dict.fromkeys(before), dict.fromkeys(after)
    return {
        "added": [name for name in now if name not in then],
        "removed": [name for name in then if name not in now],
        "unchanged": len(then.keys() & now.keys()),
    }


def _named_texts(
    before: Mapping[str, tuple[str, ...]], after: Mapping[str, tuple[str, ...]]
) -> dict[str, list[str] | int]:
    """Return the same of things with a text: those under a known name that say something else are `changed`."""
    changed = [name for name, what in after.items() if before.get(name, what) != what]
    found = _names(before, after)
    return {**found, "changed": changed, "unchanged": len(before.keys() & after.keys()) - len(changed)}


def _called(before: Mapping[str, str], after: Mapping[str, str]) -> dict[str, list[str] | int]:
    """Return the same of things that are told apart by more than what they are called."""
    found = _names(before, after)
    names = {**before, **after}
    return {
        how: [names[key] for key in what] if isinstance(what, list) else what for how, what in found.items()
    }  # fmt: skip


def _counted(before: Counter[tuple[str, str]], after: Counter[tuple[str, str]]) -> dict[str, list[str] | int]:
    return {
        "added": (after - before).total(),
        "removed": (before - after).total(),
        "unchanged": (after & before).total(),
    }
