"""From codes to practice: a mapping applied to a coded project gives its voices and what they told."""

from collections import Counter
from collections.abc import Mapping as Mapped
from collections.abc import Sequence
from dataclasses import dataclass, replace

from dashboard.errors import ImportProblem, nearest
from dashboard.importers import speakers
from dashboard.importers.clashes import clashes, remark
from dashboard.importers.mapping_file import QUALITIES, CodeRule, Mapping, read_mapping
from dashboard.importers.names import counted, listed
from dashboard.importers.vocabulary import components_without_step, slug
from dashboard.importers.voices import find_voices
from dashboard.model import Bundle, Code, Progress, Step, Telling

__all__ = ["Applied", "CodeRule", "Mapping", "applied", "apply", "read_mapping"]

Anchor = tuple[str, str]
"""A component and a step of it, or "" where the component alone was named."""


@dataclass(frozen=True)
class _Meaning:
    """What one code says of an excerpt, its own rule and those of the folders above it taken together."""

    code: Code
    depth: int
    order: int
    anchor: Anchor | None
    stance: str
    qualities: Mapped[str, tuple[int, str]]
    """Value by key, with the depth of the rule that set it."""
    is_practice: bool


@dataclass(frozen=True)
class Applied:
    """What a mapping makes of a coded project, and what it leaves out."""

    bundle: Bundle
    left_out: Mapped[str, int]
    """Excerpts without a practice by what they lack: "no stance", "no place", "neither"."""
    unmapped: tuple[str, ...]
    """Paths of the codes of which the mapping says nothing."""


def _silent(stage: str, share: float) -> None:
    """Tell nobody."""


def apply(
    bundle: Bundle,
    mapping: Mapping,
    steps: tuple[Step, ...],
    progress: Progress = _silent,
) -> Bundle:
    """Return the bundle of `applied`."""
    return applied(bundle, mapping, steps, progress).bundle


def applied(
    bundle: Bundle,
    mapping: Mapping,
    steps: tuple[Step, ...],
    progress: Progress = _silent,
) -> Applied:
    """Return the bundle with its participants, its steps and a telling for each practice that codes tell of.

    An excerpt takes the union of what its codes set. Codes that disagree on component, step or stance make
    one telling for each combination, except that a code which sets both a place and a stance keeps the two
    together. Raises, with the nearest match, for codes, steps and documents that do not exist.
    """
    progress("mapping", 0.0)
    _refuse_unknown(bundle, mapping, steps)
    meanings = _meanings(bundle.codes, mapping, steps)
    voices = find_voices(bundle, mapping)
    progress("tellings", 0.3)
    paths, tally = _paths_of_excerpts(bundle), Counter[str]()
    tellings: list[Telling] = []
    phases = {step.step_id: step.phase for step in steps}
    for excerpt in bundle.excerpts:
        codes = [meanings[path] for path in paths.get(excerpt.excerpt_id, {}) if path in meanings]
        codes.sort(key=lambda meaning: (-meaning.depth, meaning.order))
        told = Telling(voices.of_document[excerpt.document_id], "", "", excerpt_id=excerpt.excerpt_id)
        tellings += _tellings(told, codes, phases, tally)
    progress("done", 1.0)
    placed = sorted({meaning.anchor[0] for meaning in meanings.values() if meaning.anchor})
    whole = replace(
        bundle,
        documents=tuple(replace(d, participant_id=voices.of_document[d.document_id]) for d in bundle.documents),
        excerpts=tuple(replace(e, participant_id=voices.of_document[e.document_id]) for e in bundle.excerpts),
        participants=voices.participants,
        steps=bundle.steps or steps,
        tellings=tuple(tellings),
    )
    said = (*mapping.warnings, *voices.warnings, *components_without_step(placed, steps))
    whole = whole.with_warnings(*said, *_counted_warnings(whole, meanings, tally))
    return Applied(whole, _left_out(tally), tuple(code.path for code in bundle.codes if code.path not in meanings))


def _paths_of_excerpts(bundle: Bundle) -> dict[str, dict[str, None]]:
    paths: dict[str, dict[str, None]] = {}
    for coding in bundle.codings:
        paths.setdefault(coding.excerpt_id, {})[coding.code_path] = None
    return paths


def _left_out(tally: Counter[str]) -> dict[str, int]:
    """Return the excerpts without a practice by what they lack."""
    lacking = {"no stance": tally["no stance"], "no place": tally["no place"]}
    return lacking | {"neither": tally["without a practice"] - sum(lacking.values())}


def _refuse_unknown(bundle: Bundle, mapping: Mapping, steps: Sequence[Step]) -> None:
    paths = {code.path for code in bundle.codes}
    of_step = {step.step_id: step.component for step in steps}
    for rule in mapping.codes:
        where = f"{mapping.name}, [[code]] {rule.path!r}"
        if rule.path not in paths:
            raise ImportProblem("This code is not in the project.", where=where, remedy=nearest(rule.path, paths))
        step, component = rule.sets.get("step"), rule.sets.get("component")
        if step is not None and step not in of_step:
            raise ImportProblem(
                f"The step {step!r} is not in the protocol.", where=where, remedy=nearest(step, of_step)
            )
        if step is not None and component is not None and slug(component) != slug(of_step[step]):
            raise ImportProblem(
                f"The step {step!r} belongs to {of_step[step]!r}, not to {component!r}.",
                where=where,
                remedy="Leave the component out: the step says it.",
            )


def _meanings(codes: Sequence[Code], mapping: Mapping, steps: Sequence[Step]) -> dict[str, _Meaning]:
    """Return by path what each code that the mapping speaks of means; the nearest rule wins, key by key."""
    rules = {rule.path: rule for rule in mapping.codes}
    names = {slug(step.component): step.component for step in steps}
    component_of = {step.step_id: step.component for step in steps}
    parents = {code.path: code.parent for code in codes}
    meanings: dict[str, _Meaning] = {}
    for order, code in enumerate(codes):
        above = _line(code.path, parents)
        ruling = [rules[path] for path in above if path in rules]
        values = {
            key: (depth, value)
            for depth, path in enumerate(above)
            if path in rules
            for key, value in rules[path].sets.items()
        }
        if not ruling:
            continue
        step, component = values.get("step", (0, ""))[1], values.get("component", (0, ""))[1]
        component = component_of[step] if step else names.get(slug(component), component)
        meanings[code.path] = _Meaning(
            code,
            len(above),
            order,
            (component, step) if component else None,
            values.get("stance", (0, ""))[1],
            {key: values[key] for key in QUALITIES if key in values},
            [r.is_practice for r in ruling if r.is_practice is not None][-1:] == [True],
        )
    return meanings


def _line(path: str, parents: Mapped[str, str]) -> list[str]:
    """Return the code's path and those of the folders above it, the topmost first."""
    line = [path]
    while parents.get(line[0]):
        line.insert(0, parents[line[0]])
    return line


def _phase(stance: str, step: str, qualities: Mapped[str, str], phases: Mapped[str, str]) -> str:
    """Return the phase of a telling: its step's, except for what nobody wrote, which happens where it is told."""
    if step and stance != "added":
        return phases.get(step, "")
    return qualities.get("phase") or phases.get(step, "")


def _tellings(told: Telling, codes: Sequence[_Meaning], phases: Mapped[str, str], tally: Counter[str]) -> list[Telling]:
    """Return the tellings of one excerpt, deepest code first; none where no place meets a stance."""
    pairs = _pairs(codes)
    if not pairs:
        tally["without a practice"] += 1
        tally["no stance"] += any(m.anchor for m in codes)
        tally["no place"] += any(m.stance for m in codes)
        return []
    qualities = _qualities(codes, tally)
    return [
        replace(
            told,
            component=component,
            step_id=step,
            stance=stance,
            practice=_practice((component, step), stance, codes),
            **{**qualities, "phase": _phase(stance, step, qualities, phases)},
        )
        for (component, step), stance in pairs
    ]


def _pairs(codes: Sequence[_Meaning]) -> list[tuple[Anchor, str]]:
    """Return each place with each stance: first those that one code sets together, then those set apart."""
    stepped = {m.anchor[0] for m in codes if m.anchor and m.anchor[1]}
    # A component without a step says nothing more where a step of that component is there as well.
    anchors = [m for m in codes if m.anchor and (m.anchor[1] or m.anchor[0] not in stepped)]
    both = [m for m in anchors if m.stance]
    pairs = {(m.anchor, m.stance): None for m in both if m.anchor}
    stances = [m for m in codes if m.stance and m not in both]
    for place in anchors:
        for said in stances if place.stance else (*stances, *both):
            if place.anchor:
                pairs[place.anchor, said.stance] = None
    return list(pairs)


def _qualities(codes: Sequence[_Meaning], tally: Counter[str]) -> dict[str, str]:
    """Return the other values; of codes that disagree the deepest counts, then the nearest rule."""
    found: dict[str, str] = {}
    disagree = False
    for key in QUALITIES:
        said = [(m.depth, m.qualities[key][0], m.qualities[key][1]) for m in codes if key in m.qualities]
        if not said:
            continue
        said.sort(key=lambda values: (-values[0], -values[1]))
        found[key] = said[0][2]
        disagree = disagree or any(v[:2] == said[0][:2] and v[2] != said[0][2] for v in said)
    tally["disagree"] += disagree
    return found


def _practice(anchor: Anchor, stance: str, codes: Sequence[_Meaning]) -> str:
    """Return the name of the code that names the practice, or a readable make-shift from what is known."""
    naming = [m for m in codes if m.is_practice]
    fitting = [m for m in naming if m.anchor == anchor] or [m for m in naming if not m.anchor] or naming
    if fitting:
        return fitting[0].code.name
    about = next((m for m in codes if m.anchor == anchor), codes[0])
    return f"{about.code.name} · {stance.replace('_', ' ')}"


def _counted_warnings(bundle: Bundle, meanings: Mapped[str, _Meaning], tally: Counter[str]) -> list[str]:
    warnings = []
    if tally["without a practice"]:
        warnings.append(
            f"{tally['without a practice']} of {counted(len(bundle.excerpts), 'excerpt')} left without a practice."
        )
    if tally["no stance"]:
        warnings.append(f"{counted(tally['no stance'], 'excerpt')} with a component or step but no stance.")
    if tally["no place"]:
        warnings.append(f"{counted(tally['no place'], 'excerpt')} with a stance but no component or step.")
    if tally["disagree"]:
        warnings.append(
            f"{counted(tally['disagree'], 'excerpt')} with codes of equal depth that disagree; "
            "the first in the codebook counts."
        )
    unused = [code.path for code in bundle.codes if code.path not in meanings]
    if unused:
        warnings.append(
            f"{len(unused)} of {counted(len(bundle.codes), 'code')} not used by the mapping: {listed(unused, most=12)}."
        )
    return [*warnings, *remark(clashes(bundle)), *speakers.remark(bundle.documents, bundle.excerpts)]
