"""A bundle as rows of the store's tables: components, practices and who told them, named once."""

from collections.abc import Mapping, Sequence

from dashboard.importers.vocabulary import reason_level, slug
from dashboard.model import Bundle, Step, Study, Telling

Rows = dict[str, Sequence[tuple[object, ...]]]

DESCRIBED = ("frame_nature", "fidelity", "reason", "alliance_aspect", "resilience_potential", "rests_on")


def of(study: Study, bundle: Bundle) -> Rows:
    """Return, per table of the schema, the rows of one study, columns in the schema's order."""
    components = _components(study, bundle)
    ids = {slug(name): component_id for component_id, name, _sv in components}
    in_swedish = {slug(name): name_sv for _id, name, name_sv in components}  # a code may be called as a tool is
    documents = _guidance_documents(bundle.steps)
    practices, voices = _practices(study.study_id, bundle.tellings, ids)
    key = study.study_id
    return {
        "study": [_study_row(study)],
        "digital_component": [(key, *component, at) for at, component in enumerate(components, start=1)],
        "guidance_document": [(key, number, *what) for what, number in documents.items()],
        "protocol_step": [_step_row(key, step, ids, documents) for step in bundle.steps],
        "participant": [
            (key, p.participant_id, p.citation, p.address, at) for at, p in enumerate(bundle.participants, start=1)
        ],
        "participant_attribute": [
            (key, p.participant_id, name, value) for p in bundle.participants for name, value in p.attributes.items()
        ],
        "document": [(key, d.document_id, d.name, d.text, d.sha256, d.participant_id) for d in bundle.documents],
        "code": [
            (
                key, c.path, c.name, c.name_sv or in_swedish.get(slug(c.name), ""), c.parent, c.description, c.theme,
                c.colour, c.is_codable,
            )
            for c in bundle.codes
        ],
        "excerpt": [
            (
                key, e.excerpt_id, e.document_id, e.participant_id, e.start, e.end, e.text, e.text_en, e.verification,
                e.release_state, e.memo,
            )
            for e in bundle.excerpts
        ],
        "coding": [(key, c.excerpt_id, c.code_path, c.coder) for c in bundle.codings],
        "practice": practices,
        "practice_voice": voices,
        "placement_rule": [(key, r.rank, r.placement, r.quantity, r.least, r.most) for r in study.placement_rules],
        "reporting_answer": [(key, *answer) for answer in study.answers],
    }  # fmt: skip


def _study_row(study: Study) -> tuple[object, ...]:
    return (
        study.study_id, study.title, study.title_sv, study.organisation, study.country, study.kind,
        study.series or study.study_id, study.round, study.method, study.method_sv, study.ethics_note,
        study.disclosure, study.collected, study.school, study.organisation_sv, study.ethics_note_sv,
        study.collected_sv,
    )  # fmt: skip


def log_row(study: Study, bundle: Bundle, at: object) -> tuple[object, ...]:
    """Return the study's row of import_log without its generation."""
    counts = counts_of(bundle)
    return (
        study.study_id, at, bundle.source_name, bundle.sha256, bundle.producer,
        *(counts[name] for name in counts), "\n".join(bundle.warnings), "\n".join(bundle.files),
        "import",
    )  # fmt: skip


def notes(tellings: Sequence[Telling]) -> list[str]:
    """Return what to say of tellings that become one practice: it is described once, by the first that named it."""
    first: dict[tuple[str, ...], Telling] = {}
    otherwise = 0
    for telling in tellings:
        named = first.setdefault(identity(telling), telling)
        otherwise += any(getattr(telling, what) not in ("", "unknown", getattr(named, what)) for what in DESCRIBED)
    if not otherwise:
        return []
    return [
        f"{otherwise} rows describe a practice otherwise than the row that named it first ({', '.join(DESCRIBED)}); "
        "the first one counts. Give practices that differ names of their own."
    ]


def counts_of(bundle: Bundle) -> dict[str, int]:
    """Return what an import report counts, in the order of the import log."""
    return {
        "documents": len(bundle.documents),
        "codes": len(bundle.codes),
        "excerpts": len(bundle.excerpts),
        "codings": len(bundle.codings),
        "participants": len(bundle.participants),
        "practices": len({identity(telling) for telling in bundle.tellings}),
        "quotes_verified": bundle.quotes_verified,
        "quotes_total": bundle.quotes_total,
    }


def _components(study: Study, bundle: Bundle) -> list[tuple[str, str, str]]:
    """Return (id, name, name in Swedish): those that the study lists first, then others as they appear."""
    found = {slug(component_id or name): (slug(component_id or name), name, name_sv)
             for component_id, name, name_sv in study.components}  # fmt: skip
    taken = {slug(name) for _id, name, _sv in found.values()}
    for name in [*(s.component for s in bundle.steps), *(t.component for t in bundle.tellings)]:
        if slug(name) not in taken and slug(name) not in found:
            found[slug(name)] = (slug(name), name, "")
            taken.add(slug(name))
    return list(found.values())


def _guidance_documents(steps: Sequence[Step]) -> dict[tuple[str, ...], int]:
    numbers: dict[tuple[str, ...], int] = {}
    for step in steps:
        what = _document_of(step)
        if any(what):
            numbers.setdefault(what, len(numbers) + 1)
    return numbers


def _document_of(step: Step) -> tuple[str, ...]:
    return (
        step.document, step.issuer, step.obligation_level, step.jurisdiction, step.version, step.year, step.address,
    )  # fmt: skip


def _step_row(
    study_id: str, step: Step, ids: Mapping[str, str], documents: Mapping[tuple[str, ...], int]
) -> tuple[object, ...]:
    return (
        study_id, step.step_id, ids.get(slug(step.component), slug(step.component)), step.phase, step.position,
        step.text, step.text_sv, step.why_it_matters, step.why_it_matters_sv, documents.get(_document_of(step)),
        step.place, step.is_core, step.valid_from,
    )  # fmt: skip


def identity(telling: Telling) -> tuple[str, ...]:
    """Return what makes a practice distinct: where it hangs, its stance and its name."""
    return (
        slug(telling.component),
        telling.step_id,
        telling.phase,
        telling.stance,
        telling.practice.casefold(),
    )


def _practices(
    study_id: str, tellings: Sequence[Telling], ids: Mapping[str, str]
) -> tuple[list[tuple[object, ...]], list[tuple[object, ...]]]:
    numbers: dict[tuple[str, ...], str] = {}
    rows: list[tuple[object, ...]] = []
    voices: list[tuple[object, ...]] = []
    for telling in tellings:
        distinct = identity(telling)
        if distinct not in numbers:
            numbers[distinct] = f"p{len(numbers) + 1}"
            is_unwritten = telling.stance == "added"
            rows.append((
                study_id, numbers[distinct], ids.get(slug(telling.component), slug(telling.component)),
                "" if is_unwritten else telling.step_id, telling.step_id if is_unwritten else "", telling.phase,
                telling.stance, telling.practice, telling.practice_sv, telling.frame_nature, telling.fidelity,
                telling.reason, telling.reason_sv, reason_level(telling.reason), telling.alliance_aspect,
                telling.resilience_potential, telling.rests_on,
            ))  # fmt: skip
        voices.append((study_id, numbers[distinct], telling.participant_id, telling.excerpt_id, telling.effect))
    return rows, voices
