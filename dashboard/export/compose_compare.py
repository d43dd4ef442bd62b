"""Two sides compared, as a take-away that names both."""

from collections.abc import Mapping, Sequence

import pandas as pd

from dashboard.charts.compare_steps import SHOWN, compare_steps
from dashboard.charts.compare_words import (
    ATTRIBUTE,
    ROUNDS,
    STUDIES,
    Ends,
    change_words,
    compare_facts,
    compare_more,
    compare_sentence,
    firmness,
)
from dashboard.export.compose import assembled, nowhere
from dashboard.export.takeaway import Chart, Section, Series, Takeaway, plain
from dashboard.export.view import Row, View
from dashboard.i18n import Translator
from dashboard.model import Side
from dashboard.query import records


def compare(view: View, rows: pd.DataFrame, ends: Ends, hidden: Sequence[int], studies: Mapping[str, Row]) -> Takeaway:
    """Return compare_by_step of two sides: the sentence, the steps that changed most, and the texts that were revised.

    `hidden` counts the practices that "at least k voices" hides in each study; `studies` says what each study is.
    """
    t, said = view.t, ends.spoken(view.t)
    sentence = compare_sentence(rows, ends, t)
    known = records(rows[rows["change"].notna()])
    known.sort(key=lambda row: firmness(row) == "few")
    finding = " ".join(part for part in (plain(sentence), compare_more(rows, ends, t)) if part)
    title = said("compare.title.rounds" if ends.is_rounds else "compare.title")
    changed = Section(
        "changed", title, plain(sentence), is_drawn=True, table=_table(known, ends, said), caption=title,
        chart=_dumbbells(known[:SHOWN], ends, said) if known else None, notes=finding,
    )  # fmt: skip
    revised = _revised([row for row in known if row["is_revised"]], ends, said)
    return assembled(
        view, "compare", t("question.compare"), sentence, compare_facts(rows, ends, hidden, t),
        sections=[section for section in (changed, revised) if len(section.table)],
        data=[view.data("compare_by_step", rows)], drawings=[compare_steps(rows, ends, nowhere, t)],
        more=compare_more(rows, ends, t), stamp=view.stamp(about=sides_in_words(ends, studies, t)),
    )  # fmt: skip


def sides_in_words(ends: Ends, studies: Mapping[str, Row], t: Translator) -> list[str]:
    """Return what a file says of the two sides: the end's name, its study, the study's kind, and how many."""
    found = []
    for at, (name, study_id) in enumerate(zip(ends.names, ends.study_ids, strict=True)):
        study = studies[study_id]
        kind = t(f"chip.{study['kind']}")
        found.append(f"{name} = {t.of(study, 'title')} ({study_id}) · {kind} · {ends.counted(at, t)}")
    return found


def _table(known: Sequence[Row], ends: Ends, t: Translator) -> pd.DataFrame:
    one, other = ends.names
    columns = [t("take.col.id"), t("take.col.step"), one, other, t("take.col.change"), t("take.col.firm")]
    rows = [
        (str(row["step_id"]), t.of(row, "step"), *(_count(row, side, t) for side in ("one", "other")),
         change_words(row, ends, t), t(f"compare.mark.{firmness(row)}") if row["change"] else "")
        for row in known
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=columns)


def _revised(known: Sequence[Row], ends: Ends, t: Translator) -> Section:
    """Return both wordings of each revised text."""
    rows = []
    for row in known:
        before = t.of({"step": row["step_one"], "step_sv": row["step_one_sv"]}, "step")
        rows.append((str(row["step_id"]), before, _count(row, "one", t), t.of(row, "step"), _count(row, "other", t)))
    one, other = ends.names
    differ = t("take.col.differ")
    columns = [t("take.col.id"), one, f"{one}: {differ}", other, f"{other}: {differ}"]
    said = t("take.revised")
    return Section("revised", said, "", table=pd.DataFrame(rows, columns=columns), caption=said, notes=said)


def _count(row: Row, side: str, t: Translator) -> str:
    return t("compare.count", d=int(row[f"n_differ_{side}"]), n=int(row[f"n_clear_{side}"]))


def _dumbbells(known: Sequence[Row], ends: Ends, t: Translator) -> Chart:
    series = tuple(
        Series(
            ends.names[at], tuple(float(row[f"gap_{side}"]) for row in known), colour,
            tuple(_count(row, side, t) for row in known),
        )
        for at, (side, colour) in enumerate((("one", "as_written"), ("other", "ink")))
    )  # fmt: skip
    told = "; ".join(
        f"{row['step_id']}: {ends.names[0]} {_count(row, 'one', t)}, {ends.names[1]} {_count(row, 'other', t)}"
        for row in known
    )
    levels = tuple(t(f"compare.axis.{name}") for name in ("none", "half", "all"))
    return Chart("dumbbells", tuple(f"{row['step_id']} · {t.of(row, 'step')}" for row in known), series,
                 t("take.chart.compare", told=told), t("take.chart.compare.title"), levels=levels)  # fmt: skip


def ends_of(
    sides: tuple[Side, Side], groups: tuple[str, str], studies: Mapping[str, Row], known: tuple[set[str], set[str]],
    same_people: bool, t: Translator,
) -> Ends:  # fmt: skip
    """Return how two sides are called and who stands behind them; `known` are the voices of each side's study.

    Rounds by their number, studies by their title, groups of one study in the study's words.
    """
    ids = (sides[0].filters.study_id, sides[1].filters.study_id)
    by = ROUNDS if same_people else STUDIES if ids[0] != ids[1] else ATTRIBUTE
    numbered = by == ROUNDS and studies[ids[0]]["round"] != studies[ids[1]]["round"]
    names, counts = [], []
    for side, group, study_id, voices in zip(sides, groups, ids, known, strict=True):
        study = studies[study_id]
        whole = t("compare.round", n=study["round"]) if numbered else t.of(study, "title")
        named = t.word("compare.group", group.partition(":")[2])
        names.append(" · ".join(part for part in (whole if by != ATTRIBUTE or not group else "", named) if part))
        counts.append(len(voices) if side.participant_ids is None else len(side.participant_ids))
    return Ends(
        by, (names[0], names[1]), ids, (str(studies[ids[0]]["kind"]), str(studies[ids[1]]["kind"])),
        (counts[0], counts[1]), len(known[0] & known[1]) if by == ROUNDS else 0, groups,
    )  # fmt: skip
