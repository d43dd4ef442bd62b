"""FRAM models (.xfmv) of the FRAM Model Visualiser: functions and how they are coupled, by name as the source writes.

Two functions are coupled where an output of one has the name of another aspect of the other (Hollnagel 2012).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from dashboard.errors import ImportProblem, nearest
from dashboard.importers.mapping_file import FunctionRule
from dashboard.importers.names import counted, listed, stem
from dashboard.importers.refi_xml import local, parse
from dashboard.model import Step

ASPECTS = {"I": "input", "O": "output", "P": "precondition", "R": "resource", "C": "control", "T": "time"}
"""The letter of an aspect as a coupling names it → its name; the name with a capital is its element."""
SAVE_AGAIN = "Save it again in the FRAM Model Visualiser (.xfmv)."
_PLACE, _TYPE = "FRAM function ", " of type "


@dataclass(frozen=True)
class Aspect:
    """One named aspect of a function: what it gives or needs."""

    function: str
    kind: str
    """One of the values of ASPECTS."""
    name: str


@dataclass(frozen=True)
class Function:
    """Something that is done; x and y are where it stands in the drawing."""

    number: str
    name: str
    description: str = ""
    kind: str = "0"
    """The FunctionType as the file has it."""
    x: float | None = None
    y: float | None = None


@dataclass(frozen=True)
class Coupling:
    """An output of one function that is an aspect of another; functions by name."""

    source: str
    name: str
    target: str
    aspect: str


@dataclass(frozen=True)
class FramModel:
    """A whole model: functions in the file's order, their aspects, couplings, and what was odd about the file."""

    name: str
    functions: tuple[Function, ...]
    aspects: tuple[Aspect, ...]
    couplings: tuple[Coupling, ...]
    warnings: tuple[str, ...] = ()

    def aspects_of(self, function: Function) -> list[tuple[str, str]]:
        """Return (kind, name) of a function's aspects, in the order of the file."""
        return [(aspect.kind, aspect.name) for aspect in self.aspects if aspect.function == function.number]


def read(data: bytes, name: str) -> FramModel:
    """Return the model in a file. Raises where it is no FRAM model, or two functions share a number."""
    root = parse(data, name, "model's", SAVE_AGAIN)
    if local(root) != "FM":
        raise ImportProblem(f"Expected a FRAM model (root element FM), found {local(root)}.", where=name,
                            remedy=SAVE_AGAIN)  # fmt: skip
    functions = _functions(root, name)
    numbers = {function.number: function for function in functions}
    aspects, lost = [], []
    for kind in ASPECTS.values():
        for element in root.iter():
            if local(element) == kind.capitalize():
                aspect = Aspect(_said(element, "FunctionIDNr"), kind, _said(element, "IDName"))
                if aspect.function in numbers and aspect.name:
                    aspects.append(aspect)
                else:
                    lost.append(f"{kind} {aspect.name!r} of function {aspect.function or '(none)'}")
    warnings = [f"{counted(len(lost), 'aspect')} of no function left out: {listed(lost)}."] if lost else []
    couplings = couplings_of(functions, aspects)
    drawn = _drawn(root, numbers)
    declared = set(couplings)
    undeclared = [c for c in drawn if c not in declared]
    if undeclared:
        warnings.append(
            f"{counted(len(undeclared), 'coupling')} drawn without aspects of that name, taken as drawn: "
            f"{listed([in_words(c) for c in undeclared])}."
        )
    return FramModel(stem(name), functions, tuple(aspects), (*couplings, *undeclared), tuple(warnings))


def couplings_of(functions: Iterable[Function], aspects: Sequence[Aspect]) -> tuple[Coupling, ...]:
    """Return each output with each aspect of the same name, in the order of the outputs."""
    called = {function.number: function.name for function in functions}
    needed: dict[str, list[Aspect]] = {}
    for aspect in aspects:
        if aspect.kind != "output":
            needed.setdefault(aspect.name, []).append(aspect)
    found = [
        Coupling(called[output.function], output.name, called[other.function], other.kind)
        for output in aspects
        if output.kind == "output"
        for other in needed.get(output.name, [])
    ]
    return tuple(dict.fromkeys(found))


def in_words(coupling: Coupling) -> str:
    """Return a coupling in one line."""
    return f"{coupling.source} → {coupling.name} → {coupling.target} ({coupling.aspect})"


def steps_of(model: FramModel, rules: Sequence[FunctionRule], rules_name: str) -> tuple[tuple[Step, ...], list[str]]:
    """Return the functions as written steps, in the order of the drawing from left to right, and warnings.

    A rule with a function's name says its component and phase, a rule without a name says those of all others. Raises
    for a rule of a function that does not exist, and for a step id given twice.
    """
    default = next((rule for rule in rules if not rule.name), FunctionRule())
    named = {_same(rule.name): rule for rule in rules if rule.name}
    names = {_same(function.name): function.name for function in model.functions}
    for name, rule in named.items():
        if name not in names:
            raise ImportProblem("This function is not in the model.", where=f"{rules_name}, [[function]] {rule.name!r}",
                                remedy=nearest(rule.name, names.values()))  # fmt: skip
    steps, lacking = [], []
    for position, function in enumerate(in_layout_order(model.functions), start=1):
        sets = {**default.sets, **(named[_same(function.name)].sets if _same(function.name) in named else {})}
        if "component" not in sets:
            lacking.append(function.name)
        steps.append(_step(model, function, position, sets))
    _refuse_shared_ids(steps, rules_name)
    warnings = list(model.warnings)
    if lacking:
        warnings.append(
            f"{model.name}: {counted(len(lacking), 'function')} without a component, taken as {model.name!r}: "
            f"{listed(lacking)}. Say it in a mapping, given with --mapping: "
            f'[[function]] name = "{lacking[0]}" set = {{ component = "…", phase = "…" }}, or without a name for all.'
        )
    warnings.append(
        f"{model.name}: {counted(len(steps), 'function')} taken as steps, "
        f"{counted(len(model.couplings), 'coupling')} kept as the steps' place in the model."
    )
    return tuple(steps), warnings


def in_layout_order(functions: Sequence[Function]) -> list[Function]:
    """Return functions from left to right, then from top to bottom; those without a place stay last."""
    far = float("inf")
    return sorted(functions, key=lambda f: (far if f.x is None else f.x, far if f.y is None else f.y))


def place_of(function: Function, aspects: Sequence[tuple[str, str]]) -> str:
    """Return a function's number, type and aspects in one line, as a step keeps them; a model parts its own by |."""
    kind = f"{_TYPE}{function.kind}" if function.kind != "0" else ""
    first = f"{_PLACE}{function.number}{kind}"
    return " | ".join([first, *(f"{kind}: {name}" for kind, name in aspects)])


def told_in(place: str) -> tuple[Function, list[tuple[str, str]]]:
    """Return what `place_of` put into a line: a function without its name, and (kind, name) of its aspects.

    The place of a step that comes from elsewhere gives a function without a number, and no aspects.
    """
    first, *rest = place.split(" | ")
    if not first.startswith(_PLACE):
        return Function("", ""), []
    number, _mark, kind = first.removeprefix(_PLACE).partition(_TYPE)
    pairs = [part.partition(": ") for part in rest]
    return Function(number, "", kind=kind or "0"), [
        (kind, name) for kind, _mark, name in pairs if kind in ASPECTS.values()
    ]


def _functions(root: Element, where: str) -> tuple[Function, ...]:
    found: list[Function] = []
    taken: set[str] = set()
    for element in (e for e in root.iter() if local(e) == "Function"):
        name = _said(element, "IDName") or f"Function {_said(element, 'IDNr') or len(found)}"
        found.append(
            Function(
                _said(element, "IDNr") or f"{len(found)}",
                _numbered(name, taken),
                _said(element, "Description", keep_lines=True),
                _said(element, "FunctionType") or "0",
                _number(element.get("x")),
                _number(element.get("y")),
            )
        )
    numbers = [function.number for function in found]
    twice = sorted({number for number in numbers if numbers.count(number) > 1})
    if twice:
        raise ImportProblem(f"The number {twice[0]} stands for two functions.", where=where, remedy=SAVE_AGAIN)
    if not found:
        raise ImportProblem("The model has no function.", where=where, remedy=SAVE_AGAIN)
    return tuple(found)


def _numbered(name: str, taken: set[str]) -> str:
    """Return a function's name, with a number where it repeats: functions are known by name."""
    number, found = 1, name
    while _same(found) in taken:
        number += 1
        found = f"{name} ({number})"
    taken.add(_same(found))
    return found


def _drawn(root: Element, numbers: Mapping[str, Function]) -> list[Coupling]:
    """Return the couplings that the drawing holds: `from|name|to|letter`, with the numbers as attributes too."""
    found = []
    for element in (e for e in root.iter() if local(e) == "Aspect"):
        first, _mark, rest = _said(element, "Name").partition("|")
        name, _mark, last = rest.rpartition("|")
        name, _mark, to = name.rpartition("|")
        source, target = element.get("outputFn") or first, element.get("toFn") or to
        kind = ASPECTS.get(last.strip().upper(), "")
        if source in numbers and target in numbers and kind and name:
            found.append(Coupling(numbers[source].name, name.strip(), numbers[target].name, kind))
    return list(dict.fromkeys(found))


def _step(model: FramModel, function: Function, position: int, sets: Mapping[str, str]) -> Step:
    return Step(
        step_id=sets.get("step", f"F{function.number}"),
        component=sets.get("component", model.name),
        text=function.name,
        phase=sets.get("phase", ""),
        position=position,
        why_it_matters=function.description,
        document=sets.get("document", model.name),
        issuer=sets.get("issuer", ""),
        obligation_level=sets.get("obligation_level", ""),
        jurisdiction=sets.get("jurisdiction", ""),
        place=place_of(function, model.aspects_of(function)),
    )


def _refuse_shared_ids(steps: Sequence[Step], where: str) -> None:
    ids = [step.step_id for step in steps]
    twice = sorted({i for i in ids if ids.count(i) > 1})
    if twice:
        raise ImportProblem(f"The step {twice[0]!r} stands for two functions.", where=f"{where}, [[function]]",
                            remedy="Give each function a step of its own, or none.")  # fmt: skip


def _said(element: Element, name: str, *, keep_lines: bool = False) -> str:
    text = next((child.text or "" for child in element if local(child) == name), "")
    return text.strip() if keep_lines else " ".join(text.split())


def _number(text: str | None) -> float | None:
    try:
        return float((text or "").replace(",", "."))
    except ValueError:
        return None


def _same(name: str) -> str:
    return " ".join(name.split()).casefold()
