"""The library of practice a second time, in plain Python: what is told, what it leads to, and what is fragile."""

from dataclasses import replace

from dashboard.model import Bundle, Filters, Study
from tests.measures.naive import DIFFERENT, Practice, about, chosen_otherwise, of_tool, phase_position, written


def practice_library(study: Study, bundle: Bundle, filters: Filters) -> list[dict]:
    sourced = {s.step_id for s in written(study, bundle, replace(filters, component_ids=(), phases=()))}
    found = []
    for at, p in chosen_otherwise(study, bundle, filters):
        has_source = p.first.step_id in sourced or not (filters.obligation_levels or filters.jurisdictions)
        if p.first.stance == "added" or (p.first.stance in DIFFERENT and has_source):
            found.append((at, row(study, bundle, p)))
    found.sort(key=lambda f: (-f[1]["n_helps"], -f[1]["n_voices"], f[0], f[1]["phase_position"], f[1]["practice_id"]))
    return [each for _at, each in found]


def row(study: Study, bundle: Bundle, practice: Practice) -> dict:
    first, said = practice.first, about(practice)
    step = next((s for s in bundle.steps if s.step_id == first.step_id), None)
    phase = step.phase if step and first.stance != "added" else first.phase
    helps = said["n_helps"] > said["n_mixed"] + said["n_harms"]
    why = {
        "is_one_voice": helps and len(practice.voices()) == 1,
        "is_against_text": helps and first.fidelity == "inconsistent",
        "is_on_private_tools": helps and first.rests_on == "private_tools",
    }
    return {
        **said, **of_tool(study, bundle, first.component), "phase": phase, "phase_position": phase_position(phase),
        "step_id": first.step_id, "step": step.text if step else "", "step_sv": step.text_sv if step else "",
        "stance": first.stance, "fidelity": first.fidelity, "rests_on": first.rests_on,
        "reason_level": first.reason.partition(":")[0].strip().lower(), "is_helpful": helps, **why,
        "is_fragile": True in why.values(),
    }  # fmt: skip
