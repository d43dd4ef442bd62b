"""A change request on a step: text today, everyday practice, proposed text; why, what speaks against it, who decides.

Draws practice_by_step and words_behind beside the ledger's proposal.
"""

import pandas as pd

from dashboard.charts import words
from dashboard.charts.decisions import mark
from dashboard.charts.ranked_gaps import DIFFERING
from dashboard.charts.step_words import quote, text_today
from dashboard.charts.words import Drawing, Row
from dashboard.decided import OnStep
from dashboard.i18n import Translator
from dashboard.model import Decision
from dashboard.query import records

SHOWN_PRACTICES = 3
QUOTES_EACH = 2


def change_request(
    proposal: Decision, about: OnStep, step: Row, placed: Row, practices: pd.DataFrame, told: pd.DataFrame,
    harms: pd.DataFrame, t: Translator, doubt: str = "",
) -> Drawing:  # fmt: skip
    """Return a proposal as a change request; `told` holds the words on its step, `harms` those behind its n_harms.

    `doubt` says who follows the text and sees a mixed effect or harm in that.
    """
    return {
        "kind": "request",
        "title": t("request.title", id=proposal.step_id),
        "state": mark(about.answer, t) or t("request.open"),
        "columns": [
            {"title": t("step.today"), "texts": text_today(step, t)},
            {
                "title": t("step.practice"),
                "count": words.tally(placed, t),
                "effects": words.effects(placed, t),
                "practices": _practices(practices, told, int(placed["n_clear"]), t),
                "none": t("step.practice.none"),
                "doubt": doubt,
            },
            {"title": t("request.text"), "texts": [{"text": proposal.text, "style": "large"}]},
        ],
        "facts": [
            {"name": t("request.why"), "text": proposal.why},
            {"name": t("request.decides"), "text": proposal.who_decides},
            {"name": t("request.by"), "text": f"{proposal.by}, {proposal.at[:10]}"},
        ],
        "risks": _risks(placed, harms, t),
    }


def _practices(practices: pd.DataFrame, told: pd.DataFrame, n_clear: int, t: Translator) -> list[Drawing]:
    """Return the practices that most tell instead of the text, each with how many, their effects and a few words."""
    found = []
    for row in records(practices[practices["stance"].isin(DIFFERING)].head(SHOWN_PRACTICES)):
        behind = records(told[told["practice_id"] == row["practice_id"]])
        stance = t(f"stance.{row['stance']}")
        found.append({
            "name": words.practice_name(row, t),
            "told": t("step.practice.told", n=row["n_voices"], total=n_clear, stance=stance),
            "effects": words.effects(row, t),
            "quotes": [quote(words_, t) for words_ in behind if words_["quote"]][:QUOTES_EACH],
        })  # fmt: skip
    return found


def _risks(placed: Row, harms: pd.DataFrame, t: Translator) -> Drawing:
    """Return who tells of harm where the text is not followed, with their words; a mixed effect is counted beside."""
    n, mixed = int(placed["n_harms"]), int(placed["n_mixed"])
    none = "none" if placed["n_differ"] else "nobody"
    return {
        "title": t("request.risks"),
        "text": t.count("request.harm", n) if n else t(f"request.harm.{none}"),
        "mixed": t.count("request.mixed", mixed) if mixed else "",
        "quotes": [quote(row, t) for row in records(harms) if row["quote"]],
        "more": t("step.more"),
    }
