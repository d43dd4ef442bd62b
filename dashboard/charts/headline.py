"""The sentence that answers each page's question, worked out from the measures; it never says more than they do."""

import math
from collections.abc import Iterable

import pandas as pd

from dashboard.charts.words import Drawing, Row
from dashboard.i18n import Parts, Translator
from dashboard.model import EFFECTS

HALF = 0.5


def headline(
    question: str, sentence: Parts, facts: list[str], chips: list[str], t: Translator, more: str = ""
) -> Drawing:
    """Return a page's head: question, sentence, facts, what kind of study it is, and the language that it speaks."""
    return {
        "kind": "headline",
        "language": t.language,
        "question": question,
        "sentence": sentence,
        "facts": facts,
        "chips": chips,
        "more": more,
    }


def study_facts(steps: pd.DataFrame, n_voices: int, n_hidden: int, t: Translator) -> list[str]:
    """Return what is said of a view's numbers: voices, steps, silence, and what the filter on voices hides."""
    found = [t.count("voices", n_voices), t.count("steps", len(steps))]
    if silent := int((steps["n_raised"] == 0).sum()):
        found.append(t.count("steps.silent", silent))
    if t.at_least > 1:
        found.append(t.count("dropped", n_hidden, k=t.at_least))
    return found


def overview_sentence(placed: pd.DataFrame, t: Translator) -> Parts:
    """Say on how many of the raised steps at least half differ, and what they say it leads to."""
    if placed.empty:
        return t.parts("overview.none")
    raised = int((placed["n_raised"] > 0).sum())
    if not raised:
        return t.parts("overview.silent")
    half = int((placed["gap"] >= HALF).sum())
    start = _filled(t, "overview.sentence", half=half, raised=raised)
    return [*start, *_effect_of_all(placed, t, "overview")]


def overview_caution(placed: pd.DataFrame, t: Translator) -> str:
    """Say what keeps a reader from resting on the sentence above it; nothing where nothing does.

    On how many steps somebody sees harm, and, where it is so for at least half of the steps on which at least half
    differ, that too little is known of them to say what to do.
    """
    if placed.empty:
        return ""
    harmed, half = int((placed["n_harms"] > 0).sum()), placed[placed["gap"] >= HALF]
    closer = int((half["placement"] == "look_closer").sum())
    said = [t.count("overview.harm", harmed)] if harmed else []
    if closer and closer * 2 >= len(half):
        said.append(t.count("overview.closer", len(half), closer=closer))
    return " ".join(said)


def component_sentence(placed: pd.DataFrame, n_unwritten: int, t: Translator) -> Parts:
    """Say how many of a tool's raised steps hold, on how many at least half differ, and what was added."""
    if n_unwritten > 1:
        added = t.parts("component.unwritten.many", n=n_unwritten)
    else:
        added = t.parts("component.unwritten.one" if n_unwritten else "component.unwritten.none")
    raised = int((placed["n_raised"] > 0).sum())
    if not raised:
        return [*_filled(t, "component.sentence.silent"), *added]
    holds = int((placed["placement"] == "holds").sum())
    half = int((placed["gap"] >= HALF).sum())
    return [*_filled(t, "component.sentence", holds=holds, raised=raised, half=half), *added]


def step_sentence(row: Row, t: Translator) -> Parts:
    """Say how many of those who spoke clearly about a step differ, and what they say it leads to."""
    differ, clear, raised = int(row["n_differ"]), int(row["n_clear"]), int(row["n_raised"])
    if not raised:
        return t.parts("step.sentence.silent")
    if not clear:
        return t.parts("step.sentence.unclear", n=raised)
    if clear == 1:
        stances = (("worked_around", "n_worked_around"), ("adapted", "n_adapted"), ("left_out", "n_not_done"))
        stance = next((name for name, column in stances if row[column]), "as_written")
        return t.parts("step.sentence.one", stance=t(f"stance.{stance}"))
    if not differ:
        return t.parts("step.sentence.none", n=clear)
    many = "" if differ > 1 else ".one"
    start = _filled(t, f"step.sentence.differ{many}", d=differ, n=clear)
    return [*start, *effects_told(row, t)]


def effects_told(row: Row, t: Translator) -> Parts:
    """Say what they say it leads to: each effect with its count, so that no majority is claimed where there is none."""
    told = [(effect, int(row[f"n_{effect}"])) for effect in EFFECTS if row[f"n_{effect}"]]
    total = sum(n for _effect, n in told)
    if len(told) == 1:
        return t.parts(f"effects.{'one' if total == 1 else 'both' if total == 2 else 'all'}.{told[0][0]}", n=total)
    parts: Parts = []
    for at, (effect, n) in enumerate(told):
        many = "one" if n == 1 else "many"
        if at:
            parts.append((f" {t('list.and')} " if at == len(told) - 1 else ", ", False))
        parts += t.parts(f"effects.{'then' if at else 'first'}.{effect}.{many}", n=n)
    return [*parts, (".", False)]


def followers_doubt(doubts: Iterable[Row], t: Translator) -> str:
    """Say how many of those who work as it is written see harm or a mixed effect in that; nothing where nobody does.

    `doubts` are one step's rows of doubt_by_step. Only what somebody told is named.
    """
    effects = [str(row["effect"]) for row in doubts]
    seen = "either" if len(set(effects)) > 1 else "".join(set(effects))
    return t.count(f"step.followers.{seen}", len(effects)) if effects else ""


def step_firmness(row: Row, t: Translator) -> str:
    """Say how far one voice could move a step's gap; nothing where that is not defined."""
    low, high = float(row["gap_min_without_one"]), float(row["gap_max_without_one"])
    if math.isnan(low) or low == high:
        return ""
    clear = int(row["n_clear"]) - 1
    return t("step.firm", low=_of(low, clear, t), high=_of(high, clear, t))


def direction(row: Row) -> str:
    """Return where the effects point: helps, harms, mixed, partly, varies or unknown.

    A majority of those who differ is needed; half or more unknown is unknown. Nothing speaks of harm where nobody
    tells of any.
    """
    helps, mixed, harms, unknown = (int(row[f"n_{name}"]) for name in ("helps", "mixed", "harms", "not_known"))
    total = helps + mixed + harms + unknown
    if unknown * 2 >= total:
        return "unknown"
    if helps * 2 > total or not mixed + harms:
        return "helps"
    if not harms:
        return "mixed" if mixed * 2 > total or not helps else "partly"
    return "harms" if (mixed + harms) * 2 > total or not helps else "varies"


def _effect_of_all(placed: pd.DataFrame, t: Translator, page: str) -> Parts:
    if not int(placed["n_differ"].sum()):
        return t.parts(f"{page}.agree")
    totals = {name: int(placed[name].sum()) for name in ("n_helps", "n_mixed", "n_harms", "n_not_known")}
    return t.parts(f"{page}.{direction(totals)}")


def _filled(t: Translator, key: str, **values: object) -> Parts:
    """Return a sentence whose last placeholder is left empty, for another sentence to follow."""
    return [(text, strong) for text, strong in t.parts(key, **values, effect="", unwritten="") if text]


def _of(share: float, n: int, t: Translator) -> str:
    return f"{round(share * n)} {t('of')} {n}"
