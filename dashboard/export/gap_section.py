"""One step's gap as a section: the finding, the voices, the practices behind it, and what they ask for."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import groupby

import pandas as pd

from dashboard.charts import words
from dashboard.charts.decisions import mark
from dashboard.charts.headline import followers_doubt, step_firmness, step_sentence
from dashboard.charts.placement_why import placement_why
from dashboard.charts.ranked_gaps import DIFFERING
from dashboard.charts.step_words import quote
from dashboard.charts.theme import EFFECT_SIGNS, STRIP_STANCES
from dashboard.decided import OnStep
from dashboard.export.takeaway import Chart, Quote, Section, Series, plain
from dashboard.export.view import Row, View
from dashboard.i18n import Translator
from dashboard.model import EFFECTS

QUOTES_EACH = 2  # of one practice, so that a page of words has room for every practice


@dataclass(frozen=True)
class Behind:
    """What stands behind one step: its rows of practice_by_step, words_behind and doubt_by_step."""

    practices: Sequence[Row]
    told: Sequence[Row]
    doubts: Sequence[Row] = ()


def gap_section(view: View, row: Row, behind: Behind, own: OnStep | None = None) -> Section:
    """Return one row of placement_by_step as a section; `own` is what was written on it in the ledger."""
    t, step_id = view.t, str(row["step_id"])
    name, finding = t.of(row, "step"), plain(step_sentence(row, t))
    under = f"{step_id} · {t.of(row, 'component')}"
    tally = plain(words.tally(row, t))
    effects = effect_words(row, t)
    placement, why = row["placement"], placement_why(row, view.rules, t)
    meaning = f"{t(f'placement.{placement}')}: {t(f'meaning.{placement}')}"
    by_rule = f"{meaning}. {why} {t('step.better.note')}"
    firm, doubt, decision = step_firmness(row, t), followers_doubt(behind.doubts, t), decision_point(own, t)
    spoken = quotes(behind.told, t, {str(one["participant_id"]) for one in behind.doubts})
    said = (under, name, finding, doubt, firm, effects, f"{t('placement.title')}: {meaning}. {why}",
            *(f"{heading}: {text}" for heading, text in decision), *_read_out(spoken))  # fmt: skip
    return Section(
        key=f"step-{step_id}",
        title=t("take.gap", step=name, finding=finding),
        sentence=finding,
        name=name,
        under=under,
        table=practice_table([practice for practice in behind.practices if practice["stance"] in DIFFERING], t),
        caption=t("take.caption.practices", step=under),
        chart=voices_chart([row], [step_id], t) if row["n_raised"] else None,
        dots=_dots(row, t),
        facts=tuple(fact for fact in (tally, effects, firm, doubt) if fact),
        asks_for=meaning,
        why=why,
        decided=mark(own.decision, t) if own else "",
        points=((t("placement.title"), by_rule), (t("request.risks"), risks(row, t, doubt)), *decision),
        quotes=spoken,
        source=source_of(view.steps[step_id], t),
        address=str(view.steps[step_id]["address"]),
        notes="\n".join(line for line in said if line),
    )  # fmt: skip


def decision_point(own: OnStep | None, t: Translator) -> tuple[tuple[str, str], ...]:
    """Return what was decided on a step, by whom and why, as (heading, text); nothing where nothing was."""
    found = own.decision if own else None
    if found is None:
        return ()
    said = t("take.decided.by", what=t(f"decision.{found.decision}"), day=found.at[:10], who=found.by, why=found.why)
    return ((t("take.decided"), said),)


def _read_out(spoken: Sequence[Quote]) -> list[str]:
    """Return the quotes that a speaker may read out, each with who said it."""
    return [
        f"{one.text if one.is_finding else f'“{one.text}”'} ({one.who}, {one.notes})" for one in worst_first(spoken)
    ]


def worst_first(spoken: Sequence[Quote], most: int = 3) -> list[Quote]:
    """Return a few quotes to read out, of as many practices as there are: first those that tell of harm.

    A quote that is held back has no words to read.
    """
    ordered = sorted((one for one in spoken if not one.is_held), key=lambda one: one.effect != "harms")
    first: dict[str, Quote] = {}
    for one in ordered:
        first.setdefault(one.practice, one)
    others = [one for one in ordered if one not in first.values()]
    return [*first.values(), *others][:most]


def effect_words(row: Row, t: Translator) -> str:
    """Return what those who differ tell of its effect, with how many: "▲ 4 helps · ▼ 2 harms"."""
    return " · ".join(f"{mark['sign']} {mark['n']} {mark['word']}" for mark in words.effects(row, t))


def risks(row: Row, t: Translator, doubt: str) -> str:
    """Return how many tell of harm and of a mixed effect where the text is not followed, and what followers doubt."""
    if not row["n_differ"]:
        return " ".join(part for part in (t("request.harm.nobody"), doubt) if part)
    harms, mixed = int(row["n_harms"]), int(row["n_mixed"])
    said = t.count("request.harm", harms) if harms else t("request.harm.none")
    return " ".join([said, *([t.count("request.mixed", mixed)] if mixed else []), *([doubt] if doubt else [])])


def practice_table(practices: Sequence[Row], t: Translator) -> pd.DataFrame:
    """Return practices, by how many tell them: what is done, how it stands to the text, voices, and their effects."""
    rows = [
        (words.practice_name(row, t), t(f"stance.{row['stance']}"), int(row["n_voices"]),
         *(int(row[f"n_{effect}"]) for effect in EFFECTS))
        for row in practices
    ]  # fmt: skip
    effects = [f"{EFFECT_SIGNS[effect]} {t(f'effect.{effect}')}" for effect in EFFECTS]
    return pd.DataFrame(rows, columns=[t("take.col.practice"), t("take.col.stance"), t("take.col.told"), *effects])


def voices_chart(rows: Sequence[Row], names: Sequence[str], t: Translator) -> Chart:
    """Return voices by what they say of each step, a bar a step, the silent ones last."""
    series = tuple(
        Series(t(f"stance.{stance}"), tuple(int(row[words.COUNT_OF[stance]]) for row in rows), stance)
        for stance in STRIP_STANCES
        if any(row[words.COUNT_OF[stance]] for row in rows)
    )
    told = [f"{name}: {words.strip(row, t)['label']}" for name, row in zip(names, rows, strict=True)]
    return Chart("stacked_bars", tuple(names), series, t("take.chart.voices", told="; ".join(told)),
                 t("take.chart.title"), t("take.chart.axis"))  # fmt: skip


def quotes(told: Sequence[Row], t: Translator, doubting: Collection[str] = ()) -> tuple[Quote, ...]:
    """Return the first words behind each practice that differs, as the page words them.

    After them the words of the `doubting` voices, who work as it is written and see a mixed effect or harm in that.
    """
    found = []
    rows = [row for row in told if row["quote"] or row["verification"] == "held_back"]
    differing = [row for row in rows if row["stance"] in (*DIFFERING, "added")]
    doubts = [row for row in rows if row["participant_id"] in doubting and row["stance"] == "as_written"]
    rows = [*differing, *(row for row in doubts if row["effect"] in ("mixed", "harms"))]
    for _practice_id, group in groupby(rows, key=lambda row: row["practice_id"]):
        for row in list(group)[:QUOTES_EACH]:
            one = quote(row, t)
            found.append(Quote(
                str(one["text"]), bool(one["isFinding"]), str(one["translation"]), str(one["who"]),
                str(one["to"] or ""), " · ".join(one["notes"]), words.practice_name(row, t),
                str(row["effect"]), is_held=not row["quote"],
            ))  # fmt: skip
    return tuple(found)


def source_of(step: Row, t: Translator) -> str:
    """Return where a step is written: document, issuer, year, obligation, jurisdiction and place."""
    unchecked = step["place"] == "not checked against the source"
    parts = (
        str(step["document"]), t.word("issuer", str(step["issuer"])), str(step["version"] or step["year"]),
        words.level_of_obligation(step, t), t.word("jurisdiction", str(step["jurisdiction"])),
        t("step.unchecked") if unchecked else str(step["place"]),
    )  # fmt: skip
    return " · ".join(dict.fromkeys(part for part in parts if part))


def _dots(row: Row, t: Translator) -> tuple[tuple[str, int, str], ...]:
    counts = ((stance, int(row[words.COUNT_OF[stance]])) for stance in STRIP_STANCES)
    return tuple((stance, n, t(f"stance.{stance}")) for stance, n in counts if n)
