"""What every drawing says in the same words: dots, tallies, effect marks, links, legends."""

from collections.abc import Callable, Mapping
from typing import Any

from dashboard.charts.theme import EFFECT_SIGNS, STRIP_STANCES
from dashboard.i18n import Translator
from dashboard.model import EFFECTS

Drawing = dict[str, Any]
Row = Mapping[str, Any]
To = Callable[..., dict[str, Any]]
"""(page, key, **values) → where a link leads: {page, values, href}."""

Behind = Callable[[str], dict[str, Any]]
"""The name of a number → where the words behind it are."""

COUNT_OF = {
    "as_written": "n_as_written",
    "adapted": "n_adapted",
    "worked_around": "n_worked_around",
    "left_out": "n_not_done",
    "unclear": "n_unclear",
    "not_raised": "n_not_raised",
}


def strip(row: Row, t: Translator) -> Drawing:
    """Return the dots of a step: one a voice, grouped by stance, the silent ones last."""
    counts = {stance: int(row[COUNT_OF[stance]]) for stance in STRIP_STANCES}
    parts = [t("strip.part", n=n, word=t(f"stance.{stance}")) for stance, n in counts.items() if n]
    label = t("strip.label", d=int(row["n_differ"]), n=int(row["n_clear"]), parts=", ".join(parts))
    return {"counts": counts, "label": label}


def tally(row: Row, t: Translator) -> list[tuple[str, bool]]:
    """Return "6 of 9 differ" with its n, or why there is no such count."""
    if not row["n_raised"]:
        return t.parts("count.none")
    if not row["n_clear"]:
        return t.parts("count.unclear", n=int(row["n_raised"]))
    also = int(row.get("n_also_as_written") or 0)
    values = {"d": int(row["n_differ"]), "n": int(row["n_clear"])}
    one = ".one" if values["d"] == 1 else ""
    return t.parts("count.also", also=also, **values) if also else t.parts(f"count.differ{one}", **values)


def behind_tally(row: Row, behind: Behind) -> dict[str, Any] | None:
    """Return the way to the words of those who differ, else of those who were clear; None where nobody spoke."""
    number = next((name for name in ("n_differ", "n_clear", "n_raised") if row[name]), "")
    return behind(number) if number else None


def effects(row: Row, t: Translator, behind: Behind | None = None) -> list[Drawing]:
    """Return the effect marks of those who differ, helps first, those that nobody told left away.

    `behind` gives the way to the words behind a number of this row, by the number's name.
    """
    return [
        {
            "sign": EFFECT_SIGNS[effect],
            "n": int(row[f"n_{effect}"]),
            "word": t(f"effect.{effect}"),
            "to": behind(f"n_{effect}") if behind else None,
        }
        for effect in EFFECTS
        if row[f"n_{effect}"]
    ]


def legend(t: Translator, *, added: bool = False) -> list[Drawing]:
    """Return the key to dots and signs."""
    stances = [*STRIP_STANCES[:4], *(["added"] if added else []), *STRIP_STANCES[4:]]
    dots = [{"stance": stance, "word": t(f"stance.{stance}")} for stance in stances]
    return [*dots, *({"sign": EFFECT_SIGNS[effect], "word": t(f"effect.{effect}")} for effect in EFFECTS)]


def practice_legend(t: Translator) -> list[Drawing]:
    """Return the key to what is done otherwise than written, or without a text."""
    dots = [{"stance": s, "word": t(f"stance.{s}")} for s in ("worked_around", "adapted", "left_out", "added")]
    return [*dots, *({"sign": EFFECT_SIGNS[effect], "word": t(f"effect.{effect}")} for effect in EFFECTS)]


def practice_name(row: Row, t: Translator) -> str:
    """Return a practice's name, or its stance where the study gave it none."""
    return t.of(row, "practice") or t(f"stance.{row['stance']}")


def level_of_obligation(row: Row, t: Translator) -> str:
    """Return a step's obligation level in the screen's words, or as given where it is the study's own."""
    return t.word("obligation", str(row["obligation_level"]))


def phase(name: object, t: Translator) -> str:
    """Return a phase in the screen's words, or as given where it is the study's own."""
    return t.word("phase", str(name))
