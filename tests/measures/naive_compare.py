"""Two sides a second time, in plain Python straight from the tellings: what each voice does, and the comparison.

A side is a study, its bundle, a reader's filters and the voices that count (None for all). Nothing here shares a line
with dashboard.measures or queries/.
"""

from dataclasses import dataclass
from fractions import Fraction

from dashboard.model import Bundle, Filters, Step, Study
from tests.measures import naive

Person = tuple[str, str]
"""Which side a voice is of ("" where an id is one person on both), and its id."""


@dataclass(frozen=True)
class Half:
    """One side of a comparison, with the study that it is of."""

    study: Study
    bundle: Bundle
    filters: Filters
    voices: tuple[str, ...] | None = None

    def steps(self) -> dict[str, Step]:
        return {step.step_id: step for step in naive.written(self.study, self.bundle, self.filters)}

    def every(self) -> dict[str, Step]:
        """The steps that are written, whatever the filters leave of them."""
        return {step.step_id: step for step in self.bundle.steps}

    def place(self, step: Step) -> tuple:
        tool = naive.components(self.study, self.bundle)[step.component][0]
        return tool, naive.phase_position(step.phase), step.position, step.step_id

    def said(self, step_id: str) -> dict[str, bool | None]:
        """Who of this side raised a step → whether they differ, None where unclear."""
        if step_id not in self.every():
            return {}
        found = {}
        for voice in (p.participant_id for p in self.bundle.participants):
            stance = naive.strongest(naive.supports(self.bundle, voice, step_id), self.filters.at_least)
            if stance != "not_raised" and (self.voices is None or voice in self.voices):
                found[voice] = None if stance == "unclear" else stance in naive.DIFFERENT
        return found


def state_by_voice(study: Study, bundle: Bundle, filters: Filters) -> list[dict]:
    rows = []
    for step in naive.written(study, bundle, filters):
        for voice in sorted(p.participant_id for p in bundle.participants):
            stance = naive.strongest(naive.supports(bundle, voice, step.step_id), filters.at_least)
            if stance == "not_raised":
                continue
            otherwise = [
                practice
                for practice in naive.practices(bundle)
                if practice.first.step_id == step.step_id
                and practice.first.stance in naive.DIFFERENT
                and voice in practice.voices()
                and len(practice.voices()) >= filters.at_least
            ]
            told = {t.effect for p in otherwise for t in p.tellings if t.participant_id == voice} - {"not_known"}
            kept = {p.first.fidelity for p in otherwise}
            rows.append({
                "step_id": step.step_id, "participant_id": voice, "stance": stance,
                "is_clear": stance in naive.CLEAR, "is_differ": stance in naive.DIFFERENT,
                "effect": naive.one_effect(told) if otherwise else "",
                "is_consistent": "consistent" in kept and "inconsistent" not in kept,
                "is_inconsistent": "inconsistent" in kept,
                "is_condition": any(p.first.reason.lower().startswith("organisation") for p in otherwise),
            })  # fmt: skip
    return rows


def compare_by_step(one: Half, other: Half, same_people: bool) -> list[dict]:
    steps = {**{key: (one, step) for key, step in one.steps().items()},
             **{key: (other, step) for key, step in other.steps().items()}}  # fmt: skip
    in_order = sorted(steps, key=lambda key: worded(key, one, other)[0].place(worded(key, one, other)[1]))
    rows = [compared(step_id, *worded(step_id, one, other), one, other, same_people) for step_id in in_order]
    moved = sorted((row for row in rows if row["change"] is not None), key=lambda row: -abs(row["change"]))
    rows = [*moved, *(row for row in rows if row["change"] is None)]
    return [{key: float(v) if isinstance(v, Fraction) else v for key, v in row.items()} for row in rows]


def worded(step_id: str, one: Half, other: Half) -> tuple[Half, Step]:
    half = other if step_id in other.every() else one
    return half, half.every()[step_id]


def compared(step_id: str, half: Half, step: Step, one: Half, other: Half, same_people: bool) -> dict:
    before, after = one.said(step_id), other.said(step_id)
    then: dict[Person, bool | None] = {("" if same_people else "one", voice): said for voice, said in before.items()}
    now: dict[Person, bool | None] = {("" if same_people else "other", voice): said for voice, said in after.items()}
    clear = [{who for who, said in side.items() if said is not None} for side in (then, now)]
    both = clear[0] & clear[1]
    wordings = [side.every()[step_id].text for side in (one, other) if step_id in side.every()]
    low, high = without_anyone(then, now)
    own = one.every().get(step_id)
    return {
        "step_id": step_id, **naive.of_tool(half.study, half.bundle, step.component), "phase": step.phase,
        "phase_position": naive.phase_position(step.phase), "step": step.text, "step_sv": step.text_sv,
        "is_core": step.is_core, "obligation_level": step.obligation_level,
        "step_one": own.text if own else "", "step_one_sv": own.text_sv if own else "",
        "is_in_one": own is not None, "is_in_other": step_id in other.every(), "is_revised": len(set(wordings)) == 2,
        "n_raised_one": len(before), "n_clear_one": len(clear[0]), "n_differ_one": list(before.values()).count(True),
        "gap_one": share(then), "n_raised_other": len(after), "n_clear_other": len(clear[1]),
        "n_differ_other": list(after.values()).count(True), "gap_other": share(now), "change": change(then, now),
        "change_min_without_one": low, "change_max_without_one": high,
        "n_both_clear": len(both), "n_both_differ_one": [then[who] for who in both].count(True),
        "n_both_differ_other": [now[who] for who in both].count(True),
        "n_only_one": len(clear[0] - both), "n_only_other": len(clear[1] - both),
    }  # fmt: skip


def share(said: dict[Person, bool | None]) -> Fraction | None:
    clear = [differs for differs in said.values() if differs is not None]
    return Fraction(clear.count(True), len(clear)) if clear else None


def change(then: dict[Person, bool | None], now: dict[Person, bool | None]) -> Fraction | None:
    before, after = share(then), share(now)
    return after - before if before is not None and after is not None else None


def without_anyone(then: dict[Person, bool | None], now: dict[Person, bool | None]) -> tuple:
    """Leave each person out of both sides in turn, and keep the smallest and the largest change."""
    if min(len([said for said in side.values() if said is not None]) for side in (then, now)) < 2:
        return None, None
    changes = [
        change(*({who: said for who, said in side.items() if who != left} for side in (then, now)))
        for left in {**then, **now}
    ]
    return min(changes), max(changes)


def groups(bundle: Bundle) -> dict[str, dict[str, tuple[str, ...]]]:
    names = {name for p in bundle.participants for name in p.attributes}
    found = {}
    for name in names:
        values = {p.attributes[name] for p in bundle.participants if p.attributes.get(name)}
        if 2 <= len(values) <= 6:
            found[name] = {
                value: tuple(sorted(p.participant_id for p in bundle.participants if p.attributes.get(name) == value))
                for value in values
            }
    return found
