"""The analysis a second time, in plain Python: codes and their voices, meetings, what each interview brought, alpha."""

from dataclasses import replace
from itertools import permutations

from dashboard.model import Bundle, Code, Excerpt, Filters, Study
from tests.measures.naive import DIFFERENT, chosen_otherwise, written


def line(bundle: Bundle, code: Code) -> list[str]:
    """The code's path and those of the codes that it stands in, itself first."""
    known = {each.path: each for each in bundle.codes}
    found = [code.path]
    while known[found[-1]].parent in known:
        found.append(known[found[-1]].parent)
    return found


def excerpts_under(bundle: Bundle, path: str) -> list[Excerpt]:
    """The excerpts with this code or one below it."""
    below = {code.path for code in bundle.codes if path in line(bundle, code)}
    return excerpts_with(bundle, below)


def excerpts_with(bundle: Bundle, paths: set[str]) -> list[Excerpt]:
    ids = {coding.excerpt_id for coding in bundle.codings if coding.code_path in paths}
    return [excerpt for excerpt in bundle.excerpts if excerpt.excerpt_id in ids]


def voices(excerpts: list[Excerpt]) -> int:
    return len({excerpt.participant_id for excerpt in excerpts} - {""})


def voice_by_code(study: Study, bundle: Bundle, filters: Filters) -> list[dict]:
    rows = []
    for code in sorted(bundle.codes, key=lambda code: code.path):
        own, under = excerpts_with(bundle, {code.path}), excerpts_under(bundle, code.path)
        rows.append({
            "code_id": code.path, "parent_id": code.parent, "theme": code.theme, "code": code.name,
            "code_sv": code.name_sv, "description": code.description, "depth": len(line(bundle, code)) - 1,
            "is_codable": code.is_codable, "n_voices": voices(own), "n_excerpts": len(own),
            "n_voices_below": voices(under), "n_excerpts_below": len(under),
        })  # fmt: skip
    return rows


def meet(one: Excerpt, other: Excerpt) -> bool:
    if one.excerpt_id == other.excerpt_id:
        return True
    if one.document_id != other.document_id or one.start is None or other.start is None:
        return False
    return bool(set(range(one.start, one.end or 0)) & set(range(other.start, other.end or 0)))


def code_co_occurrence(study: Study, bundle: Bundle, filters: Filters, down: str = "", across: str = "") -> list[dict]:
    rows = []
    ordered = sorted(bundle.codes, key=lambda code: code.path)
    for one in [code for code in ordered if code.parent == down]:
        for other in [code for code in ordered if code.parent == across]:
            if one.path in line(bundle, other) or other.path in line(bundle, one):
                continue
            left, right = excerpts_under(bundle, one.path), excerpts_under(bundle, other.path)
            left_met = [e for e in left if any(meet(e, far) for far in right)]
            right_met = [e for e in right if any(meet(e, far) for far in left)]
            both = min(len(left_met), len(right_met))
            either = len(left) + len(right) - both
            rows.append({
                "down_id": one.path, "down": one.name, "down_sv": one.name_sv, "across_id": other.path,
                "across": other.name, "across_sv": other.name_sv, "n_down": len(left), "n_across": len(right),
                "n_both": both, "n_voices_both": min(voices(left_met), voices(right_met)),
                "c": both / either if either else None,
            })  # fmt: skip
    return rows


def new_by_interview(study: Study, bundle: Bundle, filters: Filters) -> list[dict]:
    sourced = {s.step_id for s in written(study, bundle, replace(filters, component_ids=(), phases=()))}
    told: dict[str, set[str]] = {voice.participant_id: set() for voice in bundle.participants}
    for _at, p in chosen_otherwise(study, bundle, filters):
        has_source = p.first.step_id in sourced or not (filters.obligation_levels or filters.jurisdictions)
        if p.first.stance == "added" or (p.first.stance in DIFFERENT and has_source):
            for voice in p.voices():
                told[voice].add(p.practice_id)
    rows, known = [], set()
    for position, voice in enumerate(bundle.participants, start=1):
        new = told[voice.participant_id] - known
        known |= new
        rows.append({
            "position": position, "participant_id": voice.participant_id, "citation": voice.citation,
            "n_practices": len(told[voice.participant_id]), "n_new": len(new), "n_so_far": len(known),
        })  # fmt: skip
    return rows


def coder_agreement(study: Study, bundle: Bundle, filters: Filters) -> list[dict]:
    coders: dict[str, set[str]] = {}
    for coding in bundle.codings:
        if coding.coder:
            coders.setdefault(coding.excerpt_id, set()).add(coding.coder)
    units = {excerpt: group for excerpt, group in coders.items() if len(group) > 1}
    gave = {(c.excerpt_id, c.code_path, c.coder) for c in bundle.codings if c.excerpt_id in units and c.coder}
    codes = sorted((c for c in bundle.codes if any(path == c.path for _e, path, _c in gave)), key=lambda c: c.path)

    def values(code: Code) -> list[list[bool]]:
        return [[(e, code.path, coder) in gave for coder in sorted(group)] for e, group in sorted(units.items())]

    def row(named: Code, own: list[list[bool]]) -> dict:
        return {
            "code_id": named.path, "code": named.name, "code_sv": named.name_sv, "n_units": len(units),
            "n_coders": len(set().union(*units.values())), "n_given": sum(map(sum, own)),
            "alpha": alpha(own) if len(units) > 1 else None,
        }  # fmt: skip

    whole = [row(Code("", ""), [unit for code in codes for unit in values(code)])] if codes else []
    return [*whole, *(row(code, values(code)) for code in codes)]


def alpha(units: list[list]) -> float | None:
    """Alpha as disagreement found over disagreement expected, pair by pair."""
    units = [unit for unit in units if len(unit) > 1]
    paired = [value for unit in units for value in unit]
    found = sum(sum(a != b for a, b in permutations(unit, 2)) / (len(unit) - 1) for unit in units)
    expected = sum(a != b for a, b in permutations(paired, 2))
    if len(units) < 2 or not expected:
        return None
    return 1 - (found / len(paired)) / (expected / (len(paired) * (len(paired) - 1)))
