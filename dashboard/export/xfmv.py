"""A study's written steps as a FRAM model (.xfmv), which the FRAM Model Visualiser opens to draw and to couple them.

Steps that came from a model keep their functions' numbers, types, aspects and couplings; other steps say nothing of
couplings, and none is invented. A lane is a digital component, from left to right in the order of the work.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from xml.etree.ElementTree import Element

from dashboard.export.exchange import as_xml, child
from dashboard.export.view import View
from dashboard.importers import fram
from dashboard.importers.fram import ASPECTS, Aspect, Function

WIDTH, LANE, STAGGER = 180.0, 320.0, 90.0
"""Between two functions of a lane, between two lanes, and by how much every second one stands lower."""
POINTS = {
    "output": (93.5, 50.0), "input": (6.0, 50.0), "time": (28.0, 12.0), "control": (71.5, 12.0),
    "precondition": (28.0, 88.0), "resource": (71.5, 88.0),
}  # fmt: skip
"""Where a hexagon has its aspects, from its upper left corner."""


@dataclass(frozen=True)
class _Drawn:
    """Functions with their aspects, in the steps' order."""

    functions: tuple[Function, ...]
    aspects: tuple[Aspect, ...]


def as_xfmv(view: View) -> bytes:
    """Return the study's steps, all of them whatever the reader's filters."""
    texts = {step: (view.t.of(row, "step"), view.t.of(row, "why_it_matters")) for step, row in view.steps.items()}
    return model(list(view.steps.values()), texts, view.stamp(view.whole))


def model(steps: Sequence[Mapping[str, Any]], texts: Mapping[str, tuple[str, str]], stamp: Sequence[str]) -> bytes:
    """Return the rows of `lists/steps` as a model; `texts` gives each step's text and why it matters."""
    drawn = _drawn(steps, texts)
    root = Element("FM", {"Version": "0,3,0,0"})
    functions = child(root, "Functions")
    for function in drawn.functions:
        functions.append(_function(function, drawn))
    places = {function.number: function for function in drawn.functions}
    lines = child(root, "Aspects", "")
    lines.attrib.update({"scaleFunction": "1", "scaleAspect": "1", "scaleZoom": "1"})
    for line in _lines(drawn, places):
        lines.append(line)
    for kind in ("output", "input", "control", "time", "precondition", "resource"):
        group = child(root, f"{kind.capitalize()}s")
        for number, aspect in enumerate(a for a in drawn.aspects if a.kind == kind):
            group.append(_aspect(number, aspect))
    return as_xml(root, stamp)


def _drawn(steps: Sequence[Mapping[str, Any]], texts: Mapping[str, tuple[str, str]]) -> _Drawn:
    told = [fram.told_in(str(step["place"] or "")) for step in steps]
    numbers = [function.number for function, _aspects in told]
    keeps = all(number.isdigit() for number in numbers) and len(set(numbers)) == len(numbers)
    lanes: dict[str, int] = {}
    along: dict[str, int] = {}
    functions, aspects = [], []
    for order, (step, (known, needs)) in enumerate(zip(steps, told, strict=True)):
        lane, at = lanes.setdefault(str(step["component_id"]), len(lanes)), along.get(str(step["component_id"]), 0)
        along[str(step["component_id"])] = at + 1
        number = known.number if keeps else str(order)
        text, why = texts[str(step["step_id"])]
        x, y = 40.0 + at * WIDTH, 40.0 + lane * LANE + (at % 2) * STAGGER
        functions.append(Function(number, " ".join(text.split()), why, known.kind, x, y))
        aspects += [Aspect(number, kind, name) for kind, name in needs]
    return _Drawn(tuple(functions), tuple(aspects))


def _function(function: Function, drawn: _Drawn) -> Element:
    is_input = any(a.function == function.number and a.kind == "input" for a in drawn.aspects)
    profiles = {f"profile{letter}": "" for letter in ("Fn", "I", "P", "R", "C", "T")}
    element = Element("Function", {"fnStyle": "0", "orphans": "0", **profiles})
    element.attrib.update({"x": f"{function.x:g}", "y": f"{function.y:g}", "isInput": str(is_input).lower()})
    child(element, "IDNr", function.number)
    child(element, "FunctionType", function.kind)
    child(element, "IDName", function.name)
    if function.description:
        child(element, "Description", function.description)
    return element


def _aspect(number: int, aspect: Aspect) -> Element:
    element = Element(aspect.kind.capitalize(), {"orphan": "false"})
    child(element, "IDNr", str(number))
    child(element, "IDName", aspect.name)
    child(element, "FunctionIDNr", aspect.function)
    child(element, "Description")
    return element


def _lines(drawn: _Drawn, places: Mapping[str, Function]) -> list[Element]:
    """Return the couplings as the drawing holds them: from an output to an aspect of the same name."""
    letters = {kind: letter for letter, kind in ASPECTS.items()}
    found = []
    for output in (a for a in drawn.aspects if a.kind == "output"):
        for other in (a for a in drawn.aspects if a.kind != "output" and a.name == output.name):
            ends = {"outputFn": output.function, "toFn": other.function}
            line = Element("Aspect", {"x": "0", "y": "0", "directionX": "from", "directionY": "to", **ends})
            child(line, "Name", f"{output.function}|{output.name}|{other.function}|{letters[other.kind]}")
            straight, curved = _curves(
                _point(places[output.function], "output"), _point(places[other.function], other.kind)
            )
            child(line, "Curve", straight)
            child(line, "Curve2", curved)
            found.append(line)
    return found


def _point(function: Function, kind: str) -> tuple[float, float]:
    across, down = POINTS[kind]
    return (function.x or 0.0) + across, (function.y or 0.0) + down


def _curves(output: tuple[float, float], other: tuple[float, float]) -> tuple[str, str]:
    """Return a coupling's line in both of the file's spellings: ends, two control points and the middle."""

    def between(share: float) -> tuple[float, float]:
        return other[0] + (output[0] - other[0]) * share, other[1] + (output[1] - other[1]) * share

    near, middle, far = between(0.25), between(0.5), between(0.75)
    numbers = ["|".join(f"{part:.2f}" for part in point) for point in (output, other, near, far, middle)]
    spelled = [" ".join(f"{part:.2f}" for part in point) for point in (other, near, middle, far, output)]
    return "|".join(numbers), f"M {spelled[0]} Q {spelled[1]} {spelled[2]} Q {spelled[3]} {spelled[4]}"
