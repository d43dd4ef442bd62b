"""Rankings without one voice and numbers at each k, a second time: by really taking the voice out of the study."""

from dataclasses import replace

from dashboard.model import PLACEMENTS, Bundle, Filters, Study
from tests.measures import naive, naive_library


def hidden_practice(study: Study, bundle: Bundle, filters: Filters) -> list[dict]:
    every = replace(filters, at_least=1)
    written = naive.practice_by_step(study, bundle, every)
    unwritten = [
        row | {"stance": "added", "step_id": row["near_step_id"]}
        for row in naive.unwritten_practice(study, bundle, every)
    ]
    names = ("practice_id", "component_id", "step_id", "stance", "practice", "practice_sv", "n_voices")
    rows = [{name: row[name] for name in names} for row in [*written, *unwritten]]
    return sorted((row for row in rows if row["n_voices"] < filters.at_least), key=lambda row: -row["n_voices"])


def sensitivity_by_k(study: Study, bundle: Bundle, filters: Filters) -> list[dict]:
    views = [replace(filters, at_least=k) for k in range(1, 6)]
    placed = [naive.placement_by_step(study, bundle, view) for view in views]
    rows = []
    for k, (view, steps) in enumerate(zip(views, placed, strict=True), start=1):
        moved = [
            now for then, now in zip(placed[0], steps, strict=True)
            if then["placement"] != "not_raised" and then["placement"] != now["placement"]
        ]  # fmt: skip
        rows.append({
            "k": k,
            "n_practices": len(naive.practice_by_step(study, bundle, view))
            + len(naive.unwritten_practice(study, bundle, view)),
            "n_steps_raised": sum(step["n_raised"] > 0 for step in steps),
            "n_steps_half": sum(step["n_clear"] > 0 and 2 * step["n_differ"] >= step["n_clear"] for step in steps),
            **{f"n_{name}": [step["placement"] for step in steps].count(name) for name in PLACEMENTS},
            "n_moved": len(moved),
        })  # fmt: skip
    return rows


def ranking_without_one(study: Study, bundle: Bundle, filters: Filters) -> list[dict]:
    """Only at k = 1: from 2 on a voice that is really gone may take a practice below k with it."""
    told = {t.participant_id for t in bundle.tellings if t.step_id and t.stance != "added"}
    base = naive.placement_by_step(study, bundle, filters)
    shown = {row["step_id"] for row in base}
    speaking = sorted(v for v in told if any(t.participant_id == v and t.step_id in shown for t in bundle.tellings))
    fewer = {voice: naive.placement_by_step(study, without(bundle, voice), filters) for voice in speaking}
    fewer = {voice: rows for voice, rows in fewer.items() if raised(bundle, voice, shown)}
    orders = {voice: order(rows) for voice, rows in fewer.items()}
    found = []
    for rank, row in enumerate(ordered(base)[:10], start=1):
        step = row["step_id"]
        places = [ids.index(step) + 1 if step in ids else len(ids) + 1 for ids in orders.values()]
        needed = [voice for voice, ids in orders.items() if step not in ids[:10]]
        could = {each["placement"] for rows in fewer.values() for each in rows if each["step_id"] == step}
        found.append({
            **{name: row[name] for name in ("step_id", "component", "component_sv", "step", "step_sv", "placement")},
            "rank": rank, "rank_best": min([rank, *places]), "rank_worst": max([rank, *places]),
            "n_needed": len(needed), "needed": ", ".join(needed), "n_voices_in_turn": len(orders),
            "placements": ", ".join(name for name in PLACEMENTS if name in could),
        })  # fmt: skip
    return found


def library_without_one(study: Study, bundle: Bundle, filters: Filters) -> list[dict]:
    """At any k: every practice keeps its id, and only this voice is not counted."""
    base = naive_library.practice_library(study, bundle, filters)
    tools = {component_id: at for at, component_id, _sv in naive.components(study, bundle).values()}
    tellings = {p.practice_id: p.tellings for p in naive.practices(bundle)}
    voices = sorted({t.participant_id for row in base for t in tellings[row["practice_id"]]})
    orders = []
    for voice in voices:
        left = []
        for row in base:
            rest = [t for t in tellings[row["practice_id"]] if t.participant_id != voice]
            helps, count = naive.effects_of(rest)["n_helps"], len({t.participant_id for t in rest})
            if rest:
                left.append((-helps, -count, tools[row["component_id"]], row["phase_position"], row["practice_id"]))
        orders.append([key[-1] for key in sorted(left)])
    found = []
    for rank, row in enumerate(base[:10], start=1):
        own = row["practice_id"]
        places = [ids.index(own) + 1 if own in ids else len(ids) + 1 for ids in orders]
        needed = [voice for voice, ids in zip(voices, orders, strict=True) if own not in ids[:10]]
        names = ("practice_id", "component", "component_sv", "practice", "practice_sv", "stance", "n_voices", "n_helps")
        found.append({
            **{name: row[name] for name in names}, "rank": rank, "rank_best": min([rank, *places]),
            "rank_worst": max([rank, *places]), "n_needed": len(needed), "needed": ", ".join(needed),
            "n_voices_in_turn": len(orders),
        })  # fmt: skip
    return found


def raised(bundle: Bundle, voice: str, steps: set[str]) -> bool:
    return any(t.participant_id == voice and t.step_id in steps and t.stance != "added" for t in bundle.tellings)


def ordered(rows: list[dict]) -> list[dict]:
    return sorted(
        (row for row in rows if row["n_differ"]), key=lambda row: (-row["priority"], not row["is_core"], -row["gap"])
    )


def order(rows: list[dict]) -> list[str]:
    return [row["step_id"] for row in ordered(rows)]


def without(bundle: Bundle, voice: str) -> Bundle:
    return replace(
        bundle,
        participants=tuple(p for p in bundle.participants if p.participant_id != voice),
        tellings=tuple(t for t in bundle.tellings if t.participant_id != voice),
    )
