"""How far coders agree, with the objection to asking it. Draws coder_agreement."""

import pandas as pd

from dashboard.charts.words import Drawing
from dashboard.i18n import Translator
from dashboard.query import records

AT_FIRST = 12  # codes in the drawing; the table beside it has all


def agreement(rows: pd.DataFrame, is_shown: bool, t: Translator) -> Drawing:
    """Return the objection and on how many excerpts the question could be asked; where it is asked, alpha itself."""
    drawing = {"kind": "agreement", "title": t("agreement.title"), "objection": t("agreement.objection")}
    if rows.empty:
        return drawing | {"sentence": t.parts("agreement.none"), "rows": [], "heads": [], "note": ""}
    whole, *codes = records(rows)
    n, coders = t.count("agreement.units", int(whole["n_units"])), int(whole["n_coders"])
    if not is_shown:
        return drawing | {"sentence": t.parts("agreement.could", n=n, coders=coders), "rows": [], "heads": []}
    alpha = number(whole["alpha"], t)
    key = "agreement.alpha" if alpha else "agreement.undefined"
    codes.sort(key=lambda row: (-int(row["n_given"]), str(row["code_id"])))
    return drawing | {
        "sentence": t.parts(key, alpha=alpha, n=n, coders=coders, codes=t.count("themes.codes", len(codes))),
        "note": t("agreement.note"),
        "heads": [t("agreement.head.code"), t("agreement.head.given"), t("agreement.head.alpha")],
        "rows": [
            {"name": t.of(row, "code"), "given": int(row["n_given"]), "alpha": number(row["alpha"], t) or "–"}
            for row in codes[:AT_FIRST]
        ],
    }


def number(value: float, t: Translator) -> str:
    """Return a coefficient as print gives it, with two decimals and a true minus; "" where it is not defined."""
    return "" if value != value else f"{value:.2f}".replace("-", "−").replace(".", t("themes.decimal"))
