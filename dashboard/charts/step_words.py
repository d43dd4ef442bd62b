"""Behind one step: the text, the practice, what a text could take in, and the words that were said."""

from collections.abc import Mapping, Sequence
from itertools import groupby

import pandas as pd

from dashboard.charts import words
from dashboard.charts.feeds import Numbers, feeds
from dashboard.charts.placement_why import placement_why
from dashboard.charts.ranked_gaps import DIFFERING
from dashboard.charts.theme import EFFECT_SIGNS
from dashboard.charts.words import Drawing, Row, To
from dashboard.i18n import Translator
from dashboard.model import PlacementCondition
from dashboard.query import records

SHOWN_PRACTICES = 4
FITTING: Mapping[str, Sequence[tuple[str, str]]] = {
    "revise": (),
    "support": (("stance", "worked_around"),),
    "spread": (("fidelity", "consistent"),),
}
"""Which practice a suggestion may name as an example: what its columns must hold."""


def step_columns(
    step: Row, placed: Row, practices: Sequence[Row], rules: Sequence[PlacementCondition], t: Translator,
    doubt: str = "",
) -> Drawing:  # fmt: skip
    """Return three columns: text today, everyday practice, and what a text could take in by the placement's rule.

    `doubt` says who follows the text and sees a mixed effect or harm in that; it stands with the practice.
    """
    differing = [practice for practice in practices if practice["stance"] in DIFFERING]
    return {
        "kind": "columns",
        "columns": [
            {"title": t("step.today"), "texts": text_today(step, t)},
            {
                "title": t("step.practice"),
                "texts": [
                    *_practice(differing, int(placed["n_clear"]), t),
                    *([{"text": doubt}] if doubt else []),
                ],
            },
            {"title": t("step.better"), "texts": _better(placed, differing, rules, t)},
        ],
    }


def step_words(told: pd.DataFrame, practices: pd.DataFrame, known: Numbers, to: To, t: Translator) -> Drawing:
    """Return each practice on a step with its words, those that differ first: they are what the reader came for.

    A paraphrase of a publication is not dressed as a quote.
    """
    if told.empty:
        return {"kind": "empty", "text": t("step.words.none")}
    described = {row["practice_id"]: row for row in records(practices)}
    groups = [(described[key], list(rows)) for key, rows in groupby(records(told), key=lambda row: row["practice_id"])]
    articles = []
    for practice, rows in sorted(groups, key=lambda group: group[0]["stance"] not in DIFFERING):
        practice_id = practice["practice_id"]
        articles.append({
            "stance": practice["stance"],
            "name": words.practice_name(practice, t),
            "to": to("practice", str(practice_id)) if practice["stance"] in DIFFERING else None,
            "facts": practice_facts(practice, t),
            "effects": words.effects(practice, t),
            "quotes": [quote(row, t, known, to) for row in rows],
        })  # fmt: skip
    return {
        "kind": "words",
        "title": t("step.words"),
        "note": t("step.words.note"),
        "legend": words.legend(t),
        "more": t("step.more"),
        "feeds": t("feeds.title"),
        "practices": articles,
    }


def text_today(step: Row, t: Translator) -> list[Drawing]:
    """Return a step's text as it is written today, with why it matters, its source and its place there."""
    source = " · ".join(part for part in (str(step["document"]), t.word("issuer", str(step["issuer"]))) if part)
    jurisdiction = t.word("jurisdiction", str(step["jurisdiction"]))
    level = " · ".join(part for part in (words.level_of_obligation(step, t), jurisdiction) if part)
    marks = [level, str(step["place"] if step["place"] != "not checked against the source" else t("step.unchecked")),
             t("step.core") if step["is_core"] else "",
             t("step.valid", n=step["valid_from"]) if step["valid_from"] > 1 else ""]  # fmt: skip
    why = t.of(step, "why_it_matters")
    texts: list[Drawing] = [{"text": t.of(step, "step"), "style": "large"}]
    if why:
        texts.append({"text": t("step.why", why=why)})
    texts += [
        {"text": source, "style": "small"},
        {"text": " · ".join(m for m in marks if m), "style": "small"},
    ]
    if step["address"]:
        texts.append({"text": t("step.link"), "style": "small", "to": step["address"]})
    return [text for text in texts if text["text"]]


def _practice(differing: Sequence[Row], n_clear: int, t: Translator) -> list[Drawing]:
    if not differing:
        return [{"text": t("step.practice.none")}]
    texts: list[Drawing] = []
    for row in differing[:SHOWN_PRACTICES]:
        told = t("step.practice.told", n=row["n_voices"], total=n_clear, stance=t(f"stance.{row['stance']}"))
        signs = " ".join(f"{mark['sign']} {mark['n']}" for mark in words.effects(row, t))
        texts += [{"text": words.practice_name(row, t)}, {"text": f"{told} · {signs}", "style": "small"}]
    if len(differing) > SHOWN_PRACTICES:
        texts.append({"text": t("step.more").format(n=len(differing) - SHOWN_PRACTICES), "style": "small"})
    return texts


def _better(placed: Row, differing: Sequence[Row], rules: Sequence[PlacementCondition], t: Translator) -> list[Drawing]:
    placement = str(placed["placement"])
    helping = [row for row in differing if int(row["n_helps"]) > int(row["n_mixed"]) + int(row["n_harms"])]
    fitting = [row for row in helping if all(row[column] == value for column, value in FITTING.get(placement, ()))]
    best = max(fitting, key=lambda row: (int(row["n_helps"]), int(row["n_voices"])), default=None)
    harm = ".harm" if placement == "holds" and placed["n_harms"] else ""
    texts = [t(f"step.better.{placement}{harm}")]
    if best is not None and placement in FITTING:
        texts.append(t("step.better.example", practice=words.practice_name(best, t)))
        texts.append(t.count("gaps.told", int(best["n_voices"])))
    return [
        {"text": t(f"placement.{placement}"), "style": "large"},
        {"text": placement_why(placed, rules, t)},
        {"text": texts[0]},
        *({"text": ", ".join(texts[1:])} for _ in texts[1:2]),
        {"text": t("step.better.note"), "style": "small"},
    ]


def practice_facts(practice: Row, t: Translator) -> list[str]:
    """Return what a practice is, in small type: stance, voices, reason, nature, fit with the text, alliance aspect."""
    aspect = str(practice["alliance_aspect"])
    parts = [t(f"stance.{practice['stance']}"), t.count("voices", int(practice["n_voices"]))]
    if practice["stance"] in DIFFERING:
        parts += [
            reason(practice, t),
            t.word("nature", str(practice["frame_nature"])),
            t(f"fidelity.{practice['fidelity']}"),
        ]
    return [part for part in (*parts, t(f"aspect.{aspect}").lower() if aspect else "") if part]


def reason(practice: Row, t: Translator) -> str:
    """Return why a practice is done otherwise: the level at which the reason lies, and the reason itself."""
    level, _, detail = str(practice["reason"]).partition(":")
    if t.language != "en":
        detail = str(practice.get(f"reason_{t.language}") or "")
    return ": ".join(part for part in (t.word("reason", level.strip()), detail.strip()) if part)


def quote(row: Row, t: Translator, known: Numbers | None = None, to: To | None = None) -> Drawing:
    """Return one excerpt with who said it, the effect told, and the numbers that it feeds.

    A paraphrase of a publication is not dressed as a quote.
    """
    is_finding = t.kind == "evidence"
    notes = [f"{EFFECT_SIGNS[row['effect']]} {t('effect.' + row['effect'])}"] if row.get("effect") else []
    if not is_finding and row["document"] != row["participant_id"]:
        notes.insert(0, row["document"])
    if row["verification"] == "not_verified":
        notes.append(t("quote.not_verified"))
    return {
        "text": row["quote"] or t("quote.held_back" if row["verification"] == "held_back" else "quote.no_words"),
        "isFinding": is_finding or not row["quote"],
        "translation": row["quote_en"] if t.language != "sv" else "",
        "who": row["citation"] or row["participant_id"],
        "to": row["address"],
        "notes": notes,
        "feeds": feeds(row, known, to, t) if known and to else [],
    }
