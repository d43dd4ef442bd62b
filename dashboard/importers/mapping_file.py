"""The mapping file: what a coded project's codes mean for the study, and whose words its documents hold."""

from collections.abc import Iterable
from collections.abc import Mapping as Mapped
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from dashboard.errors import ImportProblem, nearest
from dashboard.importers import about, column_mapping, vocabulary
from dashboard.importers.column_mapping import Columns

PARTICIPANTS = ("case", "document", "set")
KEYS = ("participants", "participant_of", "code", "columns", "function")
CODE_KEYS = ("path", "set", "practice")
FUNCTION_KEYS = ("name", "set")
FUNCTION_SETS = ("component", "phase", "step", "document", "issuer", "obligation_level", "jurisdiction")
ANCHORS = ("component", "step", "stance")
QUALITIES = (
    "effect", "phase", "alliance_aspect", "frame_nature", "fidelity", "reason", "resilience_potential",
    "rests_on",
)  # fmt: skip
_CLOSED = ("stance", "effect", "alliance_aspect", "fidelity", "resilience_potential", "rests_on")


@dataclass(frozen=True)
class CodeRule:
    """What one code, and every code below it, says of an excerpt."""

    path: str
    sets: Mapped[str, str] = field(default_factory=dict)
    is_practice: bool | None = None
    """Whether the name of a code under this rule names the practice; None leaves it to the folders above."""


@dataclass(frozen=True)
class FunctionRule:
    """What one function of a FRAM model is as a step, or every function where the name is empty."""

    name: str = ""
    sets: Mapped[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Mapping:
    """How a coded project becomes a study; read from a file, so that an import can be repeated."""

    name: str
    participants: str = "case"
    participant_of: Mapped[str, str] = field(default_factory=dict)
    codes: tuple[CodeRule, ...] = ()
    columns: Columns | None = None
    """Which column of a coded-segment table holds what, None where its header says it."""
    functions: tuple[FunctionRule, ...] = ()
    """What the functions of a FRAM model are as steps; a rule without a name is for all."""
    warnings: tuple[str, ...] = ()


def read_mapping(file: Path | str | bytes, name: str = "") -> Mapping:
    """Return the mapping in a TOML file, given by its path or its bytes.

    Raises with the nearest known word for a key or a value that means nothing; whether codes, steps and
    documents exist is judged when the mapping is applied.
    """
    name = name or ("mapping" if isinstance(file, bytes) else Path(file).name)
    try:
        data = file if isinstance(file, bytes) else Path(file).read_bytes()
    except OSError as unreadable:
        raise ImportProblem(
            f"The file cannot be read ({unreadable.strerror}).",
            where=name,
            remedy="Check its name and place.",
        ) from unreadable
    found = about.parse(data, name)
    _check_keys(found, KEYS, name)
    warnings: list[str] = []
    rules = tuple(
        _rule(table, f"{name}, [[code]] number {number}", warnings)
        for number, table in enumerate(_tables(found, "code", name), start=1)
    )
    functions = tuple(
        _function(table, f"{name}, [[function]] number {number}", warnings)
        for number, table in enumerate(_tables(found, "function", name), start=1)
    )
    _refuse_twice([rule.path for rule in rules], name, "code")
    _refuse_twice([rule.name for rule in functions], name, "function")
    return Mapping(
        name,
        _participants(found, name),
        _participant_of(found, name),
        rules,
        column_mapping.from_toml(found["columns"], name) if "columns" in found else None,
        functions,
        tuple(warnings),
    )


def _participants(found: Mapped[str, Any], name: str) -> str:
    participants = found.get("participants", "case")
    if participants not in PARTICIPANTS:
        raise ImportProblem(
            f"{participants!r} does not say whose words a document holds.",
            where=f"{name}, participants",
            remedy=nearest(str(participants), PARTICIPANTS),
        )
    return str(participants)


def _tables(found: Mapped[str, Any], key: str, name: str) -> list[Any]:
    tables = found.get(key, [])
    if not isinstance(tables, list):
        raise ImportProblem(
            f"A {key} stands alone.", where=f"{name}, [{key}]", remedy=f"Write [[{key}]], with two brackets."
        )
    return tables


def _function(table: Any, where: str, warnings: list[str]) -> FunctionRule:
    if not isinstance(table, dict) or not isinstance(table.get("name", ""), str):
        raise ImportProblem("A function has a name.", where=where, remedy='Write name = "Check the identity".')
    _check_keys(table, FUNCTION_KEYS, where)
    sets = table.get("set", {})
    if not isinstance(sets, dict) or not all(isinstance(value, str) for value in sets.values()):
        raise ImportProblem("`set` holds words only.", where=where, remedy='Write set = { component = "Video calls" }.')
    _check_keys(sets, FUNCTION_SETS, f"{where}, set")
    return FunctionRule(
        " ".join(table.get("name", "").split()),
        {key: _value(key, value, f"{where}, set", warnings) for key, value in sets.items()},
    )


def _participant_of(found: Mapped[str, Any], name: str) -> dict[str, str]:
    table = found.get("participant_of", {})
    if not isinstance(table, dict) or not all(isinstance(v, str) and v.strip() for v in table.values()):
        raise ImportProblem(
            "Every document needs the name of one participant.",
            where=f"{name}, [participant_of]",
            remedy='Write lines such as "P02_interview" = "P02".',
        )
    return {document: participant.strip() for document, participant in table.items()}


def _rule(table: Any, where: str, warnings: list[str]) -> CodeRule:
    if not isinstance(table, dict) or not isinstance(table.get("path"), str) or not table["path"].strip("/ "):
        raise ImportProblem("A code needs its path.", where=where, remedy='Write path = "Folder/Code".')
    where = f"{where} ({table['path']!r})"
    _check_keys(table, CODE_KEYS, where)
    sets, practice = table.get("set", {}), table.get("practice")
    if not isinstance(sets, dict) or not all(isinstance(value, str) for value in sets.values()):
        raise ImportProblem("`set` holds words only.", where=where, remedy='Write set = { stance = "adapted" }.')
    if practice is not None and not isinstance(practice, bool):
        raise ImportProblem("`practice` is true or false.", where=where, remedy="Write practice = true.")
    _check_keys(sets, (*ANCHORS, *QUALITIES), f"{where}, set")
    return CodeRule(
        table["path"].strip("/ "),
        {key: _value(key, value, f"{where}, set", warnings) for key, value in sets.items()},
        practice,
    )


def _value(key: str, value: str, where: str, warnings: list[str]) -> str:
    if not value.strip():
        raise ImportProblem(f"{key} is set to nothing.", where=where, remedy="Give it a word, or leave it out.")
    if key in _CLOSED:
        return vocabulary.word(key, value, where=where)
    if key == "phase":
        phase, warning = vocabulary.phase(value)
        warnings.extend([f"{where}: {warning}"] if warning else [])
        return phase
    return value.strip()


def _check_keys(found: Iterable[str], known: Iterable[str], where: str) -> None:
    known = tuple(known)
    for key in found:
        if key not in known:
            raise ImportProblem(f"{key!r} is not known here.", where=where, remedy=nearest(key, known))


def _refuse_twice(paths: list[str], name: str, what: str) -> None:
    twice = sorted({path for path in paths if paths.count(path) > 1})
    if twice:
        raise ImportProblem(
            f"The {what} {twice[0]!r} stands in the mapping twice.",
            where=name,
            remedy="Join the two entries, so that it is clear which one counts.",
        )
