"""What a study says of itself: study.toml beside its tables, and the default where there is none."""

import tomllib
from collections.abc import Sequence
from typing import Any

from dashboard import model
from dashboard.errors import ImportProblem, nearest
from dashboard.importers import checklists
from dashboard.model import PlacementCondition, Study

TEXTS = (
    "title", "title_sv", "organisation", "country", "kind", "series", "method", "method_sv", "ethics_note",
    "disclosure", "collected", "school", "organisation_sv", "ethics_note_sv", "collected_sv",
)  # fmt: skip
QUANTITIES = (
    "n_clear", "n_differ", "gap", "is_core", "share_known", "share_helps", "share_harms", "share_harms_or_mixed",
    "n_harms_or_mixed", "share_consistent", "share_inconsistent", "share_worked_around", "share_condition",
)  # fmt: skip
CONDITION = "Write when = { gap = { least = 0.5 } }, with least, most or both."


def read(data: bytes, name: str, study_id: str, default_rules: tuple[PlacementCondition, ...]) -> Study:
    """Return the study described by a TOML file. Raises on an unknown word, with the nearest one."""
    found = parse(data, name)
    allowed = {*TEXTS, "round", "component", "placement", *checklists.CHECKLISTS}
    for key in found:
        if key not in allowed:
            raise ImportProblem(f"{key!r} is not known here.", where=name, remedy=nearest(key, allowed))
    texts = {key: str(found.get(key, "")) for key in TEXTS}
    texts["title"] = texts["title"] or study_id
    texts["kind"] = _one_of("kind", texts["kind"] or "interviews", model.STUDY_KINDS, name)
    texts["disclosure"] = _one_of("disclosure", texts["disclosure"] or "team", model.DISCLOSURES, name)
    if texts["school"]:
        _one_of("school", texts["school"], model.SCHOOLS, name)
    number = found.get("round", 1)
    if not isinstance(number, int) or isinstance(number, bool) or number < 1:
        raise ImportProblem(f"{number!r} is not a round.", where=f"{name}, round", remedy="Write 1, 2, 3 …")
    components = _components(found.get("component", []), name)
    rules = read_rules(found["placement"], name) if "placement" in found else default_rules
    answers = checklists.answers(found, name)
    return Study(
        study_id=study_id, round=number, components=components, placement_rules=rules, answers=answers, **texts
    )


def default(study_id: str, default_rules: tuple[PlacementCondition, ...]) -> Study:
    """Return a study that says nothing of itself: interviews, seen by the team only."""
    return Study(study_id=study_id, title=study_id, placement_rules=default_rules)


def read_rules(tables: Any, name: str) -> tuple[PlacementCondition, ...]:
    """Return the placement rules of a list of TOML tables: {place = …, when = {quantity = {least, most}}}."""
    conditions: list[PlacementCondition] = []
    for rank, table in enumerate(_checked("placement", tables, ("place", "when"), name), start=1):
        placement = _one_of("place", str(table.get("place", "")), model.PLACEMENTS, name)
        when = table.get("when", {})
        if not isinstance(when, dict):
            raise ImportProblem(f"{when!r} is not a condition.", where=f"{name}, when", remedy=CONDITION)
        if not when:
            conditions.append(PlacementCondition(rank, placement, "always", None, None))
        for quantity, bounds in when.items():
            _one_of("quantity", quantity, QUANTITIES, name)
            conditions.append(PlacementCondition(rank, placement, quantity, *_bounds(quantity, bounds, name)))
    return tuple(conditions)


def parse(data: bytes, name: str) -> dict[str, Any]:
    """Return the content of a TOML file. Raises with its line where it is none."""
    try:
        return tomllib.loads(data.decode("utf-8-sig"))
    except RecursionError:
        raise ImportProblem(
            "The file is nested too deeply to be read.", where=name, remedy="Close the brackets, or write it again."
        ) from None
    except ValueError as problem:  # not UTF-8, not TOML, or a number of thousands of digits
        raise ImportProblem(f"The file is not TOML in UTF-8 ({problem}).", where=name) from None


def _components(tables: Any, name: str) -> tuple[tuple[str, str, str], ...]:
    components = []
    for table in _checked("component", tables, ("id", "name", "name_sv"), name):
        if not table.get("name"):
            raise ImportProblem("A component has no name.", where=f"{name}, [[component]]", remedy='Write name = "…".')
        components.append((str(table.get("id", "")), str(table["name"]), str(table.get("name_sv", ""))))
    ids = [component_id or component for component_id, component, _name_sv in components]
    if twice := sorted({i for i in ids if ids.count(i) > 1}):
        raise ImportProblem(f"The component {twice[0]!r} stands twice.", where=name, remedy="Keep one.")
    return tuple(components)


def _checked(key: str, tables: Any, known: Sequence[str], name: str) -> list[dict[str, Any]]:
    """Return a list of TOML tables, each with known keys only. Raises where it is something else."""
    if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
        raise ImportProblem(f"{key!r} is not a list of tables.", where=name, remedy=f"Write [[{key}]], then its keys.")
    for found in (found for table in tables for found in table if found not in known):
        raise ImportProblem(f"{found!r} is not known here.", where=f"{name}, [[{key}]]", remedy=nearest(found, known))
    return tables


def _bounds(quantity: str, bounds: Any, name: str) -> tuple[float | None, float | None]:
    if not isinstance(bounds, dict) or not bounds or not set(bounds) <= {"least", "most"}:
        raise ImportProblem(f"{bounds!r} does not bound {quantity!r}.", where=f"{name}, when", remedy=CONDITION)
    for bound in bounds.values():
        if isinstance(bound, bool) or not isinstance(bound, int | float):
            raise ImportProblem(f"{bound!r} is not a number.", where=f"{name}, when, {quantity}", remedy=CONDITION)
    least, most = bounds.get("least"), bounds.get("most")
    return None if least is None else float(least), None if most is None else float(most)


def _one_of(key: str, value: str, known: tuple[str, ...], name: str) -> str:
    if value not in known:
        raise ImportProblem(f"{value!r} is not a known {key}.", where=f"{name}, {key}", remedy=nearest(value, known))
    return value
