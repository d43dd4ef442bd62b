"""Which numbers an excerpt feeds: the way back from words to counts. Reads placement_by_step and practice_by_lens."""

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from dashboard.charts import words
from dashboard.charts.lens_strip import LENSES
from dashboard.charts.words import Drawing, Row, To
from dashboard.i18n import Translator
from dashboard.measures.library import FACETS
from dashboard.measures.words_behind import EFFECT_NUMBERS, OTHERWISE, OWN_NUMBER, fed
from dashboard.query import records

UNCOUNTED = ("", "not_applicable")
EVERYTHING: Mapping[str, tuple[str, ...]] = {"tool": (), "phase": (), "duty": (), "place": ()}
"""What a link clears: these numbers are of the whole study, whatever the reader's filters leave."""
NAMED: Mapping[str, str] = {
    **{number: f"stance.{stance}" for stance, number in OWN_NUMBER.items()},
    "n_also_as_written": "step.also",
    **{number: f"effect.{number.removeprefix('n_')}" for number in EFFECT_NUMBERS},
}
"""A number of a step → the key of the word that it counts."""


@dataclass(frozen=True)
class Numbers:
    """The numbers of a study that its words may feed, by what they are of."""

    steps: Mapping[str, Row]
    states: Mapping[tuple[str, str], Row]
    """(step, voice) → what the voice does there."""
    tools: Mapping[str, Row]
    lenses: Mapping[tuple[str, str], Row]
    """(lens column, category) → the voices in it."""


def numbers(placed: pd.DataFrame, states: pd.DataFrame, tools: pd.DataFrame, through: pd.DataFrame) -> Numbers:
    """Return the rows of placement_by_step, state_by_voice, gap_by_component and practice_by_lens, by their keys."""
    return Numbers(
        {str(row["step_id"]): row for row in records(placed)},
        {(str(row["step_id"]), str(row["participant_id"])): row for row in records(states)},
        {str(row["component_id"]): row for row in records(tools)},
        {(str(row["lens"]), str(row["category"])): row for row in records(through)},
    )


def feeds(row: Row, known: Numbers, to: To, t: Translator) -> list[Drawing]:
    """Return the numbers that one row of lists/words feeds, each with the way to all the words behind it."""
    practice = t.count("gaps.told", int(row["n_voices"]))
    found = [{"text": t("feeds.practice", told=practice), "to": to("words", practice=row["practice_id"])}]
    if row["stance"] in OTHERWISE:
        found += _of_lenses(row, known, to, t)
    state = known.states.get((str(row["step_id"]), str(row["participant_id"])))
    return [*(_of_step(row, state, known, to, t) if state else []), *found]


def _of_step(row: Row, state: Row, known: Numbers, to: To, t: Translator) -> list[Drawing]:
    step_id, stance = str(row["step_id"]), str(row["stance"])
    step, tool = known.steps[step_id], known.tools.get(str(row["component_id"]))
    numbers = fed(stance, str(row["effect"]), state)
    found = []
    if state["stance"] != stance:
        counted = t(f"stance.{state['stance']}")
        found.append({"text": t("feeds.otherwise", step=step_id, stance=counted), "to": to("step", step_id)})
    for number, name in NAMED.items():
        if number in numbers:
            said = t("feeds.stance", step=step_id, stance=t(name), n=int(step[number]))
            found.append(_link(said, to, step_id, number))
    if "n_differ" in numbers:
        tally = "".join(text for text, _strong in words.tally(step, t))
        found.append(_link(f"{step_id}: {tally}", to, step_id, "n_differ"))
    if tool is not None and "n_clear" in numbers:
        said = t("feeds.tool", tool=t.of(tool, "component"), d=int(tool["n_mostly_differ"]), n=int(tool["n_clear"]))
        found.append({"text": said, "to": to("component", str(row["component_id"]), **EVERYTHING)})
    return found


def _of_lenses(row: Row, known: Numbers, to: To, t: Translator) -> list[Drawing]:
    found = []
    for lens in LENSES:
        category = str(row[FACETS[lens]])
        counted = known.lenses.get((FACETS[lens], category))
        if category not in UNCOUNTED and counted is not None:
            said = t("feeds.lens", category=t.word(lens, category), n=int(counted["n_voices"]))
            found.append(
                {"text": said, "to": to("words", through=lens, category=category, number="n_voices", **EVERYTHING)}
            )
    return found


def _link(text: str, to: To, step_id: str, number: str) -> Drawing:
    return {"text": text, "to": to("words", step=step_id, number=number)}
