"""A study in the making: its files read once, and what a mapping makes of them, as often as the mapping changes."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from dashboard import intake
from dashboard.errors import ImportProblem
from dashboard.importers import about, mapping, mapping_toml, rows, suggest, voices
from dashboard.importers.clashes import STRONGEST_FIRST, Clash, clashes
from dashboard.importers.inputs import Inputs
from dashboard.importers.mapping import CodeRule
from dashboard.importers.mapping import Mapping as Rules
from dashboard.importers.mapping_file import ANCHORS, KEYS, QUALITIES, read_mapping
from dashboard.importers.suggest import Suggestion
from dashboard.importers.vocabulary import slug
from dashboard.intake import Upload
from dashboard.model import EFFECTS, Bundle, Excerpt, Participant, Progress, Step, Study, Telling

DIMENSIONS = (*ANCHORS, *QUALITIES)
"""What a code can say of an excerpt, as the mapping file calls it; "practice" comes beside them."""
PRACTICE = "practice"
SAMPLES = 3
MAPPING_FILE, ABOUT_FILE = "mapping.toml", "study.toml"
STATE_OF = {
    "worked_around": "differently", "adapted": "differently", "left_out": "not_done", "as_written": "as_written",
    "unclear": "unclear",
}  # fmt: skip


@dataclass(frozen=True)
class Material:
    """What the files of a study hold, before any mapping."""

    files: tuple[Upload, ...]
    """The files without the mapping and what the study says of itself."""
    bundle: Bundle
    steps: tuple[Step, ...]
    named_voices: tuple[Participant, ...]
    """Those of the participants table, none where there is none."""
    rules: Rules
    """The mapping that came with the files, else one that says nothing yet."""
    study: Study | None
    """What the study says of itself in a file that came with the others."""
    about: Upload | None
    needs_mapping: bool
    """False for practice tables, which say it all themselves."""


@dataclass(frozen=True)
class Yielded:
    """What a mapping makes of the material."""

    n_voices: int
    n_practices: int
    n_unwritten: int
    """Practices that hang on no step."""
    cells: Mapping[str, int]
    """Voice × step by state."""
    effects: Mapping[str, int]
    """Voices × practices that differ or that nobody wrote, by the effect told."""
    n_excerpts: int
    n_told: int
    """Excerpts with a practice."""
    clashes: tuple[Clash, ...]
    left_out: Mapping[str, int]
    unmapped: tuple[str, ...]
    warnings: tuple[str, ...]
    attributes: tuple[str, ...]
    """What is known of the voices, by name: case variables and the participants table."""
    missing: tuple[str, ...]
    """What is missing before there is a gap to see: protocol, place, stance, meeting, difference."""


def read(files: Sequence[Upload], progress: Progress | None = None) -> Material:
    """Return what the files hold. Raises with the file, the place, the rule and the way out."""
    say = progress or (lambda _what, _share: None)
    rules, described, others = _apart(files)
    study = None
    if described is not None:
        study = about.read(described.data, described.name, "study", intake.default_placement_rules())
    inputs = Inputs(rules)
    for file in others:
        say(f"reading {file.name}", 0.05)
        inputs.add(file.data, file.name)
    inputs.refuse_several()
    if inputs.tables.practice:
        whole = intake.prepare(intake.Request("study", others, about=described), progress)
        bundle, steps = whole.bundle, whole.bundle.steps
    else:
        steps, warnings = inputs.steps(study.round if study else 1)
        bundle = inputs.coded(say).with_warnings(*warnings)
    return Material(
        tuple(others), bundle, steps, inputs.voices(), rules or proposed(bundle), study, described,
        not inputs.tables.practice,
    )  # fmt: skip


def _apart(files: Sequence[Upload]) -> tuple[Rules | None, Upload | None, list[Upload]]:
    """Return the mapping, what the study says of itself, and the other files."""
    mappings: list[Upload] = []
    described: list[Upload] = []
    others: list[Upload] = []
    for file in files:
        if not file.name.lower().endswith(".toml"):
            others.append(file)
        elif set(about.parse(file.data, file.name)) & set(KEYS):
            mappings.append(file)
        else:
            described.append(file)
    for several in (mappings, described):
        if len(several) > 1:
            names = ", ".join(file.name for file in several)
            raise ImportProblem("There is more than one file of this kind.", where=names, remedy="Give one.")
    rules = read_mapping(mappings[0].data, mappings[0].name) if mappings else None
    return rules, described[0] if described else None, others


def proposed(bundle: Bundle) -> Rules:
    """Return a mapping that says nothing of the codes, with whose words a document holds as the project has it."""
    linked = any(case.document_ids for case in bundle.cases)
    kind = "case" if linked else "set" if bundle.document_sets else "document"
    return Rules(MAPPING_FILE, kind)


def whose(material: Material, rules: Rules) -> dict[str, str]:
    """Return the voice of each document, by the document's name, in the documents' order."""
    found = voices.find_voices(material.bundle, rules).of_document
    return {document.name: found[document.document_id] for document in material.bundle.documents}


def with_voices(rules: Rules, material: Material, said: Mapping[str, str]) -> Rules:
    """Return the mapping with these voices of documents; only what differs from the project's own is written."""
    own = whose(material, replace(rules, participant_of={}))
    differing = {name: voice.strip() for name, voice in said.items() if voice.strip() and voice.strip() != own[name]}
    return replace(rules, participant_of=differing)


def with_kind(rules: Rules, kind: str) -> Rules:
    """Return the mapping with documents, cases or sets as voices; what was said of single documents starts anew."""
    return replace(rules, participants=kind, participant_of={})


def value_of(rules: Rules, path: str, key: str) -> str:
    """Return what a code's own rule sets; "yes" or "no" for the name of a practice, "" where it says nothing."""
    rule = next((rule for rule in rules.codes if rule.path == path), CodeRule(path))
    if key == PRACTICE:
        return {None: "", True: "yes", False: "no"}[rule.is_practice]
    return rule.sets.get(key, "")


def with_values(rules: Rules, material: Material, paths: Iterable[str], values: Mapping[str, str]) -> Rules:
    """Return the mapping with these values set on codes; an empty value takes it away.

    A step says its component, so the two never stand in one rule with different components. The rules stand in the
    codebook's order, and one that says nothing is dropped.
    """
    of_step = {step.step_id: step.component for step in material.steps}
    by_path = {rule.path: rule for rule in rules.codes}
    for path in paths:
        rule = by_path.get(path, CodeRule(path))
        sets, is_practice = dict(rule.sets), rule.is_practice
        for key, value in values.items():
            if key == PRACTICE:
                is_practice = {"yes": True, "no": False}.get(value)
            elif value.strip():
                sets[key] = value.strip()
            else:
                sets.pop(key, None)
        if "step" in sets and "component" in sets and slug(of_step.get(sets["step"], "")) != slug(sets["component"]):
            sets.pop("step" if values.get("component") and not values.get("step") else "component")
        by_path[path] = CodeRule(path, {key: sets[key] for key in DIMENSIONS if key in sets}, is_practice)
    order = {code.path: at for at, code in enumerate(material.bundle.codes)}
    kept = (rule for rule in by_path.values() if rule.sets or rule.is_practice is not None)
    return replace(rules, codes=tuple(sorted(kept, key=lambda rule: order.get(rule.path, len(order)))))


def suggested(material: Material, rules: Rules) -> list[Suggestion]:
    """Return what the names of the codes suggest and the mapping does not say yet."""
    return suggest.suggestions(material.bundle.codes, material.steps, rules)


def skeleton(material: Material) -> str:
    """Return a mapping file to start from: every code, every document's voice, and suggestions as comments."""
    notes: dict[str, list[str]] = {}
    for found in suggested(material, material.rules):
        notes.setdefault(found.path, []).append(
            f'suggested by its name ({found.because}): {found.key} = "{found.value}"'
        )
    given = {rule.path: rule for rule in material.rules.codes}
    rules = replace(
        material.rules,
        participant_of=whose(material, material.rules),
        codes=tuple(given.get(code.path, CodeRule(code.path)) for code in material.bundle.codes),
    )
    return mapping_toml.as_toml(rules, {path: "\n".join(lines) for path, lines in notes.items()})


def samples(bundle: Bundle) -> dict[str, list[Excerpt]]:
    """Return up to three excerpts of each document, from its beginning, middle and end, by the document's name."""
    of: dict[str, list[Excerpt]] = {}
    for excerpt in bundle.excerpts:
        of.setdefault(excerpt.document_id, []).append(excerpt)
    return {
        document.name: [found[at] for at in sorted({0, len(found) // 2, len(found) - 1})[:SAMPLES]]
        for document in bundle.documents
        if (found := of.get(document.document_id))
    }


def yielded(material: Material, rules: Rules) -> Yielded:
    """Return what a mapping makes of the material. Raises where it names a code, step or document that is not there."""
    if not material.needs_mapping:
        return _counted(material.bundle, {}, ())
    found = mapping.applied(material.bundle, rules, material.steps)
    whole = intake.with_attributes(found.bundle, material.named_voices)
    return _counted(whole, found.left_out, found.unmapped, rules)


def _counted(
    bundle: Bundle, left_out: Mapping[str, int], unmapped: tuple[str, ...], rules: Rules | None = None
) -> Yielded:
    counts = rows.counts_of(bundle)
    return Yielded(
        n_voices=counts["participants"],
        n_practices=counts["practices"],
        n_unwritten=rows.counts_of(replace(bundle, tellings=tuple(t for t in bundle.tellings if not t.step_id)))[
            "practices"
        ],
        cells=_cells(bundle),
        effects=_effects(bundle),
        n_excerpts=counts["excerpts"],
        n_told=len({telling.excerpt_id for telling in bundle.tellings if telling.excerpt_id}),
        clashes=tuple(clashes(bundle)),
        left_out=left_out,
        unmapped=unmapped,
        warnings=tuple(dict.fromkeys((*bundle.warnings, *rows.notes(bundle.tellings)))),
        attributes=tuple(dict.fromkeys(name for voice in bundle.participants for name in voice.attributes)),
        missing=tuple(_missing(bundle, rules)),
    )


def _cells(bundle: Bundle) -> dict[str, int]:
    """Return how many cells, voice × step, stand in each state; the strongest stance counts."""
    told: dict[tuple[str, str], set[str]] = {}
    for telling in bundle.tellings:
        if telling.step_id:
            told.setdefault((telling.participant_id, telling.step_id), set()).add(telling.stance)
    states = (
        next((STATE_OF[stance] for stance in STRONGEST_FIRST if stance in stances), "not_raised")
        for stances in told.values()
    )
    found = Counter(dict.fromkeys(STATE_OF.values(), 0))
    found.update(states)
    found["not_raised"] += len(bundle.participants) * len(bundle.steps) - len(told)
    return dict(found)


def _effects(bundle: Bundle) -> dict[str, int]:
    """Return how many voices tell which effect of a practice of theirs; several known ones are mixed."""
    told: dict[tuple[str, ...], set[str]] = {}
    for telling in bundle.tellings:
        if telling.stance not in ("as_written", "unclear"):
            told.setdefault((telling.participant_id, *rows.identity(telling)), set()).add(telling.effect)
    known = [effects - {"not_known"} for effects in told.values()]
    found = Counter("mixed" if len(effects) > 1 else next(iter(effects), "not_known") for effects in known)
    return {effect: found[effect] for effect in EFFECTS}


def _missing(bundle: Bundle, rules: Rules | None) -> Iterable[str]:
    if not bundle.steps:
        yield "protocol"
    if rules is not None:
        keys = {key for rule in rules.codes for key in rule.sets}
        lacking = [
            name for name, found in (("place", {"component", "step"}), ("stance", {"stance"})) if not keys & found
        ]
        yield from lacking
        if not lacking and not bundle.tellings:
            yield "meeting"
    if bundle.steps and bundle.tellings and not any(_differs(telling) for telling in bundle.tellings):
        yield "difference"


def _differs(telling: Telling) -> bool:
    return bool(telling.step_id) and telling.stance in ("worked_around", "adapted", "left_out")
