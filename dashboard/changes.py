"""What an import changes of a study that the store holds already: told before it happens, and again after it."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple, TypeVar

import duckdb

from dashboard import store
from dashboard.importers import rows
from dashboard.model import Bundle, Study


class Said(NamedTuple):
    """What a study said of itself in one column, and what it says now."""

    column: str
    before: str
    after: str


Named = dict[str, list[str] | int]
How = Mapping[str, list[str] | list[Said] | int]
"""How something changed → the names of what did, or how many there are."""
Changes = dict[str, How]
"""Noun → how it changed."""
Span = tuple[str, int | None, int | None, str, str]
"""Document, start, end, words and voice of an excerpt."""
ABOUT = (
    "title", "title_sv", "organisation", "organisation_sv", "country", "kind", "series", "round", "method", "method_sv",
    "ethics_note", "ethics_note_sv", "disclosure", "collected", "collected_sv", "school",
)  # fmt: skip
"""What a study says of itself."""
RULE = ("rank", "placement", "quantity", "least", "most")
DESCRIBED = ("name_sv", *rows.DESCRIBED)
"""What is said of a practice beside what makes it distinct."""
DISTINCT = ("component_id", "step_id", "near_step_id", "phase", "stance")
"""Columns that tell one practice from another beside its name, whose capitals do not count."""
What = TypeVar("What")


@dataclass(frozen=True)
class _Outline:
    """What is compared of a study; every name is one that its people know."""

    about: Mapping[str, str]
    """What the study says of itself, by column."""
    documents: Mapping[str, tuple[str, str]]
    """Id → name, hash of the text; "" where a study brings quotes without their transcript."""
    rules: Counter[tuple[object, ...]]
    """(rank, placement, quantity, least, most) of each condition."""
    answers: Mapping[str, tuple[str, ...]]
    """Checklist and item → answer."""
    voices: Sequence[str]
    steps: Mapping[str, tuple[str, ...]]
    """Id → text, component, phase."""
    codes: Sequence[str]
    practices: Mapping[str, str]
    """What makes a practice distinct → what to call it."""
    described: Mapping[str, tuple[str, ...]]
    """What makes a practice distinct → what is said of it."""
    tellings: Counter[tuple[str, str]]
    """(practice, voice)."""
    effects: Counter[tuple[str, str, str]]
    """(practice, voice, effect)."""
    excerpts: Mapping[str, Span]
    codings: Sequence[tuple[str, str]]
    """(excerpt, code)."""


def beside(study: Study, bundle: Bundle, connection: duckdb.DuckDBPyConnection | None) -> Changes:
    """Return what an import would change of the study in this store.

    Empty where the store does not hold it, or is of an older shape that is brought to today's first. A document is the
    same where its text is, whatever it is called now, and changed where another text has its name. An excerpt is
    unchanged where document, span, words and voice are the same, and moved where its words stand elsewhere in the same
    document. Codings count only where their excerpt is still there. A practice is changed where something else is said
    of it, and a telling where the voice sees another effect.
    """
    if connection is None or not store.is_of_this_program(connection):
        return {}
    held = store.rows_of(connection, study.study_id)
    if not held["study"]:
        return {}
    before, after = _outline(held), _outline(store.named(connection, rows.of(study, bundle)))
    same, documents = _documents(before.documents, after.documents)
    places = {key: (same.get(span[0], span[0]), *span[1:]) for key, span in before.excerpts.items()}
    there, excerpts = _excerpts(places, after.excerpts)
    known = set(there.values())
    return {
        "study": _about(before.about, after.about),
        "rules": _counted(before.rules, after.rules),
        "answers": _named_texts(before.answers, after.answers),
        "voices": _names(before.voices, after.voices),
        "steps": _named_texts(before.steps, after.steps),
        "practices": _practices(before, after),
        "tellings": _tellings(before, after),
        "documents": documents,
        "excerpts": excerpts,
        "codes": _names(before.codes, after.codes),
        "codings": _counted(
            Counter((there[excerpt], code) for excerpt, code in before.codings if excerpt in there),
            Counter((excerpt, code) for excerpt, code in after.codings if excerpt in known),
        ),
    }


def _outline(of: Mapping[str, list[store.Row]]) -> _Outline:
    """Return the outline of a study from its rows of the store's tables, held or still to come."""
    keys = {
        row["practice_id"]: "\0".join([*(row[column] for column in DISTINCT), row["name"].casefold()])
        for row in of["practice"]
    }
    return _Outline(
        about={column: str(row[column]) for row in of["study"] for column in ABOUT},
        rules=Counter(tuple(row[column] for column in RULE) for row in of["placement_rule"]),
        answers={f"{r['checklist']} {r['item']}": (r["answer"], r["answer_sv"]) for r in of["reporting_answer"]},
        documents={r["document_id"]: (r["name"], r["sha256"] if r["text"] else "") for r in of["document"]},
        voices=[row["participant_id"] for row in of["participant"]],
        steps={r["step_id"]: (r["text"], r["component_id"], r["phase"]) for r in of["protocol_step"]},
        codes=[row["code_id"] for row in of["code"]],
        practices={keys[row["practice_id"]]: _practice_name(row) for row in of["practice"]},
        described={keys[r["practice_id"]]: tuple(str(r[column]) for column in DESCRIBED) for r in of["practice"]},
        tellings=Counter((keys[row["practice_id"]], row["participant_id"]) for row in of["practice_voice"]),
        effects=Counter((keys[r["practice_id"]], r["participant_id"], r["effect"]) for r in of["practice_voice"]),
        excerpts={
            r["excerpt_id"]: (r["document_id"], r["start_at"], r["end_at"], r["text"], r["participant_id"])
            for r in of["excerpt"]
        },
        codings=[(row["excerpt_id"], row["code_id"]) for row in of["coding"]],
    )


def _practice_name(row: store.Row) -> str:
    place = row["step_id"] or row["near_step_id"] or row["component_id"]
    return f"{place}: {row['name'] or row['stance'].replace('_', ' ')}"


def _documents(
    before: Mapping[str, tuple[str, str]], after: Mapping[str, tuple[str, str]]
) -> tuple[dict[str, str], How]:
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


def _excerpts(before: Mapping[str, Span], after: Mapping[str, Span]) -> tuple[dict[str, str], How]:
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


def _names(before: Iterable[str], after: Iterable[str]) -> Named:
    then, now = dict.fromkeys(before), dict.fromkeys(after)
    return {
        "added": [name for name in now if name not in then],
        "removed": [name for name in then if name not in now],
        "unchanged": len(then.keys() & now.keys()),
    }


def _named_texts(before: Mapping[str, tuple[str, ...]], after: Mapping[str, tuple[str, ...]]) -> Named:
    """Return the same of things with a text: those under a known name that say something else are `changed`."""
    changed = [name for name, what in after.items() if before.get(name, what) != what]
    found = _names(before, after)
    return {**found, "changed": changed, "unchanged": len(before.keys() & after.keys()) - len(changed)}


def _practices(before: _Outline, after: _Outline) -> Named:
    """Return the same of practices, which are told apart by more than what they are called."""
    found = _named_texts(before.described, after.described)
    names = {**before.practices, **after.practices}
    return {
        how: [names[key] for key in what] if isinstance(what, list) else what for how, what in found.items()
    }  # fmt: skip


def _tellings(before: _Outline, after: _Outline) -> How:
    """Return how many practices are told by voices; one whose effect is another one is changed, and named."""
    found = _counted(before.tellings, after.tellings)
    still = before.tellings & after.tellings
    lost, gained = _by_pair(before.effects - after.effects), _by_pair(after.effects - before.effects)
    said = [
        f"{after.practices[practice]} ({voice})"
        for practice, voice in still
        for _telling in range(min(lost[practice, voice], gained[practice, voice]))
    ]
    return {**found, "changed": said, "unchanged": still.total() - len(said)}


def _by_pair(effects: Counter[tuple[str, str, str]]) -> Counter[tuple[str, str]]:
    found: Counter[tuple[str, str]] = Counter()
    for (practice, voice, _effect), n in effects.items():
        found[practice, voice] += n
    return found


def _about(before: Mapping[str, str], after: Mapping[str, str]) -> How:
    """Return what the study says otherwise of itself."""
    changed = [Said(name, before[name], said) for name, said in after.items() if before[name] != said]
    return {"changed": changed, "unchanged": len(after) - len(changed)}


def _counted(before: Counter[What], after: Counter[What]) -> How:
    return {
        "added": (after - before).total(),
        "removed": (before - after).total(),
        "unchanged": (after & before).total(),
    }
