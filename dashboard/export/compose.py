"""Each page as a take-away, from the same measures and in the same words as on screen."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import pandas as pd

from dashboard import decided
from dashboard.charts import words
from dashboard.charts.component_lanes import component_lanes
from dashboard.charts.gap_map import gap_map
from dashboard.charts.headline import component_sentence, headline, overview_caution, overview_sentence
from dashboard.charts.lens_strip import lens_strip
from dashboard.charts.placement_scatter import placement_counts
from dashboard.charts.ranked_gaps import ranked_gaps
from dashboard.charts.words import Drawing
from dashboard.decided import OnStep
from dashboard.export.along import cut
from dashboard.export.gap_section import Behind, effect_words, gap_section, practice_table, voices_chart
from dashboard.export.takeaway import Chart, Data, Section, Series, Takeaway, plain
from dashboard.export.view import Row, View
from dashboard.i18n import Parts, Translator
from dashboard.measures.placement import ranked
from dashboard.model import PLACEMENTS, Decision, Progress
from dashboard.query import records

BARS = 12  # the most bars that can be read on one slide
FIRST = 3  # the gaps that an overview takes along where nothing else is asked for
MANY = 5  # from so many steps on, their words are fetched together


def quietly(_what: str, _share: float) -> None:
    """Say nothing: the progress of what takes no time."""


def overview(
    view: View, top: int = FIRST, chosen: Sequence[str] = (), say: Progress = quietly, *, harm: bool = False,
    most: int | None = None, entries: Sequence[Decision] = (),
) -> Takeaway:  # fmt: skip
    """Return the overview: its finding, where to look first, what they ask for, and a section for each gap taken along.

    Those are the chosen steps, `most` of them, else the first `top` in the order in which to look; with `harm` only
    those on which somebody sees harm. `entries` are the ledger's: what was decided on them.
    """
    t, placed = view.t, view.rows("placement_by_step")
    first = ranked(placed)
    listed = first[first["n_harms"] > 0] if harm else first
    picked = first[first["step_id"].isin(list(chosen))]
    taken, along = cut(picked, most, "chosen", t) if chosen else cut(listed, top, "harm" if harm else "first", t)
    sentence = t.parts("overview.no_steps") if not view.study["n_steps"] else overview_sentence(placed, t)
    sections = [_first_gaps(taken, plain(sentence), t), _placements(placed, t)] if len(first) else []
    own = written(entries, view, list(taken["step_id"]))
    return assembled(
        view, "overview", t("question.overview"), sentence, view.facts(placed),
        sections=[*sections, *gap_sections(view, taken, say, own)],
        data=[view.data("gap_by_step", placed), view.data("placement_by_step", first), view.data("practice_by_step")],
        drawings=_overview_drawings(view, placed, taken) if len(placed) else [],
        more=overview_caution(placed, t), along=along,
    )  # fmt: skip


def component(
    view: View, say: Progress = quietly, chosen: Sequence[str] = (), most: int | None = None,
    entries: Sequence[Decision] = (),
) -> Takeaway:  # fmt: skip
    """Return one tool, the one that the filters name: its steps with practice beside them, and what nobody wrote.

    It takes along `most` of the chosen steps, else of all of its gaps, in the order in which to look, with what the
    ledger's `entries` say was decided on them.
    """
    t, placed, unwritten = view.t, view.rows("placement_by_step"), view.rows("unwritten_practice")
    name = view.tools[view.filters.component_ids[0]]
    sentence = component_sentence(placed, len(unwritten), t)
    every = ranked(placed)
    picked = every[every["step_id"].isin(list(chosen))] if chosen else every
    differing, along = cut(picked, most, "chosen" if chosen else "first", t)
    through = view.rows("practice_by_lens")
    sections = [_steps(placed, plain(sentence), name, t), _unwritten(view, unwritten, t)]
    own = written(entries, view, list(differing["step_id"]))
    lanes = component_lanes(placed, unwritten, view.n_voices, within(differing), t)
    return assembled(
        view, "component", f"{t('question.component')} · {name}", sentence,
        (*view.facts(placed), t.count("unwritten", len(unwritten))),
        sections=[*(s for s in sections if len(s.table)), *gap_sections(view, differing, say, own)],
        data=[view.data("gap_by_step", placed), view.data("placement_by_step", placed), view.data("unwritten_practice"),
              view.data("practice_by_step"), view.data("practice_by_lens"), view.data("gap_by_component")],
        drawings=[lanes, lens_strip(through, "aspect", view.n_voices, nowhere, t)], along=along,
    )  # fmt: skip


def written(entries: Sequence[Decision], view: View, step_ids: Sequence[str]) -> dict[str, OnStep]:
    """Return what was proposed and decided on each step, from the ledger's entries."""
    study = view.filters.study_id
    rounds = decided.rounds_until(records(view.ask("lists/studies")), study)
    nothing = pd.DataFrame({"entry_id": []})
    return {step_id: decided.on_step(entries, nothing, rounds, study, step_id, 0) for step_id in step_ids}


def gap_sections(view: View, rows: pd.DataFrame, say: Progress, written_on: Mapping[str, OnStep]) -> list[Section]:
    """Return a section for each row of placement_by_step, in their order."""
    practices, told = by_step(view.measure("practice_by_step", view.whole)), words_of(view, list(rows["step_id"]))
    doubts = by_step(view.measure("doubt_by_step", view.whole))
    found = []
    for at, row in enumerate(records(rows)):
        step_id = str(row["step_id"])
        say(view.t("take.progress.step", step=step_id), at / len(rows))
        behind = Behind(practices.get(step_id, []), told(step_id), doubts.get(step_id, []))
        found.append(gap_section(view, row, behind, written_on.get(step_id)))
    return found


def by_step(rows: pd.DataFrame) -> dict[str, list[Row]]:
    """Return a table's rows by their step."""
    found: dict[str, list[Row]] = {}
    for row in records(rows):
        found.setdefault(str(row["step_id"]), []).append(row)
    return found


def words_of(view: View, step_ids: Sequence[str]) -> Callable[[str], Sequence[Row]]:
    """Return the words behind any one step; those of many steps are fetched together."""
    if len(step_ids) < MANY:
        return lambda step_id: records(view.measure("words_behind", view.whole, step=step_id))
    known = by_step(view.measure("words_behind", view.whole))
    return lambda step_id: known.get(step_id, [])


def assembled(
    view: View, page: str, question: str, sentence: Parts, facts: Sequence[str], *, sections: Sequence[Section],
    data: Sequence[Data], drawings: Sequence[Drawing], more: str = "", stamp: tuple[str, ...] = (), along: str = "",
) -> Takeaway:  # fmt: skip
    """Return a take-away with its stamp, its limits, and the head that its drawings begin with.

    `along` says which of the view's gaps it takes along; it stands last among the facts.
    """
    t = view.t
    facts = [*facts, *([along] if along else [])]
    head = headline(question, sentence, list(facts), [t(f"chip.{view.study['kind']}")], t, more)
    return Takeaway(
        page, t.of(view.study, "title"), question, plain(sentence), tuple(facts), stamp or view.stamp(),
        tuple(sections), tuple(data), (head, *drawings), limits(t), t.language, str(view.study["kind"]), more,
    )  # fmt: skip


def limits(t: Translator) -> tuple[str, ...]:
    """Return what a reader must know of the numbers before acting on them."""
    first = ("take.limit.invented",) if t.kind == "synthetic" else ()
    names = ("disclosed", "silence", "effect", "sample", "gap", "one", "rule")
    return tuple(t(key) for key in (*first, *(f"take.limit.{name}" for name in names)))


def nowhere(_page: str, _key: str = "", **_values: object) -> Any:
    """Lead nowhere: in a file there is no other page."""
    return None


def within(rows: pd.DataFrame) -> words.To:
    """Return a way to the steps that have a section in the same file, and to nothing else."""
    known = set(rows["step_id"])

    def to(page: str, key: str = "", **values: object) -> Any:
        step_id = str(key or values.get("step", ""))
        is_here = page == "step" and step_id in known
        return {"page": page, "values": {}, "href": f"#step-{step_id}"} if is_here else None

    return to


def _overview_drawings(view: View, placed: pd.DataFrame, taken: pd.DataFrame) -> list[Drawing]:
    t, to = view.t, within(taken)
    counted = placement_counts(placed, t)
    note = t("take.placements", n=int((placed["n_clear"] > 0).sum()))
    gaps = ranked_gaps(taken, view.rows("practice_by_step"), view.rules, to, t)
    return [gap_map(placed, to, t), gaps, counted | {"note": note}]


def _first_gaps(taken: pd.DataFrame, sentence: str, t: Translator) -> Section:
    rows, order = records(taken), f"{t('take.order')} {t('method.def.priority.text')}"
    shown = rows[:BARS]
    return Section(
        "first", t("gaps.title"), order, is_drawn=True, table=_gap_table(rows, t), caption=t("gaps.title"),
        chart=voices_chart(shown, [_bar(row, t) for row in shown], t) if shown else None,
        notes="\n".join([sentence, order, *(_line(row, t) for row in rows)]),
    )  # fmt: skip


def _steps(placed: pd.DataFrame, sentence: str, name: str, t: Translator) -> Section:
    rows = records(placed)
    raised = [row for row in rows if row["n_raised"]][:BARS]
    return Section(
        "steps", name, sentence, is_drawn=True, table=_gap_table(rows, t), caption=t("take.caption.steps", tool=name),
        chart=voices_chart(raised, [_bar(row, t) for row in raised], t) if raised else None,
        notes="\n".join([sentence, *(_line(row, t) for row in rows)]),
    )  # fmt: skip


def _bar(row: Row, t: Translator) -> str:
    return f"{row['step_id']} · {t.of(row, 'step')}"


def _gap_table(rows: Sequence[Row], t: Translator) -> pd.DataFrame:
    columns = [t(f"take.col.{name}") for name in ("id", "step", "differ", "clear", "effects", "asks_for")]
    found = [
        (str(row["step_id"]), t.of(row, "step"), int(row["n_differ"]), int(row["n_clear"]),
         " ".join(f"{mark['sign']}\u00a0{mark['n']}" for mark in words.effects(row, t)),
         t(f"placement.{row['placement']}"))
        for row in rows
    ]  # fmt: skip
    return pd.DataFrame(found, columns=columns)


def _line(row: Row, t: Translator) -> str:
    parts = (f"{row['step_id']} {t.of(row, 'step')}", plain(words.tally(row, t)), effect_words(row, t),
             t(f"placement.{row['placement']}"))  # fmt: skip
    return " · ".join(part for part in parts if part)


def _placements(placed: pd.DataFrame, t: Translator) -> Section:
    counts = Counter(placed["placement"])
    rows = [(t(f"placement.{name}"), counts[name], t(f"why.{name}")) for name in PLACEMENTS if counts[name]]
    columns = [t(f"take.col.{name}") for name in ("asks_for", "n_steps", "why")]
    said = "; ".join(f"{name}: {n}" for name, n, _why in rows)
    finding = t("take.placements", n=sum(n for _name, n, _why in rows))
    bars = Series(columns[1], tuple(n for _name, n, _why in rows), "point")
    names = tuple(f"{t(f'placement.{name}')}: {t(f'meaning.{name}')}" for name in PLACEMENTS if counts[name])
    chart = Chart("stacked_bars", names, (bars,), f"{finding} {said}", columns[1],
                  columns[1])  # fmt: skip
    why = [f"{name}: {reason}." for name, _n, reason in rows]
    return Section(
        "placements", t("placement.title"), finding, is_drawn=True, table=pd.DataFrame(rows, columns=columns),
        caption=t("placement.title"), chart=chart, notes="\n".join([finding, said, *why]),
    )  # fmt: skip


def _unwritten(view: View, unwritten: pd.DataFrame, t: Translator) -> Section:
    table = practice_table(records(unwritten.assign(stance="added")), t).drop(columns=t("take.col.stance"))
    title = t("table.unwritten_practice")
    told = t("take.unwritten", total=view.n_voices)
    return Section(
        "unwritten", title[:1].upper() + title[1:], told, is_drawn=True, table=table, caption=told, notes=told
    )
