"""What one voice, or one more voice asked for, would change. Draws ranking_without_one, sensitivity_by_k and more."""

import pandas as pd

from dashboard.charts import words
from dashboard.charts.words import Drawing, Row, To
from dashboard.i18n import Parts, Translator
from dashboard.query import records

COLUMNS_BY_K = ("n_practices", "n_steps_raised", "n_steps_half", "n_moved")


def firm_ranking(rows: pd.DataFrame, to: To, t: Translator) -> Drawing:
    """Return the first gaps, or the first practices, with how far one voice could move each, and what sums it up."""
    if rows.empty:
        return {"kind": "empty", "text": t("gaps.none")}
    items = [_named(row, to, t) | {"facts": _moves(row, t)} for row in records(rows)]
    return {"kind": "firm", "title": t("firm.ranking"), "sentence": _sentence(rows, t), "items": items}


def by_k(rows: pd.DataFrame, chosen: int, t: Translator) -> Drawing:
    """Return what is left at each k, the reader's own marked."""
    body = [[t("firm.k", k=int(row["k"])), *(str(row[c]) for c in COLUMNS_BY_K)] for row in records(rows)]
    return {
        "kind": "grid",
        "title": t("firm.by_k"),
        "note": t("firm.by_k.note"),
        "head": ["", *(t(f"firm.{column}") for column in COLUMNS_BY_K)],
        "rows": body,
        "marked": chosen - 1,
    }


def hidden_list(rows: pd.DataFrame, silenced: pd.DataFrame, to: To, t: Translator) -> Drawing:
    """Return the practices that "at least k voices" hides, and the steps about which nothing is left to show."""
    steps = [_named(row, to, t) | {"facts": ""} for row in records(silenced)]
    practices = [
        {
            "name": words.practice_name(row, t),
            "to": to("step", str(row["step_id"]), voices="1") if row["step_id"] else None,
            "facts": " · ".join(_about(row, t)),
        }
        for row in records(rows)
    ]
    groups = [{"title": t.count("hidden.steps", len(steps)), "items": steps}] if steps else []
    return {
        "kind": "hidden",
        "groups": [*groups, {"title": t.count("hidden.practices", len(practices)), "items": practices}],
    }


def _named(row: Row, to: To, t: Translator) -> Drawing:
    if "practice_id" in row:
        return {"name": words.practice_name(row, t), "to": to("practice", str(row["practice_id"]))}
    return {"name": f"{row['step_id']} · {t.of(row, 'step')}", "to": to("step", str(row["step_id"]))}


def _about(row: Row, t: Translator) -> list[str]:
    told = t.count("gaps.told", int(row["n_voices"]))
    return [part for part in (str(row["step_id"]), t(f"stance.{row['stance']}"), told) if part]


def _sentence(rows: pd.DataFrame, t: Translator) -> Parts:
    leaning, first = int((rows["n_needed"] > 0).sum()), len(rows)
    if not leaning:
        return t.parts("firm.sentence.none", top=first)
    return t.parts("firm.sentence.one" if leaning == 1 else "firm.sentence.many", n=leaning, top=first)


def _moves(row: Row, t: Translator) -> str:
    best, worst = int(row["rank_best"]), int(row["rank_worst"])
    found = [t("firm.stays", rank=best) if best == worst else t("firm.between", best=best, worst=worst)]
    if row["n_needed"]:
        found.append(t.count("firm.needs", int(row["n_needed"]), voices=row["needed"]))
    could = str(row.get("placements", "")).split(", ")
    others = [t(f"placement.{name}") for name in could if name and name != row["placement"]]
    if others:
        found.append(t("firm.placed", placement=t(f"placement.{row['placement']}"), others=", ".join(others)))
    return " · ".join(found)
