"""The library of practices, and the themes, as take-aways."""

import pandas as pd

from dashboard.charts import words
from dashboard.charts.practice_library import fragilities, library_facts, library_sentence, practice_library
from dashboard.charts.theme import EFFECT_SIGNS
from dashboard.charts.unwritten_map import unwritten_map
from dashboard.export.compose import BARS, assembled, nowhere
from dashboard.export.gap_section import quotes
from dashboard.export.takeaway import Chart, Section, Series, Takeaway, plain
from dashboard.export.view import Row, View
from dashboard.i18n import Translator
from dashboard.model import EFFECTS, Filters
from dashboard.query import records


def practice(view: View) -> Takeaway:
    """Return the library: its sentence, what helps with how many tell it, what of that is fragile, and its words."""
    t, rows = view.t, view.rows("practice_library")
    every = view.measure("practice_library", Filters(**{**vars(view.filters), "at_least": 1}))
    sentence, told = library_sentence(rows, t), view.rows("words_behind")
    unwritten = view.rows("unwritten_practice")
    said = plain(sentence)
    fragile = rows[rows["is_fragile"]]
    sections = [
        Section(
            "library", t("practice.title"), said, is_drawn=True, table=_table(rows, t), caption=t("practice.title"),
            chart=_chart(records(rows.head(BARS)), t) if len(rows) else None, quotes=quotes(records(told), t),
            notes=said,
        ),
        Section(
            "fragile", t("take.fragile"), t("practice.fragile.note"), table=_fragile(fragile, t),
            caption=t("take.fragile"), notes=t("practice.fragile.note"),
        ),
    ]  # fmt: skip
    return assembled(
        view, "practice", t("question.practice"), sentence, library_facts(rows, every, view.n_voices, t),
        sections=[section for section in sections if len(section.table)],
        data=[view.data("practice_library"), view.data("unwritten_practice"), view.data("practice_by_lens")],
        drawings=[practice_library(rows, len(rows), told, view.n_voices, nowhere, t),
                  unwritten_map(unwritten, view.n_voices, nowhere, t)],
    )  # fmt: skip


def themes(view: View) -> Takeaway:
    """Return the codebook with the voices and the excerpts behind each code."""
    t, rows = view.t, view.rows("voice_by_code")
    listed = [
        (str(row["theme"]), t.of(row, "code"), int(row["n_voices"]), int(row["n_excerpts"]))
        for row in records(rows[rows["n_voices_below"] > 0])
    ]
    columns = [t(f"take.col.{name}") for name in ("theme", "code", "voices", "excerpts")]
    n = len(listed)
    said = t.parts("take.themes", n=n, total=view.n_voices)
    section = Section("codes", t("question.themes"), plain(said), table=pd.DataFrame(listed, columns=columns),
                      caption=t("take.caption.codes"), notes=plain(said))  # fmt: skip
    return assembled(
        view, "themes", t("question.themes"), said, (t.count("voices", view.n_voices),),
        sections=[section] if n else [], data=[view.data("voice_by_code"), view.data("new_by_interview")],
        drawings=[], stamp=view.stamp(Filters(view.filters.study_id)),
    )  # fmt: skip


def _table(rows: pd.DataFrame, t: Translator) -> pd.DataFrame:
    columns = [t(f"take.col.{name}") for name in ("practice", "tool", "stance", "told")]
    effects = [f"{EFFECT_SIGNS[effect]} {t(f'effect.{effect}')}" for effect in EFFECTS]
    found = [
        (words.practice_name(row, t), t.of(row, "component"), t(f"stance.{row['stance']}"), int(row["n_voices"]),
         *(int(row[f"n_{effect}"]) for effect in EFFECTS), fragilities(row, t) if row["is_fragile"] else "")
        for row in records(rows)
    ]  # fmt: skip
    return pd.DataFrame(found, columns=[*columns, *effects, t("take.col.fragile")])


def _fragile(rows: pd.DataFrame, t: Translator) -> pd.DataFrame:
    columns = [t(f"take.col.{name}") for name in ("practice", "tool", "told", "fragile")]
    found = [
        (words.practice_name(row, t), t.of(row, "component"), int(row["n_voices"]), fragilities(row, t))
        for row in records(rows)
    ]  # fmt: skip
    return pd.DataFrame(found, columns=columns)


def _chart(rows: list[Row] | list[dict[str, object]], t: Translator) -> Chart:
    """Return how many tell each practice, in the colour of how it stands to the text."""
    names = tuple(words.practice_name(row, t) for row in rows)
    stances = dict.fromkeys(str(row["stance"]) for row in rows)
    series = tuple(
        Series(t(f"stance.{stance}"),
               tuple(int(str(row["n_voices"])) if row["stance"] == stance else None for row in rows), stance)
        for stance in stances
    )  # fmt: skip
    told = "; ".join(f"{name}: {row['n_voices']}" for name, row in zip(names, rows, strict=True))
    return Chart("stacked_bars", names, series, t("take.chart.practices", told=told), t("take.chart.practices.title"),
                 t("take.chart.axis"))  # fmt: skip
