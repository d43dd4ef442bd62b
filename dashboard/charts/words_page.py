"""The words behind a number, practice by practice, and the sentence that says whose they are."""

from collections.abc import Mapping
from itertools import groupby

import pandas as pd

from dashboard.charts import words
from dashboard.charts.feeds import Numbers
from dashboard.charts.step_words import practice_facts, quote
from dashboard.charts.words import Drawing, Row, To
from dashboard.i18n import Parts, Translator
from dashboard.measures.words_behind import EFFECT_NUMBERS, OTHERWISE
from dashboard.query import records

SHOWN = 300  # excerpts on one page; a browser should not be sent a whole corpus, and the table holds them all
LENS_WORDS: Mapping[str, str] = {
    **{f"n_{stance}": f"stance.{stance}" for stance in OTHERWISE},
    **{number: f"effect.{number.removeprefix('n_')}" for number in EFFECT_NUMBERS},
}
"""A number of a category of a lens → the key of the word that it counts."""


def words_sentence(told: pd.DataFrame, of: Mapping[str, str], subject: str, t: Translator) -> Parts:
    """Say how many voices, in how many excerpts, stand behind a number of something."""
    voices = int(told["participant_id"].nunique())
    if told.empty:
        return t.parts("behind.none", subject=subject)
    excerpts = t.count("behind.excerpts", int(told.loc[told["excerpt_id"] != "", "excerpt_id"].nunique()))
    if of["code"]:
        return t.parts("behind.of_code", voices=t.count("voices", voices), subject=subject, excerpts=excerpts)
    if of["voice"]:
        practices = t.count("behind.practices", int(told["practice_id"].nunique()))
        return t.parts("behind.of_voice", subject=subject, practices=practices, excerpts=excerpts)
    if of["through"]:
        name = LENS_WORDS.get(of["number"], "")
        what = t("behind.what", what=t(name)) if name else ""
        voiced = t.count("voices", voices)
        return t.parts("behind.of_lens", voices=voiced, subject=subject, what=what, excerpts=excerpts)
    what = t(f"number.{of['number']}")
    return t.parts("behind.sentence", voices=t.count("voices", voices), excerpts=excerpts, what=what, subject=subject)


def words_page(told: pd.DataFrame, known: Numbers, to: To, t: Translator) -> Drawing:
    """Return the words of each practice with its step, who said them, and the numbers that each of them feeds."""
    if told.empty:
        return {"kind": "empty", "text": t("step.words.none")}
    articles = []
    shown = told.head(SHOWN)
    for _practice_id, group in groupby(records(shown), key=lambda row: row["practice_id"]):
        rows = list(group)
        articles.append(_article(rows[0], to, t) | {"quotes": [quote(row, t, known, to) for row in rows]})
    return _described(articles, len(told), t)


def code_words(told: pd.DataFrame, t: Translator) -> Drawing:
    """Return the words under a code and the codes below it."""
    if told.empty:
        return {"kind": "empty", "text": t("step.words.none")}
    articles = []
    for _code, group in groupby(
        records(told.head(SHOWN).sort_values("code", kind="stable")), key=lambda row: row["code"]
    ):
        rows = list(group)
        said = [quote(row, t) for row in rows]
        articles.append({"stance": "", "name": t.of(rows[0], "code"), "facts": [], "effects": [], "quotes": said})
    return _described(articles, len(told), t)


def _described(articles: list[Drawing], total: int, t: Translator) -> Drawing:
    left = f" {t('behind.left', shown=SHOWN, total=total)}" if total > SHOWN else ""
    return {
        "kind": "words",
        "title": t("step.words"),
        "note": t("behind.note") + left,
        "legend": words.legend(t, added=True),
        "more": t("step.more"),
        "feeds": t("feeds.title"),
        "practices": articles,
    }


def _article(row: Row, to: To, t: Translator) -> Drawing:
    step = {"text": f"{row['step_id']} · {t.of(row, 'step')}", "to": to("step", str(row["step_id"]))}
    return {
        "stance": row["stance"],
        "name": words.practice_name(row, t),
        "to": to("practice", str(row["practice_id"])) if row["stance"] not in ("as_written", "unclear") else None,
        "step": step if row["step_id"] else {"text": t("behind.unwritten", tool=t.of(row, "component")), "to": None},
        "facts": practice_facts(row, t),
        "effects": [],
    }


def subject_of(chosen: Mapping[str, str], names: Mapping[str, str], told: pd.DataFrame, t: Translator) -> str:
    """Return what a number is of, as the reader knows it: a category, a step, a practice, a tool, a code or a voice."""
    if chosen["through"]:
        category = t.word(chosen["through"], chosen["category"])
        tool = names.get(chosen["component"], "")
        return " · ".join(part for part in (category, tool) if part)
    if chosen["practice"]:
        return words.practice_name(records(told)[0], t) if len(told) else chosen["practice"]
    if chosen["code"]:
        return chosen["code"].rpartition("/")[2]
    if chosen["voice"]:
        return str(told["citation"].iloc[0] or chosen["voice"]) if len(told) else chosen["voice"]
    found = chosen["step"] or chosen["component"]
    group = t.word("compare.group", chosen["group"].partition(":")[2])
    return " · ".join(part for part in (names.get(found, found), group) if part)
