"""The library of what clinicians do that works, as cards to browse and search. Draws the measure practice_library."""

from collections.abc import Mapping, Sequence

import pandas as pd

from dashboard import addresses
from dashboard.charts import words
from dashboard.charts.feeds import Numbers
from dashboard.charts.headline import effects_told
from dashboard.charts.step_words import quote, reason
from dashboard.charts.words import Drawing, Row, To
from dashboard.i18n import Parts, Translator
from dashboard.measures.library import FACETS, FRAGILITIES
from dashboard.model import ALLIANCE_ASPECTS, EFFECTS, FIDELITIES, RESILIENCE_POTENTIALS
from dashboard.query import records

STANCES = ("adapted", "worked_around", "left_out", "added")
CLOSED: Mapping[str, Sequence[str]] = {
    "stance": STANCES,
    "aspect": ALLIANCE_ASPECTS,
    "fidelity": FIDELITIES,
    "potential": RESILIENCE_POTENTIALS,
}
"""The facets with a closed list of values, in the order in which they are offered."""
UNCHOSEN = ("", "not_applicable")


def library_sentence(rows: pd.DataFrame, t: Translator) -> Parts:
    """Say how many practices bend the text or go beyond it, how many mostly help, and how many of those are fragile."""
    if rows.empty:
        return t.parts("practice.none")
    n, helpful, fragile = len(rows), int(rows["is_helpful"].sum()), int(rows["is_fragile"].sum())
    return [*_counted("practice.sentence", n, t), *_helpful(n, helpful, fragile, t)]


def library_facts(rows: pd.DataFrame, every: pd.DataFrame, n_voices: int, t: Translator) -> list[str]:
    """Return the voices of the study, the practices by stance, and how many the filter on voices hides."""
    stances = [(stance, int((rows["stance"] == stance).sum())) for stance in STANCES]
    found = [t("strip.part", n=n, word=t(f"stance.{stance}")) for stance, n in stances if n]
    hidden = [t.count("dropped", len(every) - len(rows), k=t.at_least)] if t.at_least > 1 else []
    return [t.count("voices", n_voices), *found, *hidden]


def practice_sentence(row: Row, n_voices: int, t: Translator) -> Parts:
    """Say of one practice how many tell it, and what they say it leads to."""
    n = int(row["n_voices"])
    start = t.parts("practice.one", practice=words.practice_name(row, t), n=n, total=n_voices)
    return [*start, *effects_told(row, t)]


def facet_choices(rows: pd.DataFrame, t: Translator) -> dict[str, dict[str, str]]:
    """Return, per facet with more than one value in a study, its values and the screen's words for them."""
    found = {facet: _values(rows, facet, t) for facet in addresses.FACETS}
    return {facet: values for facet, values in found.items() if len(values) > 1}


def practice_library(
    rows: pd.DataFrame, n_all: int, told: pd.DataFrame, n_voices: int, to: To, t: Translator
) -> Drawing:
    """Return the library's description: a card per practice with all of its quotes, so that a reader can search them.

    `rows` are the chosen ones of `n_all` practices, and `told` is what was said, as words_behind gives it.
    """
    if rows.empty:
        return {"kind": "empty", "text": t("practice.chosen.none")}
    said = _by_practice(told[told["quote"] != ""])
    return {
        "kind": "library",
        "title": t("practice.title"),
        "note": t("practice.note"),
        "legend": words.practice_legend(t),
        "search": t("practice.search"),
        "nothing": t("practice.nothing" if len(rows) == n_all else "practice.nothing.chosen"),
        "count": {"some": t("practice.count.some"), "all": t("practice.count.all"), "one": t("practice.count.one")},
        "total": n_all,
        "showAll": t("practice.show_all"),
        "more": t("step.more"),
        "cards": [_card(row, said.get(row["practice_id"], []), n_voices, to, t) for row in records(rows)],
    }


def one_practice(row: Row, told: pd.DataFrame, n_voices: int, known: Numbers, to: To, t: Translator) -> Drawing:
    """Return one practice's card with every word that stands behind it, and the way back to the whole library."""
    said = records(told)
    card = _card(row, [], n_voices, to, t) | {"quotes": [quote(each, t, known, to) for each in said]}
    return {
        "kind": "practice",
        "title": t("practice.title.one"),
        "back": {"to": to("practice"), "text": t("practice.back")},
        "legend": words.practice_legend(t),
        "more": t("step.more"),
        "feeds": t("feeds.title"),
        "card": card | {"to": None},
    }


def _helpful(n: int, helpful: int, fragile: int, t: Translator) -> Parts:
    if n == 1:
        return t.parts("practice.it.fragile" if fragile else "practice.it.helps" if helpful else "practice.it.other")
    if not helpful:
        return t.parts("practice.helpful.none")
    if helpful == 1:
        return t.parts("practice.helpful.one.fragile" if fragile else "practice.helpful.one")
    ends = {0: t.parts("practice.fragile.none"), helpful: t.parts("practice.fragile.all")}
    return [
        *t.parts("practice.helpful.many", n=helpful),
        *(ends.get(fragile) or _counted("practice.fragile", fragile, t)),
    ]


def _values(rows: pd.DataFrame, facet: str, t: Translator) -> dict[str, str]:
    if facet == "effect":
        return {effect: t(f"effect.{effect}") for effect in EFFECTS if (rows[f"n_{effect}"] > 0).any()}
    named = {str(value): t.word(facet, str(value)) for value in set(rows[FACETS[facet]]).difference(UNCHOSEN)}
    order = CLOSED.get(facet) or sorted(named, key=lambda value: named[value])
    return {value: named[value] for value in order if value in named}


def _by_practice(told: pd.DataFrame) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {}
    for row in records(told):
        found.setdefault(str(row["practice_id"]), []).append(row)
    return found


def _card(row: Row, said: Sequence[Row], n_voices: int, to: To, t: Translator) -> Drawing:
    practice_id, n, stance = str(row["practice_id"]), int(row["n_voices"]), str(row["stance"])
    label = t("practice.told.label", n=n, total=n_voices)
    return {
        "id": practice_id,
        "stance": stance,
        "name": words.practice_name(row, t),
        "to": to("practice", practice_id),
        "under": " · ".join([t(f"stance.{stance}"), t.of(row, "component"), words.phase(row["phase"], t)]),
        "gap": _gap(row, to, t),
        "strip": {"counts": {stance: n, "not_raised": n_voices - n}, "label": label},
        "count": t.parts("practice.told", n=n, total=n_voices),
        "words": to("words", practice=practice_id, number="n_voices"),
        "effects": words.effects(row, t, lambda number: to("words", practice=practice_id, number=number)),
        "fragile": t("practice.is_fragile", reasons=fragilities(row, t)) if row["is_fragile"] else "",
        "facts": _facts(row, t),
        "quotes": [quote(each, t) for each in said],
    }


def fragilities(row: Row, t: Translator) -> str:
    """Return why a practice that helps may be lost, in words; "" where nothing marks it."""
    return " · ".join(t(f"practice.{mark}") for mark in FRAGILITIES if row[mark])


def _gap(row: Row, to: To, t: Translator) -> Drawing:
    """Return the step that a practice bends, or the gap that it fills."""
    is_unwritten = row["stance"] == "added"
    if not row["step"]:
        return {"text": t("practice.unwritten") if is_unwritten else "", "step": "", "to": None}
    return {
        "text": t("practice.unwritten.after") if is_unwritten else t("practice.text"),
        "step": f"{row['step_id']} · {t.of(row, 'step')}",
        "to": to("step", str(row["step_id"])),
    }


def _facts(row: Row, t: Translator) -> list[str]:
    """Return why, and what it is to a researcher.

    A fit with the text that is a mark already is not said twice, nor an unknown one where there is no text.
    """
    why, aspect = reason(row, t), str(row["alliance_aspect"])
    is_said = row["is_against_text"] or (row["stance"] == "added" and row["fidelity"] == "unknown")
    fidelity = "" if is_said else t(f"fidelity.{row['fidelity']}")
    nature = t.word("nature", str(row["frame_nature"]))
    potential = t.word("potential", str(row["resilience_potential"])).lower()
    serves = t("practice.serves", aspect=t.word("aspect", aspect).lower()) if aspect else ""
    kinds = " · ".join(part for part in (nature, fidelity, serves, potential) if part)
    return [line for line in (t("practice.why", reason=why) if why else "", kinds) if line]


def _counted(key: str, n: int, t: Translator) -> Parts:
    return t.parts(f"{key}.{'one' if n == 1 else 'many'}", n=n)
