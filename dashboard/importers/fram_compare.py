"""Two FRAM models beside each other, as written and as practised: what was added, removed and changed, by name."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from dashboard.importers.fram import Coupling, FramModel, Function

T = TypeVar("T", str, Coupling)


@dataclass(frozen=True)
class Change:
    """One thing about a function or a coupling that is not the same in both models."""

    name: str
    what: str
    written: str
    practised: str


@dataclass(frozen=True)
class Difference(Generic[T]):
    """What one model has and the other has not. A difference is a difference, and not a failing."""

    added: tuple[T, ...]
    removed: tuple[T, ...]
    changed: tuple[Change, ...]
    n_same: int


@dataclass(frozen=True)
class Comparison:
    """Two models compared by the names of their functions and couplings; capitals and spaces do not matter."""

    written: str
    practised: str
    functions: Difference[str]
    couplings: Difference[Coupling]


def compare(written: FramModel, practised: FramModel) -> Comparison:
    """Return what is added, removed and changed from the model as written to the model as practised.

    A function changes by its description, its type, or aspects that it has in one model only. A coupling between the
    same two functions changes by its aspect where its name stays, or by its name where its aspect stays.
    """
    return Comparison(written.name, practised.name, _functions(written, practised), _couplings(written, practised))


def _functions(written: FramModel, practised: FramModel) -> Difference[str]:
    before = {_same(function.name): function for function in written.functions}
    after = {_same(function.name): function for function in practised.functions}
    both = [name for name in before if name in after]
    changed = [
        change
        for name in both
        for change in _of_function(written, before[name], practised, after[name])
    ]  # fmt: skip
    return Difference(
        tuple(function.name for name, function in after.items() if name not in before),
        tuple(function.name for name, function in before.items() if name not in after),
        tuple(changed),
        len(both) - len({change.name for change in changed}),
    )


def _of_function(written: FramModel, before: Function, practised: FramModel, after: Function) -> list[Change]:
    found = [
        Change(before.name, what, one, other)
        for what, one, other in (
            ("description", before.description, after.description), ("type", before.kind, after.kind),
        )
        if _same(one) != _same(other)
    ]  # fmt: skip
    one, other = (
        {(kind, _same(name)): name for kind, name in model.aspects_of(function)}
        for model, function in ((written, before), (practised, after))
    )
    for kind in dict.fromkeys(kind for kind, _name in [*one, *other]):
        here = [name for key, name in one.items() if key[0] == kind and key not in other]
        there = [name for key, name in other.items() if key[0] == kind and key not in one]
        if here or there:
            found.append(Change(before.name, kind, ", ".join(here), ", ".join(there)))
    return found


def _couplings(written: FramModel, practised: FramModel) -> Difference[Coupling]:
    before, after = list(written.couplings), list(practised.couplings)
    removed = _without(before, after)
    added = _without(after, before)
    changed: list[Change] = []
    for what, told in (("aspect", _by_name), ("name", _by_aspect)):
        for one in list(removed):
            match = next((other for other in added if told(other) == told(one)), None)
            if match is not None:
                removed.remove(one)
                added.remove(match)
                changed.append(Change(_between(one, what), what, getattr(one, what), getattr(match, what)))
    return Difference(tuple(added), tuple(removed), tuple(changed), len(before) - len(removed) - len(changed))


def _between(coupling: Coupling, what: str) -> str:
    """Return a coupling in one line, without what has changed about it."""
    kept = coupling.name if what == "aspect" else f"({coupling.aspect})"
    return f"{coupling.source} → {kept} → {coupling.target}"


def _without(couplings: Sequence[Coupling], others: Sequence[Coupling]) -> list[Coupling]:
    """Return those that have no like among the others, one for one."""
    left = Counter(_key(other) for other in others)
    found = []
    for coupling in couplings:
        if left[_key(coupling)] > 0:
            left[_key(coupling)] -= 1
        else:
            found.append(coupling)
    return found


def _key(coupling: Coupling) -> tuple[str, ...]:
    return (*_by_name(coupling), coupling.aspect)


def _by_name(coupling: Coupling) -> tuple[str, ...]:
    return (_same(coupling.source), _same(coupling.name), _same(coupling.target))


def _by_aspect(coupling: Coupling) -> tuple[str, ...]:
    return (_same(coupling.source), coupling.aspect, _same(coupling.target))


def _same(name: str) -> str:
    return " ".join(name.split()).casefold()
