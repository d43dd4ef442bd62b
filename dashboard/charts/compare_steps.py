"""Dumbbells: each step's gap on two sides. Draws compare_by_step, which adds up state_by_voice."""

import pandas as pd

from dashboard.charts.compare_words import FEW, Ends, change_words, firmness, row_sentence
from dashboard.charts.words import Drawing, Row, To
from dashboard.i18n import Translator
from dashboard.query import records

SHOWN = 12
SIDES = ("one", "other")


def compare_steps(rows: pd.DataFrame, ends: Ends, to: To, t: Translator) -> Drawing:
    """Return the list's description: the largest change first, what rests on too few last, then what cannot be paired.

    The first dozen is shown; the others open on a click.
    """
    said = ends.spoken(t)
    known = records(rows[rows["change"].notna()])
    known.sort(key=lambda row: firmness(row) == "few")
    return {
        "kind": "dumbbells",
        "title": said("compare.title.rounds" if ends.is_rounds else "compare.title"),
        "note": said("compare.note", few=FEW),
        "shared": _shared(ends, said),
        "legend": [f"{name} · {ends.counted(at, t)}" for at, name in enumerate(ends.names)],
        "axis": [said("compare.axis.none"), said("compare.axis.half"), said("compare.axis.all")],
        "rows": [_row(row, ends, to, said) for row in known],
        "shown": SHOWN,
        "all": said("compare.show_all", n=len(known)),
        "only": _only(rows, ends, to, said),
    }


def _shared(ends: Ends, t: Translator) -> str:
    """Return how many voices are the same in both rounds, and how many stand in one only."""
    if not ends.is_rounds:
        return ""
    here, there = (n - ends.n_shared for n in ends.n_voices)
    both = t.count("compare.shared.both", ends.n_shared)
    return t("compare.shared", both=both, here=here, there=there, one=ends.names[0], other=ends.names[1])


def _row(row: Row, ends: Ends, to: To, t: Translator) -> Drawing:
    return {
        "step": row["step_id"],
        "name": t.of(row, "step"),
        "to": to("step", str(row["step_id"]), study=ends.study_ids[bool(row["is_in_other"])]),
        "under": f"{row['step_id']} · {t.of(row, 'component')}",
        "ends": [_end(row, at, ends, to, t) for at in (0, 1)],
        "change": change_words(row, ends, t),
        "people": _people(row, ends, t),
        "mark": {"is": firmness(row), "text": t(f"compare.mark.{firmness(row)}")} if row["change"] else None,
        "revised": _revised(row, ends, to, t) if row["is_revised"] else None,
        "label": row_sentence(row, ends, t),
    }


def _end(row: Row, at: int, ends: Ends, to: To, t: Translator) -> Drawing:
    """Return one end: where it stands from 0 (none differ) to 1 (all do), its count, and whose words stand behind."""
    differ, clear = int(row[f"n_differ_{SIDES[at]}"]), int(row[f"n_clear_{SIDES[at]}"])
    count = t("compare.count", d=differ, n=clear)
    asked = {"number": "n_differ", "step": str(row["step_id"]), "study": ends.study_ids[at]}
    if ends.groups[at]:
        asked["group"] = ends.groups[at]
    return {
        "at": round(differ / clear, 4),
        "count": count,
        "to": to("words", **asked) if differ else None,
        "label": t("compare.count.label", count=count, name=ends.names[at]),
    }


def _people(row: Row, ends: Ends, t: Translator) -> list[str]:
    """Return the same voices then and now, and those who were clear in one round only; nothing between groups."""
    if not ends.is_rounds:
        return []
    both = int(row["n_both_clear"])
    before, after = int(row["n_both_differ_one"]), int(row["n_both_differ_other"])
    same = [t.count("compare.people", both, a=before, b=after)] if both else []
    others = [
        t("compare.people.only", name=name, d=int(row[f"n_differ_{side}"]) - differ, n=int(row[f"n_only_{side}"]))
        for side, name, differ in zip(SIDES, ends.names, (before, after), strict=True)
        if row[f"n_only_{side}"]
    ]
    return [*same, *others]


def _revised(row: Row, ends: Ends, to: To, t: Translator) -> Drawing:
    """Return both wordings of a step, and where its text is read in full."""
    wordings = {"step": row["step_one"], "step_sv": row["step_one_sv"]}, row
    return {
        "chip": t("compare.revised" if ends.is_rounds else "compare.worded"),
        "to": to("step", str(row["step_id"]), study=ends.study_ids[1]),
        "open": t("compare.wordings"),
        "texts": [
            {"name": name, "text": t.of(wording, "step"), "to": to("step", str(row["step_id"]), study=study)}
            for name, wording, study in zip(ends.names, wordings, ends.study_ids, strict=True)
        ],
    }


def _only(rows: pd.DataFrame, ends: Ends, to: To, t: Translator) -> list[Drawing]:
    """Return the steps that were clear on one side only, a list each side, and how many were clear on neither."""
    lists = []
    for at, (side, name) in enumerate(zip(SIDES, ends.names, strict=True)):
        listed = records(rows[(rows[f"n_clear_{side}"] > 0) & rows["change"].isna()])
        if listed:
            items = [
                {
                    "name": f"{row['step_id']} · {t.of(row, 'step')}",
                    "to": to("step", str(row["step_id"]), study=ends.study_ids[at]),
                    "count": t("compare.count.differ", d=int(row[f"n_differ_{side}"]), n=int(row[f"n_clear_{side}"])),
                    "note": "" if row["is_in_one"] and row["is_in_other"] else t("compare.only.written"),
                }
                for row in listed
            ]  # fmt: skip
            lists.append({"title": t("compare.only", name=name, n=len(items)), "items": items})
    neither = int(((rows["n_clear_one"] == 0) & (rows["n_clear_other"] == 0)).sum())
    return [*lists, *([{"title": t.count("compare.neither", neither), "items": []}] if neither else [])]
