"""The cell and every measure a second time, in plain Python straight from the tellings.

Slow, obvious, and without a line in common with dashboard.measures or queries/: no SQL, no data frame. Each measure
takes a study, its bundle and a reader's filters, and returns a list of rows, a mapping each.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from math import sqrt
from statistics import NormalDist, mean

from dashboard.model import Bundle, Filters, Step, Study, Telling

PRECEDENCE = ("worked_around", "adapted", "left_out", "as_written", "unclear")
DIFFERENT = ("worked_around", "adapted", "left_out")
CLEAR = (*DIFFERENT, "as_written")
PHASES = ("before", "session_start", "during", "between", "ending")
STATES = {"worked_around": "differently", "adapted": "differently", "left_out": "not_done"}


@dataclass
class Practice:
    """A distinct way of doing: the telling that named it first, and all that tell it."""

    practice_id: str
    first: Telling
    tellings: list[Telling] = field(default_factory=list)

    def voices(self) -> set[str]:
        return {telling.participant_id for telling in self.tellings}


def practices(bundle: Bundle) -> list[Practice]:
    found: dict[tuple, Practice] = {}
    for t in bundle.tellings:
        key = (t.component, t.step_id, t.phase, t.stance, t.practice.lower())
        found.setdefault(key, Practice(f"p{len(found) + 1}", t)).tellings.append(t)
    return list(found.values())


def components(study: Study, bundle: Bundle) -> dict[str, tuple[int, str, str]]:
    """Name of a component → its position, id and Swedish name."""
    found = {name: (component_id, name_sv) for component_id, name, name_sv in study.components}
    for name in [s.component for s in bundle.steps] + [t.component for t in bundle.tellings]:
        found.setdefault(name, (name.lower().replace(" ", "_"), ""))
    return {name: (at, *what) for at, (name, what) in enumerate(found.items(), start=1)}


def phase_position(phase: str) -> int:
    return PHASES.index(phase) + 1 if phase in PHASES else 6


def fits(value: str, wanted: tuple[str, ...]) -> bool:
    return not wanted or value in wanted


def written(study: Study, bundle: Bundle, filters: Filters) -> list[Step]:
    known = components(study, bundle)
    chosen = [
        step
        for step in bundle.steps
        if fits(known[step.component][1], filters.component_ids)
        and fits(step.phase, filters.phases)
        and fits(step.obligation_level, filters.obligation_levels)
        and fits(step.jurisdiction, filters.jurisdictions)
    ]
    return sorted(chosen, key=lambda s: (known[s.component][0], phase_position(s.phase), s.position, s.step_id))


def supports(bundle: Bundle, voice: str, step_id: str) -> dict[str, int]:
    """Stance → the voices behind the best supported practice of that stance that this voice told of the step."""
    found = dict.fromkeys(PRECEDENCE, 0)
    for practice in practices(bundle):
        stance = practice.first.stance
        if practice.first.step_id == step_id and stance != "added" and voice in practice.voices():
            found[stance] = max(found[stance], len(practice.voices()))
    return found


def strongest(support: dict[str, int], at_least: int) -> str:
    return next((stance for stance in PRECEDENCE if support[stance] >= at_least), "not_raised")


def cell(study: Study, bundle: Bundle) -> list[dict]:
    rows = []
    for voice in sorted(p.participant_id for p in bundle.participants):
        for step in sorted(s.step_id for s in bundle.steps):
            support = supports(bundle, voice, step)
            stance = strongest(support, 1)
            rows.append({
                "study_id": study.study_id, "participant_id": voice, "step_id": step,
                "state": STATES.get(stance, stance), "stance": stance,
                "also_as_written": stance in DIFFERENT and support["as_written"] > 0,
                **{f"support_{each}": support[each] for each in PRECEDENCE},
            })  # fmt: skip
    return rows


def gap_by_step(study: Study, bundle: Bundle, filters: Filters) -> list[dict]:
    rows = []
    for step in written(study, bundle, filters):
        told = [supports(bundle, voice.participant_id, step.step_id) for voice in bundle.participants]
        stances = [strongest(support, filters.at_least) for support in told]
        as_written = [support["as_written"] >= filters.at_least for support in told]
        rows.append({
            **of_tool(study, bundle, step.component), "step_id": step.step_id, "phase": step.phase,
            "phase_position": phase_position(step.phase), "step": step.text, "step_sv": step.text_sv,
            "is_core": step.is_core, "obligation_level": step.obligation_level, "n_voices": len(stances),
            "n_raised": len(stances) - stances.count("not_raised"), "n_as_written": stances.count("as_written"),
            "n_adapted": stances.count("adapted"), "n_worked_around": stances.count("worked_around"),
            "n_differently": stances.count("adapted") + stances.count("worked_around"),
            "n_not_done": stances.count("left_out"), "n_unclear": stances.count("unclear"),
            "n_not_raised": stances.count("not_raised"),
            "n_also_as_written": [s in DIFFERENT and a for s, a in zip(stances, as_written, strict=True)].count(True),
            **firmness([s in DIFFERENT if s in CLEAR else None for s in stances], "n_differ"),
        })  # fmt: skip
    return rows


def doubt_by_step(study: Study, bundle: Bundle, filters: Filters) -> list[dict]:
    rows = []
    for step in written(study, bundle, filters):
        told = [
            telling for p in practices(bundle) for telling in p.tellings
            if p.first.step_id == step.step_id and len(p.voices()) >= filters.at_least
        ]  # fmt: skip
        for voice in sorted({telling.participant_id for telling in told}):
            own = [telling for telling in told if telling.participant_id == voice]
            follows = [telling.effect for telling in own if telling.stance == "as_written"]
            effect = one_effect(set(follows) - {"not_known"})
            if effect in ("mixed", "harms") and not any(telling.stance in DIFFERENT for telling in own):
                rows.append({"step_id": step.step_id, "participant_id": voice, "effect": effect})
    return rows


def of_tool(study: Study, bundle: Bundle, name: str) -> dict:
    _at, component_id, name_sv = components(study, bundle)[name]
    return {"component_id": component_id, "component": name, "component_sv": name_sv}


def firmness(voices: list[bool | None], n_differ: str) -> dict:
    """The gap and how firm it is; a voice differs (True), does not (False), or is not clear (None)."""
    clear = [voice for voice in voices if voice is not None]
    low, high = wilson(sum(clear), len(clear))
    without = [share(voices[:at] + voices[at + 1 :]) for at in range(len(voices))] if len(clear) > 1 else []
    return {
        "n_clear": len(clear), n_differ: sum(clear), "gap": share(voices),
        "gap_min_without_one": min(without, default=None), "gap_max_without_one": max(without, default=None),
        "interval_low": low, "interval_high": high,
    }  # fmt: skip


def share(voices: list[bool | None]) -> float | None:
    clear = [float(voice) for voice in voices if voice is not None]
    return mean(clear) if clear else None


def wilson(n_differ: int, n_clear: int) -> tuple[float | None, float | None]:
    """The score interval as textbooks print it: the middle, and how far it reaches to both sides."""
    if n_clear == 0:
        return None, None
    z = NormalDist().inv_cdf(0.975)
    p = n_differ / n_clear
    middle = p + z * z / (2 * n_clear)
    reach = z * sqrt((p * (1 - p) + z * z / (4 * n_clear)) / n_clear)
    return (middle - reach) / (1 + z * z / n_clear), (middle + reach) / (1 + z * z / n_clear)


def gap_by_component(study: Study, bundle: Bundle, filters: Filters) -> list[dict]:
    voices = [voice.participant_id for voice in bundle.participants]
    rows = []
    for name in components(study, bundle):
        steps = [step.step_id for step in written(study, bundle, filters) if step.component == name]
        table = [[strongest(supports(bundle, voice, s), filters.at_least) for s in steps] for voice in voices]
        columns = [[row[at] for row in table] for at in range(len(steps))]
        mostly = [mostly_differs(stances) for stances in table]
        silent = sum(set(stances) == {"not_raised"} for stances in table)
        if steps:
            rows.append({
                **of_tool(study, bundle, name), "n_steps": len(steps),
                "n_steps_raised": sum(bool(set(stances) - {"not_raised"}) for stances in columns),
                "n_steps_half": sum(mostly_differs(stances) is True for stances in columns),
                "n_voices": len(voices), "n_raised": len(voices) - silent, "n_not_raised": silent,
                "n_mostly_as_written": mostly.count(False), "n_unclear": mostly.count(None) - silent,
                **firmness(mostly, "n_mostly_differ"),
            })  # fmt: skip
    return rows


def mostly_differs(stances: list[str]) -> bool | None:
    """Whether at least half of the clear ones differ; None where none is clear."""
    clear = [stance in DIFFERENT for stance in stances if stance in CLEAR]
    return 2 * sum(clear) >= len(clear) if clear else None


def effects_of(tellings: list[Telling]) -> dict[str, int]:
    by_voice: dict[str, set[str]] = defaultdict(set)
    for telling in tellings:
        by_voice[telling.participant_id].add(telling.effect)
    found = [one_effect(effects - {"not_known"}) for effects in by_voice.values()]
    return {f"n_{effect}": found.count(effect) for effect in ("helps", "mixed", "harms", "not_known")}


def one_effect(known: set[str]) -> str:
    return "not_known" if not known else "mixed" if len(known) > 1 else known.pop()


def placement_by_step(study: Study, bundle: Bundle, filters: Filters) -> list[dict]:
    rows = []
    for row in gap_by_step(study, bundle, filters):
        own = [p for p in practices(bundle) if p.first.step_id == row["step_id"] and p.first.stance in DIFFERENT]
        behind = [p for p in own if len(p.voices()) >= filters.at_least]
        row |= effects_of([telling for p in behind for telling in p.tellings])
        lost = {voice for p in behind if p.first.fidelity == "inconsistent" for voice in p.voices()}
        kept = {voice for p in behind if p.first.fidelity == "consistent" for voice in p.voices()}
        bound = {voice for p in behind if p.first.reason.lower().startswith("organisation") for voice in p.voices()}
        row |= {"n_consistent": len(kept - lost), "n_inconsistent": len(lost), "n_condition": len(bound)}
        known = row["n_helps"] + row["n_mixed"] + row["n_harms"]
        row["mean_effect"] = (row["n_helps"] - row["n_harms"]) / known if known else None
        row["priority"] = row["n_differ"] + row["n_mixed"] + row["n_harms"]
        row["placement"], row["placement_rank"] = place(study, row, known)
        rows.append(row)
    return rows


def place(study: Study, row: dict, known: int) -> tuple[str, int]:
    if row["n_clear"] == 0:
        return "not_raised", 0
    differ = row["n_differ"]
    harmed = row["n_harms"] + row["n_mixed"]
    found = {
        "always": 1, "n_clear": row["n_clear"], "n_differ": differ, "gap": differ / row["n_clear"],
        "is_core": 1 if row["is_core"] else 0, "n_harms_or_mixed": harmed,
        "share_known": known / differ if differ else 1,
        "share_helps": row["n_helps"] / known if known else 0,
        "share_harms": row["n_harms"] / known if known else 0,
        "share_harms_or_mixed": harmed / known if known else 0,
        "share_consistent": row["n_consistent"] / differ if differ else 0,
        "share_inconsistent": row["n_inconsistent"] / differ if differ else 0,
        "share_worked_around": row["n_worked_around"] / differ if differ else 0,
        "share_condition": row["n_condition"] / differ if differ else 0,
    }  # fmt: skip
    for rank in sorted({condition.rank for condition in study.placement_rules}):
        rule = [condition for condition in study.placement_rules if condition.rank == rank]
        too_low = [c for c in rule if c.least is not None and found[c.quantity] < c.least]
        too_high = [c for c in rule if c.most is not None and found[c.quantity] > c.most]
        if not too_low and not too_high:
            return rule[0].placement, rank
    return "look_closer", 0


def practice_by_step(study: Study, bundle: Bundle, filters: Filters) -> list[dict]:
    rows = []
    for step in written(study, bundle, filters):
        own = [p for p in practices(bundle) if p.first.step_id == step.step_id and p.first.stance != "added"]
        tool = {"step_id": step.step_id, "component_id": of_tool(study, bundle, step.component)["component_id"]}
        rows += [
            tool | {"stance": p.first.stance, "fidelity": p.first.fidelity} | about(p)
            for p in sorted(own, key=lambda p: (-len(p.voices()), p.practice_id))
            if len(p.voices()) >= filters.at_least
        ]
    return rows


def about(practice: Practice) -> dict:
    first = practice.first
    return {
        "practice_id": practice.practice_id, "practice": first.practice, "practice_sv": first.practice_sv,
        "frame_nature": first.frame_nature, "reason": first.reason, "reason_sv": first.reason_sv,
        "alliance_aspect": first.alliance_aspect, "resilience_potential": first.resilience_potential,
        "n_voices": len(practice.voices()), **effects_of(practice.tellings),
    }  # fmt: skip


def chosen_otherwise(study: Study, bundle: Bundle, filters: Filters) -> list[tuple[int, Practice]]:
    """The practices that a reader's tools, phases and number of voices leave, with their tool's position."""
    phases = {step.step_id: step.phase for step in bundle.steps}
    known = components(study, bundle)
    return [
        (known[p.first.component][0], p)
        for p in practices(bundle)
        if len(p.voices()) >= filters.at_least
        and fits(known[p.first.component][1], filters.component_ids)
        and fits(
            phases.get(p.first.step_id, p.first.phase) if p.first.stance != "added" else p.first.phase, filters.phases
        )
    ]


def unwritten_practice(study: Study, bundle: Bundle, filters: Filters) -> list[dict]:
    found = [(at, p) for at, p in chosen_otherwise(study, bundle, filters) if p.first.stance == "added"]
    found.sort(key=lambda f: (f[0], phase_position(f[1].first.phase), -len(f[1].voices()), f[1].practice_id))
    return [
        {"phase": p.first.phase, "phase_position": phase_position(p.first.phase), "near_step_id": p.first.step_id}
        | of_tool(study, bundle, p.first.component)
        | about(p)
        for _at, p in found
    ]
