"""The lenses a second time, in plain Python: who works otherwise, and how that looks through each of them."""

from dataclasses import replace

from dashboard.model import Bundle, Filters, Study
from tests.measures.naive import DIFFERENT, Practice, chosen_otherwise, effects_of, written

LENSES = {
    "alliance_aspect": lambda p: p.first.alliance_aspect,
    "fidelity": lambda p: p.first.fidelity,
    "frame_nature": lambda p: p.first.frame_nature,
    "reason_level": lambda p: p.first.reason.partition(":")[0].strip().lower(),
    "resilience_potential": lambda p: p.first.resilience_potential,
}
STRONGEST_FIRST = ("worked_around", "adapted", "left_out", "added")


def practice_by_lens(study: Study, bundle: Bundle, filters: Filters) -> list[dict]:
    sourced = {s.step_id for s in written(study, bundle, replace(filters, component_ids=(), phases=()))}
    behind: dict[tuple[str, str], list[Practice]] = {}
    for _at, p in chosen_otherwise(study, bundle, filters):
        has_source = p.first.step_id in sourced or not (filters.obligation_levels or filters.jurisdictions)
        if p.first.stance == "added" or (p.first.stance in DIFFERENT and has_source):
            for lens, category_of in LENSES.items():
                behind.setdefault((lens, category_of(p)), []).append(p)
    return [
        row(lens, category, own)
        for (lens, category), own in sorted(behind.items())
        if category not in ("", "not_applicable")
    ]


def row(lens: str, category: str, own: list[Practice]) -> dict:
    voices = {voice for p in own for voice in p.voices()}
    strongest = [
        next(s for s in STRONGEST_FIRST if any(p.first.stance == s and voice in p.voices() for p in own))
        for voice in voices
    ]
    return {
        "lens": lens, "category": category, "n_voices": len(voices),
        **{f"n_{stance}": strongest.count(stance) for stance in STRONGEST_FIRST},
        "n_practices": len(own), "n_unwritten": [p.first.stance for p in own].count("added"),
        **effects_of([telling for p in own for telling in p.tellings]),
    }  # fmt: skip
